/** Stores the outcomes of a run, many in one transaction, soon after each is known. */
import { recordDryRunOutcomes } from '#db/store/outcomes/dry-run-outcomes.ts';
import { recordOutcomes } from '#db/store/outcomes/outcomes.ts';
import { addPeopleDone } from '#db/store/runs/runs.ts';
import type { PersonOutcome } from '#lib/domain/decision/outcome.ts';
import type { OutcomeFacts } from './apply.ts';
import type { CycleContext } from './cycle-context.ts';

/** A chunk's outcomes go into one transaction of a few milliseconds; fewer wait at most `FLUSH_AFTER_MS` for more. */
const FLUSH_SIZE = 300;
const FLUSH_AFTER_MS = 200;

export class OutcomeWriter {
  readonly #context: CycleContext;
  readonly #onError: (error: unknown) => void;
  #outcomes: PersonOutcome[] = [];
  #timer: NodeJS.Timeout | null = null;

  /** `onError` receives what goes wrong while nobody awaits the writer. */
  constructor(context: CycleContext, onError: (error: unknown) => void) {
    this.#context = context;
    this.#onError = onError;
  }

  /** Collects the outcomes of a chunk started at `startedAt`. Throws what `flush` throws. */
  add(outcomes: readonly OutcomeFacts[], startedAt: number): void {
    const durationMs = Date.now() - startedAt;
    for (const outcome of outcomes) this.#outcomes.push({ ...outcome, durationMs });
    if (this.#outcomes.length >= FLUSH_SIZE) this.flush();
    else this.#timer ??= setTimeout(() => this.#flushInBackground(), FLUSH_AFTER_MS);
  }

  /** Stores everything collected, while the lease is ours. Throws `LeaseLostError`, or what the database throws. */
  flush(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    while (this.#outcomes.length > 0) this.#store(this.#outcomes.splice(0, FLUSH_SIZE));
  }

  #flushInBackground(): void {
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
        else recordOutcomes(tx, run.id, outcomes, Date.now());
        addPeopleDone(tx, run.id, outcomes.length);
      },
      { behavior: 'immediate' },
    );
  }
}
