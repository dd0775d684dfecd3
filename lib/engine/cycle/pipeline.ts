/** Chunks of people on their way through a run, several at once: while some are written others are looked up, and nobody waits for nothing. */
import { recordIntents } from '#db/store/people/people.ts';
import type { Allowance } from '#lib/domain/guardrails.ts';
import type { Tenant } from '#lib/domain/situation.ts';
import { DirectoryError } from '#lib/graph/errors.ts';
import { pause } from '#lib/graph/rate-limit.ts';
import type { Errand } from '#lib/graph/request-queue.ts';
import { act, type LookFacts, type PlannedPerson } from './apply.ts';
import { type Observed, observe } from './observe.ts';
import { Recorder } from './outcome-writer.ts';
import { weigh } from './plan.ts';
import type { CycleContext } from './process-people.ts';
import type { Whom } from './select-people.ts';

/** People per chunk: fills one `$batch` of 20 look-ups with 15 names each. */
const CHUNK = 300;
const MOST_CHUNKS = 12;
/** How often it is seen whether the next chunk may begin, in ms. */
const LOOK_MS = 50;
/** The run stops when more than this share of the people could not be looked at or written, of at least `MIN_SAMPLE`. */
const FAILURE_SHARE = 0.5;
const MIN_SAMPLE = 10;
const FAILED_REASONS: readonly string[] = ['lookup_failed', 'mailbox_unknown', 'write_failed', 'licence_refused'];

export interface Load {
  whom: Whom;
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

export class Conveyor {
  looked = 0;
  /** People whose unsettled write is too young to be repeated. */
  readonly deferred: number[] = [];
  /** People whom another run of this process is working on. */
  readonly taken: number[] = [];
  readonly #context: CycleContext;
  readonly #load: Load;
  readonly #errand: Errand;
  readonly #halt = new AbortController();
  readonly #recorder: Recorder;
  readonly #underWay = new Set<Promise<void>>();
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
    this.#errand = { ...context.errand, signal: AbortSignal.any([context.signal, this.#halt.signal]) };
    this.#recorder = new Recorder(context, (error) => this.stop(error));
  }

  /** Begins with these people, in this order, for at most `forMs`; gives those who are left. */
  async begin(ids: readonly number[], forMs: number): Promise<number[]> {
    const endsAt = Date.now() + forMs;
    let start = 0;
    while (start < ids.length && !this.#errand.signal?.aborted && Date.now() < endsAt) {
      this.#errand.isBacklog = !this.#errand.urgent && start + CHUNK < ids.length;
      if (this.#mayBegin()) {
        this.#begin(ids.slice(start, start + CHUNK));
        start += CHUNK;
      } else await Promise.race([...this.#underWay, pause(LOOK_MS)]);
    }
    return this.#errand.signal?.aborted ? [] : ids.slice(start);
  }

  /** Waits until everybody begun with is done and recorded. Throws `DirectoryError` or `LeaseLostError` where the run has to stop. */
  async end(): Promise<void> {
    await Promise.all(this.#underWay);
    this.#attempt(() => this.#recorder.flush());
    if (this.#stoppedBy !== null) throw this.#stoppedBy;
  }

  /** Seats that are left, by SKU id. */
  get seats(): ReadonlyMap<string, number> {
    return this.#allowance.seats;
  }

  #mayBegin(): boolean {
    if (this.#underWay.size === 0) return true;
    return this.#underWay.size < MOST_CHUNKS && this.#expected < this.#context.directory.writesToBegin();
  }

  #begin(ids: readonly number[]): void {
    const { promise, resolve: isDecided } = Promise.withResolvers<void>();
    const chunk: Chunk = { ids, startedAt: Date.now(), turn: this.#lastTurn, isDecided };
    this.#lastTurn = promise;
    const work: Promise<void> = this.#run(chunk).finally(() => {
      isDecided();
      this.#underWay.delete(work);
    });
    this.#underWay.add(work);
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
      await Promise.all(planned.map((one) => this.#act(one, chunk.startedAt)));
      this.#recorder.flush();
    } catch (error) {
      this.stop(error);
    } finally {
      release();
    }
  }

  #claim(ids: readonly number[]) {
    return this.#context.underWay?.claim(ids) ?? { mine: [...ids], taken: [], release: () => {} };
  }

  #observe(ids: readonly number[]): Promise<Observed[]> {
    const { whom, tenant } = this.#load;
    const people = whom.read(ids);
    const question = {
      people,
      mappingOf: whom.chooseMapping(people),
      skus: tenant.skus,
      thoroughly: this.#errand.urgent,
      // Where only mailboxes are watched nothing is written.
      firstAsked: !this.#hasAskedMailbox && this.#context.run.trigger !== 'watch',
    };
    this.#hasAskedMailbox ||= people.length > 0;
    return observe(this.#context.directory, question, this.#errand);
  }

  /** Decides, records who is settled, and stores the intents of the others before anything is sent. */
  #decide(observed: readonly Observed[], startedAt: number): PlannedPerson[] {
    const { run, directory, settings, db, assertLease } = this.#context;
    if (this.#errand.signal?.aborted) return [];
    const scales = {
      tenant: this.#load.tenant,
      allowance: this.#allowance,
      safetyLimit: settings.safetyLimit,
      dryRun: run.dryRun,
      replicationMs: directory.replicationMs,
    };
    const { settled, planned, deferred, allowance } = weigh(observed, scales, Date.now());
    this.#failed += countFailed(settled);
    stopWhenMostFail(this.looked + settled.length, this.#failed);
    this.#allowance = allowance;
    this.looked += settled.length;
    this.deferred.push(...deferred);
    this.#recorder.add(settled, startedAt);
    const writes = planned.reduce((sum, one) => sum + writesOf(one), 0);
    if (observed.length > 0) this.#writesPerPerson += (writes / observed.length - this.#writesPerPerson) / 2;
    if (planned.length > 0) {
      assertLease();
      recordIntents(db, run.id, planned.map(toIntent), Date.now());
    }
    return planned;
  }

  async #act(one: PlannedPerson, startedAt: number): Promise<void> {
    const { look, stop, exhaustedSkus } = await act(this.#context.directory, one, this.#load.tenant, this.#errand);
    this.looked += 1;
    this.#failed += countFailed([look]);
    if (exhaustedSkus.length > 0) {
      const seats = new Map(this.#allowance.seats);
      for (const skuId of exhaustedSkus) seats.set(skuId, 0);
      this.#allowance = { ...this.#allowance, seats };
    }
    if (stop) this.stop(stop);
    this.#attempt(() => this.#recorder.add([look], startedAt));
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

function countFailed(looks: readonly LookFacts[]): number {
  return looks.filter((look) => FAILED_REASONS.includes(look.verdict.reason)).length;
}

function stopWhenMostFail(looked: number, failed: number): void {
  if (looked >= MIN_SAMPLE && failed / looked > FAILURE_SHARE)
    throw new DirectoryError(
      'most_calls_failed',
      `Most calls to Microsoft Graph failed (${failed} of ${looked} people), so the run stopped.`,
    );
}
