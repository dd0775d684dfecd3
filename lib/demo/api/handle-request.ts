/** The processing of one Graph request, alone or in a batch: fault, permission, budget, latency, response, headers. */
import { randomUUID } from 'node:crypto';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { DEMO_CREDENTIALS } from '#lib/demo/tenant/credentials.ts';
import type { Fault } from '#lib/demo/tenant/faults.ts';
import type { Tenant } from '#lib/demo/tenant/tenant.ts';
import {
  type Answer,
  badSyntax,
  concurrentWrites,
  invalidToken,
  refused,
  serverError,
  throttled,
  timedOut,
  unavailable,
} from './answers.ts';
import { findRoute, refusePermission, unitsOf } from './routes.ts';

export interface GraphRequest {
  method: string;
  /** Percent-encoded, without version. */
  path: string;
  query: URLSearchParams;
  body: unknown;
  clientRequestId: string | null;
  /** The header of that name. */
  consistencyLevel: string | null;
  origin: string;
  inBatch: boolean;
}

export interface Delivery {
  kind: 'answer';
  status: number;
  headers: Record<string, string>;
  /** Undefined: no body. */
  body: unknown;
  /** Cut the body short so that it cannot be read. */
  isMalformed: boolean;
}

/** `reset`: break the connection. `hang`: never answer. */
export type Delivered = Delivery | { kind: 'reset' } | { kind: 'hang' };

/** Serves one request that is not a batch. */
export async function serve(tenant: Tenant, request: GraphRequest): Promise<Delivered> {
  if (request.method !== 'GET') tenant.counters.writes += 1;
  const requestId = randomUUID();
  const deliver = (answer: Answer, isMalformed = false) => finish(tenant, request, requestId, answer, isMalformed);
  const fault = tenant.faults.strike(request);
  if (fault && preventsWork(fault)) return strike(fault, request, deliver);
  const answer = await work(tenant, request, requestId);
  const { method, path, query } = request;
  tenant.log({ method, url: `${path}?${query}`, status: answer.status, requestId });
  if (fault?.kind === 'malformed') return deliver(answer, true);
  if (fault?.kind !== 'lost_answer') return deliver(answer);
  return request.inBatch ? deliver(timedOut()) : { kind: 'reset' };
}

/** False for a fault that spoils only the response. */
export function preventsWork({ kind }: Fault): boolean {
  return kind !== 'lost_answer' && kind !== 'malformed';
}

/** The effect of a fault on a request that is not carried out. */
export function strike(fault: Fault, request: GraphRequest, deliver: (answer: Answer) => Delivery): Delivered {
  switch (fault.kind) {
    case 'hang':
    case 'reset':
      return { kind: fault.kind };
    case 'throttle':
      return deliver(throttled(fault.retryAfterS?.toString() ?? null, request.method === 'GET' ? 'Read' : 'Write'));
    case 'unavailable':
      return deliver(unavailable(fault.retryAfterS));
    case 'token_refused':
      return deliver(invalidToken('Access token validation failure.'));
    case 'refused':
      return deliver(refused(fault.answer));
    case 'forbidden': {
      const found = findRoute(request.method, request.path);
      return deliver(found ? refusePermission(found.route) : badSyntax('Forbidden.'));
    }
    default:
      return deliver(serverError());
  }
}

async function work(tenant: Tenant, request: GraphRequest, requestId: string): Promise<Answer> {
  const { method, path, query, body, origin } = request;
  const found = findRoute(method, path);
  if (!found) return badSyntax(`Resource not found for the segment '${path.split('/')[1] ?? ''}'.`);
  const { route, who } = found;
  const { permissions, latencyMs } = tenant.behaviour;
  if (!route.permissions.some((permission) => permissions.includes(permission))) return refusePermission(route);
  if (route.units > 0) {
    const cost = { units: unitsOf(route, query), writes: route.isWrite ? 1 : 0 };
    const refusal = tenant.throttle.charge(cost, tenant.now(), tenant.behaviour);
    if (refusal) return refusal;
  }
  const isAdvanced = request.consistencyLevel?.toLowerCase() === 'eventual' && query.get('$count') === 'true';
  const answer = () => route.answer({ tenant, origin, path, query, who, body, isAdvanced, requestId });
  if (!route.isLicenceWrite) {
    await pause(route.isWrite ? latencyMs.write : latencyMs.read);
    return answer();
  }
  return withConcurrencyLimit(tenant, async () => {
    await pause(latencyMs.write);
    return answer();
  });
}

/** Refuses a licence write while too many others are in flight, where the tenant is set to do so. */
async function withConcurrencyLimit(tenant: Tenant, write: () => Promise<Answer>): Promise<Answer> {
  const { refuseParallelLicenceWrites, parallelLicenceWrites } = tenant.behaviour;
  if (refuseParallelLicenceWrites && tenant.licenceWritesInFlight >= parallelLicenceWrites) return concurrentWrites();
  tenant.licenceWritesInFlight += 1;
  try {
    return await write();
  } finally {
    tenant.licenceWritesInFlight -= 1;
  }
}

/** At least one turn of the event loop, so that requests arriving together overlap. */
export async function pause(ms: number): Promise<void> {
  await (ms > 0 ? setTimeout(ms, undefined, { ref: false }) : setImmediate());
}

/** Adds the headers of every Graph response (graph-facts §7). */
export function finish(
  tenant: Tenant,
  request: GraphRequest,
  requestId: string,
  answer: Answer,
  isMalformed = false,
): Delivery {
  if (answer.status === 429) tenant.counters.throttled += 1;
  const clientRequestId = request.clientRequestId ?? requestId;
  const found = findRoute(request.method, request.path);
  const percentage = tenant.throttle.percentage(tenant.now(), tenant.behaviour);
  const scope = answer.headers?.['x-ms-throttle-scope'];
  const { clientId, tenantId } = DEMO_CREDENTIALS;
  return {
    kind: 'answer',
    status: answer.status,
    headers: {
      'request-id': requestId,
      'client-request-id': clientRequestId,
      'x-ms-ags-diagnostic': JSON.stringify({
        ServerInfo: { DataCenter: 'Demo', Slice: 'E', Ring: '1', ScaleUnit: '001', RoleInstance: 'DEMO001' },
      }),
      'x-ms-resource-unit': String(found ? unitsOf(found.route, request.query) : 1),
      ...(percentage === null ? {} : { 'x-ms-throttle-limit-percentage': percentage }),
      ...answer.headers,
      ...(scope ? { 'x-ms-throttle-scope': `${scope}/${clientId}/${tenantId}` } : {}),
      ...(answer.body === undefined ? {} : { 'Content-Type': 'application/json' }),
    },
    body: withIds(answer.body, requestId, clientRequestId, tenant.now()),
    isMalformed,
  };
}

interface ErrorBody {
  error: { innerError?: object };
}

function isErrorBody(body: unknown): body is ErrorBody {
  return typeof body === 'object' && body !== null && 'error' in body && typeof body.error === 'object';
}

function withIds(body: unknown, requestId: string, clientRequestId: string, now: number): unknown {
  if (!isErrorBody(body) || !body.error.innerError) return body;
  const date = new Date(now).toISOString().slice(0, 19);
  const innerError = { ...body.error.innerError, date, 'request-id': requestId, 'client-request-id': clientRequestId };
  return { error: { ...body.error, innerError } };
}
