/** Stores what a run finds out, many looks in one transaction, soon after each is known. */
import { recordDryRunOutcomes } from '#db/store/outcomes/dry-run-outcomes.ts';
import { recordOutcomes } from '#db/store/outcomes/outcomes.ts';
import { addPeopleDone } from '#db/store/runs/runs.ts';
import type { PersonOutcome } from '#lib/domain/outcome.ts';
import type { OutcomeFacts } from './apply.ts';
import type { CycleContext } from './cycle-context.ts';

/** So many looks, a chunk's, go into one transaction of some milliseconds; fewer wait at most so long for company. */
const FULL = 300;
const PATIENCE_MS = 200;

export class OutcomeWriter {
  readonly #context: CycleContext;
  readonly #onError: (error: unknown) => void;
  #outcomes: PersonOutcome[] = [];
  #timer: NodeJS.Timeout | null = null;

  /** `onError` is told what goes wrong while nobody waits for the recorder. */
  constructor(context: CycleContext, onError: (error: unknown) => void) {
    this.#context = context;
    this.#onError = onError;
  }

  /** Keeps looks of a chunk that was begun at `startedAt`. Throws what `flush` throws. */
  add(outcomes: readonly OutcomeFacts[], startedAt: number): void {
    const durationMs = Date.now() - startedAt;
    for (const outcome of outcomes) this.#outcomes.push({ ...outcome, durationMs });
    if (this.#outcomes.length >= FULL) this.flush();
    else this.#timer ??= setTimeout(() => this.#flushLate(), PATIENCE_MS);
  }

  /** Stores everything that is kept, while the lease is ours. Throws `LeaseLostError`, or what the database throws. */
  flush(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    while (this.#outcomes.length > 0) this.#store(this.#outcomes.splice(0, FULL));
  }

  #flushLate(): void {
    try {
      this.flush();
    } catch (error) {
      this.#onError(error);
    }
  }

  #store(outcomes: PersonOutcome[]): void {
    const { db, run, assertLease } = this.#context;
    db.transaction(
      (tx) => {
        assertLease();
        if (run.dryRun) recordDryRunOutcomes(tx, run.id, outcomes);
        else recordOutcomes(db, run.id, outcomes, Date.now());
        addPeopleDone(tx, run.id, outcomes.length);
      },
      { behavior: 'immediate' },
    );
  }
}
