/** Keeps our own traffic under the tenant's documented budgets, so that a healthy cycle is never told to slow down. */
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

/**
 * A budget of `limit` units in any `windowMs`. It is a window, not a drip: a rested budget goes out in one burst. A unit counts
 * from when it is sent until `windowMs` after its answer, so that the tenant's own count is never above ours.
 */
export class WindowBudget {
  readonly #limit: number;
  readonly #windowMs: number;
  #inFlight = 0;
  #settled: { at: number; units: number }[] = [];
  #settledUnits = 0;

  constructor(limit: number, windowMs: number, recentlyUsedAt: readonly number[] = []) {
    this.#limit = limit;
    this.#windowMs = windowMs;
    for (const at of [...recentlyUsedAt].sort((a, b) => a - b)) this.#record(at, 1);
  }

  /** Reserves `units` (at most the whole budget) and waits until they are there. Every take is followed by one `settle`. */
  async take(units: number, signal?: AbortSignal): Promise<void> {
    for (;;) {
      const now = Date.now();
      this.#expire(now);
      if (this.#inFlight + this.#settledUnits + units <= this.#limit) break;
      const oldest = this.#settled[0];
      await pause(oldest ? oldest.at + this.#windowMs - now + 1 : 10, signal);
    }
    this.#inFlight += units;
  }

  /** Says that `units` were answered; `used` of them count against the window (a request that was never sent used none). */
  settle(units: number, used = units): void {
    this.#inFlight -= units;
    if (used > 0) this.#record(Date.now(), used);
  }

  #record(at: number, units: number): void {
    this.#settled.push({ at, units });
    this.#settledUnits += units;
  }

  #expire(now: number): void {
    let expired = 0;
    for (const entry of this.#settled) {
      if (entry.at + this.#windowMs > now) break;
      this.#settledUnits -= entry.units;
      expired += 1;
    }
    if (expired > 0) this.#settled.splice(0, expired);
  }
}

const MAX_PARALLEL = 80;

/**
 * How many licence writes may be under way at once. Some tenants refuse parallel ones (`Directory_ConcurrencyViolation`): it
 * starts small, doubles while all is well until the first refusal, then climbs by one, and halves on every refusal.
 */
export class ParallelWrites {
  #limit = 4;
  #refusedOnce = false;

  get limit(): number {
    return this.#limit;
  }

  wentWell(): void {
    this.#limit = Math.min(MAX_PARALLEL, this.#refusedOnce ? this.#limit + 1 : this.#limit * 2);
  }

  wasRefused(): void {
    this.#refusedOnce = true;
    this.#limit = Math.max(1, Math.floor(this.#limit / 2));
  }
}

/** Runs `work` over `items` with at most `parallel` under way. The first error stops the rest from starting and is thrown. */
export async function inParallel<T>(items: readonly T[], parallel: number, work: (item: T) => Promise<void>) {
  const queue = items.values();
  const worker = async () => {
    for (const item of queue) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(parallel, items.length) }, worker));
}
