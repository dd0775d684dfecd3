/** Once a day deletes what is old and of no more use, a little at a time, so that nobody waits for it. */
import { rmSync } from 'node:fs';
import path from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';
import type { Tx } from '#db/client.ts';
import {
  deleteDrafts,
  deleteDryRunOutcomes,
  deleteIntents,
  deleteRuns,
  deleteSetupChecks,
  deleteUnchangedOutcomes,
  emptyMails,
  isOriginalOfFile,
  oldDrafts,
  type Slice,
  tidyOutcomes,
} from '#db/store/system/retention.ts';
import {
  readSettings,
  readTidiedAt,
  readTidiedTo,
  type TidiedTo,
  writeTidiedAt,
  writeTidiedTo,
} from '#db/store/system/settings.ts';
import { log } from '#lib/log.ts';
import type { Engine } from './create-engine.ts';

const DAY_MS = 24 * 3_600_000;
/** Rows a transaction: some milliseconds. */
const SLICE = 100;
/** Rows of idle looks a transaction: each stands for some hundred people. */
const UNCHANGED_SLICE = 25;
const IDLE_RUN_DAYS = 7;
const DRY_RUN_DAYS = 7;
const DRAFT_DAYS = 30;
const CHECK_DAYS = 30;

export interface Tidied {
  /** Deleted, or emptied of the calls to Graph. */
  outcomes: number;
  /** Rows, each of which stands for many people. */
  unchangedOutcomes: number;
  intents: number;
  runs: number;
  dryRunOutcomes: number;
  drafts: number;
  mails: number;
  checks: number;
}

type Owner = Pick<Engine, 'db' | 'env'>;

/** Deletes what is older than Settings allow, where that was not done in the last 24 hours; null where it was. */
export async function tidyDaily(engine: Owner, signal: AbortSignal, now = Date.now()): Promise<Tidied | null> {
  const last = readTidiedAt(engine.db);
  if (last !== null && last <= now && now - last < DAY_MS) return null;
  const tidied = await tidy(engine, signal, now);
  // What a stop cut short is done with the next start.
  if (signal.aborted) return tidied;
  writeTidiedAt(engine.db, now);
  if (Object.values(tidied).some((count) => count > 0)) log.info({ ...tidied }, 'what was old has been deleted');
  return tidied;
}

async function tidy(engine: Owner, signal: AbortSignal, now: number): Promise<Tidied> {
  const { db, env } = engine;
  const ago = (days: number) => now - days * DAY_MS;
  const kept = ago(readSettings(db, env).retentionDays);
  const untilNone = (step: (tx: Tx) => number) => inSlices(engine, signal, step);
  const onward = (place: keyof TidiedTo, step: (tx: Tx, from: number) => Slice) =>
    fromLastTime(engine, signal, now, place, step);
  return {
    outcomes: await onward('outcomeId', (tx, from) => tidyOutcomes(tx, kept, from, SLICE)),
    unchangedOutcomes: await untilNone((tx) => deleteUnchangedOutcomes(tx, kept, UNCHANGED_SLICE)),
    intents: await untilNone((tx) => deleteIntents(tx, kept, SLICE)),
    // Runs go after what was recorded of them: a day later, as long as a run may take.
    runs:
      (await onward('thinnedAt', (tx, from) => deleteRuns(tx, 'found nothing', ago(IDLE_RUN_DAYS), from, SLICE))) +
      (await onward('clearedAt', (tx, from) => deleteRuns(tx, 'left nothing', kept - DAY_MS, from, SLICE))),
    dryRunOutcomes: await untilNone((tx) => deleteDryRunOutcomes(tx, ago(DRY_RUN_DAYS), SLICE)),
    drafts: await untilNone((tx) => tidyDrafts(tx, env.dataDir, ago(DRAFT_DAYS))),
    mails: await untilNone((tx) => emptyMails(tx, kept, SLICE)),
    checks: await untilNone((tx) => deleteSetupChecks(tx, ago(CHECK_DAYS), SLICE)),
  };
}

/** Repeats a step, a transaction each, until it finds nothing more. Gives how many it found. */
async function inSlices({ db }: Owner, signal: AbortSignal, step: (tx: Tx) => number): Promise<number> {
  let total = 0;
  while (!signal.aborted) {
    const found = db.transaction(step, { behavior: 'immediate' });
    if (found === 0) break;
    total += found;
    await breathe();
  }
  return total;
}

/** Goes on where it ended the last time: what is kept for ever is looked through once. Gives how many were tidied. */
async function fromLastTime(
  { db }: Owner,
  signal: AbortSignal,
  now: number,
  place: keyof TidiedTo,
  step: (tx: Tx, from: number) => Slice,
): Promise<number> {
  let total = 0;
  for (let isDone = false; !isDone && !signal.aborted; ) {
    const slice = db.transaction(
      (tx) => {
        const to = readTidiedTo(tx);
        const done = step(tx, to[place]);
        writeTidiedTo(tx, { ...to, [place]: done.last }, now);
        return done;
      },
      { behavior: 'immediate' },
    );
    total += slice.tidied;
    isDone = slice.isDone;
    await breathe();
  }
  return total;
}

/** The file goes first: a crash between leaves a draft for tomorrow, not a file that nobody knows of. */
function tidyDrafts(tx: Tx, dataDir: string, before: number): number {
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
