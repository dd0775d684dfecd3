/** Makes sure whose account was found, and looks elsewhere for one that was not: by the id it had, or its name in Active Directory. Reads only. */

import { type Account, type AccountLookup, hasMailboxPlan, isSameId } from '#lib/domain/account.ts';
import { type Person, upnKey } from '#lib/domain/person.ts';
import { silence } from '#lib/domain/sentences/silences.ts';
import { isClosed } from '#lib/domain/states.ts';
import { mayBeSamePerson } from '#lib/domain/text/names.ts';
import type { Directory } from '#lib/graph/directory.ts';
import type { RequestContext } from '#lib/graph/request-context.ts';

type Accounts = Map<string, Account[]>;

interface Elsewhere {
  byId: Accounts;
  byOnPremisesName: Accounts;
}

/** An account that was found before is followed by its id. */
function needsId({ accountId }: Person, lookup: AccountLookup): boolean {
  return (
    accountId !== null &&
    (lookup.kind === 'absent' || (lookup.kind === 'found' && !isSameId(lookup.account.id, accountId)))
  );
}

/** The first time, the name may turn out to be somebody else's, or the account may be called otherwise. */
function needsOnPremisesName({ accountId }: Person, { kind }: AccountLookup): boolean {
  return accountId === null && (kind === 'absent' || kind === 'found');
}

/** Hired again: the account of whoever was done keeps its id and has given its name away, and a new one has the name now. */
function isHiredAgain({ state, displayName }: Person, lookup: AccountLookup): boolean {
  if (!isClosed(state) || lookup.kind !== 'found') return false;
  return !hasMailboxPlan(lookup.account, []) && mayBeSamePerson(displayName, lookup.account.displayName);
}

/** The name was given on while the account kept its id, and a later row gives it to whoever has it now. */
function isGivenOn({ displayName }: Person, before: Account, now: Account): boolean {
  return !mayBeSamePerson(displayName, before.displayName) && mayBeSamePerson(displayName, now.displayName);
}

const UNKNOWN: AccountLookup = { kind: 'unknown', why: silence('idUnread') };

function identifyKnown(
  lookup: AccountLookup,
  person: Person & { accountId: string },
  { byId }: Elsewhere,
): AccountLookup {
  const { accountId } = person;
  const followed = byId.get(upnKey(accountId));
  if (!followed) return UNKNOWN;
  const [account] = followed;
  if (account && !isHiredAgain(person, lookup)) {
    const followedById = { kind: 'found', account, by: 'id', twin: null } as const;
    const isOthers = !isClosed(person.state) && lookup.kind === 'found' && isGivenOn(person, account, lookup.account);
    return isOthers ? { ...followedById, successor: lookup.account } : followedById;
  }
  return lookup.kind === 'found' ? lookup : { kind: 'deleted', at: null };
}

function identifyNew(lookup: AccountLookup, upn: string, { byOnPremisesName }: Elsewhere): AccountLookup {
  const answered = byOnPremisesName.get(upnKey(upn));
  // It may be called otherwise here, and whoever has the name somebody else: nobody can tell now.
  if (!answered) return { kind: 'unknown', why: silence('nameUnread') };
  // An account that is synchronised no more keeps the name it had in Active Directory, which somebody else may have by now (graph-facts §2).
  const called = answered.filter(({ isSynchronised }) => isSynchronised);
  if (lookup.kind === 'found') {
    const twin = called.find(({ id }) => !isSameId(id, lookup.account.id)) ?? null;
    return { ...lookup, twin };
  }
  const [account] = called;
  if (!account) return lookup;
  return called.length > 1
    ? { kind: 'several', accounts: called }
    : { kind: 'found', account, by: 'on_premises_name', twin: null };
}

/** The lookups, in order, each with what else is known of the person's account. Throws `DirectoryError` where Graph is down. */
export async function identify(
  directory: Directory,
  people: readonly Person[],
  lookups: readonly AccountLookup[],
  context: RequestContext,
): Promise<AccountLookup[]> {
  const looked = people.flatMap((person, index) => {
    const lookup = lookups[index];
    return lookup ? [{ person, lookup }] : [];
  });
  const ids = looked.flatMap(({ person, lookup }) => (needsId(person, lookup) ? (person.accountId ?? []) : []));
  const names = looked.flatMap(({ person, lookup }) =>
    needsOnPremisesName(person, lookup) ? person.userPrincipalName : [],
  );
  const [byId, byOnPremisesName] = await Promise.all([
    directory.accountsBy('id', ids, context),
    directory.accountsBy('onPremisesUserPrincipalName', names, context),
  ]);
  const elsewhere = { byId, byOnPremisesName };
  return Promise.all(
    looked.map(async ({ person, lookup }) => {
      const { accountId, userPrincipalName } = person;
      if (needsOnPremisesName(person, lookup)) return identifyNew(lookup, userPrincipalName, elsewhere);
      if (accountId === null || !needsId(person, lookup)) return lookup;
      const known = identifyKnown(lookup, { ...person, accountId }, elsewhere);
      if (known.kind !== 'deleted') return known;
      const at = await directory.deletedAt(accountId, context);
      if (at === 'unknown') return UNKNOWN;
      return at === 'unlisted' ? { ...known, isUnlisted: true } : { ...known, at };
    }),
  );
}
