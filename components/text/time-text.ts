/** Moments in words: the one place that turns milliseconds into text. Pure. */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const two = (n: number) => String(n).padStart(2, '0');

/** `22 Nov 2026` */
function utcDate(date: Date): string {
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

/** `22 Nov 2026, 14:03:09 UTC`: the same for every reader. */
export function utcText(at: number): string {
  const date = new Date(at);
  return `${utcDate(date)}, ${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())} UTC`;
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
export function zonedText(at: number, zone: string | null, isHour12: boolean, hasSeconds: boolean): string {
  const parts = new Map(
    formatOf(zone, isHour12)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? '';
  const hour = isHour12 ? String(Number(part('hour'))) : two(Number(part('hour')));
  const time = [hour, part('minute'), ...(hasSeconds ? [part('second')] : [])].join(':');
  const half = isHour12 ? ` ${part('dayPeriod')}` : '';
  return `${Number(part('day'))} ${MONTHS[Number(part('month')) - 1]} ${part('year')}, ${time}${half}`;
}

/** `4 min`, `2 h`, `3 days`; less than a minute: seconds. */
export function spanText(ms: number): string {
  return ms < MINUTE ? `${Math.max(1, Math.round(ms / 1000))} s` : span(ms);
}

function span(ms: number): string {
  if (ms < HOUR) return `${Math.round(ms / MINUTE)} min`;
  if (ms < DAY) return `${Math.round(ms / HOUR)} h`;
  const days = Math.round(ms / DAY);
  return days === 1 ? '1 day' : `${days} days`;
}

/** `just now`, `4 min ago`, `in 2 h`, `3 days ago`; more than a month away: the date. */
export function relativeText(at: number, now: number): string {
  const distance = Math.abs(at - now);
  if (distance > 31 * DAY) return utcDate(new Date(at));
  if (distance < 45_000) return at > now ? 'in a moment' : 'just now';
  return at > now ? `in ${span(distance)}` : `${span(distance)} ago`;
}

/** `850 ms`, `4.2 s`, `3 min 05 s`. */
export function durationText(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < MINUTE) return `${(ms / 1000).toFixed(1)} s`;
  return `${Math.floor(ms / MINUTE)} min ${two(Math.floor((ms % MINUTE) / 1000))} s`;
}
