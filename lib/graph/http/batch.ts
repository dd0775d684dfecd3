/** Many requests in one round trip (`$batch`, at most 20): builds the batch and evaluates each sub-response on its own. */

import { randomUUID } from 'node:crypto';
import { type Sentence, sentence } from '#lib/domain/sentences/sentence.ts';
import { silence } from '#lib/domain/sentences/silences.ts';
import { DirectoryError, type GraphFault, refusalOf } from './errors.ts';
import { type CallRecord, priorityHeader, type RoundTrip, retryAfterMs } from './transport.ts';
import { batchAnswerSchema, faultOf, isFault } from './wire.ts';

/** Graph takes at most 20 requests in a `$batch` (graph-facts §1). */
export const BATCH_SIZE = 20;

/** How many requests more cost no further round trip. */
export const roomBeside = (requests: number): number => (BATCH_SIZE - (requests % BATCH_SIZE)) % BATCH_SIZE;

export interface SubRequest {
  method: 'GET' | 'PATCH' | 'POST';
  /** Relative to the version, percent-encoded. */
  url: string;
  /** The url without names, for records: `GET /users/{id}/mailboxSettings`. */
  label: string;
  body?: unknown;
  /** Beside those that every request has. */
  headers?: Record<string, string>;
  /** Resource units that Graph charges (graph-facts §1: list users with $select 1, write 1); 0: Outlook, which has limits of its own. */
  units: number;
  /** It is asked again later in any case, so nobody waits long for this one answer. */
  canWait?: boolean;
  /** Asked once only: nobody waits for it where it is throttled or fails. */
  once?: boolean;
}

/** `retryAfterMs`: how long Graph, being unavailable, asks to wait; 0 where it does not say. */
export type SubAnswer =
  | { kind: 'answered'; status: number; body: unknown; record: CallRecord; retryAfterMs?: number }
  /** `isThrottled`: nobody waits any longer for what Graph refuses with 429. */
  | { kind: 'lost'; why: string; record: CallRecord; retryAfterMs?: number; isThrottled?: true };

/** A 429 for one request. */
export interface Throttled {
  kind: 'throttled';
  retryAfterMs: number;
  record: CallRecord;
}

export interface BatchAnswer {
  results: (SubAnswer | Throttled)[];
  /** One 429 for the whole batch. */
  isThrottledWhole: boolean;
  /** How much of its budgets the tenant reports as used, 0.8 to 1.8; null while it reports nothing (graph-facts §1). */
  fullness: number | null;
}

export interface Outgoing {
  request: SubRequest;
  urgent: boolean;
}

/** The body of a batch and the `client-request-id` of each request in it. `serial`: each request waits for the one before it. */
export function writeBatch(group: readonly Outgoing[], serial: boolean) {
  const ids = group.map(() => randomUUID());
  const requests = group.map(({ request: { method, url, body, headers }, urgent }, index) => ({
    id: String(index + 1),
    method,
    url,
    headers: {
      'client-request-id': ids[index],
      ...priorityHeader(urgent),
      ...headers,
      ...(method === 'GET' ? {} : { 'Content-Type': 'application/json' }),
    },
    ...(method === 'GET' ? {} : { body: body ?? {} }),
    ...(serial && index > 0 ? { dependsOn: [String(index)] } : {}),
  }));
  return { body: { requests }, ids };
}

/** Longer messages from Graph are stack traces. */
const MESSAGE_LIMIT = 1000;
const DEFAULT_RETRY_AFTER_MS = 5000;

/**
 * Evaluates the outer response, then each sub-response on its own. The outer status is 200, or 424 where sub-requests were
 * throttled; a 429 for the whole batch throttles each of its requests. Throws `DirectoryError` where the batch as a whole is
 * forbidden.
 */
export function readBatch(answer: RoundTrip, group: readonly SubRequest[], ids: readonly string[]): BatchAnswer {
  const reader = new BatchReader(answer, group, ids);
  const all = (result: (index: number) => SubAnswer | Throttled, fullness: number | null = null) => ({
    results: group.map((_, index) => result(index)),
    isThrottledWhole: answer.kind === 'answered' && answer.status === 429,
    fullness,
  });
  if (answer.kind === 'lost') return all((index) => reader.lost(index, answer.why));
  if (answer.status === 429) {
    const throttled = toThrottled(answer.headers.get('retry-after'), answer.record);
    return all(() => throttled);
  }
  if (answer.status === 403)
    throw new DirectoryError('permission_missing', batchRefused(faultOf(403, answer.body).message));
  const parsed = batchAnswerSchema.safeParse(answer.body);
  if (!parsed.success) {
    const waitMs = retryAfterMs(answer.headers.get('retry-after'), 0);
    return all((index) => ({ ...reader.lost(index, silence('answered', answer.status)), retryAfterMs: waitMs }));
  }
  const byId = Map.groupBy(parsed.data.responses, ({ id }) => id);
  const fullest = Math.max(0, ...parsed.data.responses.map(({ headers }) => fullnessOf(headers)));
  return all((index) => {
    const [response, ...others] = byId.get(String(index + 1)) ?? [];
    if (!response) return reader.lost(index, silence('missing'));
    const isDisputed = others.some(({ status }) => status !== response.status);
    return isDisputed ? reader.lost(index, silence('disputed')) : reader.answer(index, response);
  }, fullest || null);
}

type Headers = Record<string, unknown> | null | undefined;
type Response = { status: number; headers?: Headers; body?: unknown };

function header(headers: Headers, name: string): unknown {
  return Object.entries(headers ?? {}).find(([key]) => key.toLowerCase() === name)?.[1];
}

function fullnessOf(headers: Headers): number {
  const fullness = Number(header(headers, 'x-ms-throttle-limit-percentage') ?? 0);
  return Number.isFinite(fullness) ? fullness : 0;
}

function toThrottled(retryAfter: unknown, record: CallRecord): Throttled {
  return { kind: 'throttled', retryAfterMs: retryAfterMs(retryAfter, DEFAULT_RETRY_AFTER_MS), record };
}

const UNREADABLE = silence('unreadable');

class BatchReader {
  readonly #answer: RoundTrip;
  readonly #group: readonly SubRequest[];
  readonly #ids: readonly string[];

  constructor(answer: RoundTrip, group: readonly SubRequest[], ids: readonly string[]) {
    this.#answer = answer;
    this.#group = group;
    this.#ids = ids;
  }

  lost(index: number, why: string): SubAnswer {
    return { kind: 'lost', why, record: this.#record(index, this.#answer.record.status, { code: null, said: why }) };
  }

  answer(index: number, { status, headers, body }: Response): SubAnswer | Throttled {
    // Graph's bodies are objects: text is what is left of one that was cut short. A write was carried out all the same.
    if (typeof body === 'string' && status < 300 && this.#group[index]?.method === 'GET')
      return { kind: 'lost', why: UNREADABLE, record: this.#record(index, status, { code: null, said: UNREADABLE }) };
    const requestId = header(headers, 'request-id');
    const isContradicted = status < 300 && isFault(body);
    const fault = status >= 400 || isContradicted ? faultOf(status, body) : null;
    const message = { code: fault?.code ?? null, said: fault?.message.slice(0, MESSAGE_LIMIT) || null };
    const record = this.#record(index, status, message, typeof requestId === 'string' ? requestId : null);
    if (status === 429) return toThrottled(header(headers, 'retry-after'), record);
    if (fault && isContradicted) return this.#contradicted(index, fault, body, record);
    return { kind: 'answered', status, body, record, retryAfterMs: retryAfterMs(header(headers, 'retry-after'), 0) };
  }

  /** A status of success beside an error: the error counts. What became of a write is only known where its refusal is understood. */
  #contradicted(index: number, fault: GraphFault, body: unknown, record: CallRecord): SubAnswer {
    const isRead = this.#group[index]?.method === 'GET';
    if (isRead || refusalOf(fault) !== 'other') return { kind: 'answered', status: 400, body, record };
    return { kind: 'lost', why: silence('contradicted', fault.status, fault.code), record };
  }

  #record(
    index: number,
    status: number | null,
    message: Pick<CallRecord, 'code' | 'said'>,
    requestId: string | null = null,
  ): CallRecord {
    const { record } = this.#answer;
    return {
      ...record,
      call: this.#group[index]?.label ?? record.call,
      status,
      ...message,
      requestId: requestId ?? record.requestId,
      clientRequestId: this.#ids[index] ?? record.clientRequestId,
    };
  }
}

/** In Microsoft’s own words, where it has any. */
const batchRefused = (message: string): Sentence => (message === '' ? sentence('batchRefused') : { message });
