/** Who changes an upload: whoever brought it, or an Admin. Colleagues read it, and may have it checked. */
import type { Operator } from '#lib/auth/operator.ts';
import { can } from '#lib/auth/roles.ts';
import { ServiceError } from '#lib/services/http/errors.ts';

interface Owned {
  createdBy: string;
  createdByKey: string;
}

/** Null where the operator may change, import and discard the upload; otherwise who can, as a sentence. */
export function whyNotChange(operator: Operator, { createdBy, createdByKey }: Owned): string | null {
  if (createdByKey === operator.key || can(operator.role, 'drafts:change-any')) return null;
  return `${createdBy} brought this upload: only they or an Admin can correct, import or discard it.`;
}

/** Throws `forbidden`. */
export function assertMayChange(operator: Operator, draft: Owned): void {
  const problem = whyNotChange(operator, draft);
  if (problem !== null) throw new ServiceError('forbidden', problem);
}
