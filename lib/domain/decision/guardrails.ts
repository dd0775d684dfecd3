/** The limits over a whole batch: seats and the number of people licensed without approval. */

import { freeSeats, type LicenceToAdd, licenceNames, type SubscribedSku } from '#lib/domain/licences/mapping.ts';
import { planKey } from '#lib/domain/licences/plan-key.ts';
import type { Person } from '#lib/domain/person.ts';
import { type Decision, type LicencePlan, type Verdict, verdict } from './verdict.ts';

/** What a run has used up so far: one value for the whole run, passed from chunk to chunk. */
export interface Allowance {
  /** By SKU id: seats that may still be given. */
  seats: ReadonlyMap<string, number>;
  /** By SKU id: seats that nobody has, whoever they are promised to. */
  free: ReadonlyMap<string, number>;
  /** People licensed without approval, in this run and in the 24 hours before. */
  licensed: number;
}

/** `reserved`: seats per SKU id already promised to people who come first; later arrivals do not get them. */
export function openAllowance(
  skus: readonly SubscribedSku[],
  reserved: ReadonlyMap<string, number> = new Map(),
  licensed = 0,
): Allowance {
  const free = new Map(skus.map((sku) => [sku.skuId, freeSeats(sku)]));
  const seats = new Map([...free].map(([skuId, n]) => [skuId, n - (reserved.get(skuId) ?? 0)]));
  return { seats, free, licensed };
}

export interface Proposal {
  person: Person;
  decision: Decision;
  /** Seats kept for somebody who takes none now. */
  keeps?: readonly { skuId: string }[];
}

/** What is written by now instead of what was approved. */
function planFacts({ addLicenses, removeLicenses, location }: LicencePlan) {
  return {
    licences: licenceNames(addLicenses),
    removed: removeLicenses.length === 0 ? null : licenceNames(removeLicenses),
    location: location?.value ?? null,
  };
}

/** A licence that is taken off to be put on again keeps its seat. */
function seatsTaken({ addLicenses, removeLicenses }: LicencePlan) {
  return addLicenses.filter(({ skuId }) => !removeLicenses.some((removed) => removed.skuId === skuId));
}

/** Says how many seats are free all the same, because they are promised to others. */
function noSeat(licence: LicenceToAdd, free: ReadonlyMap<string, number>, now: number): Verdict {
  const facts = { licence: licenceNames([licence]), free: Math.max(0, free.get(licence.skuId) ?? 0) };
  return verdict('awaiting_seat', 'no_seat', facts, now);
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
  const free = new Map(allowance.free);
  const pass = (proposal: P, taken: readonly { skuId: string }[]): P => {
    for (const { skuId } of taken) free.set(skuId, (free.get(skuId) ?? 0) - 1);
    return proposal;
  };
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
          verdict: noSeat(missing, free, now),
        },
      };
    for (const { skuId } of taken) seats.set(skuId, (seats.get(skuId) ?? 0) - 1);
    // Off and on again is nobody licensed more, and nobody whose licence is off is held.
    if (person.choice === 'reassign') return pass(proposal, taken);
    const heldPlan = planKey(decision);
    const hold = (reason: Verdict): P => ({ ...proposal, decision: { kind: 'settle', verdict: reason, heldPlan } });
    if (person.approvedAt !== null) {
      if (person.approvedPlan === null || person.approvedPlan === heldPlan) return pass(proposal, taken);
      return hold(verdict('held', 'approval_void', { by: person.approvedBy ?? '', ...planFacts(decision) }, null));
    }
    if (person.approvalNeededSince !== null) return hold(verdict('held', 'approval_needed', {}, null));
    if (safetyLimit > 0 && licensed >= safetyLimit)
      return hold(verdict('held', 'safety_limit', { limit: safetyLimit }, null));
    licensed += 1;
    return pass(proposal, taken);
  });
  return { proposals: guarded, allowance: { seats, free, licensed } };
}
