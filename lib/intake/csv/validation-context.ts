/** Validates one row, with the same result for a file being imported and for an upload under review. */

import type { Newcomer } from '#lib/domain/newcomer.ts';
import type { Header } from './columns.ts';
import { type Corrections, correctRow, type RowPart } from './corrections.ts';
import type { DateOrder } from './dates.ts';
import type { RowProblem, ValueChange } from './problem.ts';
import type { Delimiter } from './records.ts';
import { validateRow } from './validate.ts';

/** What the rows of one file have in common. */
export interface Table {
  header: Header;
  delimiter: Delimiter;
  corrections: Corrections;
  /** How its dates are written. */
  dates: DateOrder;
}

export type ValidatedRow = {
  /** With its corrections; null where it cannot be split. */
  fields: readonly string[] | null;
  /** What operators corrected, then what trimming and normalising changed. */
  changes: ValueChange[];
} & ({ kind: 'ok'; newcomer: Newcomer; doubts: RowProblem[] } | { kind: 'rejected'; problems: RowProblem[] });

export function validateTableRow(table: Table, original: RowPart): ValidatedRow {
  const { part, changes } = correctRow(table, original, table.corrections);
  const { fields } = part;
  if (!fields) {
    const problems = [{ column: null, message: part.problem ?? 'The row cannot be read' }];
    return { kind: 'rejected', problems, fields, changes };
  }
  const result = validateRow(table.header, fields, table.dates);
  const all = changes.concat(result.changes);
  if (result.kind === 'rejected') return { kind: 'rejected', problems: result.problems, fields, changes: all };
  return { kind: 'ok', newcomer: result.newcomer, doubts: result.doubts, fields, changes: all };
}
