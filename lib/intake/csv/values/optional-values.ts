/** Countries and start dates: what cannot be read says nothing, and is doubted. */
import type { OptionalColumn } from '#lib/domain/newcomer.ts';
import { type Sentence, sentence } from '#lib/domain/sentences/sentence.ts';
import { readCountry } from '#lib/domain/text/countries.ts';
import type { ValueChangeText } from '#lib/domain/value-change.ts';
import { SHOWN } from '#lib/intake/csv/limits.ts';
import type { RowProblem, ValueChange } from '#lib/intake/csv/problem.ts';
import type { DateOrder } from './date-order.ts';
import { readStartDate } from './start-text.ts';
import { saysNothing } from './values.ts';

/** Null: the row leaves it empty; undefined: it cannot be read. */
export function readOptional(
  column: OptionalColumn,
  text: string,
  order: DateOrder,
  doubts: RowProblem[],
  changes: ValueChange[],
): string | null | undefined {
  if (text === '') return null;
  const result = READERS[column](text, order);
  if (result.kind === 'ok') {
    if (result.to !== text) changes.push({ column, from: text, to: result.to ?? '', what: result.what });
    if (result.doubt) doubts.push({ column, ...result.doubt });
    return result.to;
  }
  doubts.push({ column, ...result.why });
  return undefined;
}

type Read =
  | { kind: 'ok'; to: string | null; what: ValueChangeText; doubt?: Sentence | undefined }
  | { kind: 'doubt'; why: Sentence };

const READERS: Record<OptionalColumn, (text: string, order: DateOrder) => Read> = {
  UsageLocation: readLocation,
  StartDate: readStart,
};

const EMPTY: Read = { kind: 'ok', to: null, what: 'read as empty' };

function readLocation(text: string): Read {
  const code = readCountry(text);
  if (code !== null)
    return { kind: 'ok', to: code, what: code === text.toUpperCase() ? 'upper-cased' : 'read as a country' };
  if (saysNothing(text)) return EMPTY;
  return { kind: 'doubt', why: sentence('notACountry', { what: 'UsageLocation', text: text.slice(0, SHOWN) }) };
}

function readStart(text: string, order: DateOrder): Read {
  const result = readStartDate(text, order);
  if (result.kind === 'ok')
    return { kind: 'ok', to: result.date, what: 'rewritten as year-month-day', doubt: result.doubt };
  return saysNothing(text) ? EMPTY : { kind: 'doubt', why: result.why };
}
