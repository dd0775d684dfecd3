/** Decides about an account that went, or belongs to somebody else. */

import type { Person } from '#lib/domain/person.ts';
import type { ReasonFacts } from '#lib/domain/reasons/reason-facts.ts';
import { withNotes } from '#lib/domain/reasons/said.ts';
import { silence } from '#lib/domain/sentences/silences.ts';
import { isClosed } from '#lib/domain/states.ts';
import { addDays } from '#lib/domain/time/days.ts';
import type { Situation } from './situation.ts';
import { type Decision, settle } from './verdict.ts';

/** Microsoft 365 keeps a deleted account, with its mailbox, for so long. */
const RESTORABLE_DAYS = 30;

/** For so long an account that neither the accounts nor the deleted ones show may be hidden by a read that lags behind. */
const UNSEEN_MS = 3_600_000;

/** Not for who is done: that nothing else is said of an account that went is right for them at once. */
function mayBeUnseen({ state, reason, unknownSince }: Person, now: number): boolean {
  const isAsked = state === 'needs_attention' && reason === 'account_deleted';
  return !isClosed(state) && !isAsked && now - (unknownSince ?? now) < UNSEEN_MS;
}

/** The account that was followed by its id is gone: deleted, or hidden by a read that lags behind. */
export function whenDeleted(
  person: Person,
  { at, isUnlisted }: Situation & { kind: 'account_deleted' },
  now: number,
  next: number,
): Decision {
  if (at === null && mayBeUnseen(person, now)) {
    const why = silence(isUnlisted ? 'nowhere' : 'deletedUnread');
    return settle(person.state, 'lookup_failed', { why }, now + 60_000);
  }
  const until = at === null ? null : addDays(new Date(at).toISOString().slice(0, 10), RESTORABLE_DAYS);
  if (!isClosed(person.state)) return settle('needs_attention', 'account_deleted', { until }, next);
  // Hired again: the new account comes with synchronisation, as a newcomer's does.
  const decision = settle('awaiting_sync', 'not_synchronised', {}, now);
  if (until === null) return decision;
  return { ...decision, verdict: withNotes(decision.verdict, [['earlier_account', { until }]]) };
}

/** Who has the name that the row gives, or had it. */
export function takenBy({
  account,
  twin,
  successor,
}: Situation & { kind: 'name_taken' }): ReasonFacts<'name_belongs_to_another'> {
  return {
    name: account.displayName,
    upn: account.userPrincipalName,
    twin: twin?.userPrincipalName ?? null,
    ...(successor && { successor: { upn: successor.userPrincipalName, name: successor.displayName } }),
  };
}
