/** Moments in words: the one place that turns milliseconds into text. Pure; `say` has the words of the area `time`. */
import type { Words } from '#lib/words/english.ts';
import type { Say } from '#lib/words/say.ts';

type SayTime = Say<Words['time']>;

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const two = (n: number) => String(n).padStart(2, '0');

/** `22 Nov 2026` */
function dateText(say: SayTime, year: number, month: number, day: number): string {
  return say('date', { day, month: String(month), year: String(year) });
}

function utcDate(say: SayTime, date: Date): string {
  return dateText(say, date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate());
}

/** A day (`2026-12-03`) as `3 Dec 2026`. */
export function dayText(say: SayTime, day: string): string {
  return utcDate(say, new Date(day));
}

/** A day (`2026-12-03`) as `Thu 3 Dec`. */
export function shortDayText(say: SayTime, day: string): string {
  const date = new Date(day);
  const month = String(date.getUTCMonth() + 1);
  return say('shortDay', { weekday: String(date.getUTCDay()), day: date.getUTCDate(), month });
}

/** A day (`2026-12-03`) as `3 Dec`, where there is room for no more. */
export function dayOfMonthText(say: SayTime, day: string): string {
  const date = new Date(day);
  return say('dayOfMonth', { day: date.getUTCDate(), month: String(date.getUTCMonth() + 1) });
}

/** `22 Nov 2026, 14:03:09 UTC`: the same for every reader. */
export function utcText(say: SayTime, at: number): string {
  const date = new Date(at);
  const time = [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()].map(two).join(':');
  return say('utc', { date: utcDate(say, date), time });
}

/** Making one takes 50 times as long as using it. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string | null, isHour12: boolean): Intl.DateTimeFormat {
  const key = `${zone} ${isHour12}`;
  const known = formats.get(key);
  if (known) return known;
  const numeric = { year: 'numeric', month: 'numeric', day: 'numeric' } as const;
  const time = { hour: '2-digit', minute: '2-digit', second: '2-digit' } as const;
  const hourCycle = isHour12 ? 'h12' : 'h23';
  const format = new Intl.DateTimeFormat('en-GB', { ...numeric, ...time, hourCycle, timeZone: zone ?? undefined });
  formats.set(key, format);
  return format;
}

/** `22 Nov 2026, 15:03:09`, or `3:03:09 pm`, as clocks in `zone` show it; null: that of the machine this runs on, so only for the browser. */
export function zonedText(
  say: SayTime,
  at: number,
  zone: string | null,
  isHour12: boolean,
  hasSeconds: boolean,
): string {
  const parts = new Map(
    formatOf(zone, isHour12)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? '';
  const hour = isHour12 ? String(Number(part('hour'))) : two(Number(part('hour')));
  const time = [hour, part('minute'), ...(hasSeconds ? [part('second')] : [])].join(':');
  return say('zoned', {
    date: dateText(say, Number(part('year')), Number(part('month')), Number(part('day'))),
    time: isHour12 ? say('halfDay', { time, half: part('dayPeriod') }) : time,
  });
}

/** `4 min`, `2 h`, `3 days`; less than a minute: seconds. */
export function spanText(say: SayTime, ms: number): string {
  return ms < MINUTE ? say('seconds', { n: Math.max(1, Math.round(ms / 1000)) }) : span(say, ms, 'days');
}

function span(say: SayTime, ms: number, days: 'days' | 'daysAway'): string {
  if (ms < HOUR) return say('minutes', { n: Math.round(ms / MINUTE) });
  if (ms < DAY) return say('hours', { n: Math.round(ms / HOUR) });
  return say(days, { n: Math.round(ms / DAY) });
}

/** `just now`, `4 min ago`, `in 2 h`, `3 days ago`; more than a month away: the date. */
export function relativeText(say: SayTime, at: number, now: number): string {
  const distance = Math.abs(at - now);
  if (distance > 31 * DAY) return utcDate(say, new Date(at));
  if (distance < 45_000) return say(at > now ? 'soon' : 'now');
  return say(at > now ? 'ahead' : 'ago', { span: span(say, distance, 'daysAway') });
}

/** `850 ms`, `4.2 s`, `3 min 05 s`. */
export function durationText(say: SayTime, ms: number): string {
  if (ms < 1000) return say('milliseconds', { n: Math.round(ms) });
  if (ms < MINUTE) return say('tenths', { n: ms / 1000 });
  return say('minutesSeconds', { minutes: Math.floor(ms / MINUTE), seconds: two(Math.floor((ms % MINUTE) / 1000)) });
}
