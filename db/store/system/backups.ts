/** What is known of backups: the last ones, and a restore. */
import { z } from 'zod';
import type { Tx } from '#db/client.ts';
import { recordEvent } from '#db/store/events/record-event.ts';
import { COMMAND_LINE } from '#lib/domain/events.ts';
import { readState, writeState } from './engine-state.ts';

const KEY = 'engine.backups';

const stateSchema = z.object({
  /** The last backup that was restored into a scratch folder and found whole. */
  lastGood: z.object({ at: z.number(), file: z.string(), people: z.number() }).nullable(),
  /** Since then; null where the last try was good. */
  problem: z.object({ at: z.number(), message: z.string() }).nullable(),
});
export type BackupState = z.infer<typeof stateSchema>;

export function readBackupState(db: Tx): BackupState {
  return readState(db, KEY, stateSchema) ?? { lastGood: null, problem: null };
}

export function writeBackupState(db: Tx, state: BackupState, now: number): void {
  writeState(db, KEY, state, now);
}

/** Notes in a restored database where it comes from. */
export function recordRestore(db: Tx, file: string, madeAt: number, now: number): void {
  recordEvent(db, {
    kind: 'backup.restored',
    at: now,
    actor: COMMAND_LINE,
    message: `The backup ${file} was restored.`,
    data: { file, madeAt },
  });
}
