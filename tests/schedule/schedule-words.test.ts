import { expect, test } from 'vitest';
import { COMMON_SCHEDULES, scheduleText } from '#lib/schedule/schedule-words.ts';

test.each([
  ['* * * * *', 'every minute'],
  ['*/1 * * * *', 'every minute'],
  ['*/5 * * * *', 'every 5 minutes'],
  ['*/7 * * * *', 'every 7 minutes, counted from the full hour'],
  ['0 * * * *', 'every hour on the hour'],
  ['5 * * * *', 'every hour at :05'],
  ['0,30 * * * *', 'every hour at :00 and :30'],
  ['0 */4 * * *', 'every 4 hours on the hour'],
  ['0 2 * * *', 'every day at 02:00'],
  ['30 6,18 * * *', 'every day at 06:30 and 18:30'],
  ['0 6 * * 1-5', 'Monday to Friday at 06:00'],
  ['0 6 * * mon-fri', 'Monday to Friday at 06:00'],
  ['0 6 * * 1,3,5', 'Mondays, Wednesdays and Fridays at 06:00'],
  ['0 6 * * 7', 'Sundays at 06:00'],
  ['*/15 7-18 * * 1-5', 'every 15 minutes from 07:00 to 18:59, Monday to Friday'],
  ['0 8-17 * * *', 'every hour on the hour from 08:00 to 17:59'],
  ['*/10 9 * * *', 'every 10 minutes from 09:00 to 09:59'],
  ['0 3 1 * *', 'on day 1 of every month at 03:00'],
  ['0 3 1 1,7 *', 'on day 1 of January and July at 03:00'],
  ['  0   2 * * * ', 'every day at 02:00'],
])('%s is %s', (cron, words) => {
  expect(scheduleText(cron)).toBe(words);
});

test.each([
  '',
  '0 2 * *',
  '0 2 1 * 1',
  '1-5 2 * * *',
  '0 2 * * 1#2',
  '0 25 * * *',
  '61 * * * *',
  '@daily',
  '0 2 L * *',
])('"%s" is not put into words that could be wrong', (cron) => {
  expect(scheduleText(cron)).toBe('at the times of this cron expression');
});

test('every offered schedule has words of its own', () => {
  const words = COMMON_SCHEDULES.map(scheduleText);
  expect(words).not.toContain('at the times of this cron expression');
  expect(new Set(words).size).toBe(COMMON_SCHEDULES.length);
});
