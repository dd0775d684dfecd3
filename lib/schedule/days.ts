/** Calendar days in a time zone. Pure. */

const HOUR = 3_600_000;
/** Clocks are at most this far from UTC, with an hour to spare. */
const FARTHEST_MS = 15 * HOUR;

/**
 * The first moment of a day (`2026-11-02`) as clocks in the zone show it, in ms UTC; of a day that the zone left out, the first moment after
 * it. A day is not always 24 hours, and does not always begin at midnight.
 */
export function dayStart(day: string, timeZone: string): number {
  // `en-CA` writes days as ISO does, so that they can be compared as text.
  const format = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
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
  return dayStart(new Date(Date.parse(day) + 24 * HOUR).toISOString().slice(0, 10), timeZone);
}
