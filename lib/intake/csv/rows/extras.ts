/** The cells of columns that mean nothing to us. */
import { type Sentence, sentence } from '#lib/domain/sentences/sentence.ts';
import type { Header } from '#lib/intake/csv/columns/columns.ts';
import { EXTRA_LIMIT } from '#lib/intake/csv/limits.ts';
import { controlProblem, type RowProblem } from '#lib/intake/csv/problem.ts';

/** In a column that we only pass through, line breaks and tabs are text. */
const CONTROL_IN_EXTRA = /(?![\t\n\r])\p{Cc}/u;

/**
 * The values of the columns that mean nothing to us, in the order of `header.extras`, unchanged but for what no text may hold; null where
 * there are none.
 */
export function extrasOf({ extras }: Header, fields: readonly string[]): string[] | null {
  if (extras.length === 0) return null;
  return extras.map(({ at }) => {
    const text = fields[at] ?? '';
    return isWrongExtra(text) ? '' : text;
  });
}

export function extraDoubts({ extras }: Header, fields: readonly string[]): RowProblem[] {
  return extras.flatMap(({ name, at }) => {
    const problem = extraProblem(name, fields[at] ?? '');
    return problem === null ? [] : [{ column: name, ...problem }];
  });
}

function extraProblem(what: string, text: string): Sentence | null {
  if (text.length > EXTRA_LIMIT) return sentence('tooLong', { what, length: text.length, limit: EXTRA_LIMIT });
  const control = CONTROL_IN_EXTRA.exec(text);
  return control && controlProblem(what, control);
}

export const isWrongExtra = (text: string) => text.length > EXTRA_LIMIT || CONTROL_IN_EXTRA.test(text);
