import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { steadyNow } from '#lib/graph/clock.ts';
import { AdaptiveConcurrency } from '#lib/graph/queue/concurrency.ts';
import { WindowBudget } from '#lib/graph/queue/rate-limit.ts';
import { stopTime, timeIs } from '#tests/support/steady-clock.ts';

beforeEach(() => {
  stopTime();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('WindowBudget', () => {
  function spend(budget: WindowBudget, units: number): void {
    budget.take(units);
    budget.settle(units);
  }

  test('a rested budget goes out in one burst, and then nothing until the window has passed', () => {
    const budget = new WindowBudget(100, 1000);
    expect(budget.freeInMs(100)).toBe(0);
    spend(budget, 100);
    timeIs(999);
    expect([budget.room(), budget.freeInMs(1)]).toEqual([0, 1]);
    timeIs(1000);
    expect(budget.room()).toBe(100);
  });

  test('what is under way counts before it is answered, and its end is not known', () => {
    const budget = new WindowBudget(100, 1000);
    budget.take(60);
    expect([budget.room(), budget.freeInMs(60)]).toEqual([40, 1000]);
  });

  test('what was never sent gives its units back', () => {
    const budget = new WindowBudget(100, 1000);
    budget.take(100);
    budget.settle(100, 0);
    expect(budget.room()).toBe(100);
  });

  test('writes from before a restart count', () => {
    timeIs(1000);
    const budget = new WindowBudget(3, 1000, [200, 300, 900]);
    expect([budget.room(), budget.freeInMs(1), budget.freeInMs(2)]).toEqual([0, 200, 300]);
  });

  test('the smallest budget is some budget', () => {
    expect(new WindowBudget(1, 1000).room(true)).toBe(1);
  });

  test('a backlog leaves a share of it to operators', () => {
    const budget = new WindowBudget(1000, 1000);
    spend(budget, budget.room(true));
    expect([budget.room(true), budget.room()]).toEqual([0, 30]);
    timeIs(999);
    expect(budget.room(true)).toBe(27);
  });

  test('a backlog that has used up a rested budget drips evenly from the next window on', () => {
    const budget = new WindowBudget(1000, 1000);
    spend(budget, budget.room(true));
    const sent: number[] = [];
    for (let now = 1; now <= 4000; now += 1) {
      timeIs(now);
      const room = Math.max(0, budget.room(true));
      sent[now] = room;
      if (room > 0) spend(budget, room);
    }
    const inWindow = (from: number) => sent.slice(from, from + 1000).reduce((sum, units) => sum + units, 0);
    for (let from = 2000; from <= 3000; from += 50) {
      expect(inWindow(from)).toBeGreaterThanOrEqual(970);
      expect(inWindow(from)).toBeLessThanOrEqual(1000);
    }
    expect(Math.max(...sent.slice(2000))).toBeLessThan(30);
  });

  test('while a backlog drips, what is no backlog finds a gap at once', () => {
    const budget = new WindowBudget(1000, 1000);
    spend(budget, budget.room(true));
    for (let now = 10; now < 1500; now += 10) {
      timeIs(now);
      const room = budget.room(true);
      if (room > 0) spend(budget, room);
      if (now >= 1000) expect(budget.room()).toBeGreaterThan(300);
    }
  });

  test('a warning with hardly anything spent says nothing about the budget', () => {
    const budget = new WindowBudget(1000, 1000);
    spend(budget, 30);
    budget.onUsageReported(1.2);
    expect(budget.room()).toBe(970);
  });

  test('a warning that the tenant is fuller than we count is believed; one that agrees with our count changes nothing', () => {
    const budget = new WindowBudget(1000, 1000);
    spend(budget, 800);
    budget.onUsageReported(0.82);
    expect(budget.room()).toBe(200);
    budget.onUsageReported(1);
    expect(budget.room()).toBeLessThan(0);
    for (let window = 1; window < 10; window += 1) {
      timeIs(window * 1100);
      budget.room();
    }
    expect(budget.room()).toBe(1000);
  });

  test('a machine’s clock that is set ahead and back again keeps nobody waiting until it is there again', () => {
    const DAY = 24 * 3_600_000;
    const budget = new WindowBudget(10, 1000);
    vi.setSystemTime(DAY);
    budget.take(10);
    budget.settle(10);
    vi.setSystemTime(0);
    expect(budget.freeInMs(1)).toBe(1000);
    expect(
      new WindowBudget(
        10,
        1000,
        Array.from({ length: 10 }, () => DAY),
      ).freeInMs(1),
    ).toBe(1000);
  });
});

describe('ParallelWrites', () => {
  const halved = (times: number) => {
    const writes = new AdaptiveConcurrency();
    for (let refusals = 0; refusals < times; refusals += 1) writes.onRejected(steadyNow());
    return writes;
  };

  test('starts with a full batch and doubles while all is well', () => {
    const writes = new AdaptiveConcurrency();
    expect(writes.admit(0)).toEqual({ group: 20, serial: false });
    expect(writes.admit(20).group).toBe(0);
    writes.onSuccess(20);
    expect(writes.admit(20).group).toBe(20);
  });

  test('halves on a refusal down to one, and below a full batch sends serial ones', () => {
    const writes = halved(1);
    expect(writes.limit).toBe(10);
    expect(writes.admit(9)).toEqual({ group: 20, serial: true });
    expect(writes.admit(10).group).toBe(0);
    expect(halved(11).limit).toBe(1);
  });

  test('comes back up by one for each round that went well', () => {
    const writes = halved(3);
    const { limit } = writes;
    expect(writes.admit(limit).group).toBe(0);
    writes.onSuccess(limit);
    expect(writes.limit).toBe(limit + 1);
  });

  test('halves once for all that was under way when the tenant refused', () => {
    const writes = new AdaptiveConcurrency();
    const sentAt = steadyNow();
    timeIs(Date.now() + 100);
    for (let batches = 0; batches < 5; batches += 1) writes.onRejected(sentAt);
    expect(writes.limit).toBe(10);
    writes.onRejected(steadyNow());
    expect(writes.limit).toBe(5);
  });

  test('a limit that is not used up is not raised', () => {
    const writes = new AdaptiveConcurrency();
    for (let batches = 0; batches < 10; batches += 1) writes.onSuccess(20);
    expect(writes.limit).toBe(20);
  });

  test('a tenant that bears 12 at once is used for three quarters of that or more, with a refusal in few rounds', () => {
    const writes = new AdaptiveConcurrency();
    let [used, refusals] = [0, 0];
    for (let round = 0; round < 100; round += 1) {
      const { limit } = writes;
      const sentAt = steadyNow();
      timeIs(Date.now() + 100);
      writes.admit(limit);
      used += Math.min(12, limit);
      if (limit > 12) {
        refusals += 1;
        writes.onRejected(sentAt);
      } else writes.onSuccess(limit);
    }
    expect(used / 100).toBeGreaterThan(9);
    expect(refusals).toBeLessThan(25);
  });
});
