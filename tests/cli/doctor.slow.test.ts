import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { openDatabase } from '#db/client.ts';
import { takeLease } from '#db/store/runs/lease.ts';
import { cli, type Env, startTenantProcess, type TenantProcess, temporaryFolder } from '#tests/support/processes.ts';
import { crowd, seedOf } from '#tests/support/seeds.ts';

const contract = z.strictObject({
  status: z.enum(['ok', 'warning', 'failed']),
  checks: z.array(
    z.strictObject({
      code: z.string().regex(/^[a-z_]+$/),
      status: z.enum(['ok', 'warning', 'failed', 'skipped']),
      title: z.string().min(1),
      message: z.string().min(1),
      fix: z.string().min(1).nullable(),
    }),
  ),
});

const GRANTED = ['User.ReadWrite.All', 'LicenseAssignment.Read.All', 'MailboxSettings.Read', 'Mail.Send'];

let tenant: TenantProcess;
let env: Env;
let folder: string;

beforeAll(async () => {
  tenant = await startTenantProcess(seedOf({ users: crowd(2, { mailboxIsOpen: true }) }));
});
afterAll(async () => {
  await tenant.stop();
});
beforeEach(async () => {
  const dataDir = temporaryFolder();
  folder = path.join(dataDir, 'idm');
  mkdirSync(folder);
  env = { ...tenant.env, DATA_DIR: dataDir };
  await tenant.control('POST', 'behaviour', { permissions: GRANTED });
});

async function diagnose() {
  const { code, stdout } = await cli(['doctor', '--json'], env);
  const { status, checks } = contract.parse(JSON.parse(stdout));
  return { code, status, checks, find: (wanted: string) => checks.find((check) => check.code === wanted) };
}

test('on the demo tenant everything is well, also while a cycle is running', async () => {
  const db = openDatabase(path.join(env.DATA_DIR ?? '', 'autoprovision.db'));
  takeLease(db, 'this test', Date.now());
  const { code, status, checks } = await diagnose();
  db.$client.close();
  expect({ code, status }).toEqual({ code: 0, status: 'warning' });
  const unwell = checks.filter((check) => check.status === 'warning' || check.status === 'failed');
  // No server runs here, and nobody has named recipients yet.
  expect(unwell.map((check) => check.code)).toEqual(['scheduler', 'addresses']);
  expect(checks.filter((check) => check.code === 'mapping').map(({ title }) => title)).toEqual([
    'EmployeeType E',
    'EmployeeType N',
  ]);
});

test('a missing permission is named, with the way to consent, and the exit code is 1', async () => {
  await tenant.control('POST', 'behaviour', { permissions: ['User.Read.All', 'LicenseAssignment.Read.All'] });
  const { code, status, find } = await diagnose();
  expect({ code, status }).toEqual({ code: 1, status: 'failed' });
  expect(find('assign_licences')).toMatchObject({
    status: 'failed',
    message: 'LicenseAssignment.ReadWrite.All is missing: nobody can be licensed.',
    fix: expect.stringMatching(
      /App registrations.*API permissions.*LicenseAssignment\.ReadWrite\.All.*Grant admin consent/,
    ),
  });
  expect(find('set_location')).toMatchObject({ status: 'warning' });
  expect(find('watch_mailboxes')).toMatchObject({
    status: 'failed',
    message: expect.stringContaining('MailboxSettings.Read is missing'),
  });
  expect(find('look_up_people')).toMatchObject({ status: 'ok', message: 'User.Read.All is granted.' });
});

test('a missing drop folder is named, and what depends on it is not tested', async () => {
  rmSync(folder, { recursive: true });
  const { code, find } = await diagnose();
  expect(code).toBe(1);
  expect(find('drop_folder')).toMatchObject({ status: 'failed', message: expect.stringContaining(folder) });
  expect(find('write_folder')).toMatchObject({ status: 'skipped' });
});

test('a Processed that is no folder is found before the first file lies there', async () => {
  writeFileSync(path.join(folder, 'Processed'), '');
  const { find } = await diagnose();
  expect(find('write_folder')).toMatchObject({ status: 'ok' });
  expect(find('processed_folder')).toMatchObject({ status: 'failed', message: expect.stringContaining('Processed') });
});

test('a refused sign-in is said once, and the rest of the set-up is tested all the same', async () => {
  env.AZURE_CLIENT_SECRET = 'wrong';
  const { code, checks, find } = await diagnose();
  expect(code).toBe(1);
  expect(find('sign_in')).toMatchObject({ status: 'failed', message: expect.stringContaining('AADSTS7000215') });
  expect(find('assign_licences')).toMatchObject({ status: 'skipped' });
  expect(find('write_folder')).toMatchObject({ status: 'ok' });
  expect(JSON.stringify(checks)).not.toContain('wrong');
});

test('a mail server that cannot be reached is said with its address', async () => {
  Object.assign(env, { REPORT_TRANSPORT: 'smtp', SMTP_HOST: '127.0.0.1', SMTP_PORT: '9', SMTP_SECURITY: 'none' });
  const { find } = await diagnose();
  expect(find('mail_server')).toMatchObject({ status: 'failed', message: expect.stringContaining('127.0.0.1:9') });
  expect(find('send_mail')).toMatchObject({ status: 'skipped' });
});

test('without --json the same stands there in lines, each fix under its finding', async () => {
  rmSync(folder, { recursive: true });
  const { code, stdout, stderr } = await cli(['doctor'], env);
  expect(code).toBe(1);
  expect(stdout).toMatch(/^OK: {7}Sign in to Microsoft Graph\./m);
  expect(stdout).toMatch(/^FAILED: {3}Drop folder\. .*\n {10}→ Create the folder/m);
  expect(stderr).toMatch(/^\d+ checks: 1 failed, 2 warnings\.\n$/);
});
