/** What can go wrong with Microsoft Graph, classified in one place. */
import type { Refusal } from '#lib/domain/decision/refusal.ts';
import type { Sentence } from '#lib/domain/sentences/sentence.ts';

/** The run cannot continue: nothing can be read or written until this is corrected. */
export class DirectoryError extends Error {
  override name = 'DirectoryError';
  readonly kind: 'sign_in_failed' | 'permission_missing' | 'graph_down' | 'most_calls_failed';
  readonly sentence: Sentence;
  /** The permission that is missing, where it is known. */
  readonly permission: string | null;

  constructor(kind: DirectoryError['kind'], why: Sentence, more: { cause?: unknown; permission?: string } = {}) {
    super(why.message, { cause: more.cause });
    this.kind = kind;
    this.sentence = why;
    this.permission = more.permission ?? null;
  }
}

export interface GraphFault {
  status: number;
  code: string;
  message: string;
}

/** Timed out, in conflict with other work, locked, too early. */
const BUSY_STATUS: readonly number[] = [408, 409, 423, 425];
/** A replica or a gateway that gave up, also beside a status that blames the request. */
const BUSY_CODES = /ReplicaUnavailable|ServiceUnavailable|Throttled|InternalServerError|Timeout/i;
const BUSY = /(operation|request|change).* in progress|try again later|temporarily unavailable|timed? ?out/i;
const TIMED_OUT = /timed? ?out/i;
const DENIED = /denied|forbidden|unauthori[sz]ed|privilege|permission/i;

/** True where nobody knows what became of a request: it may be carried out by whoever was not waited for any longer. */
export function mayHaveArrived({ status, code, message }: GraphFault): boolean {
  return status >= 500 || status === 408 || (status >= 400 && (TIMED_OUT.test(code) || TIMED_OUT.test(message)));
}

/**
 * For licence errors only Graph's English message separates the causes (graph-facts §3: texts observed and documented for
 * `assignLicense`). A known text outweighs its status; what is not known is never sorted into a cause.
 */
export function refusalOf({ status, code, message }: GraphFault): Refusal | 'concurrency' {
  if (/^Directory_ConcurrencyViolation$/i.test(code) || /concurrent requests being made to the tenant/i.test(message))
    return 'concurrency';
  if (/invalid usage location/i.test(message)) return 'invalid_location';
  if (/does not have any available licenses/i.test(message)) return 'no_seat';
  if (/mutually exclusive/i.test(message)) return 'service_plans_conflict';
  if (/depends on the service plan/i.test(message)) return 'service_plan_dependency';
  if (/does not correspond to a valid company license/i.test(message)) return 'sku_not_in_tenant';
  if (/on-premises mastered/i.test(message)) return 'mastered_on_premises';
  if (/(proxy ?address|mail address).*(already|conflict|in use)/i.test(message)) return 'address_conflict';
  if (BUSY_STATUS.includes(status) || BUSY_CODES.test(code) || BUSY.test(message)) return 'busy';
  // 403 is also what a full directory answers, for example: what names another code and no refused access is no matter of rights.
  if (status === 403 && (code === '' || DENIED.test(code) || DENIED.test(message))) return 'access_denied';
  if (status === 404 && (code === '' || /NotFound$/i.test(code))) return 'account_missing';
  return 'other';
}
