/** The limits over a whole batch: seats and the number of people licensed without approval. */

import { freeSeats, licenceNames, type SubscribedSku } from '#lib/domain/licences/mapping.ts';
import { planKey } from '#lib/domain/licences/plan-key.ts';
import type { Person } from '#lib/domain/person.ts';
import { type Decision, type LicencePlan, type Verdict, verdict } from './decide.ts';

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

function describePlan({ addLicenses, removeLicenses, location }: LicencePlan): string {
  const removed = removeLicenses.length === 0 ? '' : ` in the place of ${licenceNames(removeLicenses)}`;
  return `${licenceNames(addLicenses)}${removed}${location ? ` with usage location ${location.value}` : ''}`;
}

/** A licence that is taken off to be put on again keeps its seat. */
function seatsTaken({ addLicenses, removeLicenses }: LicencePlan) {
  return addLicenses.filter(({ skuId }) => !removeLicenses.some((removed) => removed.skuId === skuId));
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
    const taken = seatsTaken(decision);
    const missing = taken.find(({ skuId }) => (seats.get(skuId) ?? 0) < 1);
    if (missing)
      return {
        ...proposal,
        decision: {
          kind: 'settle',
          verdict: verdict('awaiting_seat', 'no_seat', { licence: licenceNames([missing]) }, now),
        },
      };
    for (const { skuId } of taken) seats.set(skuId, (seats.get(skuId) ?? 0) - 1);
    // Off and on again is nobody licensed more, and nobody whose licence is off is held.
    if (person.choice === 'reassign') return proposal;
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
