/** What is known of the checkpoints of the history. */
import { eq } from 'drizzle-orm';
import { z } from 'zod';
import type { Tx } from '#db/client.ts';
import { settings } from '#db/schema/system.ts';

const KEY = 'engine.checkpoints';

const stateSchema = z.object({
  /** The newest event in the last checkpoint; 0: there is none. */
  eventId: z.number(),
  /** Since when and why none can be written to the folder elsewhere; null where that works. */
  problem: z.object({ at: z.number(), message: z.string() }).nullable(),
});
type CheckpointState = z.infer<typeof stateSchema>;

export function readCheckpointState(db: Tx): CheckpointState {
  const row = db.select({ value: settings.value }).from(settings).where(eq(settings.key, KEY)).get();
  return stateSchema.safeParse(row?.value).data ?? { eventId: 0, problem: null };
}

export function writeCheckpointState(db: Tx, state: CheckpointState, now: number): void {
  const row = { key: KEY, value: state, updatedAt: now, updatedBy: 'engine' };
  db.insert(settings).values(row).onConflictDoUpdate({ target: settings.key, set: row }).run();
}
