/** Who changes an upload: whoever brought it, or an Admin. Colleagues read it, and may have it checked. */
import type { Operator } from '#lib/auth/operator.ts';
import { can, type Permission, weakestRole } from '#lib/auth/roles.ts';
import { type Refused, RefusedError } from '#lib/services/http/errors.ts';

const CHANGE_ANY = 'drafts:change-any' satisfies Permission;

interface Owned {
  name: string;
  createdBy: string;
  createdByKey: string;
}

/** Null where the operator may change, import and discard the upload; otherwise who can. */
export function whyNotChange(operator: Operator, { createdBy, createdByKey }: Omit<Owned, 'name'>): Refused | null {
  if (createdByKey === operator.key || can(operator.role, CHANGE_ANY)) return null;
  return ['anothersUpload', { name: createdBy }];
}

/** Throws `forbidden`. */
export function assertMayChange(operator: Operator, draft: Owned): void {
  const problem = whyNotChange(operator, draft);
  if (problem === null) return;
  const message = `${operator.name} was refused a change of the upload ${draft.name}, which ${draft.createdBy} brought.`;
  throw new RefusedError(operator, problem, {
    data: { permission: CHANGE_ANY, role: weakestRole(CHANGE_ANY), upload: { name: draft.name, by: draft.createdBy } },
    message,
  });
}
