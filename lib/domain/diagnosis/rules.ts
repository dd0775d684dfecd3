/** One question for each cause: do the facts that were read fit it? Pure. */
import {
  accountDeleted,
  accountDisabled,
  accountIsGuest,
  beforeStart,
  domainNotVerified,
  nameTaken,
  notSynchronised,
  otherName,
  synchronisationStopped,
} from './account-rules.ts';
import type { CauseCode } from './causes.ts';
import {
  groupLicenceFailed,
  licenceConflict,
  licenceSuspended,
  licenceWithoutMailbox,
  mailboxPlanOff,
  noLicence,
  noSeat,
  usageLocation,
} from './licence-rules.ts';
import {
  addressConflict,
  deletedHoldsAddress,
  exchangeError,
  exchangeNotStarted,
  mailboxOfNobody,
  mailboxOnPremises,
  mailboxOpening,
  serviceIncident,
} from './mailbox-rules.ts';
import type { Rule } from './rule.ts';

/** Where two are equally likely, the one that has to be mended first comes first. */
export const RULES: Record<CauseCode, Rule> = {
  account_is_guest: accountIsGuest,
  mailbox_of_nobody: mailboxOfNobody,
  name_taken: nameTaken,
  account_deleted: accountDeleted,
  domain_not_verified: domainNotVerified,
  other_name: otherName,
  synchronisation_stopped: synchronisationStopped,
  not_synchronised: notSynchronised,
  address_conflict: addressConflict,
  before_start: beforeStart,
  account_disabled: accountDisabled,
  no_seat: noSeat,
  group_licence_failed: groupLicenceFailed,
  usage_location: usageLocation,
  licence_conflict: licenceConflict,
  licence_suspended: licenceSuspended,
  mailbox_plan_off: mailboxPlanOff,
  licence_without_mailbox: licenceWithoutMailbox,
  no_licence: noLicence,
  exchange_error: exchangeError,
  mailbox_on_premises: mailboxOnPremises,
  deleted_holds_address: deletedHoldsAddress,
  service_incident: serviceIncident,
  exchange_not_started: exchangeNotStarted,
  mailbox_opening: mailboxOpening,
};

/** What is only left over where one of these explains it: not told where that one is conclusive, and last where it is likely. */
export const EXPLAINED_BY: Partial<Record<CauseCode, readonly CauseCode[]>> = {
  not_synchronised: ['account_deleted', 'domain_not_verified', 'other_name', 'synchronisation_stopped'],
  no_licence: ['account_is_guest', 'before_start', 'account_disabled', 'no_seat'],
  // A conflict that synchronisation reports keeps an address away, not always the mailbox: it explains neither of these.
  exchange_not_started: [
    'exchange_error',
    'mailbox_on_premises',
    'deleted_holds_address',
    'service_incident',
    'licence_suspended',
  ],
  mailbox_opening: [
    'exchange_error',
    'mailbox_on_premises',
    'deleted_holds_address',
    'service_incident',
    'licence_suspended',
  ],
};

/** What is missing although a mailbox answers. */
export const BESIDE_MAILBOX: readonly CauseCode[] = [
  'name_taken',
  'mailbox_of_nobody',
  'no_licence',
  'licence_suspended',
  'mailbox_plan_off',
  'licence_without_mailbox',
];
