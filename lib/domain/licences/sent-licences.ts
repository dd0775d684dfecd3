/** Licences of which it was not known what became of them, and that show on the account: they are ours. Pure. */
import { type Account, isSameId } from '#lib/domain/account.ts';
import type { LicenceToRemove } from '#lib/domain/licences/mapping.ts';
import type { Person } from '#lib/domain/person.ts';

export interface ShownLicences {
  added: readonly LicenceToRemove[];
  removed: readonly LicenceToRemove[];
  /** By which mapping they were assigned; null: not known. */
  mappingId: number | null;
}

/** Those that are on the account directly, whether or not they work. */
function onAccount(account: Account, licences: readonly LicenceToRemove[]) {
  return account.licences.filter(
    ({ skuId, source }) => source !== 'group' && licences.some((licence) => licence.skuId === skuId),
  );
}

/** True where something that was sent is on the account, even if it does not work there. */
export function hasArrived({ sentLicences }: Person, account: Account): boolean {
  return sentLicences.some(({ isOpen, licences }) => isOpen && onAccount(account, licences).length > 0);
}

/** The person as licensed by what shows; null: nothing shows that is not known to be ours. */
export function withShown(
  person: Person,
  account: Account,
  now: number,
): { person: Person; shown: ShownLicences } | null {
  const works = (licences: readonly LicenceToRemove[]) => {
    const on = onAccount(account, licences).filter(({ error }) => error === null);
    return licences.filter(({ skuId }) => on.some((licence) => licence.skuId === skuId));
  };
  const sent = person.sentLicences.findLast(
    ({ isOpen, accountId, licences }) =>
      // What did not show in time says nothing of whoever has been licensed since.
      (isOpen || person.licensedAt === null) &&
      (accountId === null || isSameId(accountId, account.id)) &&
      works(licences).length > 0,
  );
  if (!sent) return null;
  const { mappingId, employeeType } = sent;
  const added = works(sent.licences);
  const isStillOn = ({ skuId }: LicenceToRemove) => account.licences.some((licence) => licence.skuId === skuId);
  const removed = sent.removed.filter((licence) => !isStillOn(licence));
  const givenLicences = [
    ...person.givenLicences.filter((given) => !removed.some(({ skuPartNumber }) => skuPartNumber === given)),
    ...added.map(({ skuPartNumber }) => skuPartNumber),
  ];
  const basis = mappingId === null ? {} : { mappingId, licensedAsType: employeeType };
  return {
    person: { ...person, ...basis, licensedAt: now, givenLicences: [...new Set(givenLicences)] },
    shown: { added, removed, mappingId },
  };
}
