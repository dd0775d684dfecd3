import { expect, test } from 'vitest';
import { COMMON_SCHEDULES, scheduleText } from '#lib/schedule/schedule-text.ts';

test.each([
  ['* * * * *', 'Every minute'],
  ['*/1 * * * *', 'Every minute'],
  ['*/5 * * * *', 'Every 5 minutes'],
  ['*/7 * * * *', 'Every 7 minutes, at 0, 7, 14, 21, 28, 35, 42, 49, and 56 minutes past the hour'],
  ['0 * * * *', 'Every hour, every day'],
  ['5 * * * *', 'At 5 minutes past the hour'],
  ['0,30 * * * *', 'At 0 and 30 minutes past the hour'],
  ['0 */4 * * *', 'On the hour, every 4 hours, every day'],
  ['0 */5 * * *', 'On the hour, every 5 hours, at 00:00, 05:00, 10:00, 15:00, and 20:00, every day'],
  ['0 2 * * *', 'At 02:00, every day'],
  ['30 6,18 * * *', 'At 06:30 and 18:30, every day'],
  ['0 6 * * 1-5', 'At 06:00, Monday through Friday'],
  ['0 6 * * mon-fri', 'At 06:00, Monday through Friday'],
  ['0 6 * * 1,3,5', 'At 06:00, only on Monday, Wednesday, and Friday'],
  ['0 6 * * 7', 'At 06:00, only on Sunday'],
  ['*/15 7-18 * * 1-5', 'Every 15 minutes, between 07:00 and 18:59, Monday through Friday'],
  ['0 8-17 * * *', 'Every hour, between 08:00 and 17:00, every day'],
  ['*/10 9 * * *', 'Every 10 minutes, between 09:00 and 09:59, every day'],
  ['0 3 1 * *', 'At 03:00, on day 1 of the month'],
  ['0 3 1 1,7 *', 'At 03:00, on day 1 of the month, only in January and July'],
  ['  0   2 * * * ', 'At 02:00, every day'],
  ['0 2 1 * 1', 'At 02:00, on day 1 of the month, and on Monday'],
  ['1-5 2 * * *', 'Every minute between 02:01 and 02:05, every day'],
  ['0 2 * * 1#2', 'At 02:00, on the second Monday of the month'],
  ['@daily', 'At 00:00, every day'],
  ['0 2 L * *', 'At 02:00, on the last day of the month'],
])('%s is: %s', (cron, words) => {
  expect(scheduleText(cron)).toBe(words);
});

test.each(['', '0 2 * *', '0 25 * * *', '61 * * * *', 'now and then'])(
  '"%s" is not put into words that could be wrong',
  (cron) => {
    expect(scheduleText(cron)).toBe('At the times of this cron expression');
  },
);

test.each([
  ['* * * * *', 'Jede Minute'],
  ['*/15 7-18 * * 1-5', 'Alle 15 Minuten, zwischen 07:00 und 18:59, Montag bis Freitag'],
  ['0 2 * * *', 'Um 02:00, jeden Tag'],
  ['now and then', 'Zu den Zeiten dieses Cron-Ausdrucks'],
])('%s is in German: %s', (cron, words) => {
  expect(scheduleText(cron, 'de')).toBe(words);
});

test('every offered schedule has words of its own', () => {
  const words = COMMON_SCHEDULES.map((cron) => scheduleText(cron));
  expect(words).not.toContain('At the times of this cron expression');
  expect(new Set(words).size).toBe(COMMON_SCHEDULES.length);
});
