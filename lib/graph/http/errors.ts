/** What can go wrong with Microsoft Graph, classified in one place. */
import type { Refusal } from '#lib/domain/decision/refusal.ts';

/** The run cannot continue: nothing can be read or written until this is corrected. */
export class DirectoryError extends Error {
  override name = 'DirectoryError';
  readonly kind: 'sign_in_failed' | 'permission_missing' | 'graph_down' | 'most_calls_failed';

  constructor(kind: DirectoryError['kind'], message: string, cause?: unknown) {
    super(message, { cause });
    this.kind = kind;
  }
}

export interface GraphFault {
  status: number;
  code: string;
  message: string;
}

/**
 * Goes by status and code first; for licence errors only Graph's English message separates the causes (graph-facts §3: texts
 * observed and documented for `assignLicense`).
 */
export function refusalOf({ status, code, message }: GraphFault): Refusal | 'concurrency' {
  if (code === 'Directory_ConcurrencyViolation' || /concurrent requests being made to the tenant/i.test(message))
    return 'concurrency';
  if (status === 403) return 'permission_missing';
  if (status === 404) return 'account_missing';
  if (/invalid usage location/i.test(message)) return 'invalid_location';
  if (/does not have any available licenses/i.test(message)) return 'no_seat';
  if (/mutually exclusive/i.test(message)) return 'service_plans_conflict';
  if (/depends on the service plan/i.test(message)) return 'service_plan_dependency';
  if (/does not correspond to a valid company license/i.test(message)) return 'sku_not_in_tenant';
  if (/proxy ?address|already used by another/i.test(message)) return 'address_conflict';
  return 'other';
}
