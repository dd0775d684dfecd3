/** Calendar days in a time zone, written as ISO does (`2026-11-02`). Pure. */

const HOUR = 3_600_000;
/** Clocks are at most this far from UTC, with an hour to spare. */
const FARTHEST_MS = 15 * HOUR;

const dayFormats = new Map<string, Intl.DateTimeFormat>();

/** `en-CA` writes days as ISO does, so that they can be compared as text. One for each zone: making it costs more than a hundred uses. */
function dayFormat(timeZone: string): Intl.DateTimeFormat {
  const known = dayFormats.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  dayFormats.set(timeZone, made);
  return made;
}

/** The day that clocks in the zone show at a time in ms UTC. */
export function dayAt(at: number, timeZone: string): string {
  return dayFormat(timeZone).format(at);
}

/** The day in UTC. */
function utcDay(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

/** The day so many days later; earlier where `days` is negative. */
export function addDays(day: string, days: number): string {
  return utcDay(Date.parse(day) + days * 24 * HOUR);
}

const LONG = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });

/** The Monday of the day's week. */
export function weekOf(day: string): string {
  return addDays(day, -((new Date(day).getUTCDay() + 6) % 7));
}

/** `2 November 2026`. */
export function dayText(day: string): string {
  return LONG.format(Date.parse(day));
}

/**
 * The first moment of a day (`2026-11-02`) as clocks in the zone show it, in ms UTC; of a day that the zone left out, the first moment after
 * it. A day is not always 24 hours, and does not always begin at midnight.
 */
export function dayStart(day: string, timeZone: string): number {
  const format = dayFormat(timeZone);
  const midnight = Date.parse(day);
  let [before, from] = [midnight - FARTHEST_MS, midnight + FARTHEST_MS];
  while (from - before > 1) {
    const middle = Math.floor((before + from) / 2);
    if (format.format(middle) < day) before = middle;
    else from = middle;
  }
  return from;
}

/** The first moment after a day in the zone, in ms UTC. */
export function dayEnd(day: string, timeZone: string): number {
  return dayStart(addDays(day, 1), timeZone);
}
