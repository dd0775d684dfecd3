/** Saved settings, which win over the environment's initial values, and the engine's state between cycles. */

import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { oncePerConnection, type Tx } from '#db/client.ts';
import { settings } from '#db/schema/system.ts';
import { recordEvent } from '#db/store/events/record-event.ts';
import type { Actor } from '#lib/domain/events.ts';
import { SENTENCE, type Sentence } from '#lib/domain/sentences/sentence.ts';
import {
  firstSettings,
  SETTING_KEYS,
  SETTING_NAMES,
  type Settings,
  type SettingsEnvironment,
  settingsSchema,
} from '#lib/domain/settings.ts';

const { key, value } = settings;
const reads = oncePerConnection((_, tx) => ({
  all: tx.select({ key, value }).from(settings).prepare(),
  one: tx
    .select({ value })
    .from(settings)
    .where(eq(key, sql.placeholder('key')))
    .prepare(),
}));

/** What was last found to be in force, and what from: to check each value again takes ten times as long as to see that all are the same. */
let last: { text: string; settings: Settings } | undefined;

/** The settings in force. A saved value that no longer fits its schema is ignored in favour of the initial value. */
export function readSettings(db: Tx, env: SettingsEnvironment): Settings {
  const saved = reads(db)
    .all.all()
    .filter(({ key }) => key.startsWith('settings.'));
  const initial = firstSettings(env);
  const text = JSON.stringify([initial, saved]);
  if (last?.text !== text)
    last = { text, settings: inForce(initial, new Map(saved.map((row) => [row.key, row.value]))) };
  return { ...last.settings };
}

function inForce(initial: Settings, saved: ReadonlyMap<string, unknown>): Settings {
  const merged: Record<string, unknown> = { ...initial };
  for (const [name, schema] of Object.entries(settingsSchema.shape)) {
    const value = schema.safeParse(saved.get(`settings.${name}`));
    if (value.success) merged[name] = value.data;
  }
  return settingsSchema.parse(merged);
}

/** What the organisation calls its columns, without the settings that need an environment. */
export function readColumnSettings(db: Tx): Pick<Settings, 'columnAliases' | 'columnOrder'> {
  const read = (name: 'columnAliases' | 'columnOrder') =>
    settingsSchema.shape[name].safeParse(savedValue(db, name)).data ?? [];
  return { columnAliases: read('columnAliases'), columnOrder: read('columnOrder') };
}

/** Whether the newer of two rows that disagree counts, without the settings that need an environment. */
export function readNewestRowWins(db: Tx): boolean {
  return savedValue(db, 'newestRowWins') === true;
}

/** In which the organisation counts its days, without the settings that need an environment. */
export function readTimeZone(db: Tx): string {
  return settingsSchema.shape.timeZone.safeParse(savedValue(db, 'timeZone')).data ?? 'UTC';
}

function savedValue(db: Tx, name: keyof Settings): unknown {
  return reads(db).one.get({ key: `settings.${name}` })?.value;
}

/** Saves changed settings, with an event per change. Call it inside a transaction. */
export function saveSettings(
  db: Tx,
  env: SettingsEnvironment,
  change: Partial<Settings>,
  actor: Actor,
  now: number,
): Settings {
  const before = readSettings(db, env);
  const after = settingsSchema.parse({ ...before, ...change });
  for (const name of SETTING_KEYS) {
    if (JSON.stringify(before[name]) === JSON.stringify(after[name])) continue;
    const row = { key: `settings.${name}`, value: after[name], updatedAt: now, updatedBy: actor.name };
    db.insert(settings).values(row).onConflictDoUpdate({ target: settings.key, set: row }).run();
    recordEvent(db, {
      kind: 'settings.changed',
      at: now,
      actor,
      message: `${actor.name} changed the ${SETTING_NAMES[name]}.`,
      data: { name, before: before[name], after: after[name] },
    });
  }
  return after;
}

/** Who last saved a setting, and when; null where the initial value is in force. */
export function lastChangeOf(db: Tx, name: keyof Settings): { by: string; at: number } | null {
  const row = db
    .select({ by: settings.updatedBy, at: settings.updatedAt })
    .from(settings)
    .where(eq(settings.key, `settings.${name}`))
    .get();
  return row ?? null;
}

const OTHER_FILES = 'engine.other_files';

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

const stateWrite = oncePerConnection((_, tx) => {
  const row = {
    key: sql.placeholder('key'),
    value: sql.placeholder('value'),
    updatedAt: sql.placeholder('now'),
    updatedBy: 'engine',
  };
  const set = { value: sql`excluded.value`, updatedAt: sql`excluded.updated_at`, updatedBy: sql`excluded.updated_by` };
  return tx.insert(settings).values(row).onConflictDoUpdate({ target: settings.key, set }).prepare();
});

function writeState(db: Tx, key: string, value: unknown, now: number): void {
  stateWrite(db).run({ key, value, now });
}

function readState<T>(db: Tx, key: string, schema: z.ZodType<T>): T | null {
  const row = reads(db).one.get({ key });
  return row ? (schema.safeParse(row.value).data ?? null) : null;
}

export function readQuarantine(db: Tx): Quarantine | null {
  return readState(db, 'engine.quarantine', quarantineSchema.nullable());
}

export function writeQuarantine(db: Tx, quarantine: Quarantine | null, now: number): void {
  if (quarantine === null) db.delete(settings).where(eq(settings.key, 'engine.quarantine')).run();
  else writeState(db, 'engine.quarantine', quarantine, now);
}

/** What lay in the drop folder at the last cycle and is not read; null: nothing. */
const otherFilesSchema = z.object({
  folder: z.string(),
  files: z.array(z.object({ name: z.string(), isFolder: z.boolean(), since: z.number() })),
});
type OtherFiles = z.infer<typeof otherFilesSchema>;

export function readOtherFiles(db: Tx): OtherFiles | null {
  return readState(db, OTHER_FILES, otherFilesSchema);
}

export function writeOtherFiles(db: Tx, found: OtherFiles | null, now: number): void {
  if (found === null) db.delete(settings).where(eq(settings.key, OTHER_FILES)).run();
  else writeState(db, OTHER_FILES, found, now);
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
