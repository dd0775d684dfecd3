/** Many requests in one round trip (`$batch`, at most 20): paced, and each sub-response judged by itself. */
import { randomUUID } from 'node:crypto';
import { DirectoryError, refusalOf } from './errors.ts';
import { backoffMs, inParallel, type ParallelWrites, pause, type WindowBudget } from './pacing.ts';
import { type CallRecord, type GraphTransport, type RoundTrip, retryAfterMs } from './transport.ts';
import { batchAnswerSchema, faultOf } from './wire.ts';

export interface SubRequest {
  method: 'GET' | 'PATCH' | 'POST';
  /** Relative to the version, percent-encoded. */
  url: string;
  /** The url without names, for records: `GET /users/{id}/mailboxSettings`. */
  label: string;
  body?: unknown;
  /** Resource units Graph charges (graph-facts: list users with $select 1, write 1). */
  units: number;
}

export type SubAnswer =
  | { kind: 'answered'; status: number; body: unknown; record: CallRecord }
  | { kind: 'lost'; why: string; record: CallRecord };

const BATCH_SIZE = 20;
/** Graph's mailbox limits were once counted per app, so no more round trips than this are under way at once. */
const PARALLEL_BATCHES = 4;

export interface ExchangeOptions {
  transport: GraphTransport;
  writeBudget: WindowBudget;
  unitBudget: WindowBudget;
  parallelWrites: ParallelWrites;
  /** First pause after a failure, in ms; doubles with jitter. */
  backoffBaseMs: number;
  /** Tries of a read before it counts as failed; a 429 is not counted. */
  readAttempts: number;
  /** Longest time to obey 429s for one call, in ms, before Graph counts as down. */
  throttlePatienceMs: number;
}

interface Throttled {
  kind: 'throttled';
  retryAfterMs: number;
}

export class Exchange {
  readonly #options: ExchangeOptions;

  constructor(options: ExchangeOptions) {
    this.#options = options;
  }

  /** Reads, 20 to a round trip, repeated while that may help. Answers in the order asked; throws `DirectoryError` where Graph is down. */
  async readAll(requests: readonly SubRequest[], signal?: AbortSignal): Promise<SubAnswer[]> {
    const answers: (SubAnswer | undefined)[] = requests.map(() => undefined);
    const startedAt = Date.now();
    let pending = requests.map((_, index) => index);
    for (let attempt = 1; pending.length > 0; ) {
      let throttledMs = 0;
      let failed = 0;
      const again: number[] = [];
      await inParallel(chunk(pending, BATCH_SIZE), PARALLEL_BATCHES, async (indexes) => {
        const group = indexes.flatMap((index) => requests[index] ?? []);
        const results = await this.#roundTrip(group, false, signal);
        results.forEach((result, position) => {
          const index = indexes[position] ?? 0;
          if (result.kind === 'throttled') {
            throttledMs = Math.max(throttledMs, result.retryAfterMs);
            again.push(index);
          } else if (isFailure(result)) {
            failed += 1;
            answers[index] = result;
            if (attempt < this.#options.readAttempts) again.push(index);
          } else answers[index] = result;
        });
      });
      if (again.length > 0) {
        this.#options.transport.traffic.retried += again.length;
        if (!this.#isPatient(startedAt, throttledMs)) throw slowDown();
        await pause(Math.max(throttledMs, failed > 0 ? backoffMs(attempt, this.#options.backoffBaseMs) : 0), signal);
      }
      if (failed > 0) attempt += 1;
      pending = again.sort((a, b) => a - b);
    }
    const all = answers.filter((answer) => answer !== undefined);
    // One account that Graph cannot answer for must not stop the others; no answer at all to anything is Graph being down.
    if (all.length > 0 && all.every((answer) => answer.kind === 'lost'))
      throw new DirectoryError('graph_down', `Microsoft Graph does not answer: ${all[0]?.why}.`);
    return all;
  }

  /**
   * Writes, paced under the budget. 429 and refusals of parallel writes are waited out and repeated. An answer of 5xx, or none,
   * comes back as `lost`: the caller reads the account back before writing again. Null: not sent, because `signal` was aborted or
   * because of `failure`, which ends the writing but not the answers that came before it.
   */
  async writeAll(
    requests: readonly SubRequest[],
    signal: AbortSignal,
  ): Promise<{ answers: (SubAnswer | null)[]; failure: DirectoryError | null }> {
    const answers: (SubAnswer | null)[] = requests.map(() => null);
    const queue = requests.map((_, index) => index);
    const { parallelWrites } = this.#options;
    const underWay = new Set<Promise<void>>();
    const startedAt = Date.now();
    let inFlight = 0;
    let notBefore = 0;
    let failure: DirectoryError | null = null;

    const sendGroup = async (indexes: number[], serial: boolean) => {
      const group = indexes.flatMap((index) => requests[index] ?? []);
      const results = await this.#roundTrip(group, serial, signal);
      let refused = false;
      results.forEach((result, position) => {
        const index = indexes[position] ?? 0;
        if (result.kind === 'throttled') {
          notBefore = Math.max(notBefore, Date.now() + result.retryAfterMs);
          queue.push(index);
        } else if (result.kind === 'answered' && result.status === 424) queue.push(index);
        else if (result.kind === 'answered' && isConcurrencyRefusal(result)) {
          refused = true;
          queue.push(index);
        } else answers[index] = isFailure(result) ? toLost(result) : result;
      });
      if (refused) {
        parallelWrites.wasRefused();
        notBefore = Math.max(notBefore, Date.now() + backoffMs(2, this.#options.backoffBaseMs));
      } else parallelWrites.wentWell();
    };

    while (queue.length > 0 || underWay.size > 0) {
      const waitMs = notBefore - Date.now();
      const room = parallelWrites.limit - inFlight;
      const mayStart = queue.length > 0 && room > 0 && !signal.aborted && failure === null;
      if (mayStart && waitMs <= 0) {
        // One at a time still goes 20 to a round trip: each request of the batch waits for the one before it.
        const serial = parallelWrites.limit === 1;
        const indexes = queue.splice(0, serial ? BATCH_SIZE : Math.min(BATCH_SIZE, room));
        const weight = serial ? 1 : indexes.length;
        inFlight += weight;
        const work: Promise<void> = sendGroup(indexes, serial)
          .catch((error: unknown) => {
            if (error instanceof DirectoryError) failure = error;
            else if (!signal.aborted) throw error;
          })
          .finally(() => {
            inFlight -= weight;
            underWay.delete(work);
          });
        underWay.add(work);
      } else if (underWay.size > 0) await Promise.race(underWay);
      else if (mayStart && this.#isPatient(startedAt, waitMs)) await pause(waitMs, signal).catch(() => undefined);
      else break;
    }
    if (queue.length > 0 && failure === null && !signal.aborted) failure = slowDown();
    return { answers, failure };
  }

  #isPatient(startedAt: number, waitMs: number): boolean {
    return waitMs <= 0 || Date.now() + waitMs - startedAt <= this.#options.throttlePatienceMs;
  }

  /** One `$batch`. A throttled whole request throttles each of its requests. */
  async #roundTrip(
    group: readonly SubRequest[],
    serial: boolean,
    signal?: AbortSignal,
  ): Promise<(SubAnswer | Throttled)[]> {
    const { transport, writeBudget, unitBudget } = this.#options;
    const writes = group.filter((request) => request.method !== 'GET').length;
    const units = group.reduce((sum, request) => sum + request.units, 0);
    await unitBudget.take(units, signal);
    try {
      if (writes > 0) await writeBudget.take(writes, signal);
    } catch (error) {
      unitBudget.settle(units, 0);
      throw error;
    }
    transport.traffic.subRequests += group.length;
    transport.traffic.writes += writes;
    try {
      const ids = group.map(() => randomUUID());
      const answer = await transport.send('POST', '/$batch', batchBody(group, ids, serial));
      const results = readAnswer(answer, group, ids);
      transport.traffic.throttled += results.filter((result) => result.kind === 'throttled').length;
      return results;
    } finally {
      unitBudget.settle(units);
      if (writes > 0) writeBudget.settle(writes);
    }
  }
}

/** Longer texts of Graph are stack traces. */
const SAID_LIMIT = 1000;

function batchBody(group: readonly SubRequest[], ids: readonly string[], serial: boolean) {
  return {
    requests: group.map(({ method, url, body }, index) => ({
      id: String(index + 1),
      method,
      url,
      headers: {
        'client-request-id': ids[index],
        ...(method === 'GET' ? {} : { 'Content-Type': 'application/json' }),
      },
      ...(method === 'GET' ? {} : { body: body ?? {} }),
      ...(serial && index > 0 ? { dependsOn: [String(index)] } : {}),
    })),
  };
}

/** Judges the outer answer, then each sub-response by itself. The outer status is 200, or 424 where sub-requests were throttled. */
function readAnswer(
  answer: RoundTrip,
  group: readonly SubRequest[],
  ids: readonly string[],
): (SubAnswer | Throttled)[] {
  const recordOf = (
    index: number,
    status: number | null,
    fault: { code: string | null; said: string | null },
    requestId: string | null,
  ): CallRecord => ({
    ...answer.record,
    call: group[index]?.label ?? answer.record.call,
    status,
    ...fault,
    requestId: requestId ?? answer.record.requestId,
    clientRequestId: ids[index] ?? answer.record.clientRequestId,
  });
  const lost = (index: number, why: string): SubAnswer => ({
    kind: 'lost',
    why,
    record: recordOf(index, answer.record.status, { code: null, said: why }, null),
  });
  if (answer.kind === 'lost') return group.map((_, index) => lost(index, answer.why));
  if (answer.status === 429) {
    const waitMs = retryAfterMs(answer.headers.get('retry-after'), 5000);
    return group.map(() => ({ kind: 'throttled' as const, retryAfterMs: waitMs }));
  }
  if (answer.status === 403)
    throw new DirectoryError(
      'permission_missing',
      faultOf(403, answer.body).message || 'Graph refused the batch (403).',
    );
  const parsed = batchAnswerSchema.safeParse(answer.body);
  if (!parsed.success) return group.map((_, index) => lost(index, `Graph answered ${answer.status}`));
  const byId = new Map(parsed.data.responses.map((response) => [response.id, response]));
  return group.map((_, index) => {
    const response = byId.get(String(index + 1));
    if (!response) return lost(index, 'no answer for this request in the batch');
    const headers = new Map(Object.entries(response.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]));
    if (response.status === 429)
      return { kind: 'throttled', retryAfterMs: retryAfterMs(headers.get('retry-after'), 5000) };
    const requestId = headers.get('request-id');
    const fault = response.status >= 400 ? faultOf(response.status, response.body) : null;
    const told = { code: fault?.code ?? null, said: fault?.message.slice(0, SAID_LIMIT) || null };
    return {
      kind: 'answered',
      status: response.status,
      body: response.body,
      record: recordOf(index, response.status, told, typeof requestId === 'string' ? requestId : null),
    };
  });
}

function isFailure(answer: SubAnswer): boolean {
  return answer.kind === 'lost' || answer.status >= 500;
}

function isConcurrencyRefusal(answer: SubAnswer & { kind: 'answered' }): boolean {
  return answer.status >= 400 && refusalOf(faultOf(answer.status, answer.body)) === 'concurrency';
}

function toLost(answer: SubAnswer): SubAnswer {
  return answer.kind === 'lost'
    ? answer
    : { kind: 'lost', why: `Graph answered ${answer.status}`, record: answer.record };
}

function slowDown(): DirectoryError {
  return new DirectoryError('graph_down', 'Microsoft Graph keeps asking to slow down (429).');
}

function chunk<T>(items: readonly T[], size: number): T[][] {
  const chunks: T[][] = [];
  for (let start = 0; start < items.length; start += size) chunks.push(items.slice(start, start + size));
  return chunks;
}
