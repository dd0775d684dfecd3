/** How operators end runs. Call inside a transaction. */
import { and, eq } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { runs } from '#db/schema.ts';
import type { RunReason } from '#lib/domain/reasons.ts';

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
