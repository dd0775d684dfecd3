/** How the licences of an account with a mailbox differ from what is mapped. Pure. */
import type { Account, AssignedLicence } from '#lib/domain/account.ts';
import {
  type LicenceToRemove,
  makesMailbox,
  type ResolvedMapping,
  type SubscribedSku,
} from '#lib/domain/licences/mapping.ts';
import { employeeTypeKey, type Person } from '#lib/domain/person.ts';
import { isClosed } from '#lib/domain/states.ts';

export type LicenceDifference =
  /** The mapped licences with a mailbox are there; others that are mapped are missing. */
  | { kind: 'incomplete' }
  /** Another licence makes the mailbox, or a mapped one does (`isMapped`) and others are missing. `removable`: what of it we gave, directly. */
  | {
      kind: 'other';
      held: SubscribedSku[];
      isMapped: boolean;
      missing: { skuPartNumber: string }[];
      removable: LicenceToRemove[];
    };

/** True where we, or others before us, licensed the person for another EmployeeType than it has now. */
export function hasOtherType({ licensedAsType, employeeType }: Person): boolean {
  return licensedAsType !== null && employeeTypeKey(licensedAsType) !== employeeTypeKey(employeeType);
}

const isHeldDirectly = ({ source }: AssignedLicence) => source !== 'group';

/** Licences on the account that are among these and did not come through a group alone. */
export function givenOf(
  { givenLicences }: Pick<Person, 'givenLicences'>,
  account: Account,
  skus: readonly SubscribedSku[],
): LicenceToRemove[] {
  const given = new Set(givenLicences.map((partNumber) => partNumber.toUpperCase()));
  return skus
    .filter(({ skuId, skuPartNumber }) => {
      const held = account.licences.find((licence) => licence.skuId === skuId);
      return held !== undefined && isHeldDirectly(held) && given.has(skuPartNumber.toUpperCase());
    })
    .map(({ skuId, skuPartNumber }) => ({ skuId, skuPartNumber }));
}

/**
 * Null: nothing differs, or nothing is to be done about it. Of somebody who is done only another EmployeeType is news, and what an
 * operator decided to keep is none. What is missing beside a mapped licence is added to nobody who is licensed: it was taken away, or mapped since.
 */
export function licenceDifference(
  person: Person,
  account: Account,
  resolved: ResolvedMapping | null,
  skus: readonly SubscribedSku[],
): LicenceDifference | null {
  if (resolved?.kind !== 'ok') return null;
  const isOn = ({ skuId }: { skuId: string }) => account.licences.some((licence) => licence.skuId === skuId);
  const isWanted = ({ skuId }: { skuId: string }) => resolved.licences.some((licence) => licence.skuId === skuId);
  const missing = resolved.licences.filter((licence) => !isOn(licence));
  if (missing.length === 0) return null;
  const working = account.licences.filter(({ error }) => error === null);
  const held = skus.filter(
    (sku) =>
      working.some(({ skuId, disabledPlans }) => skuId === sku.skuId && makesMailbox(sku, disabledPlans)) &&
      !isWanted(sku),
  );
  const hasMappedMailbox = resolved.licences.some((licence) => licence.makesMailbox && isOn(licence));
  const isMapped = hasMappedMailbox || held.length === 0;
  if (isMapped && missing.length === resolved.licences.length) return null;
  const isDone = isClosed(person.state);
  const isLicensed = isDone || person.licensedAt !== null;
  if (isMapped && !isLicensed) return { kind: 'incomplete' };
  if (person.choice === 'keep' || ((isMapped || isDone) && !hasOtherType(person))) return null;
  if (isMapped) return { kind: 'other', held: skus.filter(isWanted).filter(isOn), isMapped, missing, removable: [] };
  const removable = givenOf(person, account, skus).filter(({ skuId }) => held.some((sku) => sku.skuId === skuId));
  return { kind: 'other', held, isMapped, missing, removable };
}
