import { expect, test } from 'vitest';
import { cookieOf, PREFERENCES, readPreferences } from '#components/preferences/preferences.ts';
import { zonedText } from '#components/text/time-text.ts';
import { english } from '#tests/support/english.ts';

const USUAL = {
  language: 'accepted',
  theme: 'system',
  times: 'relative',
  zone: 'browser',
  clock: 'h23',
  rows: 'comfortable',
};

test('a cookie gives back what was chosen; whatever it does not know is as usual', () => {
  const chosen = {
    language: 'de',
    theme: 'dark',
    times: 'absolute',
    zone: 'utc',
    clock: 'h12',
    rows: 'dense',
  } as const;
  expect(readPreferences(cookieOf(chosen))).toEqual(chosen);
  expect(readPreferences(undefined)).toEqual(USUAL);
  expect(readPreferences('<script>.constructor.dense.toString')).toEqual({ ...USUAL, rows: 'dense' });
});

test('no two preferences share the name of a value', () => {
  const values = Object.values(PREFERENCES).flat();
  expect(new Set(values).size).toBe(values.length);
});

test.each([
  { zone: 'UTC', isHour12: false, hasSeconds: true, text: '22 Nov 2026, 23:03:09' },
  { zone: 'Europe/Berlin', isHour12: false, hasSeconds: false, text: '23 Nov 2026, 00:03' },
  { zone: 'Europe/Berlin', isHour12: true, hasSeconds: true, text: '23 Nov 2026, 12:03:09 am' },
  { zone: 'America/New_York', isHour12: true, hasSeconds: false, text: '22 Nov 2026, 6:03 pm' },
])('$text in $zone', ({ zone, isHour12, hasSeconds, text }) => {
  expect(zonedText(english('time'), Date.parse('2026-11-22T23:03:09Z'), zone, isHour12, hasSeconds)).toBe(text);
});
