/** The maintenance window: when no cycle starts automatically. Pure; `to` at or before `from` means that it lasts over midnight. */
import type { Maintenance } from '#lib/domain/settings.ts';
import { nextTimes } from './schedule.ts';

export interface Window {
  /** ms UTC; the window is over at `to`. */
  from: number;
  to: number;
}

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MINUTE = 60_000;

/** Weekday (0 is Sunday) and time of day, as clocks in the zone show it. */
function wallClock(at: number, timeZone: string): { day: number; time: string } {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(at);
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((one) => one.type === type)?.value ?? '';
  return { day: DAYS.indexOf(part('weekday')), time: `${part('hour')}:${part('minute')}` };
}

/** True while the window keeps scheduled cycles from starting. */
export function isInMaintenance(maintenance: Maintenance | null, timeZone: string, at: number): boolean {
  if (!maintenance) return false;
  const { days, from, to } = maintenance;
  const { day, time } = wallClock(at, timeZone);
  if (from < to) return days.includes(day) && from <= time && time < to;
  const dayBefore = (day + 6) % 7;
  return (days.includes(day) && time >= from) || (days.includes(dayBefore) && time < to);
}

function dailyAt(time: string, days: string): string {
  const [hours, minutes] = time.split(':').map(Number);
  return `${minutes} ${hours} * * ${days}`;
}

/** The window that is open at `at`, otherwise the next one. */
export function nextMaintenance({ days, from, to }: Maintenance, timeZone: string, at: number): Window | null {
  const isOpen = isInMaintenance({ days, from, to }, timeZone, at);
  const [end] = nextTimes(dailyAt(to, '*'), timeZone, at, 1);
  if (isOpen && end !== undefined) return { from: at, to: end };
  const [start] = nextTimes(dailyAt(from, days.join(',')), timeZone, at, 1);
  if (start === undefined) return null;
  const [after] = nextTimes(dailyAt(to, '*'), timeZone, start, 1);
  return after === undefined ? null : { from: start, to: after };
}

/** At most this many windows without a pause between them are skipped in search of a time outside; those that never end leave none. */
const WINDOWS_SKIPPED = 60;

/**
 * The next `count` times after `after` at which a scheduled cycle starts, in ms UTC. Scheduled times covered by a window are
 * caught up on once, when it ends.
 */
export function nextCycleTimes(
  plan: { schedule: string; timeZone: string; maintenance: Maintenance | null },
  after: number,
  count: number,
): number[] {
  const { schedule, timeZone, maintenance } = plan;
  if (!maintenance) return nextTimes(schedule, timeZone, after, count);
  const times: number[] = [];
  for (let from = after; times.length < count; from = times.at(-1) ?? after) {
    const [next] = nextTimes(schedule, timeZone, from, 1);
    const time = next === undefined ? null : firstOutside(maintenance, timeZone, next);
    if (time === null) break;
    times.push(time);
  }
  return times;
}

/** `at` itself, or the end of the windows that cover it; null where they never end. */
export function firstOutside(maintenance: Maintenance, timeZone: string, at: number): number | null {
  let time = at;
  for (let skipped = 0; skipped <= WINDOWS_SKIPPED; skipped++) {
    if (!isInMaintenance(maintenance, timeZone, time)) return time;
    time = nextMaintenance(maintenance, timeZone, time)?.to ?? time + MINUTE;
  }
  return null;
}
