/** Settings for the web: what is in force, what a schedule would mean, and changes by an Admin. */
import path from 'node:path';
import { z } from 'zod';
import { checkAgain } from '#db/store/people/people.ts';
import { lastChangeOf, readSettings as settingsInForce, saveSettings as store } from '#db/store/system/settings.ts';
import type { Operator } from '#lib/auth/operator.ts';
import { KNOWN_COLUMNS } from '#lib/domain/newcomer.ts';
import { WAITING_BY_RULE } from '#lib/domain/reasons/reasons.ts';
import { maintenanceSchema, SETTING_KEYS, type Settings, settingsSchema } from '#lib/domain/settings.ts';
import { countrySchema } from '#lib/domain/text/country-schema.ts';
import { readEnv } from '#lib/env.ts';
import { matchColumns } from '#lib/intake/csv/columns/columns.ts';
import { scheduleProblem, timeZoneProblem } from '#lib/schedule/schedule.ts';
import { COMMON_SCHEDULES, scheduleText } from '#lib/schedule/schedule-text.ts';
import { database } from '#lib/services/http/database.ts';
import { authorise, parseInput, ServiceError } from '#lib/services/http/errors.ts';
import { inputProblem, inputProblemIn } from '#lib/services/http/input-problem.ts';
import type { Language } from '#lib/words/languages.ts';
import { dropFolderProblem } from './drop-folder-roots.ts';
import { type SchedulePlan, schedulePlan } from './schedule-plan.ts';

export type { SchedulePlan, Settings };

export interface SettingsDetail {
  settings: Settings;
  /** What the schedule in force means. */
  plan: SchedulePlan;
  /** Common schedules to choose from. */
  schedules: { cron: string; text: string }[];
  /** Set by the environment, not changeable here. */
  environment: {
    tenantMode: 'demo' | 'entra';
    dataDir: string;
    /** The drop folder before anybody saved one. */
    dropFolder: string;
    mailTransport: 'graph' | 'smtp';
    mailServer: string | null;
    writesPer150s: number;
    unitsPer10s: number;
  };
}

const address = z
  .string()
  .trim()
  .regex(/^[^\s@<>,;\p{C}]+@[^\s@<>,;\p{C}]+$/u, 'must be a mail address');

function wholeNumber(min: number, max: number) {
  const words = `must be a whole number from ${min.toLocaleString('en-GB')} to ${max.toLocaleString('en-GB')}`;
  return z.int(words).min(min, words).max(max, words);
}

const isAbsolute = (folder: string) => path.posix.isAbsolute(folder) || path.win32.isAbsolute(folder);

const COLUMN_ALIAS = new RegExp(String.raw`^(?:${KNOWN_COLUMNS.join('|')})\s*=\s*\S`);

/** The agreed order must say where the required columns are, just as a header must. */
function columnOrderProblem(names: readonly string[]): string | null {
  if (names.length === 0) return null;
  const { problems } = matchColumns(names, null);
  return problems.length === 0 ? null : `must name each column once: ${problems.join(', and ')}`;
}

const changeFields = {
  ...settingsSchema.shape,
  dropFolder: z
    .string()
    .trim()
    .max(1000, 'must be shorter')
    .refine(isAbsolute, 'must be an absolute path, for example /srv/idm or \\\\server\\share\\idm'),
  columnOrder: z
    .array(z.string().trim().min(1).max(100, 'must be shorter'))
    .max(200, 'at most 200 columns')
    .superRefine((names, context) => {
      const problem = columnOrderProblem(names);
      if (problem) context.addIssue({ code: 'custom', message: problem });
    }),
  columnAliases: z
    .array(
      z
        .string()
        .trim()
        .max(200, 'must be shorter')
        .regex(COLUMN_ALIAS, `must be one of ${KNOWN_COLUMNS.join(', ')}, then = and the name in your files`),
    )
    .max(50, 'at most 50 names'),
  safetyLimit: wholeNumber(0, 1_000_000),
  syncLimitDays: wholeNumber(1, 90),
  mailboxLimitHours: wholeNumber(1, 240),
  attentionCheckHours: wholeNumber(1, 168),
  retentionDays: wholeNumber(7, 3650),
  historyYears: wholeNumber(0, 100),
  backupsKept: wholeNumber(1, 365),
  sessionIdleMinutes: wholeNumber(5, 720),
  sessionMaxHours: wholeNumber(1, 24),
  leadTime: z.union([z.literal('at_once'), wholeNumber(0, 365)], 'must be a whole number from 0 to 365'),
  defaultUsageLocation: countrySchema,
  reportSender: z.union([z.literal(''), address], 'must be a mail address'),
  reportRecipients: z.array(address).max(50, 'at most 50 recipients'),
};

/** A change names only what it changes; `before` holds the values it started from. */
const settingsChangeSchema = z.strictObject({ ...changeFields, before: settingsSchema.partial() }).partial();

function detail(settings: Settings, language: Language): SettingsDetail {
  const { tenantMode, dataDir, dropFolder, mail, graph } = readEnv();
  return {
    settings,
    plan: schedulePlan(settings, Date.now(), language),
    schedules: COMMON_SCHEDULES.map((cron) => ({ cron, text: scheduleText(cron, language === 'de' ? 'de' : 'en') })),
    environment: {
      tenantMode,
      dataDir,
      dropFolder,
      mailTransport: mail.transport,
      mailServer: mail.smtp ? `${mail.smtp.host}:${mail.smtp.port}` : null,
      writesPer150s: graph.writesPer150s,
      unitsPer10s: graph.unitsPer10s,
    },
  };
}

/** All settings in force. */
export function readSettings(operator: Operator | null, language: Language = 'en'): SettingsDetail {
  authorise(operator, 'settings:read');
  return detail(settingsInForce(database(), readEnv()), language);
}

/** The time zone of Settings, for those who want their times in it. */
export function organisationZone(operator: Operator | null): string {
  authorise(operator, 'people:read');
  return settingsInForce(database(), readEnv()).timeZone;
}

const planInput = z.strictObject({
  schedule: z.string().max(200),
  timeZone: z.string().max(100),
  paused: z.boolean(),
  maintenance: maintenanceSchema.nullable(),
});

/**
 * What a schedule would mean, while it is being edited. `input`: `{ schedule, timeZone, paused, maintenance }`. An invalid
 * schedule is a result.
 */
export function previewSchedule(operator: Operator | null, input: unknown, language: Language = 'en'): SchedulePlan {
  authorise(operator, 'settings:read');
  return schedulePlan(parseInput(planInput, input), Date.now(), language);
}

/** Each problem on its own line, the field's name first. */
function refuse(code: 'invalid' | 'conflict', problems: readonly (readonly [field: string, problem: string])[]): void {
  if (problems.length === 0) return;
  throw new ServiceError(code, (language) =>
    problems.map(([field, problem]) => `${field}: ${inputProblemIn(language, problem)}`).join('\n'),
  );
}

function parseChange(input: unknown): z.infer<typeof settingsChangeSchema> {
  const parsed = settingsChangeSchema.safeParse(input, { error: inputProblem });
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(
    ({ path: where, message }) => [where.join('.') || 'settings', message] as const,
  );
  refuse('invalid', problems);
  return {};
}

function assertConsistent({ schedule, timeZone, reportSender, reportRecipients }: Settings): void {
  const zoneProblem = timeZoneProblem(timeZone);
  refuse('invalid', zoneProblem ? [['timeZone', zoneProblem]] : []);
  const problem = scheduleProblem(schedule, timeZone);
  refuse('invalid', problem ? [['schedule', problem]] : []);
  if (reportRecipients.length > 0 && reportSender === '')
    refuse('invalid', [['reportSender', 'reports have recipients, so they need a sender.']]);
}

/** Settings by which people wait. */
const DECIDE_WHO_WAITS = ['timeZone', 'leadTime', 'waitUntilEnabled', 'licenseAccountsWithAddress'] as const;

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

/**
 * Changes settings, each with an event. `input`: only the changed ones, with the values they started from in `before`. Throws
 * `invalid` or, where somebody else changed one of them in the meantime, `conflict`: one line per problem, the field's name
 * first. Then nothing is saved.
 */
export function saveSettings(operator: Operator | null, input: unknown, language: Language = 'en'): SettingsDetail {
  authorise(operator, 'settings:write');
  const { before = {}, ...change } = parseChange(input);
  const env = readEnv();
  const misplaced = change.dropFolder === undefined ? null : dropFolderProblem(change.dropFolder, env.dropFolderRoots);
  refuse('invalid', misplaced ? [['dropFolder', misplaced]] : []);
  const saved = database().transaction(
    (tx) => {
      const inForce = settingsInForce(tx, env);
      const overtaken = SETTING_KEYS.filter(
        (name) =>
          name in change && name in before && !same(before[name], inForce[name]) && !same(change[name], inForce[name]),
      );
      refuse(
        'conflict',
        overtaken.map((name) => {
          const by = lastChangeOf(tx, name)?.by ?? 'Somebody';
          return [name, `${by} has changed this since you opened the page. Nothing was saved.`];
        }),
      );
      assertConsistent({ ...inForce, ...change });
      const now = Date.now();
      if (DECIDE_WHO_WAITS.some((name) => name in change)) checkAgain(tx, WAITING_BY_RULE, null, now);
      return store(tx, env, change, operator, now);
    },
    { behavior: 'immediate' },
  );
  return detail(saved, language);
}
