/** A licence that is on the account and does not work: what is wrong with it, and what mends it. Pure. */
import { type Account, type AssignedLicence, SWITCHED_OFF } from '#lib/domain/account.ts';
import {
  freeSeats,
  isAssignable,
  licenceName,
  makesMailbox,
  resolveMapping,
  type SubscribedSku,
} from '#lib/domain/licences/mapping.ts';
import type { Person } from '#lib/domain/person.ts';
import type { Observation, Tenant } from './observation.ts';
import { type NothingToAssign, type ReadyToLicense, readyToLicense } from './ready-to-license.ts';

export type LicenceFault =
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
  | { kind: 'group_licence_failed'; account: Account; licence: string; groupId: string };

/** What is wrong, or what mends it. */
type Finding = LicenceFault | ReadyToLicense | NothingToAssign;

/** Of the account's licences that make a mailbox, one that does not because its subscription is suspended; null: another one does. */
export function suspendedLicence(account: Account, skus: readonly SubscribedSku[]): string | null {
  const making = skus.filter((sku) =>
    account.licences.some(({ skuId, disabledPlans }) => skuId === sku.skuId && makesMailbox(sku, disabledPlans)),
  );
  return making.some(isAssignable) ? null : (making[0]?.skuPartNumber ?? null);
}

/** The first licence with a mailbox that is switched off; it decides only where no other one works. */
export function switchedOffLicence(account: Account, skus: readonly SubscribedSku[]): AssignedLicence | undefined {
  return account.licences.find(({ skuId, error, disabledPlans }) => {
    const sku = error === SWITCHED_OFF ? skus.find((one) => one.skuId === skuId) : undefined;
    return sku !== undefined && makesMailbox(sku, disabledPlans);
  });
}

/** The first licence that is on the account but does not work; mapped licences only. */
export function brokenLicence(observation: Observation, tenant: Tenant, account: Account) {
  const wanted = observation.mapping ? resolveMapping(observation.mapping, tenant.skus) : null;
  const wantedIds = wanted?.kind === 'ok' ? wanted.licences.map((licence) => licence.skuId) : [];
  return account.licences.find((licence) => licence.error !== null && wantedIds.includes(licence.skuId));
}

/** The same, where another mapped licence works and makes the mailbox. */
export function brokenBesideMailbox(observation: Observation, tenant: Tenant, account: Account) {
  const wanted = observation.mapping ? resolveMapping(observation.mapping, tenant.skus) : null;
  const works = (id: string) => account.licences.some(({ skuId, error }) => skuId === id && error === null);
  const hasMailbox = wanted?.kind === 'ok' && wanted.licences.some((one) => one.makesMailbox && works(one.skuId));
  return hasMailbox ? brokenLicence(observation, tenant, account) : undefined;
}

/**
 * The licence fails because of the present usage location and an operator set another: the location is written and the licence
 * assigned again.
 */
export function isFixedByLocation({ error }: AssignedLicence, person: Person, account: Account): boolean {
  const isOther = person.usageLocation !== null && person.usageLocation !== account.usageLocation?.toUpperCase();
  return error === 'ProhibitedInUsageLocationViolation' && person.locationSetBy !== null && isOther;
}

export function classifyBroken(
  observation: Observation,
  tenant: Tenant,
  account: Account,
  { skuId, groupId, error }: AssignedLicence,
): Finding {
  const sku = tenant.skus.find((one) => one.skuId === skuId);
  const hasSeat = sku !== undefined && freeSeats(sku) > 0;
  const licence = sku ? licenceName(sku.skuPartNumber) : 'The licence';
  const { choice, unknownSince, state, reason } = observation.person;
  // It is not tried again by itself once its cause is mended: whoever retries has it assigned again.
  if (groupId === null && state === 'queued' && reason === 'retried')
    return readyToLicense(observation, tenant, account);
  if (error === SWITCHED_OFF && sku && !isAssignable(sku))
    return { kind: 'mapping_unusable', account, problem: { kind: 'sku_suspended', skuPartNumber: sku.skuPartNumber } };
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
export function failedGroupLicence(observation: Observation, tenant: Tenant, account: Account): Finding | null {
  const broken = brokenLicence(observation, tenant, account);
  if (!broken || broken.groupId === null) return null;
  const situation = classifyBroken(observation, tenant, account, broken);
  const isWaiting = situation.kind === 'licence_error' && situation.error === 'CountViolation';
  return isWaiting ? null : situation;
}
