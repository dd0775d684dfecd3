/**
 * A backlog larger than the tenant's budget: how much of the write budget is used in every window of it, and what is refused. Windows,
 * latencies and lag are 8 times shorter than at Microsoft; `BENCH_FULL=1`: as at Microsoft, for nine minutes.
 */
import { openEngine } from '#tests/bench/support/engine.ts';
import { report } from '#tests/bench/support/report.ts';
import { licenseSerially } from '#tests/bench/support/serial.ts';
import { compressed, startTenant, USUAL } from '#tests/bench/support/tenant.ts';

const IS_FULL = process.env.BENCH_FULL === '1';
const COMPRESSION = IS_FULL ? 1 : Number(process.env.BENCH_COMPRESSION ?? 8);
const BUDGET = 3000;
const PEOPLE = Number(process.env.BENCH_PEOPLE ?? 5500);
const SERIAL_PEOPLE = 40;
const WINDOW_MS = 150_000 / COMPRESSION;

/** The least and the most that was written in any window after the first, at whose start there was more to write than the budget allows. */
function windows(at: readonly number[], windowMs: number): { least: number; most: number } {
  const last = at[at.length - BUDGET - 1] ?? 0;
  let [first, past] = [0, 0];
  let [least, most] = [Number.POSITIVE_INFINITY, 0];
  for (let from = (at[0] ?? 0) + windowMs; from <= last; from += windowMs / 500) {
    while ((at[first] ?? last) < from) first += 1;
    while (past < at.length && (at[past] ?? 0) < from + windowMs) past += 1;
    least = Math.min(least, past - first);
    most = Math.max(most, past - first);
  }
  return { least, most };
}

const behaviour = { ...(IS_FULL ? USUAL : compressed(COMPRESSION)), writesPer150s: BUDGET };
const serialTenant = await startTenant({ people: SERIAL_PEOPLE, behaviour: USUAL });
const serialSeconds = await licenseSerially(serialTenant, SERIAL_PEOPLE);
await serialTenant.stop();
const serialWrites = (2 * SERIAL_PEOPLE * 150) / serialSeconds;

const tenant = await startTenant({ people: PEOPLE, behaviour });
const { drop, cycle, close } = openEngine(tenant, COMPRESSION, { GRAPH_WRITES_PER_150S: String(BUDGET) });
drop('newcomers.csv', PEOPLE);
const cpuBefore = process.cpuUsage();
const startedAt = Date.now();
const run = await cycle();
const seconds = (Date.now() - startedAt) / 1000;
const cpu = process.cpuUsage(cpuBefore);
const ledger = await tenant.ledger();
const { requests, subRequests, writes, throttled } = await tenant.counted();
close();
await tenant.stop();

const writtenAt = ledger.map(({ at }) => at).sort((a, b) => a - b);
const { least, most } = windows(writtenAt, WINDOW_MS);
const licensed = ledger.filter(({ kind }) => kind === 'licence').length;
process.stdout.write(
  `${licensed} of ${PEOPLE} people licensed in ${seconds.toFixed(0)} s, windows of ${WINDOW_MS / 1000} s, run ${run.status}\n`,
);
report({
  what: 'least share of the write budget used in any window',
  figure: (100 * least) / BUDGET,
  unit: '%',
  target: { atLeast: 97 },
  baseline: (100 * serialWrites) / 3000,
  baselineIs: 'strictly serial client',
});
report({ what: 'most writes in any window', figure: most, unit: '', target: { atMost: BUDGET } });
report({ what: '429s, of all requests', figure: (100 * throttled) / subRequests, unit: '%', target: { atMost: 0.1 } });
report({
  what: 'writes per person, location and licence',
  figure: writes / PEOPLE,
  unit: '',
  target: { atMost: 2 },
  baseline: 2,
  baselineIs: 'serial',
});
report({
  what: 'round trips per person in this cycle',
  figure: requests / PEOPLE,
  unit: '',
  target: { atMost: 0.25 },
  baseline: 6,
  baselineIs: 'serial',
});
report({ what: 'our CPU per person', figure: (cpu.user + cpu.system) / 1000 / PEOPLE, unit: 'ms' });
