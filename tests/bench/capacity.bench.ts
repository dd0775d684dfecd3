/**
 * What one machine carries: engines at the sustained rate of Microsoft's write budget, each with a tenant of its own, and what they
 * take of one CPU core. Nothing is compressed; what follows for people per day is worked out from it.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { executeRun } from '#lib/engine/run-worker.ts';
import { openEngine } from '#tests/bench/support/engine.ts';
import { report } from '#tests/bench/support/report.ts';
import { licenseSerially } from '#tests/bench/support/serial.ts';
import { startTenant, USUAL } from '#tests/bench/support/tenant.ts';

const TENANTS = Number(process.env.BENCH_TENANTS ?? 4);
const SECONDS = Number(process.env.BENCH_SECONDS ?? 60);
/** 3,000 writes in 150 s; two for a person whose location is to be set. */
const PEOPLE_PER_S = 10;
const DAY_S = 86_400;

/** CPU seconds of this process per second, and people licensed a second in each tenant, at the sustained rate. */
async function sustained(count: number): Promise<{ cpu: number; perS: number; memoryMb: number }> {
  const people = PEOPLE_PER_S * (SECONDS + 60);
  const tenants = await Promise.all(Array.from({ length: count }, () => startTenant({ people, behaviour: USUAL })));
  const benches = tenants.map((tenant) => openEngine(tenant, 1, {}, false));
  const stopping = new AbortController();
  for (const bench of benches) bench.drop('newcomers.csv', people);
  const cycles = benches.map(({ engine }) =>
    executeRun(engine, { trigger: 'schedule', requestedBy: 'bench' }, stopping.signal),
  );
  await delay(20_000);
  const [from, cpuBefore] = [Date.now(), process.cpuUsage()];
  await delay(SECONDS * 1000);
  const [to, { user, system }] = [Date.now(), process.cpuUsage(cpuBefore)];
  const memoryMb = process.memoryUsage.rss() / 1024 ** 2;
  const ledgers = await Promise.all(tenants.map(({ ledger }) => ledger()));
  const gained = ledgers.flat().filter(({ kind, at }) => kind === 'licence' && at >= from && at < to).length;
  stopping.abort(new Error('measured'));
  await Promise.all(cycles);
  for (const bench of benches) bench.close();
  await Promise.all(tenants.map(({ stop }) => stop()));
  return { cpu: (user + system) / 1e6 / SECONDS, perS: (gained * 1000) / count / (to - from), memoryMb };
}

const serialTenant = await startTenant({ people: 20, behaviour: USUAL });
const serialPerS = 20 / (await licenseSerially(serialTenant, 20));
await serialTenant.stop();

const one = await sustained(1);
const many = await sustained(TENANTS);
report({
  what: 'people licensed a second in one tenant, location and licence',
  figure: one.perS,
  unit: '',
  target: { atLeast: 0.97 * PEOPLE_PER_S },
  baseline: serialPerS,
  baselineIs: 'strictly serial client',
});
report({
  what: `the same in each of ${TENANTS} tenants at once`,
  figure: many.perS,
  unit: '',
  target: { atLeast: 0.97 * PEOPLE_PER_S },
  baseline: serialPerS,
  baselineIs: 'strictly serial client',
});
report({ what: 'CPU of one tenant at that rate', figure: 100 * one.cpu, unit: '% of a core' });
report({
  what: `CPU of ${TENANTS} tenants at that rate`,
  figure: 100 * many.cpu,
  unit: '% of a core',
  baseline: 100 * one.cpu * TENANTS,
  baselineIs: `${TENANTS} times one`,
});
report({
  what: `memory of this process with ${TENANTS} engines`,
  figure: many.memoryMb,
  unit: 'MB',
  baseline: one.memoryMb,
  baselineIs: 'with one',
});
const tenantsPerCore = 0.7 / (many.cpu / TENANTS);
process.stdout.write(
  [
    `A tenant's budget is ${(PEOPLE_PER_S * DAY_S).toLocaleString('en')} people a day, or twice that where every location is right already.`,
    `At 70 % of one core ${Math.floor(tenantsPerCore)} tenants could be worked at that rate all day: ${Math.floor(tenantsPerCore * PEOPLE_PER_S * DAY_S).toLocaleString('en')} people.`,
    '',
  ].join('\n'),
);
