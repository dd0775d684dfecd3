import { describe, expect, test } from 'vitest';
import { isInMaintenance, nextCycleTimes, nextMaintenance } from '#lib/schedule/maintenance.ts';

const at = (text: string) => Date.parse(text);
const iso = (times: readonly number[]) => times.map((time) => new Date(time).toISOString().slice(0, 16));
const EVERY_DAY = [0, 1, 2, 3, 4, 5, 6];

/** 27 November 2026 is a Friday. */
const OVER_NIGHT = { days: [5], from: '22:00', to: '02:00' };

describe('whether it is time for maintenance', () => {
  test.each([
    ['before it starts', '2026-11-27T21:59Z', false],
    ['as it starts', '2026-11-27T22:00Z', true],
    ['after midnight', '2026-11-28T01:59Z', true],
    ['as it ends', '2026-11-28T02:00Z', false],
    ['on the morning of its day, before it', '2026-11-27T01:00Z', false],
    ['on another evening', '2026-11-28T23:00Z', false],
  ])('%s', (_what, time, expected) => {
    expect(isInMaintenance(OVER_NIGHT, 'UTC', at(time))).toBe(expected);
  });

  test('the clock of the zone counts', () => {
    expect(isInMaintenance(OVER_NIGHT, 'Europe/Berlin', at('2026-11-27T21:00Z'))).toBe(true);
    expect(isInMaintenance(OVER_NIGHT, 'America/New_York', at('2026-11-27T22:00Z'))).toBe(false);
  });

  test('equal times are a whole day, and no window is never', () => {
    const wholeDay = { days: [5], from: '06:00', to: '06:00' };
    expect(isInMaintenance(wholeDay, 'UTC', at('2026-11-28T05:59Z'))).toBe(true);
    expect(isInMaintenance(wholeDay, 'UTC', at('2026-11-28T06:00Z'))).toBe(false);
    expect(isInMaintenance(null, 'UTC', at('2026-11-28T05:59Z'))).toBe(false);
  });
});

test('the next window, and within one: what is left of it', () => {
  expect(nextMaintenance(OVER_NIGHT, 'UTC', at('2026-11-25T12:00Z'))).toEqual({
    from: at('2026-11-27T22:00Z'),
    to: at('2026-11-28T02:00Z'),
  });
  const now = at('2026-11-28T01:00Z');
  expect(nextMaintenance(OVER_NIGHT, 'UTC', now)).toEqual({ from: now, to: at('2026-11-28T02:00Z') });
});

test('times within the window are caught up once, as it ends', () => {
  const plan = { schedule: '*/30 * * * *', timeZone: 'UTC', maintenance: { ...OVER_NIGHT, to: '02:10' } };
  expect(iso(nextCycleTimes(plan, at('2026-11-27T21:10Z'), 4))).toEqual([
    '2026-11-27T21:30',
    '2026-11-28T02:10',
    '2026-11-28T02:30',
    '2026-11-28T03:00',
  ]);
});

test('a schedule that only ever falls into the window runs as it ends', () => {
  const plan = { schedule: '0 2 * * *', timeZone: 'UTC', maintenance: { days: EVERY_DAY, from: '01:00', to: '03:00' } };
  expect(iso(nextCycleTimes(plan, at('2026-11-27T21:10Z'), 2))).toEqual(['2026-11-28T03:00', '2026-11-29T03:00']);
});

test('a window that never ends leaves no time', () => {
  const plan = { schedule: '0 * * * *', timeZone: 'UTC', maintenance: { days: EVERY_DAY, from: '01:00', to: '01:00' } };
  expect(nextCycleTimes(plan, at('2026-11-27T21:10Z'), 3)).toEqual([]);
});

test('a window over the hour that summer time skips ends all the same', () => {
  const plan = {
    schedule: '0 * * * *',
    timeZone: 'Europe/Berlin',
    maintenance: { days: [0], from: '01:30', to: '02:30' },
  };
  // 29 March 2026, 02:00 to 03:00 does not exist in Berlin.
  expect(iso(nextCycleTimes(plan, at('2026-03-29T00:10Z'), 2))).toEqual(['2026-03-29T01:00', '2026-03-29T02:00']);
});
