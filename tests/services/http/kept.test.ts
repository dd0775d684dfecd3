import { expect, onTestFinished, test, vi } from 'vitest';
import { openDatabase } from '#db/client.ts';
import { countByState } from '#db/store/people/people-counts.ts';
import { readEnv } from '#lib/env.ts';
import { keptUntilWritten } from '#lib/services/http/kept.ts';
import { addPerson, openServicesDatabase } from '#tests/support/services-world.ts';

const db = openServicesDatabase();

test('an answer is given again while nobody writes, and read anew after a write of this process or another', () => {
  const states = keptUntilWritten((tx) => countByState(tx));
  const first = states();
  expect(states()).toBe(first);
  addPerson(db);
  const second = states();
  expect(second).not.toEqual(first);
  expect(states()).toBe(second);
  const other = openDatabase(readEnv().databaseFile);
  addPerson(other, { state: 'held', reason: 'safety_limit' });
  other.$client.close();
  expect(states()).not.toEqual(second);
});

test('who asks with something else has an answer of their own, and nobody has one that is older than a minute', () => {
  const asked = keptUntilWritten((_tx, now, language: string, midnight: number) => ({ now, language, midnight }));
  const first = asked('en', 1);
  expect(asked('de', 1)).toMatchObject({ language: 'de' });
  expect(asked('en', 2)).toMatchObject({ midnight: 2 });
  expect(asked('en', 1)).toBe(first);
  vi.useFakeTimers({ now: first.now + 60_000 });
  onTestFinished(() => void vi.useRealTimers());
  expect(asked('en', 1).now).toBe(first.now + 60_000);
});
