/** Reads the first day where people write more or less than a day: `ab 01.09.2026`, `2026-09-01 - 2027-08-31`, `09/2026`, `KW 36/2026`, `Q3 2026`. Pure. */
import { sentence } from '#lib/domain/sentences/sentence.ts';
import { addDays } from '#lib/domain/time/days.ts';
import type { DateOrder } from './date-order.ts';
import { type DateResult, readDate } from './dates.ts';
import { monthOf } from './months.ts';

const LONGEST = 80;
const BEFORE =
  /^(?:from|as of|as from|since|starting|starts?|start date|begins?|effective|w\.?e\.?f\.?|with effect|on|ab(?: dem)?|vom|von|seit|zum|am|beginn(?:t)?|ca\.?|circa|approx\.?|est\.?|about|environ|etwa|expected|planned|estimated|tentative|probably|confirmed|geplant|voraussichtlich(?: ab)?|vorauss\.?|vsl\.?|week (?:of|commencing|beginning|starting)|w\/[cb]|woche vom|semaine du|frühestens|nicht vor(?: dem)?|not (?:before|earlier than)|no earlier than|after|nach(?: dem)?|earliest|(?:moved|postponed|rescheduled|deferred|delayed) to|verschoben auf(?: den)?|verlegt auf(?: den)?|reporté au|à partir du|du|dès le|le|a partir del?|desde(?: el)?|del|dal|vanaf|per|fra|från|od)(?: ?: ?| |(?=\d))(?=[\d\p{L}])|^(?:>=?|≥|~|≈) ?(?=[\d\p{L}])/iu;
const REMARK =
  '(?:planned|expected|estimated|tentative|provisional|confirmed|bestätigt|confirmé|tbc|tentatively|or later|at the earliest|onwards|geplant|voraussichtlich|vorläufig|vorbehaltlich|oder später|frühestens|prévu|prévisionnel|previsto|prevista|gepland|planeret|planerat)';
const BEHIND = new RegExp(String.raw`(?:,? ${REMARK}|,? ?[([]${REMARK}[)\]]| ?[?*;])$`, 'iu');
/** Between the first day and the last one; a hyphen may also stand within a day. */
const BETWEEN =
  / (?:-|bis(?: zum)?|to|until|till|through|au|jusqu'au|hasta(?: el)?|al?|até|tot(?: en met)?|do|or|oder|ou|eller|lub) | ?[–—] ?|(?<=\d{4}-\d\d-\d\d)\/(?=\d{4}-\d\d-\d\d$)/iu;
const OPEN =
  /^(?:open|open end|indefinite|permanent|offen|unbefristet|indéterminé|indefinido|indeterminato|onbepaald|\?|-|\.{2,3}|…)$/iu;

const YEAR_MONTH = /^(?<year>20\d\d)[-/. ]?(?<month>0[1-9]|1[0-2])$|^(?<year>20\d\d)[-/.](?<month>[1-9])$/;
const YEAR_MONTH_CJK = /^(?<year>20\d\d) ?[年년] ?(?<month>0?[1-9]|1[0-2]) ?[月월]$/;
const MONTH_YEAR = /^(?<month>0?[1-9]|1[0-2])[-/. ](?<year>20\d\d)$/;
/** Of two digits is a year only as Excel shows it, `Sep-26`, or behind an apostrophe. */
const NAMED_MONTH = /^(?<name>\p{L}{3,15})(?:[. ,/-]{1,2}(?<year>20\d\d)|\.?(?:-| ?['’´])(?<year>[2-4]\d))$/u;
/** Which third of a month begins there at the earliest. */
const PART_OF_MONTH =
  /^(?:(?<first>early|beginning of|start of|anfang|début|principios de|inizio|begin)|(?<second>mid|middle of|mitte|mi|mediados de|metà|medio|half)|(?<third>late|end of|ende|fin|fin de|finales de|fine|eind))[ -](?=\p{L}|\d\d?[/.])/iu;
const WEEK_WORD =
  '(?:kw|cw|wk|w|calendar ?week|week|kalenderwoche|woche|semaine|sem|s|semana|settimana|sett|uge|vecka|v|uke|týden|tydzień|tydz|hét|viikko|vko|неделя)';
const WEEK = new RegExp(
  [
    String.raw`^${WEEK_WORD} ?\.? ?(?<week>\d{1,2})(?:[ ./,-]{1,3}\(?(?<year>20\d\d)\)?| ?/ ?(?<year>[2-4]\d))$`,
    String.raw`^(?<week>\d{1,2})\.? ?${WEEK_WORD}\.?[ ./,-]{1,3}(?<year>20\d\d)$`,
    String.raw`^(?<year>20\d\d)[ ./-]{1,3}${WEEK_WORD}[ .]{0,2}(?<week>\d{1,2})$`,
  ].join('|'),
  'iu',
);
const ISO_WEEK = /^(?<year>20\d\d)-?W(?<week>\d\d)(?:-?(?<weekday>[1-7]))?$/i;

/** A quarter or a half of a year, by what it is called: `Q3 2026`, `2026-Q3`, `3. Quartal 2026`, `H2/2026`. */
const NUMBER_OF_PART = '(?<number>[1-4]|i{1,3}|iv)';
const WORD_OF_PART =
  '(?:(?<quarter>q|quarter|qtr|quartal|trimestre|trim|trimester|kwartaal|kwartał|kvartal|kvartál|čtvrtletí|квартал|t)|(?<half>h|half|halbjahr|hj|semestre|semester))';
const YEAR_OF_PART = String.raw`(?:(?<year>20\d\d)|['’]?(?<year>[2-4]\d))`;
const PART_OF_YEAR = new RegExp(
  [
    `^${WORD_OF_PART}[ .-]?${NUMBER_OF_PART}[ /.,-]{0,3}${YEAR_OF_PART}$`,
    String.raw`^${NUMBER_OF_PART}(?:\.|st|nd|rd|th|er|e|º|°)? ?${WORD_OF_PART}[ /.,-]{0,3}${YEAR_OF_PART}$`,
    String.raw`^(?<year>20\d\d)[ /.-]{0,3}${WORD_OF_PART}[ .-]?${NUMBER_OF_PART}$`,
    String.raw`^(?<year>20\d\d)[ /.-]{1,3}${NUMBER_OF_PART}(?:\.|st|nd|rd|th|er|e|º|°)? ?${WORD_OF_PART}$`,
  ].join('|'),
  'iu',
);
const ORDINALS: readonly (readonly [RegExp, string])[] = [
  [/^(?:first|erstes|premier|primer|primo) /iu, '1. '],
  [/^(?:second|zweites|deuxième|segundo|secondo) /iu, '2. '],
  [/^(?:third|drittes|troisième|tercer|terzo) /iu, '3. '],
  [/^(?:fourth|last|viertes|quatrième|cuarto|quarto) /iu, '4. '],
];

/** As `readDate`; of a span the first day, of a month or a week its first one: nobody begins earlier. */
export function readStartDate(text: string, order: DateOrder): DateResult {
  const whole = readDate(text, order);
  if (whole.kind === 'ok' && order.mayBeTurned) return perhapsTurned(text, whole.date);
  if (whole.kind === 'ok' || whole.dates || text.length > LONGEST) return whole;
  return within(text.trim().replace(/\s+/g, ' '), order) ?? whole;
}

/** Of a real date, whose month may be meant as its day: as it stands, with a doubt. */
function perhapsTurned(text: string, date: string): DateResult {
  const [year, month = '', day = ''] = date.split('-');
  if (!text.startsWith(date) || month === day || Number(day) > 12) return { kind: 'ok', date };
  const other = `${year}-${day}-${month}`;
  return { kind: 'ok', date, doubt: sentence('perhapsTurned', { what: 'StartDate', date, other }) };
}

function within(text: string, order: DateOrder): DateResult | null {
  let bare = text.replace(BEHIND, '');
  // `planned from`, `moved to approx.`
  for (let words = 0; words < 3; words++) bare = bare.replace(BEFORE, '');
  const first = bare === text ? null : sound(readDate(bare, order));
  return first ?? span(bare, order) ?? firstDay(bare) ?? partOfYear(bare);
}

/** A day, or two of which nothing shows which is meant. */
const sound = (result: DateResult) => (result.kind === 'ok' || result.dates ? result : null);

function span(text: string, order: DateOrder): DateResult | null {
  const [from = '', to = '', ...more] = text.split(BETWEEN);
  if (to === '' || more.length > 0) return null;
  const [first, last] = [readDate(from, order), readDate(to, order)];
  const isSpan = OPEN.test(to) || last.kind === 'ok' || last.dates !== undefined;
  if (!isSpan || (first.kind === 'ok' && last.kind === 'ok' && first.date > last.date)) return null;
  return sound(first);
}

function firstDay(text: string): DateResult | null {
  const { first, second, third } = PART_OF_MONTH.exec(text)?.groups ?? {};
  const bare = text.replace(PART_OF_MONTH, '');
  const {
    month,
    name,
    week,
    weekday = '1',
    ...found
  } = [YEAR_MONTH, YEAR_MONTH_CJK, MONTH_YEAR, NAMED_MONTH, WEEK, ISO_WEEK]
    .map((pattern) => pattern.exec(bare)?.groups)
    .find(Boolean) ?? {};
  const year = whole(found.year);
  if (week !== undefined) return bare === text ? dayOfWeek(Number(year), Number(week), Number(weekday)) : null;
  const number = month === undefined ? monthOf(name ?? '') : Number(month);
  const day = third === undefined ? (second === undefined ? '01' : '11') : '21';
  const isMonth = number !== null && (bare === text || (first ?? second ?? third) !== undefined);
  return isMonth ? { kind: 'ok', date: `${year}-${String(number).padStart(2, '0')}-${day}` } : null;
}

const whole = (year = ''): string => (year.length === 2 ? `20${year}` : year);

/** Its first day, with a doubt: a year of finances may begin in another month. */
function partOfYear(text: string): DateResult | null {
  const [ordinal, digit] = ORDINALS.find(([pattern]) => pattern.test(text)) ?? [];
  const found = PART_OF_YEAR.exec(ordinal ? text.replace(ordinal, digit ?? '') : text)?.groups;
  if (!found) return null;
  const { number = '', half } = found;
  const part = /\d/.test(number) ? Number(number) : ['i', 'ii', 'iii', 'iv'].indexOf(number.toLowerCase()) + 1;
  const month = (part - 1) * (half === undefined ? 3 : 6) + 1;
  if (month > 12) return null;
  const date = `${whole(found.year)}-${String(month).padStart(2, '0')}-01`;
  return { kind: 'ok', date, doubt: sentence('firstDayOfPart', { what: 'StartDate', text, date }) };
}

/** A day of a week by ISO 8601, Monday being 1: the first week has 4 January in it. Null: there is no such week. */
function dayOfWeek(year: number, week: number, weekday: number): DateResult | null {
  if (week < 1 || week > 53) return null;
  const fourth = new Date(Date.UTC(year, 0, 4));
  const date = addDays(`${year}-01-04`, weekday - (fourth.getUTCDay() || 7) + (week - 1) * 7);
  return { kind: 'ok', date };
}
