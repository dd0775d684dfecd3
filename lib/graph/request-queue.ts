/** A queue in front of Graph: packs everybody's requests into full batches, operators' first, at the rate the tenant allows. */
import {
  type BatchAnswer,
  readBatch,
  type SubAnswer,
  type SubRequest,
  type Throttled,
  writeBatch,
} from '#lib/graph/http/batch.ts';
import { DirectoryError, refusalOf } from '#lib/graph/http/errors.ts';
import type { GraphTransport, Traffic } from '#lib/graph/http/transport.ts';
import { faultOf } from '#lib/graph/http/wire.ts';
import type { ConcurrencyLimit } from './concurrency.ts';
import type { Pace } from './pace.ts';
import { backoffMs, type WindowBudget } from './rate-limit.ts';

/** On whose behalf a request is made. */
export interface RequestContext {
  /** An operator is waiting: the request overtakes everything else. */
  urgent: boolean;
  /** Once it is aborted, nothing new is sent. */
  signal?: AbortSignal | undefined;
  /** False: no write may be sent any more; asked before each. */
  mayWrite?: () => boolean;
  /** More requests follow than the budgets allow at once: they are smoothed, leaving gaps for operators. */
  isBacklog?: boolean;
  /** Counts what this request costs. */
  traffic: Traffic;
}

export interface RequestQueueOptions {
  transport: GraphTransport;
  unitBudget: WindowBudget;
  writeBudget: WindowBudget;
  /** What the tenant has been found to accept; queues that it limits together share one. */
  pace: Pace;
  concurrency: ConcurrencyLimit;
  /** How long a request waits for others to fill its batch, in ms, unless it is urgent. */
  gatherMs: number;
  /** Each write of this queue is followed by one of another queue. */
  followUps?: FollowUps;
  /** First pause after a refusal of parallel writes, in ms. */
  backoffBaseMs: number;
  /** How long a request keeps obeying 429s, in ms, before Graph counts as down. */
  throttlePatienceMs: number;
}

interface FollowUps {
  /** This many are still to come, and need room too. */
  due(): number;
  /** This many could be sent now, and come first. */
  ready(): number;
  /** So many may be due at most. */
  most(): number;
}

interface QueuedRequest {
  request: SubRequest;
  context: RequestContext;
  /** Shares its batch with no other request. */
  alone: boolean;
  since: number;
  /** When Graph first refused it with a 429; null: never. */
  throttledAt: number | null;
  /** When it was first refused for other work going on, and put off; null: never. */
  refusedAt: number | null;
  resolve(answer: SubAnswer | null): void;
  reject(error: unknown): void;
}

/** Other work going on is waited for this share of the patience for throttling: tenants are busy for a minute at most. */
const BUSY_PATIENCE = 0.2;
/** A backlog waits for full batches this many times as long as others. */
const BACKLOG_PATIENCE = 20;
/** How soon writes look again for their follow-ups to have been sent. */
const PAIRS_POLL_MS = 50;
/** How often waiting requests are checked for having been aborted. */
const LONGEST_SLEEP_MS = 250;

export class RequestQueue {
  readonly #options: RequestQueueOptions;
  readonly #urgent: QueuedRequest[] = [];
  readonly #background: QueuedRequest[] = [];
  /** Refused with a 429, each until the time that was said to it. */
  #deferred: { queued: QueuedRequest; until: number }[] = [];
  #inFlight = 0;
  #notBefore = 0;
  /** When Graph last answered a request with something else than a 429. */
  #acceptedAt = 0;
  #timer: NodeJS.Timeout | null = null;
  #isWoken = false;

  constructor(options: RequestQueueOptions) {
    this.#options = options;
  }

  /** Sends a request when its turn comes. Null: not sent, because it was aborted. Throws `DirectoryError` where Graph is down. */
  send(request: SubRequest, context: RequestContext, alone = false): Promise<SubAnswer | null> {
    return new Promise((resolve, reject) => {
      this.#queueOf(context).push({
        request,
        context,
        alone,
        since: Date.now(),
        throttledAt: null,
        refusedAt: null,
        resolve,
        reject,
      });
      this.#wake();
    });
  }

  /** How many requests could be sent. */
  get waiting(): number {
    return this.#urgent.length + this.#background.length;
  }

  #queueOf({ urgent }: RequestContext): QueuedRequest[] {
    return urgent ? this.#urgent : this.#background;
  }

  /** Requests made in the same turn of the event loop are sent together. */
  #wake(): void {
    if (this.#isWoken) return;
    this.#isWoken = true;
    setImmediate(() => {
      this.#isWoken = false;
      this.#dispatch();
    });
  }

  #dispatch(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    this.#dropAborted();
    this.#readmit();
    while (this.waiting > 0) {
      const { group, serial } = this.#options.concurrency.admit(this.#inFlight);
      // Nothing may start: the next answer wakes the queue.
      if (group < 1 && this.#inFlight > 0) break;
      const waitMs = this.#waitMs(Math.max(1, group));
      if (waitMs > 0) {
        this.#sleep(waitMs);
        return;
      }
      const sendable = this.#takeFitting(Math.max(1, group)).filter((queued) => this.#maySend(queued));
      if (sendable.length > 0) void this.#send(sendable, serial);
    }
    if (this.#deferred.length > 0) this.#sleep(LONGEST_SLEEP_MS);
  }

  #sleep(ms: number): void {
    const readmitMs = Math.min(...this.#deferred.map(({ until }) => until)) - Date.now();
    const waitMs = Math.max(1, Math.min(ms, readmitMs, LONGEST_SLEEP_MS));
    this.#timer = setTimeout(() => this.#dispatch(), waitMs);
  }

  /** What may not be sent any more ends as if it had been aborted. */
  #maySend(queued: QueuedRequest): boolean {
    const maySend = !isWrite(queued) || (queued.context.mayWrite?.() ?? true);
    if (!maySend) queued.resolve(null);
    return maySend;
  }

  /** Requests whose `Retry-After` has passed go to the front of the queue. */
  #readmit(): void {
    const now = Date.now();
    const due = this.#deferred.filter(({ until }) => until <= now);
    if (due.length === 0) return;
    this.#deferred = this.#deferred.filter(({ until }) => until > now);
    for (const { queued } of due.toReversed()) this.#queueOf(queued.context).unshift(queued);
  }

  /** Removes aborted requests from the queue. */
  #dropAborted(): void {
    for (const queue of [this.#urgent, this.#background]) {
      const aborted = queue.filter(({ context }) => context.signal?.aborted);
      if (aborted.length === 0) continue;
      const remaining = queue.filter(({ context }) => !context.signal?.aborted);
      queue.splice(0, queue.length, ...remaining);
      for (const { resolve } of aborted) resolve(null);
    }
    for (const { queued } of this.#deferred) if (queued.context.signal?.aborted) queued.resolve(null);
    this.#deferred = this.#deferred.filter(({ queued }) => !queued.context.signal?.aborted);
  }

  /**
   * How long the next batch of up to `group` requests has to wait, in ms: for a 429, for more requests, for the budgets. 0: it
   * is sent now.
   */
  #waitMs(group: number): number {
    const now = Date.now();
    if (now < this.#notBefore) return this.#notBefore - now;
    const [first] = this.#urgent.length > 0 ? this.#urgent : this.#background;
    if (!first) return 0;
    const { gatherMs } = this.#options;
    const wanted = Math.min(group, this.waiting);
    const gatherLeftMs = first.context.urgent || wanted === group ? 0 : first.since + gatherMs - now;
    if (gatherLeftMs > 0) return gatherLeftMs;
    const fitting = this.#countFitting(wanted);
    if (fitting === 0) return this.#roomMs(first, 1);
    // A short wait fills the batch.
    if (fitting === wanted || first.context.urgent) return 0;
    const moreMs = this.#roomMs(first, wanted);
    const isPatient = first.context.isBacklog || this.#options.pace.isLearnt;
    return moreMs <= gatherMs * (isPatient ? BACKLOG_PATIENCE : 1) ? moreMs : 0;
  }

  /** How long until there is room for `count` requests like this one, in ms. */
  #roomMs(queued: QueuedRequest, count: number): number {
    const { unitBudget, writeBudget, pace } = this.#options;
    const { isBacklog } = queued.context;
    if (!isWrite(queued))
      return Math.max(pace.freeInMs(count, isBacklog), unitBudget.freeInMs(queued.request.units * count, isBacklog));
    if (this.#pairsLeft(queued) < count) return PAIRS_POLL_MS;
    const { each, reserved } = this.#writeNeeds();
    return Math.max(
      pace.freeInMs(count + this.#readyFollowUps, isBacklog),
      writeBudget.freeInMs(count * each + reserved, isBacklog),
    );
  }

  /**
   * What a write takes from the budget, and what is reserved for others. Where capacity frees up all the time, nothing needs to
   * be reserved.
   */
  #writeNeeds(): { each: number; reserved: number } {
    const { followUps, writeBudget } = this.#options;
    if (!followUps || writeBudget.freesSoon() || writeBudget.isRested) return { each: 1, reserved: 0 };
    return { each: 2, reserved: followUps.due() + this.#inFlight };
  }

  /** Follow-ups that come first where the tenant has been found to accept less than documented. */
  get #readyFollowUps(): number {
    const { followUps, pace } = this.#options;
    return followUps && pace.isLearnt ? followUps.ready() : 0;
  }

  /** How many writes may be sent before their follow-ups are: nobody is to wait for long with half of it done. */
  #pairsLeft({ context }: QueuedRequest): number {
    const { followUps } = this.#options;
    if (!followUps || context.urgent) return Number.POSITIVE_INFINITY;
    return followUps.most() - followUps.due() - this.#inFlight;
  }

  /** How many of the first `most` requests may be sent now. */
  #countFitting(most: number): number {
    const { unitBudget, writeBudget, pace } = this.#options;
    const rooms = (isBacklog: boolean) => ({
      units: unitBudget.room(isBacklog),
      writes: writeBudget.room(isBacklog),
      requests: pace.room(isBacklog) - this.#readyFollowUps,
    });
    const [forAll, forBacklogs] = [rooms(false), rooms(true)];
    const { each, reserved } = this.#writeNeeds();
    let [units, writes] = [0, reserved];
    for (let count = 0; count < most; count += 1) {
      const queued = this.#at(count);
      if (!queued) return count;
      const room = queued.context.isBacklog ? forBacklogs : forAll;
      if (count + 1 > room.requests) return count;
      if (isWrite(queued)) {
        // Writes do not wait for resource units: they cost one of thousands, and a warning about units is one to reads.
        writes += each;
        if (writes > room.writes || count + 1 > this.#pairsLeft(queued)) return count;
      } else {
        units += queued.request.units;
        if (units > room.units && queued.request.units > 0) return count;
      }
    }
    return most;
  }

  #at(position: number): QueuedRequest | undefined {
    return this.#urgent[position] ?? this.#background[position - this.#urgent.length];
  }

  #takeFitting(most: number): QueuedRequest[] {
    const count = this.#countFitting(Math.min(most, this.#company(most)));
    const urgent = this.#urgent.splice(0, count);
    return [...urgent, ...this.#background.splice(0, count - urgent.length)];
  }

  /** How many of the first `most` requests may share a batch. */
  #company(most: number): number {
    const end = Math.min(most, this.waiting);
    for (let count = 0; count < end; count += 1) if (this.#at(count)?.alone) return Math.max(1, count);
    return end;
  }

  async #send(group: readonly QueuedRequest[], serial: boolean): Promise<void> {
    const { transport } = this.#options;
    this.#charge(group);
    const sentAt = Date.now();
    const weight = serial ? 1 : group.length;
    this.#inFlight += weight;
    let wasUsed: (position: number) => boolean = () => true;
    try {
      const { body, ids } = writeBatch(
        group.map(({ request, context: { urgent } }) => ({ request, urgent })),
        serial,
      );
      const isUrgent = group[0]?.context.urgent ?? false;
      const answer = await transport.send('POST', '/$batch', body, isUrgent);
      const requests = group.map(({ request }) => request);
      const batchAnswer = readBatch(answer, requests, ids);
      // What was refused, or never sent, has used nothing.
      const wasSent = answer.kind !== 'lost' || answer.wasSent;
      wasUsed = (position) => wasSent && batchAnswer.results[position]?.kind !== 'throttled';
      this.#handleAnswer(group, batchAnswer, sentAt);
    } catch (error) {
      for (const { reject } of group) reject(error);
    } finally {
      this.#settle(group, wasUsed);
      this.#inFlight -= weight;
      this.#wake();
    }
  }

  /** Charges a batch to the budgets and to the traffic of its requests; the round trip to the first one's. */
  #charge(group: readonly QueuedRequest[]): void {
    const { unitBudget, writeBudget, pace } = this.#options;
    unitBudget.take(unitsOf(group));
    writeBudget.take(group.filter(isWrite).length);
    pace.take(group.length);
    group.forEach(({ request, context: { traffic } }, position) => {
      if (position === 0) traffic.requests += 1;
      traffic.subRequests += 1;
      traffic.resourceUnits += request.units;
      if (request.method !== 'GET') traffic.writes += 1;
    });
  }

  #settle(group: readonly QueuedRequest[], wasUsed: (position: number) => boolean): void {
    const { unitBudget, writeBudget } = this.#options;
    const used = group.filter((_, position) => wasUsed(position));
    unitBudget.settle(unitsOf(group), unitsOf(used));
    writeBudget.settle(group.filter(isWrite).length, used.filter(isWrite).length);
  }

  #handleAnswer(group: readonly QueuedRequest[], batchAnswer: BatchAnswer, sentAt: number): void {
    const { results, isThrottledWhole, fullness } = batchAnswer;
    const { unitBudget, concurrency, pace, backoffBaseMs } = this.#options;
    // The warning does not say which budget it is about: with reads it can only be the units.
    if (fullness !== null && !group.some(isWrite)) unitBudget.onUsageReported(fullness);
    let wasRejected = false;
    let accepted = 0;
    const retryAfters: number[] = [];
    const retries: QueuedRequest[] = [];
    const now = Date.now();
    if (results.some(({ kind }) => kind === 'answered')) this.#acceptedAt = now;
    results.forEach((result, position) => {
      const queued = group[position];
      if (!queued) return;
      if (result.kind === 'throttled') {
        retryAfters.push(result.retryAfterMs);
        this.#defer(queued, result, now, group.length === 1);
      } else if (result.kind === 'answered' && result.status === 424) retries.push(queued);
      else if (result.kind === 'answered' && isWrite(queued) && isConcurrencyRefusal(result)) {
        wasRejected = true;
        queued.refusedAt ??= now;
        // What one account is refused for too long is that account's affair: nobody else waits for it.
        if (now - queued.refusedAt < BUSY_PATIENCE * this.#options.throttlePatienceMs) retries.push(queued);
        else queued.resolve(result);
      } else {
        if (result.kind === 'answered') accepted += 1;
        queued.resolve(result);
      }
    });
    const refused = isThrottledWhole ? 1 : retryAfters.length;
    pace.answered({ sentAt, accepted, refused, retryAfterMs: Math.min(...retryAfters) });
    if (wasRejected) {
      concurrency.onRejected();
      this.#notBefore = Math.max(this.#notBefore, Date.now() + backoffMs(2, backoffBaseMs));
    } else if (accepted > 0) concurrency.onSuccess(accepted);
    for (const queued of retries.toReversed()) {
      queued.context.traffic.retried += 1;
      this.#queueOf(queued.context).unshift(queued);
    }
  }

  /** A 429 is for the request it was said to, unless it has heard it for too long. */
  #defer(queued: QueuedRequest, { retryAfterMs, record }: Throttled, now: number, isAlone: boolean): void {
    queued.context.traffic.throttled += 1;
    queued.context.traffic.retried += 1;
    queued.throttledAt ??= now;
    const until = now + retryAfterMs;
    if (until - queued.throttledAt <= this.#options.throttlePatienceMs) this.#deferred.push({ queued, until });
    // Nobody else was refused with it, or others were answered: it is this request's own affair.
    else if (isAlone || this.#acceptedAt >= queued.throttledAt)
      queued.resolve({ kind: 'lost', why: 'Microsoft Graph keeps throttling this request (429)', record });
    else queued.reject(new DirectoryError('graph_down', 'Microsoft Graph keeps throttling our requests (429).'));
  }
}

function unitsOf(group: readonly QueuedRequest[]): number {
  return group.reduce((sum, { request }) => sum + request.units, 0);
}

function isWrite({ request }: QueuedRequest): boolean {
  return request.method !== 'GET';
}

function isConcurrencyRefusal(answer: SubAnswer & { kind: 'answered' }): boolean {
  return answer.status >= 400 && refusalOf(faultOf(answer.status, answer.body)) === 'concurrency';
}
