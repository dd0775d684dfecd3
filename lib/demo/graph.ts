/** Graph's resources: one request in, one answer out, whether it came alone or inside a batch. */
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import {
  type Answer,
  badRequest,
  denied,
  graphError,
  mailboxDenied,
  notFound,
  onPremisesMailbox,
  silentMailbox,
  throttled,
} from './answers.ts';
import { type Behaviour, type Faults, UsageWindow } from './behaviour.ts';
import { parseFilter, project } from './filter.ts';
import { DEFAULT_USER_PROPERTIES, licenceDetailsRecord, organizationRecord, skuRecord, userRecord } from './records.ts';
import type { Tenant, VisibleUser } from './tenant.ts';

export interface GraphRequest {
  method: string;
  /** Below the version, decoded, for example `/users/1/mailboxSettings`. */
  path: string;
  query: URLSearchParams;
  body: unknown;
  requestId: string;
}

export interface Counters {
  requests: number;
  subRequests: number;
  writes: number;
  throttled: number;
}

const USER_READERS = ['User.Read.All', 'User.ReadWrite.All', 'Directory.Read.All'];
const USER_WRITERS = ['User.ReadWrite.All'];
const LICENCE_WRITERS = ['LicenseAssignment.ReadWrite.All', 'User.ReadWrite.All'];
const LICENCE_READERS = ['LicenseAssignment.Read.All', 'Organization.Read.All', 'Directory.Read.All'];
const MAILBOX_READERS = ['MailboxSettings.Read', 'MailboxSettings.ReadWrite'];
const MAIL_SENDERS = ['Mail.Send'];

const locationSchema = z.object({ usageLocation: z.string().regex(/^[A-Z]{2}$/) });
const assignmentSchema = z.object({
  addLicenses: z.array(z.object({ skuId: z.string(), disabledPlans: z.array(z.string()).default([]) })),
  removeLicenses: z.array(z.string()),
});

const REFUSALS = {
  conflict:
    'License assignment failed because service plans 9aaf7827-d63c-4b61-89c3-182f06f82e5c, 8c098270-9dd4-4350-9b30-ba4703f3b36b are mutually exclusive.',
  dependency:
    'License assignment failed because service plan 9aaf7827-d63c-4b61-89c3-182f06f82e5c depends on the service plan(s) 113feb6c-3fe4-4440-bddc-54d774bf0318',
  prohibited_location: 'License assignment cannot be done for user with invalid usage location.',
} as const;

export class Graph {
  readonly tenant: Tenant;
  readonly faults: Faults;
  readonly counters: Counters = { requests: 0, subRequests: 0, writes: 0, throttled: 0 };
  behaviour: Behaviour;
  readonly #writes = new UsageWindow();
  readonly #units = new UsageWindow();
  #licenceWritesUnderWay = 0;

  constructor(tenant: Tenant, behaviour: Behaviour, faults: Faults) {
    this.tenant = tenant;
    this.behaviour = behaviour;
    this.faults = faults;
  }

  /** Answers one request; budgets and permissions apply. */
  async answer(request: GraphRequest): Promise<Answer> {
    const isWrite = request.method !== 'GET';
    const units = request.path === '/subscribedSkus' ? 3 : 1;
    const refusal = this.#throttle(units, isWrite);
    if (refusal) return refusal;
    if (isWrite) this.counters.writes += 1;
    const { latencyMs } = this.behaviour;
    const wait = isWrite ? latencyMs.write : latencyMs.read;
    // Licence writes overlap while they take their time; the others only take it.
    if (request.path.endsWith('/assignLicense')) return withUnits(await this.#assignLicence(request, wait), units);
    if (wait > 0) await delay(wait);
    return withUnits(this.#route(request), units);
  }

  #throttle(units: number, isWrite: boolean): Answer | null {
    const { writesPerWindow, writeWindowMs, unitsPerWindow, unitWindowMs } = this.behaviour;
    const now = Date.now();
    const unitWait = this.#units.take(units, unitsPerWindow, unitWindowMs, now);
    const writeWait = unitWait === 0 && isWrite ? this.#writes.take(1, writesPerWindow, writeWindowMs, now) : 0;
    const waitMs = Math.max(unitWait, writeWait);
    if (waitMs === 0) return null;
    this.counters.throttled += 1;
    return throttled(
      waitMs / 1000,
      isWrite ? 'Write' : 'Read',
      unitWait > 0 ? 'ResourceUnitLimitExceeded' : 'WriteLimitExceeded',
    );
  }

  #may(permissions: readonly string[]): boolean {
    return permissions.some((permission) => this.behaviour.permissions.includes(permission));
  }

  #route(request: GraphRequest): Answer {
    const { method, path } = request;
    const [resource, key, part, last] = path.split('/').filter(Boolean);
    if (resource === 'users' && key === undefined && method === 'GET') return this.#listUsers(request);
    if (resource === 'users' && key !== undefined) return this.#user(request, decodeKey(key), part, last);
    if (path === '/subscribedSkus' && method === 'GET') {
      if (!this.#may(LICENCE_READERS)) return denied();
      const value = this.tenant.skus.map((sku) => skuRecord(this.tenant, sku));
      return { status: 200, body: { value } };
    }
    if (path === '/organization' && method === 'GET') {
      if (!this.#may(USER_READERS)) return denied();
      const record = organizationRecord(this.tenant.now());
      return { status: 200, body: { value: [project(record, request.query.get('$select'), Object.keys(record))] } };
    }
    return graphError(400, 'BadRequest', `Resource not found for the segment '${resource ?? ''}'.`);
  }

  #listUsers({ query }: GraphRequest): Answer {
    if (!this.#may(USER_READERS)) return denied();
    const filter = parseFilter(query.get('$filter') ?? "userPrincipalName ne ''");
    const hasFilter = query.has('$filter');
    if (hasFilter && filter.kind === 'refused') return filter.answer;
    const top = Number(query.get('$top') ?? 100);
    if (!Number.isInteger(top) || top < 1 || top > 999)
      return badRequest('Invalid page size specified: must be between 1 and 999.');
    const candidates: Iterable<VisibleUser> =
      filter.kind === 'ok' && filter.upns
        ? filter.upns.flatMap((upn) => this.tenant.findVisible(upn) ?? [])
        : this.tenant.visibleUsers();
    const skip = Number(query.get('$skiptoken') ?? 0);
    const page: Record<string, unknown>[] = [];
    let seen = 0;
    let more = false;
    for (const user of candidates) {
      const record = userRecord(this.tenant, user);
      if (filter.kind === 'ok' && !filter.predicate(record)) continue;
      seen += 1;
      if (seen <= skip) continue;
      more = page.length === top;
      if (more) break;
      page.push(project(record, query.get('$select'), DEFAULT_USER_PROPERTIES));
    }
    const next = new URLSearchParams(query);
    next.set('$skiptoken', String(skip + top));
    return {
      status: 200,
      body: { value: page, ...(more ? { '@odata.nextLink': `https://graph.microsoft.com/v1.0/users?${next}` } : {}) },
    };
  }

  #user(request: GraphRequest, key: string, part?: string, last?: string): Answer {
    const { method, query } = request;
    if (part === 'sendMail' && method === 'POST') return this.#sendMail(request, key);
    const user = this.tenant.findVisible(key);
    if (!user) return notFound(key);
    if (part === undefined && method === 'GET') {
      if (!this.#may(USER_READERS)) return denied();
      return {
        status: 200,
        body: project(userRecord(this.tenant, user), query.get('$select'), DEFAULT_USER_PROPERTIES),
      };
    }
    if (part === undefined && method === 'PATCH') return this.#patch(request, user.id);
    if (part === 'licenseDetails' && method === 'GET')
      return this.#may(LICENCE_READERS)
        ? { status: 200, body: { value: licenceDetailsRecord(this.tenant, user) } }
        : denied();
    if (part === 'retryServiceProvisioning' && method === 'POST')
      return this.#may(USER_WRITERS) ? { status: 204 } : denied();
    if (part === 'mailboxSettings' && method === 'GET') return this.#mailbox(user, last);
    return graphError(400, 'BadRequest', `Resource not found for the segment '${part}'.`);
  }

  #mailbox(user: VisibleUser, last?: string): Answer {
    if (!this.#may(MAILBOX_READERS)) return mailboxDenied();
    if (user.mailbox === 'on_premises_certain') return onPremisesMailbox();
    if (!user.hasMailbox) return silentMailbox();
    return { status: 200, body: last === 'userPurpose' ? { value: 'user' } : { userPurpose: 'user' } };
  }

  #patch({ body, requestId }: GraphRequest, id: string): Answer {
    if (!this.#may(USER_WRITERS)) return denied();
    const change = locationSchema.safeParse(body);
    const user = this.tenant.find(id);
    if (!change.success || !user)
      return badRequest('Invalid value specified for property usageLocation of resource User.');
    this.tenant.setUsageLocation(user, change.data.usageLocation, requestId);
    return { status: 204 };
  }

  async #assignLicence(request: GraphRequest, latencyMs: number): Promise<Answer> {
    const { parallelLicenceWrites } = this.behaviour;
    this.#licenceWritesUnderWay += 1;
    const isTooMany = parallelLicenceWrites > 0 && this.#licenceWritesUnderWay > parallelLicenceWrites;
    try {
      await delay(latencyMs);
      if (isTooMany)
        return graphError(
          409,
          'Directory_ConcurrencyViolation',
          'Error due to concurrent requests being made to the tenant. Please wait briefly and retry.',
        );
      return this.#license(request);
    } finally {
      this.#licenceWritesUnderWay -= 1;
    }
  }

  #license({ path, body, requestId, method }: GraphRequest): Answer {
    if (method !== 'POST') return graphError(405, 'Request_BadRequest', 'Specified HTTP method is not allowed.');
    if (!this.#may(LICENCE_WRITERS)) return denied();
    const key = decodeKey(path.split('/')[2] ?? '');
    const user = this.tenant.find(key);
    if (!user) return notFound(key);
    const parsed = assignmentSchema.safeParse(body);
    if (!parsed.success) return badRequest(missingParameters(body));
    const { addLicenses, removeLicenses } = parsed.data;
    if (!this.tenant.licensableLocation(user)) return badRequest(REFUSALS.prohibited_location);
    if (user.refusal && addLicenses.length > 0) return badRequest(REFUSALS[user.refusal]);
    const held = new Set(user.licences.filter(({ byGroup }) => byGroup === null).map(({ skuId }) => skuId));
    for (const { skuId } of addLicenses) {
      const sku = this.tenant.skus.find((candidate) => candidate.skuId === skuId);
      if (!sku) return badRequest(`License ${skuId} does not correspond to a valid company License.`);
      const free = sku.enabled + sku.warning - this.tenant.consumedUnits(skuId);
      if (free < 1 && !held.has(skuId))
        return badRequest(`Subscription with SKU ${skuId} does not have any available licenses.`);
    }
    this.tenant.assignLicences(user, addLicenses, removeLicenses, requestId);
    const { past: _, ...current } = user;
    const record = userRecord(this.tenant, { ...current, hasMailbox: false });
    return {
      status: 200,
      body: project(record, null, [...DEFAULT_USER_PROPERTIES, 'assignedLicenses', 'usageLocation']),
    };
  }

  #sendMail({ body }: GraphRequest, sender: string): Answer {
    if (!this.#may(MAIL_SENDERS)) return mailboxDenied();
    const message = z.object({ message: z.looseObject({}) }).safeParse(body);
    if (!message.success) return graphError(400, 'ErrorInvalidRequest', 'The message is missing.');
    this.tenant.sentMail.push({ at: this.tenant.now(), sender, message: message.data.message });
    return { status: 202 };
  }
}

function withUnits(answer: Answer, units: number): Answer {
  return { ...answer, headers: { 'x-ms-resource-unit': String(units), ...answer.headers } };
}

function missingParameters(body: unknown): string {
  const given = z.looseObject({}).safeParse(body).data ?? {};
  const missing = ['addLicenses', 'removeLicenses'].filter((name) => !(name in given));
  return missing.length > 0
    ? `One or more parameters of the operation 'assignLicense' are missing from the request payload. The missing parameters are: ${missing.join(', ')}.`
    : "Cannot convert a primitive value to the expected type 'Edm.Guid'.";
}

/** `users('a@b')` and `users/a@b` name the same account. */
function decodeKey(segment: string): string {
  return decodeURIComponent(segment);
}
