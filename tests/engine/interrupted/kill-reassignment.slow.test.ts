/** A licence that is off when the process is killed comes on again by itself. */
import type { ChildProcess } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { openDatabase } from '#db/client.ts';
import { listPeople } from '#db/store/people/all-people.ts';
import { cli, programEnv, startTenantProcess, temporaryFolder, withoutHeartbeat } from '#tests/support/processes.ts';
import { crowd, csvOf, seedOf } from '#tests/support/seeds.ts';

interface Ledger {
  ledger: { kind: string }[];
}

test('killed between off and on: the next cycle puts the licence on again, once', async () => {
  const users = crowd(1, { usageLocation: 'US', mailbox: 'until_reassigned' });
  const tenant = await startTenantProcess(seedOf({ users }));
  const dataDir = temporaryFolder();
  const env = programEnv(tenant, dataDir);
  const db = openDatabase(path.join(dataDir, 'autoprovision.db'));
  const writes = async () => ((await tenant.control('GET', 'ledger')) as Ledger).ledger.map(({ kind }) => kind);
  try {
    const file = path.join(dataDir, 'newcomers.csv');
    writeFileSync(file, csvOf(users));
    await cli(['import', file], env);
    await cli(['cycle'], env);
    expect(await writes()).toEqual(['licence']);
    db.$client
      .prepare("update people set state = 'queued', choice = 'reassign', choice_by = 'Olga', next_check_at = 0")
      .run();
    await tenant.control('POST', 'behaviour', { latencyMs: { read: 0, write: 1500, batch: 0 } });
    const started = Promise.withResolvers<ChildProcess>();
    const ended = cli(['cycle'], env, undefined, started.resolve);
    const child = await started.promise;
    while (!(await writes()).includes('licence_removal'));
    child.kill('SIGKILL');
    expect((await ended).code).toBeNull();
    const before = await writes();
    await tenant.control('POST', 'behaviour', { latencyMs: { read: 0, write: 0, batch: 0 } });
    withoutHeartbeat(db);
    expect(before).toEqual(['licence', 'licence_removal']);
    await cli(['cycle', '--all'], env);
    expect(await writes()).toEqual(['licence', 'licence_removal', 'licence']);
    await cli(['cycle', '--all'], env);
    expect(await writes()).toEqual(['licence', 'licence_removal', 'licence']);
    expect(listPeople(db, null)[0]?.state).toMatch(/^(awaiting_mailbox|provisioned)$/);
  } finally {
    db.$client.close();
    await tenant.stop();
  }
});
