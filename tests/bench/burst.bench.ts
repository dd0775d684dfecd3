/**
 * A file into a rested tenant: how fast people are licensed at the demo tenant's latencies, nothing compressed; and where the tenant
 * refuses parallel licence writes, how much of what it bears is found, also after it has changed.
 */
import { openEngine } from '#tests/bench/support/engine.ts';
import { report } from '#tests/bench/support/report.ts';
import { licenseSerially } from '#tests/bench/support/serial.ts';
import { startTenant, USUAL } from '#tests/bench/support/tenant.ts';

const PEOPLE = Number(process.env.BENCH_PEOPLE ?? 1500);
const SERIAL_PEOPLE = 40;

/** Two writes for each of these: by then the tenant has shown a third of its budget, and locations run ahead of licences as far as they like. */
const TO_PROVE = 510;

/** People licensed a minute, from the start of the cycle to the last licence in the tenant's ledger; after `earlier` others, who are not counted. */
async function burst(people: number, more = {}, earlier = 0) {
  const tenant = await startTenant({ people: earlier + people, behaviour: { ...USUAL, ...more } });
  const { drop, cycle, close } = openEngine(tenant);
  if (earlier > 0) {
    drop('earlier.csv', earlier);
    await cycle();
  }
  const before = await tenant.counted();
  drop('newcomers.csv', people, earlier + 1);
  const startedAt = Date.now();
  const run = await cycle();
  const licences = (await tenant.ledger()).filter(({ kind }) => kind === 'licence').slice(earlier);
  const counted = await tenant.counted();
  const [throttled, writes] = [counted.throttled - before.throttled, counted.writes - before.writes];
  close();
  await tenant.stop();
  if (licences.length !== people) throw new Error(`${licences.length} of ${people} were licensed: ${run.message}`);
  const seconds = ((licences.at(-1)?.at ?? 0) - startedAt) / 1000;
  // Without start and end, where there is not enough to do for a tenant's limits to show.
  const middle = licences.slice(Math.floor(people * 0.1), Math.ceil(people * 0.9));
  const middleMs = (middle.at(-1)?.at ?? 0) - (middle[0]?.at ?? 0);
  return { perMinute: (people * 60) / seconds, steady: (middle.length * 60_000) / middleMs, throttled, writes };
}

const serialTenant = await startTenant({ people: SERIAL_PEOPLE, behaviour: USUAL });
const serialSeconds = await licenseSerially(serialTenant, SERIAL_PEOPLE);
await serialTenant.stop();
const baseline = (SERIAL_PEOPLE * 60) / serialSeconds;

const free = await burst(PEOPLE);
report({
  what: `burst of ${PEOPLE} people into a rested tenant`,
  figure: free.perMinute,
  unit: 'people a minute',
  target: { atLeast: 3000 },
  baseline,
  baselineIs: 'strictly serial client',
});
report({ what: '429s in it', figure: free.throttled, unit: '', target: { atMost: 0 } });

const { write: writeMs = 60 } = USUAL.latencyMs ?? {};
for (const [bears, earlier] of [
  [1, 0],
  [4, 0],
  [12, 0],
  [12, TO_PROVE],
] as const) {
  const people = Math.min(PEOPLE, 240 + bears * 60, 1400 - earlier);
  const shy = await burst(people, { refuseParallelLicenceWrites: true, parallelLicenceWrites: bears }, earlier);
  report({
    what: `a tenant that bears ${bears} licence write${bears === 1 ? '' : 's'} at once${earlier ? ' and has proven its budget' : ''}, ${people} people`,
    figure: shy.steady,
    unit: 'people a minute',
    target: { atLeast: (0.5 * bears * 60_000) / writeMs },
    baseline: (bears * 60_000) / writeMs,
    baselineIs: 'what it bears at most',
  });
  report({
    what: 'writes refused for being parallel, of all',
    figure: (shy.writes - 2 * people) / shy.writes,
    unit: '',
    target: { atMost: 0.1 },
  });
}
