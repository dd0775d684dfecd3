/** Limits how many requests are in flight at once. */
import { steadyNow } from '#lib/graph/clock.ts';
import { BATCH_SIZE } from '#lib/graph/http/batch.ts';

/** How many requests may be in flight at once; learnt from the answers where the tenant sets its own limit. */
export interface ConcurrencyLimit {
  /** How many more requests (a batch of them) may start next to those in flight. `serial`: one after the other within the batch. */
  admit(inFlight: number): { group: number; serial: boolean };
  /** A batch was not refused that counted as so many requests in flight. */
  onSuccess(atOnce: number): void;
  /** Requests sent at this time were refused for being parallel. */
  onRejected(sentAt: number): void;
}

/** At most `batches` full batches at once. */
export class FixedConcurrency implements ConcurrencyLimit {
  readonly #maxRequests: number;

  constructor(batches: number) {
    this.#maxRequests = batches * BATCH_SIZE;
  }

  admit(inFlight: number) {
    return { group: inFlight < this.#maxRequests ? BATCH_SIZE : 0, serial: false };
  }

  onSuccess(): void {}
  onRejected(): void {}
}

/** Writes in flight at once, as full batches, where the tenant accepts that. */
const MAX_CONCURRENT = 200;

/**
 * How many writes may be in flight at once. Some tenants refuse parallel licence writes (`Directory_ConcurrencyViolation`). The
 * limit doubles until the first refusal; from then on it halves on a refusal, once for all that was under way by then, and climbs
 * back a round at a time, as TCP does: half of the way to where it was refused, and at least by one. Below a full batch it sends
 * serial batches, each counting as one write at a time: few round trips at any speed.
 */
export class AdaptiveConcurrency implements ConcurrencyLimit {
  #limit = BATCH_SIZE;
  /** Just below where it was refused; null: it never was. */
  #ceiling: number | null = null;
  #rejectedAt = Number.NEGATIVE_INFINITY;
  #done = 0;
  /** What is not used up is no reason to allow more. */
  #wasFull = false;

  get limit(): number {
    return this.#limit;
  }

  /** What may start next to the writes in flight. */
  admit(inFlight: number): { group: number; serial: boolean } {
    const serial = this.#limit < BATCH_SIZE;
    const weight = serial ? 1 : BATCH_SIZE;
    const fits = inFlight + weight <= this.#limit;
    if (!fits) this.#wasFull = true;
    return { group: fits ? BATCH_SIZE : 0, serial };
  }

  onSuccess(atOnce: number): void {
    this.#done += atOnce;
    if (!this.#wasFull) return;
    if (this.#ceiling === null) this.#raiseTo(this.#limit * 2);
    else if (this.#done >= this.#limit)
      this.#raiseTo(this.#limit + Math.max(1, Math.floor((this.#ceiling - this.#limit) / 2)));
  }

  onRejected(sentAt: number): void {
    // Sent before the limit was lowered, it says nothing about the lower one.
    if (sentAt < this.#rejectedAt) return;
    this.#rejectedAt = steadyNow();
    this.#ceiling = this.#limit - 1;
    this.#limit = Math.max(1, Math.floor(this.#limit / 2));
    this.#countAnew();
  }

  #raiseTo(limit: number): void {
    this.#limit = Math.min(MAX_CONCURRENT, limit);
    this.#countAnew();
  }

  #countAnew(): void {
    this.#done = 0;
    this.#wasFull = false;
  }
}
