import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Throttle } from '#lib/demo/api/throttle.ts';
import { type Behaviour, DEFAULT_BEHAVIOUR } from '#lib/demo/tenant/behaviour.ts';
import { steadyNow } from '#lib/graph/clock.ts';
import { Pace } from '#lib/graph/queue/pace.ts';
import { WindowBudget } from '#lib/graph/queue/rate-limit.ts';
import { stopTime, timeIs } from '#tests/support/steady-clock.ts';

const LIMIT = 3000;
const WINDOW_MS = 150_000;
const STEP_MS = 50;
const BATCH = 20;
/** Answers take a while, in which more is sent. */
const LATENCY_MS = 200;
const UNDER_WAY = 10;

beforeEach(() => {
  stopTime();
});
afterEach(() => {
  vi.useRealTimers();
});

interface Sent {
  at: number;
  accepted: number;
  refused: number;
}

/** A backlog without end, sent in batches as fast as budget and pace allow for so many seconds; what the demo tenant made of each. */
function backlog(
  seconds: number,
  change: Partial<Behaviour>,
  isRefusedAnyway: (write: number) => boolean = () => false,
) {
  const behaviour = { ...DEFAULT_BEHAVIOUR, ...change };
  const throttle = new Throttle();
  const pace = new Pace({ limit: LIMIT, windowMs: WINDOW_MS });
  const budget = new WindowBudget(LIMIT, WINDOW_MS);
  const sent: Sent[] = [];
  const underWay: (() => void)[][] = [];
  let write = 0;
  for (let now = 0; now < seconds * 1000; now += STEP_MS) {
    timeIs(now);
    for (const answer of underWay[now - LATENCY_MS] ?? []) answer();
    const answers: (() => void)[] = [];
    underWay[now] = answers;
    for (let batch = 0; batch < UNDER_WAY / (LATENCY_MS / STEP_MS); batch += 1) {
      const count = Math.min(BATCH, pace.room(true), budget.room(true));
      if (count < 1) break;
      pace.take(count);
      budget.take(count);
      const refusals = Array.from({ length: count }, () => {
        write += 1;
        if (isRefusedAnyway(write)) return 1000;
        const refusal = throttle.charge({ units: 1, writes: 1 }, now, behaviour);
        return refusal ? 1000 * Number(refusal.headers?.['Retry-After']) : null;
      }).filter((ms) => ms !== null);
      const refused = refusals.length;
      answers.push(() => {
        budget.settle(count, count - refused);
        pace.answered({ sentAt: now, accepted: count - refused, refused, retryAfterMs: Math.min(...refusals) });
      });
      sent.push({ at: now, accepted: count - refused, refused });
    }
  }
  return (fromS: number, toS = seconds) => {
    const within = sent.filter(({ at }) => at >= fromS * 1000 && at < toS * 1000);
    const sum = (key: 'accepted' | 'refused') => within.reduce((total, one) => total + one[key], 0);
    const accepted = sum('accepted');
    return {
      perSecond: accepted / (toS - fromS),
      refusedShare: sum('refused') / Math.max(1, accepted + sum('refused')),
    };
  };
}

describe('whatever the shape of the write budget, at least 90 % of what is accepted is used, and under 1 % is refused', () => {
  test.each([200, 1000, 3000])('a bucket of %i that refills with 20 a second', (size) => {
    const { perSecond, refusedShare } = backlog(900, { writeBucket: { size, perSecond: 20 } })(150);
    expect(perSecond).toBeGreaterThan(0.9 * 20);
    expect(refusedShare).toBeLessThan(0.01);
  });

  test.each([15, 6.67, 5])('a bucket that refills with %d a second, less than documented', (perSecond) => {
    const steady = backlog(1200, { writeBucket: { size: 500, perSecond } })(300);
    expect(steady.perSecond).toBeGreaterThan(0.9 * perSecond);
    expect(steady.refusedShare).toBeLessThan(0.01);
  });

  test.each([3000, 1000, 400])('a window of %i in 150 s', (writesPer150s) => {
    const { perSecond, refusedShare } = backlog(1350, { writesPer150s })(150);
    expect(perSecond).toBeGreaterThan((0.9 * writesPer150s) / 150);
    expect(refusedShare).toBeLessThan(0.01);
  });
});

test('a window of 200, of which a batch is a tenth: as much of it is used, and 2 % is refused', () => {
  const { perSecond, refusedShare } = backlog(1350, { writesPer150s: 200 })(150);
  expect(perSecond).toBeGreaterThan((0.9 * 200) / 150);
  expect(refusedShare).toBeLessThan(0.02);
});

test('2 % refused at random cost no more than themselves', () => {
  const { perSecond } = backlog(900, {}, (write) => (write * 7919) % 50 === 0)(150);
  expect(perSecond).toBeGreaterThan(0.9 * 20);
});

describe('a tenant that refuses nearly everything', () => {
  const answered = (pace: Pace, accepted: number, refused: number, retryAfterMs: number) => {
    pace.take(accepted + refused);
    pace.answered({ sentAt: steadyNow(), accepted, refused, retryAfterMs });
  };

  test('is asked again when it says so, and at the rate it had accepted', () => {
    const pace = new Pace({ limit: LIMIT, windowMs: WINDOW_MS });
    answered(pace, 100, 0, Number.POSITIVE_INFINITY);
    timeIs(2000);
    answered(pace, 0, 20, 18_000);
    expect([pace.room(), pace.freeInMs(1)]).toEqual([0, 18_000]);
    timeIs(20_000);
    expect(pace.room()).toBeGreaterThan(0);
    // 100 in 20 s, a little less at first.
    expect(pace.roomWithin(10_000) - pace.roomWithin(0)).toBeCloseTo(49);
  });

  test('is tried at the documented rate where it refused too soon to tell', () => {
    const pace = new Pace({ limit: LIMIT, windowMs: WINDOW_MS });
    answered(pace, 20, 0, Number.POSITIVE_INFINITY);
    answered(pace, 0, 20, 1000);
    timeIs(1000);
    expect(pace.roomWithin(10_000) - pace.roomWithin(0)).toBeCloseTo(196);
  });

  test('what was under way when it refused does not count again', () => {
    const pace = new Pace({ limit: LIMIT, windowMs: WINDOW_MS });
    answered(pace, 0, 20, 1000);
    timeIs(1001);
    pace.answered({ sentAt: 0, accepted: 0, refused: 200, retryAfterMs: 60_000 });
    expect(pace.room()).toBeGreaterThan(0);
  });

  test('may bear a burst again after a rest of a whole window', () => {
    const pace = new Pace({ limit: LIMIT, windowMs: WINDOW_MS });
    answered(pace, 0, 20, 1000);
    expect(pace.isLearnt).toBe(true);
    timeIs(1001 + WINDOW_MS);
    pace.take(1);
    expect(pace.room()).toBe(Number.POSITIVE_INFINITY);
  });
});
