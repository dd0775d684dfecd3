/** Validates one row, with the same result for a file being imported and for an upload under review. */

import type { KnownColumn, Newcomer } from '#lib/domain/newcomer.ts';
import { part, sentence } from '#lib/domain/sentences/sentence.ts';
import type { Header } from '#lib/intake/csv/columns/columns.ts';
import { readOtherwise } from '#lib/intake/csv/encoding/decode.ts';
import type { Guessed } from '#lib/intake/csv/encoding/formats.ts';
import type { RowProblem, ValueChange } from '#lib/intake/csv/problem.ts';
import type { Delimiter } from '#lib/intake/csv/records.ts';
import type { DateOrder } from '#lib/intake/csv/values/date-order.ts';
import { type Corrections, correctRow, type RowPart } from './corrections.ts';
import { validateRow } from './validate.ts';

/** What the rows of one file have in common. */
export interface Table {
  header: Header;
  delimiter: Delimiter;
  corrections: Corrections;
  /** Where its encoding is a guess: what it was read in, and what else it may be in. */
  codePages: { read: Guessed; others: readonly Guessed[] } | null;
  /** How its dates are written. */
  dates: DateOrder;
  /** The day on which it came (UTC): whoever left before it is no newcomer. */
  today: string;
}

export type ValidatedRow = {
  /** With its corrections; null where it cannot be split. */
  fields: readonly string[] | null;
  /** What operators corrected, then what trimming and normalising changed. */
  changes: ValueChange[];
} & (
  | { kind: 'ok'; newcomer: Newcomer; doubts: RowProblem[] }
  | { kind: 'rejected'; problems: RowProblem[]; leaver?: Newcomer | undefined }
);

export function validateTableRow(table: Table, original: RowPart): ValidatedRow {
  const { part: row, changes } = correctRow(table, original, table.corrections);
  const { fields } = row;
  if (!fields) {
    const problems = [{ column: null, ...(row.problem ?? sentence('cannotBeRead')) }];
    return { kind: 'rejected', problems, fields, changes };
  }
  const result = validateRow(table.header, fields, table.dates, table.today);
  const all = [...changes, ...result.changes];
  if (result.kind === 'rejected') return { ...result, fields, changes: all };
  if (row.problem) {
    const problems = [{ column: null, ...row.problem }, ...result.doubts];
    return { kind: 'rejected', problems, leaver: result.newcomer, fields, changes: all };
  }
  const { codePages, header } = table;
  const doubts = codePages ? [...result.doubts, ...encodingDoubts(codePages, result.newcomer)] : result.doubts;
  if (row.isCut)
    doubts.push({
      column: null,
      ...sentence('perhapsCut', { fields: original.fields?.length ?? 0, width: header.width }),
    });
  return { kind: 'ok', newcomer: result.newcomer, doubts, fields, changes: all };
}

/** What a name or a type would be in the other code pages that the file may be in. */
function encodingDoubts(
  { read, others }: NonNullable<Table['codePages']>,
  { displayName, employeeType }: Newcomer,
): RowProblem[] {
  const doubt = (column: KnownColumn, value: string): RowProblem[] => {
    const possible = others.map((other) => ({ other, otherwise: readOtherwise(value, read, other) }));
    const different = possible.filter(({ otherwise }) => otherwise !== value);
    if (different.length === 0) return [];
    const readings = different.map(({ other, otherwise }) => part('valueIn', { value: otherwise, codePage: other }));
    return [{ column, ...sentence('encodingDoubt', { what: column, value, read, readings }) }];
  };
  return [...doubt('CN', displayName), ...doubt('EmployeeType', employeeType)];
}
