import { expect, test } from 'vitest';
import { openDatabase } from '#db/client.ts';
import { events } from '#db/schema/events.ts';
import { settings } from '#db/schema/system.ts';
import { mappingsInForce, seedMappings } from '#db/store/mappings/mappings.ts';
import { readSettings, saveSettings } from '#db/store/system/settings.ts';
import { readEnv } from '#lib/env.ts';

const env = readEnv({ SAFETY_LIMIT: '50' });
const admin = { name: 'Demo Admin', key: 'demo/admin' };

test('the environment gives the first value and what an operator saved wins', () => {
  const db = openDatabase(':memory:');
  expect(readSettings(db, env).safetyLimit).toBe(50);
  saveSettings(db, env, { safetyLimit: 7 }, admin, 1);
  expect(readSettings(db, env).safetyLimit).toBe(7);
});

test('what was read is one’s own, and what is found is that of the database and the environment that are asked', () => {
  const [db, other] = [openDatabase(':memory:'), openDatabase(':memory:')];
  saveSettings(db, env, { safetyLimit: 7 }, admin, 1);
  readSettings(db, env).safetyLimit = 9;
  expect(readSettings(db, env).safetyLimit).toBe(7);
  expect(readSettings(other, env).safetyLimit).toBe(50);
  expect(readSettings(other, readEnv({ SAFETY_LIMIT: '60' })).safetyLimit).toBe(60);
  db.delete(settings).run();
  expect(readSettings(db, env).safetyLimit).toBe(50);
});

test('a change says who changed what, from what to what', () => {
  const db = openDatabase(':memory:');
  saveSettings(db, env, { safetyLimit: 7, timeZone: 'UTC' }, admin, 1);
  expect(db.select().from(events).all()).toMatchObject([
    { actor: 'Demo Admin', kind: 'settings.changed', data: { name: 'safetyLimit', before: 50, after: 7 } },
  ]);
});

test('a saved value that no longer makes sense does not stop the product', () => {
  const db = openDatabase(':memory:');
  db.insert(settings).values({ key: 'settings.safetyLimit', value: 'many', updatedAt: 1, updatedBy: 'x' }).run();
  expect(readSettings(db, env).safetyLimit).toBe(50);
});

test('script row "E → EXCHANGESTANDARD, N → EXCHANGEDESKLESS": both are seeded once, with location US', () => {
  const db = openDatabase(':memory:');
  seedMappings(db, 1);
  seedMappings(db, 2);
  const seeded = [...mappingsInForce(db)].map(([key, { licences, usageLocation, version }]) => [
    key,
    licences.map(({ skuPartNumber }) => skuPartNumber).join(),
    usageLocation,
    version,
  ]);
  expect(seeded.sort()).toEqual([
    ['e', 'EXCHANGESTANDARD', 'US', 1],
    ['n', 'EXCHANGEDESKLESS', 'US', 1],
  ]);
});
