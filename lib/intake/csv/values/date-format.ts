/** How dates are to be written, where the name of a column says so: `Start date (dd/mm/yyyy)`. Pure. */

export type DayMonth = 'day_first' | 'month_first';

/** Each letter once or more. */
const run = (letters: string, least: number, most: number) =>
  `(?:${[...letters].map((letter) => `${letter}{${least},${most}}`).join('|')})`;

/** With signs between, or with two letters each and nothing between; a month by its name (`mmm`) tells nothing. */
function format(first: string, second: string): RegExp {
  // The letters for the year in the languages of spreadsheets.
  const years = 'yjaгrvåeéχ';
  const apart = [run(first, 1, 2), run(second, 1, 2), run(years, 1, 4)].join(String.raw`[./\- ]{1,2}`);
  const joined = run(first, 2, 2) + run(second, 2, 2) + run(years, 2, 4);
  return new RegExp(String.raw`(?<![\p{L}\d])(?:${apart}|${joined})(?![\p{L}\d])`, 'iu');
}

const DAY_FIRST = format('dtjgpдη', 'mkaмμ');
const MONTH_FIRST = format('mм', 'dд');

/** Null: the name says nothing about it. */
export function orderInName(name: string): DayMonth | null {
  if (MONTH_FIRST.test(name)) return 'month_first';
  return DAY_FIRST.test(name) ? 'day_first' : null;
}

/** The name of a column without such a format. */
export function withoutDateFormat(name: string): string {
  return name.replace(MONTH_FIRST, ' ').replace(DAY_FIRST, ' ');
}
