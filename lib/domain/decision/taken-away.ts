/** Licences of ours that others have taken away: they are theirs where they give them again, and decide nothing any more. Pure. */
import { type Account, isSameId } from '#lib/domain/account.ts';
import { type Mapping, resolveMapping, type SubscribedSku } from '#lib/domain/licences/mapping.ts';
import type { Person } from '#lib/domain/person.ts';
import { givenOf } from './licence-difference.ts';
import { isFresh } from './verdict.ts';

/** `own`: the person's account; null: it was not seen. `left`: those that were left when the name was corrected, as far as they were seen. */
interface SeenAccounts {
  own: Account | null;
  left: readonly Account[];
}

const countOf = ({ givenLicences, leftAccounts }: Pick<Person, 'givenLicences' | 'leftAccounts'>) =>
  givenLicences.length + leftAccounts.reduce((sum, { licences }) => sum + licences.length, 0);

/**
 * Whether the version of a mapping by which somebody was licensed still decides for them: not where the mailbox licence is on the account no
 * more, or where the tenant cannot assign it any more. A write whose result is unknown was made by what decided then, and does not count.
 */
export function isStillHeld(
  version: Mapping,
  person: Person,
  { account, skus }: { account: Account | null; skus: readonly SubscribedSku[] },
  now: number,
): boolean {
  // A read may not show our own write yet, and to be put on again a licence is off for a moment.
  if (account === null || person.choice === 'reassign' || isFresh(person, now)) return true;
  const resolved = resolveMapping(version, skus);
  if (resolved.kind !== 'ok') return false;
  const isOn = (skuId: string) => account.licences.some((licence) => licence.skuId === skuId);
  return resolved.licences.some((licence) => licence.makesMailbox && isOn(licence.skuId));
}

/** The person without what has been taken away; null: nothing has. */
export function withoutTaken(
  person: Person,
  { own, left }: SeenAccounts,
  skus: readonly SubscribedSku[],
  now: number,
): Person | null {
  // Of a licence that the tenant does not list it is not known whether it is there.
  const isListed = (one: string) => skus.some(({ skuPartNumber }) => skuPartNumber.toUpperCase() === one.toUpperCase());
  const stillOn = (account: Account | null | undefined, licences: readonly string[]) =>
    account
      ? licences.filter((one) => !isListed(one) || givenOf({ givenLicences: [one] }, account, skus).length > 0)
      : licences;
  // The same here, also while it is not known what became of a write.
  const isUnderWay = person.unsettledWriteAt !== null || person.choice === 'reassign' || isFresh(person, now);
  const kept: Person = {
    ...person,
    givenLicences: isUnderWay ? person.givenLicences : stillOn(own, person.givenLicences),
    leftAccounts: person.leftAccounts.map((one) => {
      const seen = left.find(({ id }) => isSameId(id, one.id));
      return isFresh(one, now) ? one : { ...one, licences: stillOn(seen, one.licences) };
    }),
  };
  return countOf(kept) === countOf(person) ? null : kept;
}
