/** A queue in front of Graph: packs everybody's requests into full batches, operators' first, at the rate the tenant allows. */
import { type BatchAnswer, readBatch, type SubAnswer, type SubRequest, writeBatch } from '#lib/graph/http/batch.ts';
import { DirectoryError, refusalOf } from '#lib/graph/http/errors.ts';
import type { GraphTransport, RoundTrip, Traffic } from '#lib/graph/http/transport.ts';
import { faultOf } from '#lib/graph/http/wire.ts';
import type { ConcurrencyLimit } from './concurrency.ts';
import { backoffMs, type WindowBudget } from './rate-limit.ts';

/** On whose behalf a request is made. */
export interface RequestContext {
  /** An operator is waiting: the request overtakes everything else. */
  urgent: boolean;
  /** Once it is aborted, nothing new is sent. */
  signal?: AbortSignal | undefined;
  /** More requests follow than the budgets allow at once: they are smoothed, leaving gaps for operators. */
  isBacklog?: boolean;
  /** Counts what this request costs. */
  traffic: Traffic;
}

export interface RequestQueueOptions {
  transport: GraphTransport;
  unitBudget: WindowBudget;
  writeBudget: WindowBudget;
  concurrency: ConcurrencyLimit;
  /** How long a request waits for others to fill its batch, in ms, unless it is urgent. */
  gatherMs: number;
  /** Each write of this queue is followed by one of another queue; this many are already due and need room too. */
  followUps?: () => number;
  /** First pause after a refusal of parallel writes, in ms. */
  backoffBaseMs: number;
  /** How long a request keeps obeying 429s, in ms, before Graph counts as down. */
  throttlePatienceMs: number;
}

interface QueuedRequest {
  request: SubRequest;
  context: RequestContext;
  /** Shares its batch with no other request. */
  alone: boolean;
  since: number;
  resolve(answer: SubAnswer | null): void;
  reject(error: unknown): void;
}

/** A backlog waits for full batches this many times as long as others. */
const BACKLOG_PATIENCE = 20;
/** How often waiting requests are checked for having been aborted. */
const LONGEST_SLEEP_MS = 250;

export class RequestQueue {
  readonly #options: RequestQueueOptions;
  readonly #urgent: QueuedRequest[] = [];
  readonly #background: QueuedRequest[] = [];
  #inFlight = 0;
  #notBefore = 0;
  #timer: NodeJS.Timeout | null = null;
  #isWoken = false;

  constructor(options: RequestQueueOptions) {
    this.#options = options;
  }

  /** Sends a request when its turn comes. Null: not sent, because it was aborted. Throws `DirectoryError` where Graph is down. */
  send(request: SubRequest, context: RequestContext, alone = false): Promise<SubAnswer | null> {
    return new Promise((resolve, reject) => {
      this.#queueOf(context).push({ request, context, alone, since: Date.now(), resolve, reject });
      this.#wake();
    });
  }

  get #waiting(): number {
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
    while (this.#waiting > 0) {
      const { group, serial } = this.#options.concurrency.admit(this.#inFlight);
      // Nothing may start: the next answer wakes the queue.
      if (group < 1 && this.#inFlight > 0) return;
      const waitMs = this.#waitMs(Math.max(1, group));
      if (waitMs > 0) {
        this.#timer = setTimeout(() => this.#dispatch(), Math.min(waitMs, LONGEST_SLEEP_MS));
        return;
      }
      void this.#send(this.#takeFitting(Math.max(1, group)), serial);
    }
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
    const wanted = Math.min(group, this.#waiting);
    const gatherLeftMs = first.context.urgent || wanted === group ? 0 : first.since + gatherMs - now;
    if (gatherLeftMs > 0) return gatherLeftMs;
    const fitting = this.#countFitting(wanted);
    if (fitting === 0) return this.#budgetMs(first, 1);
    // A short wait fills the batch.
    if (fitting === wanted || first.context.urgent) return 0;
    const moreMs = this.#budgetMs(first, wanted);
    return moreMs <= gatherMs * (first.context.isBacklog ? BACKLOG_PATIENCE : 1) ? moreMs : 0;
  }

  /** How long until the budgets have room for `count` requests like this one, in ms. */
  #budgetMs(queued: QueuedRequest, count: number): number {
    const { unitBudget, writeBudget } = this.#options;
    const { isBacklog } = queued.context;
    const units = queued.request.units * count;
    const { each, reserved } = this.#writeNeeds();
    return Math.max(
      units === 0 ? 0 : unitBudget.freeInMs(units, isBacklog),
      isWrite(queued) ? writeBudget.freeInMs(count * each + reserved, isBacklog) : 0,
    );
  }

  /**
   * What a write takes from the budget, and what is reserved for others. Where capacity frees up all the time, nothing needs to
   * be reserved.
   */
  #writeNeeds(): { each: number; reserved: number } {
    const { followUps, writeBudget } = this.#options;
    if (!followUps || writeBudget.freesSoon() || writeBudget.isRested) return { each: 1, reserved: 0 };
    return { each: 2, reserved: followUps() + this.#inFlight };
  }

  /** How many of the first `most` requests the budgets allow now. */
  #countFitting(most: number): number {
    const { unitBudget, writeBudget } = this.#options;
    const rooms = (isBacklog: boolean) => ({ units: unitBudget.room(isBacklog), writes: writeBudget.room(isBacklog) });
    const [forAll, forBacklogs] = [rooms(false), rooms(true)];
    const { each, reserved } = this.#writeNeeds();
    let [units, writes] = [0, reserved];
    for (let count = 0; count < most; count += 1) {
      const queued = this.#at(count);
      if (!queued) return count;
      units += queued.request.units;
      writes += isWrite(queued) ? each : 0;
      const room = queued.context.isBacklog ? forBacklogs : forAll;
      if ((units > room.units && queued.request.units > 0) || (writes > room.writes && isWrite(queued))) return count;
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
    const end = Math.min(most, this.#waiting);
    for (let count = 0; count < end; count += 1) if (this.#at(count)?.alone) return Math.max(1, count);
    return end;
  }

  async #send(group: readonly QueuedRequest[], serial: boolean): Promise<void> {
    const { transport } = this.#options;
    const { settle } = this.#charge(group);
    const weight = serial ? 1 : group.length;
    this.#inFlight += weight;
    try {
      const { body, ids } = writeBatch(
        group.map(({ request, context: { urgent } }) => ({ request, urgent })),
        serial,
      );
      const isUrgent = group[0]?.context.urgent ?? false;
      const answer = await transport.send('POST', '/$batch', body, isUrgent);
      settle(answer);
      this.#handleAnswer(
        group,
        readBatch(
          answer,
          group.map(({ request }) => request),
          ids,
        ),
      );
    } catch (error) {
      settle(null);
      for (const { reject } of group) reject(error);
    } finally {
      this.#inFlight -= weight;
      this.#wake();
    }
  }

  /** Charges a batch to the budgets and to the traffic of its requests; the round trip to the first one's. */
  #charge(group: readonly QueuedRequest[]) {
    const { unitBudget, writeBudget } = this.#options;
    const units = group.reduce((sum, { request }) => sum + request.units, 0);
    const writes = group.filter(isWrite).length;
    unitBudget.take(units);
    writeBudget.take(writes);
    group.forEach(({ request, context: { traffic } }, position) => {
      if (position === 0) traffic.requests += 1;
      traffic.subRequests += 1;
      traffic.resourceUnits += request.units;
      if (request.method !== 'GET') traffic.writes += 1;
    });
    let isSettled = false;
    const settle = (answer: RoundTrip | null) => {
      if (isSettled) return;
      isSettled = true;
      const wasSent = answer?.kind !== 'lost' || answer.wasSent;
      unitBudget.settle(units, wasSent ? units : 0);
      writeBudget.settle(writes, wasSent ? writes : 0);
    };
    return { settle };
  }

  #handleAnswer(group: readonly QueuedRequest[], { results, fullness }: BatchAnswer): void {
    const { unitBudget, writeBudget, concurrency, backoffBaseMs } = this.#options;
    if (fullness !== null) for (const budget of [unitBudget, writeBudget]) budget.onUsageReported(fullness);
    let wasRejected = false;
    const retries: QueuedRequest[] = [];
    results.forEach((result, position) => {
      const queued = group[position];
      if (!queued) return;
      if (result.kind === 'throttled') {
        queued.context.traffic.throttled += 1;
        if (result.budget === 'writes') writeBudget.exceeded();
        if (result.budget === 'units') unitBudget.exceeded();
        this.#notBefore = Math.max(this.#notBefore, Date.now() + result.retryAfterMs);
        retries.push(queued);
      } else if (result.kind === 'answered' && isWrite(queued) && isConcurrencyRefusal(result)) {
        wasRejected = true;
        retries.push(queued);
      } else if (result.kind === 'answered' && result.status === 424) retries.push(queued);
      else queued.resolve(result);
    });
    if (wasRejected) {
      concurrency.onRejected();
      this.#notBefore = Math.max(this.#notBefore, Date.now() + backoffMs(2, backoffBaseMs));
    } else concurrency.onSuccess(group.length);
    this.#requeue(retries);
  }

  /** Requests to be retried go to the front of the queue, unless they have been throttled for too long. */
  #requeue(queuedRequests: readonly QueuedRequest[]): void {
    for (const queued of queuedRequests.toReversed()) {
      queued.context.traffic.retried += 1;
      if (this.#notBefore - queued.since <= this.#options.throttlePatienceMs)
        this.#queueOf(queued.context).unshift(queued);
      else queued.reject(new DirectoryError('graph_down', 'Microsoft Graph keeps throttling our requests (429).'));
    }
  }
}

function isWrite({ request }: QueuedRequest): boolean {
  return request.method !== 'GET';
}

function isConcurrencyRefusal(answer: SubAnswer & { kind: 'answered' }): boolean {
  return answer.status >= 400 && refusalOf(faultOf(answer.status, answer.body)) === 'concurrency';
}
