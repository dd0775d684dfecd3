import { mkdirSync, mkdtempSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { events } from '#db/schema/events.ts';
import { people } from '#db/schema/people.ts';
import { previewSchedule, readSettings, saveSettings } from '#lib/services/settings/settings.ts';
import { addPerson, openServicesDatabase, operator } from '#tests/support/services-world.ts';

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

test('a maintenance window can be given up again, and the history tells what it was', () => {
  const maintenance = { days: [6], from: '22:00', to: '23:00' };
  expect(change({ maintenance }).settings.maintenance).toEqual(maintenance);
  expect(change({ maintenance: null }).settings.maintenance).toBeNull();
  expect(inForce().maintenance).toBeNull();
  expect(db.select().from(events).all().at(-1)).toMatchObject({ data: { before: maintenance, after: null } });
});

test('the next times follow the schedule, are written as clocks in its zone show them, and a paused schedule has none', () => {
  const { plan } = change({ schedule: '30 2 * * *', timeZone: 'Europe/Berlin' });
  expect(plan).toMatchObject({ text: 'At 02:30, every day', problem: null, timeZone: 'Europe/Berlin' });
  expect(plan.nextTimes).toHaveLength(5);
  for (const { at, text } of plan.nextTimes) {
    expect(text).toMatch(/^\w{3},? \d+ \w{3,4},? 02:30$/);
    expect(new Date(at).toISOString()).toMatch(/T0[01]:30:00/);
  }
  expect(change({ paused: true }).plan.nextTimes).toEqual([]);
});

test('a schedule can be tried before it is saved; nothing changes by it', () => {
  const before = inForce();
  const plan = { schedule: '*/10 * * * *', timeZone: 'UTC', paused: false, maintenance: null };
  expect(previewSchedule(admin, plan)).toMatchObject({ text: 'Every 10 minutes', problem: null, maintenance: null });
  const maintenance = { days: [5, 6], from: '22:00', to: '02:00' };
  expect(previewSchedule(admin, { ...plan, maintenance })).toMatchObject({
    maintenance: { text: 'Fridays and Saturdays from 22:00 to 02:00 of the next day' },
  });
  expect(previewSchedule(admin, { ...plan, maintenance }, 'de')).toMatchObject({
    text: 'Alle 10 Minuten',
    maintenance: { text: 'freitags und samstags von 22:00 bis 02:00 des nächsten Tages' },
  });
  // Empty while somebody types it anew.
  for (const timeZone of ['', 'Mars/Olympus'])
    expect(previewSchedule(admin, { ...plan, timeZone })).toMatchObject({
      problem: expect.stringContaining('time zone'),
      nextTimes: [],
    });
  expect(previewSchedule(admin, { ...plan, schedule: 'now and then' })).toMatchObject({
    problem: expect.stringContaining('five fields'),
    nextTimes: [],
  });
  expect(inForce()).toEqual(before);
});

describe('two Admins at once', () => {
  const other = { ...admin, name: 'Mia Admin', key: 'demo/mia' };

  test('who comes second is told who was first, and nothing of it is saved', () => {
    const before = inForce();
    saveSettings(other, { syncLimitDays: 14, before: { syncLimitDays: before.syncLimitDays } });
    const late = { syncLimitDays: 3, retentionDays: 90, before };
    expect(() => change(late)).toThrow(expect.objectContaining({ code: 'conflict' }));
    expect(() => change(late)).toThrow(/^syncLimitDays: Mia Admin has changed this/);
    expect(inForce()).toEqual({ ...before, syncLimitDays: 14 });
  });

  test('different settings, or the same value, are no conflict; having seen the other value one may change it', () => {
    const before = inForce();
    saveSettings(other, { mailboxLimitHours: 48, before });
    expect(change({ retentionDays: 30, before }).settings).toMatchObject({ mailboxLimitHours: 48, retentionDays: 30 });
    expect(change({ mailboxLimitHours: 48, before }).settings.mailboxLimitHours).toBe(48);
    expect(change({ mailboxLimitHours: 12, before: inForce() }).settings.mailboxLimitHours).toBe(12);
  });
});

test('every problem is named at once', () => {
  expect(() =>
    change({ retentionDays: 1, dropFolder: 'idm', maintenance: { days: [], from: '9', to: '10:00' } }),
  ).toThrow(
    /^maintenance\.days: choose at least one day\nmaintenance\.from: .*\ndropFolder: must be an absolute path.*\nretentionDays: must be a whole number from 7 to 3,650$/,
  );
});

test.each([
  ['a schedule that cannot be read', { schedule: 'every now and then' }, /^schedule: /],
  ['a schedule that never comes', { schedule: '0 0 31 2 *' }, /^schedule: /],
  ['a zone that does not exist', { timeZone: 'Mars/Olympus' }, /^timeZone: There is no such time zone/],
  ['a country that does not exist', { defaultUsageLocation: 'XQ' }, /^defaultUsageLocation: /],
  ['an order without a required column', { columnOrder: ['CN', 'Mail'] }, /^columnOrder: must name each column once/],
  [
    'a name for no known column',
    { columnAliases: ['Mail = Email'] },
    /^columnAliases\.0: must be one of UserPrincipalName/,
  ],
  ['a negative limit', { safetyLimit: -1 }, /^safetyLimit: /],
  ['an emptied limit', { safetyLimit: null }, /^safetyLimit: must be a whole number/],
  [
    'a recipient that is no address',
    { reportSender: 'a@b.example', reportRecipients: ['nobody'] },
    /^reportRecipients\.0: /,
  ],
  ...['\r\nBcc: x@evil.example', '\u0000', '\u202e', '\ue000'].map((end): [string, object, RegExp] => [
    `an address that ends with ${JSON.stringify(end)}`,
    { reportSender: `a@b.example${end}x` },
    /^reportSender: must be a mail address$/,
  ]),
  ['recipients without a sender', { reportRecipients: ['a@b.example'] }, /^reportSender: /],
  ['a folder without its place', { dropFolder: 'idm' }, /^dropFolder: /],
  [
    'a maintenance window without a day',
    { maintenance: { days: [], from: '22:00', to: '23:00' } },
    /^maintenance\.days: /,
  ],
  [
    'a maintenance window at no time',
    { maintenance: { days: [1], from: '25:00', to: '23:00' } },
    /^maintenance\.from: /,
  ],
  ['a setting that does not exist', { superuser: true }, /superuser/],
])('%s is refused by name, and nothing changes', (_what, input, message) => {
  const before = inForce();
  expect(() => change({ paused: !before.paused, ...input })).toThrow(message);
  expect(inForce()).toEqual(before);
});

test('a country is accepted in lower case and stored in capitals', () => {
  expect(change({ defaultUsageLocation: ' de ' }).settings.defaultUsageLocation).toBe('DE');
});

test('a setting by which people wait has the next cycle check them; any other leaves them', () => {
  const waiting = addPerson(db, { state: 'awaiting_start', reason: 'before_start', nextCheckAt: 9_000_000_000_000 });
  const next = () => db.select().from(people).where(eq(people.id, waiting.id)).get()?.nextCheckAt ?? 0;
  change({ retentionDays: 99 });
  expect(next()).toBe(9_000_000_000_000);
  change({ leadTime: 'at_once' });
  expect(next()).toBeLessThanOrEqual(Date.now());
  expect(() => change({ leadTime: 400 })).toThrow(/^leadTime: must be a whole number from 0 to 365/);
});

describe('the drop folder', () => {
  const allowed = path.join(process.env.DATA_DIR ?? '', 'idm');
  const elsewhere = mkdtempSync(path.join(tmpdir(), 'elsewhere-'));

  test('is chosen below the folders that the environment allows', () => {
    expect(change({ dropFolder: path.join(allowed, 'new', 'deep') }).settings.dropFolder).toBe(
      path.join(allowed, 'new', 'deep'),
    );
    for (const folder of ['/', '/etc', elsewhere, `${allowed}-beside`, path.join(allowed, '..', '..')])
      expect(() => change({ dropFolder: folder }), folder).toThrow(/^dropFolder: must lie in .*DROP_FOLDER_ROOTS/);
    process.env.DROP_FOLDER_ROOTS = [elsewhere, '/srv/idm'].join(path.delimiter);
    expect(change({ dropFolder: path.join(elsewhere, 'a') }).settings.dropFolder).toBe(path.join(elsewhere, 'a'));
    delete process.env.DROP_FOLDER_ROOTS;
  });

  test('is nowhere else by a link that leads out', () => {
    mkdirSync(allowed, { recursive: true });
    symlinkSync(elsewhere, path.join(allowed, 'out'));
    expect(() => change({ dropFolder: path.join(allowed, 'out', 'x') })).toThrow(/^dropFolder: must lie in/);
  });

  test('is a share by its name only on Windows', () => {
    for (const folder of ['\\\\server\\share\\idm', 'C:\\idm'])
      expect(() => change({ dropFolder: folder }), folder).toThrow(/^dropFolder: must be a path of this server/);
  });
});
