/** Rows that stayed out before and come again, as in a list of everybody that comes every night: each is decided where it first came. */
import type { Tx } from '#db/client.ts';
import { recordEvent } from '#db/store/events/record-event.ts';
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
import { byFile, type Intake } from '#lib/intake/intake.ts';
import { caseTable } from './case-table.ts';
import { meaningOf } from './row-meaning.ts';

/** A file of which so much stays out is wrong as a whole. */
const MOST_REPEATED = 20_000;
/** How a reason ends that an earlier import closed a row with. */
const FIRST_CAME = / as line (\d+) of (.+), and is decided there\.$/s;

/** Closes the cases of such rows, whatever became of the first one. Call inside the transaction that ends the import. */
export function closeRepeatedRows({ db, file }: Intake): void {
  const { at } = byFile(file);
  const earlier = finderOf(db, file.id);
  if (!earlier) return;
  const lines: number[] = [];
  let areAlike = false;
  for (const { id, revision, ...row } of openRowsOut(db, file.id, MOST_REPEATED)) {
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
  if (lines.length === 0) return;
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
  const { at } = byFile(file);
  const why = before.why ?? sentence('fileCameBefore', { file: before.file }).message;
  settleFileCase(db, file.id, { status: 'closed', by: BY_ITSELF, at, why });
  recordEvent(db, {
    kind: 'row.closed',
    at,
    actor: ENGINE,
    data: { fileId: file.id, lines: [], why },
    message: `${ENGINE.name} closed ${file.name}: ${why}`,
  });
}

/** Finds the newest row of the lists before this one that says the same: word for word, or in all that counts. Null: there is none of them. */
function finderOf(db: Tx, fileId: string): ((row: RowOut) => EarlierRow | null) | null {
  const before = earlierRowsOut(db, fileId, MOST_REPEATED);
  if (before.length === 0) return null;
  const byWords = firstBy(before, ({ raw }) => raw);
  let byMeaning: ReadonlyMap<string, EarlierRow> | null = null;
  const table = caseTable(db, fileId);
  const keyOf = (row: RowOut) => table && meaningOf(table, row);
  return (row) => {
    // Rows that say nothing, such as formulas that were never calculated, may be about somebody else each time.
    if (!/[^\s,;|]/.test(row.raw)) return null;
    const same = byWords.get(row.raw);
    if (same) return same;
    byMeaning ??= firstBy(before, keyOf);
    return byMeaning.get(keyOf(row) ?? '') ?? null;
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
