import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { LocationLag } from '#lib/graph/location-lag.ts';
import { stopTime, timeIs } from '#tests/support/steady-clock.ts';

const LONGEST_MS = 1000;

beforeEach(() => {
  stopTime();
});
afterEach(() => {
  vi.useRealTimers();
});

test('the wait of a licence for the budget is no lag: nobody else waits that long', async () => {
  const lag = new LocationLag(LONGEST_MS);
  const first = await lag.ready(0);
  void first.refused();
  timeIs(100_000);
  first.end(true);
  // Older than any lag: tried at once.
  const isReady = vi.fn();
  const next = lag.ready(100_000 - 2 * LONGEST_MS).then(isReady);
  await vi.waitFor(() => expect(isReady).toHaveBeenCalled());
  await next;
});
