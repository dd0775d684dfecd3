/** What Graph's calls do to the demo tenant, and what they return. */
import { z } from 'zod';
import type { Tenant, VisibleUser } from '#lib/demo/tenant/tenant.ts';
import type { DemoUser } from '#lib/demo/tenant/users.ts';
import { isCountryCode } from '#lib/domain/text/countries.ts';
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
  deletedResource,
  domainResource,
  filterable,
  healthResource,
  licenceDetails,
  organisationResource,
  type Resource,
  skuResource,
  userResource,
} from './resources.ts';

export interface GraphCall {
  tenant: Tenant;
  /** Scheme and host of the server, for links. */
  origin: string;
  path: string;
  query: URLSearchParams;
  /** Id or UserPrincipalName from the path, decoded; empty where the path has none. */
  who: string;
  body: unknown;
  /** Asked with `ConsistencyLevel: eventual` and `$count=true`. */
  isAdvanced: boolean;
  requestId: string;
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

type Call = (call: GraphCall) => Answer;

function forVisible(answer: (call: GraphCall, who: VisibleUser) => Answer): Call {
  return (call) => {
    if (call.who.startsWith('$') && !call.path.includes('(')) return badRequest('Invalid user name in the path.');
    const who = call.tenant.findVisible(call.who);
    return who ? answer(call, who) : notFound(call.who);
  };
}

function forUser(answer: (call: GraphCall, who: DemoUser) => Answer): Call {
  return (call) => {
    const who = call.tenant.find(call.who);
    return who ? answer(call, who) : notFound(call.who);
  };
}

export const getUser = forVisible(({ tenant, query }, who) => {
  const picked = select(userResource(tenant, who), query, DEFAULT_USER_PROPERTIES);
  if (picked.kind === 'refused') return picked.answer;
  return { status: 200, body: { '@odata.context': context('users/$entity'), ...picked.resource } };
});

export const listLicenceDetails = forVisible(({ tenant }, who) =>
  collection('users/licenseDetails', licenceDetails(tenant, who)),
);

export function listUsers({ tenant, origin, query, isAdvanced }: GraphCall): Answer {
  const paged = readPage(query);
  if (paged.kind === 'refused') return paged.answer;
  const filter = query.has('$filter') ? parseFilter(query.get('$filter') ?? '', isAdvanced) : null;
  if (filter?.kind === 'refused') return filter.answer;
  const { from } = paged.page;
  const size = Math.min(paged.page.size, tenant.behaviour.mostUsersOnPage);
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

/** Names are looked up one by one; everything else scans all users. */
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

export const patchUser = forUser(({ tenant, body, requestId }, who) => {
  const change = z.record(z.string(), z.unknown()).safeParse(body).data ?? {};
  if (who.refusal === 'restricted') return denied();
  const others = Object.keys(change).filter((name) => name !== 'usageLocation');
  if (others.length > 0 || !('usageLocation' in change) || who.refusal === 'mastered_location')
    return badRequest(
      'Unable to update the specified properties for on-premises mastered Directory Sync objects or objects currently undergoing migration.',
    );
  const location = change.usageLocation;
  if (typeof location !== 'string' || !isCountryCode(location.toUpperCase()))
    return badRequest("Invalid value specified for property 'usageLocation' of resource 'User'.");
  tenant.setUsageLocation(who, location.toUpperCase(), requestId);
  return { status: 204 };
});

export const assign = forUser(({ tenant, body, requestId }, who) => {
  if (who.refusal === 'restricted') return denied();
  const refusal = assignLicences(tenant, who, body, requestId);
  if (refusal) return refusal;
  // The response to a write shows the account as written, whatever reads still show.
  const written = userResource(tenant, tenant.asWritten(who));
  return { status: 200, body: { '@odata.context': context('users/$entity'), ...written } };
});

export const retryProvisioning = forUser(({ tenant, requestId }, who) => {
  tenant.retryProvisioning(who, requestId);
  return { status: 204 };
});

export const reprocess = forUser(({ tenant, requestId }, who) => {
  tenant.reprocessLicences(who, requestId);
  const written = userResource(tenant, tenant.asWritten(who));
  return { status: 200, body: { '@odata.context': context('users/$entity'), ...written } };
});

export function listDeleted({ tenant, query, isAdvanced }: GraphCall): Answer {
  const filter = query.has('$filter') ? parseFilter(query.get('$filter') ?? '', isAdvanced) : null;
  if (filter?.kind === 'refused') return filter.answer;
  const deleted = tenant.deletedUsers.map((user) => tenant.asWritten(user));
  const resources = deleted.map((user) => deletedResource(tenant, user));
  const found = resources.filter((resource) => !filter || filter.predicate(resource));
  return selected('users', found, query);
}

function whenOpen(call: GraphCall, body: (who: VisibleUser) => Resource): Answer {
  const who = call.tenant.findVisible(call.who);
  if (!who) return notFound(call.who);
  if (who.mailbox === 'denied') return mailboxDenied();
  if (who.mailbox === 'on_premises_certain') return onPremisesMailbox();
  return who.mailboxIsOpen
    ? { status: 200, body: body(who) }
    : silentMailbox(call.tenant.behaviour.silentMailboxStatus);
}

export function mailboxSettings(call: GraphCall): Answer {
  return whenOpen(call, ({ purpose }) => {
    const settings = { userPurpose: purpose, timeZone: 'UTC', dateFormat: 'yyyy-MM-dd', timeFormat: 'HH:mm' };
    const names = call.query.get('$select')?.split(',') ?? Object.keys(settings);
    const picked = Object.entries(settings).filter(([name]) => names.includes(name));
    return { '@odata.context': context('mailboxSettings'), ...Object.fromEntries(picked) };
  });
}

export function mailboxPurpose(call: GraphCall): Answer {
  return whenOpen(call, ({ purpose }) => ({
    '@odata.context': context('mailboxSettings/userPurpose'),
    value: purpose,
  }));
}

const mailSchema = z.object({
  message: z.looseObject({
    toRecipients: z.array(z.object({ emailAddress: z.object({ address: z.string().min(1) }) })),
  }),
});

export function sendMail({ tenant, who, body, requestId }: GraphCall): Answer {
  const sender = tenant.find(who);
  if (!sender) return invalidMailUser(who);
  if (!tenant.findVisible(who)?.mailboxIsOpen) return silentMailbox(tenant.behaviour.silentMailboxStatus);
  const mail = mailSchema.safeParse(body);
  if (!mail.success) return badSyntax('The message must have recipients.');
  tenant.keepMail(sender, mail.data.message, requestId);
  return { status: 202 };
}

export function listSkus({ tenant, query }: GraphCall): Answer {
  const skus = tenant.skus.map((sku) => skuResource(tenant, sku));
  return selected('subscribedSkus', skus, query);
}

export function listOrganisation({ tenant, query }: GraphCall): Answer {
  return selected('organization', [organisationResource(tenant)], query);
}

export function listHealth({ tenant, query }: GraphCall): Answer {
  return selected('admin/serviceAnnouncement/healthOverviews', [healthResource(tenant)], query);
}

export function listDomains({ tenant, query }: GraphCall): Answer {
  return selected('domains', tenant.behaviour.verifiedDomains.map(domainResource), query);
}
