/** Reads a calendar date as people and exports write it. Which number is the month the other rows of the file show; it is never guessed. */
import { type Sentence, sentence } from '#lib/domain/sentences/sentence.ts';
import { addDays, dayAt, dayStart } from '#lib/domain/time/days.ts';
import {
  type DateOrder,
  LONGEST,
  mayStartWithYear,
  READ_LIMIT,
  shortYearFirst,
  UNKNOWN_ORDER,
  yearLast,
  zoneOf,
} from './date-order.ts';
import { plainDate, withoutTime, withoutWeekday } from './date-text.ts';
import { monthOf } from './months.ts';
import { isWeekday } from './weekdays.ts';

/** `doubt`: why it may be another one. `dates`: the days between which nothing decides. */
export type DateResult =
  | { kind: 'ok'; date: string; doubt?: Sentence }
  | { kind: 'fault'; why: Sentence; dates?: string[] };

/** The only column with dates. */
const what = 'StartDate';

const YEAR_FIRST = /^(?<year>\d{4})([-/. ]) ?(?<month>\d{1,2})\2 ?(?<day>\d{1,2})\.?$/;
const YEAR_FIRST_CJK = /^(?<year>\d{4}) ?[年년] ?(?<month>\d{1,2}) ?[月월] ?(?<day>\d{1,2}) ?[日일]$/;
/** With the month marked as one: `05-5月 -26`, as Oracle writes it in China and Japan, and in Vietnamese. */
const MONTH_MARKED = /^(?<day>\d{1,2})-(?<month>\d{1,2})[月월] ?-(?<year>\d{4}|\d{2})$/;
const VIETNAMESE = /^(?:ngày )?(?<day>\d{1,2}) (?:tháng|thg) (?<month>\d{1,2}),? (?:năm )?(?<year>\d{4})$/iu;
/** The two eras that a start date may be in, by the year before the first of each. */
const ERA = /^(?<era>令和|平成) ?(?<year>元|\d{1,2}) ?年 ?(?<month>\d{1,2}) ?月 ?(?<day>\d{1,2}) ?日$/;
/** With signs as in forms: `R8.9.1`, and in Taiwan the year of the Republic, `115/09/01`. */
const SHORT_ERA =
  /^(?<era>令和|平成|R|H|(?:民國)?(?=1\d\d))(?<year>\d{1,3})(?:[-/.](?<month>\d{1,2})[-/.](?<day>\d{1,2})| ?年 ?(?<month>\d{1,2}) ?月 ?(?<day>\d{1,2}) ?日)$/;
const BEFORE_ERA: Record<string, number> = { 令和: 2018, R: 2018, 平成: 1988, H: 1988, 民國: 1911, '': 1911 };
/** Thailand counts from the Buddha; in numbers alone only years near ours are surely those. */
const BUDDHIST_YEARS = 543;
const FIRST_BUDDHIST_YEAR = 2560;
/** LDAP's GeneralizedTime and ISO 8601 without separators, with or without a time. */
const RUN = /^(\d{4})(\d{2})(\d{2})(?:T?\d{4}(?:\d{2}(?:[.,]\d+)?)?(?:Z|[+-]\d{2}(?::?\d{2})?)?)?$/;
/** The day of the year, as mainframes and ERP systems count it: `2026245`, `26245`, and with the centuries since 1900 first `126245`. As a day of a spreadsheet it would be one before 1981. */
const DAY_OF_YEAR = /^(?:20|1)?(?<year>2[4-9])-?(?<day>\d{3})$/;
const SERIAL = /^\d{5}(?:[.,]\d+)?$/;
const SCRIPT_DATE = /^\\?\/Date\((\d+)(?:([+-]\d{2})(\d{2}))?\)\\?\/$/;
/** A moment on the minute in UTC, as programs write it that know no bare days. */
const UTC_MOMENT =
  /^(\d{4})-?(\d{2})-?(\d{2})[T ]?(\d{2}):?(\d{2})(?::?00(?:[.,]0+)?)?(?: ?(?:Z|UTC|GMT)|[+-]00(?::?00)?)$/;

const DAY_MS = 86_400_000;
/** Day 1 in spreadsheets is 1 January 1900, counted with a 29 February that never existed. */
const SPREADSHEET_DAY_ZERO = Date.UTC(1899, 11, 30);
const DAY_ZERO_1904 = Date.UTC(1904, 0, 1);
const FIRST_YEAR = 1900;
/** A later one is how systems say that there is none, 2099-12-31, 9999-12-31, or a slip; nobody is to wait for it. */
const LAST_YEAR = 2049;
/** Two digits up to this are no years of the last century: in Thailand `69` is 2569, our 2026. */
const LAST_SHORT_YEAR = 79;

const read = new Map<string, DateResult>();

/** Returns `YYYY-MM-DD` as written: a time of day or zone beside it does not move the day. */
export function readDate(text: string, order: DateOrder = UNKNOWN_ORDER): DateResult {
  const key = `${order.slashed}${order.dotted}${order.mayStartWithYear}${order.startsWithYear}${order.isFrom1904}${order.timeZone}${text}`;
  const earlier = read.get(key);
  if (earlier) return earlier;
  if (read.size >= READ_LIMIT) read.clear();
  const result = readAnew(text.slice(0, LONGEST), order);
  read.set(key, result);
  return result;
}

/** What a date may be: the day it says, or each of several where nothing shows which number is which; none where it is no date. */
export function possibleDates(text: string, order: DateOrder): string[] {
  const result = readDate(text, order);
  return result.kind === 'ok' ? [result.date] : (result.dates ?? []);
}

function readAnew(text: string, order: DateOrder): DateResult {
  const whole = plainDate(text);
  const day = midnightDay(utcMoment(whole), order);
  if (day !== null) return dateOn(text, day);
  const written = withoutTime(whole);
  const bare = withoutWeekday(written);
  const certain =
    yearFirst(bare) ?? eraDate(bare) ?? dayOfYear(bare) ?? spreadsheetDate(written, order) ?? namedMonth(written);
  if (certain) return certain;
  const short = shortYearFirst(bare, order);
  if (short) return calendarDate(text, fullYear(short.year ?? ''), short.month, short.day);
  const parts = yearLast(bare);
  if (!parts) return { kind: 'fault', why: sentence('notADate', { what, text }) };
  const { first, second, year, separator } = parts;
  const dayFirst = calendarDate(text, fullYear(year), second, first);
  const monthFirst = calendarDate(text, fullYear(year), first, second);
  const mayBeginWithYear = mayStartWithYear(parts, order);
  const shown = separator === '.' ? order.dotted : order.slashed;
  const preferred = mayBeginWithYear && order.mayStartWithYear ? null : shown;
  const readings = preferred === 'month_first' ? [monthFirst, dayFirst] : [dayFirst, monthFirst];
  if (mayBeginWithYear) readings.push(calendarDate(text, fullYear(first), second, year));
  const dates = [...new Set(readings.flatMap((one) => (one.kind === 'ok' ? [one.date] : [])))];
  const [only, other] = dates;
  if (only === undefined) return dayFirst;
  if (preferred !== null || other === undefined) return { kind: 'ok', date: only };
  return { kind: 'fault', why: sentence('severalDates', { what, text, dates }), dates };
}

/** With the year first, or the month marked as such. */
function yearFirst(text: string): DateResult | null {
  const found = (YEAR_FIRST.exec(text) ?? YEAR_FIRST_CJK.exec(text))?.groups;
  if (found) return calendarDate(text, found.year, found.month, found.day);
  const { year, month, day } = (MONTH_MARKED.exec(text) ?? VIETNAMESE.exec(text))?.groups ?? {};
  if (year !== undefined) return calendarDate(text, fullYear(year), month, day);
  const run = RUN.exec(text);
  if (!run) return null;
  const result = calendarDate(text, run[1], run[2], run[3]);
  return result.kind === 'fault' && text.length === 8 ? null : result;
}

function dayOfYear(text: string): DateResult | null {
  const { year, day } = DAY_OF_YEAR.exec(text)?.groups ?? {};
  if (year === undefined) return null;
  const date = addDays(`20${year}-01-01`, Number(day) - 1);
  return date.startsWith(`20${year}`)
    ? { kind: 'ok', date }
    : { kind: 'fault', why: sentence('noSuchDay', { what, text }) };
}

function eraDate(text: string): DateResult | null {
  const { era, year, month, day } = (ERA.exec(text) ?? SHORT_ERA.exec(text))?.groups ?? {};
  const before = era === undefined ? undefined : BEFORE_ERA[era];
  if (before === undefined) return null;
  return calendarDate(text, String(before + (year === '元' ? 1 : Number(year))), month, day);
}

function spreadsheetDate(text: string, order: DateOrder): DateResult | null {
  const { isFrom1904 } = order;
  const script = SCRIPT_DATE.exec(text);
  const moment = script ? Number(script[1]) : momentOf(text);
  if (moment !== null) {
    const local = moment + offsetOf(script);
    // Midnight where it was written, by its own word.
    if (script?.[2] && local % DAY_MS === 0) return dateAt(text, local);
    const day = midnightDay(moment, order);
    return day === null ? dateAt(text, nearestMidnight(moment)) : dateOn(text, day);
  }
  const dayZero = isFrom1904 ? DAY_ZERO_1904 : SPREADSHEET_DAY_ZERO;
  return SERIAL.test(text) ? dateAt(text, dayZero + Number.parseInt(text, 10) * DAY_MS) : null;
}

/** How programs write a time as a bare number: seconds or milliseconds since 1970, and tenths of microseconds since 1601 (Active Directory) or the year 1 (.NET). */
const CLOCKS: readonly { digits: number; perMs: number; zero: number }[] = [
  { digits: 10, perMs: 0.001, zero: 0 },
  { digits: 13, perMs: 1, zero: 0 },
  { digits: 18, perMs: 10_000, zero: Date.UTC(1601, 0, 1) },
  { digits: 18, perMs: 10_000, zero: -62_135_596_800_000 },
];
/** In other years such a number is something else. */
const FIRST_MOMENT = Date.UTC(2002, 0, 1);
const LAST_MOMENT = Date.UTC(2040, 0, 1);
const DAY_AND_HOUR = /^20\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:[01]\d|2[0-3])$/;

/** In ms since 1970; null where a number is none, or may as well be year, month, day and hour. */
function momentOf(text: string): number | null {
  if (!/^\d+$/.test(text) || DAY_AND_HOUR.test(text)) return null;
  const moments = CLOCKS.filter(({ digits }) => digits === text.length).map(
    ({ perMs, zero }) => Math.round(Number(text) / perMs) + zero,
  );
  return moments.find((at) => at >= FIRST_MOMENT && at < LAST_MOMENT) ?? null;
}

const MINUTE_MS = 60_000;

/** The offset from UTC that JavaScript and .NET write behind a moment, in ms. */
function offsetOf(script: RegExpExecArray | null): number {
  const [, , hours = '0', minutes = '0'] = script ?? [];
  return (Number(hours) * 60 + Math.sign(Number(hours)) * Number(minutes)) * MINUTE_MS;
}

function utcMoment(text: string): number | null {
  const [, year, month, day, hour, minute] = UTC_MOMENT.exec(text) ?? [];
  return year === undefined ? null : Date.parse(`${year}-${month}-${day}T${hour}:${minute}Z`);
}

/** The day of a moment that is midnight where the organisation is: so programs write a bare day. Null where it is none. */
function midnightDay(atMs: number | null, order: DateOrder): string | null {
  if (atMs === null || Number.isNaN(atMs)) return null;
  const zone = zoneOf(order);
  const day = dayAt(atMs, zone);
  return dayStart(day, zone) === atMs ? day : null;
}

const HALF_HOUR_MS = 1_800_000;

/** A day is midnight where it was written, up to half a day before or after midnight UTC; a time of day within is one in UTC. */
function nearestMidnight(atMs: number): number {
  const isOnTheHour = atMs % HALF_HOUR_MS === 0 && atMs % DAY_MS > DAY_MS / 2;
  return isOnTheHour ? atMs + DAY_MS / 2 : atMs;
}

function dateAt(text: string, atMs: number): DateResult {
  return dateOn(text, new Date(atMs).toISOString().slice(0, 10));
}

function dateOn(text: string, date: string): DateResult {
  const [year, month, day] = date.split('-');
  return calendarDate(text, year, month, day);
}

const TIME_WITHIN = /\b\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?: ?[AaPp]\.?[Mm]\b\.?)?/;
const ZONE_WORD = /^(?:Z|UTC|GMT|BST|CES?T|MES?Z|[ECMP][SD]T)$/;
/** Between a number and the name of a month: `05JAN2026`, as SAS writes it. */
const JOINED = /(?<=\d)(?=\p{L}{3})|(?<=\p{L}{3})(?=\d)/gu;
/** Within the short name of a month: `ก.ย.`. */
const THAI_DOT = /(?<=\p{Script=Thai})\./gu;
const FILLERS: ReadonlySet<string> = new Set('de del of the den г года р року gada m d r feira'.split(' '));

/** A month by its name, with day and year around it in any order that leaves no doubt: `05-JAN-26`, `January 5, 2026`. */
function namedMonth(text: string): DateResult | null {
  const found =
    text
      .replace(TIME_WITHIN, ' ')
      .replace(THAI_DOT, '')
      .replace(JOINED, ' ')
      .match(/[^\s,./:-]+/g) ?? [];
  const words = found.filter((word) => !ZONE_WORD.test(word) && !FILLERS.has(word.toLowerCase()));
  const weekdays = words.filter((word) => isWeekday(word) && monthOf(word) === null);
  const tokens = words.filter((word) => !weekdays.includes(word));
  const months = tokens.flatMap((token) => monthOf(token) ?? []);
  const numbers = tokens.flatMap((token) => /^(\d{1,4})(?:st|nd|rd|th|er|º|ª|e|η)?$/i.exec(token)?.[1] ?? []);
  const rest = tokens.length - months.length - numbers.length;
  const [month] = months;
  const [first = '', second = ''] = numbers;
  // One further word may be the day of the week: before everything else also in a language that we do not know.
  const isUnknownDay = rest === 1 && /^\p{L}+$/u.test(tokens[0] ?? '') && monthOf(tokens[0] ?? '') === null;
  if (months.length !== 1 || numbers.length !== 2 || rest + weekdays.length > 1 || (rest !== 0 && !isUnknownDay))
    return null;
  return first.length > 2
    ? calendarDate(text, first, String(month), second)
    : calendarDate(text, christianYear(text, second), String(month), first);
}

/** With the Thai name of a month a year is one of the Buddhist calendar, unless it is far too early for that. */
function christianYear(text: string, written: string): string {
  const isThai = /\p{Script=Thai}/u.test(text);
  const year = isThai && written.length === 2 ? `25${written}` : fullYear(written);
  return isThai && Number(year) >= FIRST_YEAR + BUDDHIST_YEARS ? String(Number(year) - BUDDHIST_YEARS) : year;
}

function fullYear(year: string): string {
  if (year.length !== 2) return year;
  return Number(year) <= LAST_SHORT_YEAR ? `20${year}` : `19${year}`;
}

function calendarDate(text: string, written = '', month = '', day = ''): DateResult {
  const isBuddhist = Number(written) >= FIRST_BUDDHIST_YEAR && Number(written) <= LAST_YEAR + BUDDHIST_YEARS;
  const year = isBuddhist ? String(Number(written) - BUDDHIST_YEARS) : written;
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const atMs = Date.parse(`${date}T00:00:00Z`);
  // Date rolls 30 February over to March: only a date that comes back unchanged exists.
  const isReal = !Number.isNaN(atMs) && new Date(atMs).toISOString().startsWith(date);
  if (!isReal) return { kind: 'fault', why: sentence('noSuchDay', { what, text }) };
  return Number(year) >= FIRST_YEAR && Number(year) <= LAST_YEAR
    ? { kind: 'ok', date }
    : { kind: 'fault', why: sentence('oddYear', { what, text, year }) };
}
