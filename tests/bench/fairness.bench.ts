/**
 * What operators ask for while a backlog is worked off at the demo tenant's latencies, nothing compressed: how long until the first
 * answer; and how a small file fares beside a big one. For somebody who is licensed the first answer is that Graph knows the account
 * and that the licence is on its way (the stored intent): replication alone takes longer than two seconds after that.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { eq } from 'drizzle-orm';
import { intents } from '#db/schema/outcomes.ts';
import { runs } from '#db/schema/runs.ts';
import { listPeople } from '#db/store/people/all-people.ts';
import { nextQueuedRun, type RunRequest, requestRun } from '#db/store/runs/runs.ts';
import { executeRun } from '#lib/engine/run-worker.ts';
import { openEngine } from '#tests/bench/support/engine.ts';
import { p95, report } from '#tests/bench/support/report.ts';
import { startTenant, USUAL } from '#tests/bench/support/tenant.ts';
import { crowd } from '#tests/support/seeds.ts';

const BACKLOG = Number(process.env.BENCH_PEOPLE ?? 20_000);
const ASKS = Number(process.env.BENCH_ASKS ?? 25);
const SMALL = 20;
/** As the scheduler of the server does. */
const POLL_MS = 200;

const tenant = await startTenant({ people: BACKLOG + SMALL + 2 * ASKS, behaviour: USUAL });
const bench = openEngine(tenant);
const { engine } = bench;
const { db } = engine;
const stopping = new AbortController();
const dryRuns = setInterval(() => {
  const next = nextQueuedRun(db, 'dry runs');
  if (next) void executeRun(engine, next.id, stopping.signal);
}, POLL_MS);

/** People who are checked and wait for seats, long before the backlog: operators will ask about them. */
bench.drop('earlier.csv', 2 * ASKS, BACKLOG + SMALL + 1);
await tenant.control('POST', 'seats', { skuPartNumber: 'EXCHANGESTANDARD', enabled: 0 });
await bench.cycle();
await tenant.control('POST', 'seats', { skuPartNumber: 'EXCHANGESTANDARD', enabled: 2 * BACKLOG });
const earlier = listPeople(db, null).map(({ id }) => id);
db.$client.prepare('update people set next_check_at = ?').run(Date.now() + 86_400_000);

bench.drop('big.csv', BACKLOG);
const startedAt = Date.now();
const backlog = executeRun(engine, { trigger: 'schedule', requestedBy: 'bench' }, stopping.signal);
/** Dropped while the budget is spent on the big file: seconds until all of it is licensed. */
async function smallFile(): Promise<number> {
  const licensed = db.$client
    .prepare<[string]>(
      'select count(licensed_at) from people where user_principal_name in (select value from json_each(?))',
    )
    .pluck();
  const names = crowd(BACKLOG + SMALL)
    .slice(BACKLOG)
    .map(({ userPrincipalName }) => userPrincipalName);
  bench.drop('small.csv', SMALL, BACKLOG + 1);
  const droppedAt = Date.now();
  while (Number(licensed.get(JSON.stringify(names))) < SMALL) await delay(200);
  return (Date.now() - droppedAt) / 1000;
}

/** Milliseconds from the request until `isAnswered`. */
async function ask(request: Partial<RunRequest>, isAnswered: (runId: string) => boolean): Promise<number> {
  const askedAt = performance.now();
  const id = db.transaction((tx) =>
    requestRun(tx, { trigger: 'operator', requestedBy: 'bench', ...request }, Date.now()),
  );
  while (!isAnswered(id)) await delay(5);
  return performance.now() - askedAt;
}

const isOver = (runId: string) =>
  db.select({ at: runs.finishedAt }).from(runs).where(eq(runs.id, runId)).get()?.at != null;
const isOnItsWay = (runId: string) =>
  db.select({ id: intents.id }).from(intents).where(eq(intents.runId, runId)).limit(1).get() !== undefined;
const chosen = (ids: readonly number[]): Partial<RunRequest> => ({
  selection: { kind: 'chosen', people: ids.map((id) => ({ id, mappingId: null })) },
});

await delay(10_000);
const smallDone = smallFile();
const times: Record<string, number[]> = { dry: [], retry: [], licence: [] };
for (let turn = 0; turn < ASKS; turn += 1) {
  times.dry?.push(await ask({ ...chosen(earlier.slice(ASKS)), dryRun: true }, isOver));
  await tenant.control('POST', 'users', {
    userPrincipalName: `person${BACKLOG + SMALL + turn + 1}@contoso.example`,
    userType: 'Guest',
  });
  times.retry?.push(await ask(chosen(earlier.slice(turn, turn + 1)), isOver));
  await tenant.control('POST', 'users', {
    userPrincipalName: `person${BACKLOG + SMALL + turn + 1}@contoso.example`,
    userType: 'Member',
  });
  times.licence?.push(await ask(chosen(earlier.slice(turn, turn + 1)), isOnItsWay));
}
const lastedS = (Date.now() - startedAt) / 1000;
const smallS = await smallDone;
const licensed = (await tenant.ledger()).filter(({ kind }) => kind === 'licence').length;
const { throttled } = await tenant.counted();
stopping.abort(new Error('measured'));
clearInterval(dryRuns);
await backlog;
bench.close();
await tenant.stop();

process.stdout.write(
  `${licensed} of ${BACKLOG} people of the backlog were licensed in the ${lastedS.toFixed(0)} s of asking\n`,
);
const behind = (1000 * BACKLOG * 2) / 20;
const names = {
  dry: `dry run over ${ASKS} people, to its result`,
  retry: 'retry where nothing is written, to its result',
  licence: 'retry that licenses, to its first answer',
};
for (const [kind, what] of Object.entries(names))
  report({
    what: `${what}: p95 of ${ASKS}`,
    figure: p95(times[kind] ?? []),
    unit: 'ms',
    target: { atMost: 2000 },
    baseline: behind,
    baselineIs: 'behind the backlog at 20 writes a second',
  });
report({
  what: `a file of ${SMALL} dropped beside it while the window is spent, licensed after`,
  figure: smallS,
  unit: 's',
  target: { atMost: 200 },
  baseline: behind / 1000,
  baselineIs: 'behind the backlog',
});
report({ what: '429s', figure: throttled, unit: '', target: { atMost: 0 } });
