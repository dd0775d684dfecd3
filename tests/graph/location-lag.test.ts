import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { LocationLag } from '#lib/graph/location-lag.ts';

const LONGEST_MS = 1000;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'] });
  vi.setSystemTime(0);
});
afterEach(() => {
  vi.useRealTimers();
});

test('the wait of a licence for the budget is no lag: nobody else waits that long', async () => {
  const lag = new LocationLag(LONGEST_MS);
  const first = await lag.ready(0);
  void first.refused();
  vi.setSystemTime(100_000);
  first.end(true);
  // Older than any lag: tried at once.
  const isReady = vi.fn();
  const next = lag.ready(100_000 - 2 * LONGEST_MS).then(isReady);
  await vi.waitFor(() => expect(isReady).toHaveBeenCalled());
  await next;
});
