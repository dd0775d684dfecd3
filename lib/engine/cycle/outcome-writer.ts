/** Stores the outcomes of a run, many in one transaction, soon after each is known. */
import { hardlyWaiting } from '#db/client.ts';
import { recordDryRunOutcomes } from '#db/store/outcomes/dry-run-outcomes.ts';
import { recordOutcomes } from '#db/store/outcomes/outcomes.ts';
import { addPeopleDone } from '#db/store/runs/runs.ts';
import { unwritableBecause } from '#db/unwritable.ts';
import type { PersonOutcome } from '#lib/domain/decision/outcome.ts';
import type { OutcomeFacts } from './apply.ts';
import type { CycleContext } from './cycle-context.ts';

/** A chunk's outcomes go into one transaction of a few milliseconds; fewer wait at most `FLUSH_AFTER_MS` for more. */
const FLUSH_SIZE = 300;
const FLUSH_AFTER_MS = 200;
/** Where another program holds the lock: pages are answered meanwhile. */
const LOCKED_AGAIN_MS = 1000;

export class OutcomeWriter {
  readonly #context: CycleContext;
  readonly #onError: (error: unknown) => void;
  readonly #onStored: (personIds: readonly number[]) => void;
  #outcomes: PersonOutcome[] = [];
  #timer: NodeJS.Timeout | null = null;

  /** `onError` receives what goes wrong while nobody awaits the writer; `onStored` whose outcomes have been stored. */
  constructor(
    context: CycleContext,
    onError: (error: unknown) => void,
    onStored: (personIds: readonly number[]) => void,
  ) {
    this.#context = context;
    this.#onError = onError;
    this.#onStored = onStored;
  }

  /** Collects the outcomes of a chunk started at `startedAt`. Throws what `flush` throws. */
  add(outcomes: readonly OutcomeFacts[], startedAt: number): void {
    const durationMs = Date.now() - startedAt;
    for (const outcome of outcomes) this.#outcomes.push({ ...outcome, durationMs });
    if (this.#outcomes.length >= FLUSH_SIZE) this.#flushUnlessLocked();
    else this.#timer ??= setTimeout(() => this.#flushInBackground(), FLUSH_AFTER_MS);
  }

  /** Stores everything collected, while the lease is ours. Throws `LeaseLostError`, or what the database throws. */
  flush(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    while (this.#outcomes.length > 0) {
      this.#store(this.#outcomes.slice(0, FLUSH_SIZE));
      this.#outcomes.splice(0, FLUSH_SIZE);
    }
  }

  /** While another program holds the lock, outcomes are kept and stored a moment later. */
  #flushUnlessLocked(): void {
    try {
      hardlyWaiting(this.#context.db, () => this.flush());
    } catch (error) {
      if (unwritableBecause(error) !== 'busy') throw error;
      this.#timer = setTimeout(() => this.#flushInBackground(), LOCKED_AGAIN_MS);
    }
  }

  #flushInBackground(): void {
    try {
      this.#flushUnlessLocked();
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
    this.#onStored(outcomes.map(({ person }) => person.id));
  }
}
