import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ParallelWrites, WindowBudget } from '#lib/directory/pacing.ts';

describe('WindowBudget', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  /** True where the budget gives the units at once. */
  async function givesAtOnce(budget: WindowBudget, units: number): Promise<boolean> {
    const impatient = new AbortController();
    const taken = budget.take(units, impatient.signal).then(
      () => true,
      () => false,
    );
    const waited = await Promise.race([taken, new Promise<null>((resolve) => setImmediate(() => resolve(null)))]);
    impatient.abort();
    return waited === true;
  }

  test('a rested budget goes out in one burst, and then nothing until the window has passed', async () => {
    vi.setSystemTime(0);
    const budget = new WindowBudget(100, 1000);
    expect(await givesAtOnce(budget, 100)).toBe(true);
    budget.settle(100);
    vi.setSystemTime(999);
    expect(await givesAtOnce(budget, 1)).toBe(false);
    vi.setSystemTime(1000);
    expect(await givesAtOnce(budget, 100)).toBe(true);
  });

  test('what is under way counts before it is answered', async () => {
    const budget = new WindowBudget(100, 1000);
    expect(await givesAtOnce(budget, 60)).toBe(true);
    expect(await givesAtOnce(budget, 60)).toBe(false);
  });

  test('what was never sent gives its units back', async () => {
    const budget = new WindowBudget(100, 1000);
    await budget.take(100);
    budget.settle(100, 0);
    expect(await givesAtOnce(budget, 100)).toBe(true);
  });

  test('writes from before a restart count', async () => {
    vi.setSystemTime(1000);
    const budget = new WindowBudget(3, 1000, [200, 300, 900]);
    expect(await givesAtOnce(budget, 1)).toBe(false);
    vi.setSystemTime(1200);
    expect(await givesAtOnce(budget, 1)).toBe(true);
  });
});

describe('ParallelWrites', () => {
  test('doubles while all is well, halves on a refusal, climbs by one afterwards, and never falls below one', () => {
    const writes = new ParallelWrites();
    const start = writes.limit;
    writes.wentWell();
    writes.wentWell();
    expect(writes.limit).toBe(start * 4);
    writes.wasRefused();
    expect(writes.limit).toBe(start * 2);
    writes.wentWell();
    expect(writes.limit).toBe(start * 2 + 1);
    for (let refusals = 0; refusals < 10; refusals += 1) writes.wasRefused();
    expect(writes.limit).toBe(1);
  });
});
