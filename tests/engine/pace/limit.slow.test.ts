/** The tenant's limit, whatever its shape: worlds on virtual time, in a process of their own. */
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, expect, test } from 'vitest';
import type { Found, Newcomers } from '#tests/simulation/newcomers.ts';

const PROGRAM = path.join(import.meta.dirname, '..', '..', 'simulation', 'newcomers.ts');

const WORLDS = {
  'a mailbox that opens later': { people: 1, mailboxOpensAfterMs: 30_000 },
  'licensing lags behind': { people: 200, behaviour: { licensingLagMs: 20_000 } },
  'everything lags behind': { people: 200, behaviour: { replicationLagMs: 20_000 } },
  'a budget smaller than documented': { people: 600, behaviour: { writesPer150s: 1000 } },
  'a bucket of 200 that refills with 20 a second': {
    people: 600,
    behaviour: { writeBucket: { size: 200, perSecond: 20 } },
  },
  '2 % are refused at random': {
    people: 600,
    fault: { kind: 'throttle', match: { inBatch: true }, probability: 0.02, retryAfterS: 1 },
  },
  'twelve licence writes at once': {
    people: 480,
    behaviour: { refuseParallelLicenceWrites: true, parallelLicenceWrites: 12 },
  },
  'twelve licence writes at once, and a budget proven before the server was started': {
    people: 480,
    provenWrites: 3000,
    behaviour: { refuseParallelLicenceWrites: true, parallelLicenceWrites: 12 },
  },
} satisfies Record<string, Newcomers>;

const found = new Map<string, Found>();

function foundIn(world: keyof typeof WORLDS): Found {
  return found.get(world) ?? { licensedAt: [], mailboxSeenAt: [], writes: 0, refusedAt: [] };
}

beforeAll(async () => {
  const given = JSON.stringify(Object.values(WORLDS));
  const { stdout } = await promisify(execFile)(process.execPath, [PROGRAM, given], { maxBuffer: 16 * 1024 * 1024 });
  const each = JSON.parse(stdout) as Found[];
  Object.keys(WORLDS).forEach((world, position) => {
    const one = each[position];
    if (one) found.set(world, one);
  });
}, 180_000);

test('a mailbox that opens 30 s after the licence is seen within 75 s of it', () => {
  const { licensedAt, mailboxSeenAt } = foundIn('a mailbox that opens later');
  const afterMs = licensedAt.map((at, person) => (mailboxSeenAt[person] ?? Number.NaN) - at);
  expect(afterMs).toHaveLength(1);
  expect(afterMs[0]).toBeGreaterThanOrEqual(30_000);
  expect(afterMs[0]).toBeLessThanOrEqual(75_000);
});

test.each(['licensing lags behind', 'everything lags behind'] as const)(
  '%s by 20 s: at most one licence write in twenty is refused',
  (world) => {
    const { licensedAt, writes } = foundIn(world);
    expect(licensedAt).toHaveLength(200);
    // One write for each location.
    expect(writes - 400).toBeLessThanOrEqual(0.05 * 200);
  },
);

test('a budget of a third of the documented one licenses half of the people it has room for within 5 s of the first', () => {
  const { licensedAt } = foundIn('a budget smaller than documented');
  expect(licensedAt).toHaveLength(600);
  expect((licensedAt[249] ?? 0) - (licensedAt[0] ?? 0)).toBeLessThanOrEqual(5000);
});

test.each(['a budget smaller than documented', 'a bucket of 200 that refills with 20 a second'] as const)(
  '%s refuses a few once, and is not run into again',
  (world) => {
    const { refusedAt, writes } = foundIn(world);
    expect(refusedAt.length).toBeGreaterThan(0);
    expect(refusedAt.length).toBeLessThan(0.1 * writes);
    expect(refusedAt.filter((at) => at > (refusedAt[0] ?? 0) + 60_000).length).toBeLessThanOrEqual(0.01 * writes);
  },
);

test('a bucket of 200 that refills with 20 a second is used for nine tenths of what it gives', () => {
  const { licensedAt } = foundIn('a bucket of 200 that refills with 20 a second');
  expect(licensedAt).toHaveLength(600);
  // 200 of 1,200 writes at once, the others as it refills.
  const best = ((1200 - 200) / 20) * 1000;
  expect((licensedAt.at(-1) ?? 0) - (licensedAt[0] ?? 0)).toBeLessThanOrEqual(best / 0.9);
});

test('2 % refused at random leave nobody behind: the last person is licensed within 10 s of the last but one percent', () => {
  const { licensedAt, refusedAt } = foundIn('2 % are refused at random');
  expect(refusedAt.length).toBeGreaterThan(0);
  expect(licensedAt).toHaveLength(600);
  expect((licensedAt[599] ?? Number.NaN) - (licensedAt[593] ?? 0)).toBeLessThanOrEqual(10_000);
});

test.each([
  ['twelve licence writes at once', 7500],
  ['twelve licence writes at once, and a budget proven before the server was started', 6000],
] as const)('%s: of the 12,000 people a minute that it bears, %i or more are licensed', (world, atLeast) => {
  const { licensedAt } = foundIn(world);
  expect(licensedAt).toHaveLength(480);
  const [first = 0, last = 0] = [licensedAt[48], licensedAt[431]];
  expect((383 * 60_000) / (last - first)).toBeGreaterThanOrEqual(atLeast);
});
