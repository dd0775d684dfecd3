/** Keeps our own traffic under the tenant's budgets and yet close to them, so that a healthy cycle is never told to slow down. Decides; never waits. */
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

/** With less than this share of the budget used, neither a 429 nor a warning says anything about the budget. */
const TELLING_SHARE = 0.25;
/** The tenant's count may be this many times ours before it is a surprise. */
const SURPRISE = 1.1;
/** After it was told to slow down, a budget goes this share below what was used then, and comes back by `REGAIN` a window. */
const MARGIN = 0.95;
const REGAIN = 1.1;

/**
 * A budget of `limit` units in any `windowMs`. It is a window, not a drip: a rested budget goes out in one burst. A unit counts
 * from when it is sent until `windowMs` after its answer, so that the tenant's own count is never above ours. Where the tenant's
 * budget turns out to be smaller than ours, it learns that, and later tries again.
 */
export class WindowBudget {
  readonly #limit: number;
  readonly #windowMs: number;
  #effective: number;
  #effectiveSince = 0;
  #inFlight = 0;
  #settled: { at: number; units: number }[] = [];
  #settledUnits = 0;

  constructor(limit: number, windowMs: number, recentlyUsedAt: readonly number[] = []) {
    this.#limit = limit;
    this.#effective = limit;
    this.#windowMs = windowMs;
    for (const at of [...recentlyUsedAt].sort((a, b) => a - b)) this.#record(at, 1);
  }

  /** How full the budget is, 0 to 1. */
  get fullness(): number {
    this.#expire(Date.now());
    return (this.#inFlight + this.#settledUnits) / this.#limit;
  }

  /** Units that may go out now if `share` of the budget is all there is. */
  room(share = 1): number {
    this.#expire(Date.now());
    return Math.floor(this.#effective * share) - this.#inFlight - this.#settledUnits;
  }

  /** Units that may go out within the next `ms`. */
  roomWithin(ms: number, share = 1): number {
    const freeing = Date.now() + ms - this.#windowMs;
    let room = this.room(share);
    for (const { at, units } of this.#settled) {
      if (at > freeing) break;
      room += units;
    }
    return room;
  }

  /** How long until `units` fit, in ms, as far as it is known: what is under way has no end yet. 0: now. */
  freeInMs(units: number, share = 1): number {
    let missing = units - this.room(share);
    if (missing <= 0) return 0;
    for (const entry of this.#settled) {
      missing -= entry.units;
      if (missing <= 0) return Math.max(1, entry.at + this.#windowMs - Date.now());
    }
    return this.#windowMs;
  }

  /** Counts units that are being sent now. Every `take` is followed by one `settle`. */
  take(units: number): void {
    this.#inFlight += units;
  }

  /** Says that `units` were answered; `used` of them count against the window (a request that was never sent used none). */
  settle(units: number, used = units): void {
    this.#inFlight -= units;
    if (used > 0) this.#record(Date.now(), used);
  }

  /** The tenant says how full it is (1: at its limit). Where that is far above our own count, others spend too or its budget is smaller than ours. */
  heard(fullness: number): void {
    const used = this.#inFlight + this.#settledUnits;
    if (fullness > (used / this.#limit) * SURPRISE) this.#learn(used / fullness);
  }

  /** The tenant refused a request because this budget is spent. */
  exceeded(): void {
    this.#learn(this.#inFlight + this.#settledUnits);
  }

  #learn(limit: number): void {
    const used = this.#inFlight + this.#settledUnits;
    if (used < this.#limit * TELLING_SHARE || limit * MARGIN >= this.#effective) return;
    this.#effective = limit * MARGIN;
    this.#effectiveSince = Date.now();
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
    if (this.#effective < this.#limit && now - this.#effectiveSince > this.#windowMs) {
      this.#effective = Math.min(this.#limit, this.#effective * REGAIN);
      this.#effectiveSince = now;
    }
  }
}

/** Full batches of writes under way at once where the tenant bears it. */
const MOST_PARALLEL = 200;
const BATCH_SIZE = 20;

/**
 * How many writes may be under way at once. Some tenants refuse parallel licence writes (`Directory_ConcurrencyViolation`). It
 * doubles while all is well until the first refusal; from then on it halves on a refusal and climbs by one a round, as TCP does.
 * Below a full batch it sends serial ones, each counting for one write at a time: few round trips at any speed.
 */
export class ParallelWrites {
  #limit = BATCH_SIZE;
  #refusedOnce = false;
  #wellSinceClimb = 0;

  get limit(): number {
    return this.#limit;
  }

  /** What may start beside the writes that are under way. */
  admit(underWay: number): { group: number; serial: boolean } {
    const serial = this.#limit < BATCH_SIZE;
    const weight = serial ? 1 : BATCH_SIZE;
    return { group: underWay + weight <= this.#limit ? BATCH_SIZE : 0, serial };
  }

  /** A batch of so many writes was not refused. */
  wentWell(writes: number): void {
    this.#wellSinceClimb += writes;
    if (!this.#refusedOnce) this.#limit = Math.min(MOST_PARALLEL, this.#limit * 2);
    else if (this.#wellSinceClimb >= this.#limit) {
      this.#limit = Math.min(MOST_PARALLEL, this.#limit + 1);
      this.#wellSinceClimb = 0;
    }
  }

  wasRefused(): void {
    this.#refusedOnce = true;
    this.#wellSinceClimb = 0;
    this.#limit = Math.max(1, Math.floor(this.#limit / 2));
  }
}
