/** Plants each cause for which somebody has no mailbox in a demo tenant, alone or together with another one. */
import type { Behaviour } from '#lib/demo/tenant/behaviour.ts';
import { demoSku, planIdOf, type SkuPartNumber } from '#lib/demo/tenant/skus.ts';
import type { Seed, UserSeed } from '#lib/demo/tenant/tenant.ts';
import { guidOf } from '#lib/demo/tenant/users.ts';
import type { CauseCode } from '#lib/domain/diagnosis/causes.ts';
import { EXPLAINED_BY } from '#lib/domain/diagnosis/rules.ts';

const DAY = 24 * 3_600_000;
const GROUP = guidOf('a group');

/** A licence of its own for each cause, so that two can be on one account. */
const like = (name: string, model: SkuPartNumber, seats: number, capabilityStatus = 'Enabled') => ({
  ...demoSku(model, seats),
  skuId: guidOf(name),
  skuPartNumber: name,
  capabilityStatus,
});

const SKUS = [
  like('WORKING', 'EXCHANGESTANDARD', 10_000),
  like('FULL', 'EXCHANGEDESKLESS', 0),
  like('OF_GROUP', 'EXCHANGESTANDARD', 10_000),
  like('NOT_THERE', 'EXCHANGESTANDARD', 10_000),
  like('CONFLICTING', 'EXCHANGESTANDARD', 10_000),
  like('SUSPENDED', 'ENTERPRISEPACK', 10_000, 'Suspended'),
  like('PLAN_OFF', 'EXCHANGESTANDARD', 10_000),
  like('NO_MAILBOX', 'M365_F1', 10_000),
];

export const causesSeed = (): Seed => ({ users: [], skus: structuredClone(SKUS) });

/** Everything that a diagnosis may read, the optional permissions too. */
export const CAUSES_BEHAVIOUR: Partial<Behaviour> = {
  permissions: [
    'User.ReadWrite.All',
    'LicenseAssignment.Read.All',
    'MailboxSettings.Read',
    'Organization.Read.All',
    'ServiceHealth.Read.All',
  ],
};

interface Plant {
  /** Whom it can happen to: nobody is there, an account without or with a plan with a mailbox, or any account. */
  whom: 'absent' | 'unlicensed' | 'licensed' | 'any';
  user?: (upn: string) => Partial<UserSeed>;
  others?: (upn: string) => UserSeed[];
  behaviour?: Partial<Behaviour>;
  domain?: string;
}

const licence = (name: string, change: object = {}) => ({
  licences: [
    { skuId: guidOf(name), disabledPlans: [], byGroup: null, error: null, at: Date.now() - 3 * DAY, ...change },
  ],
});

const PLANTS: Record<CauseCode, Plant> = {
  account_deleted: {
    whom: 'absent',
    others: (upn) => [{ userPrincipalName: upn, id: guidOf(`was ${upn}`), deletedAt: Date.now() - 2 * DAY }],
  },
  name_taken: {
    whom: 'any',
    others: (upn) => [{ userPrincipalName: `twin.${upn}`, onPremisesUserPrincipalName: upn }],
  },
  domain_not_verified: { whom: 'absent', domain: 'contoso.local' },
  other_name: {
    whom: 'absent',
    others: (upn) => [{ userPrincipalName: `other.${upn}`, proxyAddresses: [`smtp:${upn}`] }],
  },
  synchronisation_stopped: { whom: 'absent', behaviour: { lastSyncAt: Date.now() - 2 * DAY } },
  not_synchronised: { whom: 'absent' },
  account_is_guest: { whom: 'any', user: () => ({ userType: 'Guest' }) },
  address_conflict: {
    whom: 'any',
    user: (upn) => ({ conflictingAddress: `SMTP:x.${upn}` }),
    others: (upn) => [{ userPrincipalName: `holder.${upn}`, proxyAddresses: [`SMTP:x.${upn}`] }],
  },
  before_start: { whom: 'unlicensed', user: () => ({ hireAt: Date.now() + 30 * DAY }) },
  account_disabled: { whom: 'unlicensed', user: () => ({ accountEnabled: false }) },
  no_seat: { whom: 'unlicensed', user: () => licence('FULL', { byGroup: GROUP, error: 'CountViolation' }) },
  group_licence_failed: {
    whom: 'unlicensed',
    user: () => licence('OF_GROUP', { byGroup: GROUP, error: 'CountViolation' }),
  },
  usage_location: {
    whom: 'unlicensed',
    user: () => ({ ...licence('NOT_THERE', { error: 'ProhibitedInUsageLocationViolation' }), usageLocation: 'CU' }),
  },
  licence_conflict: { whom: 'unlicensed', user: () => licence('CONFLICTING', { error: 'MutuallyExclusiveViolation' }) },
  licence_suspended: { whom: 'unlicensed', user: () => licence('SUSPENDED') },
  mailbox_plan_off: {
    whom: 'unlicensed',
    user: () => licence('PLAN_OFF', { disabledPlans: [planIdOf('EXCHANGE_S_STANDARD')] }),
  },
  licence_without_mailbox: { whom: 'unlicensed', user: () => licence('NO_MAILBOX') },
  no_licence: { whom: 'unlicensed' },
  exchange_error: {
    whom: 'licensed',
    user: () => ({ ...licence('WORKING'), exchangeError: 'The alias is taken.' }),
  },
  mailbox_on_premises: { whom: 'licensed', user: () => ({ ...licence('WORKING'), mailbox: 'on_premises' }) },
  deleted_holds_address: {
    whom: 'any',
    others: (upn) => [
      { userPrincipalName: `gone.${upn}`, mail: upn, id: guidOf(`gone ${upn}`), deletedAt: Date.now() - 2 * DAY },
    ],
  },
  mailbox_of_nobody: { whom: 'unlicensed', user: () => ({ mailboxIsOpen: true, purpose: 'shared', mailbox: 'cloud' }) },
  service_incident: { whom: 'licensed', behaviour: { exchangeHealth: 'serviceInterruption' } },
  exchange_not_started: { whom: 'licensed' },
  mailbox_opening: { whom: 'licensed', user: () => licence('WORKING', { at: Date.now() - 600_000 }) },
};

/** All but the one that only our own records tell. */
export const CAUSE_CODES = (Object.keys(PLANTS) as CauseCode[]).filter((code) => code !== 'account_disabled');

/** Where one is but the consequence of the other, or both cannot be, there is no pair. */
const CONTRADICTIONS: readonly (readonly CauseCode[])[] = [
  ['exchange_not_started', 'mailbox_opening'],
  // Exchange Online has the day that Microsoft allows, wherever the mailbox may be.
  ['mailbox_on_premises', 'mailbox_opening'],
];

/** Planted so that they are but likely, what they would explain is told as well. */
const ONLY_LIKELY: readonly CauseCode[] = [
  'account_deleted',
  'other_name',
  'synchronisation_stopped',
  'before_start',
  'deleted_holds_address',
  'mailbox_on_premises',
  'service_incident',
];

const explains = (one: CauseCode, other: CauseCode) => EXPLAINED_BY[other]?.includes(one) && !ONLY_LIKELY.includes(one);

function goTogether(one: CauseCode, other: CauseCode): boolean {
  const [a, b] = [PLANTS[one].whom, PLANTS[other].whom];
  // Whoever has no licence at all yet has none that fails either.
  const isBare = (code: CauseCode) => code === 'before_start' || code === 'no_licence';
  const bothUnlicensed = a === 'unlicensed' && b === 'unlicensed';
  if (explains(one, other) || explains(other, one)) return false;
  if (bothUnlicensed && (isBare(one) || isBare(other))) return false;
  if (CONTRADICTIONS.some((pair) => pair.includes(one) && pair.includes(other))) return false;
  return a === b || (a === 'any' && b !== 'absent') || (b === 'any' && a !== 'absent');
}

export const CAUSE_PAIRS = CAUSE_CODES.flatMap((one, index) =>
  CAUSE_CODES.slice(index + 1).flatMap((other): [CauseCode, CauseCode][] =>
    goTogether(one, other) ? [[one, other]] : [],
  ),
);

/** Who is to be planted, and how the tenant behaves meanwhile. */
export function plantCauses(codes: readonly CauseCode[]): {
  userPrincipalName: string;
  users: UserSeed[];
  behaviour: Partial<Behaviour>;
} {
  const plants = codes.map((code) => PLANTS[code]);
  const domain = plants.find((plant) => plant.domain)?.domain ?? 'contoso.example';
  const upn = `${codes.join('.').replaceAll('_', '-')}@${domain}`;
  const isThere = plants.every(({ whom }) => whom !== 'absent');
  const isLicensed = plants.some(({ whom }) => whom === 'licensed') || codes.join() === 'deleted_holds_address';
  const changes = plants.map(({ user }) => user?.(upn) ?? {});
  const licences = changes.flatMap((change) => change.licences ?? []);
  const usual = isLicensed ? licence('WORKING').licences : [];
  const unique = [...new Map([...usual, ...licences].map((one) => [one.skuId, one])).values()];
  const account: UserSeed = {
    userPrincipalName: upn,
    usageLocation: 'US',
    mailbox: 'never',
    proxyAddresses: [`SMTP:${upn}`],
    ...Object.assign({}, ...changes),
    licences: unique,
  };
  return {
    userPrincipalName: upn,
    users: [...(isThere ? [account] : []), ...plants.flatMap(({ others }) => others?.(upn) ?? [])],
    behaviour: Object.assign(
      { lastSyncAt: null, exchangeHealth: 'serviceOperational' },
      ...plants.map((plant) => plant.behaviour),
    ),
  };
}
