import { expect, test } from 'vitest';
import { dayOfMonthText, shortDayText } from '#components/text/time-text.ts';
import { sayIn } from '#lib/words/dictionary.ts';

test.each([
  ['en', '2026-12-03', 'Thu 3 Dec', '3 Dec'],
  ['en', '2026-03-01', 'Sun 1 Mar', '1 Mar'],
  ['de', '2026-12-03', 'Do, 3. Dez.', '3. Dez.'],
  ['de', '2026-03-01', 'So, 1. März', '1. März'],
] as const)('in %s the day %s is %s, or %s where there is little room', (language, day, long, short) => {
  const say = sayIn(language, 'time');
  expect([shortDayText(say, day), dayOfMonthText(say, day)]).toEqual([long, short]);
});
