/** The days of the week by the names that exports give them. */
import { MONTH_LANGUAGES, monthKey } from './months.ts';

let weekdays: ReadonlySet<string> | null = null;

function weekdayNames(): ReadonlySet<string> {
  if (weekdays) return weekdays;
  const made = new Set<string>();
  for (const language of [...MONTH_LANGUAGES.split(' '), 'ja', 'ko', 'zh'])
    for (const weekday of ['long', 'short'] as const) {
      const format = new Intl.DateTimeFormat(language, { weekday, timeZone: 'UTC' });
      for (let day = 1; day <= 7; day++) made.add(monthKey(format.format(Date.UTC(2026, 0, day))));
    }
  weekdays = made;
  return made;
}

/** Whether a word is such a name, long or short; `1st` is none, though Wednesday is `st` in Czech. */
export function isWeekday(word: string): boolean {
  return !/\d/.test(word) && weekdayNames().has(monthKey(word));
}
