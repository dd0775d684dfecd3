/** Decides what to do in a situation, with the reason an operator reads. Pure: the clock is passed in as `now`. */

import { addressOf } from '#lib/domain/account.ts';
import { licenceName } from '#lib/domain/licences/mapping.ts';
import type { Person } from '#lib/domain/person.ts';
import { isClosed } from '#lib/domain/states.ts';
import { takenBy, whenDeleted } from './account-answers.ts';
import { healingOf } from './healing.ts';
import { mappingProblem, stillAsked, whenLicenceDiffers, whenLicenceFails } from './licence-answers.ts';
import { isPersonalMailbox, type Situation } from './situation.ts';
import { asBefore, type Decision, isFresh, isOurs, settle, withHealing } from './verdict.ts';
import {
  beforeStart,
  isAskedAboutMailbox,
  mailboxAwaitedSince,
  waitingSince,
  whileAwaitingMailbox,
  whileDisabled,
  whileUnknown,
} from './waiting.ts';
import { STALE_READ_MS, USUAL_WAITING_TIMES, type WaitingTimes } from './waiting-times.ts';

/** A write without an answer may yet show on the account. */
function mayShow({ unsettledWriteAt }: Person, now: number): boolean {
  return unsettledWriteAt !== null && now - unsettledWriteAt < STALE_READ_MS;
}

function whenOpen(
  person: Person,
  { licensed, purpose }: Situation & { kind: 'mailbox_open' },
  now: number,
  next: number,
): Decision {
  // The mailbox may have been there before: that a write arrived is told by the account alone.
  if (!licensed && mayShow(person, now)) return settle(person.state, 'readback_pending', {}, now + 60_000);
  if (!isPersonalMailbox(purpose)) {
    // Whose mailbox has opened had one of a person then: it was converted since.
    const wasUnseen = person.licensedAt !== null && !isClosed(person.state);
    return settle('needs_attention', 'mailbox_of_nobody', { purpose, licensed: wasUnseen }, next);
  }
  // Of a write that was sent and does not show nobody knows whether it arrived: the licence may have come through a group.
  if (person.licensedAt !== null && (licensed || isFresh(person, now)))
    return settle('provisioned', 'provisioned', {}, null);
  if (!licensed) return settle('needs_attention', 'mailbox_open_unlicensed', {}, next);
  // Also where a human was asked meanwhile.
  const wasAwaited = person.state === 'awaiting_mailbox' || person.mailboxChecks > 0;
  return wasAwaited || person.licencesReprocessedAt !== null
    ? settle('already_provisioned', 'mailbox_opened_elsewhere', {}, null)
    : settle('already_provisioned', 'mailbox_open_licensed', {}, null);
}

/** Somebody whose mailbox is awaited by a licence of others, which was seen first a short while ago. */
function wasJustSeen(person: Person, now: number): boolean {
  return person.state === 'awaiting_mailbox' && !isOurs(person) && now - person.stateSince < STALE_READ_MS;
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
            { address: addressOf(situation.account) ?? '' },
            nextAttention,
          );
    case 'licence_error':
      return whenLicenceFails(person, situation, now, nextAttention);
    case 'mailbox_opening': {
      const isOverdue =
        isAskedAboutMailbox(person, situation.account) ||
        now - mailboxAwaitedSince(person, now) > waiting.mailboxRetryMs;
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
    case 'licence_gone': {
      const wait = beforeStart(person, situation.due, now);
      if (wait) return wait;
      // Shortly after our own write, a stale read is more likely than a colleague who removed the licence.
      if (isClosed(person.state) && isFresh(person, now)) return { kind: 'settle', verdict: asBefore(person, now) };
      // A licence of others that was just seen may be late as well, or be on its way from one group to another.
      if (wasJustSeen(person, now)) return { kind: 'settle', verdict: asBefore(person, now + 60_000) };
      return isFresh(person, now)
        ? settle('awaiting_mailbox', 'mailbox_opening', { licences: null }, now + 60_000)
        : settle('needs_attention', 'licence_removed', {}, nextAttention);
    }
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
      const asked = stillAsked(person, situation, now, nextAttention);
      if (asked) return asked;
      if (situation.waitsUntilEnabled) return whileDisabled(person, now);
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
