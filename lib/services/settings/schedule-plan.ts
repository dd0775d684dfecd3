/** What a schedule means, in words and as times in its zone. No verb: `settings.ts` and `setup.ts` return it. */
import type { Settings } from '#lib/domain/settings.ts';
import { nextCycleTimes, nextMaintenance } from '#lib/schedule/maintenance.ts';
import { scheduleProblem } from '#lib/schedule/schedule.ts';
import { scheduleText } from '#lib/schedule/schedule-text.ts';
import { inputProblemIn } from '#lib/services/http/input-problem.ts';
import { sayIn } from '#lib/words/dictionary.ts';
import type { Language } from '#lib/words/languages.ts';

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
/** Weeks start on Monday; numbers as in cron. */
const WEEK = ['1', '2', '3', '4', '5', '6', '0'] as const;

/** As the platform knows the language; the one for tests is English. */
const localeOf = (language: Language) => (language === 'de' ? 'de' : 'en-GB');

/** A time as clocks in a zone show it: `Mon, 3 Aug, 10:12`. */
export function zoned(at: number, timeZone: string, language: Language = 'en'): ZonedTime {
  const text = new Intl.DateTimeFormat(localeOf(language), {
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
function maintenanceText({ days, from, to }: NonNullable<Settings['maintenance']>, language: Language): string {
  const say = sayIn(language, 'schedules');
  const chosen = WEEK.filter((day) => days.includes(Number(day))).map((day) => say(`day.${day}`));
  const when = chosen.length === 7 ? say('everyDay') : new Intl.ListFormat(localeOf(language)).format(chosen);
  return say(to <= from ? 'overMidnight' : 'window', { days: when, from, to });
}

function maintenancePlan(
  window: Settings['maintenance'],
  timeZone: string,
  now: number,
  language: Language,
): SchedulePlan['maintenance'] {
  const next = window && nextMaintenance(window, timeZone, now);
  if (!next) return null;
  return {
    text: maintenanceText(window, language),
    isNow: next.from <= now,
    from: zoned(next.from, timeZone, language),
    to: zoned(next.to, timeZone, language),
  };
}

/** What the schedule would do from `now` on. */
export function schedulePlan(
  settings: Pick<Settings, 'schedule' | 'timeZone' | 'paused' | 'maintenance'>,
  now: number,
  language: Language = 'en',
): SchedulePlan {
  const { schedule, timeZone, paused, maintenance } = settings;
  const problem = scheduleProblem(schedule, timeZone);
  const plan = { text: scheduleText(schedule, language === 'de' ? 'de' : 'en'), timeZone, paused };
  if (problem !== null)
    return { ...plan, problem: inputProblemIn(language, problem), nextTimes: [], maintenance: null };
  const times = paused ? [] : nextCycleTimes(settings, now, NEXT_TIMES);
  return {
    ...plan,
    problem,
    nextTimes: times.map((at) => zoned(at, timeZone, language)),
    maintenance: maintenancePlan(maintenance, timeZone, now, language),
  };
}
