/** Settings: what an operator saved wins over the environment's first value. Also what the engine remembers between cycles. */
import { eq } from 'drizzle-orm';
import { z } from 'zod';
import type { Tx } from '#db/client.ts';
import { events, settings } from '#db/schema.ts';
import type { Env } from '#lib/env.ts';

const country = z.string().regex(/^[A-Z]{2}$/, 'two capital letters, for example US');

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'hours and minutes, for example 22:30');

/** When no cycle starts by itself, in the schedule's time zone. `to` before `from`: it lasts over midnight. */
export const maintenanceSchema = z.object({
  /** Days on which it starts: 0 is Sunday. */
  days: z.array(z.number().int().min(0).max(6)).min(1, 'choose at least one day'),
  from: timeOfDay,
  to: timeOfDay,
});
export type Maintenance = z.infer<typeof maintenanceSchema>;

export const settingsSchema = z.object({
  /** Cron expression of five fields, read in `timeZone`. */
  schedule: z.string().min(1),
  timeZone: z.string().min(1),
  /** While true no cycle starts by itself. */
  paused: z.boolean(),
  maintenance: maintenanceSchema.nullable(),
  /** The IDM's share. */
  dropFolder: z.string().min(1),
  /** People licensed per cycle without a human yes; 0: no limit. */
  safetyLimit: z.number().int().min(0).max(1_000_000),
  defaultUsageLocation: country,
  /** License synchronised accounts that have an address but no mailbox in Exchange Online. */
  licenseAccountsWithAddress: z.boolean(),
  /** Days without an account before a human is asked. */
  syncLimitDays: z.number().int().min(1).max(90),
  /** Hours a licensed mailbox may take before a human is asked. */
  mailboxLimitHours: z.number().int().min(1).max(240),
  /** How often people who need a human are looked at all the same. */
  attentionCheckHours: z.number().int().min(1).max(168),
  /** How long looks that changed nothing, dry runs and mails are kept. The history of people is kept for ever. */
  retentionDays: z.number().int().min(7).max(3650),
  reportSender: z.string(),
  reportRecipients: z.array(z.string()),
});

export type Settings = z.infer<typeof settingsSchema>;

/** What a setting is called in sentences. */
export const SETTING_NAMES: Record<keyof Settings, string> = {
  schedule: 'schedule',
  timeZone: 'time zone',
  paused: 'pause of the schedule',
  maintenance: 'maintenance window',
  dropFolder: 'drop folder',
  safetyLimit: 'safety limit',
  defaultUsageLocation: 'default usage location',
  licenseAccountsWithAddress: 'licensing of accounts that have an address',
  syncLimitDays: 'waiting time for an account',
  mailboxLimitHours: 'waiting time for a mailbox',
  attentionCheckHours: 'pause between looks at people who need a human',
  retentionDays: 'retention',
  reportSender: 'sender of reports',
  reportRecipients: 'recipients of reports',
};

export const SETTING_KEYS = settingsSchema.keyof().options;

export function firstSettings(env: Env): Settings {
  const isDemo = env.tenantMode === 'demo';
  return {
    schedule: isDemo ? '* * * * *' : '*/15 * * * *',
    timeZone: 'UTC',
    paused: false,
    maintenance: null,
    dropFolder: env.dropFolder,
    safetyLimit: env.safetyLimit,
    defaultUsageLocation: 'US',
    licenseAccountsWithAddress: false,
    syncLimitDays: 7,
    mailboxLimitHours: 24,
    attentionCheckHours: 6,
    retentionDays: 400,
    reportSender: env.mail.sender ?? '',
    reportRecipients: env.mail.recipients,
  };
}

/** The settings in force. A saved value that no longer fits its schema is ignored: the first value stands in for it. */
export function readSettings(db: Tx, env: Env): Settings {
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

/** Saves changed settings with an event that says who changed what. Call it inside a transaction. */
export function saveSettings(
  db: Tx,
  env: Env,
  change: Partial<Settings>,
  actor: { name: string; key: string },
  now: number,
): Settings {
  const before = readSettings(db, env);
  const after = settingsSchema.parse({ ...before, ...change });
  for (const name of SETTING_KEYS) {
    if (JSON.stringify(before[name]) === JSON.stringify(after[name])) continue;
    const row = { key: `settings.${name}`, value: after[name], updatedAt: now, updatedBy: actor.name };
    db.insert(settings).values(row).onConflictDoUpdate({ target: settings.key, set: row }).run();
    db.insert(events)
      .values({
        at: now,
        actor: actor.name,
        actorKey: actor.key,
        kind: 'settings.changed',
        message: `${actor.name} changed the ${SETTING_NAMES[name]}.`,
        data: { name, before: before[name], after: after[name] },
      })
      .run();
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
export const quarantineSchema = z.object({
  since: z.number(),
  failures: z.number().int(),
  reason: z.string(),
  message: z.string(),
  nextProbeAt: z.number(),
});
export type Quarantine = z.infer<typeof quarantineSchema>;

/** When the schedule was last due and served, and when the scheduler last ticked. */
export const schedulerStateSchema = z.object({ servedUntil: z.number(), lastTickAt: z.number() });
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
export function readTidiedAt(db: Tx): number | null {
  return recall(db, 'engine.tidied', z.number());
}

export function writeTidiedAt(db: Tx, now: number): void {
  remember(db, 'engine.tidied', now, now);
}

const tidiedToSchema = z.object({ outcomeId: z.number(), thinnedAt: z.number(), clearedAt: z.number() });
/** How far what is old has been looked through: the last outcome, and the last moment of runs for either rule. */
export type TidiedTo = z.infer<typeof tidiedToSchema>;

export function readTidiedTo(db: Tx): TidiedTo {
  return recall(db, 'engine.tidied_to', tidiedToSchema) ?? { outcomeId: 0, thinnedAt: 0, clearedAt: 0 };
}

export function writeTidiedTo(db: Tx, to: TidiedTo, now: number): void {
  remember(db, 'engine.tidied_to', to, now);
}
