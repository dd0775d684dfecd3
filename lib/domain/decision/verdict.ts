/** What a decision about somebody looks like, and the ways to put one together. */

import type { Account } from '#lib/domain/account.ts';
import type { LicenceToAdd, LicenceToRemove } from '#lib/domain/licences/mapping.ts';
import type { Person } from '#lib/domain/person.ts';
import type { ReasonCode, ReasonFacts } from '#lib/domain/reasons/reason-facts.ts';
import { type Note, type Told, tell } from '#lib/domain/reasons/said.ts';
import { isClosed, type PersonState } from '#lib/domain/states.ts';
import type { Healing } from './healing.ts';
import type { LocationSource } from './ready-to-license.ts';
import { STALE_READ_MS, type WaitingTimes } from './waiting-times.ts';

/** The result of a check: the state, why, and when to check next (null: only when a human asks). */
export interface Verdict extends Told {
  state: PersonState;
  reason: ReasonCode;
  nextCheckAt: number | null;
}

export interface LicencePlan {
  kind: 'license';
  account: Account;
  addLicenses: LicenceToAdd[];
  /** Those that are added as well are taken off first, in a write of their own. */
  removeLicenses: LicenceToRemove[];
  location: { value: string; source: LocationSource } | null;
  /** Added to the outcome, for example that the row names another country than the account has. */
  notes: readonly Note[];
}

/** `heldPlan`: what would be written for a person who is held or about whom an operator is asked (`planKey`). `healing`: what Microsoft 365 is asked beside that. */
export type Decision = { kind: 'settle'; verdict: Verdict; heldPlan?: string; healing?: Healing } | LicencePlan;

/** A decision that writes no licence. */
export type Settled = Extract<Decision, { kind: 'settle' }>;

/** A verdict with the sentence of its reason. */
export function verdict<Code extends ReasonCode>(
  state: PersonState,
  reason: Code,
  facts: ReasonFacts<Code>,
  nextCheckAt: number | null,
): Verdict {
  return { state, reason, ...tell(reason, facts), nextCheckAt };
}

/** Leaves the account as it is and settles what is said of the person. */
export function settle<Code extends ReasonCode>(
  state: PersonState,
  reason: Code,
  facts: ReasonFacts<Code>,
  nextCheckAt: number | null,
): Settled {
  return { kind: 'settle', verdict: verdict(state, reason, facts, nextCheckAt) };
}

/** Has Microsoft 365 asked to do something again as well. */
export function withHealing(decision: Settled, healing: Healing | null): Settled {
  return healing === null ? decision : { ...decision, healing };
}

/** We have licensed the person in this request, or sent a licence that may show yet. */
export function isOurs({ licensedAt, unsettledWriteAt, isWriteUnseen }: Person): boolean {
  return licensedAt !== null || unsettledWriteAt !== null || isWriteUnseen;
}

/** Shortly after our own write a read may still show the account as it was before. */
export function isFresh({ licensedAt }: Pick<Person, 'licensedAt'>, now: number): boolean {
  return licensedAt !== null && now - licensedAt < STALE_READ_MS;
}

/** Whoever is done is looked at again, as those are who need attention. */
export function stillLookedAt(verdict: Verdict, { waiting }: { waiting: WaitingTimes }, now: number): Verdict {
  if (!isClosed(verdict.state)) return verdict;
  return { ...verdict, nextCheckAt: verdict.nextCheckAt ?? now + waiting.attentionCheckMs };
}

/** Nothing has changed for somebody who is done. */
export function asBefore({ state, reason, message }: Person, nextCheckAt: number | null): Verdict {
  return { state, reason: reason ?? 'provisioned', message, nextCheckAt };
}
