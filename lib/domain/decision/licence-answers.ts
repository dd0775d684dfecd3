/** Decides about a licence that is refused, failed, another than the mapping's, or impossible as mapped. */

import { isOfAnother } from '#lib/domain/account.ts';
import { licenceName, licenceNames, type ResolvedMapping } from '#lib/domain/licences/mapping.ts';
import { planKey } from '#lib/domain/licences/plan-key.ts';
import type { Person } from '#lib/domain/person.ts';
import type { ReasonCode } from '#lib/domain/reasons/reason-facts.ts';
import { isClosed } from '#lib/domain/states.ts';
import { healingOf } from './healing.ts';
import type { Situation } from './situation.ts';
import {
  asBefore,
  type Decision,
  isFresh,
  type Settled,
  settle,
  type Verdict,
  verdict,
  withHealing,
} from './verdict.ts';
import { triedAgainAt } from './waiting-times.ts';

/** What is mapped cannot be assigned in this tenant. */
export function mappingProblem(
  person: Person,
  problem: Exclude<ResolvedMapping, { kind: 'ok' }>,
  next: number,
): Decision {
  switch (problem.kind) {
    case 'sku_not_in_tenant':
    case 'sku_suspended':
      return settle('needs_attention', problem.kind, { licence: licenceName(problem.skuPartNumber) }, next);
    case 'makes_no_mailbox':
      return settle('needs_attention', 'makes_no_mailbox', { employeeType: person.employeeType }, next);
    case 'service_plan_unknown':
      return settle(
        'needs_attention',
        'service_plan_unknown',
        { plan: problem.servicePlanId, licence: licenceName(problem.skuPartNumber) },
        next,
      );
  }
}

/** The verdict for an error that Graph reports on a licence (`licenseAssignmentState.error`, an open enumeration). */
function licenceErrorVerdict(
  { error, account, licence, hasSeat }: Situation & { kind: 'licence_error' },
  now: number,
  next: number,
): Verdict {
  const graphMessage = error;
  switch (error) {
    case 'CountViolation':
      return hasSeat
        ? verdict('needs_attention', 'seat_not_taken', { licence }, next)
        : verdict('awaiting_seat', 'no_seat', { licence }, now);
    case 'MutuallyExclusiveViolation':
      return verdict('needs_attention', 'service_plans_conflict', { graphMessage }, next);
    case 'DependencyViolation':
      return verdict('needs_attention', 'service_plan_dependency', { graphMessage }, next);
    case 'ProhibitedInUsageLocationViolation':
      return verdict('needs_attention', 'usage_location_not_allowed', { location: account.usageLocation }, next);
    case 'UniquenessViolation':
      return verdict('needs_attention', 'proxy_address_conflict', { value: null }, next);
    default:
      return verdict('needs_attention', 'licence_refused', { graphMessage }, next);
  }
}

/** Microsoft 365 tries a group's licence again only where it is asked to, though what stood in its way may be gone. */
export function whenLicenceFails(
  person: Person,
  situation: Situation & { kind: 'licence_error' },
  now: number,
  next: number,
): Settled {
  const failed = licenceErrorVerdict(situation, now, next);
  const isToTry = situation.groupId !== null && failed.state === 'needs_attention';
  const healing = isToTry ? healingOf('reprocess_licences', person, situation.account) : null;
  return withHealing({ kind: 'settle', verdict: healing ? { ...failed, nextCheckAt: now } : failed }, healing);
}

/** The account has other licences than its EmployeeType is mapped to: a human decides. */
export function whenLicenceDiffers(
  person: Person,
  { typeBefore, held, isMapped, plan }: Situation & { kind: 'licence_differs' },
  now: number,
  next: number,
): Decision {
  // A read may still show what was there before our own write.
  if (typeBefore === null && isFresh(person, now)) {
    if (isClosed(person.state)) return { kind: 'settle', verdict: asBefore(person, now) };
    return settle('awaiting_mailbox', 'mailbox_opening', { licences: held }, now + 60_000);
  }
  const facts = {
    held,
    missing: licenceNames(plan.addLicenses),
    now: person.employeeType,
    removable: plan.removeLicenses.length === 0 ? null : licenceNames(plan.removeLicenses),
    ...(isMapped ? { isMapped } : {}),
  };
  const decision =
    typeBefore === null
      ? settle('needs_attention', 'other_licence', facts, next)
      : settle('needs_attention', 'licence_differs', { ...facts, before: typeBefore }, next);
  return { ...decision, heldPlan: planKey(plan) };
}

/** Reasons for which a write was refused, where it is known what was to be written (`heldPlan`). */
const REFUSED_FOR_GOOD: readonly ReasonCode[] = [
  'access_denied',
  'usage_location_not_allowed',
  'service_plans_conflict',
  'service_plan_dependency',
  'licence_refused',
];

/**
 * What a refusal or a colleague has stopped is written again only where somebody asks, or what would be written is another; where access
 * was denied, or nobody understands why, also when the next try has come. Null: it is written.
 */
export function stillAsked(
  person: Person,
  plan: Extract<Situation, { kind: 'ready' }>,
  now: number,
  nextCheckAt: number,
): Settled | null {
  const { state, reason, heldPlan, stateSince, lastCheckAt } = person;
  if (state !== 'needs_attention' || isOfAnother(person, plan.account)) return null;
  const isRefused = heldPlan !== null && REFUSED_FOR_GOOD.some((one) => one === reason) && heldPlan === planKey(plan);
  const isStopped = reason === 'licence_removed' || (reason === 'location_refused' && plan.location !== null);
  if (!isRefused && !isStopped) return null;
  const isTried = reason === 'access_denied' || reason === 'licence_refused';
  const nextTryAt = isTried ? triedAgainAt(stateSince, lastCheckAt ?? stateSince) : null;
  if (nextTryAt !== null && nextTryAt <= now) return null;
  const decision: Settled = {
    kind: 'settle',
    verdict: asBefore(person, Math.min(nextTryAt ?? nextCheckAt, nextCheckAt)),
  };
  return heldPlan === null ? decision : { ...decision, heldPlan };
}
