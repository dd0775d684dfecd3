/** Settings for the web: what is in force, and changes by an Admin. */
import { z } from 'zod';
import {
  type Settings,
  readSettings as settingsInForce,
  settingsSchema,
  saveSettings as store,
} from '#db/store/settings.ts';
import type { Operator } from '#lib/auth/operator.ts';
import { readEnv } from '#lib/env.ts';
import { isCountryCode } from '#lib/intake/countries.ts';
import { nextTimes, scheduleProblem } from '#lib/schedule.ts';
import { database } from './database.ts';
import { authorise, parseInput, ServiceError } from './errors.ts';

export type { Settings };

export interface SettingsDetail {
  settings: Settings;
  /** The next five times of the schedule, ms UTC; none while the schedule is paused. */
  nextTimes: number[];
  /** Given by the environment, not changed here. */
  environment: { tenantMode: 'demo' | 'entra'; dropFolder: string; mailTransport: 'graph' | 'smtp' };
}

const NEXT_TIMES = 5;
const WHOLE_NUMBER = 'must be a whole number, 0 or more';

const address = z
  .string()
  .trim()
  .regex(/^[^\s@<>,;]+@[^\s@<>,;]+$/, 'must be a mail address');

/** A change names only what it changes. */
export const settingsChangeSchema = z
  .strictObject({
    ...settingsSchema.shape,
    safetyLimit: z.int(WHOLE_NUMBER).min(0, WHOLE_NUMBER).max(1_000_000, 'must not be larger than 1,000,000'),
    defaultUsageLocation: z
      .string()
      .trim()
      .toUpperCase()
      .refine(isCountryCode, 'must be a two-letter country code, for example US'),
    reportSender: z.union([z.literal(''), address]),
    reportRecipients: z.array(address).max(50, 'at most 50 recipients'),
  })
  .partial();

function detail(settings: Settings): SettingsDetail {
  const env = readEnv();
  return {
    settings,
    nextTimes: settings.paused ? [] : nextTimes(settings.schedule, settings.timeZone, Date.now(), NEXT_TIMES),
    environment: { tenantMode: env.tenantMode, dropFolder: env.dropFolder, mailTransport: env.mail.transport },
  };
}

/** All settings in force. */
export function readSettings(operator: Operator | null): SettingsDetail {
  authorise(operator, 'settings:read');
  return detail(settingsInForce(database(), readEnv()));
}

function assertMakesSense({ schedule, timeZone, reportSender, reportRecipients }: Settings): void {
  const problem = scheduleProblem(schedule, timeZone);
  if (problem) throw new ServiceError('invalid', `schedule: ${problem}`);
  if (reportRecipients.length > 0 && reportSender === '')
    throw new ServiceError('invalid', 'reportSender: reports have recipients, so they need a sender.');
}

/** Changes settings, each with an event. `input`: the changed ones only (`settingsChangeSchema`). Throws `invalid` with the field's name first. */
export function saveSettings(operator: Operator | null, input: unknown): SettingsDetail {
  authorise(operator, 'settings:write');
  const change = parseInput(settingsChangeSchema, input);
  const env = readEnv();
  const saved = database().transaction(
    (tx) => {
      assertMakesSense({ ...settingsInForce(tx, env), ...change });
      return store(tx, env, change, operator, Date.now());
    },
    { behavior: 'immediate' },
  );
  return detail(saved);
}
