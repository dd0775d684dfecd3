/** What a schedule means, in words and as times in its zone. No verb: `settings.ts` and `setup.ts` return it. */
import type { Settings } from '#lib/domain/settings.ts';
import { nextCycleTimes, nextMaintenance } from '#lib/schedule/maintenance.ts';
import { scheduleProblem } from '#lib/schedule/schedule.ts';
import { scheduleText } from '#lib/schedule/schedule-text.ts';

/** A time, and how clocks in the schedule's zone show it. */
export interface ZonedTime {
  at: number;
  text: string;
}

export interface SchedulePlan {
  /** `Every 15 minutes`. */
  text: string;
  timeZone: string;
  /** Null, or why the schedule or the zone cannot be used. */
  problem: string | null;
  paused: boolean;
  /** The next times at which a cycle starts; none while paused. */
  nextTimes: ZonedTime[];
  maintenance: { text: string; isNow: boolean; from: ZonedTime; to: ZonedTime } | null;
}

const NEXT_TIMES = 5;
const DAY_NAMES = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
/** Weeks start on Monday. */
const WEEK = [1, 2, 3, 4, 5, 6, 0];

/** A time as clocks in a zone show it: `Mon, 3 Aug, 10:12`. */
export function zoned(at: number, timeZone: string): ZonedTime {
  const text = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(at);
  return { at, text };
}

/** `every day from 22:00 to 02:00`, `Fridays and Saturdays from 22:00 to 02:00 of the next day`. */
function maintenanceText({ days, from, to }: NonNullable<Settings['maintenance']>): string {
  const chosen = WEEK.filter((day) => days.includes(day)).map((day) => `${DAY_NAMES[day]}s`);
  const when = chosen.length === 7 ? 'every day' : new Intl.ListFormat('en-GB').format(chosen);
  return `${when} from ${from} to ${to}${to <= from ? ' of the next day' : ''}`;
}

function maintenancePlan(window: Settings['maintenance'], timeZone: string, now: number): SchedulePlan['maintenance'] {
  const next = window && nextMaintenance(window, timeZone, now);
  if (!next) return null;
  return {
    text: maintenanceText(window),
    isNow: next.from <= now,
    from: zoned(next.from, timeZone),
    to: zoned(next.to, timeZone),
  };
}

/** What the schedule would do from `now` on. */
export function schedulePlan(
  settings: Pick<Settings, 'schedule' | 'timeZone' | 'paused' | 'maintenance'>,
  now: number,
): SchedulePlan {
  const { schedule, timeZone, paused, maintenance } = settings;
  const problem = scheduleProblem(schedule, timeZone);
  const plan = { text: scheduleText(schedule), timeZone, problem, paused };
  if (problem !== null) return { ...plan, nextTimes: [], maintenance: null };
  const times = paused ? [] : nextCycleTimes(settings, now, NEXT_TIMES);
  return {
    ...plan,
    nextTimes: times.map((at) => zoned(at, timeZone)),
    maintenance: maintenancePlan(maintenance, timeZone, now),
  };
}
