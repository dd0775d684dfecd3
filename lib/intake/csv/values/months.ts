/** The months by the names that exports give them. */

/** Those of the calendars that are written in letters. */
export const MONTH_LANGUAGES =
  'en de de-AT fr es it nl pt pl sv da nb fi cs sk hu ro sl hr el bg ru uk tr et lv lt ca is ar th hi he id sr mk';

/** Of months alone: their days of the week are too much like months of others. */
const OTHER_LANGUAGES = 'ar-SY ar-MA ar-DZ ar-TN az be bs cy eu ga gl hy ka kk lb mn ms sq uz';

/** By which names are compared: lower case, without accents and signs; in Thai a mark tells March from January. */
export const monthKey = (name: string) =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/ı/g, 'i')
    .replace(/[^\p{L}\p{Script=Thai}]/gu, '');

let months: ReadonlyMap<string, number | null> | null = null;

/** The number of each month by its names, long and short, alone and within a date; null where two languages mean different months. */
function monthsByName(): ReadonlyMap<string, number | null> {
  if (months) return months;
  const made = new Map<string, number | null>();
  const add = (name: string, month: number) => {
    const key = monthKey(name);
    // Thai has names of two letters, which are no words besides.
    if (key.length >= 3 || /^\p{Script=Thai}+$/u.test(key))
      made.set(key, made.has(key) && made.get(key) !== month ? null : month);
  };
  for (const language of `${MONTH_LANGUAGES} ${OTHER_LANGUAGES}`.split(' '))
    for (const month of ['long', 'short'] as const)
      for (const day of [undefined, 'numeric'] as const) {
        const format = new Intl.DateTimeFormat(language, { month, day, timeZone: 'UTC' });
        for (let number = 1; number <= 12; number++) {
          const parts = format.formatToParts(Date.UTC(2026, number - 1, 5));
          const name = parts.find(({ type }) => type === 'month')?.value ?? '';
          add(name, number);
          // "In May", in one word.
          if (language === 'he') add(`ב${name}`, number);
        }
      }
  // As people, Windows and Excel shorten them where CLDR does not.
  for (const [name, month] of [
    ['mar', 3],
    ['mrz', 3],
    ['maer', 3],
    ['maerz', 3],
    ['sept', 9],
    ['juill', 7],
    ['mai', 5],
    ['oct', 10],
    ['okt', 10],
    ['aou', 8],
    ['фев', 2],
    ['сен', 9],
    ['ноя', 11],
    ['яну', 1],
    ['кві', 4],
    ['тра', 5],
    ['чер', 6],
    ['сер', 8],
    ['жов', 10],
    ['лис', 11],
    ['гру', 12],
  ] as const)
    made.set(name, month);
  for (const [index, name] of 'saus vas kov bal geg birž liep rugp rugs spal lapkr gruod'.split(' ').entries())
    made.set(monthKey(name), index + 1);
  months = made;
  return made;
}

/** As Poland, Hungary and Russia write them. */
const ROMAN = 'I II III IV V VI VII VIII IX X XI XII'.split(' ');

/** 1 to 12; null where this is no name of a month, or one of several. */
export function monthOf(name: string): number | null {
  const roman = ROMAN.indexOf(name);
  return roman >= 0 ? roman + 1 : (monthsByName().get(monthKey(name)) ?? null);
}
