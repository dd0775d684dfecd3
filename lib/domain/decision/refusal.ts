/** What a refused write means for the person. */

import { type LicenceToAdd, licenceNames } from '#lib/domain/licences/mapping.ts';
import type { Person } from '#lib/domain/person.ts';
import type { ReasonCode } from '#lib/domain/reasons/reason-facts.ts';
import { isClosed, type PersonState } from '#lib/domain/states.ts';
import { type Verdict, verdict } from './verdict.ts';
import { triedAgainAt, USUAL_WAITING_TIMES, unwrittenPauseMs, type WaitingTimes } from './waiting-times.ts';

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

/** Refusals that are tried again although a human is asked about them: until one of the tries gets through, the question stays. */
const TRIED_AGAIN: readonly ReasonCode[] = ['access_denied', 'licence_refused'];

function isAskedAndTried({ state, reason }: Person): boolean {
  return state === 'needs_attention' && TRIED_AGAIN.some((one) => one === reason);
}

/** Whom a licence was decided for waits for nothing else any more, until it shows; whoever is licensed stays so. */
function stateUnderWay(person: Person): PersonState {
  const { state, licensedAt } = person;
  if (isAskedAndTried(person)) return state;
  return licensedAt !== null || state === 'held' || isClosed(state) ? state : 'queued';
}

/** For how long a write has been tried in vain, in ms: what an operator has tried again is tried as often as at first. */
function triedForMs({ state, stateSince, unknownSince }: Person, now: number): number {
  return now - Math.max(unknownSince ?? now, state === 'queued' ? stateSince : 0);
}

/** A write that has not got through is tried again; where that goes on for long, a human is asked, and stays asked until it gets through. */
export function notWritten(
  person: Person,
  reason: 'write_failed' | 'readback_pending',
  why: string,
  /** Graph's, with its request id. */
  lastAnswer: string,
  now: number,
  waiting: WaitingTimes,
): Verdict {
  const isAsked = person.state === 'needs_attention' && person.reason === 'unknown_too_long';
  const waitedMs = triedForMs(person, now);
  const isLong = waitedMs > waiting.mailboxLimitMs;
  const next = now + unwrittenPauseMs(waitedMs);
  const state = stateUnderWay(person);
  if (!isAsked && (!isLong || state !== 'queued'))
    return reason === 'write_failed'
      ? verdict(state, reason, { why: why.replace(/\.$/, '') }, next)
      : verdict(state, reason, {}, next);
  const facts = { why: lastAnswer, hours: waiting.mailboxLimitMs / 3_600_000 };
  return verdict('needs_attention', 'unknown_too_long', facts, now + waiting.attentionCheckMs);
}

/** The address that a refusal names; null: it names none, and which one it is about is not known. */
function addressIn(graphMessage: string): string | null {
  // From where an address can begin: else a long run of its letters is tried from each of them.
  const [named] = /(?<![\w.+'-])[\w.+'-]+@[\w-]+(\.[\w-]+)+/.exec(graphMessage) ?? [];
  return named?.replace(/^'/, '') ?? null;
}

/** The location is there, and licensing does not know it yet: tried again after half the time it has taken so far. */
function whileNotInEffect(person: Person, location: string, graphMessage: string, now: number, waiting: WaitingTimes) {
  const waited = triedForMs(person, now);
  const next = now + waiting.attentionCheckMs;
  if (isAskedAndTried(person))
    return verdict('needs_attention', 'licence_refused', { graphMessage }, whenTriedAgain(person, next, now));
  if (waited > waiting.mailboxLimitMs) return verdict('needs_attention', 'licence_refused', { graphMessage }, next);
  const pause = Math.min(Math.max(waited / 2, MINUTE), 60 * MINUTE);
  return verdict(stateUnderWay(person), 'location_not_in_effect', { location }, now + pause);
}

/** The longer it is refused, the more rarely it is tried. */
function whenTriedAgain({ state, stateSince }: Person, next: number, now: number): number {
  return Math.min(next, triedAgainAt(state === 'needs_attention' ? stateSince : now, now));
}

/** Of several licences those that a refusal names by their ids; all, where it names none. */
export function refusedOf<Licence extends LicenceToAdd>(licences: readonly Licence[], graphMessage: string) {
  const named = licences.filter(({ skuId }) => graphMessage.toLowerCase().includes(skuId.toLowerCase()));
  return named.length === 0 ? licences : named;
}

/**
 * The person's verdict after a refused write. Repeating a write that was refused for good is pointless, so such a person is only
 * looked at (`REFUSED_FOR_GOOD`), until somebody asks or the cause has disappeared in Microsoft 365; only denied access, and what nobody
 * understands, is tried again, rarely.
 */
export function refusalVerdict(
  refusal: Refusal,
  graphMessage: string,
  subject: {
    person: Person;
    addLicenses: readonly LicenceToAdd[];
    location: string | null;
    /** Graph's, with its request id. */
    lastAnswer: string;
    /** Where it was the location that was refused, and not the licence. */
    isAboutLocation: boolean;
  },
  now: number,
  waiting: WaitingTimes = USUAL_WAITING_TIMES,
): Verdict {
  const licence = licenceNames(refusedOf(subject.addLicenses, graphMessage));
  const next = now + waiting.attentionCheckMs;
  const { location } = subject;
  if (subject.isAboutLocation && location !== null && (refusal === 'mastered_on_premises' || refusal === 'other')) {
    const facts = { location, mastered: refusal !== 'other', graphMessage };
    return verdict('needs_attention', 'location_refused', facts, next);
  }
  switch (refusal) {
    case 'no_seat':
      return verdict('awaiting_seat', 'no_seat', { licence, contradicts: true }, now);
    case 'access_denied':
      return verdict('needs_attention', 'access_denied', { graphMessage }, whenTriedAgain(subject.person, next, now));
    // The account was found just before: the next check says whether it is gone.
    case 'account_missing':
    case 'busy':
      return notWritten(subject.person, 'write_failed', graphMessage, subject.lastAnswer, now, waiting);
    case 'invalid_location':
      if (location !== null) return whileNotInEffect(subject.person, location, graphMessage, now, waiting);
      return verdict('needs_attention', 'usage_location_not_allowed', { location }, next);
    case 'service_plans_conflict':
      return verdict('needs_attention', 'service_plans_conflict', { graphMessage }, next);
    case 'service_plan_dependency':
      return verdict('needs_attention', 'service_plan_dependency', { graphMessage }, next);
    case 'sku_not_in_tenant':
      return verdict('needs_attention', 'sku_not_in_tenant', { licence }, next);
    case 'address_conflict':
      return verdict('needs_attention', 'proxy_address_conflict', { value: addressIn(graphMessage) }, next);
    case 'mastered_on_premises':
      return verdict('needs_attention', 'licence_refused', { graphMessage }, next);
    // Other work going on may be said in words that nobody here knows.
    case 'other':
      return verdict('needs_attention', 'licence_refused', { graphMessage }, whenTriedAgain(subject.person, next, now));
  }
}
