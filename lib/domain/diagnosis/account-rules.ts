/** Causes that lie with the account itself: it is not there, not yet, or somebody else’s. Pure. */
import { domainOf } from '#lib/domain/person.ts';
import { cite, type Facts } from './facts.ts';
import { citeAbsent, fits, nameOf, OPEN, ofAccount, RULED_OUT, unlicensed, utc, withoutAccount } from './rule.ts';

const HOUR_MS = 3_600_000;

/** Synchronisation runs every 30 minutes unless set otherwise: after so long it has missed several times. */
const SYNC_STALE_MS = 3 * HOUR_MS;

function isUnverified({ organisation, userPrincipalName }: Facts): boolean {
  if (organisation.kind === 'not_read') return false;
  const { verifiedDomains } = organisation.value;
  return verifiedDomains.length > 0 && !verifiedDomains.includes(domainOf(userPrincipalName));
}

export const accountDeleted = withoutAccount(({ deleted }) => {
  if (deleted.kind === 'not_read') return OPEN;
  const [one] = deleted.value;
  if (!one) return RULED_OUT;
  const when = one.deletedAt === null ? '' : `, deleted ${utc(one.deletedAt)}`;
  return fits('conclusive', cite(deleted, 'deletedItems', `${one.displayName} is among the deleted users${when}.`));
});

export const otherName = withoutAccount((facts, account) => {
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

export const nameTaken = ofAccount(({ namesakes }, account) => {
  if (namesakes.kind === 'not_read') return OPEN;
  const [twin] = namesakes.value;
  if (!twin) return RULED_OUT;
  return fits(
    'conclusive',
    cite(namesakes, 'onPremisesUserPrincipalName', `${twin.userPrincipalName} has the same name in Active Directory.`),
    cite(account, 'userPrincipalName', `The name belongs to ${account.value.displayName}.`),
  );
});

export const domainNotVerified = withoutAccount((facts, account) => {
  const { organisation, userPrincipalName } = facts;
  if (organisation.kind === 'not_read') return OPEN;
  if (!isUnverified(facts)) return RULED_OUT;
  const says = `${domainOf(userPrincipalName)} is not among the verified domains: ${organisation.value.verifiedDomains.join(', ')}.`;
  return fits('conclusive', cite(organisation, 'verifiedDomains', says), citeAbsent(account, facts));
});

export const synchronisationStopped = withoutAccount((facts, account) => {
  const { organisation, at } = facts;
  if (organisation.kind === 'not_read') return OPEN;
  const { isSynchronised, lastSyncAt } = organisation.value;
  if (!isSynchronised || lastSyncAt === null || at - lastSyncAt <= SYNC_STALE_MS) return RULED_OUT;
  const says = `The last synchronisation was ${utc(lastSyncAt)}, ${Math.floor((at - lastSyncAt) / HOUR_MS)} hours before.`;
  return fits('conclusive', cite(organisation, 'onPremisesLastSyncDateTime', says), citeAbsent(account, facts));
});

export const notSynchronised = withoutAccount((facts, account) => {
  const { organisation } = facts;
  const absent = citeAbsent(account, facts);
  if (organisation.kind === 'not_read' || organisation.value.lastSyncAt === null) return fits('likely', absent);
  const says = `The last synchronisation was ${utc(organisation.value.lastSyncAt)}.`;
  return fits('conclusive', absent, cite(organisation, 'onPremisesLastSyncDateTime', says));
});

export const accountIsGuest = ofAccount((_facts, account) =>
  account.value.isGuest ? fits('conclusive', cite(account, 'userType', 'userType is Guest.')) : RULED_OUT,
);

export const beforeStart = unlicensed(({ record, at }, account) => {
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
