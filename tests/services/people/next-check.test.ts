import { beforeEach, expect, test } from 'vitest';
import { people } from '#db/schema/people.ts';
import { runs } from '#db/schema/runs.ts';
import { settings } from '#db/schema/system.ts';
import { saveSettings } from '#db/store/system/settings.ts';
import type { Settings } from '#lib/domain/settings.ts';
import { readEnv } from '#lib/env.ts';
import { checkTimes } from '#lib/services/people/next-check.ts';
import { listPeople, readPerson } from '#lib/services/people/people.ts';
import { addPerson, addRun, openServicesDatabase, operator } from '#tests/support/services-world.ts';

const db = openServicesDatabase();
const at = (time: string) => Date.parse(`2026-11-02T${time}Z`);
const NOW = at('10:05:30');

const save = (change: Partial<Settings>) => saveSettings(db, readEnv(), change, { name: 'Ann', key: 'a' }, NOW);

beforeEach(() => {
  for (const table of [people, runs, settings]) db.delete(table).run();
  save({ schedule: '*/15 * * * *' });
});

const starts = (nextCheckAt: number | null, state: 'awaiting_sync' | 'awaiting_mailbox' = 'awaiting_sync') =>
  checkTimes(db, NOW)({ state, nextCheckAt });

test('who is due, or will be, is checked when the schedule comes; mailboxes are watched as soon as they are due', () => {
  expect(starts(at('09:00:00'))).toBe(at('10:15:00'));
  expect(starts(at('10:15:00'))).toBe(at('10:15:00'));
  expect(starts(at('10:15:01'))).toBe(at('10:30:00'));
  expect(starts(at('10:07:10'), 'awaiting_mailbox')).toBe(at('10:07:10'));
  expect(starts(at('09:00:00'), 'awaiting_mailbox')).toBe(NOW);
  expect(starts(null)).toBeNull();
});

test('the answer is the same for many people, in whatever order they are asked about', () => {
  const check = checkTimes(db, NOW);
  const times = ['10:20:00', '09:00:00', '10:31:00', '10:16:00', '10:14:59'];
  const found = times.map((time) => check({ state: 'awaiting_sync', nextCheckAt: at(time) }));
  expect(found).toEqual(['10:30:00', '10:15:00', '10:45:00', '10:30:00', '10:15:00'].map(at));
});

test('the maintenance window is waited out', () => {
  save({ maintenance: { days: [0, 1, 2, 3, 4, 5, 6], from: '10:10', to: '12:00' } });
  expect(starts(at('09:00:00'))).toBe(at('12:00:00'));
  expect(starts(at('10:20:00'), 'awaiting_mailbox')).toBe(at('12:00:00'));
});

test('a cycle that waits or runs checks whoever is due now', () => {
  addRun(db, 'r1', { status: 'queued', finishedAt: null });
  expect(starts(at('09:00:00'))).toBe(NOW);
  expect(starts(at('10:20:00'))).toBe(at('10:30:00'));
});

test('while the schedule is paused no page promises a check', () => {
  const { id } = addPerson(db, { state: 'awaiting_sync', nextCheckAt: at('09:00:00') });
  const viewer = operator('Viewer');
  expect(readPerson(viewer, { id }).nextCheckAt).toBeGreaterThan(Date.now());
  save({ paused: true });
  expect(readPerson(viewer, { id }).nextCheckAt).toBeNull();
  expect(listPeople(viewer, {}).items).toMatchObject([{ id, nextCheckAt: null }]);
});
