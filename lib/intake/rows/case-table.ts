/** How the rows of a stored file are read again: as they were when it came. */
import type { Tx } from '#db/client.ts';
import { draftOfFile } from '#db/store/files/drafts.ts';
import { fileById } from '#db/store/files/files-read.ts';
import { REQUIRED_COLUMNS } from '#lib/domain/newcomer.ts';
import type { Sentence } from '#lib/domain/sentences/sentence.ts';
import { dayAt } from '#lib/domain/time/days.ts';
import { codePagesOf, storedRules } from '#lib/intake/column-rules.ts';
import { matchColumns } from '#lib/intake/csv/columns/columns.ts';
import { FORMATS } from '#lib/intake/csv/encoding/formats.ts';
import { readRow } from '#lib/intake/csv/parse.ts';
import type { RowProblem } from '#lib/intake/csv/problem.ts';
import { delimiterOf } from '#lib/intake/csv/records.ts';
import { byLine, type RowPart } from '#lib/intake/csv/rows/corrections.ts';
import { type Table, type ValidatedRow, validateTableRow } from '#lib/intake/csv/rows/validation-context.ts';

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

export interface RawRow {
  line: number;
  raw: string;
  problems: readonly RowProblem[];
}

const firstOf = ([first]: readonly RowProblem[]): Sentence | null =>
  first ? { message: first.message, said: first.said } : null;

export function partOf({ table, hasHeader }: CaseTable, { line, raw, problems }: RawRow): RowPart {
  const fields = hasHeader ? readRow(raw, table.delimiter) : null;
  return { kind: 'row', line, raw, fields, problem: fields ? null : firstOf(problems) };
}

/** The row as it stands, with what keeps it out. */
export function validateCase(file: CaseTable, row: RawRow): ValidatedRow {
  return validateTableRow(file.table, partOf(file, row));
}
