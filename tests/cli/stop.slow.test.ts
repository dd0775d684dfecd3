import type { ChildProcess } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { openDatabase } from '#db/client.ts';
import { outcomes } from '#db/schema/outcomes.ts';
import { runs } from '#db/schema/runs.ts';
import { cli, startTenantProcess, temporaryFolder } from '#tests/support/processes.ts';
import { crowd, csvOf, seedOf } from '#tests/support/seeds.ts';

const users = crowd(900);

async function slowTenant() {
  const tenant = await startTenantProcess(seedOf({ users }));
  onTestFinished(() => tenant.stop());
  const dataDir = temporaryFolder();
  mkdirSync(path.join(dataDir, 'idm'));
  writeFileSync(path.join(dataDir, 'idm', 'newcomers.csv'), csvOf(users));
  await tenant.control('POST', 'behaviour', { latencyMs: { read: 5, write: 400, batch: 0 } });
  const env = { ...tenant.env, TENANT_MODE: 'entra', DATA_DIR: dataDir, FILE_SETTLE_MS: '0', SAFETY_LIMIT: '0' };
  const licensed = async () => {
    const { ledger } = (await tenant.control('GET', 'ledger')) as {
      ledger: { kind: string; userPrincipalName: string }[];
    };
    return ledger.filter(({ kind }) => kind === 'licence').map(({ userPrincipalName }) => userPrincipalName);
  };
  return { tenant, env, dataDir, licensed };
}

test('SIGTERM finishes what is in flight, records it and begins nothing new; the next cycle continues', async () => {
  const { tenant, env, dataDir, licensed } = await slowTenant();
  let child: ChildProcess | null = null;
  const ended = cli(['cycle', '--json'], env, 90_000, (started) => {
    child = started;
  });
  await vi.waitFor(async () => expect((await licensed()).length).toBeGreaterThan(0), { timeout: 60_000, interval: 20 });
  (child as ChildProcess | null)?.kill('SIGTERM');
  const { code, stdout } = await ended;
  expect(code).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({ status: 'stopped' });

  const db = openDatabase(path.join(dataDir, 'autoprovision.db'));
  onTestFinished(() => void db.$client.close());
  const [run] = db.select().from(runs).all();
  expect(run).toMatchObject({ status: 'stopped', reason: 'stopped_by_signal' });
  const written = await licensed();
  expect(written.length).toBeLessThan(users.length);
  const verified = db
    .select()
    .from(outcomes)
    .all()
    .filter(({ state }) => state === 'awaiting_mailbox' || state === 'provisioned');
  expect(verified).toHaveLength(written.length);

  await tenant.control('POST', 'behaviour', { latencyMs: { read: 0, write: 0, batch: 0 } });
  expect((await cli(['cycle', '--all'], env)).code).toBe(0);
  const all = await licensed();
  expect(all).toHaveLength(users.length);
  expect(new Set(all).size).toBe(users.length);
});
