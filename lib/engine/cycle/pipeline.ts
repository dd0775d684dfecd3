/** Chunks of people on their way through a run, several at once: while some are written, others are looked up. */

import { openWriters, recordIntents } from '#db/store/outcomes/intents.ts';
import { openAccounts } from '#db/store/people/people.ts';
import type { Allowance } from '#lib/domain/decision/guardrails.ts';
import type { Tenant } from '#lib/domain/decision/observation.ts';
import { STALE_READ_MS } from '#lib/domain/decision/waiting-times.ts';
import type { ReasonCode } from '#lib/domain/reasons/reason-facts.ts';
import { sentence } from '#lib/domain/sentences/sentence.ts';
import { isPutOff } from '#lib/domain/sentences/silences.ts';
import { whenUnlocked } from '#lib/engine/when-unlocked.ts';
import { DirectoryError } from '#lib/graph/http/errors.ts';
import { pause } from '#lib/graph/pause.ts';
import type { RequestContext } from '#lib/graph/request-context.ts';
import { applyPlan, type OutcomeFacts, type PlannedPerson } from './apply.ts';
import type { CycleContext } from './cycle-context.ts';
import { heal } from './heal.ts';
import { type Observed, observe } from './observe.ts';
import { OutcomeWriter } from './outcome-writer.ts';
import type { Claim } from './person-locks.ts';
import { accountKey, type PeoplePlan, planPeople } from './plan.ts';
import { countLicensed } from './safety-window.ts';
import type { PeopleSelection } from './select-people.ts';

/** People per chunk: fills one `$batch` of 20 lookups with 15 names each. */
const CHUNK = 300;
const MAX_CHUNKS = 12;
/** How often to check whether the next chunk may start, in ms. */
const POLL_MS = 50;
/** The run stops when more than this share of Graph's latest answers were no use, of at least `MIN_SAMPLE`, or where none of several was. */
const FAILURE_SHARE = 0.5;
const MIN_SAMPLE = 10;
/** When so many have been counted, each of them counts half. */
const RECENT_ANSWERS = 100;
const FAILED_REASONS: readonly ReasonCode[] = ['lookup_failed', 'mailbox_unknown', 'write_failed'];

export interface PipelineInput {
  selection: PeopleSelection;
  tenant: Tenant;
  allowance: Allowance;
}

/** Somebody for whom Graph gave an answer, and what follows from it, where that is known already. */
type Answered = Pick<OutcomeFacts, 'person' | 'calls'> & Partial<Pick<OutcomeFacts, 'verdict'>>;

interface Chunk {
  ids: readonly number[];
  startedAt: number;
  /** Resolves once the chunks before this one are decided: seats are given in the order of processing. */
  turn: Promise<void>;
  /** Lets the next chunk decide. */
  endTurn(): void;
}

export class Pipeline {
  checked = 0;
  /** People whose unsettled write is too recent to be repeated. */
  readonly deferred: number[] = [];
  /** People that another run of this process is working on. */
  readonly locked: number[] = [];
  readonly #context: CycleContext;
  readonly #input: PipelineInput;
  readonly #requestContext: RequestContext;
  readonly #halt = new AbortController();
  readonly #writer: OutcomeWriter;
  /** By whom each person is locked until the outcome is stored. */
  readonly #claims = new Map<number, Claim>();
  readonly #running = new Set<Promise<void>>();
  #allowance: Allowance;
  #lastTurn: Promise<void> = Promise.resolve();
  readonly #answers = { given: 0, failed: 0 };
  /** Writes that the people being looked up will probably need. */
  #expectedWrites = 0;
  /** Whom each account was written to for in this run. */
  readonly #writers = new Map<string, number>();
  #writesPerPerson = 2;
  #hasProbedMailbox = false;
  #stoppedBy: unknown = null;

  constructor(context: CycleContext, input: PipelineInput) {
    this.#context = context;
    this.#input = input;
    this.#allowance = input.allowance;
    this.#requestContext = { ...context.requestContext, signal: AbortSignal.any([context.signal, this.#halt.signal]) };
    this.#writer = new OutcomeWriter(
      context,
      (error) => this.stop(error),
      (ids) => this.#release(ids),
    );
  }

  /** Starts with these people, in this order, for at most `forMs`; returns those remaining. */
  async start(ids: readonly number[], forMs: number): Promise<number[]> {
    const endsAt = Date.now() + forMs;
    let next = 0;
    while (next < ids.length && !this.#requestContext.signal?.aborted && Date.now() < endsAt) {
      this.#requestContext.isBacklog = !this.#requestContext.urgent && next + CHUNK < ids.length;
      if (this.#mayStart()) {
        this.#startChunk(ids.slice(next, next + CHUNK));
        next += CHUNK;
      } else await Promise.race([...this.#running, pause(POLL_MS)]);
    }
    return this.#requestContext.signal?.aborted ? [] : ids.slice(next);
  }

  /** Waits until everybody started on is done and recorded. Throws `DirectoryError` or `LeaseLostError` where the run has to stop. */
  async finish(): Promise<void> {
    await Promise.all(this.#running);
    await whenUnlocked(this.#context.db, this.#requestContext.signal);
    this.#attempt(() => this.#writer.flush());
    if (this.#stoppedBy !== null) throw this.#stoppedBy;
  }

  /** Seats left, by SKU id. */
  get seats(): ReadonlyMap<string, number> {
    return this.#allowance.seats;
  }

  #mayStart(): boolean {
    if (this.#running.size === 0) return true;
    return this.#running.size < MAX_CHUNKS && this.#expectedWrites < this.#context.directory.writesToBegin();
  }

  #startChunk(ids: readonly number[]): void {
    const { promise, resolve: endTurn } = Promise.withResolvers<void>();
    const chunk: Chunk = { ids, startedAt: Date.now(), turn: this.#lastTurn, endTurn };
    this.#lastTurn = promise;
    const work: Promise<void> = this.#run(chunk).finally(() => {
      endTurn();
      this.#running.delete(work);
    });
    this.#running.add(work);
  }

  /** One chunk, from its lookup to the recorded outcome of everybody in it. Never rejects: `stop` keeps what ends the run. */
  async #run(chunk: Chunk): Promise<void> {
    const claim = this.#claim(chunk.ids);
    const { claimed } = claim;
    this.locked.push(...claim.locked);
    const expectedWrites = claimed.length * this.#writesPerPerson;
    this.#expectedWrites += expectedWrites;
    try {
      const observed = await this.#observe(claimed);
      await chunk.turn;
      await whenUnlocked(this.#context.db, this.#requestContext.signal);
      this.#expectedWrites -= expectedWrites;
      const { planned, healed } = this.#decide(observed, chunk.startedAt, claim);
      chunk.endTurn();
      await Promise.all([
        ...planned.map((person) => this.#apply(person, chunk.startedAt)),
        ...healed.map((person) => heal(this.#context, person, this.#requestContext)),
      ]);
      await whenUnlocked(this.#context.db, this.#requestContext.signal);
      this.#writer.flush();
    } catch (error) {
      this.stop(error);
    } finally {
      for (const id of claimed) this.#claims.delete(id);
      claim.release();
    }
  }

  #claim(ids: readonly number[]): Claim {
    return this.#context.personLocks?.claim(ids) ?? { claimed: [...ids], locked: [], release: () => {} };
  }

  /** Whoever is done may be watched while others of the chunk wait for minutes until Microsoft 365 takes their writes. */
  #release(ids: readonly number[]): void {
    for (const id of ids) this.#claims.get(id)?.release([id]);
  }

  #observe(ids: readonly number[]): Promise<Observed[]> {
    const { selection, tenant } = this.#input;
    const people = selection.read(ids);
    const request = {
      people,
      mappingOf: selection.chooseMapping(people, tenant.skus),
      skus: tenant.skus,
      probeAll: this.#requestContext.urgent || this.#context.run.checkAll,
      // A run that only watches mailboxes writes nothing.
      probeFirst: !this.#hasProbedMailbox && this.#context.run.trigger !== 'watch',
      areLast: this.#requestContext.isBacklog !== true,
      openAccounts: () => openAccounts(this.#context.db),
    };
    this.#hasProbedMailbox ||= people.length > 0;
    return observe(this.#context.directory, request, this.#requestContext);
  }

  /** Decides, records who is settled, and stores the intents of the others before anything is sent. */
  #decide(observed: readonly Observed[], startedAt: number, claim: Claim): Pick<PeoplePlan, 'planned' | 'healed'> {
    const { run, directory, settings, db, assertLease } = this.#context;
    if (this.#requestContext.signal?.aborted) return { planned: [], healed: [] };
    const planContext = {
      tenant: this.#input.tenant,
      allowance: { ...this.#allowance, licensed: this.#licensed() },
      safetyLimit: settings.safetyLimit,
      dryRun: run.dryRun,
      replicationMs: directory.replicationMs,
      writers: this.#allWriters(),
    };
    const { settled, planned, healed, deferred, allowance } = planPeople(observed, planContext, Date.now());
    // Whoever is to be written to was answered for as well.
    this.#countAnswers([...settled, ...planned.map(({ person, observed: { calls } }) => ({ person, calls }))]);
    this.#allowance = allowance;
    for (const { person, plan } of planned) this.#writers.set(accountKey(plan), person.id);
    this.checked += settled.length;
    this.deferred.push(...deferred);
    // Who is asked to be provisioned again stays locked until that is answered.
    const isHealed = new Set(healed.map(({ personId }) => personId));
    for (const id of claim.claimed) if (!isHealed.has(id)) this.#claims.set(id, claim);
    this.#writer.add(settled, startedAt);
    // Also who was asked in vain is recorded: the next run takes that for a fault of their own.
    assertMostSucceed(this.#answers);
    const writes = planned.reduce((sum, person) => sum + writesOf(person), 0);
    if (observed.length > 0) this.#writesPerPerson += (writes / observed.length - this.#writesPerPerson) / 2;
    if (planned.length === 0) return { planned, healed };
    assertLease();
    const unchanged = recordIntents(db, run.id, planned.map(toIntent), Date.now());
    return { planned: planned.filter(({ person }) => unchanged.has(person.id)), healed };
  }

  /** Also of runs beside this one, and of earlier ones whose writes do not show yet; a dry run waits for nobody. */
  #allWriters(): ReadonlyMap<string, number> {
    const { run, db } = this.#context;
    return run.dryRun ? this.#writers : new Map([...openWriters(db, Date.now() - STALE_READ_MS), ...this.#writers]);
  }

  /** Within 24 hours, by this and any other run; a dry run stores no intents, so it counts on by itself. */
  #licensed(): number {
    const { run, settings, db } = this.#context;
    return run.dryRun ? this.#allowance.licensed : countLicensed(db, settings.safetyLimit);
  }

  async #apply(plannedPerson: PlannedPerson, startedAt: number): Promise<void> {
    const { outcome, stop, exhaustedSkus } = await applyPlan(
      this.#context.directory,
      plannedPerson,
      this.#input.tenant,
      this.#requestContext,
    );
    this.checked += 1;
    this.#countAnswers([outcome]);
    if (exhaustedSkus.length > 0) {
      const none = exhaustedSkus.map((skuId) => [skuId, 0] as const);
      const seats = new Map([...this.#allowance.seats, ...none]);
      const free = new Map([...this.#allowance.free, ...none]);
      this.#allowance = { ...this.#allowance, seats, free };
    }
    if (stop) this.stop(stop);
    this.#attempt(() => this.#writer.add([outcome], startedAt));
  }

  /**
   * Many people share one answer, which must not count as many failures. Whoever failed before already has a fault of their own: where
   * nobody else is left to be checked, it says nothing about Graph.
   */
  #countAnswers(all: readonly Answered[]): void {
    const failedBefore = ({ person: { reason, unknownSince } }: Answered) =>
      unknownSince !== null || (reason !== null && FAILED_REASONS.includes(reason));
    const outcomes = all.filter((one) => !failedBefore(one));
    const isFailed = ({ verdict }: Answered) =>
      verdict !== undefined && FAILED_REASONS.includes(verdict.reason) && !isRefusal(verdict);
    this.#answers.given += countAnswers(outcomes);
    this.#answers.failed += countAnswers(outcomes.filter(isFailed));
    if (this.#answers.given <= RECENT_ANSWERS) return;
    this.#answers.given /= 2;
    this.#answers.failed /= 2;
  }

  #attempt(action: () => void): void {
    try {
      action();
    } catch (error) {
      this.stop(error);
    }
  }

  /** The first error counts; nothing new is sent from here on. */
  stop(error: unknown): void {
    if (this.#halt.signal.aborted) return;
    this.#stoppedBy = error;
    this.#halt.abort(error);
  }
}

function writesOf({ plan }: PlannedPerson): number {
  return plan.location ? 2 : 1;
}

function toIntent({ person, plan, mapping }: PlannedPerson) {
  // Off and on again licenses nobody more.
  const isReassignment = person.choice === 'reassign';
  const approved = person.approvedAt === null ? null : (person.approvedBy ?? '');
  const approvedBy = isReassignment ? (person.choiceBy ?? '') : approved;
  return {
    isReassignment,
    removeLicenses: plan.removeLicenses,
    personId: person.id,
    basis: { mappingId: mapping.id, employeeType: mapping.employeeType, accountId: plan.account.id },
    revision: person.revision,
    usageLocation: plan.location?.value ?? null,
    addLicenses: plan.addLicenses,
    approvedBy,
  };
}

/** Exchange Online is there: it refuses access to this mailbox, or wants it to be asked for later. */
function isRefusal({ said }: OutcomeFacts['verdict']): boolean {
  const [code, facts] = said?.[0] ?? [];
  return code === 'mailbox_unknown' && (facts?.refused === true || isPutOff(String(facts?.why)));
}

/** How many different answers of Graph these outcomes rest on: the last call of each. */
function countAnswers(outcomes: readonly Answered[]): number {
  return new Set(outcomes.map(({ calls, person }) => calls.at(-1) ?? person)).size;
}

function assertMostSucceed({ given, failed }: { given: number; failed: number }): void {
  const isMost = given >= MIN_SAMPLE && failed / given > FAILURE_SHARE;
  if (isMost || (given > 1 && failed === given))
    throw new DirectoryError(
      'most_calls_failed',
      sentence('mostCallsFailed', { failed: Math.round(failed), all: Math.round(given) }),
    );
}
