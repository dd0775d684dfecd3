/** Requests that wait to be sent: operators' before the others, each kind in order of arrival, and those that Graph told to come back later. */
import type { SubAnswer, SubRequest } from '#lib/graph/http/batch.ts';
import type { RequestContext } from '#lib/graph/request-context.ts';

export interface QueuedRequest {
  request: SubRequest;
  context: RequestContext;
  /** Shares its batch with no other request. */
  alone: boolean;
  since: number;
  /** When Graph first refused it with a 429; null: never. */
  throttledAt: number | null;
  /** When it was first refused for other work going on, and put off; null: never. */
  refusedAt: number | null;
  /** It was answered with a 401, and asked again with a new token. */
  wasTokenRefused: boolean;
  resolve(answer: SubAnswer | null): void;
  reject(error: unknown): void;
}

export function isWrite({ request }: QueuedRequest): boolean {
  return request.method !== 'GET';
}

/** What may be sent is in order; what is deferred is not among it before its time. */
export class WaitingRequests {
  #urgent: QueuedRequest[] = [];
  #background: QueuedRequest[] = [];
  /** Refused with a 429, each until the time that was said to it. */
  #deferred: { queued: QueuedRequest; until: number }[] = [];

  /** How many could be sent. */
  get count(): number {
    return this.#urgent.length + this.#background.length;
  }

  /** When the first of those deferred may be sent again; infinite: none is. */
  get readmittedAt(): number {
    return Math.min(...this.#deferred.map(({ until }) => until));
  }

  add(queued: QueuedRequest): void {
    this.#kindOf(queued).push(queued);
  }

  /** These come first among their kind, in this order. */
  putBack(requests: readonly QueuedRequest[]): void {
    for (const queued of requests.toReversed()) this.#kindOf(queued).unshift(queued);
  }

  /** Not to be sent before `until`. */
  defer(queued: QueuedRequest, until: number): void {
    this.#deferred.push({ queued, until });
  }

  /** Those whose time has come are the first again. */
  readmit(now: number): void {
    const due = this.#deferred.filter(({ until }) => until <= now);
    if (due.length === 0) return;
    this.#deferred = this.#deferred.filter(({ until }) => until > now);
    this.putBack(due.map(({ queued }) => queued));
  }

  /** The first `most`, in the order in which they are sent. */
  first(most: number): QueuedRequest[] {
    const urgent = this.#urgent.slice(0, most);
    return [...urgent, ...this.#background.slice(0, most - urgent.length)];
  }

  /** Removes the first `count`. */
  take(count: number): QueuedRequest[] {
    const urgent = this.#urgent.splice(0, count);
    return [...urgent, ...this.#background.splice(0, count - urgent.length)];
  }

  /** Removes what is asked again later in any case. */
  takeThoseThatCanWait(): QueuedRequest[] {
    const canWait = ({ request }: QueuedRequest) => request.canWait === true;
    const taken = [...this.#urgent, ...this.#background].filter(canWait);
    this.#urgent = this.#urgent.filter((queued) => !canWait(queued));
    this.#background = this.#background.filter((queued) => !canWait(queued));
    return taken;
  }

  /** Removes those that were aborted meanwhile. */
  takeAborted(): QueuedRequest[] {
    const isAborted = ({ context }: QueuedRequest) => context.signal?.aborted === true;
    const aborted = [...this.#urgent, ...this.#background, ...this.#deferred.map(({ queued }) => queued)].filter(
      isAborted,
    );
    if (aborted.length === 0) return [];
    this.#urgent = this.#urgent.filter((queued) => !isAborted(queued));
    this.#background = this.#background.filter((queued) => !isAborted(queued));
    this.#deferred = this.#deferred.filter(({ queued }) => !isAborted(queued));
    return aborted;
  }

  #kindOf({ context }: QueuedRequest): QueuedRequest[] {
    return context.urgent ? this.#urgent : this.#background;
  }
}
