/** What operators ask of runs, beside starting one: its event, and its end. Call inside a transaction. */
import { and, eq } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { events, runs } from '#db/schema.ts';
import type { RunReason } from '#lib/domain/reasons.ts';

/** Keeps who asked for what. */
export function addRunEvent(
  tx: Tx,
  event: {
    kind: string;
    runId: string;
    actor: { name: string; key: string };
    message: string;
    reason?: RunReason;
    data?: unknown;
  },
  now: number,
): void {
  const { kind, runId, actor, message, reason, data } = event;
  tx.insert(events)
    .values({ at: now, actor: actor.name, actorKey: actor.key, kind, runId, reason, message, data })
    .run();
}

/** A run that works sees it within half a second and begins no new write. False where it does not work, or was asked to end already. */
export function askToEnd(tx: Tx, id: string, by: string, now: number): boolean {
  const { changes } = tx
    .update(runs)
    .set({ cancelRequestedAt: now, cancelRequestedBy: by })
    .where(and(eq(runs.id, id), eq(runs.status, 'running')))
    .run();
  return changes === 1;
}

/** queued → stopped: it never begins. False where it has begun. */
export function endBeforeBegin(tx: Tx, id: string, by: string, now: number): boolean {
  const { changes } = tx
    .update(runs)
    .set({
      status: 'stopped',
      reason: 'cancelled' satisfies RunReason,
      message: `${by} cancelled the run before it began. Nothing was changed.`,
      counts: {},
      cancelRequestedAt: now,
      cancelRequestedBy: by,
      finishedAt: now,
    })
    .where(and(eq(runs.id, id), eq(runs.status, 'queued')))
    .run();
  return changes === 1;
}
