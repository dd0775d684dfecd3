/** Learns from refusals how fast the tenant really accepts requests, whatever the shape of its limit. Only decides, never waits. */
import { steadyNow } from '#lib/graph/clock.ts';
import { BATCH_SIZE } from '#lib/graph/http/batch.ts';

/** The moving share of refusals among about this many answers, and above which share everything stops for a moment. */
const RECENT = 20;
const STOP_SHARE = 0.5;
/** The rate is judged this often in a window. A share of refusals up to `NOISE` (and up to `FEW`) happens to anybody at any rate. */
const JUDGED = 15;
const NOISE = 0.05;
const FEW = 6;
/** A learnt rate stays a little below what was accepted; from this share of the documented one on, that one is worth a try. */
const MARGIN = 0.98;
const NEAR = 0.75;
const LEAST = 0.05;
/**
 * After some windows it is raised step by step, up to the documented one; each time that this was refused, after twice as many. A rate
 * that falls below a share of itself was not refused for being raised.
 */
const RAISE = 1.02;
const REST = 2;
const LONGEST_REST = 8;
const FALL = 0.5;
/** Where few were answered, it goes down to this share of itself at most. */
const STEP_DOWN = 0.9;

export interface PaceOptions {
  /** What the tenant documents: so many requests in a window. Up to this rate a learnt one is raised again. */
  limit: number;
  windowMs: number;
  /** The most that was accepted in a window before. */
  proven?: number;
  /** After so long it is asked again, whatever `Retry-After` says. */
  longestStopMs?: number;
}

/** The answers to one batch. */
export interface Answered {
  sentAt: number;
  accepted: number;
  refused: number;
  /** The shortest `Retry-After` among the refusals, in ms. */
  retryAfterMs: number;
}

/**
 * Nothing is limited here until the tenant refuses most of what it gets (a bucket or a window is empty): then nothing is sent for as
 * long as it says, and afterwards no faster than it accepted. Refusals here and there change nothing.
 */
export class Pace {
  readonly #options: PaceOptions;
  /** Learnt; null while there was no reason to. */
  #perMs: number | null = null;
  #credit = 0;
  #creditAt = 0;
  #refusedShare = 0;
  #stoppedUntil = Number.NEGATIVE_INFINITY;
  #takenAt = Number.NEGATIVE_INFINITY;
  /** Since requests have been sent without a longer pause, or since the last stop. */
  #stretch = { since: 0, sent: 0, accepted: 0 };
  #judged = { from: 0, since: 0, accepted: 0, refused: 0 };
  #raiseFrom = 0;
  /** Windows to wait before it is raised. */
  #rest = REST;
  #proven: number;

  constructor(options: PaceOptions) {
    this.#options = options;
    this.#proven = options.proven ?? 0;
  }

  /** True once the tenant has accepted less than it documents. */
  get isLearnt(): boolean {
    return this.#perMs !== null;
  }

  /** The most that was accepted in one stretch without a stop. */
  get proven(): number {
    return this.#proven;
  }

  /** Sent in the present stretch and not refused, answered or not. */
  get sent(): number {
    return this.#stretch.sent;
  }

  /** How long nothing may be sent because the tenant refuses, in ms. */
  get stoppedMs(): number {
    return Math.max(0, this.#stoppedUntil - steadyNow());
  }

  /** How many requests may be sent now. */
  room(isBacklog = false): number {
    const now = steadyNow();
    if (now < this.#stoppedUntil) return 0;
    if (this.#perMs === null) return Number.POSITIVE_INFINITY;
    this.#refresh(now);
    // A backlog leaves a batch to those who are few.
    return Math.floor(this.#credit + (isBacklog ? 0 : BATCH_SIZE));
  }

  /** How long until `count` requests may be sent, in ms. 0: now. */
  freeInMs(count: number, isBacklog = false): number {
    const { stoppedMs } = this;
    if (stoppedMs > 0 || this.#perMs === null) return stoppedMs;
    return Math.ceil(Math.max(0, count - this.room(isBacklog)) / this.#perMs);
  }

  /** How many may be sent within the next `ms`. */
  roomWithin(ms: number): number {
    if (this.#perMs === null) return Number.POSITIVE_INFINITY;
    const openMs = ms - this.stoppedMs;
    return Math.max(0, this.room(true)) + this.#perMs * Math.max(0, openMs);
  }

  take(count: number): void {
    if (count === 0) return;
    const now = steadyNow();
    const idleMs = now - Math.max(this.#takenAt, this.#stoppedUntil);
    this.#takenAt = now;
    // A tenant at rest may bear a burst again.
    if (idleMs > this.#options.windowMs) this.#perMs = null;
    if (idleMs > this.#intervalMs) {
      this.#stretch = { since: now, sent: 0, accepted: 0 };
      this.#countFrom(now);
    }
    this.#stretch.sent += count;
    if (this.#perMs === null) return;
    this.#refresh(now);
    this.#credit -= count;
  }

  answered({ sentAt, accepted, refused, retryAfterMs }: Answered): void {
    const now = steadyNow();
    const count = accepted + refused;
    // What was under way before a stop says nothing about the rate after it.
    if (count === 0 || sentAt < this.#judged.from) return;
    this.#stretch.accepted += accepted;
    this.#stretch.sent -= refused;
    this.#judged.accepted += accepted;
    this.#judged.refused += refused;
    this.#refusedShare += (refused / count - this.#refusedShare) * (1 - (1 - 1 / RECENT) ** count);
    if (refused > 0 && this.#refusedShare > STOP_SHARE)
      this.#stop(now, now + Math.min(retryAfterMs, this.#options.longestStopMs ?? retryAfterMs));
    else if (now - this.#judged.since >= this.#intervalMs) this.#judge(now);
    if (refused === 0) this.#proven = Math.max(this.#proven, this.#stretch.accepted);
  }

  get #intervalMs(): number {
    return this.#options.windowMs / JUDGED;
  }

  /** The tenant accepts next to nothing any more. */
  #stop(now: number, until: number): void {
    this.#proven = 0;
    if (now >= this.#stoppedUntil) this.#learnFromStop(now, until);
    this.#stoppedUntil = Math.max(this.#stoppedUntil, until);
    this.#countFrom(this.#stoppedUntil);
  }

  /** From what was accepted up to now, where that was long enough to tell; until then the documented rate is worth a try. */
  #learnFromStop(now: number, until: number): void {
    const { since, accepted } = this.#stretch;
    const perMs = accepted / Math.max(1, until - since);
    const isLong = until - since >= this.#intervalMs;
    if (isLong && perMs < this.#documented * NEAR) this.#learn(perMs * MARGIN, now);
    else if (this.#perMs === null || this.#perMs > this.#most)
      this.#learn(Math.max(this.#most, (this.#perMs ?? perMs) / 2), now);
    else if (isLong) this.#learn(this.#most, now);
    else return;
    this.#stretch = { since: Math.max(now, until), sent: 0, accepted: 0 };
  }

  /** A rate slightly too high shows by a few refusals all the time. */
  #judge(now: number): void {
    const { since, accepted, refused } = this.#judged;
    const elapsedMs = now - since;
    const wasUsed = this.#perMs === null || accepted + refused > 0.8 * this.#perMs * elapsedMs;
    if (wasUsed && refused >= FEW && refused > NOISE * (accepted + refused))
      this.#correct(accepted + refused, (accepted / elapsedMs) * MARGIN, now);
    else if (this.#perMs !== null && now >= this.#raiseFrom && this.#perMs < this.#most) this.#raise(this.#perMs, now);
    this.#judged = { ...this.#judged, since: now, accepted: 0, refused: 0 };
  }

  /** Down to what was accepted; few answers tell that only roughly. */
  #correct(answers: number, perMs: number, now: number): void {
    const before = this.#perMs ?? perMs;
    const least = answers < 2 * BATCH_SIZE ? before * STEP_DOWN : 0;
    this.#learn(Math.min(before, Math.max(perMs, least)), now);
  }

  #raise(perMs: number, now: number): void {
    this.#perMs = Math.min(this.#most, perMs * RAISE);
    if (now >= this.#raiseFrom + this.#options.windowMs) this.#rest = REST;
  }

  /** The highest rate that is tried once there was a stop. */
  get #most(): number {
    return this.#documented * MARGIN;
  }

  get #documented(): number {
    return this.#options.limit / this.#options.windowMs;
  }

  #learn(perMs: number, now: number): void {
    // What was sent too early by the rate until now is made up for at the new one.
    this.#refresh(now);
    this.#credit = Math.min(0, this.#credit);
    const before = this.#perMs ?? Number.POSITIVE_INFINITY;
    if (perMs < before * FALL) this.#rest = REST;
    // What is never tried is never learnt.
    this.#perMs = Math.max(this.#documented * LEAST, perMs);
    this.#raiseFrom = now + this.#rest * this.#options.windowMs;
    this.#rest = Math.min(LONGEST_REST, 2 * this.#rest);
  }

  #countFrom(at: number): void {
    this.#judged = { from: at, since: at, accepted: 0, refused: 0 };
    this.#refusedShare = 0;
    this.#creditAt = Math.max(this.#creditAt, at);
  }

  /** What was not sent in time may follow, up to two batches. */
  #refresh(now: number): void {
    const earned = (this.#perMs ?? 0) * Math.max(0, now - this.#creditAt);
    this.#credit = Math.min(2 * BATCH_SIZE, this.#credit + earned);
    this.#creditAt = Math.max(this.#creditAt, now);
  }
}
