/** When somebody may be licensed who has not started work yet. Pure. */
import { z } from 'zod';
import { addDays, dayAt, dayStart } from './days.ts';

/** The days between licence and start date, or `at_once`, however far away the day is. */
export const leadTimeSchema = z.union([z.literal('at_once'), z.number().int().min(0).max(365)]);
export type LeadTime = z.infer<typeof leadTimeSchema>;

/** When licences are due by a start date, and who waits for more than a day. */
export interface StartRules {
  leadTime: LeadTime;
  /** The organisation's. */
  timeZone: string;
  /** How long 19 of 20 mailboxes take after the licence, in ms; 0 where it is not known. */
  usualMailboxMs: number;
  waitUntilEnabled: boolean;
}

/** From when a licence is due: the moment (ms UTC) and its day in the organisation's zone. */
export interface LicenceDue {
  at: number;
  day: string;
}

/** Of a long file most people start on a few days: each is worked out once by the same rules. */
const dueDates = new WeakMap<StartRules, Map<string, LicenceDue>>();

/**
 * From when somebody with this start date is licensed; null: at once. Never so late that the mailbox would usually not be open at
 * the beginning of the first day.
 */
export function licenceDue(startDate: string | null, leadTime: LeadTime, rules: StartRules): LicenceDue | null {
  if (startDate === null || leadTime === 'at_once') return null;
  const known = dueDates.get(rules) ?? new Map<string, LicenceDue>();
  dueDates.set(rules, known);
  const key = `${startDate} ${leadTime}`;
  const due = known.get(key) ?? workOut(startDate, leadTime, rules);
  known.set(key, due);
  return due;
}

function workOut(startDate: string, leadTime: number, { timeZone, usualMailboxMs }: StartRules): LicenceDue {
  const latest = dayStart(startDate, timeZone) - usualMailboxMs;
  const at = Math.min(dayStart(addDays(startDate, -leadTime), timeZone), latest);
  return { at, day: dayAt(at, timeZone) };
}
