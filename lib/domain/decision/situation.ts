/** Compares person, account, mailbox, mapping and tenant, and names the situation. What to do about it is not decided here. */

import {
  type Account,
  type AccountLookup,
  type AssignedLicence,
  hasMailboxPlan,
  isSameId,
  type MailboxProbe,
  mailboxState,
} from '#lib/domain/account.ts';
import {
  freeSeats,
  isAssignable,
  type LicenceToAdd,
  type LicenceToRemove,
  licenceName,
  licenceNames,
  type Mapping,
  makesMailbox,
  type ResolvedMapping,
  resolveMapping,
  type SubscribedSku,
} from '#lib/domain/licences/mapping.ts';
import { planKey } from '#lib/domain/licences/plan-key.ts';
import { domainOf, type Person } from '#lib/domain/person.ts';
import { silence } from '#lib/domain/sentences/silences.ts';
import { isClosed } from '#lib/domain/states.ts';
import { mayBeSamePerson } from '#lib/domain/text/names.ts';
import { type LicenceDue, licenceDue, type StartRules } from '#lib/domain/time/start-date.ts';
import { givenOf, hasOtherType, licenceDifference } from './licence-difference.ts';
import type { WaitingTimes } from './waiting-times.ts';

export interface Observation {
  person: Person;
  lookup: AccountLookup;
  /** Null where the mailbox was not probed because the account alone decides. */
  probe: MailboxProbe | null;
  /** The mapping the person is pinned to, otherwise the one in force; null: the EmployeeType is not mapped. */
  mapping: Mapping | null;
}

export interface Tenant {
  skus: readonly SubscribedSku[];
  /** Domains that accounts can be named by, in lower case. Empty: not known. */
  verifiedDomains: readonly string[];
  /** Country for people whose row and mapping name none. */
  defaultUsageLocation: string;
  /** What an operator chose for synchronised accounts that have an address but no cloud mailbox. */
  licenseAccountsWithAddress: boolean;
  start: StartRules;
  waiting: WaitingTimes;
}

export type LocationSource = 'operator' | 'row' | 'mapping' | 'default';

export type Situation =
  | { kind: 'lookup_failed'; why: string }
  | { kind: 'account_missing'; due: LicenceDue | null }
  | { kind: 'account_deleted'; at: number | null; isUnlisted?: boolean }
  | { kind: 'domain_not_verified'; domain: string }
  /** `twin`: the account that was to have the name; null: only the names tell. */
  | { kind: 'name_taken'; account: Account; twin: Account | null }
  | { kind: 'several_accounts'; count: number }
  | { kind: 'guest'; account: Account }
  | { kind: 'mailbox_unknown'; account: Account; why: string }
  | { kind: 'mailbox_denied'; account: Account; why: string }
  /** Somebody who was done is verified: the account is there, and licensed. */
  | { kind: 'still_holds'; account: Account }
  | { kind: 'mailbox_open'; account: Account; licensed: boolean; purpose: string }
  /**
   * Another licence than the mapped one makes the mailbox. `typeBefore`: the EmployeeType for which the person was licensed; null: the
   * present one, or none. `plan`: what an operator may have done about it.
   */
  | { kind: 'licence_differs'; account: Account; typeBefore: string | null; held: string; plan: ReadyToLicense }
  | { kind: 'mailbox_on_premises'; account: Account; certain: boolean }
  /** `hasSeat`: one is free today. `groupId`: the group that the licence comes through; null: none. */
  | {
      kind: 'licence_error';
      account: Account;
      error: string;
      licence: string;
      hasSeat: boolean;
      groupId: string | null;
    }
  /** No seat was free when the group's licence was assigned; some are today, and Microsoft 365 does not try again by itself. */
  | { kind: 'group_licence_failed'; account: Account; licence: string; groupId: string }
  /** `reassignment`: our own licences, which can be taken off and put on again once; null: it is not possible, or was done. */
  | {
      kind: 'mailbox_opening';
      account: Account;
      through: 'direct' | 'group';
      licences: string;
      reassignment: ReadyToLicense | null;
    }
  | { kind: 'mailbox_plan_off'; account: Account; skuPartNumber: string }
  | { kind: 'licence_gone'; account: Account }
  | { kind: 'proxy_address_conflict'; account: Account; value: string }
  /** Nobody can choose a licence, whether there is an account yet or not. */
  | { kind: 'type_missing' }
  /** `typeBefore`: the EmployeeType for which the person was licensed; null: not licensed, or for none. */
  | { kind: 'type_unmapped'; account: Account; typeBefore: string | null }
  | { kind: 'mapping_unusable'; account: Account; problem: Exclude<ResolvedMapping, { kind: 'ok' }> }
  | ReadyToLicense;

interface ReadyToLicense {
  kind: 'ready';
  account: Account;
  /** From when a licence is due by the start date; null: now. */
  due: LicenceDue | null;
  /** The account is disabled, and that is waited for. */
  waitsUntilEnabled: boolean;
  addLicenses: LicenceToAdd[];
  /** Only what we gave, and only where an operator asked for it. */
  removeLicenses: LicenceToRemove[];
  /** Null where the account has a usage location: only one set by an operator for this person replaces it. */
  location: { value: string; source: LocationSource } | null;
  /** The row's country where it differs from the account's. */
  differingLocation: string | null;
}

function throughGroupOnly(account: Account): boolean {
  return account.licences.length > 0 && account.licences.every((licence) => licence.source === 'group');
}

/** Where only single service plans tell of one. */
export const UNNAMED_LICENCE = 'The licence';

function assignedLicenceNames(account: Account, skus: readonly SubscribedSku[]): string {
  const held = skus.filter((sku) => account.licences.some((licence) => licence.skuId === sku.skuId));
  return held.map((sku) => licenceName(sku.skuPartNumber)).join(' and ') || UNNAMED_LICENCE;
}

/** The address as people write it: synchronisation reports it as it stands in `proxyAddresses`. */
function addressConflict(account: Account): string | null {
  const conflict = account.synchronisationErrors.find(
    ({ category, property }) => /PropertyConflict/i.test(category) && /ProxyAddresses|mail/i.test(property),
  );
  return conflict ? conflict.value.replace(/^smtp:/i, '') : null;
}

function hasNoType({ person, mapping }: Observation): boolean {
  return mapping === null && person.employeeType.trim() === '';
}

/** An operator's "License now", or another answer of an operator, goes before every wait. */
function dueDate({ person, mapping }: Observation, { start }: Tenant): LicenceDue | null {
  if (person.licenseNowBy !== null || person.choice !== null) return null;
  return licenceDue(person.startDate, mapping?.leadTime ?? start.leadTime, start);
}

/** Whether a human decides on accounts that have an address: by person, then by mapping, then by Settings. */
function asksAboutAddress({ person, mapping }: Observation, tenant: Tenant): boolean {
  if (person.licenseAnywayBy !== null) return false;
  return !(mapping?.licenseAccountsWithAddress ?? tenant.licenseAccountsWithAddress);
}

function readyToLicense(
  observation: Observation,
  tenant: Tenant,
  account: Account,
  removeLicenses: LicenceToRemove[] = [],
): Situation {
  const { person, mapping } = observation;
  if (hasNoType(observation)) return { kind: 'type_missing' };
  if (!mapping) return { kind: 'type_unmapped', account, typeBefore: null };
  const resolved = resolveMapping(mapping, tenant.skus);
  if (resolved.kind !== 'ok') return { kind: 'mapping_unusable', account, problem: resolved };
  const held = new Set(account.licences.filter(({ error }) => error === null).map(({ skuId }) => skuId));
  const addLicenses = resolved.licences
    .filter((licence) => !held.has(licence.skuId))
    .map(({ skuId, skuPartNumber, disabledPlans }) => ({ skuId, skuPartNumber, disabledPlans }));
  const [first] = resolved.licences;
  if (addLicenses.length === 0 && first)
    return { kind: 'mailbox_plan_off', account, skuPartNumber: first.skuPartNumber };
  const location = locationToSet(person, account, mapping, tenant);
  const differs =
    account.usageLocation && person.usageLocation && account.usageLocation.toUpperCase() !== person.usageLocation;
  const differingLocation = differs && !location ? person.usageLocation : null;
  const due = dueDate(observation, tenant);
  const isToldToNow = person.licenseNowBy !== null || person.choice !== null;
  const waitsUntilEnabled = tenant.start.waitUntilEnabled && !account.accountEnabled && !isToldToNow;
  return { kind: 'ready', account, due, waitsUntilEnabled, addLicenses, removeLicenses, location, differingLocation };
}

/** What takes our own licences with a mailbox off and puts them on again: once in a request, and where no mailbox has opened yet. */
function reassignment(person: Person, account: Account, tenant: Tenant): ReadyToLicense | null {
  if (person.reassignedAt !== null || person.mailboxReadyAt !== null || isClosed(person.state)) return null;
  const addLicenses = givenOf(person, account, tenant.skus).flatMap(({ skuId, skuPartNumber }): LicenceToAdd[] => {
    const sku = tenant.skus.find((one) => one.skuId === skuId);
    const held = account.licences.find((licence) => licence.skuId === skuId && licence.source === 'direct');
    if (!sku || !held || !makesMailbox(sku, held.disabledPlans)) return [];
    return [{ skuId, skuPartNumber, disabledPlans: held.disabledPlans }];
  });
  if (addLicenses.length === 0) return null;
  const waits = { due: null, waitsUntilEnabled: false, location: null, differingLocation: null };
  return { kind: 'ready', account, ...waits, addLicenses, removeLicenses: addLicenses };
}

function locationToSet(
  person: Person,
  account: Account,
  mapping: Mapping,
  tenant: Tenant,
): { value: string; source: LocationSource } | null {
  const present = account.usageLocation?.toUpperCase() ?? null;
  if (person.usageLocation && person.locationSetBy !== null)
    return person.usageLocation === present ? null : { value: person.usageLocation, source: 'operator' };
  if (present) return null;
  if (person.usageLocation) return { value: person.usageLocation, source: 'row' };
  if (mapping.usageLocation) return { value: mapping.usageLocation, source: 'mapping' };
  return { value: tenant.defaultUsageLocation, source: 'default' };
}

/** Of the account's licences that make a mailbox, one that does not because its subscription is suspended; null: another one does. */
function suspendedLicence(account: Account, skus: readonly SubscribedSku[]): string | null {
  const making = skus.filter((sku) =>
    account.licences.some(({ skuId, disabledPlans }) => skuId === sku.skuId && makesMailbox(sku, disabledPlans)),
  );
  return making.some(isAssignable) ? null : (making[0]?.skuPartNumber ?? null);
}

/** The first licence that is on the account but does not work; mapped licences only. */
function brokenLicence(observation: Observation, tenant: Tenant, account: Account) {
  const wanted = observation.mapping ? resolveMapping(observation.mapping, tenant.skus) : null;
  const wantedIds = wanted?.kind === 'ok' ? wanted.licences.map((licence) => licence.skuId) : [];
  return account.licences.find((licence) => licence.error !== null && wantedIds.includes(licence.skuId));
}

function classifyBroken(
  observation: Observation,
  tenant: Tenant,
  account: Account,
  { skuId, groupId, error }: AssignedLicence,
): Situation {
  const sku = tenant.skus.find((one) => one.skuId === skuId);
  const hasSeat = sku !== undefined && freeSeats(sku) > 0;
  const licence = sku ? licenceName(sku.skuPartNumber) : 'The licence';
  const { choice, unknownSince, state, reason } = observation.person;
  const wasTold = state === 'needs_attention' && reason === 'seat_not_taken';
  if (error === 'CountViolation' && hasSeat) {
    if (groupId !== null && choice !== 'assign_directly')
      return { kind: 'group_licence_failed', account, licence, groupId };
    // Assigning it again takes a seat by now. Where that is not seen on the account, a human is told, once.
    if ((unknownSince === null && !wasTold) || groupId !== null) return readyToLicense(observation, tenant, account);
  }
  return { kind: 'licence_error', account, error: error ?? '', licence, hasSeat, groupId };
}

/** Why an open mailbox has no licence, where a group was to give it and can be asked to again; null: it is not that. */
function failedGroupLicence(observation: Observation, tenant: Tenant, account: Account): Situation | null {
  const broken = brokenLicence(observation, tenant, account);
  if (!broken || broken.groupId === null) return null;
  const situation = classifyBroken(observation, tenant, account, broken);
  const isWaiting = situation.kind === 'licence_error' && situation.error === 'CountViolation';
  return isWaiting ? null : situation;
}

/** Asked about another licence, or told by an operator what to do about it; null: nothing differs. */
function classifyDifference(observation: Observation, tenant: Tenant, account: Account): Situation | null {
  const { person, mapping } = observation;
  // Nobody can say what the new type is to have. An empty cell says nothing new.
  if (!mapping && person.employeeType.trim() !== '' && hasOtherType(person))
    return { kind: 'type_unmapped', account, typeBefore: person.licensedAsType };
  const resolved = mapping ? resolveMapping(mapping, tenant.skus) : null;
  const difference = licenceDifference(person, account, resolved, tenant.skus);
  if (difference === null) return null;
  // One of several mapped licences came otherwise: those that are missing are added.
  if (difference.kind === 'incomplete') return readyToLicense(observation, tenant, account);
  const plan = readyToLicense(observation, tenant, account, difference.removable);
  // An operator agreed to this plan and no other.
  const isAgreed = person.choice === 'replace' && !isClosed(person.state);
  if (plan.kind !== 'ready' || (isAgreed && planKey(plan) === (person.heldPlan ?? planKey(plan)))) return plan;
  const typeBefore = hasOtherType(person) ? person.licensedAsType : null;
  return { kind: 'licence_differs', account, typeBefore, held: licenceNames(difference.held), plan };
}

/**
 * The licence fails because of the present usage location and an operator set another: the location is written and the licence
 * assigned again.
 */
function isFixedByLocation({ error }: AssignedLicence, person: Person, account: Account): boolean {
  const isOther = person.usageLocation !== null && person.usageLocation !== account.usageLocation?.toUpperCase();
  return error === 'ProhibitedInUsageLocationViolation' && person.locationSetBy !== null && isOther;
}

/** Ends of domains that exist only inside an organisation: nobody can verify them. */
const INTERNAL_DOMAIN = /\.(local|localdomain|lan|internal|intern|intranet|intra|corp|private|home|invalid)$/;

function classifyAbsent(observation: Observation, tenant: Tenant): Situation {
  const domain = domainOf(observation.person.userPrincipalName);
  const isKnown = tenant.verifiedDomains.length > 0;
  if (isKnown ? !tenant.verifiedDomains.includes(domain) : INTERNAL_DOMAIN.test(domain))
    return { kind: 'domain_not_verified', domain };
  if (hasNoType(observation)) return { kind: 'type_missing' };
  return { kind: 'account_missing', due: dueDate(observation, tenant) };
}

/** Mailboxes of the other kinds belong to no person, and need no licence. */
export function isPersonalMailbox(purpose: string): boolean {
  return !['shared', 'room', 'equipment'].includes(purpose);
}

/** Asked before anything is done for the person; an operator may have said that it is this person all the same. */
function isNameTaken({ person, lookup }: Observation, account: Account, wasDone: boolean): boolean {
  if (wasDone || person.licensedAt !== null || person.licenseAnywayBy !== null || lookup.kind !== 'found') return false;
  return lookup.twin !== null || !mayBeSamePerson(person.displayName, account.displayName);
}

/** Names the situation. The order matters for safety: whatever is unknown or forbids a write comes before whatever asks for one. */
export function classify(observation: Observation, tenant: Tenant): Situation {
  const { lookup, probe, person } = observation;
  if (lookup.kind === 'unknown') return { kind: 'lookup_failed', why: lookup.why };
  if (lookup.kind === 'absent') return classifyAbsent(observation, tenant);
  if (lookup.kind === 'deleted') return { ...lookup, kind: 'account_deleted' };
  if (lookup.kind === 'several') return { kind: 'several_accounts', count: lookup.accounts.length };
  const { account } = lookup;
  if (account.isGuest) return { kind: 'guest', account };
  const wasDone = isClosed(person.state) && (person.accountId === null || isSameId(person.accountId, account.id));
  if (isNameTaken(observation, account, wasDone)) return { kind: 'name_taken', account, twin: lookup.twin };
  if (!probe) return { kind: 'mailbox_unknown', account, why: silence('notAsked') };

  const mailbox = mailboxState(account, probe, tenant.skus);
  if (mailbox === 'unknown')
    return { kind: 'mailbox_unknown', account, why: probe.kind === 'unknown' ? probe.why : silence('none') };
  if (mailbox === 'denied')
    return { kind: 'mailbox_denied', account, why: probe.kind === 'denied' ? probe.why : 'status 403' };
  const licensed = hasMailboxPlan(account, tenant.skus);
  const isPersonal = probe.kind !== 'answers' || isPersonalMailbox(probe.purpose);
  const hasMailbox = mailbox === 'open' || mailbox === 'opening';
  const difference = licensed && hasMailbox && isPersonal ? classifyDifference(observation, tenant, account) : null;
  if (difference) return difference;
  if (wasDone && licensed && (mailbox === 'open' || mailbox === 'opening')) return { kind: 'still_holds', account };
  // A click licenses what is never licensed by itself.
  const isAsked = person.licenseAnywayBy !== null && !isClosed(person.state) && person.licensedAt === null;
  if (probe.kind === 'answers') {
    const isUnlicensed = !licensed && isPersonal;
    if (isUnlicensed && isAsked) return readyToLicense(observation, tenant, account);
    const failed = isUnlicensed ? failedGroupLicence(observation, tenant, account) : null;
    return failed ?? { kind: 'mailbox_open', account, licensed, purpose: probe.purpose };
  }
  if (mailbox === 'on_premises') return { kind: 'mailbox_on_premises', account, certain: true };

  const broken = brokenLicence(observation, tenant, account);
  if (broken && !isFixedByLocation(broken, person, account))
    return classifyBroken(observation, tenant, account, broken);
  const again = mailbox === 'opening' ? reassignment(person, account, tenant) : null;
  if (again && person.choice === 'reassign') return again;
  const suspended = mailbox === 'opening' ? suspendedLicence(account, tenant.skus) : null;
  if (suspended !== null)
    return { kind: 'mapping_unusable', account, problem: { kind: 'sku_suspended', skuPartNumber: suspended } };
  if (mailbox === 'opening')
    return {
      kind: 'mailbox_opening',
      account,
      through: throughGroupOnly(account) ? 'group' : 'direct',
      licences: assignedLicenceNames(account, tenant.skus),
      reassignment: again,
    };
  // It was taken off to be put on again.
  if (person.choice === 'reassign' && person.reassignedAt !== null) return readyToLicense(observation, tenant, account);
  if (wasDone || (person.state === 'awaiting_mailbox' && person.licensedAt !== null))
    return { kind: 'licence_gone', account };

  const conflict = addressConflict(account);
  if (conflict !== null) return { kind: 'proxy_address_conflict', account, value: conflict };
  if (mailbox === 'maybe_on_premises' && asksAboutAddress(observation, tenant))
    return { kind: 'mailbox_on_premises', account, certain: false };
  return readyToLicense(observation, tenant, account);
}
