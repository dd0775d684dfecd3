/** Which number of a date is the day, the month and the year: what the dates of a column have in common. Pure. */
import { type DayMonth, orderInName } from './date-format.ts';
import { plainDate, withoutTime, withoutWeekday } from './date-text.ts';

/** The order of day and month in a file: in dates with slashes, hyphens or nothing between, and in those with dots. Null: nothing shows it. */
export interface DateOrder {
  slashed: DayMonth | null;
  dotted: DayMonth;
  /** Where two digits for the year may come first whatever stands between, as the rows show: `26/01/05`. */
  mayStartWithYear?: boolean | undefined;
  /** Where they do: a last number of one digit is no year, `26. 5. 4.`. */
  startsWithYear?: boolean | undefined;
  /** Days up to the 12th that are real dates may have been taken for months: only the others are still written with the day first. */
  mayBeTurned?: boolean | undefined;
  /** A workbook whose bare numbers count the days from 1904, as the Excel of old Macs did. */
  isFrom1904?: boolean | undefined;
  /** Where a moment that is midnight stands for its day; UTC where none is named. */
  timeZone?: string | undefined;
}

export const zoneOf = ({ timeZone = 'UTC' }: DateOrder): string => timeZone;

/** Dots stand in dates that begin with the day, unless the file shows otherwise. */
export const UNKNOWN_ORDER: DateOrder = { slashed: null, dotted: 'day_first' };

const YEAR_LAST = /^(?<first>\d{1,2})(?<separator>[-/. ]) ?(?<second>\d{1,2})\k<separator> ?(?<year>\d{4}|\d{2})\.?$/;
const RUN_YEAR_LAST = /^(?<first>\d{2})(?<second>\d{2})(?<year>\d{4})$/;
/** A longer text is no date. */
export const LONGEST = 80;
/** A file has few different dates, each many times. */
export const READ_LIMIT = 1000;

/** The years that may stand first are those of newcomers. */
const FIRST_SHORT_YEAR = 20;
/** As Korea and Hungary write it; a year has two digits at least. */
const SHORT_YEAR_FIRST = /^(?<year>\d{2})(?<separator>[-/. ]) ?(?<month>\d{1,2})\k<separator> ?(?<day>\d{1,2})\.?$/;

interface YearLast {
  first: string;
  second: string;
  year: string;
  separator: string;
}

/** The parts of a date whose year stands last, as far as its form says. */
export function yearLast(text: string): YearLast | null {
  const found = (YEAR_LAST.exec(text) ?? RUN_YEAR_LAST.exec(text))?.groups;
  if (!found) return null;
  const { first = '', second = '', year = '', separator = '' } = found;
  return { first, second, year, separator };
}

/** The parts of a date whose year of two digits stands first: as its own form shows, or the other rows do. */
export function shortYearFirst(text: string, { startsWithYear = false }: DateOrder) {
  const parts = SHORT_YEAR_FIRST.exec(text)?.groups;
  const isOwn = parts?.day?.length === 1 && Number(parts.year) >= FIRST_SHORT_YEAR;
  return parts && (startsWithYear || isOwn) ? parts : null;
}

const isShort = ({ first, year }: YearLast) => first.length === 2 && year.length === 2;

/** `26-01-05`: with hyphens the two digits of the year may come first; with other signs where the other rows show it. */
export function mayStartWithYear(written: YearLast, order: DateOrder): boolean {
  return isShort(written) && (written.separator === '-' || (order.mayStartWithYear ?? false));
}

/** What two-digit years at either end of the dates of a column show. */
class ShortYears {
  readonly shown = { slashed: new Set<DayMonth>(), dotted: new Set<DayMonth>() };
  readonly #first = new Set<number>();
  readonly #last = new Set<number>();

  see({ first, year }: YearLast): void {
    this.#first.add(Number(first));
    this.#last.add(Number(year));
  }

  /** Whether nothing belies it. */
  get couldStandFirst(): boolean {
    return [...this.#first].every((year) => year >= FIRST_SHORT_YEAR);
  }

  /**
   * Whether the first numbers differ as little as the years of newcomers do, and the last ones more: nobody begins on the 26th of each
   * month of many years.
   */
  get mayStandFirst(): boolean {
    const [first, last] = [[...this.#first], [...this.#last]];
    const spread = (numbers: readonly number[]) => Math.max(...numbers) - Math.min(...numbers);
    return this.couldStandFirst && spread(first) <= 2 && spread(last) > 2;
  }
}

/**
 * What a spreadsheet leaves of days first that it reads months first: up to the 12th real dates with day and month turned, after it the
 * text as it was.
 */
class TurnedDates {
  /** Of dates with the year first. */
  readonly #days = new Set<number>();
  #hasText = false;
  #isBelied = false;

  seeYearFirst(text: string): void {
    if (this.#isBelied) return;
    const day = Number(text.slice(8, 10));
    if (day > 12) this.#isBelied = true;
    this.#days.add(day);
  }

  seeText(first: number, second: number): void {
    if (first > 12 && second <= 12) this.#hasText = true;
    else this.#isBelied = true;
  }

  /** Where all real dates are of one day of the month, that is the day on which people begin. */
  get areLikely(): boolean {
    return this.#hasText && !this.#isBelied && this.#days.size > 1;
  }
}

/** Finds the order of day, month and year that the dates of a column have in common. */
export class DateOrderFinder {
  readonly #seen = new Set<string>();
  readonly #shown = { slashed: new Set<DayMonth>(), dotted: new Set<DayMonth>() };
  readonly #shortYears = new ShortYears();
  #startsWithYear = false;
  readonly #turned = new TurnedDates();
  /** By a row that says how to fill in the column: `DD/MM/YYYY`. */
  #hint: DayMonth | null = null;

  see(text: string): void {
    // Year first shows nothing, and nearly every date is written so.
    if (/^\d{4}-/.test(text)) this.#turned.seeYearFirst(text);
    else if (!this.#seen.has(text)) this.#see(text);
  }

  #see(text: string): void {
    if (this.#seen.size >= READ_LIMIT) this.#seen.clear();
    this.#seen.add(text);
    if (!/\d/.test(text)) this.#hint ??= orderInName(text.slice(0, LONGEST));
    const bare = withoutWeekday(withoutTime(plainDate(text.slice(0, LONGEST))));
    if (shortYearFirst(bare, UNKNOWN_ORDER)) this.#startsWithYear = true;
    const written = yearLast(bare);
    if (!written) return;
    const { shown } = isShort(written) ? this.#shortYears : { shown: this.#shown };
    if (isShort(written)) this.#shortYears.see(written);
    const [first, second] = [Number(written.first), Number(written.second)];
    if (written.separator === '/') this.#turned.seeText(first, second);
    if (first > 12 === second > 12 || mayStartWithYear(written, UNKNOWN_ORDER)) return;
    shown[written.separator === '.' ? 'dotted' : 'slashed'].add(first > 12 ? 'day_first' : 'month_first');
  }

  /** `columnName`: it may tell the order too. Where it says something else than the rows nothing is certain. */
  order({ isFrom1904 = false, timeZone = 'UTC', columnName = '' } = {}): DateOrder {
    const named = orderInName(columnName) ?? this.#hint;
    const mayStartWithYear = named === null && this.#shortYears.mayStandFirst;
    const one = (signs: 'slashed' | 'dotted') => {
      const short = mayStartWithYear ? [] : this.#shortYears.shown[signs];
      const all = new Set([...this.#shown[signs], ...short, ...(named === null ? [] : [named])]);
      return all.size === 1 ? ([...all][0] ?? null) : null;
    };
    return {
      slashed: one('slashed'),
      dotted: one('dotted') ?? UNKNOWN_ORDER.dotted,
      ...(mayStartWithYear ? { mayStartWithYear } : {}),
      ...(this.#startsWithYear && this.#shortYears.couldStandFirst ? { startsWithYear: true } : {}),
      ...(this.#turned.areLikely ? { mayBeTurned: true } : {}),
      ...(isFrom1904 ? { isFrom1904 } : {}),
      ...(timeZone === 'UTC' ? {} : { timeZone }),
    };
  }
}
