/** Stores what a run finds out, many looks in one transaction, soon after each is known. */
import { recordDryLooks } from '#db/store/outcomes/dry-run-outcomes.ts';
import { type LookResult, recordLooks } from '#db/store/outcomes/outcomes.ts';
import { addPeopleDone } from '#db/store/runs/runs.ts';
import type { LookFacts } from './apply.ts';
import type { CycleContext } from './process-people.ts';

/** So many looks, a chunk's, go into one transaction of some milliseconds; fewer wait at most so long for company. */
const FULL = 300;
const PATIENCE_MS = 200;

export class Recorder {
  readonly #context: CycleContext;
  readonly #onError: (error: unknown) => void;
  #looks: LookResult[] = [];
  #timer: NodeJS.Timeout | null = null;

  /** `onError` is told what goes wrong while nobody waits for the recorder. */
  constructor(context: CycleContext, onError: (error: unknown) => void) {
    this.#context = context;
    this.#onError = onError;
  }

  /** Keeps looks of a chunk that was begun at `startedAt`. Throws what `flush` throws. */
  add(looks: readonly LookFacts[], startedAt: number): void {
    const durationMs = Date.now() - startedAt;
    for (const look of looks) this.#looks.push({ ...look, durationMs });
    if (this.#looks.length >= FULL) this.flush();
    else this.#timer ??= setTimeout(() => this.#flushLate(), PATIENCE_MS);
  }

  /** Stores everything that is kept, while the lease is ours. Throws `LeaseLostError`, or what the database throws. */
  flush(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    while (this.#looks.length > 0) this.#store(this.#looks.splice(0, FULL));
  }

  #flushLate(): void {
    try {
      this.flush();
    } catch (error) {
      this.#onError(error);
    }
  }

  #store(looks: LookResult[]): void {
    const { db, run, assertLease } = this.#context;
    db.transaction(
      (tx) => {
        assertLease();
        if (run.dryRun) recordDryLooks(tx, run.id, looks);
        else recordLooks(db, run.id, looks, Date.now());
        addPeopleDone(tx, run.id, looks.length);
      },
      { behavior: 'immediate' },
    );
  }
}
