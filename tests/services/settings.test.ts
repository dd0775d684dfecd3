import { expect, test } from 'vitest';
import { events } from '#db/schema.ts';
import { readSettings, saveSettings } from '#lib/services/settings.ts';
import { openServicesDatabase, operator } from './world.ts';

const db = openServicesDatabase();
const admin = operator('Admin');
const change = (input: unknown) => saveSettings(admin, input);
const inForce = () => readSettings(admin).settings;

test('an Admin changes one setting: it is in force, the others stay, and the history says who', () => {
  const before = inForce();
  expect(change({ safetyLimit: 7 }).settings).toEqual({ ...before, safetyLimit: 7 });
  expect(inForce().safetyLimit).toBe(7);
  expect(db.select().from(events).all()).toMatchObject([
    { kind: 'settings.changed', actor: 'Demo Admin', actorKey: 'demo/admin', data: { name: 'safetyLimit', after: 7 } },
  ]);
});

test('the next times follow the schedule and its zone, and a paused schedule has none', () => {
  const { nextTimes } = change({ schedule: '30 2 * * *', timeZone: 'Europe/Berlin' });
  expect(nextTimes).toHaveLength(5);
  const inBerlin = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Berlin', timeStyle: 'short' });
  expect(new Set(nextTimes.map((time) => inBerlin.format(time)))).toEqual(new Set(['02:30']));
  expect(change({ paused: true }).nextTimes).toEqual([]);
});

test.each([
  ['a schedule that cannot be read', { schedule: 'every now and then' }, /^schedule: /],
  ['a schedule that never comes', { schedule: '0 0 31 2 *' }, /^schedule: /],
  ['a zone that does not exist', { timeZone: 'Mars/Olympus' }, /^schedule: /],
  ['a country that does not exist', { defaultUsageLocation: 'XQ' }, /^defaultUsageLocation: /],
  ['a negative limit', { safetyLimit: -1 }, /^safetyLimit: /],
  ['an emptied limit', { safetyLimit: null }, /^safetyLimit: must be a whole number/],
  [
    'a recipient that is no address',
    { reportSender: 'a@b.example', reportRecipients: ['nobody'] },
    /^reportRecipients\.0: /,
  ],
  ['recipients without a sender', { reportRecipients: ['a@b.example'] }, /^reportSender: /],
  ['a setting that does not exist', { superuser: true }, /superuser/],
])('%s is refused by name, and nothing changes', (_what, input, message) => {
  const before = inForce();
  expect(() => change({ paused: !before.paused, ...input })).toThrow(message);
  expect(inForce()).toEqual(before);
});

test('a country is taken in lower case and kept in capitals', () => {
  expect(change({ defaultUsageLocation: ' de ' }).settings.defaultUsageLocation).toBe('DE');
});
