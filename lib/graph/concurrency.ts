/** How many requests a tenant bears at once. */
import { BATCH_SIZE } from './batch.ts';

/** How many requests may be under way at once, learnt from the answers where the tenant has a mind of its own. */
export interface ConcurrencyLimit {
  /** `group` more requests (a batch of them) may start beside those under way. `serial`: one after the other within the batch. */
  admit(inFlight: number): { group: number; serial: boolean };
  onSuccess(requests: number): void;
  onRejected(): void;
}

/** At most `batches` full batches at once. */
export class FixedConcurrency implements ConcurrencyLimit {
  readonly #most: number;

  constructor(batches: number) {
    this.#most = batches * BATCH_SIZE;
  }

  admit(inFlight: number) {
    return { group: inFlight < this.#most ? BATCH_SIZE : 0, serial: false };
  }

  onSuccess(): void {}
  onRejected(): void {}
}

/** Full batches of writes under way at once where the tenant bears it. */
const MAX_CONCURRENT = 200;

/**
 * How many writes may be under way at once. Some tenants refuse parallel licence writes (`Directory_ConcurrencyViolation`). It
 * doubles while all is well until the first refusal; from then on it halves on a refusal and climbs by one a round, as TCP does.
 * Below a full batch it sends serial ones, each counting for one write at a time: few round trips at any speed.
 */
export class AdaptiveConcurrency implements ConcurrencyLimit {
  #limit = BATCH_SIZE;
  #rejectedOnce = false;
  #wellSinceClimb = 0;

  get limit(): number {
    return this.#limit;
  }

  /** What may start beside the writes that are under way. */
  admit(inFlight: number): { group: number; serial: boolean } {
    const serial = this.#limit < BATCH_SIZE;
    const weight = serial ? 1 : BATCH_SIZE;
    return { group: inFlight + weight <= this.#limit ? BATCH_SIZE : 0, serial };
  }

  /** A batch of so many writes was not refused. */
  onSuccess(writes: number): void {
    this.#wellSinceClimb += writes;
    if (!this.#rejectedOnce) this.#limit = Math.min(MAX_CONCURRENT, this.#limit * 2);
    else if (this.#wellSinceClimb >= this.#limit) {
      this.#limit = Math.min(MAX_CONCURRENT, this.#limit + 1);
      this.#wellSinceClimb = 0;
    }
  }

  onRejected(): void {
    this.#rejectedOnce = true;
    this.#wellSinceClimb = 0;
    this.#limit = Math.max(1, Math.floor(this.#limit / 2));
  }
}
