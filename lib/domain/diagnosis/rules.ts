/** One question for each cause: do the facts that were read fit it? Pure. */
import { MAILBOX_PLAN_IDS } from '#lib/domain/licences/service-plans.ts';
import type { CauseCode } from './causes.ts';
import { cite, type DiagnosedAccount, type Evidence, type Facts, type Read } from './facts.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Synchronisation runs every 30 minutes unless set otherwise: after so long it has missed several times. */
const SYNC_STALE_MS = 3 * HOUR_MS;
/** What Microsoft allows for a new mailbox (graph-facts §4). */
const MAILBOX_MS = DAY_MS;

/** `conclusive`: the fact alone explains it. `likely`: it usually does. `possible`: it may, where nothing else does. */
export type Strength = 'conclusive' | 'likely' | 'possible';

export type Answer =
  | { kind: 'fits'; strength: Strength; evidence: readonly [Evidence, ...Evidence[]] }
  | { kind: 'ruled_out' }
  /** A fact that decides was not read. */
  | { kind: 'open' };

const RULED_OUT: Answer = { kind: 'ruled_out' };
const OPEN: Answer = { kind: 'open' };

function fits(strength: Strength, ...evidence: [Evidence, ...Evidence[]]): Answer {
  return { kind: 'fits', strength, evidence };
}

const utc = (ms: number) => `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

type Rule = (facts: Facts) => Answer;
type Account = Read<'account'> & { value: DiagnosedAccount };

/** A question about somebody without an account. */
function withoutAccount(rule: (facts: Facts, account: Read<'account'>) => Answer): Rule {
  return (facts) => {
    const { account } = facts;
    if (account.kind === 'not_read') return OPEN;
    return account.value === null ? rule(facts, account) : RULED_OUT;
  };
}

/** A question about an account that is there. */
function ofAccount(rule: (facts: Facts, account: Account) => Answer): Rule {
  return (facts) => {
    const { account } = facts;
    if (account.kind === 'not_read') return OPEN;
    return account.value === null ? RULED_OUT : rule(facts, { ...account, value: account.value });
  };
}

/** A licence of the tenant; null: not known. */
function skuOf({ skus }: Facts, skuId: string) {
  return skus.kind === 'read' ? (skus.value.find((sku) => sku.skuId === skuId) ?? null) : null;
}

const isMailboxPlan = ({ servicePlanId }: { servicePlanId: string }) => MAILBOX_PLAN_IDS.has(servicePlanId);

/** The plan with a mailbox that works. `assignedPlans` follow a new licence with a delay, so the licence itself counts as well. */
function enabledPlan(facts: Facts, { assignedPlans, licences }: DiagnosedAccount): { at: number | null } | null {
  const plans = assignedPlans.filter(isMailboxPlan);
  const enabled = plans.find(({ status }) => status === 'Enabled');
  if (enabled || plans.length > 0) return enabled ?? null;
  const working = licences.find(
    ({ skuId, error, disabledPlans }) =>
      error === null && skuOf(facts, skuId)?.mailboxPlanIds.some((plan) => !disabledPlans.includes(plan)),
  );
  return working ?? null;
}

/** A question about an account on which no plan with a mailbox works. */
const unlicensed = (rule: (facts: Facts, account: Account) => Answer): Rule =>
  ofAccount((facts, account) => (enabledPlan(facts, account.value) ? RULED_OUT : rule(facts, account)));

type Plan = NonNullable<ReturnType<typeof enabledPlan>>;

/** A question about an account on which a plan with a mailbox works. */
const licensed = (rule: (facts: Facts, account: Account, plan: Plan) => Answer): Rule =>
  ofAccount((facts, account) => {
    const plan = enabledPlan(facts, account.value);
    return plan ? rule(facts, account, plan) : RULED_OUT;
  });

function citePlan(account: Account, { at }: Plan): Evidence {
  const since = at === null ? '' : ` since ${utc(at)}`;
  return cite(account, 'assignedPlans', `A plan with a mailbox is Enabled${since}.`);
}

function citeAbsent(account: Read<'account'>, { userPrincipalName }: Facts): Evidence {
  return cite(account, 'userPrincipalName', `No account is called ${userPrincipalName}.`);
}

function citeSilence(mailbox: Read<'mailbox'>): Evidence {
  return cite(mailbox, 'mailboxSettings', `No mailbox answers (${mailbox.value.code || '404'}).`);
}

const nameOf = ({ displayName, userPrincipalName }: { displayName: string; userPrincipalName: string }) =>
  `${displayName} (${userPrincipalName})`;

const domainOf = (upn: string) => upn.split('@').at(-1)?.toLowerCase() ?? '';

function isUnverified({ organisation, userPrincipalName }: Facts): boolean {
  if (organisation.kind === 'not_read') return false;
  const { verifiedDomains } = organisation.value;
  return verifiedDomains.length > 0 && !verifiedDomains.includes(domainOf(userPrincipalName));
}

const accountDeleted = withoutAccount(({ deleted }) => {
  if (deleted.kind === 'not_read') return OPEN;
  const [one] = deleted.value;
  if (!one) return RULED_OUT;
  const when = one.deletedAt === null ? '' : `, deleted ${utc(one.deletedAt)}`;
  return fits('conclusive', cite(deleted, 'deletedItems', `${one.displayName} is among the deleted users${when}.`));
});

const otherName = withoutAccount((facts, account) => {
  const { namesakes, addressHolders } = facts;
  if (isUnverified(facts)) return RULED_OUT;
  const [called] = namesakes.kind === 'read' ? namesakes.value : [];
  if (namesakes.kind === 'read' && called) {
    const says = `${called.userPrincipalName} has this name in Active Directory.`;
    return fits('conclusive', cite(namesakes, 'onPremisesUserPrincipalName', says));
  }
  const [holder] = addressHolders.kind === 'read' ? addressHolders.value : [];
  if (addressHolders.kind === 'read' && holder) {
    const says = `${nameOf(holder)} has the address ${holder.address}.`;
    return fits('likely', cite(addressHolders, 'proxyAddresses', says), citeAbsent(account, facts));
  }
  return namesakes.kind === 'not_read' || addressHolders.kind === 'not_read' ? OPEN : RULED_OUT;
});

const domainNotVerified = withoutAccount((facts, account) => {
  const { organisation, userPrincipalName } = facts;
  if (organisation.kind === 'not_read') return OPEN;
  if (!isUnverified(facts)) return RULED_OUT;
  const says = `${domainOf(userPrincipalName)} is not among the verified domains: ${organisation.value.verifiedDomains.join(', ')}.`;
  return fits('conclusive', cite(organisation, 'verifiedDomains', says), citeAbsent(account, facts));
});

const synchronisationStopped = withoutAccount((facts, account) => {
  const { organisation, at } = facts;
  if (organisation.kind === 'not_read') return OPEN;
  const { isSynchronised, lastSyncAt } = organisation.value;
  if (!isSynchronised || lastSyncAt === null || at - lastSyncAt <= SYNC_STALE_MS) return RULED_OUT;
  const says = `The last synchronisation was ${utc(lastSyncAt)}, ${Math.floor((at - lastSyncAt) / HOUR_MS)} hours before.`;
  return fits('conclusive', cite(organisation, 'onPremisesLastSyncDateTime', says), citeAbsent(account, facts));
});

const notSynchronised = withoutAccount((facts, account) => {
  const { organisation } = facts;
  const absent = citeAbsent(account, facts);
  if (organisation.kind === 'not_read' || organisation.value.lastSyncAt === null) return fits('likely', absent);
  const says = `The last synchronisation was ${utc(organisation.value.lastSyncAt)}.`;
  return fits('conclusive', absent, cite(organisation, 'onPremisesLastSyncDateTime', says));
});

const accountIsGuest = ofAccount((_facts, account) =>
  account.value.isGuest ? fits('conclusive', cite(account, 'userType', 'userType is Guest.')) : RULED_OUT,
);

const beforeStart = unlicensed(({ record, at }, account) => {
  const { hireAt, accountEnabled, licences } = account.value;
  if (licences.length > 0) return RULED_OUT;
  const known = record.kind === 'read' ? record.value : null;
  if (record.kind === 'read' && known?.state === 'awaiting_start') {
    const day = known.startDate === null ? '' : ` The start date is ${known.startDate}.`;
    const enabled = cite(
      account,
      'accountEnabled',
      `The account is ${accountEnabled ? 'enabled' : 'disabled'} and has no licence.`,
    );
    return fits('conclusive', cite(record, 'startDate', `AutoProvision waits for the start.${day}`), enabled);
  }
  if (hireAt !== null && hireAt > at)
    return fits('likely', cite(account, 'employeeHireDate', `employeeHireDate is ${utc(hireAt)}.`));
  return RULED_OUT;
});

function citeState(account: Account, { groupId, error }: DiagnosedAccount['licences'][number], name: string) {
  const source = groupId === null ? 'assigned directly' : `of the group ${groupId}`;
  return cite(account, 'licenseAssignmentStates', `${name}, ${source}: ${error ?? 'Active'}.`);
}

const noSeat = unlicensed((facts, account) => {
  const { skus, record } = facts;
  const failed = account.value.licences.find(({ error }) => error === 'CountViolation');
  if (failed) {
    const sku = skuOf(facts, failed.skuId);
    if (skus.kind === 'not_read' || sku === null) return fits('likely', citeState(account, failed, failed.skuId));
    if (sku.free > 0) return RULED_OUT;
    const seats = cite(skus, 'subscribedSkus', `${sku.name}: no seat is free.`);
    return fits('conclusive', citeState(account, failed, sku.name), seats);
  }
  if (account.value.licences.length > 0 || record.kind === 'not_read' || record.value === null) return RULED_OUT;
  if (skus.kind === 'not_read') return OPEN;
  const { wantedSkus } = record.value;
  const full = skus.value.find(({ partNumber, free }) => wantedSkus.includes(partNumber) && free <= 0);
  if (!full) return RULED_OUT;
  return fits(
    'conclusive',
    cite(skus, 'subscribedSkus', `${full.name}, which the mapping asks for: no seat is free.`),
    cite(account, 'licenseAssignmentStates', 'The account has no licence.'),
  );
});

/** Errors that have a cause of their own. */
const NAMED_ERRORS = [
  'CountViolation',
  'MutuallyExclusiveViolation',
  'DependencyViolation',
  'ProhibitedInUsageLocationViolation',
  'UniquenessViolation',
];

const groupLicenceFailed = unlicensed((facts, account) => {
  const failed = account.value.licences.find((licence) => {
    if (licence.groupId === null || licence.error === null) return false;
    const free = skuOf(facts, licence.skuId)?.free ?? 0;
    return !NAMED_ERRORS.includes(licence.error) || (licence.error === 'CountViolation' && free > 0);
  });
  if (!failed) return RULED_OUT;
  const sku = skuOf(facts, failed.skuId);
  const state = citeState(account, failed, sku?.name ?? failed.skuId);
  if (facts.skus.kind === 'not_read' || sku === null) return fits('conclusive', state);
  return fits('conclusive', state, cite(facts.skus, 'subscribedSkus', `${sku.name}: ${sku.free} seats are free.`));
});

function licenceError(errors: readonly string[], account: Account, facts: Facts): Evidence | null {
  const failed = account.value.licences.find(({ error }) => error !== null && errors.includes(error));
  return failed ? citeState(account, failed, skuOf(facts, failed.skuId)?.name ?? failed.skuId) : null;
}

const usageLocation = unlicensed((facts, account) => {
  const { usageLocation: location, licences } = account.value;
  const says = location === null ? 'The account has no usage location.' : `The usage location is ${location}.`;
  const failed = licenceError(['ProhibitedInUsageLocationViolation'], account, facts);
  if (failed) return fits('conclusive', failed, cite(account, 'usageLocation', says));
  // Whoever is known here gets a location with the licence.
  const isKnown = facts.record.kind === 'read' && facts.record.value !== null;
  const isUnset = location === null && licences.length === 0 && !isKnown;
  return isUnset ? fits('possible', cite(account, 'usageLocation', says)) : RULED_OUT;
});

const licenceConflict = unlicensed((facts, account) => {
  const failed = licenceError(['MutuallyExclusiveViolation', 'DependencyViolation'], account, facts);
  return failed ? fits('conclusive', failed) : RULED_OUT;
});

const licenceSuspended = unlicensed((facts, account) => {
  const plan = account.value.assignedPlans.find((one) => isMailboxPlan(one) && /suspended|lockedout/i.test(one.status));
  if (!plan) return RULED_OUT;
  const status = cite(account, 'assignedPlans', `The plan with the mailbox is ${plan.status}.`);
  const sku =
    facts.skus.kind === 'read'
      ? facts.skus.value.find(
          ({ isUsable, mailboxPlanIds }) => !isUsable && mailboxPlanIds.includes(plan.servicePlanId),
        )
      : undefined;
  return facts.skus.kind === 'read' && sku
    ? fits('conclusive', status, cite(facts.skus, 'subscribedSkus', `The subscription ${sku.name} is not Enabled.`))
    : fits('conclusive', status);
});

const mailboxPlanOff = unlicensed((facts, account) => {
  const { skus } = facts;
  if (account.value.licences.length === 0) return RULED_OUT;
  if (skus.kind === 'not_read') return OPEN;
  const off = account.value.licences.find(
    ({ skuId, error, disabledPlans }) =>
      error === null && skuOf(facts, skuId)?.mailboxPlanIds.some((plan) => disabledPlans.includes(plan)),
  );
  if (!off) return RULED_OUT;
  const name = skuOf(facts, off.skuId)?.name ?? off.skuId;
  return fits(
    'conclusive',
    cite(account, 'licenseAssignmentStates', `${name}: the plan with the mailbox is among disabledPlans.`),
    cite(skus, 'subscribedSkus', `${name} includes a mailbox.`),
  );
});

const licenceWithoutMailbox = unlicensed((facts, account) => {
  const { skus } = facts;
  const working = account.value.licences.filter(({ error }) => error === null);
  if (working.length === 0) return RULED_OUT;
  if (skus.kind === 'not_read') return OPEN;
  const known = working.map(({ skuId }) => skuOf(facts, skuId));
  const without = known.flatMap((sku) => (sku !== null && sku.mailboxPlanIds.length === 0 ? sku.name : []));
  if (without.length === 0) return RULED_OUT;
  const names = without.join(', ');
  return fits(
    without.length === working.length ? 'conclusive' : 'possible',
    cite(account, 'licenseAssignmentStates', `Licences that work: ${names}.`),
    cite(skus, 'subscribedSkus', `No mailbox is included in ${names}.`),
  );
});

const noLicence = unlicensed((_facts, account) =>
  account.value.licences.length === 0
    ? fits('conclusive', cite(account, 'licenseAssignmentStates', 'The account has no licence.'))
    : RULED_OUT,
);

const addressConflict = ofAccount((facts, account) => {
  const { addressHolders } = facts;
  const reported = account.value.synchronisationErrors.find(
    ({ category, property }) =>
      /PropertyConflict/i.test(category) && /proxyAddresses|mail|userPrincipalName/i.test(property),
  );
  const holder =
    addressHolders.kind === 'read' ? addressHolders.value.find(({ id }) => id !== account.value.id) : undefined;
  const held =
    addressHolders.kind === 'read' && holder
      ? [cite(addressHolders, 'proxyAddresses', `${nameOf(holder)} has the address ${holder.address}.`)]
      : [];
  if (reported) {
    const says = `Synchronisation reports ${reported.category} for ${reported.property}: ${reported.value}.`;
    return fits('conclusive', cite(account, 'onPremisesProvisioningErrors', says), ...held);
  }
  const failed = licenceError(['UniquenessViolation'], account, facts);
  if (failed) return fits('conclusive', failed, ...held);
  const [first] = held;
  if (first) return fits('likely', first);
  return addressHolders.kind === 'not_read' ? OPEN : RULED_OUT;
});

const deletedHoldsAddress = ofAccount((facts, account) => {
  const { deleted } = facts;
  if (deleted.kind === 'not_read') return OPEN;
  const other = deleted.value.find(({ id }) => id !== account.value.id);
  if (!other) return RULED_OUT;
  const when = other.deletedAt === null ? '' : ` ${utc(other.deletedAt)}`;
  const says = `${other.displayName}, deleted${when}, has the same name or address.`;
  return fits(enabledPlan(facts, account.value) ? 'likely' : 'possible', cite(deleted, 'deletedItems', says));
});

const exchangeError = ofAccount((facts, account) => {
  const [error] = account.value.exchangeErrors;
  if (!error) return RULED_OUT;
  const when = error.at === null ? '' : ` (${utc(error.at)})`;
  const evidence = cite(account, 'serviceProvisioningErrors', `Exchange Online reports${when}: ${error.text}`);
  return fits(enabledPlan(facts, account.value) ? 'conclusive' : 'possible', evidence);
});

const isProvisioned = ({ exchangePlans }: DiagnosedAccount) =>
  exchangePlans.some(({ provisioningStatus }) => provisioningStatus === 'Success');

/** Whether Exchange Online has had the time that Microsoft allows. */
const isOverdue = ({ at }: Facts, plan: Plan) => plan.at !== null && at - plan.at > MAILBOX_MS;

const mailboxOnPremises = ofAccount((facts, account) => {
  const { mailbox } = facts;
  const plan = enabledPlan(facts, account.value);
  if (mailbox.kind === 'not_read') return plan ? OPEN : RULED_OUT;
  if (mailbox.value.kind === 'on_premises')
    return fits('conclusive', cite(mailbox, 'mailboxSettings', `Exchange Online says so (${mailbox.value.code}).`));
  const { isSynchronised, addresses } = account.value;
  if (!plan || !isOverdue(facts, plan) || !isSynchronised || addresses.length === 0) return RULED_OUT;
  if (!isProvisioned(account.value)) return RULED_OUT;
  return fits(
    'likely',
    cite(account, 'provisionedPlans', 'Exchange Online has worked on the account (Success).'),
    citeSilence(mailbox),
    cite(account, 'proxyAddresses', `The account is synchronised and has the address ${addresses[0]}.`),
  );
});

/** `serviceHealth.status` where nothing is wrong any more. */
const HEALTHY =
  /^(serviceOperational|serviceRestored|postIncidentReviewPublished|falsePositive|resolved\w*|mitigated\w*)$/i;

const serviceIncident = licensed(({ health }) => {
  if (health.kind === 'not_read') return OPEN;
  const { status } = health.value;
  return HEALTHY.test(status)
    ? RULED_OUT
    : fits('likely', cite(health, 'healthOverviews', `Exchange Online is reported as ${status}.`));
});

const exchangeNotStarted = licensed((facts, account, plan) => {
  const { mailbox } = facts;
  if (mailbox.kind === 'not_read') return OPEN;
  if (!isOverdue(facts, plan)) return RULED_OUT;
  const statuses =
    account.value.exchangePlans.map(({ provisioningStatus }) => provisioningStatus).join(', ') || 'nothing';
  return fits(
    'likely',
    citePlan(account, plan),
    cite(account, 'provisionedPlans', `For Exchange it shows ${statuses}.`),
    citeSilence(mailbox),
  );
});

const mailboxOpening = licensed((facts, account, plan) => {
  const { mailbox } = facts;
  if (mailbox.kind === 'not_read') return OPEN;
  return isOverdue(facts, plan) ? RULED_OUT : fits('likely', citePlan(account, plan), citeSilence(mailbox));
});

/** Where two are equally likely, the one that has to be mended first comes first. */
export const RULES: Record<CauseCode, Rule> = {
  account_is_guest: accountIsGuest,
  account_deleted: accountDeleted,
  domain_not_verified: domainNotVerified,
  other_name: otherName,
  synchronisation_stopped: synchronisationStopped,
  not_synchronised: notSynchronised,
  address_conflict: addressConflict,
  before_start: beforeStart,
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

/** What is only left over where one of these explains it. */
export const EXPLAINED_BY: Partial<Record<CauseCode, readonly CauseCode[]>> = {
  not_synchronised: ['account_deleted', 'domain_not_verified', 'other_name', 'synchronisation_stopped'],
  no_licence: ['account_is_guest', 'before_start', 'no_seat'],
  exchange_not_started: [
    'address_conflict',
    'exchange_error',
    'mailbox_on_premises',
    'deleted_holds_address',
    'service_incident',
  ],
  mailbox_opening: [
    'address_conflict',
    'exchange_error',
    'mailbox_on_premises',
    'deleted_holds_address',
    'service_incident',
  ],
};
