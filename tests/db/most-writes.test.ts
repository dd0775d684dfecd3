import { expect, onTestFinished, test } from 'vitest';
import { openDatabase } from '#db/client.ts';
import { mostWrites } from '#db/store/outcomes/intents.ts';
import { addEarlierWrites } from '#tests/support/earlier-writes.ts';

const WINDOW = 150_000;
const START = 4000 * WINDOW;

function writesOf(count: number, from: number, to: number) {
  const db = openDatabase(':memory:');
  onTestFinished(() => void db.$client.close());
  addEarlierWrites(db.$client, count, from, to);
  return db;
}

test('what a tenant accepted within one window is remembered; what it accepted over hours proves no more than its busiest window', () => {
  expect(mostWrites(writesOf(900, START, START + WINDOW - 1), START, WINDOW)).toBe(900);
  const overTenWindows = mostWrites(writesOf(900, START, START + 10 * WINDOW), START, WINDOW);
  expect(Math.abs(overTenWindows - 90)).toBeLessThanOrEqual(1);
});

test('what is too long ago, was refused or is not known proves nothing', () => {
  const db = writesOf(90, START, START + WINDOW - 1);
  expect(mostWrites(db, START + WINDOW, WINDOW)).toBe(0);
  db.$client.exec("update intents set result = 'refused' where id <= 20");
  db.$client.exec('update intents set result = null, settled_at = null where id between 21 and 50');
  expect(mostWrites(db, START, WINDOW)).toBe(40);
});
