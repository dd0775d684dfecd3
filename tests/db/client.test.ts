import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { hardlyWaiting, openDatabase, waitPatiently } from '#db/client.ts';
import { settings } from '#db/schema/system.ts';

const row = (key: string) => ({ key, value: key, updatedAt: 1, updatedBy: 'test' });

test('one text gives rows as objects and as the columns of a query, in whatever order it is asked for', () => {
  const db = openDatabase(':memory:');
  db.insert(settings).values(row('a')).run();
  const query = db.select({ name: settings.key }).from(settings);
  const asObject = () => db.get<unknown>(sql.raw(query.toSQL().sql));
  const answers = [query.get(), asObject(), query.all(), asObject(), db.values(sql.raw(query.toSQL().sql))];
  expect(answers).toEqual([{ name: 'a' }, { key: 'a' }, [{ name: 'a' }], { key: 'a' }, [['a']]]);
});

test('a transaction is all or nothing, also within another, and keeps what was prepared on the connection', () => {
  const db = openDatabase(':memory:');
  const fail = (key: string) =>
    db.transaction(
      (tx) => {
        tx.insert(settings).values(row(key)).run();
        throw new Error(key);
      },
      { behavior: 'immediate' },
    );
  expect(() => fail('a')).toThrow('a');
  db.transaction((tx) => {
    expect(tx.$client).toBe(db.$client);
    tx.insert(settings).values(row('b')).run();
    expect(() => fail('c')).toThrow('c');
  });
  expect(db.select({ key: settings.key }).from(settings).all()).toEqual([{ key: 'b' }]);
  expect(db.$client.inTransaction).toBe(false);
});

test('what may come later waits less for a lock, and afterwards the connection waits as long as before', () => {
  const patience = (db: ReturnType<typeof openDatabase>) => Number(db.$client.pragma('busy_timeout', { simple: true }));
  const page = openDatabase(':memory:');
  const thread = waitPatiently(openDatabase(':memory:'));
  expect(patience(thread)).toBeGreaterThan(patience(page));
  for (const db of [page, thread]) {
    const before = patience(db);
    expect(hardlyWaiting(db, () => patience(db))).toBeLessThan(patience(page));
    expect(patience(db)).toBe(before);
  }
});
