/** Settings as saved: they win over the environment's first value. Also what the engine remembers between cycles. */
import { eq } from 'drizzle-orm';
import { z } from 'zod';
import type { Tx } from '#db/client.ts';
import { settings } from '#db/schema.ts';
import { recordEvent } from '#db/store/events/record-event.ts';
import type { Actor } from '#lib/domain/events.ts';
import {
  firstSettings,
  SETTING_KEYS,
  SETTING_NAMES,
  type Settings,
  type SettingsEnvironment,
  settingsSchema,
} from '#lib/domain/settings.ts';

/** The settings in force. A saved value that no longer fits its schema is ignored: the first value stands in for it. */
export function readSettings(db: Tx, env: SettingsEnvironment): Settings {
  const saved = new Map(
    db
      .select()
      .from(settings)
      .all()
      .map(({ key, value }) => [key, value]),
  );
  const first = firstSettings(env);
  const merged: Record<string, unknown> = { ...first };
  for (const [name, schema] of Object.entries(settingsSchema.shape)) {
    const value = schema.safeParse(saved.get(`settings.${name}`));
    if (value.success) merged[name] = value.data;
  }
  return settingsSchema.parse(merged);
}

/** What the organisation calls its columns, without the settings that need an environment. */
export function readColumnSettings(db: Tx): Pick<Settings, 'columnAliases' | 'columnOrder'> {
  const read = (name: 'columnAliases' | 'columnOrder') => {
    const row = db
      .select({ value: settings.value })
      .from(settings)
      .where(eq(settings.key, `settings.${name}`))
      .get();
    return settingsSchema.shape[name].safeParse(row?.value).data ?? [];
  };
  return { columnAliases: read('columnAliases'), columnOrder: read('columnOrder') };
}

/** Saves changed settings with an event that says who changed what. Call it inside a transaction. */
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
      ...{ kind: 'settings.changed', at: now, actor },
      message: `${actor.name} changed the ${SETTING_NAMES[name]}.`,
      data: { name, before: before[name], after: after[name] },
    });
  }
  return after;
}

/** Who saved a setting last, and when; null where the first value is still in force. */
export function lastChangeOf(db: Tx, name: keyof Settings): { by: string; at: number } | null {
  const row = db
    .select({ by: settings.updatedBy, at: settings.updatedAt })
    .from(settings)
    .where(eq(settings.key, `settings.${name}`))
    .get();
  return row ?? null;
}

/** What the engine remembers about Graph being unwell: it probes seldom instead of hammering. */
const quarantineSchema = z.object({
  since: z.number(),
  failures: z.number().int(),
  reason: z.string(),
  message: z.string(),
  nextProbeAt: z.number(),
});
export type Quarantine = z.infer<typeof quarantineSchema>;

/** When the schedule was last due and served, and when the scheduler last ticked. */
const schedulerStateSchema = z.object({ servedUntil: z.number(), lastTickAt: z.number() });
export type SchedulerState = z.infer<typeof schedulerStateSchema>;

function remember(db: Tx, key: string, value: unknown, now: number): void {
  const row = { key, value, updatedAt: now, updatedBy: 'engine' };
  db.insert(settings).values(row).onConflictDoUpdate({ target: settings.key, set: row }).run();
}

function recall<T>(db: Tx, key: string, schema: z.ZodType<T>): T | null {
  const row = db.select({ value: settings.value }).from(settings).where(eq(settings.key, key)).get();
  return row ? (schema.safeParse(row.value).data ?? null) : null;
}

export function readQuarantine(db: Tx): Quarantine | null {
  return recall(db, 'engine.quarantine', quarantineSchema.nullable());
}

export function writeQuarantine(db: Tx, quarantine: Quarantine | null, now: number): void {
  if (quarantine === null) db.delete(settings).where(eq(settings.key, 'engine.quarantine')).run();
  else remember(db, 'engine.quarantine', quarantine, now);
}

export function readSchedulerState(db: Tx): SchedulerState | null {
  return recall(db, 'engine.scheduler', schedulerStateSchema);
}

export function writeSchedulerState(db: Tx, schedulerState: SchedulerState): void {
  remember(db, 'engine.scheduler', schedulerState, schedulerState.lastTickAt);
}

/** When what is old was last deleted; null where it never was. */
export function readCleanupAt(db: Tx): number | null {
  return recall(db, 'engine.tidied', z.number());
}

export function writeCleanupAt(db: Tx, now: number): void {
  remember(db, 'engine.tidied', now, now);
}

const tidiedToSchema = z.object({ outcomeId: z.number(), thinnedAt: z.number(), clearedAt: z.number() });
/** How far what is old has been looked through: the last outcome, and the last moment of runs for either rule. */
export type CleanupCursors = z.infer<typeof tidiedToSchema>;

export function readCleanupCursors(db: Tx): CleanupCursors {
  return recall(db, 'engine.tidied_to', tidiedToSchema) ?? { outcomeId: 0, thinnedAt: 0, clearedAt: 0 };
}

export function writeCleanupCursors(db: Tx, to: CleanupCursors, now: number): void {
  remember(db, 'engine.tidied_to', to, now);
}
