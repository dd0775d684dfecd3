/** A row that stayed out, read again as its file was: what keeps it out, and the person it becomes once an operator has corrected it. */

import type { Tx } from '#db/client.ts';
import { recordEvent } from '#db/store/events/record-event.ts';
import { draftOfFile } from '#db/store/files/drafts.ts';
import { type FileRow, fileById } from '#db/store/files/files-read.ts';
import type { NewFile } from '#db/store/files/import.ts';
import { type SeenCase, setCorrectedRow, settleCase } from '#db/store/row-cases/row-cases.ts';
import { type CaseRow, caseById } from '#db/store/row-cases/row-cases-read.ts';
import { REQUIRED_COLUMNS } from '#lib/domain/newcomer.ts';
import type { Sentence } from '#lib/domain/sentences/sentence.ts';
import { dayAt } from '#lib/domain/time/days.ts';
import { codePagesOf, keepExtraNames, storedRules } from '#lib/intake/column-rules.ts';
import { matchColumns } from '#lib/intake/csv/columns/columns.ts';
import { FORMATS } from '#lib/intake/csv/encoding/formats.ts';
import { readRow } from '#lib/intake/csv/parse.ts';
import { type RowProblem, together } from '#lib/intake/csv/problem.ts';
import { delimiterOf } from '#lib/intake/csv/records.ts';
import { byLine, type Correction, type RowPart } from '#lib/intake/csv/rows/corrections.ts';
import { type Table, type ValidatedRow, validateTableRow } from '#lib/intake/csv/rows/validation-context.ts';
import { quotedField } from '#lib/intake/csv/split.ts';
import { openIntake } from '#lib/intake/intake.ts';
import { personOfCorrected, prepareRow } from './rows.ts';

/** How the rows of a file are read, and what its columns are called. */
export interface CaseTable {
  table: Table;
  names: readonly string[];
  /** False: a file of an early version, whose header was not kept. Its rows are written anew, in our own columns. */
  hasHeader: boolean;
}

/** As the file was imported: by its header, the rules of that time and the corrections it came with. Null: there is no such file. */
export function caseTable(db: Tx, fileId: string): CaseTable | null {
  const file = fileById(db, fileId);
  if (!file) return null;
  const { aliases, dates, otherEncodings, timeZone } = storedRules(file.reading);
  const draft = draftOfFile(db, fileId);
  const delimiter = delimiterOf(file.delimiter) ?? ',';
  const kept = file.header === null ? null : readRow(file.header, delimiter);
  const match = kept && matchColumns(kept, draft?.columns ?? null, aliases);
  const hasHeader = match !== null && match.problems.length === 0;
  const names = hasHeader && kept ? kept : REQUIRED_COLUMNS;
  const encoding = FORMATS.find((one) => one === file.encoding) ?? 'UTF-8';
  const table = {
    header: hasHeader ? match.header : matchColumns(names, null).header,
    delimiter,
    corrections: byLine(draft?.corrections ?? []),
    dates,
    codePages: codePagesOf({ encoding, otherEncodings }),
    today: dayAt(file.receivedAt, timeZone),
  };
  return { table, names, hasHeader };
}

interface RawRow {
  line: number;
  raw: string;
  problems: readonly RowProblem[];
}

const firstOf = ([first]: readonly RowProblem[]): Sentence | null =>
  first ? { message: first.message, said: first.said } : null;

function partOf({ table, hasHeader }: CaseTable, { line, raw, problems }: RawRow): RowPart {
  const fields = hasHeader ? readRow(raw, table.delimiter) : null;
  return { kind: 'row', line, raw, fields, problem: firstOf(problems) };
}

/** The row as it stands, with what keeps it out. */
export function validateCase(file: CaseTable, row: RawRow): ValidatedRow {
  return validateTableRow(file.table, partOf(file, row));
}

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
