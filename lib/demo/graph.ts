/** The calls of Graph that the demo tenant answers: what each costs, which permission it needs, what it does. */

import { z } from 'zod';
import { isCountryCode } from '#lib/intake/countries.ts';
import {
  type Answer,
  badRequest,
  badSyntax,
  denied,
  invalidMailUser,
  mailboxDenied,
  notFound,
  onPremisesMailbox,
  silentMailbox,
} from './answers.ts';
import { parseFilter } from './filter.ts';
import { assignLicences } from './licensing.ts';
import { readPage, select, skipToken } from './query.ts';
import {
  DEFAULT_USER_PROPERTIES,
  domainResource,
  filterable,
  licenceDetails,
  organisationResource,
  type Resource,
  skuResource,
  userResource,
} from './records.ts';
import type { Tenant, VisibleUser } from './tenant.ts';
import type { DemoUser } from './users.ts';

export interface GraphCall {
  tenant: Tenant;
  /** Scheme and host of the server, for links. */
  origin: string;
  path: string;
  query: URLSearchParams;
  /** Id or UserPrincipalName from the path, decoded; empty where the path has none. */
  who: string;
  body: unknown;
  requestId: string;
}

interface Route {
  method: 'GET' | 'POST' | 'PATCH';
  /** Path without version; group 1 or 2 is the user. */
  pattern: RegExp;
  /** One of these application permissions is enough (graph-permissions: least and higher). */
  permissions: readonly string[];
  /** Resource units without `$select` and `$top`; 0: Outlook, which has budgets of its own. */
  units: number;
  isWrite?: true;
  isLicenceWrite?: true;
  /** Exchange refuses in words of its own. */
  isMailbox?: true;
  answer: (call: GraphCall) => Answer;
}

const DIRECTORY = ['Directory.Read.All', 'Directory.ReadWrite.All'];
const READ_USER = ['User.Read.All', 'User.ReadWrite.All', ...DIRECTORY];
const WRITE_USER = ['User.ReadWrite.All', 'Directory.ReadWrite.All'];
const READ_ORGANISATION = ['Organization.Read.All', 'Organization.ReadWrite.All', ...DIRECTORY];
const READ_MAILBOX = ['MailboxSettings.Read', 'MailboxSettings.ReadWrite'];

const user = (rest: string) => new RegExp(`^/users(?:/([^/']+)|\\('((?:[^']|'')+)'\\))${rest}$`, 'i');

/** Every call the demo tenant knows. */
export const ROUTES: readonly Route[] = [
  { method: 'GET', pattern: /^\/users$/i, permissions: READ_USER, units: 2, answer: listUsers },
  { method: 'GET', pattern: user(''), permissions: READ_USER, units: 1, answer: forVisible(getUser) },
  { method: 'PATCH', pattern: user(''), permissions: WRITE_USER, units: 1, isWrite: true, answer: forUser(patchUser) },
  {
    method: 'POST',
    pattern: user('/(?:microsoft\\.graph\\.)?assignLicense'),
    permissions: ['LicenseAssignment.ReadWrite.All', ...WRITE_USER],
    units: 1,
    isWrite: true,
    isLicenceWrite: true,
    answer: forUser(assign),
  },
  {
    method: 'POST',
    pattern: user('/retryServiceProvisioning'),
    permissions: ['User.ManageIdentities.All', ...WRITE_USER],
    units: 1,
    isWrite: true,
    answer: forUser(retryProvisioning),
  },
  {
    method: 'GET',
    pattern: user('/licenseDetails'),
    permissions: ['LicenseAssignment.Read.All', ...READ_USER],
    units: 2,
    answer: forVisible(({ tenant }, who) => collection('users/licenseDetails', licenceDetails(tenant, who))),
  },
  {
    method: 'GET',
    pattern: user('/mailboxSettings'),
    permissions: READ_MAILBOX,
    units: 0,
    isMailbox: true,
    answer: mailboxSettings,
  },
  {
    method: 'GET',
    pattern: user('/mailboxSettings/userPurpose'),
    permissions: READ_MAILBOX,
    units: 0,
    isMailbox: true,
    answer: (call) =>
      whenOpen(call, () => ({ '@odata.context': context('mailboxSettings/userPurpose'), value: 'user' })),
  },
  {
    method: 'POST',
    pattern: user('/sendMail'),
    permissions: ['Mail.Send'],
    units: 0,
    isMailbox: true,
    answer: sendMail,
  },
  {
    method: 'GET',
    pattern: /^\/subscribedSkus$/i,
    permissions: ['LicenseAssignment.Read.All', ...READ_ORGANISATION],
    units: 3,
    answer: ({ tenant, query }) =>
      selected(
        'subscribedSkus',
        tenant.skus.map((sku) => skuResource(tenant, sku)),
        query,
      ),
  },
  {
    method: 'GET',
    pattern: /^\/organization$/i,
    permissions: ['User.Read.All', 'User.ReadWrite.All', ...READ_ORGANISATION],
    units: 1,
    answer: ({ tenant, query }) => selected('organization', [organisationResource(tenant)], query),
  },
  {
    method: 'GET',
    pattern: /^\/domains$/i,
    permissions: ['Domain.Read.All', 'Domain.ReadWrite.All', 'Directory.Read.All'],
    units: 1,
    answer: ({ query }) => selected('domains', [domainResource()], query),
  },
];

/** The route for a call and the user its path names; null: Graph has no such resource here. */
export function findRoute(method: string, path: string): { route: Route; who: string } | null {
  for (const route of ROUTES) {
    const match = route.method === method ? route.pattern.exec(path) : null;
    if (!match) continue;
    const [, segment, literal] = match;
    return { route, who: segment === undefined ? decode(literal ?? '').replaceAll("''", "'") : decode(segment) };
  }
  return null;
}

/** Resource units of a call: `$select` and a small `$top` save one each, and one is the least (graph-facts §1). */
export function unitsOf({ units }: Route, query: URLSearchParams): number {
  const top = query.get('$top');
  return Math.max(1, units - (query.has('$select') ? 1 : 0) - (top !== null && Number(top) < 20 ? 1 : 0));
}

/** The 403 for a call without permission. */
export function refusePermission(route: Route): Answer {
  return route.isMailbox ? mailboxDenied() : denied();
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const context = (what: string) => `https://graph.microsoft.com/v1.0/$metadata#${what}`;

function collection(what: string, value: readonly Resource[], nextLink?: string): Answer {
  const link = nextLink === undefined ? {} : { '@odata.nextLink': nextLink };
  return { status: 200, body: { '@odata.context': context(what), ...link, value } };
}

function selected(what: string, resources: readonly Resource[], query: URLSearchParams): Answer {
  const value: Resource[] = [];
  for (const resource of resources) {
    const picked = select(resource, query);
    if (picked.kind === 'refused') return picked.answer;
    value.push(picked.resource);
  }
  return collection(what, value);
}

function forVisible(answer: (call: GraphCall, who: VisibleUser) => Answer): Route['answer'] {
  return (call) => {
    if (call.who.startsWith('$') && !call.path.includes('(')) return badRequest('Invalid user name in the path.');
    const who = call.tenant.findVisible(call.who);
    return who ? answer(call, who) : notFound(call.who);
  };
}

function forUser(answer: (call: GraphCall, who: DemoUser) => Answer): Route['answer'] {
  return (call) => {
    const who = call.tenant.find(call.who);
    return who ? answer(call, who) : notFound(call.who);
  };
}

function getUser({ tenant, query }: GraphCall, who: VisibleUser): Answer {
  const picked = select(userResource(tenant, who), query, DEFAULT_USER_PROPERTIES);
  if (picked.kind === 'refused') return picked.answer;
  return { status: 200, body: { '@odata.context': context('users/$entity'), ...picked.resource } };
}

function listUsers({ tenant, origin, query }: GraphCall): Answer {
  const paged = readPage(query);
  if (paged.kind === 'refused') return paged.answer;
  const filter = query.has('$filter') ? parseFilter(query.get('$filter') ?? '') : null;
  if (filter?.kind === 'refused') return filter.answer;
  const { size, from } = paged.page;
  const value: Resource[] = [];
  let next: number | null = null;
  for (const { user: candidate, position } of candidates(tenant, filter?.keys ?? null, from)) {
    if (filter && !filter.predicate(filterable(candidate))) continue;
    if (value.length === size) {
      next = position;
      break;
    }
    const picked = select(userResource(tenant, candidate), query, DEFAULT_USER_PROPERTIES);
    if (picked.kind === 'refused') return picked.answer;
    value.push(picked.resource);
  }
  if (next === null) return collection('users', value);
  const onward = new URLSearchParams(query);
  onward.set('$skiptoken', skipToken(next));
  return collection('users', value, `${origin}/v1.0/users?${onward}`);
}

/** Names are looked up one by one; everything else goes through everybody. */
function* candidates(
  tenant: Tenant,
  keys: readonly string[] | null,
  from: number,
): Generator<{ user: VisibleUser; position: number }> {
  if (!keys) {
    yield* tenant.visibleFrom(from);
    return;
  }
  const unique = [...new Set(keys.map((key) => key.toLowerCase()))];
  for (let position = from; position < unique.length; position += 1) {
    const found = tenant.findVisible(unique[position] ?? '');
    if (found) yield { user: found, position };
  }
}

function patchUser({ tenant, body, requestId }: GraphCall, who: DemoUser): Answer {
  const change = z.record(z.string(), z.unknown()).safeParse(body).data ?? {};
  const others = Object.keys(change).filter((name) => name !== 'usageLocation');
  if (others.length > 0 || !('usageLocation' in change))
    return badRequest(
      'Unable to update the specified properties for on-premises mastered Directory Sync objects or objects currently undergoing migration.',
    );
  const location = change.usageLocation;
  if (typeof location !== 'string' || !isCountryCode(location.toUpperCase()))
    return badRequest("Invalid value specified for property 'usageLocation' of resource 'User'.");
  tenant.setUsageLocation(who, location.toUpperCase(), requestId);
  return { status: 204 };
}

function assign({ tenant, body, requestId }: GraphCall, who: DemoUser): Answer {
  const refusal = assignLicences(tenant, who, body, requestId);
  if (refusal) return refusal;
  // The answer to a write shows the account as written, whatever reads still show.
  const written = userResource(tenant, tenant.asWritten(who));
  return { status: 200, body: { '@odata.context': context('users/$entity'), ...written } };
}

function retryProvisioning({ tenant, requestId }: GraphCall, who: DemoUser): Answer {
  tenant.note('nudge', who, [], false, requestId);
  return { status: 204 };
}

function whenOpen(call: GraphCall, body: () => Resource): Answer {
  const who = call.tenant.findVisible(call.who);
  if (!who) return notFound(call.who);
  if (who.mailbox === 'on_premises_certain') return onPremisesMailbox();
  return who.mailboxIsOpen ? { status: 200, body: body() } : silentMailbox();
}

function mailboxSettings(call: GraphCall): Answer {
  return whenOpen(call, () => {
    const settings = { userPurpose: 'user', timeZone: 'UTC', dateFormat: 'yyyy-MM-dd', timeFormat: 'HH:mm' };
    const names = call.query.get('$select')?.split(',') ?? Object.keys(settings);
    const picked = Object.entries(settings).filter(([name]) => names.includes(name));
    return { '@odata.context': context('mailboxSettings'), ...Object.fromEntries(picked) };
  });
}

const mailSchema = z.object({
  message: z.looseObject({
    toRecipients: z.array(z.object({ emailAddress: z.object({ address: z.string().min(1) }) })),
  }),
});

function sendMail({ tenant, who, body, requestId }: GraphCall): Answer {
  const sender = tenant.find(who);
  if (!sender) return invalidMailUser(who);
  if (!tenant.findVisible(who)?.mailboxIsOpen) return silentMailbox();
  const mail = mailSchema.safeParse(body);
  if (!mail.success) return badSyntax('The message must have recipients.');
  tenant.keepMail(sender, mail.data.message, requestId);
  return { status: 202 };
}
