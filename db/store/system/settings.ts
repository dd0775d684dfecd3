/** Saved settings, which win over the environment's initial values. */
import { eq } from 'drizzle-orm';
import { oncePerConnection, type Tx } from '#db/client.ts';
import { settings } from '#db/schema/system.ts';
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
import { readValue, writeValue } from './values.ts';

const { key, value } = settings;
const allValues = oncePerConnection((_, tx) => tx.select({ key, value }).from(settings).prepare());

/** What was last found to be in force, and what from: to check each value again takes ten times as long as to see that all are the same. */
let last: { text: string; settings: Settings } | undefined;

/** The settings in force. A saved value that no longer fits its schema is ignored in favour of the initial value. */
export function readSettings(db: Tx, env: SettingsEnvironment): Settings {
  const saved = allValues(db)
    .all()
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
  return readValue(db, `settings.${name}`);
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
    writeValue(db, `settings.${name}`, after[name], actor.name, now);
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
