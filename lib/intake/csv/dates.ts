/** Reads calendar dates as people and exports write them; never guesses which number is the month. */

export type DateResult = { kind: 'ok'; date: string } | { kind: 'fault'; why: string };

const TIME = String.raw`(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?: ?[AaPp][Mm])?(?:Z|[+-]\d{2}:?\d{2})?)?`;
const YEAR_FIRST = new RegExp(String.raw`^(\d{4})([-/])(\d{1,2})\2(\d{1,2})${TIME}$`);
const DOTTED = new RegExp(String.raw`^(\d{1,2})\.(\d{1,2})\.(\d{4})${TIME}$`);
const SLASHED = new RegExp(String.raw`^(\d{1,2})/(\d{1,2})/(\d{4})${TIME}$`);

/** A file has few different dates, each many times. */
const CACHE_LIMIT = 1000;
const cache = new Map<string, DateResult>();

/** Returns `YYYY-MM-DD` as written: a time of day or zone beside it does not move the day. */
export function readDate(text: string): DateResult {
  const cached = cache.get(text);
  if (cached) return cached;
  if (cache.size >= CACHE_LIMIT) cache.clear();
  const result = parseDate(text);
  cache.set(text, result);
  return result;
}

function parseDate(text: string): DateResult {
  const yearFirst = YEAR_FIRST.exec(text);
  if (yearFirst) return calendarDate(text, yearFirst[1], yearFirst[3], yearFirst[4]);
  const dotted = DOTTED.exec(text);
  if (dotted) return calendarDate(text, dotted[3], dotted[2], dotted[1]);
  const slashed = SLASHED.exec(text);
  if (!slashed) return { kind: 'fault', why: `${JSON.stringify(text)} is not a date: write it as 2026-03-04` };
  const [, first, second, year] = slashed;
  const dayFirst = calendarDate(text, year, second, first);
  const monthFirst = calendarDate(text, year, first, second);
  if (dayFirst.kind === 'fault') return monthFirst;
  if (monthFirst.kind === 'fault' || monthFirst.date === dayFirst.date) return dayFirst;
  return {
    kind: 'fault',
    why: `${JSON.stringify(text)} can be read as two dates: write it as ${dayFirst.date} or ${monthFirst.date}`,
  };
}

function calendarDate(text: string, year = '', month = '', day = ''): DateResult {
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const atMs = Date.parse(`${date}T00:00:00Z`);
  // Date rolls 30 February over to March: only a date that comes back unchanged exists.
  const isReal = !Number.isNaN(atMs) && new Date(atMs).toISOString().startsWith(date) && Number(year) >= 1900;
  return isReal
    ? { kind: 'ok', date }
    : { kind: 'fault', why: `${JSON.stringify(text)} does not exist in the calendar: check day and month` };
}
