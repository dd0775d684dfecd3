/** A queue in front of Graph: packs everybody's requests into full batches, operators' first, at the rate the tenant allows. */
import { randomUUID } from 'node:crypto';
import { silence } from '#lib/domain/sentences/silences.ts';
import { steadyNow } from '#lib/graph/clock.ts';
import {
  type BatchAnswer,
  readBatch,
  type SubAnswer,
  type SubRequest,
  type Throttled,
  writeBatch,
} from '#lib/graph/http/batch.ts';
import type { CallRecord, GraphTransport } from '#lib/graph/http/transport.ts';
import { backoffMs } from '#lib/graph/pause.ts';
import type { RequestContext } from '#lib/graph/request-context.ts';
import type { ConcurrencyLimit } from './concurrency.ts';
import { isParallelRefusal, LATER_PATIENCE, nextStep, whyThrottled } from './next-step.ts';
import { type Budgets, charge, countFitting, roomInMs, settle } from './room.ts';
import { isWrite, type QueuedRequest, WaitingRequests } from './waiting-requests.ts';

export interface RequestQueueOptions extends Budgets {
  transport: GraphTransport;
  concurrency: ConcurrencyLimit;
  /** How long a request waits for others to fill its batch, in ms, unless it is urgent. */
  gatherMs: number;
  /** First pause after a refusal of parallel writes, in ms. */
  backoffBaseMs: number;
  /** How long a request keeps obeying 429s, in ms, before Graph counts as down. */
  throttlePatienceMs: number;
}

/** A batch under way. */
interface Sent {
  sentAt: number;
  /** How many requests in flight it counts as. */
  weight: number;
}

/** A backlog waits for full batches this many times as long as others. */
const BACKLOG_PATIENCE = 20;
/** How often waiting requests are checked for having been aborted. */
const LONGEST_SLEEP_MS = 250;

export class RequestQueue {
  readonly #options: RequestQueueOptions;
  readonly #waiting = new WaitingRequests();
  #inFlight = 0;
  #inSerialBatches = 0;
  #notBefore = 0;
  /** When Graph last answered a request with something else than a 429. */
  #acceptedAt = 0;
  /** What the last refusal for long said. */
  #whyStopped: string = silence('throttled');
  #timer: NodeJS.Timeout | null = null;
  #isWoken = false;

  constructor(options: RequestQueueOptions) {
    this.#options = options;
  }

  /** Sends a request when its turn comes. Null: not sent, because it was aborted. Throws `DirectoryError` where Graph is down. */
  send(request: SubRequest, context: RequestContext, alone = false): Promise<SubAnswer | null> {
    return new Promise((resolve, reject) => {
      const soFar = { since: steadyNow(), throttledAt: null, refusedAt: null, wasTokenRefused: false };
      this.#waiting.add({ request, context, alone, ...soFar, resolve, reject });
      this.#wake();
    });
  }

  /** How many requests could be sent. */
  get waiting(): number {
    return this.#waiting.count;
  }

  /** How many requests are under way in serial batches, where the answer to the first comes with that to the last. */
  get inSerialBatches(): number {
    return this.#inSerialBatches;
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
    for (const { resolve } of this.#waiting.takeAborted()) resolve(null);
    this.#waiting.readmit(steadyNow());
    this.#putOff();
    while (this.waiting > 0) {
      const { group, serial } = this.#options.concurrency.admit(this.#inFlight);
      // Nothing may start: the next answer wakes the queue.
      if (group < 1 && this.#inFlight > 0) break;
      const next = this.#waiting.first(Math.max(1, group));
      const waitMs = this.#waitMs(next, group);
      if (waitMs > 0) {
        this.#sleep(waitMs);
        return;
      }
      const fitting = countFitting(company(next), this.#options, this.#inFlight);
      const sendable = this.#waiting.take(fitting).filter(maySend);
      if (sendable.length > 0) void this.#send(sendable, serial);
    }
    if (this.#waiting.readmittedAt < Number.POSITIVE_INFINITY) this.#sleep(LONGEST_SLEEP_MS);
  }

  /** Nobody waits through a long stop for what is asked again later in any case. */
  #putOff(): void {
    const { pace, throttlePatienceMs } = this.#options;
    if (pace.stoppedMs <= LATER_PATIENCE * throttlePatienceMs) return;
    for (const { request, context, resolve } of this.#waiting.takeThoseThatCanWait()) {
      this.#tellPutOff(request, context);
      resolve({
        kind: 'lost',
        why: this.#whyStopped,
        record: recordUnsent(request, this.#whyStopped),
        isThrottled: true,
      });
    }
  }

  #sleep(ms: number): void {
    const readmitMs = this.#waiting.readmittedAt - steadyNow();
    const waitMs = Math.max(1, Math.min(ms, readmitMs, LONGEST_SLEEP_MS));
    this.#timer = setTimeout(() => this.#dispatch(), waitMs);
  }

  /**
   * How long the batch of these requests, `full` of which would fill it, has to wait, in ms: for a refusal, for more requests, for the
   * budgets. 0: it is sent now, as far as it fits.
   */
  #waitMs(next: readonly QueuedRequest[], full: number): number {
    const now = steadyNow();
    if (now < this.#notBefore) return this.#notBefore - now;
    const [first] = next;
    if (!first) return 0;
    const { urgent, isBacklog } = first.context;
    const { gatherMs, pace } = this.#options;
    const gatherLeftMs = urgent || next.length >= full ? 0 : first.since + gatherMs - now;
    if (gatherLeftMs > 0) return gatherLeftMs;
    const fitting = countFitting(next, this.#options, this.#inFlight);
    const roomMs = (count: number) => roomInMs(first, count, this.#options, this.#inFlight);
    if (fitting === 0) return roomMs(1);
    // A short wait fills the batch.
    if (fitting === next.length || urgent) return 0;
    const moreMs = roomMs(next.length);
    const patience = isBacklog || pace.isLearnt ? BACKLOG_PATIENCE : 1;
    return moreMs <= gatherMs * patience ? moreMs : 0;
  }

  async #send(group: readonly QueuedRequest[], serial: boolean): Promise<void> {
    charge(group, this.#options);
    countTraffic(group);
    const sentAt = steadyNow();
    const weight = serial ? 1 : group.length;
    this.#inFlight += weight;
    if (serial) this.#inSerialBatches += group.length;
    let wasUsed: (position: number) => boolean = () => true;
    try {
      const outgoing = group.map(({ request, context: { urgent } }) => ({ request, urgent }));
      const { body, ids } = writeBatch(outgoing, serial);
      const isUrgent = group[0]?.context.urgent ?? false;
      const answer = await this.#options.transport.send('POST', '/$batch', body, isUrgent);
      const requests = group.map(({ request }) => request);
      const batchAnswer = readBatch(answer, requests, ids);
      // What was refused, or never sent, has used nothing.
      const wasSent = answer.kind !== 'lost' || answer.wasSent;
      wasUsed = (position) => wasSent && batchAnswer.results[position]?.kind !== 'throttled';
      if (answer.kind === 'answered' && batchAnswer.results.some(isTokenRefusal)) answer.dropToken();
      this.#handleAnswer(group, batchAnswer, { sentAt, weight });
    } catch (error) {
      for (const { reject } of group) reject(error);
    } finally {
      const used = group.filter((_, position) => wasUsed(position));
      settle(group, used, this.#options);
      this.#inFlight -= weight;
      if (serial) this.#inSerialBatches -= group.length;
      this.#wake();
    }
  }

  #handleAnswer(group: readonly QueuedRequest[], { results, ...batch }: BatchAnswer, sent: Sent): void {
    const { pace, throttlePatienceMs } = this.#options;
    this.#hearUsage(group, batch.fullness);
    const now = steadyNow();
    if (results.some(({ kind }) => kind === 'answered')) this.#acceptedAt = now;
    const surroundings = { now, throttlePatienceMs, acceptedAt: this.#acceptedAt, isAlone: group.length === 1 };
    const retries: QueuedRequest[] = [];
    let [accepted, wasRejected] = [0, false];
    group.forEach((queued, position) => {
      const result = results[position];
      if (!result) return;
      countRefusal(queued, result);
      wasRejected ||= isParallelRefusal(queued, result);
      const step = nextStep(queued, result, surroundings);
      if (step.kind === 'retry') retries.push(queued);
      else if (step.kind === 'defer') this.#waiting.defer(queued, step.until);
      else if (step.kind === 'fail') queued.reject(step.error);
      else queued.resolve(step.answer);
      if (step.kind === 'answer' && step.isAccepted) accepted += 1;
      if (step.kind === 'answer' && result.kind === 'throttled') this.#hearRefusal(queued, result);
    });
    const retryAfters = results.flatMap((result) => (result.kind === 'throttled' ? result.retryAfterMs : []));
    const refused = batch.isThrottledWhole ? 1 : retryAfters.length;
    pace.answered({ sentAt: sent.sentAt, accepted, refused, retryAfterMs: Math.min(...retryAfters) });
    if (wasRejected) this.#onRejected(sent);
    else if (accepted > 0) this.#options.concurrency.onSuccess(sent.weight);
    for (const { context } of retries) context.traffic.retried += 1;
    this.#waiting.putBack(retries);
  }

  /** What a write was refused is told with its person. */
  #hearRefusal(queued: QueuedRequest, { retryAfterMs }: Throttled): void {
    const { throttlePatienceMs } = this.#options;
    this.#whyStopped = whyThrottled(retryAfterMs, throttlePatienceMs);
    if (retryAfterMs > throttlePatienceMs && !isWrite(queued)) this.#tellPutOff(queued.request, queued.context);
  }

  #tellPutOff({ label }: SubRequest, { onPutOff }: RequestContext): void {
    onPutOff?.({ call: label, why: this.#whyStopped, minutes: Math.ceil(this.#options.throttlePatienceMs / 60_000) });
  }

  /** The warning does not say which budget it is about: with reads it is the units, unless our own writes explain it. */
  #hearUsage(group: readonly QueuedRequest[], fullness: number | null): void {
    const { unitBudget, writeBudget } = this.#options;
    if (fullness === null || group.some(isWrite) || writeBudget.explains(fullness)) return;
    unitBudget.onUsageReported(fullness);
  }

  #onRejected({ sentAt, weight }: Sent): void {
    const { concurrency, backoffBaseMs } = this.#options;
    concurrency.onRejected(sentAt);
    // As long as others are under way, their answers pace what is sent.
    if (this.#inFlight > weight) return;
    this.#notBefore = Math.max(this.#notBefore, steadyNow() + backoffMs(2, backoffBaseMs));
  }
}

/** The first of these requests that may share a batch. */
function company(requests: readonly QueuedRequest[]): readonly QueuedRequest[] {
  const position = requests.findIndex(({ alone }) => alone);
  return position < 0 ? requests : requests.slice(0, Math.max(1, position));
}

/** What may not be sent any more ends as if it had been aborted. */
function maySend(queued: QueuedRequest): boolean {
  const isAllowed = !isWrite(queued) || (queued.context.mayWrite?.() ?? true);
  if (!isAllowed) queued.resolve(null);
  return isAllowed;
}

/** What a batch costs is counted with each of its requests; its round trip with the first. */
function countTraffic(group: readonly QueuedRequest[]): void {
  group.forEach((queued, position) => {
    const { traffic } = queued.context;
    if (position === 0) traffic.requests += 1;
    traffic.subRequests += 1;
    traffic.resourceUnits += queued.request.units;
    if (isWrite(queued)) traffic.writes += 1;
  });
}

/** Of a request that was never sent. */
function recordUnsent({ label }: SubRequest, said: string): CallRecord {
  const ids = { requestId: null, clientRequestId: randomUUID() };
  return { call: label, status: null, code: null, said, ...ids, at: Date.now(), durationMs: 0 };
}

function isTokenRefusal(result: SubAnswer | Throttled): boolean {
  return result.kind === 'answered' && result.status === 401;
}

function countRefusal({ context: { traffic } }: QueuedRequest, { kind }: SubAnswer | Throttled): void {
  if (kind !== 'throttled') return;
  traffic.throttled += 1;
  traffic.retried += 1;
}
