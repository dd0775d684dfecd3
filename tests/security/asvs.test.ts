import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const ROOT = path.join(import.meta.dirname, '..', '..');
const table = readFileSync(path.join(import.meta.dirname, 'asvs.md'), 'utf8');
const rows = [...table.matchAll(/^\| (\d+\.\d+\.\d+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$/gm)].map(
  ([, number = '', what = '', state = '', why = '']) => ({ number, what, state, why }),
);

test('every requirement of levels 1 and 2 has one row, in order', () => {
  expect(rows).toHaveLength(253);
  const order = rows.map(({ number }) => number.split('.').reduce((sum, part) => sum * 100 + Number(part), 0));
  expect(order).toEqual(order.toSorted((a, b) => a - b));
  expect(new Set(order).size).toBe(rows.length);
});

test('each is met, not met or not applicable, and says by what or why', () => {
  const states = ['met', 'n/a', 'not met'];
  expect(rows.filter(({ state, why }) => !states.includes(state) || why.trim() === '')).toEqual([]);
  const [, met, none, open] = /Met: (\d+); not applicable: (\d+); not met: (\d+)/.exec(table) ?? [];
  const count = (wanted: string) => rows.filter(({ state }) => state === wanted).length;
  expect([met, none, open].map(Number)).toEqual(states.map(count));
});

test('every file and test that the table names is there', () => {
  const named = rows.flatMap(({ why }) => [...why.matchAll(/`([^`]+)`/g)].map(([, file = '']) => file));
  expect(named.length).toBeGreaterThan(100);
  const files = named.filter((file) => !file.startsWith('npm run '));
  expect(files.filter((file) => !existsSync(path.join(ROOT, file)))).toEqual([]);
});

test('every part of the guide that the table names is a heading of it', () => {
  const guides = [...table.matchAll(/administrators\.md` \(([^)]*)\)/g)].flatMap(([, parts = '']) => parts.split(', '));
  const guide = readFileSync(path.join(ROOT, 'public', 'help', 'administrators.md'), 'utf8');
  const headings = [...guide.matchAll(/^#+ (.*)$/gm)].map(([, heading]) => heading?.toLowerCase());
  expect(guides.filter((part) => part !== 'roles' && !headings.includes(part.toLowerCase()))).toEqual([]);
});
