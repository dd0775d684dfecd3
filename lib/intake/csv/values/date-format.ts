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

/** Words of languages that write the day first wherever they are spoken; not of English, nor of those that begin with the year. */
const DAY_FIRST_WORDS =
  /fecha|(?<!\p{L})data(?=[ _]?(?:d[aeio']|in[ií]|assun|admis|ingres|angaj|rozp|zatr|przyj|podj))|datum(?!a)|dato(?!s)|date[ _]?(?:d['’e]|début|debut|embauche|entr[ée]e|arriv[ée]e|prise)|embauche|eintritt|antritt|einstellung|anstellung|beginn(?!ing)|beschäftig|dienst|rozpocz|zatrudn|nástup|nastup|aloitus|alkamis|tarihi|дата|ημερομηνία/iu;

/** Whether the language of the name of a column is one in which 03/04/2026 is in April. */
export const isDayFirstName = (name: string): boolean => DAY_FIRST_WORDS.test(name);

/** The name of a column without such a format. */
export function withoutDateFormat(name: string): string {
  return name.replace(MONTH_FIRST, ' ').replace(DAY_FIRST, ' ');
}
