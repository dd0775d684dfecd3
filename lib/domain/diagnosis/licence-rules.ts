/** Causes that lie with the licence. Pure. */
import { cite } from './facts.ts';
import {
  asked,
  askedElsewhere,
  citeState,
  enabledPlan,
  endedSubscription,
  fits,
  isMailboxPlan,
  licenceError,
  OPEN,
  RULED_OUT,
  skuOf,
  unlicensed,
} from './rule.ts';

export const noSeat = unlicensed((facts, account) => {
  const { skus, record } = facts;
  const failed = account.value.licences.find(({ error }) => error === 'CountViolation');
  if (failed) {
    const sku = skuOf(facts, failed.skuId);
    if (skus.kind === 'not_read' || sku === null) return fits('likely', citeState(account, failed, failed.skuId));
    if (sku.free > 0) return RULED_OUT;
    const seats = cite(skus, 'subscribedSkus', 'noSeatFree', { licence: sku.name });
    return fits('conclusive', citeState(account, failed, sku.name), seats);
  }
  if (account.value.licences.length > 0 || record.kind === 'not_read' || record.value === null) return RULED_OUT;
  if (skus.kind === 'not_read') return OPEN;
  const { wantedSkus } = record.value;
  const full = skus.value.find(({ partNumber, free }) => wantedSkus.includes(partNumber) && free <= 0);
  if (!full) return RULED_OUT;
  // A human was asked for another reason, which may have stood in the way before the seats did.
  const isAskedOtherwise = record.value.state === 'needs_attention' && record.value.reason !== 'no_seat';
  return fits(
    isAskedOtherwise ? 'likely' : 'conclusive',
    cite(skus, 'subscribedSkus', 'noSeatFreeOfWanted', { licence: full.name }),
    cite(account, 'licenseAssignmentStates', 'noLicence'),
  );
});

/** Errors that have a cause of their own. */
const NAMED_ERRORS = [
  'CountViolation',
  'MutuallyExclusiveViolation',
  'DependencyViolation',
  'ProhibitedInUsageLocationViolation',
  'UniquenessViolation',
  'Disabled',
];

export const groupLicenceFailed = unlicensed((facts, account) => {
  const failed = account.value.licences.find((licence) => {
    if (licence.groupId === null || licence.error === null) return false;
    const free = skuOf(facts, licence.skuId)?.free ?? null;
    return !NAMED_ERRORS.includes(licence.error) || (licence.error === 'CountViolation' && (free === null || free > 0));
  });
  if (!failed) return RULED_OUT;
  const sku = skuOf(facts, failed.skuId);
  const state = citeState(account, failed, sku?.name ?? failed.skuId);
  // Whether seats are free today was not read: it may as well be that none is.
  if (failed.error === 'CountViolation' && sku === null) return fits('likely', state);
  if (facts.skus.kind === 'not_read' || sku === null) return fits('conclusive', state);
  return fits('conclusive', state, cite(facts.skus, 'subscribedSkus', 'seatsFree', { licence: sku.name, n: sku.free }));
});

export const usageLocation = unlicensed((facts, account) => {
  const { usageLocation: location, licences } = account.value;
  const cited = cite(account, 'usageLocation', 'location', { location });
  const failed = licenceError(['ProhibitedInUsageLocationViolation'], account, facts);
  if (failed) return fits('conclusive', failed, cited);
  const refused = asked('usage_location', account, facts);
  if (refused) return fits('likely', refused, cited);
  // Whoever is known here gets a location with the licence.
  const isKnown = facts.record.kind === 'read' && facts.record.value !== null;
  const isUnset = location === null && licences.length === 0 && !isKnown;
  return isUnset ? fits('possible', cited) : RULED_OUT;
});

export const licenceConflict = unlicensed((facts, account) => {
  const failed = licenceError(['MutuallyExclusiveViolation', 'DependencyViolation'], account, facts);
  if (failed) return fits('conclusive', failed);
  const refused = asked('licence_conflict', account, facts);
  return refused ? fits('likely', refused) : RULED_OUT;
});

export const licenceSuspended = unlicensed((facts, account) => {
  const { skus } = facts;
  const said = licenceError(['Disabled'], account, facts) ?? asked('licence_suspended', account, facts);
  const plan = account.value.assignedPlans.find((one) => isMailboxPlan(one) && /suspended|lockedout/i.test(one.status));
  if (!plan || enabledPlan(facts, account.value)) {
    if (said) return fits('likely', said);
    const licence = endedSubscription(facts, account.value);
    if (skus.kind === 'not_read' || licence === null) return RULED_OUT;
    return fits(
      'likely',
      cite(skus, 'subscribedSkus', 'subscriptionOff', { licence }),
      cite(account, 'licenseAssignmentStates', 'workingLicences', { licences: licence }),
    );
  }
  const status = cite(account, 'assignedPlans', 'planIs', { status: plan.status });
  const sku =
    skus.kind === 'read'
      ? skus.value.find(({ isUsable, mailboxPlanIds }) => !isUsable && mailboxPlanIds.includes(plan.servicePlanId))
      : undefined;
  return skus.kind === 'read' && sku
    ? fits('conclusive', status, cite(skus, 'subscribedSkus', 'subscriptionOff', { licence: sku.name }))
    : fits('conclusive', status);
});

export const mailboxPlanOff = unlicensed((facts, account) => {
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
    cite(account, 'licenseAssignmentStates', 'planTurnedOff', { licence: name }),
    cite(skus, 'subscribedSkus', 'includesMailbox', { licence: name }),
  );
});

export const licenceWithoutMailbox = unlicensed((facts, account) => {
  const { skus } = facts;
  const mapped = asked('licence_without_mailbox', account, facts);
  if (mapped) return fits('likely', mapped);
  const working = account.value.licences.filter(({ error }) => error === null);
  if (working.length === 0) return RULED_OUT;
  if (skus.kind === 'not_read') return OPEN;
  const known = working.map(({ skuId }) => skuOf(facts, skuId));
  const without = known.flatMap((sku) => (sku !== null && sku.mailboxPlanIds.length === 0 ? sku.name : []));
  if (without.length === 0) return RULED_OUT;
  const names = without.join(', ');
  return fits(
    without.length === working.length ? 'conclusive' : 'possible',
    cite(account, 'licenseAssignmentStates', 'workingLicences', { licences: names }),
    cite(skus, 'subscribedSkus', 'withoutMailbox', { licences: names }),
  );
});

export const noLicence = unlicensed((facts, account) => {
  if (account.value.licences.length > 0) return RULED_OUT;
  const { mailbox, record } = facts;
  const known = record.kind === 'read' ? record.value : null;
  return fits(
    askedElsewhere(facts) ? 'possible' : 'conclusive',
    cite(account, 'licenseAssignmentStates', 'noLicence'),
    ...(record.kind === 'read' && known ? [cite(record, 'state', 'ourReason', { reason: known.reason })] : []),
    ...(mailbox.kind === 'read' && mailbox.value.kind === 'answers'
      ? [cite(mailbox, 'mailboxSettings', 'answersUnlicensed')]
      : []),
  );
});
