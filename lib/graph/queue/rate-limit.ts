/** Keeps our traffic just below the tenant's budgets, so that a healthy cycle is never throttled. Only decides, never waits. */
import { steadyNow, steadyTime } from '#lib/graph/clock.ts';

/** Below this share of the budget, a usage report says nothing about the size of the budget. */
const SIGNIFICANT_SHARE = 0.25;
/** The tenant's count may exceed ours by this factor before it counts as a discrepancy. */
const TOLERANCE = 1.1;
/** After a warning, a budget drops by this share below what was used then, and recovers by `RECOVERY` per window. */
const MARGIN = 0.95;
const RECOVERY = 1.1;
/** A backlog leaves a little of the budget to operators, and more while no capacity frees up within `SOON` (a share of the window). */
const STEADY_SHARE = 0.997;
const BURST_SHARE = 0.97;
const SOON = 0.02;
/** A backlog that had to wait gets this share of the budget at once, then the window's steady rate, slightly accelerated. */
const INITIAL_BURST = 0.02;
const REFILL_FACTOR = 1.02;

/**
 * A budget of `limit` units in any `windowMs`: a sliding window, not a constant rate, so an idle budget may go out in one
 * burst. A backlog larger than the budget is smoothed from then on, so that every window is used evenly and operators always
 * find a gap. A unit counts from when it is sent until `windowMs` after its answer: the tenant's own count is never above ours.
 * Where the tenant warns that it is fuller than we count, that is believed, and later probed again. What it refuses is not counted:
 * `Pace` learns from that.
 */
export class WindowBudget {
  readonly #limit: number;
  readonly #windowMs: number;
  #effective: number;
  #effectiveSince = 0;
  #inFlight = 0;
  #settled: { at: number; units: number }[] = [];
  #settledUnits = 0;
  /** What a backlog may send at once; grows steadily, up to the whole budget while nothing has to wait. */
  #credit: number;
  #creditAt = steadyNow();

  constructor(limit: number, windowMs: number, recentlyUsedAt: readonly number[] = []) {
    this.#limit = limit;
    this.#effective = limit;
    this.#credit = limit;
    this.#windowMs = windowMs;
    for (const at of recentlyUsedAt.map(steadyTime).sort((a, b) => a - b)) this.#record(at, 1);
  }

  /** Units that may be sent now. */
  room(isBacklog = false): number {
    this.#refresh(steadyNow());
    if (!isBacklog) return Math.floor(this.#effective) - this.#used;
    const room = this.#forBacklogs(steadyNow()) - this.#used;
    if (room <= 0) this.#credit = Math.min(this.#credit, this.#limit * INITIAL_BURST);
    return Math.min(room, Math.max(this.isRested ? 1 : 0, Math.floor(this.#credit)));
  }

  /** Units that a backlog may send within the next `ms`. */
  roomWithin(ms: number): number {
    const now = steadyNow();
    this.#refresh(now);
    let room = this.#forBacklogs(now) - this.#used;
    for (const { at, units } of this.#settled) {
      if (at + this.#windowMs > now + ms) break;
      room += units;
    }
    return Math.min(room, this.#credit + this.#perMs * ms);
  }

  /** How long until `units` fit, in ms, as far as known: requests in flight have no end yet. 0: now. */
  freeInMs(units: number, isBacklog = false): number {
    const now = steadyNow();
    if (this.room(isBacklog) >= units) return 0;
    const creditMs = isBacklog ? Math.max(0, (units - this.#credit) / this.#perMs) : 0;
    let missing = units + this.#used - (isBacklog ? this.#forBacklogs(now) : Math.floor(this.#effective));
    if (missing <= 0) return Math.ceil(creditMs);
    for (const entry of this.#settled) {
      missing -= entry.units;
      if (missing <= 0) return Math.ceil(Math.max(1, creditMs, entry.at + this.#windowMs - now));
    }
    return this.#windowMs;
  }

  /** True where capacity is about to free up: nobody has to wait for long. */
  freesSoon(now = steadyNow()): boolean {
    const [oldest] = this.#settled;
    return oldest !== undefined && oldest.at + this.#windowMs - now <= this.#windowMs * SOON;
  }

  /** True while none of the budget is used. */
  get isRested(): boolean {
    return this.#used === 0;
  }

  /** Counts units that are being sent now. Every `take` must be followed by one `settle`. */
  take(units: number): void {
    this.#inFlight += units;
    this.#credit = Math.max(0, this.#credit - units);
  }

  /** Reports that `units` were answered; `used` of them count against the window (a request that was never sent used none). */
  settle(units: number, used = units): void {
    this.#inFlight -= units;
    if (used > 0) this.#record(steadyNow(), used);
  }

  /** True where what we count ourselves explains a report that so much is used (1: at the limit). */
  explains(fullness: number): boolean {
    return fullness <= (this.#used / this.#limit) * TOLERANCE;
  }

  /**
   * The tenant reports how much is used (1: at its limit). Where that is far above our own count, others use the budget too, or
   * it is smaller than ours.
   */
  onUsageReported(fullness: number): void {
    if (!this.explains(fullness)) this.#learn(this.#used / fullness);
  }

  get #used(): number {
    return this.#inFlight + this.#settledUnits;
  }

  /** Units of a window that a backlog may use. */
  #forBacklogs(now: number): number {
    return Math.max(1, Math.floor(this.#effective * (this.freesSoon(now) ? STEADY_SHARE : BURST_SHARE)));
  }

  get #perMs(): number {
    return (this.#effective / this.#windowMs) * REFILL_FACTOR;
  }

  #learn(limit: number): void {
    if (this.#used < this.#limit * SIGNIFICANT_SHARE || limit * MARGIN >= this.#effective) return;
    this.#effective = limit * MARGIN;
    this.#effectiveSince = steadyNow();
  }

  #record(at: number, units: number): void {
    this.#settled.push({ at, units });
    this.#settledUnits += units;
  }

  #refresh(now: number): void {
    let expired = 0;
    for (const entry of this.#settled) {
      if (entry.at + this.#windowMs > now) break;
      this.#settledUnits -= entry.units;
      expired += 1;
    }
    if (expired > 0) this.#settled.splice(0, expired);
    this.#credit = Math.min(this.#limit, this.#credit + this.#perMs * Math.max(0, now - this.#creditAt));
    this.#creditAt = now;
    if (this.#effective < this.#limit && now - this.#effectiveSince > this.#windowMs) {
      this.#effective = Math.min(this.#limit, this.#effective * RECOVERY);
      this.#effectiveSince = now;
    }
  }
}
