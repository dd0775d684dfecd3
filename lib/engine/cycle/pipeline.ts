/** Chunks of people on their way through a run, several at once: while some are written others are looked up, and nobody waits for nothing. */
import { recordIntents } from '#db/store/people/people.ts';
import type { Allowance } from '#lib/domain/guardrails.ts';
import type { Tenant } from '#lib/domain/situation.ts';
import { DirectoryError } from '#lib/graph/errors.ts';
import { pause } from '#lib/graph/rate-limit.ts';
import type { RequestContext } from '#lib/graph/request-queue.ts';
import { applyPlan, type OutcomeFacts, type PlannedPerson } from './apply.ts';
import type { CycleContext } from './cycle-context.ts';
import { type Observed, observe } from './observe.ts';
import { OutcomeWriter } from './outcome-writer.ts';
import { planPeople } from './plan.ts';
import type { PeopleSelection } from './select-people.ts';

/** People per chunk: fills one `$batch` of 20 look-ups with 15 names each. */
const CHUNK = 300;
const MOST_CHUNKS = 12;
/** How often it is seen whether the next chunk may begin, in ms. */
const POLL_MS = 50;
/** The run stops when more than this share of the people could not be looked at or written, of at least `MIN_SAMPLE`. */
const FAILURE_SHARE = 0.5;
const MIN_SAMPLE = 10;
const FAILED_REASONS: readonly string[] = ['lookup_failed', 'mailbox_unknown', 'write_failed', 'licence_refused'];

export interface Load {
  selection: PeopleSelection;
  tenant: Tenant;
  allowance: Allowance;
}

interface Chunk {
  ids: readonly number[];
  startedAt: number;
  /** The chunks before this one are decided on: seats go to whoever came first. */
  turn: Promise<void>;
  /** Passes the turn on. */
  isDecided(): void;
}

export class Pipeline {
  checked = 0;
  /** People whose unsettled write is too young to be repeated. */
  readonly deferred: number[] = [];
  /** People whom another run of this process is working on. */
  readonly taken: number[] = [];
  readonly #context: CycleContext;
  readonly #load: Load;
  readonly #requestContext: RequestContext;
  readonly #halt = new AbortController();
  readonly #writer: OutcomeWriter;
  readonly #running = new Set<Promise<void>>();
  #allowance: Allowance;
  #lastTurn: Promise<void> = Promise.resolve();
  #failed = 0;
  /** Writes that people who are being looked up will probably need. */
  #expected = 0;
  #writesPerPerson = 2;
  #hasAskedMailbox = false;
  #stoppedBy: unknown = null;

  constructor(context: CycleContext, load: Load) {
    this.#context = context;
    this.#load = load;
    this.#allowance = load.allowance;
    this.#requestContext = { ...context.requestContext, signal: AbortSignal.any([context.signal, this.#halt.signal]) };
    this.#writer = new OutcomeWriter(context, (error) => this.stop(error));
  }

  /** Begins with these people, in this order, for at most `forMs`; gives those who are left. */
  async begin(ids: readonly number[], forMs: number): Promise<number[]> {
    const endsAt = Date.now() + forMs;
    let start = 0;
    while (start < ids.length && !this.#requestContext.signal?.aborted && Date.now() < endsAt) {
      this.#requestContext.isBacklog = !this.#requestContext.urgent && start + CHUNK < ids.length;
      if (this.#mayBegin()) {
        this.#begin(ids.slice(start, start + CHUNK));
        start += CHUNK;
      } else await Promise.race([...this.#running, pause(POLL_MS)]);
    }
    return this.#requestContext.signal?.aborted ? [] : ids.slice(start);
  }

  /** Waits until everybody begun with is done and recorded. Throws `DirectoryError` or `LeaseLostError` where the run has to stop. */
  async end(): Promise<void> {
    await Promise.all(this.#running);
    this.#attempt(() => this.#writer.flush());
    if (this.#stoppedBy !== null) throw this.#stoppedBy;
  }

  /** Seats that are left, by SKU id. */
  get seats(): ReadonlyMap<string, number> {
    return this.#allowance.seats;
  }

  #mayBegin(): boolean {
    if (this.#running.size === 0) return true;
    return this.#running.size < MOST_CHUNKS && this.#expected < this.#context.directory.writesToBegin();
  }

  #begin(ids: readonly number[]): void {
    const { promise, resolve: isDecided } = Promise.withResolvers<void>();
    const chunk: Chunk = { ids, startedAt: Date.now(), turn: this.#lastTurn, isDecided };
    this.#lastTurn = promise;
    const work: Promise<void> = this.#run(chunk).finally(() => {
      isDecided();
      this.#running.delete(work);
    });
    this.#running.add(work);
  }

  /** One chunk from its look-up to the record of everybody in it. Never rejects: what ends the run is kept. */
  async #run(chunk: Chunk): Promise<void> {
    const { mine, taken, release } = this.#claim(chunk.ids);
    this.taken.push(...taken);
    const expected = mine.length * this.#writesPerPerson;
    this.#expected += expected;
    try {
      const observed = await this.#observe(mine);
      await chunk.turn;
      this.#expected -= expected;
      const planned = this.#decide(observed, chunk.startedAt);
      chunk.isDecided();
      await Promise.all(planned.map((one) => this.#apply(one, chunk.startedAt)));
      this.#writer.flush();
    } catch (error) {
      this.stop(error);
    } finally {
      release();
    }
  }

  #claim(ids: readonly number[]) {
    return this.#context.personLocks?.claim(ids) ?? { mine: [...ids], taken: [], release: () => {} };
  }

  #observe(ids: readonly number[]): Promise<Observed[]> {
    const { selection, tenant } = this.#load;
    const people = selection.read(ids);
    const question = {
      people,
      mappingOf: selection.chooseMapping(people),
      skus: tenant.skus,
      thoroughly: this.#requestContext.urgent,
      // Where only mailboxes are watched nothing is written.
      firstAsked: !this.#hasAskedMailbox && this.#context.run.trigger !== 'watch',
    };
    this.#hasAskedMailbox ||= people.length > 0;
    return observe(this.#context.directory, question, this.#requestContext);
  }

  /** Decides, records who is settled, and stores the intents of the others before anything is sent. */
  #decide(observed: readonly Observed[], startedAt: number): PlannedPerson[] {
    const { run, directory, settings, db, assertLease } = this.#context;
    if (this.#requestContext.signal?.aborted) return [];
    const planContext = {
      tenant: this.#load.tenant,
      allowance: this.#allowance,
      safetyLimit: settings.safetyLimit,
      dryRun: run.dryRun,
      replicationMs: directory.replicationMs,
    };
    const { settled, planned, deferred, allowance } = planPeople(observed, planContext, Date.now());
    this.#failed += countFailed(settled);
    stopWhenMostFail(this.checked + settled.length, this.#failed);
    this.#allowance = allowance;
    this.checked += settled.length;
    this.deferred.push(...deferred);
    this.#writer.add(settled, startedAt);
    const writes = planned.reduce((sum, one) => sum + writesOf(one), 0);
    if (observed.length > 0) this.#writesPerPerson += (writes / observed.length - this.#writesPerPerson) / 2;
    if (planned.length > 0) {
      assertLease();
      recordIntents(db, run.id, planned.map(toIntent), Date.now());
    }
    return planned;
  }

  async #apply(one: PlannedPerson, startedAt: number): Promise<void> {
    const { outcome, stop, exhaustedSkus } = await applyPlan(
      this.#context.directory,
      one,
      this.#load.tenant,
      this.#requestContext,
    );
    this.checked += 1;
    this.#failed += countFailed([outcome]);
    if (exhaustedSkus.length > 0) {
      const seats = new Map(this.#allowance.seats);
      for (const skuId of exhaustedSkus) seats.set(skuId, 0);
      this.#allowance = { ...this.#allowance, seats };
    }
    if (stop) this.stop(stop);
    this.#attempt(() => this.#writer.add([outcome], startedAt));
  }

  #attempt(action: () => void): void {
    try {
      action();
    } catch (error) {
      this.stop(error);
    }
  }

  /** The first reason counts; nothing new is sent from here on. */
  stop(error: unknown): void {
    if (this.#halt.signal.aborted) return;
    this.#stoppedBy = error;
    this.#halt.abort(error);
  }
}

function writesOf({ plan }: PlannedPerson): number {
  return plan.location ? 2 : 1;
}

function toIntent({ person, plan }: PlannedPerson) {
  return { personId: person.id, usageLocation: plan.location?.value ?? null, addLicenses: plan.addLicenses };
}

function countFailed(outcomes: readonly OutcomeFacts[]): number {
  return outcomes.filter((outcome) => FAILED_REASONS.includes(outcome.verdict.reason)).length;
}

function stopWhenMostFail(checked: number, failed: number): void {
  if (checked >= MIN_SAMPLE && failed / checked > FAILURE_SHARE)
    throw new DirectoryError(
      'most_calls_failed',
      `Most calls to Microsoft Graph failed (${failed} of ${checked} people), so the run stopped.`,
    );
}
