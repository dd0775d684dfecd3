/** Causes that lie with the account itself: it is not there, not yet, or somebody else’s. Pure. */
import { isSameId } from '#lib/domain/account.ts';
import { domainOf } from '#lib/domain/person.ts';
import { cite, type Facts } from './facts.ts';
import {
  citeAbsent,
  citeAddress,
  fits,
  OPEN,
  ofAccount,
  RULED_OUT,
  type Strength,
  unlicensed,
  withoutAccount,
} from './rule.ts';

const HOUR_MS = 3_600_000;

/** Synchronisation runs every 30 minutes unless set otherwise: after so long it has missed several times. */
const SYNC_STALE_MS = 3 * HOUR_MS;

function isUnverified({ organisation, userPrincipalName }: Facts): boolean {
  if (organisation.kind === 'not_read') return false;
  const { verifiedDomains } = organisation.value;
  return verifiedDomains.length > 0 && !verifiedDomains.includes(domainOf(userPrincipalName));
}

/**
 * Only the account that was found for the person before is certainly the one that is missing: another one may be of an earlier employment or
 * of a namesake, the likelier so where a file names the person and no account has been found yet.
 */
function strengthOf({ record }: Facts, { id }: { id: string }): Strength {
  if (record.kind === 'not_read' || record.value === null) return 'likely';
  return isSameId(record.value.accountId ?? '', id) ? 'conclusive' : 'possible';
}

export const accountDeleted = withoutAccount((all) => {
  const { deleted, record } = all;
  if (deleted.kind === 'not_read') return OPEN;
  const known = record.kind === 'read' ? record.value?.accountId : null;
  const one = deleted.value.find(({ id }) => isSameId(id, known ?? '')) ?? deleted.value[0];
  if (!one) return RULED_OUT;
  const facts = { name: one.displayName, at: one.deletedAt };
  return fits(strengthOf(all, one), cite(deleted, 'deletedItems', 'amongDeleted', facts));
});

export const otherName = withoutAccount((facts, account) => {
  const { namesakes, addressHolders } = facts;
  const [called] = namesakes.kind === 'read' ? namesakes.value : [];
  if (namesakes.kind === 'read' && called) {
    const { userPrincipalName: upn } = called;
    return fits('conclusive', cite(namesakes, 'onPremisesUserPrincipalName', 'hasName', { upn }));
  }
  const [holder] = addressHolders.kind === 'read' ? addressHolders.value : [];
  if (addressHolders.kind === 'read' && holder) {
    return fits('likely', citeAddress(addressHolders, holder), citeAbsent(account, facts));
  }
  return namesakes.kind === 'not_read' || addressHolders.kind === 'not_read' ? OPEN : RULED_OUT;
});

export const nameTaken = ofAccount(({ namesakes }, account) => {
  if (namesakes.kind === 'not_read') return OPEN;
  const [twin] = namesakes.value;
  if (!twin) return RULED_OUT;
  return fits(
    'conclusive',
    cite(namesakes, 'onPremisesUserPrincipalName', 'hasSameName', { upn: twin.userPrincipalName }),
    cite(account, 'userPrincipalName', 'nameBelongsTo', { name: account.value.displayName }),
  );
});

export const domainNotVerified = withoutAccount((facts, account) => {
  const { organisation, userPrincipalName } = facts;
  if (organisation.kind === 'not_read') return OPEN;
  if (!isUnverified(facts)) return RULED_OUT;
  const said = { domain: domainOf(userPrincipalName), verified: organisation.value.verifiedDomains.join(', ') };
  return fits('conclusive', cite(organisation, 'verifiedDomains', 'unverified', said), citeAbsent(account, facts));
});

export const synchronisationStopped = withoutAccount((facts, account) => {
  const { organisation, at } = facts;
  if (organisation.kind === 'not_read') return OPEN;
  const { isSynchronised, lastSyncAt } = organisation.value;
  if (!isSynchronised || lastSyncAt === null || at - lastSyncAt <= SYNC_STALE_MS) return RULED_OUT;
  const said = { at: lastSyncAt, hours: Math.floor((at - lastSyncAt) / HOUR_MS) };
  const stale = cite(organisation, 'onPremisesLastSyncDateTime', 'lastSyncLongAgo', said);
  // Whether there is anything to synchronise shows only when it runs again.
  return fits('likely', stale, citeAbsent(account, facts));
});

export const notSynchronised = withoutAccount((facts, account) => {
  const { organisation } = facts;
  const absent = citeAbsent(account, facts);
  const at = organisation.kind === 'not_read' ? null : organisation.value.lastSyncAt;
  if (organisation.kind === 'not_read' || at === null) return fits('likely', absent);
  return fits('conclusive', absent, cite(organisation, 'onPremisesLastSyncDateTime', 'lastSync', { at }));
});

export const accountIsGuest = ofAccount((_facts, account) =>
  account.value.isGuest ? fits('conclusive', cite(account, 'userType', 'guest')) : RULED_OUT,
);

export const beforeStart = unlicensed(({ record, at }, account) => {
  const { hireAt, accountEnabled, licences } = account.value;
  if (licences.length > 0) return RULED_OUT;
  const known = record.kind === 'read' ? record.value : null;
  if (record.kind === 'read' && known?.state === 'awaiting_start') {
    const enabled = cite(account, 'accountEnabled', 'enabledUnlicensed', { isEnabled: accountEnabled });
    return fits('conclusive', cite(record, 'startDate', 'waitsForStart', { day: known.startDate }), enabled);
  }
  if (hireAt !== null && hireAt > at)
    return fits('likely', cite(account, 'employeeHireDate', 'hireDate', { at: hireAt }));
  return RULED_OUT;
});

/** It was waited for until the account is enabled, for so long that a human was asked. */
export const accountDisabled = unlicensed(({ record }, account) => {
  const { accountEnabled, licences } = account.value;
  if (record.kind === 'not_read' || accountEnabled || licences.length > 0) return RULED_OUT;
  if (record.value?.state !== 'needs_attention' || record.value.reason !== 'account_disabled') return RULED_OUT;
  return fits(
    'conclusive',
    cite(record, 'state', 'ourReason', { reason: record.value.reason }),
    cite(account, 'accountEnabled', 'enabledUnlicensed', { isEnabled: accountEnabled }),
  );
});
