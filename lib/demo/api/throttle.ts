/** The documented budgets of one app in one tenant, as sliding windows. Pure apart from its own state: the time is passed in. */

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

export class Throttle {
  readonly #writes = new SlidingWindow();
  readonly #units = new SlidingWindow();

  /** Charges a request; returns the 429 where a budget is exhausted. A throttled request counts as well (graph-facts §1). */
  charge(cost: { units: number; writes: number }, now: number, behaviour: Behaviour): Answer | null {
    const { writesPer150s, unitsPer10s, timeScale } = behaviour;
    const unitWindowMs = UNIT_WINDOW_MS / timeScale;
    const writeWindowMs = WRITE_WINDOW_MS / timeScale;
    const unitsExhausted = this.#units.used(now, unitWindowMs) + cost.units > unitsPer10s;
    const writesExhausted = cost.writes > 0 && this.#writes.used(now, writeWindowMs) + cost.writes > writesPer150s;
    this.#units.add(now, cost.units);
    if (cost.writes > 0) this.#writes.add(now, cost.writes);
    if (!unitsExhausted && !writesExhausted) return null;
    const waitMs = writesExhausted
      ? this.#writes.freeInMs(now, writeWindowMs, writesPer150s, cost.writes)
      : this.#units.freeInMs(now, unitWindowMs, unitsPer10s, cost.units);
    return throttled(retryAfter(waitMs, timeScale), writesExhausted ? 'Write' : 'ReadWrite');
  }

  /** The header that warns before a budget is exhausted; null while there is plenty. */
  percentage(now: number, { writesPer150s, unitsPer10s, timeScale }: Behaviour): string | null {
    const fullness = Math.max(
      this.#units.used(now, UNIT_WINDOW_MS / timeScale) / unitsPer10s,
      this.#writes.used(now, WRITE_WINDOW_MS / timeScale) / writesPer150s,
    );
    return fullness >= PERCENTAGE_SHOWN_FROM ? Math.min(fullness, 1.8).toFixed(2) : null;
  }
}

/** Whole seconds; fractions with shortened windows, which Graph uses as well. */
function retryAfter(waitMs: number, timeScale: number): string {
  return timeScale === 1 ? String(Math.ceil(waitMs / 1000)) : (Math.ceil(waitMs / 10) / 100).toFixed(2);
}
