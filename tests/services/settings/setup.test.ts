import { expect, test } from 'vitest';
import { events, setupChecks } from '#db/schema.ts';
import { finishCheck, nextOpenCheck, saveProgress } from '#db/store/system/setup-checks.ts';
import { checkResult } from '#lib/domain/setup-checks.ts';
import { readSetup, requestCheck } from '#lib/services/settings/setup.ts';
import { openServicesDatabase, operator } from '#tests/support/services-world.ts';

const db = openServicesDatabase();
const admin = operator('Admin');

const signedIn = checkResult('sign_in', 'Sign in to Microsoft Graph', ['ok', 'Signed in.']);
const noFolder = checkResult('drop_folder', 'Drop folder', ['failed', 'It is not there.', 'Create it.']);
const skipped = checkResult('send_mail', 'Send reports', ['skipped', 'Not needed.']);

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
    results: [signedIn],
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
