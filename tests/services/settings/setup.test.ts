import { describe, expect, test } from 'vitest';
import { events } from '#db/schema/events.ts';
import { setupChecks } from '#db/schema/system.ts';
import { finishCheck, nextOpenCheck, saveProgress } from '#db/store/system/setup-checks.ts';
import type { CheckResult } from '#lib/domain/setup-checks.ts';
import { finding } from '#lib/engine/doctor/finding.ts';
import { readSetup, requestCheck } from '#lib/services/settings/setup.ts';
import { openServicesDatabase, operator } from '#tests/support/services-world.ts';

const db = openServicesDatabase();
const admin = operator('Admin');

const signedIn = finding('sign_in', 'ok', [['signedIn']]);
const noFolder = finding(
  'drop_folder',
  'failed',
  [['folderUnusable', { folder: '/idm', why: ['noSuchFolder', { code: 'ENOENT' }] }]],
  {
    fix: ['createFolder'],
  },
);
const skipped = finding('send_mail', 'skipped', [['ownMailServer']]);

test('before anybody asked there is no test, and the configuration is reported all the same', () => {
  const setup = readSetup(admin);
  expect(setup.check).toBeNull();
  expect(setup.plan.nextTimes).toHaveLength(5);
});

test('a test grows while it is under way, then says what was found step by step; asking twice is one test', () => {
  const { id, wasOpen } = requestCheck(admin);
  expect(wasOpen).toBe(false);
  expect(requestCheck(admin)).toEqual({ id, wasOpen: true });
  expect(nextOpenCheck(db)).toBe(id);
  expect(readSetup(admin).check).toMatchObject({ id, finishedAt: null, summary: null, requestedBy: 'Demo Admin' });
  saveProgress(db, id, [signedIn]);
  expect(readSetup(admin).check?.steps.find(({ step }) => step === 'connect')).toMatchObject({
    status: 'ok',
    results: [{ title: 'Sign in to Microsoft Graph', message: 'Signed in.', lang: undefined }],
  });
  finishCheck(db, id, [signedIn, skipped, noFolder], Date.now());
  const { summary, steps } = readSetup(admin).check ?? {};
  expect(summary).toBe('2 checks: 1 failed.');
  expect(Object.fromEntries((steps ?? []).map(({ step, status }) => [step, status]))).toEqual({
    connect: 'ok',
    permissions: 'untested',
    folder: 'failed',
    licences: 'untested',
    schedule: 'untested',
    reports: 'untested',
    'dry-run': 'untested',
  });
  expect(nextOpenCheck(db)).toBeNull();
  expect(db.select().from(events).all()).toMatchObject([{ kind: 'setup.tested', actor: 'Demo Admin' }]);
});

test('a test that nobody carried out does not keep the next one from being requested', () => {
  const { id } = requestCheck(admin);
  db.update(setupChecks)
    .set({ requestedAt: Date.now() - 120_000 })
    .run();
  const next = requestCheck(admin);
  expect(next.wasOpen).toBe(false);
  expect(next.id).not.toBe(id);
});

describe('in German', () => {
  const inGerman = (...results: CheckResult[]) => {
    const { id } = requestCheck(admin);
    finishCheck(db, id, results, Date.now());
    return readSetup(admin, 'de').check?.steps.flatMap(({ results: found }) => found) ?? [];
  };

  test('a result says what was found and what to do, with its clauses and lists', () => {
    const schedule = finding(
      'schedule',
      'warning',
      [
        ['scheduleIs', { text: 'Every 15 minutes', schedule: '*/15 * * * *', zone: 'Europe/Berlin' }],
        ['schedulePaused'],
      ],
      { fix: ['resume'] },
    );
    const seats = finding(
      'mapping',
      'ok',
      [
        [
          'seatsFree',
          {
            seats: [
              ['freeSeats', { licence: 'Exchange Online (Plan 1)', n: 1 }],
              ['freeSeats', { licence: 'Microsoft 365 E3', n: 1204 }],
            ],
          },
        ],
      ],
      { title: ['employeeType', { type: 'E' }] },
    );
    expect(seats.message).toBe('Exchange Online (Plan 1): 1 seat free; Microsoft 365 E3: 1,204 seats free.');
    expect(inGerman(noFolder, seats, schedule)).toMatchObject([
      {
        title: 'Eingangsordner',
        message: 'Der Eingangsordner /idm lässt sich nicht verwenden: den Ordner gibt es nicht (ENOENT).',
        fix: expect.stringMatching(/^Legen Sie den Ordner an/),
        lang: undefined,
      },
      {
        title: 'EmployeeType E',
        message: 'Exchange Online (Plan 1): 1 Lizenz frei; Microsoft 365 E3: 1.204 Lizenzen frei.',
      },
      {
        message: 'Alle 15 Minuten (*/15 * * * *, Europe/Berlin). Pausiert: Kein Zyklus beginnt automatisch.',
        fix: 'Setzen Sie ihn in den Einstellungen unter „Zeitplan“ fort.',
      },
    ]);
  });

  test('a result of an earlier release, or of a later one, stays in English and is marked so', () => {
    const { said: _, ...earlier } = noFolder;
    const later = { ...signedIn, said: { title: null, sentences: [['somethingNew', { n: 1 }]], fix: null } };
    const valueIsMissing = { ...skipped, said: { title: null, sentences: [['thisIs']], fix: null } };
    expect(inGerman(later, valueIsMissing, earlier)).toMatchObject([
      { title: 'Anmeldung bei Microsoft Graph', message: 'Signed in.', lang: 'en' },
      { message: skipped.message, lang: 'en' },
      { title: 'Eingangsordner', message: noFolder.message, lang: 'en' },
    ]);
  });
});
