/** Rows that stayed out before and come again, as in a list of everybody that comes every night: each is decided where it first came. */
import type { Tx } from '#db/client.ts';
import { recordEvent } from '#db/store/events/record-event.ts';
import { fileById } from '#db/store/files/files-read.ts';
import { BY_ITSELF, settleCase, settleFileCase } from '#db/store/row-cases/row-cases.ts';
import {
  type EarlierRow,
  earlierRowsOut,
  openRowsOut,
  type RowOut,
  sameFileRefused,
} from '#db/store/row-cases/row-cases-read.ts';
import { ENGINE } from '#lib/domain/events.ts';
import { type Sentence, sentence } from '#lib/domain/sentences/sentence.ts';
import { columnKey } from '#lib/intake/csv/columns/column-names.ts';
import { readRow } from '#lib/intake/csv/parse.ts';
import { DELIMITERS } from '#lib/intake/csv/records.ts';
import { byFile, type Intake } from '#lib/intake/intake.ts';
import { type CaseTable, caseTable } from './case-table.ts';
import { meaningsIn } from './row-meaning.ts';

/** A file of which so much stays out is wrong as a whole. */
const MOST_REPEATED = 20_000;
/** How a reason ends that an earlier import closed a row with. */
const FIRST_CAME = / as line (\d+) of (.+), and is decided there\.$/s;

/** Closes the cases of such rows, whatever became of the first one. Call inside the transaction that ends the import. */
export function closeRepeatedRows(intake: Intake): void {
  const { db, file } = intake;
  const { at } = byFile(file);
  const open = openRowsOut(db, file.id, MOST_REPEATED);
  const earlier = open.length === 0 ? null : finderOf(db, file.id);
  if (!earlier) return;
  const lines: number[] = [];
  let areAlike = false;
  for (const { id, revision, ...row } of open) {
    const before = earlier(row);
    if (!before) continue;
    // What the row before was closed with names the first one already.
    const [, line = String(before.line), first = before.file] = FIRST_CAME.exec(before.why ?? '') ?? [];
    const alike = sentence('cameBeforeAlike', { line, file: first }).message;
    const isAlike = before.raw !== row.raw || before.why === alike;
    const why = isAlike ? alike : sentence('cameBefore', { line, file: first }).message;
    if (!settleCase(db, { id, revision }, { status: 'closed', by: BY_ITSELF, at, why })) continue;
    lines.push(row.line);
    areAlike ||= isAlike;
  }
  recordRepeats(intake, lines, areAlike);
}

/** Tells of rows that were closed because they had come before. */
export function recordRepeats({ db, file }: Intake, lines: readonly number[], areAlike: boolean): void {
  if (lines.length === 0) return;
  const { at } = byFile(file);
  const rows = lines.length === 1 ? `line ${lines[0]} of ${file.name}` : `${lines.length} rows of ${file.name}`;
  const { message } = sentence(areAlike ? 'cameBeforeAlikeAll' : 'cameBeforeAll', { n: lines.length });
  recordEvent(db, {
    kind: 'row.closed',
    at,
    actor: ENGINE,
    data: { fileId: file.id, lines, why: message },
    message: `${ENGINE.name} closed ${rows}: ${message}`,
  });
}

/** The same file as before, refused for the same reason, is decided there: an empty one comes on every day without newcomers. Call inside the transaction that refuses it. */
export function closeRepeatedFile({ db, file }: Pick<Intake, 'db' | 'file'>, problem: Sentence): void {
  const before = file.source === 'upload' ? null : sameFileRefused(db, file.id, problem.message);
  if (!before) return;
  const why = before.why ?? sentence('fileCameBefore', { file: before.file }).message;
  closeFile(db, file, why, byFile(file).at);
}

/** Ends the case of a file that was refused whole, where it is open, without anybody’s hand. Call inside a transaction. */
export function closeFile(db: Tx, { id, name }: { id: string; name: string }, why: string, at: number): void {
  if (!settleFileCase(db, id, { status: 'closed', by: BY_ITSELF, at, why })) return;
  recordEvent(db, {
    kind: 'row.closed',
    at,
    actor: ENGINE,
    data: { fileId: id, lines: [], why },
    message: `${ENGINE.name} closed ${name}: ${why}`,
  });
}

/** Finds the newest row of the lists before this one that says the same: word for word, or in all that counts. Null: there is none of them. */
function finderOf(db: Tx, fileId: string): ((row: RowOut) => EarlierRow | null) | null {
  const table = caseTable(db, fileId);
  const header = fileById(db, fileId)?.header ?? null;
  if (!table || header === null) return null;
  const before = earlierRowsOut(db, fileId, sameColumns(table, header), MOST_REPEATED);
  if (before.length === 0) return null;
  // Below other columns the same words say something else.
  const byWords = firstBy(before, (row) => (row.header === header ? row.raw : null));
  let byMeaning: ReadonlyMap<string, EarlierRow> | null = null;
  const meaningOf = meaningsIn(table);
  const meanings = new Map([[header, meaningOf]]);
  const keyOf = (row: EarlierRow) => {
    if (!meanings.has(row.header)) {
      const own = caseTable(db, row.fileId);
      meanings.set(row.header, own ? meaningsIn(own) : () => null);
    }
    return meanings.get(row.header)?.(row) ?? null;
  };
  return (row) => {
    // Rows that say nothing, such as formulas that were never calculated, may be about somebody else each time.
    if (!/[^\s,;|]/.test(row.raw)) return null;
    const same = byWords.get(row.raw);
    if (same) return same;
    byMeaning ??= firstBy(before, keyOf);
    return byMeaning.get(meaningOf(row) ?? '') ?? null;
  };
}

/** Whether another header names the same columns, in whatever order and quotes: some programs write them as they come. */
function sameColumns({ names }: CaseTable, header: string): (other: string | null) => boolean {
  const keysOf = (all: readonly string[]) => all.map(columnKey).sort().join('\n');
  const keys = keysOf(names);
  const known = new Map<string | null, boolean>([
    [null, false],
    [header, true],
  ]);
  return (other) => {
    const isSame = known.get(other) ?? DELIMITERS.some((one) => keysOf(readRow(other ?? '', one) ?? []) === keys);
    known.set(other, isSame);
    return isSame;
  };
}

function firstBy(rows: readonly EarlierRow[], keyOf: (row: EarlierRow) => string | null): Map<string, EarlierRow> {
  const found = new Map<string, EarlierRow>();
  for (const row of rows) {
    const key = keyOf(row);
    if (key !== null && !found.has(key)) found.set(key, row);
  }
  return found;
}
