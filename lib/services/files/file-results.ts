/** The sender's own file with the result of each row, for download. */
import { z } from 'zod';
import { fileById, rowsWithResults } from '#db/store/files/files-read.ts';
import { recordExport } from '#db/store/system/operators.ts';
import type { Operator } from '#lib/auth/operator.ts';
import { readRow } from '#lib/intake/csv/parse.ts';
import { together } from '#lib/intake/csv/problem.ts';
import { type Delimiter, delimiterOf } from '#lib/intake/csv/records.ts';
import { CSV_BOM, csvLine, hasFormula } from '#lib/services/http/csv.ts';
import { database } from '#lib/services/http/database.ts';
import { authorise, parseInput, ServiceError } from '#lib/services/http/errors.ts';

const SLICE = 1000;
const ADDED = ['State', 'Reason', 'Message', 'LicensedAt', 'MailboxReadyAt'];

const idInput = z.object({ id: z.string().min(1).max(100) });
const problemsSchema = z.array(z.object({ column: z.string().nullable(), message: z.string() })).catch([]);
const changesSchema = z
  .array(z.object({ column: z.string(), from: z.string(), to: z.string(), what: z.string() }))
  .catch([]);

type Row = ReturnType<typeof rowsWithResults>[number];

const iso = (at: number | null) => (at === null ? '' : new Date(at).toISOString());

/** Operators' corrections: the row itself is as the sender wrote it. */
function correctedText(changes: unknown): string {
  const corrected = changesSchema.parse(changes).filter(({ what }) => what.startsWith('corrected by'));
  return corrected.map(({ column, from, to, what }) => ` ${column} ${what} from "${from}" to "${to}".`).join('');
}

function results(row: Row): string[] {
  const more = correctedText(row.changes);
  if (row.caseStatus === 'closed') return ['closed', 'row_closed', `Closed by ${row.settledBy}: ${row.why}`, '', ''];
  if (row.verdict === 'rejected' && row.state === null)
    return ['rejected', 'row_rejected', together(problemsSchema.parse(row.problems)).message + more, '', ''];
  const message = (row.message ?? '') + more;
  return [row.state ?? '', row.reason ?? '', message, iso(row.licensedAt), iso(row.mailboxReadyAt)];
}

/** The row as it is in the file, but for formulas, padded to the width of the header; a row that cannot be split goes into the first column whole. */
function ownColumns(raw: string, delimiter: Delimiter, width: number, isWorkbook: boolean): string {
  const fields = readRow(raw, delimiter);
  // A cell that would be run as a formula is disarmed, and its row written anew. In a workbook its cells were text.
  if (fields && fields.length <= width && (isWorkbook || hasFormula(raw)))
    return csvLine([...fields, ...Array(width - fields.length).fill('')], { delimiter }).replace(/\r\n$/, '');
  const blank = (n: number) => delimiter.repeat(Math.max(0, n));
  if (fields && fields.length <= width) return raw + blank(width - fields.length);
  return csvLine([raw], { delimiter }).trimEnd() + blank(width - 1);
}

/** Names that the file does not have yet: it may be an earlier results file. */
function addedNames(own: readonly string[]): string[] {
  return ADDED.map((name) => {
    let free = name;
    for (let n = 2; own.includes(free); n++) free = `${name} (${n})`;
    return free;
  });
}

/**
 * A file's rows, rejected ones too, unchanged but for cells that a spreadsheet would run, and in order, with columns for the result; times are UTC. `input`: `{ id }`.
 * Throws `not_found`, and `conflict` where the whole file was rejected.
 */
export function downloadResults(operator: Operator | null, input: unknown): { name: string; lines: Iterable<string> } {
  authorise(operator, 'files:read');
  const { id } = parseInput(idInput, input);
  const db = database();
  const file = fileById(db, id);
  if (!file) throw new ServiceError('not_found', ['noFile']);
  if (file.status === 'rejected') throw new ServiceError('conflict', ['wholeRejected']);
  recordExport(db, operator, { what: 'results', name: file.name }, Date.now());
  const delimiter = delimiterOf(file.delimiter) ?? ',';
  const isWorkbook = file.encoding === 'XLSX';
  function* lines(): Generator<string> {
    let slice = rowsWithResults(db, id, 0, SLICE);
    // Files from before we stored the header get numbered columns.
    const first = file?.header ?? null;
    const own = first === null ? [] : (readRow(first, delimiter) ?? []);
    const width = own.length || (readRow(slice[0]?.raw ?? '', delimiter)?.length ?? 1);
    const numbered = Array.from({ length: width }, (_, at) => `Column ${at + 1}`).join(delimiter);
    const header = first === null ? numbered : ownColumns(first, delimiter, width, isWorkbook);
    yield CSV_BOM + header + delimiter + csvLine(addedNames(own), { delimiter });
    while (slice.length > 0) {
      yield slice
        .map(
          (row) => ownColumns(row.raw, delimiter, width, isWorkbook) + delimiter + csvLine(results(row), { delimiter }),
        )
        .join('');
      slice = rowsWithResults(db, id, slice.at(-1)?.line ?? 0, SLICE);
    }
  }
  return { name: `${file.name.replace(/\.(csv|txt|tsv|xlsx)$/i, '')}-results.csv`, lines: lines() };
}
