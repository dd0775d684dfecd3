/** A person as the engine sees one: what the CSV said and the current state. */

import type { LicenceToRemove } from '#lib/domain/licences/mapping.ts';
import type { ReasonCode } from '#lib/domain/reasons/reason-facts.ts';
import { withoutBlankEnds, withPlainBlanks, withPlainWidth } from '#lib/domain/text/plain-text.ts';
import type { PersonState } from './states.ts';

/**
 * What an operator can answer to the question that a person raises: put the mapped licences in the place of those we gave, leave
 * everything as it is, assign directly what failed through a group, have the group's licence processed again, or take the licence
 * off and on.
 */
export const PERSON_CHOICES = ['replace', 'keep', 'assign_directly', 'reprocess', 'reassign'] as const;
export type PersonChoice = (typeof PERSON_CHOICES)[number];

/** An account that we licensed, and that an operator then said is somebody else's. */
export interface LeftAccount {
  id: string;
  /** Part numbers of the licences that we assigned to it. */
  licences: readonly string[];
  /** When they were assigned; null: earlier versions did not remember it. */
  licensedAt: number | null;
}

/** Licences that were sent in this request, and of which it is not known what became. */
export interface SentLicences {
  /** False: they did not show in time. */
  isOpen: boolean;
  licences: readonly LicenceToRemove[];
  removed: readonly LicenceToRemove[];
  /** By which mapping, for which EmployeeType and to which account; null: earlier versions did not remember it. */
  mappingId: number | null;
  employeeType: string | null;
  accountId: string | null;
}

export interface Person {
  id: number;
  userPrincipalName: string;
  displayName: string;
  employeeType: string;
  /** Two-letter country of the row, upper case; null where the row named none. */
  usageLocation: string | null;
  /** The operator who set `usageLocation`; null: it came from the row. */
  locationSetBy: string | null;
  /** The first day at work (`2026-11-02`); null where no row named one. */
  startDate: string | null;
  /** The operator who had the person licensed whatever its start date, and whether or not its account is enabled; null: nobody. */
  licenseNowBy: string | null;
  /** The operator who had the person licensed although its account has an address; null: nobody. */
  licenseAnywayBy: string | null;
  state: PersonState;
  /** Null: one that this version does not know. */
  reason: ReasonCode | null;
  /** The sentence that says where the person stands. */
  message: string;
  /** What the sentence was made from, as it is stored (`storedSaid`); null: the reason says it all, or it is not known. */
  said: string | null;
  revision: number;
  firstSeenAt: number;
  stateSince: number;
  /** When the licence we assigned was verified on the account; null until then. */
  licensedAt: number | null;
  /** The account that an earlier check found. */
  accountId: string | null;
  /** Checks of the mailbox since the licence was verified. */
  mailboxChecks: number;
  /** When the person was checked last; null: never. */
  lastCheckAt: number | null;
  /** Since when an operator has to approve the next licence; null: nobody has to. */
  approvalNeededSince: number | null;
  /** When an operator approved the held person. */
  approvedAt: number | null;
  approvedBy: string | null;
  /** The plan that was approved (`planKey`); null: whatever the mapping says. */
  approvedPlan: string | null;
  mappingId: number | null;
  /** The EmployeeType of that mapping, which may be another one than the row names by now. */
  licensedAsType: string | null;
  /** Part numbers of the licences that we assigned in this request: nothing else is ever taken away. */
  givenLicences: readonly string[];
  /** The one that was left last comes last. */
  leftAccounts: readonly LeftAccount[];
  /** An operator's answer, until it has led to something, and who gave it; null: none. */
  choice: PersonChoice | null;
  choiceBy: string | null;
  /** The plan that an operator was asked about (`planKey`); null: none. */
  heldPlan: string | null;
  /** When the mailbox was seen open in this request; null: not yet. */
  mailboxReadyAt: number | null;
  /** When the licence was taken off to be put on again, once in a request; null: not. */
  reassignedAt: number | null;
  /** Since when every check has ended without a usable answer; null: the last one had one. */
  unknownSince: number | null;
  /** Until when a write whose result is unknown may have been sent: a run that was killed sent at any time until it was closed. Null: none. */
  unsettledWriteAt: number | null;
  /** A licence was sent in this request and did not show in time: should it show later, it is ours, whatever the clock did meanwhile. */
  isWriteUnseen: boolean;
  /** The last ones come last. */
  sentLicences: readonly SentLicences[];
  /** When Microsoft 365 was asked to provision the account, or its groups' licences, again: each once in a request. Null: not asked. */
  provisioningRetriedAt: number | null;
  licencesReprocessedAt: number | null;
}

/** Whose account what was done counts for; null: nothing was. A corrected name may lead to the account that was left. */
export function accountBefore({ accountId, leftAccounts }: Person): string | null {
  return accountId ?? leftAccounts.at(-1)?.id ?? null;
}

/** The key by which people are compared: trimmed, Unicode-composed, lower-cased. */
export function upnKey(userPrincipalName: string): string {
  return userPrincipalName.trim().normalize('NFC').toLowerCase();
}

/** The domain of a UserPrincipalName, lower-cased. */
export function domainOf(userPrincipalName: string): string {
  return userPrincipalName.slice(userPrincipalName.lastIndexOf('@') + 1).toLowerCase();
}

/** An EmployeeType as it counts, whether a file or an operator wrote it: blanks of any kind and wide letters are plain ones. */
export function plainEmployeeType(employeeType: string): string {
  // Nearly every type is plain, and each row has one.
  const isPlain = /^[\x21-\x7e]*$/.test(employeeType);
  const text = isPlain ? employeeType : withPlainWidth(withPlainBlanks(withoutBlankEnds(employeeType)));
  return text.normalize('NFC');
}

/** The key by which EmployeeTypes are compared. */
export function employeeTypeKey(employeeType: string): string {
  return plainEmployeeType(employeeType).toLowerCase();
}
