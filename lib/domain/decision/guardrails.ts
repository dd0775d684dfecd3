/** The limits over a whole batch: seats and the number of people licensed without approval. */

import { freeSeats, type SubscribedSku } from '#lib/domain/licences/mapping.ts';
import type { Person } from '#lib/domain/person.ts';
import { type Decision, type LicencePlan, licenceNames, type Verdict, verdict } from './decide.ts';

/** What a run has used up so far: one value for the whole run, passed from chunk to chunk. */
export interface Allowance {
  seats: ReadonlyMap<string, number>;
  /** People licensed without approval, in this run and in the 24 hours before. */
  licensed: number;
}

/** `reserved`: seats per SKU id already set aside for people held for approval; later arrivals do not get them. */
export function openAllowance(
  skus: readonly SubscribedSku[],
  reserved: ReadonlyMap<string, number> = new Map(),
  licensed = 0,
): Allowance {
  const seats = new Map(skus.map((sku) => [sku.skuId, freeSeats(sku) - (reserved.get(sku.skuId) ?? 0)]));
  return { seats, licensed };
}

export interface Proposal {
  person: Person;
  decision: Decision;
  /** Seats kept for somebody who takes none now. */
  keeps?: readonly { skuId: string }[];
}

/**
 * What a plan would write, as one comparable text: plans are equal when their keys are. JSON: `{ licences: [{ skuPartNumber,
 * disabledPlans }], usageLocation }`.
 */
function planKey(plan: Pick<LicencePlan, 'addLicenses' | 'location'>): string {
  const licences = plan.addLicenses
    .map(({ skuPartNumber, disabledPlans }) => ({ skuPartNumber, disabledPlans: disabledPlans.toSorted() }))
    .toSorted((a, b) => (a.skuPartNumber < b.skuPartNumber ? -1 : 1));
  return JSON.stringify({ licences, usageLocation: plan.location?.value ?? null });
}

function describePlan({ addLicenses, location }: LicencePlan): string {
  return `${licenceNames(addLicenses)}${location ? ` with usage location ${location.value}` : ''}`;
}

function missingSeat(plan: LicencePlan, seats: ReadonlyMap<string, number>) {
  return plan.addLicenses.find((licence) => (seats.get(licence.skuId) ?? 0) < 1);
}

/**
 * Applies the limits to proposals in the order in which people are served: seats are reserved one by one, then `safetyLimit` people (0: no limit)
 * pass without approval. Whoever was held before needs one in any case. An approved person does not count as long as the plan is still the approved one. Everyone else is
 * settled as waiting or held.
 */
export function guard<P extends Proposal>(
  proposals: readonly P[],
  allowance: Allowance,
  safetyLimit: number,
  now: number,
): { proposals: P[]; allowance: Allowance } {
  const seats = new Map(allowance.seats);
  let licensed = allowance.licensed;
  const guarded = proposals.map((proposal): P => {
    const { person, decision } = proposal;
    if (decision.kind !== 'license') {
      for (const { skuId } of proposal.keeps ?? []) seats.set(skuId, Math.max(0, (seats.get(skuId) ?? 0) - 1));
      return proposal;
    }
    const missing = missingSeat(decision, seats);
    if (missing)
      return {
        ...proposal,
        decision: {
          kind: 'settle',
          verdict: verdict('awaiting_seat', 'no_seat', { licence: licenceNames([missing]) }, now),
        },
      };
    for (const { skuId } of decision.addLicenses) seats.set(skuId, (seats.get(skuId) ?? 0) - 1);
    const heldPlan = planKey(decision);
    const hold = (reason: Verdict): P => ({ ...proposal, decision: { kind: 'settle', verdict: reason, heldPlan } });
    if (person.approvedAt !== null) {
      if (person.approvedPlan === null || person.approvedPlan === heldPlan) return proposal;
      return hold(verdict('held', 'approval_void', { by: person.approvedBy, plan: describePlan(decision) }, null));
    }
    if (person.approvalNeededSince !== null) return hold(verdict('held', 'approval_needed', {}, null));
    if (safetyLimit > 0 && licensed >= safetyLimit)
      return hold(verdict('held', 'safety_limit', { limit: safetyLimit }, null));
    licensed += 1;
    return proposal;
  });
  return { proposals: guarded, allowance: { seats, licensed } };
}
