/** The signed summary that stands for what retention removed from the beginning of the history. */
import type { KeyObject } from 'node:crypto';
import type { Tx } from '#db/client.ts';
import {
  keptHashes,
  lastRemoved,
  nextRemoval,
  parseSummary,
  type RemovedSummary,
  removeEvents,
} from '#db/store/events/removed-events.ts';
import { auditKey } from './audit-key.ts';
import { auditName } from './checkpoints.ts';
import { openNote, signNote } from './signed-note.ts';

const DAY_MS = 24 * 3_600_000;
/** Nothing younger is ever removed. */
export const YEAR_MS = 366 * DAY_MS;
/** Events are stored nearly in the order of their times. */
const DISORDER_MS = 2 * DAY_MS;

const WHAT = 'removed by retention';

/**
 * Removes the oldest events before a time (ms), at most `limit`, and seals what stands for them; gives how many, 0 where none can go.
 * Call it in a transaction.
 */
export function removeOldest(tx: Tx, dataDir: string, before: number, limit: number, now: number): number {
  const summary = nextRemoval(tx, Math.min(before, now - YEAR_MS), limit);
  if (!summary) return 0;
  const name = auditName(tx);
  const text = [name, WHAT, JSON.stringify(summary), new Date(now).toISOString()];
  return removeEvents(tx, summary, signNote(`${text.join('\n')}\n`, name, auditKey(dataDir)));
}

/** What was removed, and when that was sealed (ms). */
export interface Removed extends RemovedSummary {
  sealedAt: number;
}

/** What stands for removed events: null where there are none, a sentence where it is not what this installation sealed. */
export function checkRemoved(tx: Pick<Tx, '$client'>, publicKeys: readonly KeyObject[]): Removed | string | null {
  const last = lastRemoved(tx.$client);
  if (!last) return null;
  const [, what, text, time] = openNote(last.summary ?? '', publicKeys)?.split('\n') ?? [];
  const summary = parseSummary(text ?? '');
  const sealedAt = Date.parse(time ?? '');
  if (!summary || what !== WHAT || Number.isNaN(sealedAt))
    return 'The summary of the events that retention removed is not signed by this installation.';
  if (JSON.stringify(keptHashes(tx.$client)) !== JSON.stringify(summary.hashes) || summary.to !== last.id)
    return `Retention removed the events up to ${summary.to}, and what is kept of them was changed.`;
  if (summary.lastAt > sealedAt - YEAR_MS) return 'Events were removed that were younger than a year.';
  return { ...summary, sealedAt };
}

/** True where a checkpoint shows that events were removed too early: what came after it, and is gone, was not a year old. */
export function wasTooEarly(
  { to, sealedAt }: Removed,
  checkpoint: { eventId: number; at: number },
  now: number,
): boolean {
  return checkpoint.eventId < to && checkpoint.at > Math.min(sealedAt, now) - YEAR_MS + DISORDER_MS;
}
