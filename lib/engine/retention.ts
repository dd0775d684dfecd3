/** Deletes old data once a day, in small transactions, so that nobody waits for it. */
import { rmSync } from 'node:fs';
import path from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';
import type { Tx } from '#db/client.ts';
import { deleteDiagnoses } from '#db/store/diagnoses/diagnoses.ts';
import { recordEvent } from '#db/store/events/record-event.ts';
import { nextRemoval } from '#db/store/events/removed-events.ts';
import {
  type CleanupCursors,
  readCleanupAt,
  readCleanupCursors,
  writeCleanupAt,
  writeCleanupCursors,
} from '#db/store/system/engine-state.ts';
import {
  deleteDrafts,
  deleteDryRunOutcomes,
  deleteIntents,
  deleteRuns,
  deleteSetupChecks,
  deleteUnchangedOutcomes,
  isOriginalOfFile,
  oldDrafts,
  type Slice,
  stripMails,
  stripOutcomes,
} from '#db/store/system/retention.ts';
import { lastChangeOf, readSettings } from '#db/store/system/settings.ts';
import { removeOldest, YEAR_MS } from '#lib/audit/removal.ts';
import { ENGINE } from '#lib/domain/events.ts';
import { log } from '#lib/log.ts';
import type { Engine } from './create-engine.ts';
import { whenUnlocked } from './when-unlocked.ts';

const DAY_MS = 24 * 3_600_000;
/** Rows per transaction: a few milliseconds. */
const SLICE = 100;
/** Rows of unchanged outcomes per transaction: each stands for a few hundred people. */
const UNCHANGED_SLICE = 25;
const UNCHANGED_RUN_DAYS = 7;
const DRY_RUN_DAYS = 7;
const DRAFT_DAYS = 30;
const CHECK_DAYS = 30;
const DIAGNOSIS_DAYS = 30;

export interface DeletedCounts {
  /** Deleted, or stripped of their Graph calls. */
  outcomes: number;
  /** Rows, each of which stands for many people. */
  unchangedOutcomes: number;
  intents: number;
  runs: number;
  dryRunOutcomes: number;
  drafts: number;
  mails: number;
  checks: number;
  diagnoses: number;
  /** Removed from the beginning of the history. */
  events: number;
}

type RetentionContext = Pick<Engine, 'db' | 'env'>;

/** Deletes what is older than Settings allow, once in 24 hours; null where that has been done. */
export async function cleanUpDaily(
  engine: RetentionContext,
  signal: AbortSignal,
  now = Date.now(),
): Promise<DeletedCounts | null> {
  const last = readCleanupAt(engine.db);
  if (last !== null && last <= now && now - last < DAY_MS) return null;
  const deleted = await cleanUp(engine, signal, now);
  // An interrupted cleanup continues at the next start.
  if (signal.aborted) return deleted;
  await whenUnlocked(engine.db, signal);
  writeCleanupAt(engine.db, now);
  if (Object.values(deleted).some((count) => count > 0)) log.info({ ...deleted }, 'old data deleted');
  return deleted;
}

async function cleanUp(engine: RetentionContext, signal: AbortSignal, now: number): Promise<DeletedCounts> {
  const { db, env } = engine;
  const ago = (days: number) => now - days * DAY_MS;
  const cutoff = ago(readSettings(db, env).retentionDays);
  const repeat = (step: (tx: Tx) => number) => inSlices(engine, signal, step);
  const resume = (key: keyof CleanupCursors, step: (tx: Tx, from: number) => Slice) =>
    resumeSlices(engine, signal, now, key, step);
  return {
    outcomes: await resume('outcomeId', (tx, from) => stripOutcomes(tx, cutoff, from, SLICE)),
    unchangedOutcomes: await repeat((tx) => deleteUnchangedOutcomes(tx, cutoff, UNCHANGED_SLICE)),
    intents: await repeat((tx) => deleteIntents(tx, cutoff, SLICE)),
    // Runs are deleted a day after their outcomes: a run may take that long.
    runs:
      (await resume('thinnedAt', (tx, from) => deleteRuns(tx, 'found nothing', ago(UNCHANGED_RUN_DAYS), from, SLICE))) +
      (await resume('clearedAt', (tx, from) => deleteRuns(tx, 'left nothing', cutoff - DAY_MS, from, SLICE))),
    dryRunOutcomes: await repeat((tx) => deleteDryRunOutcomes(tx, ago(DRY_RUN_DAYS), SLICE)),
    drafts: await repeat((tx) => deleteOldDrafts(tx, env.dataDir, ago(DRAFT_DAYS))),
    mails: await repeat((tx) => stripMails(tx, cutoff, SLICE)),
    checks: await repeat((tx) => deleteSetupChecks(tx, ago(CHECK_DAYS), SLICE)),
    diagnoses: await repeat((tx) => deleteDiagnoses(tx, ago(DIAGNOSIS_DAYS), SLICE)),
    events: await removeHistory(engine, signal, now),
  };
}

/** Removes events that are older than Settings allow, from the oldest on, and first says so in the history itself. */
async function removeHistory(engine: RetentionContext, signal: AbortSignal, now: number): Promise<number> {
  const { db, env } = engine;
  const { historyYears: years } = readSettings(db, env);
  if (years === 0) return 0;
  const until = now - years * YEAR_MS;
  let isTold = false;
  return inSlices(engine, signal, (tx) => {
    if (!isTold && nextRemoval(tx, until, 1)) {
      isTold = true;
      const setBy = lastChangeOf(tx, 'historyYears')?.by ?? null;
      const day = new Date(until).toISOString().slice(0, 10);
      const message = `History before ${day} was removed: ${setBy ?? 'somebody'} set it to be kept for ${years} ${years === 1 ? 'year' : 'years'}.`;
      recordEvent(tx, { kind: 'history.removed', at: now, actor: ENGINE, message, data: { until, years, setBy } });
    }
    return removeOldest(tx, env.dataDir, until, SLICE, now);
  });
}

/** Repeats a step, one transaction each, until it finds nothing more. Returns how many rows it found. */
async function inSlices({ db }: RetentionContext, signal: AbortSignal, step: (tx: Tx) => number): Promise<number> {
  let total = 0;
  while (!signal.aborted) {
    await whenUnlocked(db, signal);
    const deleted = db.transaction(step, { behavior: 'immediate' });
    if (deleted === 0) break;
    total += deleted;
    await breathe();
  }
  return total;
}

/** Continues where the last cleanup ended: rows that are kept are visited only once. Returns how many rows were cleaned up. */
async function resumeSlices(
  { db }: RetentionContext,
  signal: AbortSignal,
  now: number,
  key: keyof CleanupCursors,
  step: (tx: Tx, from: number) => Slice,
): Promise<number> {
  let total = 0;
  for (let isDone = false; !isDone && !signal.aborted; ) {
    await whenUnlocked(db, signal);
    const slice = db.transaction(
      (tx) => {
        const cursors = readCleanupCursors(tx);
        const result = step(tx, cursors[key]);
        writeCleanupCursors(tx, { ...cursors, [key]: result.last }, now);
        return result;
      },
      { behavior: 'immediate' },
    );
    total += slice.count;
    isDone = slice.isDone;
    await breathe();
  }
  return total;
}

/** The file goes first: a crash in between leaves a draft for tomorrow, not an orphaned file. */
function deleteOldDrafts(tx: Tx, dataDir: string, before: number): number {
  const old = oldDrafts(tx, before, SLICE);
  if (old.length === 0) return 0;
  for (const { storedName } of old)
    if (!isOriginalOfFile(tx, storedName))
      rmSync(path.join(dataDir, 'uploads', path.basename(storedName)), { force: true });
  return deleteDrafts(
    tx,
    old.map(({ id }) => id),
  );
}
