/** Decides what to do in a situation, with the reason an operator reads. Pure: the clock is passed in as `now`. */

import type { Account } from '#lib/domain/account.ts';
import {
  type LicenceToAdd,
  type LicenceToRemove,
  licenceName,
  licenceNames,
  type ResolvedMapping,
} from '#lib/domain/licences/mapping.ts';
import { planKey } from '#lib/domain/licences/plan-key.ts';
import type { Person } from '#lib/domain/person.ts';
import type { ReasonCode, ReasonFacts } from '#lib/domain/reason-facts.ts';
import { type Note, type Told, tell, withNotes } from '#lib/domain/said.ts';
import { isClosed, type PersonState, WAITING_STATES } from '#lib/domain/states.ts';
import { addDays } from '#lib/domain/time/days.ts';
import type { LicenceDue } from '#lib/domain/time/start-date.ts';
import { type Healing, healingOf } from './healing.ts';
import { isPersonalMailbox, type LocationSource, type Situation, UNNAMED_LICENCE } from './situation.ts';
import { mailboxIntervalMs, STALE_READ_MS, USUAL_WAITING_TIMES, type WaitingTimes } from './waiting-times.ts';

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

export function verdict<Code extends ReasonCode>(
  state: PersonState,
  reason: Code,
  facts: ReasonFacts<Code>,
  nextCheckAt: number | null,
): Verdict {
  return { state, reason, ...tell(reason, facts), nextCheckAt };
}

type Settled = Extract<Decision, { kind: 'settle' }>;

function settle<Code extends ReasonCode>(
  state: PersonState,
  reason: Code,
  facts: ReasonFacts<Code>,
  nextCheckAt: number | null,
): Settled {
  return { kind: 'settle', verdict: verdict(state, reason, facts, nextCheckAt) };
}

function mappingProblem(person: Person, problem: Exclude<ResolvedMapping, { kind: 'ok' }>, next: number): Decision {
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
function whenLicenceFails(
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

function isAskedAboutMailbox({ state, reason }: Person): boolean {
  return state === 'needs_attention' && reason === 'mailbox_late';
}

/** Since when there has been a licence and no mailbox. */
function mailboxAwaitedSince({ licensedAt, state, stateSince }: Person, now: number): number {
  return licensedAt ?? (state === 'awaiting_mailbox' ? stateSince : now);
}

function whileAwaitingMailbox(
  person: Person,
  situation: Situation & { kind: 'mailbox_opening' },
  now: number,
  waiting: WaitingTimes,
): Settled {
  const since = mailboxAwaitedSince(person, now);
  // Nothing has changed since a human was asked.
  const isAsked = isAskedAboutMailbox(person);
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

function withHealing(decision: Settled, healing: Healing | null): Settled {
  return healing === null ? decision : { ...decision, healing };
}

/** Since when the person has waited for what it waits for now. */
function waitingSince({ licensedAt, state, stateSince }: Person): number {
  return state === 'awaiting_mailbox' ? (licensedAt ?? stateSince) : stateSince;
}

/** States that somebody enters only for an answer, so that waiting for it counts from there. */
const UNDECIDED: readonly PersonState[] = ['queued', 'awaiting_mailbox'];

/** A check that found nothing out leaves the person where it is, but not for ever. */
function whileUnknown(
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

/** How often somebody is checked at least whose start date is far away: whoever was licensed by others meanwhile is noticed. */
const START_CHECK_MS = 24 * 3_600_000;

/** Null where the licence is due already. */
function beforeStart({ startDate }: Person, due: LicenceDue | null, now: number): Decision | null {
  if (due === null || startDate === null || due.at <= now) return null;
  const facts = { startDate, from: due.day };
  return settle('awaiting_start', 'before_start', facts, Math.min(due.at, now + START_CHECK_MS));
}

/** We have licensed the person in this request, or sent a licence that may show yet. */
function isOurs({ licensedAt, unsettledWriteAt, isWriteUnseen }: Person): boolean {
  return licensedAt !== null || unsettledWriteAt !== null || isWriteUnseen;
}

/** Reasons for which a write was refused, where it is known what was to be written (`heldPlan`). */
const REFUSED_FOR_GOOD: readonly ReasonCode[] = [
  'access_denied',
  'usage_location_not_allowed',
  'service_plans_conflict',
  'service_plan_dependency',
  'licence_refused',
];

/** Shortly after our own write a read may still show the account as it was before. */
function isFresh({ licensedAt }: Person, now: number): boolean {
  return licensedAt !== null && now - licensedAt < STALE_READ_MS;
}

/** Nothing has changed for somebody who is done. */
function asBefore({ state, reason, message }: Person, nextCheckAt: number | null): Verdict {
  return { state, reason: reason ?? 'provisioned', message, nextCheckAt };
}

/** Microsoft 365 keeps a deleted account, with its mailbox, for so long. */
const RESTORABLE_DAYS = 30;

/** For so long an account that neither the accounts nor the deleted ones show may be hidden by a read that lags behind. */
const UNSEEN_MS = 3_600_000;

/** Not for who is done: that nothing else is said of an account that went is right for them at once. */
function mayBeUnseen({ state, reason, unknownSince }: Person, now: number): boolean {
  const isAsked = state === 'needs_attention' && reason === 'account_deleted';
  return !isClosed(state) && !isAsked && now - (unknownSince ?? now) < UNSEEN_MS;
}

function whenDeleted(
  person: Person,
  { at, isUnlisted }: Situation & { kind: 'account_deleted' },
  now: number,
  next: number,
): Decision {
  if (isUnlisted && mayBeUnseen(person, now))
    return settle(
      person.state,
      'lookup_failed',
      { why: 'it was there before, and is neither among the accounts now nor among the deleted ones' },
      now + 60_000,
    );
  const until = at === null ? null : addDays(new Date(at).toISOString().slice(0, 10), RESTORABLE_DAYS);
  if (!isClosed(person.state)) return settle('needs_attention', 'account_deleted', { until }, next);
  // Hired again: the new account comes with synchronisation, as a newcomer's does.
  const decision = settle('awaiting_sync', 'not_synchronised', {}, now);
  if (until === null) return decision;
  return { ...decision, verdict: withNotes(decision.verdict, [['earlier_account', { until }]]) };
}

function takenBy({ account, twin }: Situation & { kind: 'name_taken' }): ReasonFacts<'name_belongs_to_another'> {
  return { name: account.displayName, upn: account.userPrincipalName, twin: twin?.userPrincipalName ?? null };
}

function whenOpen(
  person: Person,
  { licensed, purpose }: Situation & { kind: 'mailbox_open' },
  now: number,
  next: number,
): Decision {
  if (!isPersonalMailbox(purpose))
    return settle('needs_attention', 'mailbox_of_nobody', { purpose, licensed: isOurs(person) }, next);
  if (isOurs(person) && (licensed || isFresh(person, now) || person.unsettledWriteAt !== null))
    return settle('provisioned', 'provisioned', {}, null);
  if (!licensed) return settle('needs_attention', 'mailbox_open_unlicensed', {}, next);
  return person.state === 'awaiting_mailbox' || person.licencesReprocessedAt !== null
    ? settle('already_provisioned', 'mailbox_opened_elsewhere', {}, null)
    : settle('already_provisioned', 'mailbox_open_licensed', {}, null);
}

function whenLicenceDiffers(
  person: Person,
  { typeBefore, held, plan }: Situation & { kind: 'licence_differs' },
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
  };
  const decision =
    typeBefore === null
      ? settle('needs_attention', 'other_licence', facts, next)
      : settle('needs_attention', 'licence_differs', { ...facts, before: typeBefore }, next);
  return { ...decision, heldPlan: planKey(plan) };
}

/** What a refusal or a colleague has stopped is written again only where somebody asks, or what would be written is another; null: it is written. */
function stillAsked(person: Person, plan: Extract<Situation, { kind: 'ready' }>, nextCheckAt: number): Settled | null {
  const { state, reason, heldPlan } = person;
  if (state !== 'needs_attention') return null;
  const isRefused = heldPlan !== null && REFUSED_FOR_GOOD.some((one) => one === reason) && heldPlan === planKey(plan);
  const isStopped = reason === 'licence_removed' || (reason === 'location_refused' && plan.location !== null);
  if (!isRefused && !isStopped) return null;
  const decision: Settled = { kind: 'settle', verdict: asBefore(person, nextCheckAt) };
  return heldPlan === null ? decision : { ...decision, heldPlan };
}

/** Decides the outcome of one check of one person. An inconclusive check leaves the person's state as it is. */
export function decide(
  situation: Situation,
  person: Person,
  now: number,
  waiting: WaitingTimes = USUAL_WAITING_TIMES,
): Decision {
  const nextAttention = now + waiting.attentionCheckMs;
  switch (situation.kind) {
    case 'lookup_failed':
      return whileUnknown(person, 'lookup_failed', situation.why, now, waiting);
    case 'mailbox_unknown':
      return whileUnknown(person, 'mailbox_unknown', situation.why, now, waiting);
    case 'mailbox_denied':
      // Access to a mailbox that is just being created may come late; anywhere else the refusal is a case of its own.
      return person.state === 'awaiting_mailbox' && now - waitingSince(person) <= waiting.mailboxLimitMs
        ? settle(person.state, 'mailbox_unknown', { why: situation.why, refused: true }, now)
        : settle('needs_attention', 'mailbox_denied', { graphMessage: situation.why }, nextAttention);
    case 'account_missing': {
      const wait = beforeStart(person, situation.due, now);
      if (wait) return wait;
      // Somebody who was done and is named again waits from now on, and nobody waits for an account before the licence is due.
      const since = isClosed(person.state) ? now : Math.max(person.firstSeenAt, situation.due?.at ?? 0);
      const waited = now - since;
      if (waited <= waiting.syncLimitMs) return settle('awaiting_sync', 'not_synchronised', {}, now);
      const days = Math.floor(waited / (24 * 3_600_000));
      return settle('needs_attention', 'never_synchronised', { days }, nextAttention);
    }
    case 'account_deleted':
      return whenDeleted(person, situation, now, nextAttention);
    case 'domain_not_verified':
      return settle('needs_attention', 'domain_not_verified', { domain: situation.domain }, nextAttention);
    case 'name_taken':
      return settle('needs_attention', 'name_belongs_to_another', takenBy(situation), nextAttention);
    case 'several_accounts':
      return settle('needs_attention', 'several_accounts', { count: situation.count }, nextAttention);
    case 'guest':
      return settle('needs_attention', 'account_is_guest', {}, nextAttention);
    case 'still_holds':
      return { kind: 'settle', verdict: asBefore(person, null) };
    case 'mailbox_open':
      return whenOpen(person, situation, now, nextAttention);
    case 'licence_differs':
      return whenLicenceDiffers(person, situation, now, nextAttention);
    case 'mailbox_on_premises':
      return situation.certain
        ? settle('needs_attention', 'mailbox_on_premises', { licensed: person.licensedAt !== null }, nextAttention)
        : settle(
            'needs_attention',
            'mailbox_maybe_on_premises',
            { address: situation.account.mail ?? situation.account.proxyAddresses[0] ?? '' },
            nextAttention,
          );
    case 'licence_error':
      return whenLicenceFails(person, situation, now, nextAttention);
    case 'mailbox_opening': {
      const isOverdue = isAskedAboutMailbox(person) || now - mailboxAwaitedSince(person, now) > waiting.mailboxRetryMs;
      const healing = isOverdue ? healingOf('retry_provisioning', person, situation.account) : null;
      return withHealing(whileAwaitingMailbox(person, situation, now, waiting), healing);
    }
    case 'group_licence_failed': {
      const { licence, groupId: group, account } = situation;
      const healing = healingOf('reprocess_licences', person, account);
      // Asked just now, it may work by the next cycle.
      const next = healing === null ? nextAttention : now;
      return withHealing(settle('needs_attention', 'group_licence_failed', { licence, group }, next), healing);
    }
    case 'mailbox_plan_off':
      return settle(
        'needs_attention',
        'mailbox_plan_off',
        { licence: licenceName(situation.skuPartNumber) },
        nextAttention,
      );
    case 'licence_gone':
      // Shortly after our own write, a stale read is more likely than a colleague who removed the licence.
      if (isClosed(person.state) && isFresh(person, now)) return { kind: 'settle', verdict: asBefore(person, now) };
      return isFresh(person, now)
        ? settle('awaiting_mailbox', 'mailbox_opening', { licences: null }, now + 60_000)
        : settle('needs_attention', 'licence_removed', {}, nextAttention);
    case 'proxy_address_conflict':
      return settle('needs_attention', 'proxy_address_conflict', { value: situation.value }, nextAttention);
    case 'type_missing':
      return settle('needs_attention', 'employee_type_missing', {}, nextAttention);
    case 'type_unmapped':
      return settle(
        'needs_attention',
        'type_unmapped',
        { employeeType: person.employeeType, before: situation.typeBefore },
        nextAttention,
      );
    case 'mapping_unusable':
      return mappingProblem(person, situation.problem, nextAttention);
    case 'ready': {
      const wait = beforeStart(person, situation.due, now);
      if (wait) return wait;
      const asked = stillAsked(person, situation, nextAttention);
      if (asked) return asked;
      if (situation.waitsUntilEnabled) return settle('awaiting_start', 'account_disabled', {}, now);
      return {
        kind: 'license',
        account: situation.account,
        addLicenses: situation.addLicenses,
        removeLicenses: situation.removeLicenses,
        location: situation.location,
        notes:
          situation.differingLocation && situation.account.usageLocation !== null
            ? [['location_differs', { row: situation.differingLocation, account: situation.account.usageLocation }]]
            : [],
      };
    }
  }
}
