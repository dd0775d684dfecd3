/** Learns how long after its write licensing sees a usage location, so that few licences are asked for in vain. */
import { steadyNow } from './clock.ts';
import { pause } from './pause.ts';

/** What was learnt counts for this long. */
const REMEMBERED_MS = 600_000;
/** So many people try while nothing is known; the first who is refused goes on trying for everybody. */
const FIRST_TRIES = 4;
/** Whoever was refused tries again when the location is this many times as old. */
const NEXT_TRY = 3;
/** Beyond the longest lag, so many times as old. */
const SLACK = 1.25;

/** One person's attempts at a licence after the location. Neither function rejects. */
export interface LagAttempt {
  /** Licensing does not see the location yet; resolves when another try is worthwhile. */
  refused(): Promise<void>;
  /** The licence was accepted, or will not be. */
  end(wasAccepted: boolean): void;
}

export class LocationLag {
  readonly #longestMs: number;
  #usualMs: number | null = null;
  #learntAt = 0;
  #trying = 0;
  /** Resolves once something is known, or nobody tries any more, or `longestMs` have passed. */
  #exploration: { isOver: Promise<void>; end: () => void } | null = null;
  #explorer: LagAttempt | null = null;

  /** `longestMs`: what nobody waits longer than without trying. */
  constructor(longestMs: number) {
    this.#longestMs = longestMs;
  }

  /** Resolves when a licence is worth trying for a location written at `writtenAt`. Never rejects. */
  async ready(writtenAt: number, signal?: AbortSignal): Promise<LagAttempt> {
    const isToWait = () => this.#trying >= FIRST_TRIES || this.#explorer !== null;
    while (!this.#isKnown && isToWait() && !signal?.aborted) await this.#explore().isOver;
    const ageMs = () => steadyNow() - writtenAt;
    const untilUsual = () => pause(this.#lagMs - ageMs(), signal).catch(() => undefined);
    if (this.#isKnown) await untilUsual();
    this.#trying += 1;
    /** The age at which the last try was worthwhile; null: it was not refused before. */
    let triedMs: number | null = null;
    const attempt: LagAttempt = {
      refused: async () => {
        const nextMs = Math.min(NEXT_TRY * ageMs(), Math.max(this.#longestMs, SLACK * ageMs()));
        triedMs = nextMs;
        if (this.#isKnown) this.#learn(Math.max(this.#lagMs, Math.min(nextMs, this.#longestMs)));
        else if (this.#explorer !== null && this.#explorer !== attempt) {
          await this.#explore().isOver;
          return untilUsual();
        } else this.#explorer = attempt;
        await pause(nextMs - ageMs(), signal).catch(() => undefined);
      },
      end: (wasAccepted) => {
        this.#trying -= 1;
        const isFinding = this.#explorer === attempt || this.#explorer === null;
        // What is longer, it has waited for the budget.
        const lagMs = triedMs === null ? 0 : Math.min(ageMs(), SLACK * Math.max(triedMs, this.#longestMs));
        if (wasAccepted && !this.#isKnown && isFinding) this.#learn(lagMs);
        if (!isFinding) return;
        this.#explorer = null;
        this.#exploration?.end();
      },
    };
    return attempt;
  }

  #explore(): { isOver: Promise<void> } {
    if (this.#exploration) return this.#exploration;
    const { promise, resolve } = Promise.withResolvers<void>();
    const end = () => {
      clearTimeout(timer);
      this.#exploration = null;
      resolve();
    };
    const timer = setTimeout(end, this.#longestMs);
    this.#exploration = { isOver: promise, end };
    return this.#exploration;
  }

  get #lagMs(): number {
    return this.#usualMs ?? 0;
  }

  get #isKnown(): boolean {
    return this.#usualMs !== null && (this.#usualMs === 0 || steadyNow() - this.#learntAt < REMEMBERED_MS);
  }

  #learn(usualMs: number): void {
    this.#usualMs = usualMs;
    this.#learntAt = steadyNow();
  }
}
