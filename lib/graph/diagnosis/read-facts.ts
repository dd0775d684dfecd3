/** Reads what may say why an account has no mailbox, in two round trips. Reads only, and never throws for one refused answer. */
import type { z } from 'zod';
import { isSameId } from '#lib/domain/account.ts';
import type {
  Call,
  DiagnosedAccount,
  Facts,
  NotRead,
  Reading,
  ReadingName,
  ReadingValue,
} from '#lib/domain/diagnosis/facts.ts';
import { upnKey } from '#lib/domain/person.ts';
import { silence } from '#lib/domain/sentences/silences.ts';
import type { GraphClient } from '#lib/graph/graph-client.ts';
import type { SubAnswer, SubRequest } from '#lib/graph/http/batch.ts';
import { faultOf, subscribedSkusSchema } from '#lib/graph/http/wire.ts';
import { probeRequest, readProbe } from '#lib/graph/mailboxes.ts';
import type { RequestContext } from '#lib/graph/request-context.ts';
import {
  DIAGNOSIS_SELECT,
  diagnosedUsersSchema,
  healthSchema,
  named,
  namedUsersSchema,
  organisationSchema,
  toDeleted,
  toDeletedOf,
  toDiagnosedAccount,
  toHealth,
  toHolders,
  toOrganisation,
  toSkus,
} from './answers.ts';

export interface FactsQuestion {
  userPrincipalName: string;
  /** The account that an earlier check found. */
  accountId: string | null;
  /** What we know of the person ourselves. */
  record: ReadingValue<'record'>;
}

const literal = (value: string) => `'${value.replaceAll("'", "''")}'`;

function get(path: string, query: Record<string, string>, units: number, isAdvanced = false): SubRequest {
  const pairs = Object.entries(isAdvanced ? { ...query, $count: 'true' } : query);
  const parameters = pairs.map(([name, value]) => `${name}=${name === '$filter' ? encodeURIComponent(value) : value}`);
  return {
    method: 'GET',
    url: parameters.length > 0 ? `${path}?${parameters.join('&')}` : path,
    label: query.$filter ? `GET ${path}?$filter=${query.$filter.split(/[ (]/)[0]}` : `GET ${path}`,
    ...(isAdvanced ? { headers: { ConsistencyLevel: 'eventual' } } : {}),
    units,
  };
}

const DELETED = '/directory/deletedItems/microsoft.graph.user';
const NAMED = 'id,userPrincipalName,displayName,mail,proxyAddresses';
/** Each takes two of the fifteen clauses that a filter may have (graph-facts §2). */
const MOST_ADDRESSES = 7;

function whoHas(addresses: readonly string[]): SubRequest {
  const clauses = addresses
    .slice(0, MOST_ADDRESSES)
    .flatMap((address) => [`smtp:${address}`, `SMTP:${address}`])
    .map((address) => `proxyAddresses/any(a:a eq ${literal(address)})`);
  return get('/users', { $filter: clauses.join(' or '), $select: NAMED }, 1);
}

/** What is asked whether or not there is an account. The UserPrincipalName of a deleted one begins with its id. */
function firstQuestions({ userPrincipalName: upn, accountId }: FactsQuestion) {
  const orId = accountId === null ? '' : ` or id eq ${literal(accountId)}`;
  const deleted = `${NAMED},deletedDateTime`;
  return {
    account: get('/users', { $filter: `userPrincipalName eq ${literal(upn)}${orId}`, $select: DIAGNOSIS_SELECT }, 1),
    namesakes: get(
      '/users',
      { $filter: `onPremisesUserPrincipalName eq ${literal(upn)}`, $select: `${NAMED},onPremisesSyncEnabled` },
      1,
      true,
    ),
    addressHolders: whoHas([upn.toLowerCase()]),
    deletedByAddress: get(DELETED, { $filter: `mail eq ${literal(upn)}${orId}`, $select: deleted }, 1),
    deletedByName: get(DELETED, { $filter: `endsWith(userPrincipalName,${literal(upn)})`, $select: deleted }, 1, true),
    organisation: get(
      '/organization',
      { $select: 'id,onPremisesSyncEnabled,onPremisesLastSyncDateTime,verifiedDomains' },
      1,
    ),
    skus: get('/subscribedSkus', {}, 3),
    health: get('/admin/serviceAnnouncement/healthOverviews', {}, 1),
  };
}

/** In one batch with the others, not in the queue for mailboxes. */
function mailboxOf({ id }: DiagnosedAccount): SubRequest {
  return { ...probeRequest(id), units: 1 };
}

/** Permissions that are not among the required ones. */
const OPTIONAL_PERMISSIONS: Partial<Record<ReadingName, string>> = {
  health: 'ServiceHealth.Read.All',
  organisation: 'Organization.Read.All',
};

function callOf({ record: { call, status, code, requestId, clientRequestId, at } }: SubAnswer): Call {
  return { call, status, code, requestId, clientRequestId, at };
}

function notRead(why: string, ...answers: readonly (SubAnswer | undefined)[]): NotRead {
  return { kind: 'not_read', why, calls: answers.flatMap((answer) => (answer ? callOf(answer) : [])) };
}

/** Why an answer cannot be used; null: it can. */
function problemOf(name: ReadingName, answer: SubAnswer | undefined): string | null {
  if (answer?.kind !== 'answered') return silence('noneBecause', answer?.why ?? silence('notAsked'));
  if (answer.status === 200) return null;
  const { code, message } = faultOf(answer.status, answer.body);
  const permission = answer.status === 403 ? OPTIONAL_PERMISSIONS[name] : undefined;
  if (permission) return silence('notPermitted', permission);
  return silence('answered', `${answer.status} ${code}: ${message}`);
}

function reading<Name extends ReadingName, Wire>(
  name: Name,
  answer: SubAnswer | undefined,
  schema: z.ZodType<Wire>,
  toValue: (wire: Wire) => ReadingValue<Name>,
): Reading<Name> {
  const problem = problemOf(name, answer);
  if (problem !== null || answer?.kind !== 'answered') return notRead(problem ?? '', answer);
  const parsed = schema.safeParse(answer.body);
  if (!parsed.success) return notRead(silence('unreadable'), answer);
  return { kind: 'read', name, value: toValue(parsed.data), calls: [callOf(answer)] };
}

/** Two questions about one thing: what either finds counts, but only both together say that there is none. */
function united<Name extends 'deleted' | 'addressHolders'>(one: Reading<Name>, other: Reading<Name>): Reading<Name> {
  const calls = [...one.calls, ...other.calls];
  const found = [one, other].flatMap((part) => (part.kind === 'read' ? [...part.value] : []));
  const value = [...new Map(found.map((user) => [user.id, user])).values()] as ReadingValue<Name>;
  const missing = [one, other].find((part) => part.kind === 'not_read');
  if (missing?.kind === 'not_read' && value.length === 0) return { ...missing, calls };
  const read = one.kind === 'read' ? one : other;
  return read.kind === 'read' ? { ...read, value, calls } : { ...read, calls };
}

/** An account that was found before counts before another one that has its name. */
function accountIn(question: FactsQuestion, { value }: z.infer<typeof diagnosedUsersSchema>) {
  const called = value.find((user) => upnKey(user.userPrincipalName) === upnKey(question.userPrincipalName));
  const user = value.find(({ id }) => isSameId(id, question.accountId ?? '')) ?? called;
  return user ? toDiagnosedAccount(user) : null;
}

function mailboxReading(answer: SubAnswer | undefined): Reading<'mailbox'> {
  if (!answer) return notRead(silence('noAccount'));
  const probe = readProbe(answer);
  const calls = [callOf(answer)];
  switch (probe.kind) {
    case 'answers':
      return { kind: 'read', name: 'mailbox', value: { kind: 'answers', code: probe.purpose }, calls };
    case 'silent':
      return { kind: 'read', name: 'mailbox', value: { kind: 'silent', code: probe.code }, calls };
    case 'on_premises':
      return { kind: 'read', name: 'mailbox', value: { kind: 'on_premises', code: answer.record.code ?? '' }, calls };
    default:
      return notRead(probe.kind === 'not_probed' ? silence('notAsked') : probe.why, answer);
  }
}

function healthReading(answer: SubAnswer | undefined): Reading<'health'> {
  const found = reading('health', answer, healthSchema, (wire) => toHealth(wire) ?? { status: '' });
  return found.kind === 'read' && found.value.status === ''
    ? { kind: 'not_read', why: silence('noReport'), calls: found.calls }
    : found;
}

/** Throws `DirectoryError` where Graph cannot be signed in to, or is down. */
export async function readFacts(
  client: GraphClient,
  question: FactsQuestion,
  context: RequestContext,
  now: number,
): Promise<Facts> {
  const { userPrincipalName, record } = question;
  const asked = Object.entries(firstQuestions(question));
  const answers = await client.readAll(
    asked.map(([, request]) => request),
    context,
  );
  const answerOf = (name: keyof ReturnType<typeof firstQuestions>) =>
    answers[asked.findIndex(([wanted]) => wanted === name)];
  const account = reading('account', answerOf('account'), diagnosedUsersSchema, (wire) => accountIn(question, wire));
  const found = account.kind === 'read' ? account.value : null;
  const upn = userPrincipalName.toLowerCase();
  const others = (found?.addresses ?? []).filter((address) => address !== upn);
  const conflicts = (found?.synchronisationErrors ?? []).map(({ value }) => value.replace(/^smtp:/i, '').toLowerCase());
  const addresses = [...new Set([...conflicts, ...others])].filter((address) => address.includes('@'));
  const [mailbox, holders] = found
    ? await client.readAll([mailboxOf(found), ...(addresses.length > 0 ? [whoHas(addresses)] : [])], context)
    : [];
  const holdersOf = (answer: SubAnswer | undefined, wanted: readonly string[]) =>
    reading('addressHolders', answer, namedUsersSchema, (wire) => toHolders(wire, wanted));
  const ofName = holdersOf(answerOf('addressHolders'), [upn]);
  return {
    userPrincipalName,
    at: now,
    account,
    namesakes: reading('namesakes', answerOf('namesakes'), namedUsersSchema, ({ value }) =>
      // One that is synchronised no more only had the name (graph-facts §2).
      value.filter(({ id, onPremisesSyncEnabled }) => id !== found?.id && onPremisesSyncEnabled === true).map(named),
    ),
    addressHolders: addresses.length > 0 ? united(holdersOf(holders, addresses), ofName) : ofName,
    deleted: united(
      reading('deleted', answerOf('deletedByAddress'), namedUsersSchema, toDeleted),
      reading('deleted', answerOf('deletedByName'), namedUsersSchema, toDeletedOf(question.userPrincipalName)),
    ),
    organisation: reading('organisation', answerOf('organisation'), organisationSchema, toOrganisation),
    skus: reading('skus', answerOf('skus'), subscribedSkusSchema, toSkus),
    mailbox: mailboxReading(mailbox),
    health: healthReading(answerOf('health')),
    record: { kind: 'read', name: 'record', value: record, calls: [] },
  };
}
