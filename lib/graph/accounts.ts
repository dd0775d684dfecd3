/** Looks people up in Entra ID, hundreds per round trip. */

import { type Account, type AccountLookup, isSameId } from '#lib/domain/account.ts';
import { upnKey } from '#lib/domain/person.ts';
import { sentence } from '#lib/domain/sentences/sentence.ts';
import { silence } from '#lib/domain/sentences/silences.ts';
import type { SubAnswer, SubRequest } from '#lib/graph/http/batch.ts';
import { DirectoryError } from '#lib/graph/http/errors.ts';
import type { CallRecord } from '#lib/graph/http/transport.ts';
import {
  deletedUsersSchema,
  faultOf,
  joinPages,
  readUserPage,
  USER_SELECT,
  type UserPage,
} from '#lib/graph/http/wire.ts';
import type { GraphClient } from './graph-client.ts';
import type { RequestContext } from './request-context.ts';

/** Graph takes at most 15 values in an `in` filter. */
const UPNS_PER_FILTER = 15;

export interface FoundAccount {
  lookup: AccountLookup;
  call: CallRecord;
}

type LookupProperty = 'userPrincipalName' | 'onPremisesUserPrincipalName' | 'id';

function lookupRequest(values: readonly string[], property: LookupProperty = 'userPrincipalName'): SubRequest {
  const literals = values.map((value) => `'${value.replaceAll("'", "''")}'`).join(',');
  const filter = encodeURIComponent(`${property} in (${literals})`);
  // Only an index of its own knows names in Active Directory (graph-facts §2).
  const isAdvanced = property === 'onPremisesUserPrincipalName';
  return {
    method: 'GET',
    url: `/users?$filter=${filter}&$select=${USER_SELECT}&$top=999${isAdvanced ? '&$count=true' : ''}`,
    label: `GET /users?$filter=${property} in (…)`,
    ...(isAdvanced ? { headers: { ConsistencyLevel: 'eventual' } } : {}),
    units: 1,
  };
}

/** Reads one answer: a lookup for each of the people it was about. */
function readLookup(upns: readonly string[], { answer, page }: Asked): FoundAccount[] {
  const call = answer.record;
  const unknown = (why: string) => upns.map((): FoundAccount => ({ lookup: { kind: 'unknown', why }, call }));
  if (answer.kind === 'lost') return unknown(answer.why);
  if (answer.status === 401) throw new DirectoryError('sign_in_failed', sentence('tokenRefused'));
  if (answer.status !== 200)
    return unknown(silence('answered', `${answer.status} ${faultOf(answer.status, answer.body).message}`));
  if (!page) return unknown(UNREADABLE);
  if (page.next !== null) return unknown(silence('incomplete'));
  return upns.map((upn) => {
    const accounts = page.accounts.filter((account) => upnKey(account.userPrincipalName) === upnKey(upn));
    const [account] = accounts;
    if (accounts.length > 1) return { lookup: { kind: 'several', accounts }, call };
    if (account) return { lookup: { kind: 'found', account, by: 'name', twin: null }, call };
    const lookup: AccountLookup = mayBeUnreadable(page, 'userPrincipalName', upn)
      ? { kind: 'unknown', why: UNREADABLE }
      : { kind: 'absent' };
    return { lookup, call };
  });
}

const UNREADABLE = silence('unreadable');

/** True where an account of the page that cannot be read has this value, or says nothing about it. */
function mayBeUnreadable({ unreadable }: UserPage, property: LookupProperty, value: string): boolean {
  return unreadable.some((user) => upnKey(user[property] ?? value) === upnKey(value));
}

interface Asked {
  /** The first, or of several pages the last. */
  answer: SubAnswer;
  /** All that was read; null: it is no page of users. */
  page: UserPage | null;
}

interface AskedGroup extends Asked {
  values: readonly string[];
}

/** Graph may give 15 users on several pages, some of them empty; what goes on after so many leads in a circle. */
const PAGES = 40;

/** Every page of an answer. Only the path of a link is followed, so it leads to no other host. */
async function readPages(
  client: GraphClient,
  request: SubRequest,
  first: SubAnswer,
  context: RequestContext,
): Promise<Asked> {
  let answer = first;
  let page = pageOf(answer);
  for (let read = 1; page !== null && page.next !== null && read < PAGES; read += 1) {
    const [url] = /\/users\?.*/.exec(page.next) ?? [];
    if (url === undefined) break;
    answer = await client.read({ ...request, url }, context);
    const more = pageOf(answer);
    page = more && joinPages(page, more);
  }
  return { answer, page };
}

function pageOf(answer: SubAnswer): UserPage | null {
  return answer.kind === 'answered' && answer.status === 200 ? readUserPage(answer.body) : null;
}

const ofOne = (value: string) => [value];

/** No page of users: what spoils the answer may be one account of those that were asked about together. */
function isSpoilt({ answer, page }: AskedGroup): boolean {
  if (answer.kind === 'lost') return answer.record.status !== null;
  return answer.status !== 401 && page === null;
}

/** So many groups at least may be asked about one by one, and of many groups half: where more fail, it is not for one account. */
const SPOILT_AT_LEAST = 1;

/**
 * Asks about 15 values each. Those whose answer may be spoilt by one account are asked about again, each by itself. Throws `DirectoryError` where
 * it is the permission that is missing.
 */
async function askGroups(
  client: GraphClient,
  property: LookupProperty,
  values: readonly string[],
  context: RequestContext,
): Promise<AskedGroup[]> {
  const ask = async (groups: readonly (readonly string[])[]): Promise<AskedGroup[]> => {
    const requests = groups.map((values) => ({ values, request: lookupRequest(values, property) }));
    const answers = await client.readAll(
      requests.map(({ request }) => request),
      context,
    );
    const asked = requests.map(async ({ values, request }, index) => {
      const answer = answers[index];
      return answer ? [{ values, ...(await readPages(client, request, answer, context)) }] : [];
    });
    return (await Promise.all(asked)).flat();
  };
  const asked = await ask(inGroups(values));
  const spoilt = asked.filter(isSpoilt);
  if (spoilt.length === 0) return asked;
  await assertMayReadUsers(client, spoilt, asked.length, context);
  if (spoilt.length > Math.max(SPOILT_AT_LEAST, asked.length / 2)) return asked;
  const byOne = await ask(
    spoilt.filter(({ values: group }) => group.length > 1).flatMap((one) => one.values.map(ofOne)),
  );
  const answerOf = new Map(byOne.map((one) => [one.values[0], one]));
  return asked.flatMap((one) =>
    spoilt.includes(one) && one.values.length > 1 ? one.values.flatMap((value) => answerOf.get(value) ?? []) : [one],
  );
}

/** One account may refuse to be read; that nobody may be read is a missing permission. */
async function assertMayReadUsers(
  client: GraphClient,
  spoilt: readonly AskedGroup[],
  asked: number,
  context: RequestContext,
): Promise<void> {
  const refused = spoilt.flatMap(({ answer }) => (answer.kind === 'answered' && answer.status === 403 ? [answer] : []));
  const [first] = refused;
  if (!first || refused.length < asked) return;
  const anybody = { method: 'GET', url: '/users?$select=id&$top=1', label: 'GET /users', units: 1 } as const;
  const answer = await client.read(anybody, context);
  if (answer.kind === 'answered' && answer.status === 403)
    throw new DirectoryError(
      'permission_missing',
      sentence('userPermissionMissing', { why: faultOf(403, first.body).message }),
    );
}

/**
 * Looks up accounts by UserPrincipalName: 15 per filter, 20 filters per round trip. One result per name, in order; a name that
 * could not be looked up is `unknown`, never `absent`. Throws `DirectoryError` for a missing permission or where Graph is down.
 */
export async function findAccounts(
  client: GraphClient,
  upns: readonly string[],
  context: RequestContext,
): Promise<FoundAccount[]> {
  const asked = await askGroups(client, 'userPrincipalName', upns, context);
  return asked.flatMap((one) => readLookup(one.values, one));
}

function inGroups(values: readonly string[]): string[][] {
  const groups: string[][] = [];
  for (let start = 0; start < values.length; start += UPNS_PER_FILTER)
    groups.push(values.slice(start, start + UPNS_PER_FILTER));
  return groups;
}

/**
 * The accounts with these ids, or these names in Active Directory, by the value in lower case. A value that Graph gave no usable answer for
 * is missing. Throws `DirectoryError` where Graph is down.
 */
export async function accountsBy(
  client: GraphClient,
  property: 'id' | 'onPremisesUserPrincipalName',
  values: readonly string[],
  context: RequestContext,
): Promise<Map<string, Account[]>> {
  const found = new Map<string, Account[]>();
  for (const { values: group, answer, page } of await askGroups(client, property, values, context)) {
    // Where a tenant does not take such a question at all, nobody is known by a name in Active Directory.
    if (property !== 'id' && isUnsupported(answer)) for (const value of group) found.set(upnKey(value), []);
    if (page === null || page.next !== null) continue;
    for (const value of group) {
      const accounts = page.accounts.filter((account) => upnKey(account[property] ?? '') === upnKey(value));
      if (accounts.length > 0 || !mayBeUnreadable(page, property, value)) found.set(upnKey(value), accounts);
    }
  }
  return found;
}

function isUnsupported(answer: SubAnswer): boolean {
  return answer.kind === 'answered' && answer.status >= 400 && answer.status < 500;
}

/**
 * When the account with this id was deleted, in ms; null: not known. `unlisted`: it is not among the deleted accounts, so it can no longer be
 * restored, or a read lags behind. `unknown`: there was no answer. Throws `DirectoryError` where Graph is down.
 */
export async function deletedAt(
  client: GraphClient,
  id: string,
  context: RequestContext,
): Promise<number | null | 'unlisted' | 'unknown'> {
  const filter = encodeURIComponent(`id eq '${id.replaceAll("'", "''")}'`);
  const url = `/directory/deletedItems/microsoft.graph.user?$filter=${filter}&$select=id,deletedDateTime`;
  const [answer] = await client.readAll(
    [{ method: 'GET', url, label: 'GET /directory/deletedItems', units: 1 }],
    context,
  );
  if (answer?.kind !== 'answered' || answer.status >= 500) return 'unknown';
  const page = answer.status === 200 ? deletedUsersSchema.safeParse(answer.body) : null;
  const listed = page?.data?.value.find((user) => isSameId(user.id, id));
  if (page?.success && !listed) return 'unlisted';
  const at = Date.parse(listed?.deletedDateTime ?? '');
  return Number.isNaN(at) ? null : at;
}
