/** Reads from Graph and writes to it: four request queues that share the tenant's budgets, and the retries of failed requests. */
import { sentence } from '#lib/domain/sentences/sentence.ts';
import { silence } from '#lib/domain/sentences/silences.ts';
import type { SubAnswer, SubRequest } from '#lib/graph/http/batch.ts';
import { DirectoryError, mayHaveArrived } from '#lib/graph/http/errors.ts';
import { faultOf } from '#lib/graph/http/wire.ts';
import { AdaptiveConcurrency, FixedConcurrency } from '#lib/graph/queue/concurrency.ts';
import type { Pace } from '#lib/graph/queue/pace.ts';
import { RequestQueue, type RequestQueueOptions } from '#lib/graph/queue/request-queue.ts';
import { backoffMs, pause } from './pause.ts';
import type { RequestContext } from './request-context.ts';

/** Graph's mailbox limits were once counted per app, so no more batches than this access mailboxes at once (graph-facts §1, Outlook). */
const CONCURRENT_BATCHES = 4;
const CONCURRENT_CHANGES = 10;
/** Attempts at a read before it counts as failed; a 429 does not count as an attempt. */
const READ_ATTEMPTS = 4;
/** No run stands still for longer because Graph, being unavailable (503), asks it to. */
const LONGEST_WAIT_MS = 30_000;

export type GraphClientOptions = Omit<RequestQueueOptions, 'concurrency' | 'followUps' | 'pace'> & {
  readPace: Pace;
  mailboxPace: Pace;
  writePace: Pace;
  /** Licence writes still to follow account updates already made, and how many there may be. */
  pendingLicences: () => number;
  mostPendingLicences: () => number;
};

export class GraphClient {
  readonly #reads: RequestQueue;
  readonly #mailboxes: RequestQueue;
  readonly #changes: RequestQueue;
  readonly #licences: RequestQueue;
  readonly #backoffBaseMs: number;

  constructor(options: GraphClientOptions) {
    this.#backoffBaseMs = options.backoffBaseMs;
    const { readPace, mailboxPace, writePace } = options;
    const batches = (most: number) => ({ concurrency: new FixedConcurrency(most) });
    // Account lookups arrive in full batches.
    this.#reads = new RequestQueue({ ...options, pace: readPace, gatherMs: 0, ...batches(CONCURRENT_BATCHES) });
    this.#mailboxes = new RequestQueue({ ...options, pace: mailboxPace, ...batches(CONCURRENT_BATCHES) });
    // Only licence writes are refused for running in parallel, so only they learn how many the tenant accepts.
    this.#licences = new RequestQueue({ ...options, pace: writePace, concurrency: new AdaptiveConcurrency() });
    const followUps = {
      due: options.pendingLicences,
      ready: () => this.waitingLicences,
      inSerialBatches: () => this.#licences.inSerialBatches,
      most: options.mostPendingLicences,
    };
    this.#changes = new RequestQueue({ ...options, pace: writePace, followUps, ...batches(CONCURRENT_CHANGES) });
  }

  /** Licence writes that could be sent. */
  get waitingLicences(): number {
    return this.#licences.waiting;
  }

  /** One read, retried while that may help. Throws `DirectoryError` where Graph is down, and the signal's reason where it was aborted. */
  async read(request: SubRequest, context: RequestContext): Promise<SubAnswer> {
    const queue = request.units === 0 ? this.#mailboxes : this.#reads;
    let alone = false;
    for (let attempt = 1; ; attempt += 1) {
      const answer = await queue.send(request, context, alone);
      if (!answer) throw context.signal?.reason;
      if (!isFailure(answer) || attempt === READ_ATTEMPTS || request.once) return answer;
      // An answer came, but could not be read: whichever request of the batch spoils it must not spoil the others' again.
      alone ||= answer.kind === 'lost' && answer.record.status !== null;
      context.traffic.retried += 1;
      const asked = Math.min(answer.retryAfterMs ?? 0, LONGEST_WAIT_MS);
      await pause(Math.max(asked, backoffMs(attempt, this.#backoffBaseMs)), context.signal);
    }
  }

  /** Several reads, answered in the order of the requests. Throws as `read` does. */
  async readAll(requests: readonly SubRequest[], context: RequestContext): Promise<SubAnswer[]> {
    const answers = await Promise.all(requests.map((request) => this.read(request, context)));
    // One account that Graph cannot answer for must not stop the others; no answer to anything means that Graph is down.
    const [first] = answers;
    if (first?.kind === 'lost' && answers.every(isSilence) && isSilence(await this.read(PING, context)))
      throw new DirectoryError('graph_down', sentence('graphSilent', { why: first.why }));
    return answers;
  }

  /**
   * One write. A 429 and a refusal of parallel writes are waited out and retried. A 5xx, a time-out, or no answer, is `lost`: the
   * caller reads the account back before writing again. Null: not sent, because the request was aborted. Throws `DirectoryError` where
   * Graph is down.
   */
  async write(request: SubRequest, context: RequestContext): Promise<SubAnswer | null> {
    const queue = request.method === 'PATCH' ? this.#changes : this.#licences;
    const answer = await queue.send(request, context);
    if (answer?.kind !== 'answered' || !mayHaveArrived(faultOf(answer.status, answer.body))) return answer;
    return { kind: 'lost', why: silence('answered', answer.status), record: answer.record };
  }
}

/** Any answer to it shows that Graph is there. */
const PING: SubRequest = { method: 'GET', url: '/organization?$select=id', label: 'GET /organization', units: 1 };

/** True where nothing came back: no answer is neither a yes nor a no. */
function isSilence(answer: SubAnswer): boolean {
  return answer.kind === 'lost' && answer.record.status === null && !answer.isThrottled;
}

function isFailure(answer: SubAnswer): boolean {
  return answer.kind === 'lost' ? !answer.isThrottled : answer.status >= 500;
}
