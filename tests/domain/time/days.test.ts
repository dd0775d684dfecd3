import { expect, test } from 'vitest';
import { dayEnd, dayStart } from '#lib/domain/time/days.ts';

test.each([
  { zone: 'UTC', day: '2026-11-02', from: '2026-11-02T00:00:00Z', to: '2026-11-03T00:00:00Z' },
  { zone: 'Europe/Berlin', day: '2026-07-01', from: '2026-06-30T22:00:00Z', to: '2026-07-01T22:00:00Z' },
  // Clocks go forward and back: 23 and 25 hours.
  { zone: 'Europe/Berlin', day: '2026-03-29', from: '2026-03-28T23:00:00Z', to: '2026-03-29T22:00:00Z' },
  { zone: 'Europe/Berlin', day: '2026-10-25', from: '2026-10-24T22:00:00Z', to: '2026-10-25T23:00:00Z' },
  // Midnight itself is left out: the day begins at one.
  { zone: 'America/Sao_Paulo', day: '2018-11-04', from: '2018-11-04T03:00:00Z', to: '2018-11-05T02:00:00Z' },
  { zone: 'Pacific/Kiritimati', day: '2026-01-01', from: '2025-12-31T10:00:00Z', to: '2026-01-01T10:00:00Z' },
  { zone: 'Pacific/Niue', day: '2026-12-31', from: '2026-12-31T11:00:00Z', to: '2027-01-01T11:00:00Z' },
  { zone: 'Asia/Kathmandu', day: '2024-02-29', from: '2024-02-28T18:15:00Z', to: '2024-02-29T18:15:00Z' },
  // Samoa went over the date line: this day never was.
  { zone: 'Pacific/Apia', day: '2011-12-30', from: '2011-12-30T10:00:00Z', to: '2011-12-30T10:00:00Z' },
])('$day in $zone', ({ zone, day, from, to }) => {
  const iso = (at: number) => new Date(at).toISOString().replace('.000', '');
  expect([iso(dayStart(day, zone)), iso(dayEnd(day, zone))]).toEqual([from, to]);
});
