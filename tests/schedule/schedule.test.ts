import { describe, expect, test } from 'vitest';
import { isDue, nextTimes, scheduleProblem } from '#lib/schedule/schedule.ts';

const at = (iso: string) => Date.parse(iso);

describe('isDue', () => {
  test('a time that passed since the last run is due, once, however many were missed', () => {
    const served = at('2026-11-22T10:00:00Z');
    expect(isDue('*/15 * * * *', 'UTC', served, at('2026-11-22T10:14:59Z'))).toBe(false);
    expect(isDue('*/15 * * * *', 'UTC', served, at('2026-11-22T10:15:00Z'))).toBe(true);
    const afterDowntime = at('2026-11-23T09:07:00Z');
    expect(isDue('*/15 * * * *', 'UTC', served, afterDowntime)).toBe(true);
    expect(isDue('*/15 * * * *', 'UTC', afterDowntime, at('2026-11-23T09:08:00Z'))).toBe(false);
  });

  test('a daily 02:30 in Berlin runs on the day that has no 02:30', () => {
    const served = at('2026-03-28T12:00:00Z');
    const runs = Array.from({ length: 24 * 60 }, (_, minute) => served + minute * 60_000).filter((now) =>
      isDue('30 2 * * *', 'Europe/Berlin', served, now),
    );
    expect(runs.length).toBeGreaterThan(0);
  });

  test('every quarter hour in New York keeps its pace through the repeated hour', () => {
    const times = nextTimes('*/15 * * * *', 'America/New_York', at('2026-11-01T04:00:00Z'), 16);
    const gaps = times.slice(1).map((time, index) => (time - (times[index] ?? 0)) / 60_000);
    expect(new Set(gaps)).toEqual(new Set([15]));
  });
});

test.each([
  ['61 * * * *', 'UTC'],
  ['nonsense', 'UTC'],
  ['* * * * *', 'Mars/Olympus'],
])('a schedule that cannot be read is said to be wrong: %s in %s', (schedule, zone) => {
  expect(scheduleProblem(schedule, zone)).toEqual(expect.any(String));
});

test('a good schedule has no problem', () => {
  expect(scheduleProblem('*/15 * * * *', 'Europe/Berlin')).toBeNull();
});

test('what cannot be read is said in our words, not in those of a library', () => {
  expect(scheduleProblem('61 * * * x', 'UTC')).toBe(
    'This schedule cannot be read: write five fields such as */15 * * * *.',
  );
});
