/**
 * What people who wait cost us beside Graph's own time: the processor time of a whole cycle over them in our process, and the bytes by
 * which the database grows. The tenant is another process. Baseline: one look-up, one outcome and one update a person, each by itself.
 */
import { eq } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { outcomes } from '#db/schema/outcomes.ts';
import { people as peopleTable } from '#db/schema/people.ts';
import { requestRun } from '#db/store/runs/runs.ts';
import { type BenchEngine, openEngine } from '#tests/bench/support/engine.ts';
import { report } from '#tests/bench/support/report.ts';
import { signIn } from '#tests/bench/support/serial.ts';
import { type BenchTenant, startTenant, type TenantOptions } from '#tests/bench/support/tenant.ts';

const PEOPLE = Number(process.env.BENCH_PEOPLE ?? 10_000);
const CYCLES = Number(process.env.BENCH_CYCLES ?? 5);
const SERIAL_PEOPLE = 300;
const TARGET_US = 50;
const TARGET_BYTES = 20;
const IDLE_CYCLES = 100;
const TARGET_IDLE_CYCLE_BYTES = 500;

/** Processor time of this process for some work, in µs. */
async function cpuOf(work: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return user + system;
}

/** Pages that hold something, in bytes. */
function bytesOf({ $client }: Db): number {
  const pragma = (name: string) => Number($client.pragma(name, { simple: true }));
  return (pragma('page_count') - pragma('freelist_count')) * pragma('page_size');
}

function dueAgain({ engine: { db } }: BenchEngine): void {
  db.update(peopleTable).set({ nextCheckAt: 0 }).run();
}

const median = (figures: readonly number[]) => figures.toSorted((a, b) => a - b)[Math.floor(figures.length / 2)] ?? 0;

interface Cost {
  cpu: number;
  bytes: number;
}

/** Per person. */
async function ofCycles(bench: BenchEngine): Promise<Cost> {
  const cpu: number[] = [];
  const before = bytesOf(bench.engine.db);
  for (let cycle = 0; cycle < CYCLES; cycle += 1) {
    dueAgain(bench);
    cpu.push(await cpuOf(() => bench.cycle()));
  }
  return { cpu: median(cpu) / PEOPLE, bytes: (bytesOf(bench.engine.db) - before) / CYCLES / PEOPLE };
}

/** The strictly serial way: each person asked and recorded alone. */
async function serially({ engine: { db } }: BenchEngine, tenant: BenchTenant): Promise<Cost> {
  const headers = await signIn(tenant);
  const runId = requestRun(db, { trigger: 'schedule', requestedBy: 'bench' }, Date.now());
  const some = db.select().from(peopleTable).limit(SERIAL_PEOPLE).all();
  const ask = async (person: (typeof some)[number]) => {
    const at = Date.now();
    const answer = await fetch(`${tenant.url}/v1.0/users/${person.userPrincipalName}`, { headers });
    await answer.json();
    const requestId = answer.headers.get('request-id');
    const call = { call: `GET /users/${person.userPrincipalName}`, status: answer.status, code: null, said: null };
    const { id: personId, state, reason, message } = person;
    db.insert(outcomes)
      .values({
        runId,
        personId,
        at,
        stateBefore: state,
        state,
        reason,
        message,
        written: [],
        durationMs: Date.now() - at,
        calls: [{ ...call, requestId, clientRequestId: requestId, at, durationMs: Date.now() - at }],
      })
      .run();
    const checked = { lastCheckAt: at, nextCheckAt: at, checks: person.checks + 1 };
    db.update(peopleTable).set(checked).where(eq(peopleTable.id, personId)).run();
  };
  const before = bytesOf(db);
  const cpu = await cpuOf(async () => {
    for (const person of some) await ask(person);
  });
  return { cpu: cpu / some.length, bytes: (bytesOf(db) - before) / some.length };
}

async function ofWaiting(what: string, options: TenantOptions): Promise<void> {
  const tenant = await startTenant(options);
  const bench = openEngine(tenant, 1, { GRAPH_WRITES_PER_150S: String(options.behaviour?.writesPer150s ?? 3000) });
  try {
    bench.drop('newcomers.csv', PEOPLE);
    await bench.cycle();
    dueAgain(bench);
    const run = await bench.cycle();
    process.stdout.write(`${what}: ${JSON.stringify(run.counts)}\n`);
    const ours = await ofCycles(bench);
    const serial = await serially(bench, tenant);
    report({
      what: `processor time of a cycle per waiting person, ${what}`,
      figure: ours.cpu,
      unit: 'µs',
      target: { atMost: TARGET_US },
      baseline: serial.cpu,
      baselineIs: 'serial',
    });
    report({
      what: 'database growth of a cycle per waiting person',
      figure: ours.bytes,
      unit: 'bytes',
      target: { atMost: TARGET_BYTES },
      baseline: serial.bytes,
      baselineIs: 'a full outcome',
    });
  } finally {
    bench.close();
    await tenant.stop();
  }
}

async function nobodyDue(): Promise<void> {
  const tenant = await startTenant({ people: 1 });
  const bench = openEngine(tenant);
  await bench.cycle();
  const before = bytesOf(bench.engine.db);
  const cpu = await cpuOf(async () => {
    for (let cycle = 0; cycle < IDLE_CYCLES; cycle += 1) await bench.cycle();
  });
  report({
    what: 'database growth of a cycle with nobody to look at',
    figure: (bytesOf(bench.engine.db) - before) / IDLE_CYCLES,
    unit: 'bytes',
    target: { atMost: TARGET_IDLE_CYCLE_BYTES },
  });
  report({ what: 'and its processor time', figure: cpu / IDLE_CYCLES / 1000, unit: 'ms' });
  bench.close();
  await tenant.stop();
}

await ofWaiting('not synchronised', { people: 0 });
const noBudget = { writesPer150s: 1_000_000 };
await ofWaiting('the mailbox does not open', {
  people: PEOPLE,
  change: { mailbox: 'never', usageLocation: 'US' },
  behaviour: noBudget,
});
await nobodyDue();
