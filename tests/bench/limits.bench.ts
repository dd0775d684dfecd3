/**
 * The write budget in other shapes than documented: buckets that refill, a smaller window, refusals at random, a location that
 * licensing sees late. Each beside another tree, named by BENCH_BASELINE_ROOT; windows, latencies and lag are 10 times shorter.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { report } from '#tests/bench/support/report.ts';
import { type BenchTenant, compressed, startTenant, USUAL } from '#tests/bench/support/tenant.ts';

const COMPRESSION = 10;
const ONLY = process.env.BENCH_ONLY;
const LIMIT_MS = 300_000;
const baselineRoot = process.env.BENCH_BASELINE_ROOT;
const roots = [process.cwd(), ...(baselineRoot ? [baselineRoot] : [])];

interface Shape {
  people: number;
  behaviour: Parameters<typeof startTenant>[0]['behaviour'];
  compression?: number;
  prepare?: (tenant: BenchTenant) => Promise<unknown>;
}

interface Measured {
  /** When each licence and location was accepted, in ms of the tenant's own time since the first. */
  licences: number[];
  writes: number[];
  /** What had been refused and accepted at a time, in the same ms. */
  samples: { at: number; throttled: number }[];
  /** Changes requested, granted or not. */
  asked: number;
  seconds: number;
}

async function measure(
  { people, behaviour, compression = COMPRESSION, prepare }: Shape,
  root: string,
): Promise<Measured> {
  const usual = compression === 1 ? USUAL : compressed(compression);
  const tenant = await startTenant({ people, behaviour: { ...usual, ...behaviour } });
  await prepare?.(tenant);
  const { url, tenantId, clientId, clientSecret } = tenant;
  const order = { tenant: { url, tenantId, clientId, clientSecret }, people, compression };
  const script = path.join(import.meta.dirname, 'support', 'one-file.ts');
  const child = spawn(process.execPath, [script, JSON.stringify(order)], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = once(child, 'exit');
  const samples: { at: number; throttled: number }[] = [];
  const startedAt = Date.now();
  for (let isRunning = true; isRunning; ) {
    const { throttled } = await tenant.counted();
    samples.push({ at: Date.now(), throttled });
    isRunning = await Promise.race([ended.then(() => false), delay(100, true)]);
    if (Date.now() - startedAt > LIMIT_MS) child.kill('SIGKILL');
  }
  const ledger = await tenant.ledger();
  const { writes: asked } = await tenant.counted();
  await tenant.stop();
  const first = ledger[0]?.at ?? 0;
  const since = (at: number) => (at - first) * compression;
  return {
    licences: ledger.filter(({ kind }) => kind === 'licence').map(({ at }) => since(at)),
    writes: ledger.map(({ at }) => since(at)),
    samples: samples.map(({ at, throttled }) => ({ at: since(at), throttled })),
    asked,
    seconds: since(Date.now()) / 1000,
  };
}

/** Ours, and that of the other tree where there is one. */
async function compare(name: string, shape: Shape, figuresOf: (measured: Measured) => Figures): Promise<void> {
  if (ONLY && !name.includes(ONLY)) return;
  const measured: Figures[] = [];
  for (const root of roots) measured.push(figuresOf(await measure(shape, root)));
  const [ours = {}, theirs] = measured;
  for (const [what, { figure, unit, target }] of Object.entries(ours))
    report({
      what: `${name}: ${what}`,
      figure,
      unit,
      ...(target ? { target } : {}),
      ...(theirs?.[what] ? { baseline: theirs[what].figure, baselineIs: 'the other tree' } : {}),
    });
}

type Figures = Record<string, Pick<Parameters<typeof report>[0], 'figure' | 'unit' | 'target'>>;

/** Accepted writes and refusals between two times, in ms. */
function between({ writes, samples }: Measured, from: number, to: number) {
  const before = (at: number) => samples.filter((sample) => sample.at <= at).at(-1)?.throttled ?? 0;
  return {
    accepted: writes.filter((at) => at >= from && at < to).length,
    refused: before(to) - before(from),
  };
}

/** A budget of `atOnce` writes and then `perSecond`, once it is spent. */
function steady(atOnce: number, perSecond: number, from: number): (measured: Measured) => Figures {
  return (measured) => {
    const { writes } = measured;
    // Before the last writes, when there is always something to write.
    const to = writes[Math.floor(writes.length * 0.95)] ?? 0;
    const { accepted, refused } = between(measured, from, to);
    const least = ((writes.length - atOnce) / perSecond) * 1000;
    const seconds = ((to - from) / 1000) * perSecond;
    return {
      'share of the accepted rate': { figure: (100 * accepted) / seconds, unit: '%', target: { atLeast: 90 } },
      'refused, of all': { figure: (100 * refused) / (accepted + refused), unit: '%', target: { atMost: 1 } },
      'from the first write to the last': {
        figure: (writes.at(-1) ?? 0) / 1000,
        unit: `s (at best ${Math.round(least / 1000)})`,
      },
    };
  };
}

const bucket = (size: number) => ({ writeBucket: { size, perSecond: 20 } });
await compare('bucket of 200', { people: 600, behaviour: bucket(200) }, steady(200, 20, 20_000));
await compare('bucket of 1,000', { people: 1500, behaviour: bucket(1000) }, steady(1000, 20, 40_000));
// What it holds at first is twice a window's budget with what it refills: only after a whole window it is steady.
await compare('bucket of 3,000', { people: 5000, behaviour: bucket(3000) }, steady(3000, 20, 150_000));
await compare('window of 3,000', { people: 3000, behaviour: {} }, steady(3000, 20, 150_000));
await compare(
  'window of 1,000',
  { people: 2200, behaviour: { writesPer150s: 1000 } },
  steady(1000, 1000 / 150, 160_000),
);

const later = (licences: number[], share: number) =>
  (licences[Math.ceil(licences.length * share) - 1] ?? Number.NaN) / 1000;
await compare(
  'a budget of 1,000, 900 people',
  { people: 900, compression: 4, behaviour: { writesPer150s: 1000 } },
  ({ licences }) => ({
    'the median person is licensed after': {
      figure: later(licences, 0.5),
      unit: 's',
      target: { atMost: 10 },
    },
  }),
);

const random = (tenant: BenchTenant) =>
  tenant.control('POST', 'faults', {
    kind: 'throttle',
    match: { inBatch: true },
    probability: 0.02,
    retryAfterS: 1 / COMPRESSION,
  });
await compare('2 % refused at random', { people: 3000, behaviour: {}, prepare: random }, (measured) => ({
  'share of the accepted rate': steady(3000, 20, 150_000)(measured)['share of the accepted rate'] ?? {
    figure: 0,
    unit: '%',
  },
  'the last person after the last but one percent': {
    figure: later(measured.licences, 1) - later(measured.licences, 0.99),
    unit: 's',
    target: { atMost: 10 },
  },
}));

for (const [name, behaviour] of Object.entries({
  'reads and licensing 20 s late': { replicationLagMs: 20_000 / COMPRESSION },
  'licensing 20 s later than reads': { licensingLagMs: 20_000 / COMPRESSION },
}))
  await compare(name, { people: 600, behaviour }, ({ asked, writes, licences }) => ({
    'licence writes refused in vain': {
      figure: (100 * (asked - writes.length)) / (asked - writes.length + licences.length),
      unit: '%',
      target: { atMost: 5 },
    },
    'last licence after': { figure: later(licences, 1), unit: 's' },
  }));
