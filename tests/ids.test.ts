import { expect, test } from 'vitest';
import { newId, utcStamp } from '#lib/ids.ts';

test('script row "stamps a run yyMMddhhmmss (12-hour clock: 01:00 equals 13:00)": ids are UTC, 24 hours, and sort by time', () => {
  const hours = Array.from({ length: 48 }, (_, hour) => newId(Date.UTC(2026, 2, 28, hour)));
  expect([...hours].sort()).toEqual(hours);
  expect(utcStamp(Date.UTC(2026, 2, 4, 13, 6, 7, 999))).toBe('20260304T130607Z');
});

test('ids of the same second differ', () => {
  const ids = Array.from({ length: 1000 }, () => newId(0));
  expect(new Set(ids).size).toBe(1000);
  for (const id of ids) expect(id).toMatch(/^19700101T000000Z-[a-z2-7]{6}$/);
});
