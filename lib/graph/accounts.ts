/** Looks people up in Entra ID, hundreds per round trip. */
import type { AccountLookup } from '#lib/domain/account.ts';
import { upnKey } from '#lib/domain/person.ts';
import type { SubAnswer, SubRequest } from '#lib/graph/http/batch.ts';
import { DirectoryError } from '#lib/graph/http/errors.ts';
import type { CallRecord } from '#lib/graph/http/transport.ts';
import { faultOf, toAccount, USER_SELECT, userPageSchema } from '#lib/graph/http/wire.ts';
import type { GraphClient } from './graph-client.ts';
import type { RequestContext } from './request-queue.ts';

/** Graph takes at most 15 values in an `in` filter. */
const UPNS_PER_FILTER = 15;

export interface FoundAccount {
  lookup: AccountLookup;
  call: CallRecord;
}

function lookupRequest(upns: readonly string[]): SubRequest {
  const literals = upns.map((upn) => `'${upn.replaceAll("'", "''")}'`).join(',');
  const filter = encodeURIComponent(`userPrincipalName in (${literals})`);
  return {
    method: 'GET',
    url: `/users?$filter=${filter}&$select=${USER_SELECT}&$top=999`,
    label: 'GET /users?$filter=userPrincipalName in (…)',
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
      `User.ReadWrite.All (or User.Read.All) is missing: ${faultOf(403, answer.body).message}`,
    );
  if (answer.status === 401)
    throw new DirectoryError('sign_in_failed', 'Microsoft Graph refused the access token (401).');
  const page = answer.status === 200 ? userPageSchema.safeParse(answer.body) : null;
  if (!page) return unknown(`Graph answered ${answer.status} ${faultOf(answer.status, answer.body).message}`.trim());
  if (!page.success) return unknown('the response was unreadable');
  // 15 names cannot fill a page of 999: a further page means this is not the answer to our request.
  if (page.data['@odata.nextLink']) return unknown('the response was incomplete');
  return upns.map((upn) => {
    const accounts = page.data.value.filter((user) => upnKey(user.userPrincipalName) === upnKey(upn)).map(toAccount);
    const [account] = accounts;
    if (!account) return { lookup: { kind: 'absent' }, call };
    return { lookup: accounts.length > 1 ? { kind: 'several', accounts } : { kind: 'found', account }, call };
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
  const groups: string[][] = [];
  for (let start = 0; start < upns.length; start += UPNS_PER_FILTER)
    groups.push(upns.slice(start, start + UPNS_PER_FILTER));
  const answers = await client.readAll(groups.map(lookupRequest), context);
  return groups.flatMap((group, index) => {
    const answer = answers[index];
    return answer ? readLookup(group, answer) : [];
  });
}
