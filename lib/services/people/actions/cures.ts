/** What mends the cause of a case: the one action that stands first wherever the case is shown. Pure. */
import type { PortalPage } from '#lib/domain/diagnosis/causes.ts';
import { type FixedBy, REASON_CATALOGUE } from '#lib/domain/reasons/reason-catalogue.ts';
import type { ReasonCode } from '#lib/domain/reasons/reason-facts.ts';
import { readReason } from '#lib/domain/reasons/reasons.ts';
import type { PersonState } from '#lib/domain/states.ts';
import type { PersonAction } from './person-actions.ts';

/** `none`: it is decided person by person, or mended outside. */
export type Cure =
  | { kind: 'map'; employeeType: string }
  | { kind: 'location' }
  | { kind: 'correct' }
  | { kind: 'seats' }
  | { kind: 'approve' }
  | { kind: 'act'; action: PersonAction }
  | { kind: 'none' };

/** Reasons resolved by a change of the mapping. */
export const MAPPING_REASONS: readonly ReasonCode[] = [
  'type_unmapped',
  'sku_not_in_tenant',
  'sku_suspended',
  'makes_no_mailbox',
  'service_plan_unknown',
  'service_plan_dependency',
];

/** An action that mends the cause at once. A retry is one only where nothing else has to happen before. */
const ACTIONS: Partial<Record<ReasonCode, PersonAction>> = {
  group_licence_failed: 'reprocess',
  licence_differs: 'replace',
  other_licence: 'replace',
  licence_removed: 'retry',
  account_disabled: 'license_now',
  mailbox_maybe_on_premises: 'license_anyway',
  mailbox_open_unlicensed: 'license_anyway',
};

/** Reasons that lie in what the row says. */
const ROW_REASONS: readonly ReasonCode[] = ['employee_type_missing', 'rejected'];

export function cureOf(state: PersonState, storedReason: string, employeeType: string | null): Cure {
  const reason = readReason(storedReason);
  // Of rows that disagree somebody chooses one, person by person.
  if (state === 'held') return reason === 'rows_disagree' ? { kind: 'none' } : { kind: 'approve' };
  if (state === 'awaiting_start') return { kind: 'act', action: 'license_now' };
  if (state === 'dismissed') return { kind: 'act', action: 'reopen' };
  if (reason === null) return { kind: 'none' };
  if (reason === 'no_seat') return { kind: 'seats' };
  if (reason === 'usage_location_not_allowed') return { kind: 'location' };
  if (ROW_REASONS.includes(reason)) return { kind: 'correct' };
  if (MAPPING_REASONS.includes(reason) && employeeType !== null) return { kind: 'map', employeeType };
  const action = ACTIONS[reason];
  return action ? { kind: 'act', action } : { kind: 'none' };
}

const PORTALS: Partial<Record<ReasonCode, PortalPage>> = {
  never_synchronised: 'synchronisation',
  account_deleted: 'deleted',
  domain_not_verified: 'domains',
};
const PORTAL_OF: Partial<Record<FixedBy, PortalPage>> = {
  tenant_admin: 'account',
  directory_admin: 'account',
  exchange_admin: 'mailbox',
};

/** The page of Microsoft's admin centres on which the cause is mended; null: it is not mended there. */
export function portalOf(storedReason: string): PortalPage | null {
  const reason = readReason(storedReason);
  if (reason === null) return null;
  return PORTALS[reason] ?? PORTAL_OF[REASON_CATALOGUE[reason].fixedBy] ?? null;
}
