import { expect, test } from 'vitest';
import { noTraffic } from '#lib/graph/http/transport.ts';
import { Pace } from '#lib/graph/queue/pace.ts';
import { WindowBudget } from '#lib/graph/queue/rate-limit.ts';
import { countFitting } from '#lib/graph/queue/room.ts';
import type { QueuedRequest } from '#lib/graph/queue/waiting-requests.ts';

const WINDOW_MS = 150_000;

function queued(method: 'GET' | 'PATCH'): QueuedRequest {
  return {
    request: { method, url: '/users/x', label: `${method} /users/{id}`, units: 1 },
    context: { urgent: false, traffic: noTraffic() },
    alone: false,
    since: 0,
    throttledAt: null,
    refusedAt: null,
    wasTokenRefused: false,
    resolve: () => {},
    reject: () => {},
  };
}

function budgets() {
  const pace = new Pace({ limit: 3000, windowMs: WINDOW_MS });
  return { unitBudget: new WindowBudget(1000, 10_000), writeBudget: new WindowBudget(3000, WINDOW_MS), pace };
}

test('a warning about resource units slows reads, not writes', () => {
  const warned = budgets();
  warned.unitBudget.take(500);
  warned.unitBudget.onUsageReported(1.8);
  expect(countFitting([queued('GET')], warned, 0)).toBe(0);
  expect(countFitting([queued('PATCH'), queued('PATCH')], warned, 0)).toBe(2);
});

test('whoever waits for room holds none: with nobody located and nothing under way, a full batch of locations fits', () => {
  const batch = Array.from({ length: 20 }, () => queued('PATCH'));
  const followUps = { due: () => 0, ready: () => 0, inSerialBatches: () => 0, most: () => 20 };
  expect(countFitting(batch, { ...budgets(), followUps }, 0)).toBe(20);
  // Those that are located, and only those, take it up.
  expect(countFitting(batch, { ...budgets(), followUps: { ...followUps, due: () => 15 } }, 0)).toBe(5);
  // Whose licence is on its way needs none of it any more.
  expect(
    countFitting(batch, { ...budgets(), followUps: { ...followUps, due: () => 15, inSerialBatches: () => 10 } }, 0),
  ).toBe(15);
});
