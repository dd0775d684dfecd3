/** Limits how many requests are in flight at once. */
import { BATCH_SIZE } from '#lib/graph/http/batch.ts';

/** How many requests may be in flight at once; learnt from the answers where the tenant sets its own limit. */
export interface ConcurrencyLimit {
  /** How many more requests (a batch of them) may start next to those in flight. `serial`: one after the other within the batch. */
  admit(inFlight: number): { group: number; serial: boolean };
  onSuccess(requests: number): void;
  onRejected(): void;
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
 * limit doubles until the first refusal; from then on it halves on a refusal and grows by one per round, as TCP does. Below a
 * full batch it sends serial batches, each counting as one write at a time: few round trips at any speed.
 */
export class AdaptiveConcurrency implements ConcurrencyLimit {
  #limit = BATCH_SIZE;
  #rejectedOnce = false;
  #successesSinceIncrease = 0;

  get limit(): number {
    return this.#limit;
  }

  /** What may start next to the writes in flight. */
  admit(inFlight: number): { group: number; serial: boolean } {
    const serial = this.#limit < BATCH_SIZE;
    const weight = serial ? 1 : BATCH_SIZE;
    return { group: inFlight + weight <= this.#limit ? BATCH_SIZE : 0, serial };
  }

  /** A batch of this many writes was not refused. */
  onSuccess(writes: number): void {
    this.#successesSinceIncrease += writes;
    if (!this.#rejectedOnce) this.#limit = Math.min(MAX_CONCURRENT, this.#limit * 2);
    else if (this.#successesSinceIncrease >= this.#limit) {
      this.#limit = Math.min(MAX_CONCURRENT, this.#limit + 1);
      this.#successesSinceIncrease = 0;
    }
  }

  onRejected(): void {
    this.#rejectedOnce = true;
    this.#successesSinceIncrease = 0;
    this.#limit = Math.max(1, Math.floor(this.#limit / 2));
  }
}
