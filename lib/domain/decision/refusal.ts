/** What a refused write means for the person. */

import type { Account } from '#lib/domain/account.ts';
import { type LicenceToAdd, licenceNames } from '#lib/domain/licences/mapping.ts';
import type { Person } from '#lib/domain/person.ts';
import { isClosed, type PersonState } from '#lib/domain/states.ts';
import { type Verdict, verdict } from './decide.ts';
import { USUAL_WAITING_TIMES, type WaitingTimes } from './waiting-times.ts';

/** Why a write to an account was refused. */
export type Refusal =
  | 'invalid_location'
  | 'no_seat'
  | 'service_plans_conflict'
  | 'service_plan_dependency'
  | 'sku_not_in_tenant'
  | 'account_missing'
  | 'access_denied'
  | 'address_conflict'
  /** What was to be changed comes from Active Directory. */
  | 'mastered_on_premises'
  /** Other work on the account or the tenant is going on. */
  | 'busy'
  | 'other';

const MINUTE = 60_000;

/** Whom a licence was decided for waits for nothing else any more, until it shows; whoever is licensed stays so. */
export function stateUnderWay({ state, licensedAt }: Person): PersonState {
  return licensedAt !== null || state === 'held' || isClosed(state) ? state : 'queued';
}

/** The location is there, and licensing does not know it yet: tried again after half the time it has taken so far. */
function whileNotInEffect(person: Person, location: string, graphMessage: string, now: number, waiting: WaitingTimes) {
  const waited = now - (person.unknownSince ?? now);
  if (waited > waiting.mailboxLimitMs) return verdict('needs_attention', 'licence_refused', { graphMessage }, null);
  const pause = Math.min(Math.max(waited / 2, MINUTE), 60 * MINUTE);
  return verdict(stateUnderWay(person), 'location_not_in_effect', { location }, now + pause);
}

/**
 * The person's verdict after a refused write. Repeating a write that was refused for good is pointless, so such a person is
 * checked again only when somebody asks, except where the cause may disappear in Microsoft 365.
 */
export function refusalVerdict(
  refusal: Refusal,
  graphMessage: string,
  subject: {
    person: Person;
    account: Account;
    addLicenses: readonly LicenceToAdd[];
    location: string | null;
    /** Where it was the location that was refused, and not the licence. */
    isAboutLocation: boolean;
  },
  now: number,
  waiting: WaitingTimes = USUAL_WAITING_TIMES,
): Verdict {
  const licence = licenceNames(subject.addLicenses);
  if (subject.isAboutLocation && (refusal === 'mastered_on_premises' || refusal === 'other')) {
    const facts = { location: subject.location, mastered: refusal === 'other' ? null : 'yes', graphMessage };
    return verdict('needs_attention', 'location_refused', facts, now + waiting.attentionCheckMs);
  }
  switch (refusal) {
    case 'no_seat':
      return verdict('awaiting_seat', 'no_seat', { licence }, now);
    case 'account_missing':
      return verdict('awaiting_sync', 'not_synchronised', {}, now);
    case 'access_denied':
      return verdict('needs_attention', 'access_denied', { graphMessage }, null);
    case 'busy':
      return verdict(stateUnderWay(subject.person), 'write_failed', { why: graphMessage }, now);
    case 'invalid_location':
      if (subject.location !== null)
        return whileNotInEffect(subject.person, subject.location, graphMessage, now, waiting);
      return verdict('needs_attention', 'usage_location_not_allowed', { location: subject.location }, null);
    case 'service_plans_conflict':
      return verdict('needs_attention', 'service_plans_conflict', { graphMessage }, null);
    case 'service_plan_dependency':
      return verdict('needs_attention', 'service_plan_dependency', { graphMessage }, null);
    case 'sku_not_in_tenant':
      return verdict('needs_attention', 'sku_not_in_tenant', { licence }, now + waiting.attentionCheckMs);
    case 'address_conflict':
      return verdict('needs_attention', 'proxy_address_conflict', { value: subject.account.mail }, null);
    case 'mastered_on_premises':
    case 'other':
      return verdict('needs_attention', 'licence_refused', { graphMessage }, null);
  }
}
