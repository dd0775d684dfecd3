/** Compares the history with itself and with the checkpoints that were taken of it. */
import type { KeyObject } from 'node:crypto';
import { existsSync } from 'node:fs';
import type { Db, Tx } from '#db/client.ts';
import { type ChainCheck, checkChain, hashOfEvent, restores } from '#db/store/events/check-chain.ts';
import type { Place } from '#db/store/events/event-chain.ts';
import { lastRemoved } from '#db/store/events/removed-events.ts';
import type { Env } from '#lib/env.ts';
import { auditPublicKeys } from './audit-key.ts';
import {
  auditVerifier,
  type Checkpoint,
  checkpointsFolder,
  type ReadCheckpoints,
  readCheckpoints,
} from './checkpoints.ts';
import { checkRemoved, type Removed, wasTooEarly } from './removal.ts';

interface HistoryProblem {
  /** The first event that is not whole; null: the problem is one of a folder. */
  eventId: number | null;
  message: string;
}

export interface HistoryCheck {
  /** By what others check what this installation has signed. */
  key: string;
  /** What retention removed from its beginning, as the sealed summary says; null: nothing, or the summary is not whole. */
  removed: Removed | null;
  /** From where to where all is whole, in the history itself. */
  chain: ChainCheck;
  checkpoints: { folder: string; count: number; newest: Checkpoint | null }[];
  /** Empty where all is whole. */
  problems: HistoryProblem[];
  /** What explains a difference to old checkpoints: sentences. */
  notices: string[];
}

/** Checks everything there is; plain data, so that it can travel between threads. Throws only for an internal fault. */
export function checkHistory(db: Db, { dataDir, auditFolder }: Pick<Env, 'dataDir' | 'auditFolder'>): HistoryCheck {
  const publicKeys = auditPublicKeys(dataDir);
  const beside = checkpointsFolder(dataDir);
  const folders = [...(existsSync(beside) ? [beside] : []), ...(auditFolder === null ? [] : [auditFolder])];
  // Read before the history: what is recorded meanwhile is in no checkpoint that we know.
  const read = folders.map((folder) => ({ folder, ...readFolder(folder, publicKeys) }));
  return db.transaction((tx) => {
    const chain = checkChain(tx.$client);
    const checked = checkRemoved(tx, publicKeys);
    const removed = typeof checked === 'string' ? null : checked;
    const compared = read.map(({ checkpoints }) => compareWithCheckpoints(tx, { chain, removed }, checkpoints));
    return {
      key: auditVerifier(tx, dataDir),
      removed,
      chain,
      checkpoints: read.map(({ folder, checkpoints }) => ({
        folder,
        count: checkpoints.length,
        newest: checkpoints.at(-1) ?? null,
      })),
      problems: [
        ...(typeof checked === 'string' ? [{ eventId: lastRemoved(tx.$client)?.id ?? null, message: checked }] : []),
        ...(chain.broken ? [chain.broken] : []),
        ...compared.flatMap(({ problem }) => problem ?? []),
        ...read.flatMap(({ problems }) => problems.map((message) => ({ eventId: null, message }))),
      ],
      notices: [...new Set(compared.flatMap(({ notices }) => notices))],
    };
  });
}

function readFolder(folder: string, publicKeys: readonly KeyObject[]): ReadCheckpoints {
  try {
    return readCheckpoints(folder, publicKeys);
  } catch (error) {
    const why = error instanceof Error ? error.message : error;
    return { checkpoints: [], problems: [`The checkpoints in ${folder} cannot be read: ${why}.`] };
  }
}

const time = (at: number) => new Date(at).toISOString();

/** The first difference between the history and its checkpoints, which may stand in any order. */
function compareWithCheckpoints(
  db: Pick<Tx, '$client'>,
  { chain, removed }: Pick<HistoryCheck, 'chain' | 'removed'>,
  checkpoints: readonly Checkpoint[],
): { problem: HistoryProblem | null; notices: string[] } {
  const gone = removed?.to ?? 0;
  const last = chain.to?.id ?? gone;
  const restored = [...(removed?.restores ?? []), ...restores(db.$client)];
  const notices: string[] = [];
  let agreed = gone;
  let unknown = 0;
  for (const checkpoint of checkpoints.toSorted((a, b) => a.eventId - b.eventId)) {
    const restore = replacedBy(restored, checkpoint);
    const hash = hashOfEvent(db.$client, checkpoint.eventId);
    if (removed && !restore && wasTooEarly(removed, checkpoint, Date.now()))
      return { problem: { eventId: gone + 1, message: tooEarlyMessage(checkpoint, gone) }, notices };
    if (checkpoint.eventId <= last && hash === checkpoint.hash) agreed = Math.max(agreed, checkpoint.eventId);
    else if (checkpoint.eventId <= gone && hash === null) unknown += 1;
    else if (restore)
      notices.push(
        `A backup was restored on ${time(restore.at)}: what had been recorded as event ${restore.id} and later is lost.`,
      );
    // Where the chain itself is broken, it has been said where.
    else if (chain.broken && checkpoint.eventId >= chain.broken.eventId) break;
    else {
      const whole = checkpoint.eventId <= gone ? 0 : agreed;
      return { problem: { eventId: whole + 1, message: differenceMessage(checkpoint, last, whole) }, notices };
    }
  }
  if (unknown > 0)
    notices.push(
      `${unknown} of the checkpoints are of events that retention removed: what they signed can no longer be compared.`,
    );
  return { problem: null, notices };
}

function tooEarlyMessage({ eventId, at }: Checkpoint, gone: number): string {
  return `Events ${eventId + 1} to ${gone} were removed too early: the checkpoint of ${time(at)} knows that they were younger than a year.`;
}

function differenceMessage({ eventId, at }: Checkpoint, last: number, agreed: number): string {
  return eventId > last
    ? `The checkpoint of ${time(at)} knows event ${eventId}, and the history ends with ${last}: its end was removed, or an older copy put in its place.`
    : `The history is not the one that the checkpoint of ${time(at)} signed: it was written anew between event ${agreed + 1} and event ${eventId}.`;
}

/** The restore that took this event out of the history; undefined where there is none. */
function replacedBy(restored: readonly Place[], { eventId, at }: Checkpoint): Place | undefined {
  return restored.find((restore) => restore.id <= eventId && restore.at >= at);
}
