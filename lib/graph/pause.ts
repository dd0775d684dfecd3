/** Waiting, and how long to wait before the next attempt. */
import { setTimeout as delay } from 'node:timers/promises';

/** Waits `ms`, or rejects with the signal's reason as soon as it is aborted. */
export function pause(ms: number, signal?: AbortSignal): Promise<void> {
  return delay(Math.max(0, ms), undefined, signal ? { signal } : {});
}

/** Exponential backoff with full jitter, in ms: somewhere between half and all of `baseMs · 2^(attempt-1)`, at most `maxMs`. */
export function backoffMs(attempt: number, baseMs: number, maxMs = 30_000): number {
  const ceiling = Math.min(maxMs, baseMs * 2 ** Math.max(0, attempt - 1));
  return ceiling / 2 + (Math.random() * ceiling) / 2;
}
