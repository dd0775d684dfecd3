/** A row that stayed out, read again as its file was: what keeps it out, and the person it becomes once an operator has corrected it. */

import type { Tx } from '#db/client.ts';
import { recordEvent } from '#db/store/events/record-event.ts';
import { type FileRow, fileById } from '#db/store/files/files-read.ts';
import type { NewFile } from '#db/store/files/import.ts';
import { type SeenCase, setCorrectedRow, settleCase } from '#db/store/row-cases/row-cases.ts';
import { type CaseRow, caseById } from '#db/store/row-cases/row-cases-read.ts';
import { keepExtraNames } from '#lib/intake/column-rules.ts';
import { type RowProblem, together } from '#lib/intake/csv/problem.ts';
import { byLine, type Correction } from '#lib/intake/csv/rows/corrections.ts';
import type { Table } from '#lib/intake/csv/rows/validation-context.ts';
import { quotedField } from '#lib/intake/csv/split.ts';
import { openIntake } from '#lib/intake/intake.ts';
import { type CaseTable, partOf, type RawRow, validateCase } from './case-table.ts';
import { personOfCorrected, prepareRow } from './rows.ts';

/** The table with an operator's cells laid over one row: cell by cell where the row has its columns, else written anew. */
function corrected(file: CaseTable, row: RawRow, cells: readonly string[], by: string): Table {
  const { table } = file;
  const { line } = row;
  const { fields } = validateCase(file, row);
  if (fields?.length !== table.header.width) {
    const to = cells.map((cell) => quotedField(cell, table.delimiter)).join(table.delimiter);
    return { ...table, corrections: byLine([{ line, column: null, to, by }]) };
  }
  const changed = cells.flatMap((to, column): Correction[] =>
    to === fields[column] ? [] : [{ line, column, to, by }],
  );
  return { ...table, corrections: byLine([...(table.corrections.get(line) ?? []), ...changed]) };
}

export interface CaseCorrection {
  seen: SeenCase;
  /** One for each column of the file. */
  cells: readonly string[];
  operator: { name: string; key: string };
  now: number;
}

export type CorrectedCase =
  | { kind: 'corrected'; personId: number }
  /** It would still stay out. */
  | { kind: 'invalid'; problems: readonly RowProblem[] }
  /** Somebody was faster. */
  | { kind: 'changed' };

/** Checks a corrected row as every row is checked and makes it a person. Call inside an immediate transaction. */
export function correctCase(tx: Tx, file: CaseTable, correction: CaseCorrection): CorrectedCase {
  const { seen, cells, operator, now } = correction;
  const found = caseById(tx, seen.id);
  const stored = found && fileById(tx, found.fileId);
  if (!found || !stored || found.status !== 'open' || found.revision !== seen.revision) return { kind: 'changed' };
  const row = rawRow(found);
  if (!row || found.rowId === null) return { kind: 'changed' };
  const prepared = prepareRow(corrected(file, row, cells, operator.name), partOf(file, row));
  if (!prepared.newcomer) return { kind: 'invalid', problems: prepared.problems };
  const broughtNow = broughtBy(stored, operator, now);
  const intake = openIntake(tx, broughtNow);
  const personId = personOfCorrected(intake, { id: found.rowId, line: row.line }, prepared.newcomer);
  if (!settleCase(tx, seen, { status: 'corrected', by: operator, at: now }))
    throw new Error(`Case ${seen.id} changed inside our transaction.`);
  keepExtraNames(tx, stored.id, stored.reading, file.table.header);
  setCorrectedRow(tx, found.rowId, { ...prepared, personId });
  recordEvent(tx, {
    kind: 'row.corrected',
    at: now,
    actor: operator,
    personId,
    message: `${operator.name} corrected line ${row.line} of ${found.fileName}, which had not been imported: ${together(row.problems).message}`,
    data: {
      fileId: found.fileId,
      file: found.fileName,
      line: row.line,
      changes: prepared.changes.map(({ column, from, to }) => ({ column, before: from, after: to })),
    },
  });
  return { kind: 'corrected', personId };
}

/** Null for a file that was refused whole. */
export function rawRow({ line, raw, problems }: CaseRow): RawRow | null {
  return line === null || raw === null ? null : { line, raw, problems };
}

/** The file as if the operator had brought it now: who corrects a row answers for its person. */
function broughtBy(file: FileRow, operator: { name: string; key: string }, now: number): NewFile {
  return { ...file, receivedAt: now, receivedFrom: operator.name, receivedFromKey: operator.key, runId: null };
}
