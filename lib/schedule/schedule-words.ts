/** A cron expression in words, for people who do not read cron. Pure. */

const DAY_NAMES = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const DAY_KEYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const IN_OTHER_WORDS = 'at the times of this cron expression';

/** Offered in Settings; the words come from `scheduleText`. */
export const COMMON_SCHEDULES = [
  '*/5 * * * *',
  '*/15 * * * *',
  '*/30 * * * *',
  '0 * * * *',
  '*/15 7-18 * * 1-5',
  '0 2 * * *',
] as const;

const two = (n: number) => String(n).padStart(2, '0');

/** `a`, `a and b`, `a, b and c`. */
export function inWords(parts: readonly string[]): string {
  return parts.length < 2 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}

/** The numbers of a list such as `0,15,30`; null where it is anything else. */
function listOf(field: string, max: number): number[] | null {
  if (!/^\d+(,\d+)*$/.test(field)) return null;
  const numbers = field.split(',').map(Number);
  return numbers.every((n) => n <= max) ? numbers : null;
}

function stepOf(field: string): number | null {
  const step = Number(/^\*\/(\d+)$/.exec(field)?.[1]);
  return Number.isInteger(step) && step > 0 ? step : null;
}

function rangeOf(field: string, max: number): [number, number] | null {
  const [, first, last] = /^(\d+)-(\d+)$/.exec(field) ?? [];
  const [from, to] = [Number(first), Number(last)];
  return first !== undefined && from <= to && to <= max ? [from, to] : null;
}

/** `every day`: empty. `null`: not in words. */
function weekdayText(field: string): string | null {
  if (field === '*') return '';
  const numeric = field.toUpperCase().replace(/[A-Z]{3}/g, (name) => String(DAY_KEYS.indexOf(name)));
  const range = rangeOf(numeric, 7);
  const name = (day: number) => DAY_NAMES[day % 7] ?? '';
  if (range) return `${name(range[0])} to ${name(range[1])}`;
  const list = listOf(numeric, 7);
  if (!list) return null;
  return inWords(list.map((day) => `${name(day)}s`));
}

function dayText(day: string, month: string, weekday: string): string | null {
  const inMonth = month === '*' ? null : listOf(month, 12);
  if (month !== '*' && !inMonth) return null;
  const months = inMonth ? inWords(inMonth.map((n) => MONTHS[n - 1] ?? '')) : 'every month';
  if (day === '*') {
    const days = weekdayText(weekday);
    if (days === null || !inMonth) return days;
    return days === '' ? `in ${months}` : `${days} in ${months}`;
  }
  const list = weekday === '*' ? listOf(day, 31) : null;
  return list ? `on day ${inWords(list.map(String))} of ${months}` : null;
}

function everyMinutes(step: number): string {
  if (step === 1) return 'every minute';
  return 60 % step === 0 ? `every ${step} minutes` : `every ${step} minutes, counted from the full hour`;
}

function stepText(step: number, hour: string): string | null {
  if (hour === '*') return everyMinutes(step);
  const range = rangeOf(hour, 23);
  if (range) return `${everyMinutes(step)} from ${two(range[0])}:00 to ${two(range[1])}:59`;
  const hours = listOf(hour, 23);
  return hours?.length === 1 ? `${everyMinutes(step)} from ${two(hours[0] ?? 0)}:00 to ${two(hours[0] ?? 0)}:59` : null;
}

const pastText = (minutes: readonly number[]) =>
  minutes.length === 1 && minutes[0] === 0 ? 'on the hour' : `at ${inWords(minutes.map((n) => `:${two(n)}`))}`;

function timeText(minute: string, hour: string): { words: string; isTimeOfDay: boolean } | null {
  const step = minute === '*' ? 1 : stepOf(minute);
  const often = (words: string | null) => (words === null ? null : { words, isTimeOfDay: false });
  if (step !== null) return often(stepText(step, hour));
  const minutes = listOf(minute, 59);
  if (!minutes) return null;
  if (hour === '*') return often(`every hour ${pastText(minutes)}`);
  const hourStep = stepOf(hour);
  if (hourStep !== null) return often(`every ${hourStep} hours ${pastText(minutes)}`);
  const range = rangeOf(hour, 23);
  if (range) return often(`every hour ${pastText(minutes)} from ${two(range[0])}:00 to ${two(range[1])}:59`);
  const hours = listOf(hour, 23);
  if (!hours || hours.length * minutes.length > 6) return null;
  const times = hours.flatMap((h) => minutes.map((m) => `${two(h)}:${two(m)}`));
  return { words: `at ${inWords(times)}`, isTimeOfDay: true };
}

/** `every 15 minutes`, `every day at 02:00`, `every hour on the hour, Monday to Friday`; the rarer shapes: that it is cron. */
export function scheduleText(cron: string): string {
  const [minute, hour, day, month, weekday, ...rest] = cron.trim().split(/\s+/);
  if (!minute || !hour || !day || !month || !weekday || rest.length > 0) return IN_OTHER_WORDS;
  const time = timeText(minute, hour);
  const days = dayText(day, month, weekday);
  if (time === null || days === null) return IN_OTHER_WORDS;
  if (time.isTimeOfDay) return `${days === '' ? 'every day' : days} ${time.words}`;
  return days === '' ? time.words : `${time.words}, ${days}`;
}
