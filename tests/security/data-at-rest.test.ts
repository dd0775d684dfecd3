import { chmodSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, test } from 'vitest';
import { openOwnDatabase } from '#lib/data-folder/open-data.ts';
import { privateFilesFinding } from '#lib/engine/doctor/data-checks.ts';
import { readEnv } from '#lib/env.ts';
import { cli, temporaryFolder } from '#tests/support/processes.ts';
import { crowd, csvOf } from '#tests/support/seeds.ts';
import { openWorld } from '#tests/support/world.ts';

const REAL = { TENANT_MODE: 'entra', AZURE_TENANT_ID: 't-1', AZURE_CLIENT_ID: 'c', AZURE_CLIENT_SECRET: 's' };

const modeOf = (file: string) => (statSync(file).mode & 0o777).toString(8);

test('database, logs and uploads of an earlier release become readable by the service alone', async () => {
  const dataDir = temporaryFolder();
  const dropFolder = path.join(dataDir, 'idm');
  for (const folder of ['uploads', 'backups', 'idm']) {
    mkdirSync(path.join(dataDir, folder));
    chmodSync(path.join(dataDir, folder), 0o755);
    writeFileSync(path.join(dataDir, folder, 'newcomers.csv'), 'CN', { mode: 0o644 });
  }
  chmodSync(dataDir, 0o755);
  new Sqlite(path.join(dataDir, 'autoprovision.db')).close();
  chmodSync(path.join(dataDir, 'autoprovision.db'), 0o644);

  const env = readEnv({ DATA_DIR: dataDir });
  expect(await privateFilesFinding(env, env)).toMatchObject({
    status: 'warning',
    message: expect.stringContaining('5 more'),
  });
  const db = openOwnDatabase(env);
  for (const folder of ['', 'uploads', 'backups']) expect(modeOf(path.join(dataDir, folder)), folder).toBe('700');
  for (const file of ['autoprovision.db', 'autoprovision.db-wal', 'uploads/newcomers.csv', 'backups/newcomers.csv'])
    expect(modeOf(path.join(dataDir, file)), file).toBe('600');
  // Others write to the drop folder: its rights are theirs to set.
  expect(modeOf(dropFolder)).toBe('755');
  expect((await privateFilesFinding(env, env)).status).toBe('ok');
  db.$client.close();
});

test.each([
  ['the demo’s data', { TENANT_MODE: 'demo' }, REAL, 'of the demo tenant, but TENANT_MODE is entra'],
  ['a real tenant’s data', REAL, { TENANT_MODE: 'demo' }, 'of a real tenant, but TENANT_MODE is demo'],
  ['another tenant’s data', REAL, { ...REAL, AZURE_TENANT_ID: 't-2' }, 'of the tenant t-1, but AZURE_TENANT_ID is t-2'],
])('%s is refused with one line', async (_, made, used, why) => {
  const dataDir = temporaryFolder();
  const env: Record<string, string> = { ...made, DATA_DIR: dataDir };
  openOwnDatabase(readEnv(env)).$client.close();
  openOwnDatabase(readEnv(env)).$client.close();
  const { code, stderr } = await cli(['people', '--json'], { ...used, DATA_DIR: dataDir });
  expect(code).toBe(1);
  expect(stderr).toContain(why);
  expect(stderr.trim()).not.toContain('\n');
});

test('a database that a newer release has used is refused with one line', async () => {
  const dataDir = temporaryFolder();
  const db = openOwnDatabase(readEnv({ DATA_DIR: dataDir }));
  db.$client.exec('update __drizzle_migrations set created_at = created_at + 40000000000');
  db.$client.close();
  const { code, stderr } = await cli(['people', '--json'], { DATA_DIR: dataDir });
  expect(code).toBe(1);
  expect(stderr).toMatch(/^DATA_DIR .* cannot be used: the database was used by a newer release[^\n]*\n$/);
});

test('the log of a run, which names everybody, can be read by the service alone', async () => {
  const users = crowd(1);
  const world = await openWorld({ users });
  world.drop('newcomers.csv', csvOf(users));
  const run = await world.cycle();
  expect(modeOf(path.join(world.dropFolder, 'Processed', `${run.id}.log`))).toBe('600');
});

test('so does the log of an earlier release at the end of the next run, and what others put beside it is theirs', async () => {
  const world = await openWorld({ users: crowd(1) });
  const processed = path.join(world.dropFolder, 'Processed');
  mkdirSync(processed, { recursive: true });
  const [log, other] = ['20260101T010203Z-abc123.log', 'their.log'].map((name) => path.join(processed, name));
  for (const file of [log, other]) writeFileSync(file ?? '', 'x', { mode: 0o644 });
  expect(await privateFilesFinding(world.engine.env, world)).toMatchObject({
    status: 'warning',
    message: expect.stringContaining('20260101T010203Z-abc123.log'),
  });
  await world.cycle();
  expect([modeOf(log ?? ''), modeOf(other ?? '')]).toEqual(['600', '644']);
  expect((await privateFilesFinding(world.engine.env, world)).message).not.toContain('.log');
});
