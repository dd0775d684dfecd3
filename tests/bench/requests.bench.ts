/** What a person costs in round trips, from the file to the open mailbox; what a cycle costs when everybody still waits; and when there is nothing to do. */
import { sql } from 'drizzle-orm';
import { people as peopleTable } from '#db/schema/people.ts';
import { mailboxIsDue } from '#db/store/people/people.ts';
import { type BenchEngine, openEngine } from '#tests/bench/support/engine.ts';
import { report } from '#tests/bench/support/report.ts';
import { type BenchTenant, startTenant, type TenantOptions, USUAL } from '#tests/bench/support/tenant.ts';

const PEOPLE = Number(process.env.BENCH_PEOPLE ?? 1500);
const WAITING = Number(process.env.BENCH_WAITING ?? 10_000);
const SERIAL_CALLS = 6;
const MINUTE = 60_000;

async function withTenant(
  options: TenantOptions,
  work: (tenant: BenchTenant, bench: BenchEngine) => Promise<void>,
): Promise<void> {
  const tenant = await startTenant({ ...options, behaviour: { ...USUAL, ...options.behaviour } });
  const bench = openEngine(tenant, 1, { GRAPH_WRITES_PER_150S: String(options.behaviour?.writesPer150s ?? 3000) });
  try {
    await work(tenant, bench);
  } finally {
    bench.close();
    await tenant.stop();
  }
}

/** So much time passes, for the tenant and for us. */
async function letPass(tenant: BenchTenant, { engine: { db } }: BenchEngine, ms: number): Promise<void> {
  await tenant.control('POST', 'clock', { advanceMs: ms });
  const { nextCheckAt, licensedAt, stateSince, firstSeenAt } = peopleTable;
  db.update(peopleTable)
    .set({
      nextCheckAt: sql`${nextCheckAt} - ${ms}`,
      licensedAt: sql`${licensedAt} - ${ms}`,
      stateSince: sql`${stateSince} - ${ms}`,
      firstSeenAt: sql`${firstSeenAt} - ${ms}`,
    })
    .run();
}

async function fromFileToMailbox(hasLocation: boolean, isHybrid = false): Promise<void> {
  // The IDM of a hybrid organisation mail-enables the account before it is synchronised.
  const address = isHybrid ? { proxyAddresses: ['smtp:somebody@contoso.mail.onmicrosoft.com'] } : {};
  const change = { usageLocation: hasLocation ? 'US' : null, ...address };
  await withTenant({ people: PEOPLE, change, mailboxMinutes: [2, 30] }, async (tenant, bench) => {
    bench.drop('newcomers.csv', PEOPLE);
    await bench.cycle();
    process.stdout.write(`after the first cycle: ${JSON.stringify(await tenant.counted())}\n`);
    const { db } = bench.engine;
    const open = () => db.$client.prepare("select count(*) from people where state <> 'provisioned'").pluck().get();
    for (let minute = 0; minute < 90 && open() !== 0; minute += 1) {
      await letPass(tenant, bench, MINUTE);
      if (mailboxIsDue(db, Date.now())) await bench.cycle({ trigger: 'watch' });
    }
    if (open() !== 0) throw new Error(`${open()} mailboxes are not open`);
    const { requests, writes } = await tenant.counted();
    const what = `${hasLocation ? 'location right' : 'location to be set'}${isHybrid ? ', with an address already' : ''}`;
    report({
      what: `round trips per person, file to open mailbox (2 to 30 minutes), ${what}`,
      figure: requests / PEOPLE,
      unit: '',
      // An address may be that of a mailbox, which is asked before the licence: a twentieth of a round trip more.
      target: { atMost: isHybrid ? 0.3 : 0.25 },
      baseline: SERIAL_CALLS - (hasLocation ? 1 : 0),
      baselineIs: 'serial, its mailbox looks not counted',
    });
    report({
      what: `writes per person, ${what}`,
      figure: writes / PEOPLE,
      unit: '',
      target: { atMost: hasLocation ? 1 : 2 },
    });
  });
}

/** A cycle over people who wait already, after the one that made them wait. */
async function allStillWait(what: string, options: TenantOptions, known: number): Promise<void> {
  await withTenant(options, async (tenant, bench) => {
    const { db } = bench.engine;
    bench.drop('newcomers.csv', known);
    await bench.cycle();
    await letPass(tenant, bench, 20 * MINUTE);
    // Waiting for so long already that their mailboxes are asked now and then, whatever the accounts show.
    db.update(peopleTable).set({ nextCheckAt: 0, mailboxChecks: 9 }).run();
    const before = await tenant.counted();
    const startedAt = performance.now();
    const run = await bench.cycle();
    const seconds = (performance.now() - startedAt) / 1000;
    const requests = (await tenant.counted()).requests - before.requests;
    process.stdout.write(`${what}: ${JSON.stringify(run.counts)}\n`);
    report({
      what: `round trips of a cycle over ${known} people: ${what}`,
      figure: requests,
      unit: '',
      target: { atMost: (80 * known) / 10_000 },
      baseline: 2 * known,
      baselineIs: 'serial: account and mailbox of each',
    });
    report({
      what: 'and it takes',
      figure: seconds,
      unit: 's',
      target: { atMost: 40 },
      baseline: (2 * known * 20) / 1000,
      baselineIs: 'serial, waiting for answers alone',
    });
  });
}

async function nothingToDo(): Promise<void> {
  await withTenant({ people: 1 }, async (tenant, bench) => {
    await bench.cycle();
    const before = (await tenant.counted()).requests;
    const times: number[] = [];
    for (let look = 0; look < 20; look += 1) {
      const startedAt = performance.now();
      await bench.cycle();
      times.push(performance.now() - startedAt);
    }
    report({
      what: 'a cycle with nothing to do, slowest of 20',
      figure: Math.max(...times),
      unit: 'ms',
      target: { atMost: 100 },
    });
    report({
      what: 'requests to Graph of 20 of them',
      figure: (await tenant.counted()).requests - before,
      unit: '',
      target: { atMost: 0 },
    });
  });
}

await fromFileToMailbox(false);
await fromFileToMailbox(false, true);
await fromFileToMailbox(true);
await allStillWait('not synchronised', { people: 0 }, WAITING);
const unlimited = { writesPer150s: 1_000_000 };
await allStillWait(
  'the mailbox does not open',
  { people: WAITING, change: { mailbox: 'never', usageLocation: 'US' }, behaviour: unlimited },
  WAITING,
);
await nothingToDo();
