/** What is known of the checkpoints of the history. */
import { z } from 'zod';
import type { Tx } from '#db/client.ts';
import { readState, writeState } from './engine-state.ts';

const KEY = 'engine.checkpoints';

const stateSchema = z.object({
  /** The newest event in the last checkpoint; 0: there is none. */
  eventId: z.number(),
  /** Since when and why none can be written to the folder elsewhere; null where that works. */
  problem: z.object({ at: z.number(), message: z.string() }).nullable(),
});
type CheckpointState = z.infer<typeof stateSchema>;

export function readCheckpointState(db: Tx): CheckpointState {
  return readState(db, KEY, stateSchema) ?? { eventId: 0, problem: null };
}

export function writeCheckpointState(db: Tx, state: CheckpointState, now: number): void {
  writeState(db, KEY, state, now);
}
