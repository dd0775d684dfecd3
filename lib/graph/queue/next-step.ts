/** What becomes of a request once its batch is answered. */
import { sentence } from '#lib/domain/sentences/sentence.ts';
import { silence } from '#lib/domain/sentences/silences.ts';
import type { SubAnswer, Throttled } from '#lib/graph/http/batch.ts';
import { DirectoryError, refusalOf } from '#lib/graph/http/errors.ts';
import { faultOf } from '#lib/graph/http/wire.ts';
import { isWrite, type QueuedRequest } from './waiting-requests.ts';

export type NextStep =
  /** `isAccepted`: Graph took it in, whatever it makes of it. */
  | { kind: 'answer'; answer: SubAnswer; isAccepted: boolean }
  /** Graph is down. */
  | { kind: 'fail'; error: DirectoryError }
  /** Sent again at once. */
  | { kind: 'retry' }
  /** Sent again at `until`: Graph's `Retry-After`. */
  | { kind: 'defer'; until: number };

export interface Surroundings {
  now: number;
  /** How long a request keeps obeying 429s, in ms, before Graph counts as down. */
  throttlePatienceMs: number;
  /** When Graph last answered a request with something else than a 429. */
  acceptedAt: number;
  /** Nobody else was in the batch. */
  isAlone: boolean;
}

/** Other work going on is waited for this share of the patience for throttling: tenants are busy for a minute at most. */
const BUSY_PATIENCE = 0.2;

/** The same for what is asked again later in any case: nobody's licence waits for it. */
export const LATER_PATIENCE = 0.1;

/** Notes on the request how it was first refused, and decides how it goes on. A refused token is dropped by now: once, it is asked again. */
export function nextStep(queued: QueuedRequest, result: SubAnswer | Throttled, surroundings: Surroundings): NextStep {
  const { now, throttlePatienceMs } = surroundings;
  const isParallel = isParallelRefusal(queued, result);
  // Graph took the new token: one that it refuses after a pause is another that went out of date.
  if (result.kind === 'throttled' || isParallel) queued.wasTokenRefused = false;
  if (result.kind === 'throttled') return afterThrottling(queued, result, surroundings);
  if (result.kind === 'lost') return { kind: 'answer', answer: result, isAccepted: false };
  // The request before it in a serial batch failed.
  if (result.status === 424) return { kind: 'retry' };
  if (result.status === 401 && !queued.wasTokenRefused) {
    queued.wasTokenRefused = true;
    return { kind: 'retry' };
  }
  if (!isParallel) return { kind: 'answer', answer: result, isAccepted: true };
  // What one account is refused for too long is that account's affair: nobody else waits for it.
  queued.refusedAt ??= now;
  const isPatient = now - queued.refusedAt < BUSY_PATIENCE * throttlePatienceMs;
  return isPatient ? { kind: 'retry' } : { kind: 'answer', answer: result, isAccepted: false };
}

/** True where Graph refused a write because others were going on. */
export function isParallelRefusal(queued: QueuedRequest, result: SubAnswer | Throttled): boolean {
  if (result.kind !== 'answered' || result.status < 400 || !isWrite(queued)) return false;
  return refusalOf(faultOf(result.status, result.body)) === 'concurrency';
}

/** A 429 is for the request it was said to, unless it has heard it for too long. */
function afterThrottling(queued: QueuedRequest, throttled: Throttled, surroundings: Surroundings): NextStep {
  const { now, throttlePatienceMs, acceptedAt, isAlone } = surroundings;
  const until = now + throttled.retryAfterMs;
  queued.throttledAt ??= now;
  const areOthersAnswered = acceptedAt >= queued.throttledAt;
  const { canWait, once } = queued.request;
  const isPatient = !once && until - queued.throttledAt <= (canWait ? LATER_PATIENCE : 1) * throttlePatienceMs;
  if (isPatient) return { kind: 'defer', until };
  // Nobody else was refused with it, or others were answered: it is this request's own affair. What can wait stops nobody.
  if (isAlone || areOthersAnswered || once || canWait) {
    const why = whyThrottled(throttled.retryAfterMs, throttlePatienceMs);
    return {
      kind: 'answer',
      answer: { kind: 'lost', why, record: throttled.record, isThrottled: true },
      isAccepted: false,
    };
  }
  return {
    kind: 'fail',
    error: new DirectoryError('graph_down', sentence('graphThrottles')),
  };
}

const HOUR_MS = 3_600_000;

/** A time is told where it is longer than anybody waits, to the hour: the same each time that it is said. */
export function whyThrottled(retryAfterMs: number, throttlePatienceMs: number): string {
  if (retryAfterMs <= throttlePatienceMs) return silence('throttled');
  const hour = new Date(Math.ceil((Date.now() + retryAfterMs) / HOUR_MS) * HOUR_MS).toISOString();
  return silence('throttledUntil', `${hour.slice(0, 16).replace('T', ' ')} UTC`);
}
