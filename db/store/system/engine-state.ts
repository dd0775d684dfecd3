/** What the engine keeps from run to run. */
import { z } from 'zod';
import type { Tx } from '#db/client.ts';
import { SENTENCE, type Sentence } from '#lib/domain/sentences/sentence.ts';
import { readValue, removeValue, writeValue } from './values.ts';

/** Null where nothing is kept under this key, or what is kept no longer fits. */
export function readState<T>(db: Tx, key: `engine.${string}`, schema: z.ZodType<T>): T | null {
  return schema.safeParse(readValue(db, key)).data ?? null;
}

/** `value` null: nothing is kept any more. */
export function writeState(db: Tx, key: `engine.${string}`, value: unknown, now: number): void {
  if (value === null) removeValue(db, key);
  else writeValue(db, key, value, 'engine', now);
}

/** State kept while Graph is unavailable, so that it is probed at growing intervals. */
const quarantineSchema = z.object({
  since: z.number(),
  failures: z.number().int(),
  reason: z.string(),
  ...SENTENCE,
  nextProbeAt: z.number(),
});
export type Quarantine = Omit<z.infer<typeof quarantineSchema>, keyof Sentence> & Sentence;

/** Up to when the schedule has been served, and when the scheduler last ticked. */
const schedulerStateSchema = z.object({ servedUntil: z.number(), lastTickAt: z.number() });
export type SchedulerState = z.infer<typeof schedulerStateSchema>;

export function readQuarantine(db: Tx): Quarantine | null {
  return readState(db, 'engine.quarantine', quarantineSchema);
}

export function writeQuarantine(db: Tx, quarantine: Quarantine | null, now: number): void {
  writeState(db, 'engine.quarantine', quarantine, now);
}

/** What lay in the drop folder at the last cycle and is not read; null: nothing. */
const otherFilesSchema = z.object({
  folder: z.string(),
  files: z.array(z.object({ name: z.string(), isFolder: z.boolean(), since: z.number() })),
});
type OtherFiles = z.infer<typeof otherFilesSchema>;

export function readOtherFiles(db: Tx): OtherFiles | null {
  return readState(db, 'engine.other_files', otherFilesSchema);
}

export function writeOtherFiles(db: Tx, found: OtherFiles | null, now: number): void {
  writeState(db, 'engine.other_files', found, now);
}

export function readSchedulerState(db: Tx): SchedulerState | null {
  return readState(db, 'engine.scheduler', schedulerStateSchema);
}

export function writeSchedulerState(db: Tx, schedulerState: SchedulerState): void {
  writeState(db, 'engine.scheduler', schedulerState, schedulerState.lastTickAt);
}

/** When old data was last deleted; null where it never was. */
export function readCleanupAt(db: Tx): number | null {
  return readState(db, 'engine.tidied', z.number());
}

export function writeCleanupAt(db: Tx, now: number): void {
  writeState(db, 'engine.tidied', now, now);
}

const cleanupCursorsSchema = z.object({ outcomeId: z.number(), thinnedAt: z.number(), clearedAt: z.number() });
/** How far the cleanup has got: the last outcome, and the last time of runs for either rule. */
export type CleanupCursors = z.infer<typeof cleanupCursorsSchema>;

export function readCleanupCursors(db: Tx): CleanupCursors {
  return readState(db, 'engine.tidied_to', cleanupCursorsSchema) ?? { outcomeId: 0, thinnedAt: 0, clearedAt: 0 };
}

export function writeCleanupCursors(db: Tx, to: CleanupCursors, now: number): void {
  writeState(db, 'engine.tidied_to', to, now);
}
