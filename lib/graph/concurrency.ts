/** How many requests a tenant bears at once. */
import { BATCH_SIZE } from './batch.ts';

/** How many requests may be under way at once, learnt from the answers where the tenant has a mind of its own. */
export interface Parallelism {
  /** `group` more requests (a batch of them) may start beside those under way. `serial`: one after the other within the batch. */
  admit(underWay: number): { group: number; serial: boolean };
  wentWell(requests: number): void;
  wasRefused(): void;
}

/** At most `batches` full batches at once. */
export class ParallelBatches implements Parallelism {
  readonly #most: number;

  constructor(batches: number) {
    this.#most = batches * BATCH_SIZE;
  }

  admit(underWay: number) {
    return { group: underWay < this.#most ? BATCH_SIZE : 0, serial: false };
  }

  wentWell(): void {}
  wasRefused(): void {}
}

/** Full batches of writes under way at once where the tenant bears it. */
const MOST_PARALLEL = 200;

/**
 * How many writes may be under way at once. Some tenants refuse parallel licence writes (`Directory_ConcurrencyViolation`). It
 * doubles while all is well until the first refusal; from then on it halves on a refusal and climbs by one a round, as TCP does.
 * Below a full batch it sends serial ones, each counting for one write at a time: few round trips at any speed.
 */
export class ParallelWrites implements Parallelism {
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
