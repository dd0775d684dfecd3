/** Looks people up in Entra ID, hundreds per round trip. */

import type { Account, AccountLookup } from '#lib/domain/account.ts';
import { upnKey } from '#lib/domain/person.ts';
import { sentence } from '#lib/domain/sentences/sentence.ts';
import type { SubAnswer, SubRequest } from '#lib/graph/http/batch.ts';
import { DirectoryError } from '#lib/graph/http/errors.ts';
import type { CallRecord } from '#lib/graph/http/transport.ts';
import { deletedUsersSchema, faultOf, toAccount, USER_SELECT, userPageSchema } from '#lib/graph/http/wire.ts';
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
function readLookup(upns: readonly string[], answer: SubAnswer): FoundAccount[] {
  const call = answer.record;
  const unknown = (why: string) => upns.map((): FoundAccount => ({ lookup: { kind: 'unknown', why }, call }));
  if (answer.kind === 'lost') return unknown(answer.why);
  if (answer.status === 403)
    throw new DirectoryError(
      'permission_missing',
      sentence('userPermissionMissing', { why: faultOf(403, answer.body).message }),
    );
  if (answer.status === 401) throw new DirectoryError('sign_in_failed', sentence('tokenRefused'));
  const page = answer.status === 200 ? userPageSchema.safeParse(answer.body) : null;
  if (!page) return unknown(`Graph answered ${answer.status} ${faultOf(answer.status, answer.body).message}`.trim());
  if (!page.success) return unknown('the response was unreadable');
  // 15 names cannot fill a page of 999: a further page means this is not the answer to our request.
  if (page.data['@odata.nextLink']) return unknown('the response was incomplete');
  return upns.map((upn) => {
    const accounts = page.data.value.filter((user) => upnKey(user.userPrincipalName) === upnKey(upn)).map(toAccount);
    const [account] = accounts;
    if (!account) return { lookup: { kind: 'absent' }, call };
    if (accounts.length > 1) return { lookup: { kind: 'several', accounts }, call };
    return { lookup: { kind: 'found', account, by: 'name', twin: null }, call };
  });
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
  const groups = inGroups(upns);
  const answers = await client.readAll(
    groups.map((group) => lookupRequest(group)),
    context,
  );
  return groups.flatMap((group, index) => {
    const answer = answers[index];
    return answer ? readLookup(group, answer) : [];
  });
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
  const groups = inGroups(values);
  const answers = await client.readAll(
    groups.map((group) => lookupRequest(group, property)),
    context,
  );
  const found = new Map<string, Account[]>();
  groups.forEach((group, index) => {
    const answer = answers[index];
    const page = answer?.kind === 'answered' && answer.status === 200 ? userPageSchema.safeParse(answer.body) : null;
    if (!page?.success || page.data['@odata.nextLink']) return;
    const accounts = page.data.value.map(toAccount);
    for (const value of group)
      found.set(
        upnKey(value),
        accounts.filter((account) => upnKey(account[property] ?? '') === upnKey(value)),
      );
  });
  return found;
}

/** When the account with this id was deleted, in ms; null: not known, or it can no longer be restored. Throws `DirectoryError` where Graph is down. */
export async function deletedAt(client: GraphClient, id: string, context: RequestContext): Promise<number | null> {
  const filter = encodeURIComponent(`id eq '${id.replaceAll("'", "''")}'`);
  const url = `/directory/deletedItems/microsoft.graph.user?$filter=${filter}&$select=id,deletedDateTime`;
  const [answer] = await client.readAll(
    [{ method: 'GET', url, label: 'GET /directory/deletedItems', units: 1 }],
    context,
  );
  const page = answer?.kind === 'answered' && answer.status === 200 ? deletedUsersSchema.safeParse(answer.body) : null;
  const at = Date.parse(page?.data?.value.find((user) => user.id === id)?.deletedDateTime ?? '');
  return Number.isNaN(at) ? null : at;
}
