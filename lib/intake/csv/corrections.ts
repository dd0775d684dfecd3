/** What an operator mended in an upload before it is taken in: the file stays as it came, the corrections are laid over its rows. */
import { type ColumnChoice, columnName, type Header } from './columns.ts';
import { readRow, type TablePart } from './parse.ts';
import type { ValueChange } from './problem.ts';
import type { Delimiter } from './records.ts';

export interface Correction {
  line: number;
  /** Index of the cell in its row; null: the whole row, written anew. */
  column: number | null;
  to: string;
  /** The name of the operator who corrected it. */
  by: string;
}

export interface OperatorCorrections {
  columns: ColumnChoice;
  corrections: readonly Correction[];
}

export type RowPart = Extract<TablePart, { kind: 'row' }>;

/** Corrections by line, ready to be laid over row after row. */
export type Corrections = ReadonlyMap<number, readonly Correction[]>;

export function byLine(corrections: readonly Correction[]): Corrections {
  const lines = new Map<number, Correction[]>();
  for (const correction of corrections) {
    const sisters = lines.get(correction.line);
    if (sisters) sisters.push(correction);
    else lines.set(correction.line, [correction]);
  }
  return lines;
}

/** The name under which a row that was written anew stands among the changes. */
export const WHOLE_ROW = 'Row';

/** The row as corrected, and what was changed. A row that is written anew comes before its corrected cells. */
export function correctRow(
  { header, delimiter }: { header: Header; delimiter: Delimiter },
  part: RowPart,
  corrections: Corrections,
): { part: RowPart; changes: ValueChange[] } {
  const own = corrections.get(part.line);
  if (!own) return { part, changes: [] };
  const changes: ValueChange[] = [];
  let { fields, problem } = part;
  const anew = own.find(({ column }) => column === null);
  if (anew) {
    fields = readRow(anew.to, delimiter);
    problem = fields ? null : 'The corrected row cannot be read: check its quotes';
    changes.push({ column: WHOLE_ROW, from: part.raw, to: anew.to, what: `corrected by ${anew.by}` });
  }
  for (const { column, to, by } of own) {
    const from = column === null ? undefined : fields?.[column];
    if (column === null || from === undefined || from === to) continue;
    fields = fields?.with(column, to) ?? null;
    changes.push({ column: columnName(header, column), from, to, what: `corrected by ${by}` });
  }
  return { part: { ...part, fields, problem }, changes };
}
