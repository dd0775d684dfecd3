/** Reads the first day where people write more or less than a day: `ab 01.09.2026`, `2026-09-01 - 2027-08-31`, `09/2026`, `KW 36/2026`. Pure. */
import { addDays } from '#lib/domain/time/days.ts';
import type { DateOrder } from './date-order.ts';
import { type DateResult, readDate } from './dates.ts';
import { monthOf } from './months.ts';

const LONGEST = 80;
const BEFORE =
  /^(?:from|as of|as from|since|starting|starts?|effective|on|ab(?: dem)?|vom|von|seit|zum|am|ca\.?|circa|approx\.?|about|expected|planned|estimated|tentative|probably|geplant|voraussichtlich(?: ab)?|vorauss\.?|vsl\.?|week (?:of|commencing|beginning|starting)|w\/[cb]|woche vom|semaine du|frühestens|not before|earliest|à partir du|du|dès le|le|a partir del?|desde(?: el)?|del|dal|vanaf|per|fra|från|od|>=?|≥|~|≈) ?:? ?(?=[\d\p{L}])/iu;
const REMARK =
  '(?:planned|expected|estimated|tentative|provisional|tbc|tentatively|or later|at the earliest|onwards|geplant|voraussichtlich|vorläufig|vorbehaltlich|oder später|frühestens|prévu|prévisionnel|previsto|prevista|gepland|planeret|planerat)';
const BEHIND = new RegExp(String.raw`(?:,? ${REMARK}|,? ?[([]${REMARK}[)\]]| ?[?*;])$`, 'iu');
/** Between the first day and the last one; a hyphen may also stand within a day. */
const BETWEEN =
  / (?:-|bis(?: zum)?|to|until|till|through|au|jusqu'au|hasta(?: el)?|al?|até|tot(?: en met)?|do) | ?[–—] ?|(?<=\d{4}-\d\d-\d\d)\/(?=\d{4}-\d\d-\d\d$)/iu;
const OPEN =
  /^(?:open|open end|indefinite|permanent|offen|unbefristet|indéterminé|indefinido|indeterminato|onbepaald|\?|-|\.{2,3}|…)$/iu;

const YEAR_MONTH = /^(?<year>20\d\d)[-/.](?<month>0?[1-9]|1[0-2])$/;
const MONTH_YEAR = /^(?<month>0?[1-9]|1[0-2])[-/.](?<year>20\d\d)$/;
const NAMED_MONTH = /^(?<name>\p{L}{3,15})[. /-]{1,2}(?<year>20\d\d)$/u;
const WEEK =
  /^(?:kw|cw|wk|week|woche|semaine|sem|semana|settimana|uge|vecka|uke) ?\.? ?(?<week>\d{1,2})[ ./-]{1,3}(?<year>20\d\d)$/i;
const ISO_WEEK = /^(?<year>20\d\d)-?W(?<week>\d\d)(?:-?(?<weekday>[1-7]))?$/i;

/** As `readDate`; of a span the first day, of a month or a week its first one: nobody begins earlier. */
export function readStartDate(text: string, order: DateOrder): DateResult {
  const whole = readDate(text, order);
  if (whole.kind === 'ok' || whole.dates || text.length > LONGEST) return whole;
  return within(text.trim().replace(/\s+/g, ' '), order) ?? whole;
}

function within(text: string, order: DateOrder): DateResult | null {
  const bare = text.replace(BEHIND, '').replace(BEFORE, '');
  const first = bare === text ? null : sound(readDate(bare, order));
  return first ?? span(bare, order) ?? firstDay(bare);
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
  const {
    year = '',
    month,
    name,
    week,
    weekday = '1',
  } = [YEAR_MONTH, MONTH_YEAR, NAMED_MONTH, WEEK, ISO_WEEK]
    .map((pattern) => pattern.exec(text)?.groups)
    .find(Boolean) ?? {};
  if (week !== undefined) return dayOfWeek(Number(year), Number(week), Number(weekday));
  const number = month === undefined ? monthOf(name ?? '') : Number(month);
  return number === null ? null : { kind: 'ok', date: `${year}-${String(number).padStart(2, '0')}-01` };
}

/** A day of a week by ISO 8601, Monday being 1: the first week has 4 January in it. Null: there is no such week. */
function dayOfWeek(year: number, week: number, weekday: number): DateResult | null {
  if (week < 1 || week > 53) return null;
  const fourth = new Date(Date.UTC(year, 0, 4));
  const date = addDays(`${year}-01-04`, weekday - (fourth.getUTCDay() || 7) + (week - 1) * 7);
  return { kind: 'ok', date };
}
