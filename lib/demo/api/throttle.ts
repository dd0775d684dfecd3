/** The budgets of one app in one tenant: sliding windows, or for writes a bucket that refills. Pure apart from its own state: the time is passed in. */
import type { Behaviour } from '#lib/demo/tenant/behaviour.ts';
import { type Answer, throttled } from './answers.ts';

const WRITE_WINDOW_MS = 150_000;
const UNIT_WINDOW_MS = 10_000;
/** Graph reports the usage of a budget only from this share on. */
const PERCENTAGE_SHOWN_FROM = 0.8;

class SlidingWindow {
  #entries: { at: number; cost: number }[] = [];
  #used = 0;

  used(now: number, windowMs: number): number {
    let expired = 0;
    for (const { at, cost } of this.#entries) {
      if (at > now - windowMs) break;
      this.#used -= cost;
      expired += 1;
    }
    if (expired > 0) this.#entries = this.#entries.slice(expired);
    return this.#used;
  }

  add(now: number, cost: number): void {
    this.#entries.push({ at: now, cost });
    this.#used += cost;
  }

  /** How long until `cost` fits. */
  freeInMs(now: number, windowMs: number, limit: number, cost: number): number {
    let excess = this.#used + cost - limit;
    for (const entry of this.#entries) {
      if (excess <= 0) break;
      excess -= entry.cost;
      if (excess <= 0) return Math.max(1, entry.at + windowMs - now);
    }
    return windowMs;
  }
}

/** Full at first; what is taken comes back evenly. A refused write takes nothing. */
class TokenBucket {
  #missing = 0;
  #at = 0;

  /** Takes one; returns how long until there is one where it is empty, otherwise 0. */
  take(now: number, size: number, perMs: number): number {
    const missing = this.#missingAt(now, perMs);
    if (missing > size - 1) return (missing - (size - 1)) / perMs;
    this.#missing = missing + 1;
    this.#at = now;
    return 0;
  }

  used(now: number, size: number, perMs: number): number {
    return this.#missingAt(now, perMs) / size;
  }

  #missingAt(now: number, perMs: number): number {
    return Math.max(0, this.#missing - (now - this.#at) * perMs);
  }
}

export class Throttle {
  readonly #writes = new SlidingWindow();
  readonly #bucket = new TokenBucket();
  readonly #units = new SlidingWindow();

  /** Charges a request; returns the 429 where a budget is exhausted. In a window a throttled request counts as well (graph-facts §1). */
  charge(cost: { units: number; writes: number }, now: number, behaviour: Behaviour): Answer | null {
    const { unitsPer10s, timeScale } = behaviour;
    const unitWindowMs = UNIT_WINDOW_MS / timeScale;
    const unitsExhausted = this.#units.used(now, unitWindowMs) + cost.units > unitsPer10s;
    this.#units.add(now, cost.units);
    const writeWaitMs = cost.writes > 0 ? this.#chargeWrites(cost.writes, now, behaviour) : 0;
    if (writeWaitMs > 0) return throttled(retryAfter(writeWaitMs, timeScale), 'Write');
    if (!unitsExhausted) return null;
    const waitMs = this.#units.freeInMs(now, unitWindowMs, unitsPer10s, cost.units);
    return throttled(retryAfter(waitMs, timeScale), 'ReadWrite');
  }

  /** The header that warns before a budget is exhausted; null while there is plenty. */
  percentage(now: number, { writesPer150s, writeBucket, unitsPer10s, timeScale }: Behaviour): string | null {
    const writes = writeBucket
      ? this.#bucket.used(now, writeBucket.size, (writeBucket.perSecond * timeScale) / 1000)
      : this.#writes.used(now, WRITE_WINDOW_MS / timeScale) / writesPer150s;
    const fullness = Math.max(this.#units.used(now, UNIT_WINDOW_MS / timeScale) / unitsPer10s, writes);
    return fullness >= PERCENTAGE_SHOWN_FROM ? Math.min(fullness, 1.8).toFixed(2) : null;
  }

  /** How long until there is room for these writes; 0: they are charged. */
  #chargeWrites(writes: number, now: number, { writesPer150s, writeBucket, timeScale }: Behaviour): number {
    if (writeBucket) return this.#bucket.take(now, writeBucket.size, (writeBucket.perSecond * timeScale) / 1000);
    const windowMs = WRITE_WINDOW_MS / timeScale;
    const isExhausted = this.#writes.used(now, windowMs) + writes > writesPer150s;
    this.#writes.add(now, writes);
    return isExhausted ? this.#writes.freeInMs(now, windowMs, writesPer150s, writes) : 0;
  }
}

/** Whole seconds; fractions with shortened windows, which Graph uses as well. */
function retryAfter(waitMs: number, timeScale: number): string {
  return timeScale === 1 ? String(Math.ceil(waitMs / 1000)) : (Math.ceil(waitMs / 10) / 100).toFixed(2);
}
