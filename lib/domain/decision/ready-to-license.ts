/** Which licences a person is to get, when, and where to; or what is missing for that. Pure. */
import { type Account, hasMailboxPlan } from '#lib/domain/account.ts';
import {
  type LicenceToAdd,
  type LicenceToRemove,
  type Mapping,
  makesMailbox,
  type ResolvedMapping,
  resolveMapping,
} from '#lib/domain/licences/mapping.ts';
import type { Person } from '#lib/domain/person.ts';
import { isClosed } from '#lib/domain/states.ts';
import { type LicenceDue, licenceDue } from '#lib/domain/time/start-date.ts';
import { givenOf } from './licence-difference.ts';
import type { Observation, Tenant } from './observation.ts';

export type LocationSource = 'operator' | 'row' | 'mapping' | 'default';

export interface ReadyToLicense {
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

/** Nothing can be assigned. */
export type NothingToAssign =
  /** Nobody can choose a licence, whether there is an account yet or not. */
  | { kind: 'type_missing' }
  /** `typeBefore`: the EmployeeType for which the person was licensed; null: not licensed, or for none. */
  | { kind: 'type_unmapped'; account: Account; typeBefore: string | null }
  | { kind: 'mapping_unusable'; account: Account; problem: Exclude<ResolvedMapping, { kind: 'ok' }> }
  | { kind: 'mailbox_plan_off'; account: Account; skuPartNumber: string };

export function hasNoType({ person, mapping }: Observation): boolean {
  return mapping === null && person.employeeType.trim() === '';
}

/** An operator's "License now", or another answer of an operator, goes before every wait. */
export function dueDate({ person, mapping }: Observation, { start }: Tenant): LicenceDue | null {
  if (person.licenseNowBy !== null || person.choice !== null) return null;
  return licenceDue(person.startDate, mapping?.leadTime ?? start.leadTime, start);
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

export function readyToLicense(
  observation: Observation,
  tenant: Tenant,
  account: Account,
  removeLicenses: LicenceToRemove[] = [],
): ReadyToLicense | NothingToAssign {
  const { person, mapping } = observation;
  if (hasNoType(observation)) return { kind: 'type_missing' };
  if (!mapping) return { kind: 'type_unmapped', account, typeBefore: null };
  const resolved = resolveMapping(mapping, tenant.skus);
  if (resolved.kind !== 'ok') return { kind: 'mapping_unusable', account, problem: resolved };
  const held = new Set(account.licences.filter(({ error }) => error === null).map(({ skuId }) => skuId));
  const missing = resolved.licences.filter((licence) => !held.has(licence.skuId));
  const addLicenses = missing.map(({ skuId, skuPartNumber, disabledPlans }) => ({
    skuId,
    skuPartNumber,
    disabledPlans,
  }));
  // What is there already would have to make the mailbox, and does not: the others alone lead to none.
  const off = resolved.licences.find((licence) => licence.makesMailbox && held.has(licence.skuId));
  const makesOne = missing.some((licence) => licence.makesMailbox) || hasMailboxPlan(account, tenant.skus);
  if (off && (!makesOne || missing.length === 0))
    return { kind: 'mailbox_plan_off', account, skuPartNumber: off.skuPartNumber };
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
export function reassignment(person: Person, account: Account, tenant: Tenant): ReadyToLicense | null {
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
