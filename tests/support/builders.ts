/** Small builders for pure tests: an ordinary case, changed where the test says so. */
import { skuIdOf } from '#lib/demo/tenant/skus.ts';
import type { Account, AccountLookup, AssignedLicence, MailboxProbe } from '#lib/domain/account.ts';
import type { Observation, Tenant } from '#lib/domain/decision/observation.ts';
import { USUAL_WAITING_TIMES } from '#lib/domain/decision/waiting-times.ts';
import type { Mapping, SubscribedSku } from '#lib/domain/licences/mapping.ts';
import { PLAN_IDS } from '#lib/domain/licences/service-plans.ts';
import type { Person } from '#lib/domain/person.ts';

export const PLAN_1 = skuIdOf('EXCHANGESTANDARD');
export const KIOSK = skuIdOf('EXCHANGEDESKLESS');
export const { EXCHANGE_S_STANDARD, EXCHANGE_S_FOUNDATION } = PLAN_IDS;
export const NOW = Date.UTC(2026, 10, 22, 12);

export function person(change: Partial<Person> = {}): Person {
  return {
    id: 1,
    userPrincipalName: 'ada@contoso.example',
    displayName: 'Ada',
    employeeType: 'E',
    usageLocation: null,
    locationSetBy: null,
    startDate: null,
    licenseNowBy: null,
    licenseAnywayBy: null,
    state: 'queued',
    reason: 'queued',
    message: '',
    said: null,
    revision: 0,
    firstSeenAt: NOW - 60_000,
    stateSince: NOW - 60_000,
    licensedAt: null,
    accountId: null,
    mailboxChecks: 0,
    lastCheckAt: null,
    approvedAt: null,
    approvedBy: null,
    approvedPlan: null,
    mappingId: null,
    approvalNeededSince: null,
    licensedAsType: null,
    unknownSince: null,
    unsettledWriteAt: null,
    isWriteUnseen: false,
    sentLicences: [],
    provisioningRetriedAt: null,
    licencesReprocessedAt: null,
    givenLicences: [],
    leftAccounts: [],
    choice: null,
    choiceBy: null,
    heldPlan: null,
    reassignedAt: null,
    mailboxReadyAt: null,
    ...change,
  };
}

export function accountOf(change: Partial<Account> = {}): Account {
  return {
    id: 'a1',
    userPrincipalName: 'ada@contoso.example',
    onPremisesUserPrincipalName: 'ada@contoso.example',
    displayName: 'Ada',
    accountEnabled: true,
    isGuest: false,
    usageLocation: null,
    mail: null,
    proxyAddresses: [],
    isSynchronised: true,
    licences: [],
    enabledPlanIds: [],
    synchronisationErrors: [],
    exchangeProvisioned: false,
    exchangeErrors: [],
    ...change,
  };
}

/** A licence on an account. */
export function heldLicence(skuId: string, change: Partial<AssignedLicence> = {}): AssignedLicence {
  return { skuId, source: 'direct', groupId: null, disabledPlans: [], error: null, ...change };
}

export function sku(change: Partial<SubscribedSku> = {}): SubscribedSku {
  return {
    skuId: PLAN_1,
    skuPartNumber: 'EXCHANGESTANDARD',
    capabilityStatus: 'Enabled',
    enabledUnits: 10,
    warningUnits: 0,
    consumedUnits: 4,
    servicePlans: [{ servicePlanId: EXCHANGE_S_STANDARD, servicePlanName: 'EXCHANGE_S_STANDARD' }],
    ...change,
  };
}

export function mapping(change: Partial<Mapping> = {}): Mapping {
  return {
    id: 7,
    employeeType: 'E',
    version: 1,
    licences: [{ skuPartNumber: 'EXCHANGESTANDARD', disabledPlans: [] }],
    usageLocation: 'US',
    leadTime: null,
    licenseAccountsWithAddress: null,
    ...change,
  };
}

export function tenant(change: Partial<Tenant> = {}): Tenant {
  return {
    verifiedDomains: ['contoso.example'],
    skus: [sku()],
    defaultUsageLocation: 'GB',
    licenseAccountsWithAddress: true,
    start: { leadTime: 14, timeZone: 'UTC', usualMailboxMs: 0, waitUntilEnabled: false },
    waiting: USUAL_WAITING_TIMES,
    ...change,
  };
}

export const found = (change: Partial<Account> = {}): AccountLookup => ({
  kind: 'found',
  account: accountOf(change),
  by: 'name',
  twin: null,
});
export const silent: MailboxProbe = { kind: 'silent', code: 'MailboxNotEnabledForRESTAPI' };
export const answers: MailboxProbe = { kind: 'answers', purpose: 'user' };

/** Somebody who is ready to be licensed, changed where the test says so. */
export function observation(change: Partial<Observation> = {}): Observation {
  return { person: person(), lookup: found(), probe: silent, mapping: mapping(), ...change };
}
