import path from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { openDatabase } from '#db/client.ts';
import { takeLease } from '#db/store/runs/lease.ts';
import { beginRun, readRun, requestRun } from '#db/store/runs/runs.ts';
import { saveSettings } from '#db/store/system/settings.ts';
import { startDemoTenant } from '#lib/demo/server.ts';
import { DEMO_CREDENTIALS } from '#lib/demo/tenant/credentials.ts';
import { startScheduler } from '#lib/engine/scheduler.ts';
import { readServerEnv } from '#lib/env.ts';
import { temporaryFolder } from '#tests/support/processes.ts';
import { seedOf } from '#tests/support/seeds.ts';

test('a run that was killed does not stand as running while the schedule is paused: the server closes it once the lease is over', async () => {
  const dataDir = temporaryFolder();
  vi.stubEnv('DATA_DIR', dataDir);
  const tenant = await startDemoTenant({ seed: seedOf({}), behaviour: {} });
  const db = openDatabase(path.join(dataDir, 'autoprovision.db'));
  const before = Date.now() - 60_000;
  saveSettings(db, readServerEnv(), { paused: true }, { name: 'Demo Admin', key: 'demo/admin' }, before);
  const id = requestRun(db, { trigger: 'schedule', requestedBy: 'schedule' }, before);
  takeLease(db, 'a process that was killed', before);
  beginRun(db, id, before);
  const scheduler = await startScheduler(async () => ({ ...tenant, credentials: DEMO_CREDENTIALS }));
  onTestFinished(async () => {
    await scheduler.stop();
    db.$client.close();
    vi.unstubAllEnvs();
  });
  await expect.poll(() => readRun(db, id)).toMatchObject({ status: 'interrupted', reason: 'process_died' });
});
