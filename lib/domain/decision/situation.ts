/** Compares person, account, mailbox, mapping and tenant, and names the situation. What to do about it is not decided here. */

import {
  type Account,
  hasMailboxPlan,
  isOfAnother,
  isSameId,
  type MailboxProbe,
  mailboxState,
} from '#lib/domain/account.ts';
import { licenceName, licenceNames, resolveMapping, type SubscribedSku } from '#lib/domain/licences/mapping.ts';
import { planKey } from '#lib/domain/licences/plan-key.ts';
import { domainOf, type Person } from '#lib/domain/person.ts';
import { silence } from '#lib/domain/sentences/silences.ts';
import { isClosed } from '#lib/domain/states.ts';
import { mayBeSamePerson } from '#lib/domain/text/names.ts';
import type { LicenceDue } from '#lib/domain/time/start-date.ts';
import { hasOtherType, licenceDifference } from './licence-difference.ts';
import {
  brokenBesideMailbox,
  brokenLicence,
  classifyBroken,
  failedGroupLicence,
  isFixedByLocation,
  type LicenceFault,
  suspendedLicence,
  switchedOffLicence,
} from './licence-fault.ts';
import type { Observation, Tenant } from './observation.ts';
import {
  dueDate,
  hasNoType,
  type NothingToAssign,
  type ReadyToLicense,
  readyToLicense,
  reassignment,
} from './ready-to-license.ts';

export type Situation =
  | { kind: 'lookup_failed'; why: string }
  | { kind: 'account_missing'; due: LicenceDue | null }
  | { kind: 'account_deleted'; at: number | null; isUnlisted?: boolean }
  | { kind: 'domain_not_verified'; domain: string }
  /** `twin`: the account that was to have the name; null: only the names tell. `successor`: the one that has it now, about which a later row is. */
  | { kind: 'name_taken'; account: Account; twin: Account | null; successor?: Account | undefined }
  | { kind: 'several_accounts'; count: number }
  | { kind: 'guest'; account: Account }
  | { kind: 'mailbox_unknown'; account: Account; why: string }
  | { kind: 'mailbox_denied'; account: Account; why: string }
  /** Somebody who was done is verified: the account is there, and licensed. */
  | { kind: 'still_holds'; account: Account }
  | { kind: 'mailbox_open'; account: Account; licensed: boolean; purpose: string }
  /**
   * Another licence than the mapped one makes the mailbox, or of several for a new EmployeeType some are missing (`isMapped`). `typeBefore`:
   * the EmployeeType for which the person was licensed; null: the present one, or none. `plan`: what an operator may have done about it.
   */
  | {
      kind: 'licence_differs';
      account: Account;
      typeBefore: string | null;
      held: string;
      isMapped: boolean;
      plan: ReadyToLicense;
    }
  | { kind: 'mailbox_on_premises'; account: Account; certain: boolean }
  /** `reassignment`: our own licences, which can be taken off and put on again once; null: it is not possible, or was done. */
  | {
      kind: 'mailbox_opening';
      account: Account;
      through: 'direct' | 'group';
      licences: string;
      reassignment: ReadyToLicense | null;
    }
  /** `due`: from when one is due by the start date, where it was of others; null: now. */
  | { kind: 'licence_gone'; account: Account; due: LicenceDue | null }
  | { kind: 'proxy_address_conflict'; account: Account; value: string }
  | LicenceFault
  | NothingToAssign
  | ReadyToLicense;

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

/** Whether a human decides on accounts that have an address: by person, then by mapping, then by Settings. */
function asksAboutAddress({ person, mapping }: Observation, tenant: Tenant): boolean {
  if (person.licenseAnywayBy !== null) return false;
  return !(mapping?.licenseAccountsWithAddress ?? tenant.licenseAccountsWithAddress);
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
  // One of several mapped licences was there before: those that are missing are added.
  if (difference.kind === 'incomplete') return readyToLicense(observation, tenant, account);
  const plan = readyToLicense(observation, tenant, account, difference.removable);
  // An operator agreed to this plan and no other.
  const isAgreed = person.choice === 'replace' && !isClosed(person.state);
  if (plan.kind !== 'ready' || (isAgreed && planKey(plan) === (person.heldPlan ?? planKey(plan)))) return plan;
  const typeBefore = hasOtherType(person) ? person.licensedAsType : null;
  const { isMapped } = difference;
  return { kind: 'licence_differs', account, typeBefore, held: licenceNames(difference.held), isMapped, plan };
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
  if (wasDone || person.licenseAnywayBy !== null || lookup.kind !== 'found') return false;
  if (lookup.successor) return true;
  if (person.licensedAt !== null) return false;
  return lookup.twin !== null || !mayBeSamePerson(person.displayName, account.displayName);
}

/** The mailbox answers. */
function classifyAnswering(
  observation: Observation,
  tenant: Tenant,
  account: Account,
  { purpose, licensed }: { purpose: string; licensed: boolean },
): Situation {
  const { person } = observation;
  const isUnlicensed = !licensed && isPersonalMailbox(purpose);
  // A click licenses what is never licensed by itself.
  const isAsked = person.licenseAnywayBy !== null && !isClosed(person.state) && person.licensedAt === null;
  if (isUnlicensed && isAsked) return readyToLicense(observation, tenant, account);
  // Of several mapped licences the one that makes the mailbox works: that another one does not is told as well.
  const broken = isPersonalMailbox(purpose) ? brokenBesideMailbox(observation, tenant, account) : undefined;
  if (broken && person.choice !== 'keep')
    return isFixedByLocation(broken, person, account)
      ? readyToLicense(observation, tenant, account)
      : classifyBroken(observation, tenant, account, broken);
  const off = isUnlicensed ? switchedOffLicence(account, tenant.skus) : undefined;
  if (off) return classifyBroken(observation, tenant, account, off);
  const failed = isUnlicensed ? failedGroupLicence(observation, tenant, account) : null;
  return failed ?? { kind: 'mailbox_open', account, licensed, purpose };
}

/** A licence with a mailbox is on the account, and works. */
function classifyOpening({ person }: Observation, tenant: Tenant, account: Account): Situation {
  const again = reassignment(person, account, tenant);
  if (again && person.choice === 'reassign') return again;
  const suspended = suspendedLicence(account, tenant.skus);
  if (suspended !== null)
    return { kind: 'mapping_unusable', account, problem: { kind: 'sku_suspended', skuPartNumber: suspended } };
  return {
    kind: 'mailbox_opening',
    account,
    through: throughGroupOnly(account) ? 'group' : 'direct',
    licences: assignedLicenceNames(account, tenant.skus),
    reassignment: again,
  };
}

/** This account had a licence, ours or of others, and nobody has asked for it again: whoever is asked about something else has not either. */
function wasLicensed(person: Person, account: Account): boolean {
  if (isOfAnother(person, account)) return false;
  const isAsked =
    person.state === 'needs_attention' && (person.licensedAt !== null || person.reason === 'mailbox_late');
  return person.state === 'awaiting_mailbox' || isAsked;
}

/** No licence with a mailbox is on the account. */
function classifyUnlicensed(
  observation: Observation,
  tenant: Tenant,
  account: Account,
  { wasDone, hasAddress }: { wasDone: boolean; hasAddress: boolean },
): Situation {
  const { person } = observation;
  // It was taken off to be put on again.
  if (person.choice === 'reassign' && person.reassignedAt !== null) return readyToLicense(observation, tenant, account);
  if (wasDone || wasLicensed(person, account)) {
    const off = switchedOffLicence(account, tenant.skus);
    if (off) return classifyBroken(observation, tenant, account, off);
    const plan = readyToLicense(observation, tenant, account);
    const due = wasDone || person.licensedAt !== null ? null : dueDate(observation, tenant);
    return plan.kind === 'mailbox_plan_off' ? plan : { kind: 'licence_gone', account, due };
  }
  const conflict = addressConflict(account);
  if (conflict !== null) return { kind: 'proxy_address_conflict', account, value: conflict };
  if (hasAddress && asksAboutAddress(observation, tenant))
    return { kind: 'mailbox_on_premises', account, certain: false };
  return readyToLicense(observation, tenant, account);
}

/** It is known which account is meant, and what its mailbox answered. */
function classifyAccount(
  observation: Observation,
  tenant: Tenant,
  account: Account,
  { probe, wasDone }: { probe: MailboxProbe; wasDone: boolean },
): Situation {
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
  // Where a subscription ends, everybody's licence is switched off: that is no matter of whoever was done long before.
  const isOff = !licensed && switchedOffLicence(account, tenant.skus) !== undefined;
  if (wasDone && ((isOff && !hasOtherType(observation.person)) || (licensed && hasMailbox)))
    return { kind: 'still_holds', account };
  if (probe.kind === 'answers')
    return classifyAnswering(observation, tenant, account, { purpose: probe.purpose, licensed });
  if (mailbox === 'on_premises') return { kind: 'mailbox_on_premises', account, certain: true };
  const broken = brokenLicence(observation, tenant, account);
  if (broken && !isFixedByLocation(broken, observation.person, account))
    return classifyBroken(observation, tenant, account, broken);
  if (mailbox === 'opening') return classifyOpening(observation, tenant, account);
  return classifyUnlicensed(observation, tenant, account, { wasDone, hasAddress: mailbox === 'maybe_on_premises' });
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
  if (isNameTaken(observation, account, wasDone)) {
    const { twin, successor } = lookup;
    return { kind: 'name_taken', account, twin, successor };
  }
  if (!probe) return { kind: 'mailbox_unknown', account, why: silence('notAsked') };
  return classifyAccount(observation, tenant, account, { probe, wasDone });
}
