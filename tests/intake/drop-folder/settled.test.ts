import { lstatSync, mkdtempSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { settlingOf } from '#lib/intake/drop-folder/settled.ts';

const SETTLE_MS = 10_000;
const DAY_MS = 24 * 3_600_000;

test('a file that was first seen before the clock was set back by a day is settled as soon as any other', () => {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'settled-')), 'newcomers.csv');
  writeFileSync(file, 'CN,UserPrincipalName,EmployeeType\n');
  const now = Date.now();
  const wrong = now + DAY_MS;
  utimesSync(file, wrong / 1000, wrong / 1000);
  const settling = (at: number) => settlingOf(file, lstatSync(file, { bigint: true }), SETTLE_MS, at);
  expect(settling(wrong + 1)).toBe('changing');
  expect(settling(now)).toBe('ahead');
  expect(settling(now + SETTLE_MS)).toBe('settled');
});
