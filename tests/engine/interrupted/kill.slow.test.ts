import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { eq, ne } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { openDatabase } from '#db/client.ts';
import { people } from '#db/schema/people.ts';
import { seededRandom } from '#lib/demo/tenant/random.ts';
import { cli, programEnv, startTenantProcess, temporaryFolder, withoutHeartbeat } from '#tests/support/processes.ts';
import { crowd, csvOf, seedOf } from '#tests/support/seeds.ts';

const PEOPLE_PER_FILE = 300;
const FILES = 12;
const KILLS = 50;

interface Ledger {
  ledger: { kind: string; userPrincipalName: string }[];
}

test(`script row "deletes temporary files only at the end": killed at ${KILLS} random moments of 300-person cycles with 10 % lost answers: nobody is lost, nobody is licensed twice, no hand is needed`, async () => {
  const everybody = crowd(PEOPLE_PER_FILE * FILES);
  const tenant = await startTenantProcess(seedOf({ users: everybody }));
  const dataDir = temporaryFolder();
  const env = programEnv(tenant, dataDir);
  const db = openDatabase(path.join(dataDir, 'autoprovision.db'));
  const open = () => db.select({ id: people.id }).from(people).where(ne(people.state, 'provisioned')).all().length;
  const dropFolder = path.join(dataDir, 'idm');
  const waitingFiles = () => readdirSync(dropFolder).filter((name) => name.endsWith('.csv')).length;
  let files = 0;
  /** As long as there are kills to come there are people to lose. */
  const dropUnlessBusy = () => {
    if (open() > 0 || waitingFiles() > 0 || files === FILES) return;
    const users = everybody.slice(files * PEOPLE_PER_FILE, (files + 1) * PEOPLE_PER_FILE);
    files += 1;
    writeFileSync(path.join(dropFolder, `newcomers-${files}.csv`), csvOf(users));
  };
  try {
    await tenant.control('POST', 'behaviour', {
      latencyMs: { read: 20, write: 150, batch: 20 },
      replicationLagMs: 200,
    });
    await tenant.control('POST', 'faults', {
      kind: 'lost_answer',
      match: { path: '/\\$batch', inBatch: false },
      probability: 0.1,
    });
    mkdirSync(dropFolder);
    const random = seededRandom(20261122);
    let killed = 0;
    while (killed < KILLS) {
      dropUnlessBusy();
      const ended = await cli(['cycle', '--all'], env, 500 + random() * 1700);
      if (ended.code === null) killed += 1;
      withoutHeartbeat(db);
    }
    for (let cycles = 0; cycles < 20 && (open() > 0 || waitingFiles() > 0); cycles += 1)
      await cli(['cycle', '--all'], env);

    const expected = everybody.slice(0, files * PEOPLE_PER_FILE).map(({ userPrincipalName }) => userPrincipalName);
    const done = db.select().from(people).where(eq(people.state, 'provisioned')).all();
    expect(done.map(({ userPrincipalName }) => userPrincipalName).sort()).toEqual([...expected].sort());
    const { ledger } = (await tenant.control('GET', 'ledger')) as Ledger;
    const licences = ledger.filter(({ kind }) => kind === 'licence').map(({ userPrincipalName }) => userPrincipalName);
    expect(licences.sort()).toEqual([...expected].sort());
  } finally {
    db.$client.close();
    await tenant.stop();
  }
});
