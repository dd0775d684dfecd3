import { expect, test } from 'vitest';
import { dayOfMonthText, dayText, shortDayText } from '#components/text/time-text.ts';
import { sayIn } from '#lib/words/dictionary.ts';

test.each([
  ['en', '2026-12-03', 'Thu 3 Dec', '3 Dec', '3 Dec 2026'],
  ['en', '2026-03-01', 'Sun 1 Mar', '1 Mar', '1 Mar 2026'],
  ['de', '2026-12-03', 'Do, 3. Dez.', '3. Dez.', '3. Dez. 2026'],
  ['de', '2026-03-01', 'So, 1. März', '1. März', '1. März 2026'],
] as const)(
  'in %s the day %s is %s, %s where there is little room, %s with its year',
  (language, day, long, short, full) => {
    const say = sayIn(language, 'time');
    expect([shortDayText(say, day), dayOfMonthText(say, day), dayText(say, day)]).toEqual([long, short, full]);
  },
);
