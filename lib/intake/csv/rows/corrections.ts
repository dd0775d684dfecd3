/** Corrections by operators in an upload before it is imported: the file stays as it came, corrections are applied to its rows. */
import { sentence } from '#lib/domain/sentences/sentence.ts';
import { type ColumnChoice, columnName, type Header } from '#lib/intake/csv/columns/columns.ts';
import { readRow } from '#lib/intake/csv/parse.ts';
import type { ValueChange } from '#lib/intake/csv/problem.ts';
import type { Delimiter } from '#lib/intake/csv/records.ts';
import type { TablePart } from '#lib/intake/csv/table.ts';
import { looksLikeUpn } from '#lib/intake/csv/values/upn.ts';
import { fitted, isNumbered } from './width.ts';

export interface Correction {
  line: number;
  /** Index of the cell in its row; null: the whole row was retyped. */
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

/** Corrections by line, ready to be applied row by row. */
export type Corrections = ReadonlyMap<number, readonly Correction[]>;

export function byLine(corrections: readonly Correction[]): Corrections {
  const lines = new Map<number, Correction[]>();
  for (const correction of corrections) {
    const sameLine = lines.get(correction.line);
    if (sameLine) sameLine.push(correction);
    else lines.set(correction.line, [correction]);
  }
  return lines;
}

/** The name of a retyped row in the list of changes. */
export const WHOLE_ROW = 'Row';

/**
 * Excel writes a row that it did not split, and in which a quote or its own delimiter stands, as one quoted cell. That is the row where it has
 * an address in its place.
 */
function rowInOneCell(
  header: Header,
  delimiter: Delimiter,
  fields: readonly string[],
): { text: string; fields: readonly string[] } | null {
  const [text = ''] = fields;
  if (header.width === 1 || !text.includes(delimiter)) return null;
  if (fields.some((field, index) => index > 0 && field !== '')) return null;
  const typed = readRow(text, delimiter);
  if (!typed) return null;
  const row = fitted(header, typed);
  const upn = row[header.at.UserPrincipalName ?? 0] ?? '';
  return row.length === header.width && looksLikeUpn(upn.trim()) ? { text, fields: row } : null;
}

/** The corrected row, as wide as the header where that is possible, and what was changed. A retyped row is applied before its corrected cells. */
export function correctRow(
  { header, delimiter }: { header: Header; delimiter: Delimiter },
  part: RowPart,
  corrections: Corrections,
): { part: RowPart; changes: ValueChange[] } {
  const rowCorrections = corrections.get(part.line);
  const wrapped = part.fields && rowInOneCell(header, delimiter, part.fields);
  const changes: ValueChange[] = [];
  if (wrapped)
    changes.push({ column: WHOLE_ROW, from: part.raw, to: wrapped.text, what: 'one quoted cell read as a row' });
  if (!wrapped && part.fields && isNumbered(header, part.fields))
    changes.push({ column: WHOLE_ROW, from: part.fields[0] ?? '', to: '', what: 'without the row number before it' });
  let fields = wrapped?.fields ?? (part.fields && fitted(header, part.fields));
  if (!rowCorrections) return { part: fields === part.fields ? part : { ...part, fields }, changes };
  let { problem } = part;
  const retyped = rowCorrections.find(({ column }) => column === null);
  if (retyped) {
    const typed = readRow(retyped.to, delimiter);
    fields = typed && fitted(header, typed);
    problem = fields ? null : sentence('correctedCannotBeRead');
    changes.push({ column: WHOLE_ROW, from: part.raw, to: retyped.to, what: `corrected by ${retyped.by}` });
  }
  for (const { column, to, by } of rowCorrections) {
    const from = column === null ? undefined : fields?.[column];
    if (column === null || from === undefined || from === to) continue;
    fields = fields?.with(column, to) ?? null;
    changes.push({ column: columnName(header, column), from, to, what: `corrected by ${by}` });
  }
  return { part: { ...part, fields, problem }, changes };
}
