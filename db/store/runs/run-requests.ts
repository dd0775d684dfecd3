/** How operators end runs. Call inside a transaction. */
import { and, eq } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { runs } from '#db/schema/runs.ts';
import type { RunReason } from '#lib/domain/reasons/reasons.ts';

/** A running run notices within half a second and starts no new write. False where it is not running, or was cancelled already. */
export function requestCancel(tx: Tx, id: string, by: string, now: number): boolean {
  const { changes } = tx
    .update(runs)
    .set({ cancelRequestedAt: now, cancelRequestedBy: by })
    .where(and(eq(runs.id, id), eq(runs.status, 'running')))
    .run();
  return changes === 1;
}

/** queued → stopped, before it starts. False where it has started. */
export function cancelQueuedRun(tx: Tx, id: string, by: string, now: number): boolean {
  const { changes } = tx
    .update(runs)
    .set({
      status: 'stopped',
      reason: 'cancelled' satisfies RunReason,
      message: `${by} cancelled the run before it started. Nothing was changed.`,
      counts: {},
      cancelRequestedAt: now,
      cancelRequestedBy: by,
      finishedAt: now,
    })
    .where(and(eq(runs.id, id), eq(runs.status, 'queued')))
    .run();
  return changes === 1;
}
