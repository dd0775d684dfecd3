/** Decides how long somebody waits: for an answer, a mailbox, an account or a first day, and when a human is asked. */

import { type Account, isOfAnother } from '#lib/domain/account.ts';
import { planKey } from '#lib/domain/licences/plan-key.ts';
import type { Person } from '#lib/domain/person.ts';
import { type PersonState, WAITING_STATES } from '#lib/domain/states.ts';
import type { LicenceDue } from '#lib/domain/time/start-date.ts';
import { type Situation, UNNAMED_LICENCE } from './situation.ts';
import { type Decision, isOurs, type Settled, settle } from './verdict.ts';
import { mailboxIntervalMs, type WaitingTimes } from './waiting-times.ts';

/** A human was asked why the mailbox of this account does not open, and has not answered. */
export function isAskedAboutMailbox(person: Person, account: Account): boolean {
  const { state, reason } = person;
  return state === 'needs_attention' && reason === 'mailbox_late' && !isOfAnother(person, account);
}

/** Since when there has been a licence and no mailbox. */
export function mailboxAwaitedSince({ licensedAt, state, stateSince }: Person, now: number): number {
  return licensedAt ?? (state === 'awaiting_mailbox' ? stateSince : now);
}

/** The licence is there, the mailbox is not: it is waited for, and a human is asked once the limit is over. */
export function whileAwaitingMailbox(
  person: Person,
  situation: Situation & { kind: 'mailbox_opening' },
  now: number,
  waiting: WaitingTimes,
): Settled {
  const since = mailboxAwaitedSince(person, now);
  // Nothing has changed since a human was asked.
  const isAsked = isAskedAboutMailbox(person, situation.account);
  if (isAsked || now - since > waiting.mailboxLimitMs) {
    const { exchangeErrors, isSynchronised, mail } = situation.account;
    const [reported = null] = exchangeErrors;
    const maybeOnPremises = isSynchronised && mail !== null;
    const decision = settle(
      'needs_attention',
      'mailbox_late',
      { hours: waiting.mailboxLimitMs / 3_600_000, reported, maybeOnPremises },
      now + waiting.attentionCheckMs,
    );
    return situation.reassignment === null ? decision : { ...decision, heldPlan: planKey(situation.reassignment) };
  }
  const next = now + mailboxIntervalMs(person.mailboxChecks + 1);
  const { licences, through } = situation;
  if (!isOurs(person)) return settle('awaiting_mailbox', 'mailbox_opening_elsewhere', { through }, next);
  const named = licences === UNNAMED_LICENCE ? null : licences;
  return settle('awaiting_mailbox', 'mailbox_opening', { licences: named }, next);
}

/** Since when the person has waited for what it waits for now. */
export function waitingSince({ licensedAt, state, stateSince }: Person): number {
  return state === 'awaiting_mailbox' ? (licensedAt ?? stateSince) : stateSince;
}

/** States that somebody enters only for an answer, so that waiting for it counts from there. */
const UNDECIDED: readonly PersonState[] = ['queued', 'awaiting_mailbox'];

/** A check that found nothing out leaves the person where it is, but not for ever. */
export function whileUnknown(
  person: Person,
  reason: 'lookup_failed' | 'mailbox_unknown',
  why: string,
  now: number,
  waiting: WaitingTimes,
): Decision {
  // A question that was asked stays asked, and nobody who is done or held is asked about for this.
  const isWaiting = WAITING_STATES.some((state) => state === person.state);
  const since = UNDECIDED.includes(person.state) ? waitingSince(person) : now;
  const hasWaitedLong = isWaiting && now - Math.min(since, person.unknownSince ?? now) > waiting.mailboxLimitMs;
  return hasWaitedLong
    ? settle('needs_attention', 'unknown_too_long', { why, hours: waiting.mailboxLimitMs / 3_600_000 }, now)
    : settle(person.state, reason, { why }, now);
}

const DAY_MS = 24 * 3_600_000;
/** For so long after the first day an account may still be disabled; without a first day, after it was first found to be: accounts are made weeks ahead. */
const DISABLED_AFTER_START_MS = 7 * DAY_MS;
const DISABLED_MS = 30 * DAY_MS;

/** The account is disabled, and that is waited for; who is never enabled is not forgotten. */
export function whileDisabled({ startDate, state, stateSince, reason }: Person, now: number): Settled {
  const since = state === 'awaiting_start' ? stateSince : now;
  const limit =
    startDate === null ? since + DISABLED_MS : Math.max(Date.parse(startDate), since) + DISABLED_AFTER_START_MS;
  // Nothing has changed since a human was asked.
  const isAsked = state === 'needs_attention' && reason === 'account_disabled';
  return isAsked || now > limit
    ? settle('needs_attention', 'account_disabled', { isLate: true }, now)
    : settle('awaiting_start', 'account_disabled', {}, now);
}

/** How often somebody is checked at least whose start date is far away: whoever was licensed by others meanwhile is noticed. */
const START_CHECK_MS = DAY_MS;

/** Null where the licence is due already. */
export function beforeStart({ startDate }: Person, due: LicenceDue | null, now: number): Decision | null {
  if (due === null || startDate === null || due.at <= now) return null;
  const facts = { startDate, from: due.day };
  return settle('awaiting_start', 'before_start', facts, Math.min(due.at, now + START_CHECK_MS));
}
