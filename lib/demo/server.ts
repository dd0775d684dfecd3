/** The demo tenant as a server on loopback: token authority, Graph and a control interface, over plain HTTP. Never in production. */
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type Answer, badSyntax, invalidToken } from '#lib/demo/api/answers.ts';
import { answerTokenRequest, discoveryDocument, secretRefused, tokenFault } from '#lib/demo/api/authority.ts';
import { serveBatch } from '#lib/demo/api/batch.ts';
import {
  type Delivered,
  type Delivery,
  finish,
  type GraphRequest,
  preventsWork,
  serve,
  strike,
} from '#lib/demo/api/handle-request.ts';
import type { Behaviour } from '#lib/demo/tenant/behaviour.ts';
import { DEMO_CREDENTIALS } from '#lib/demo/tenant/credentials.ts';
import { demoOrganisation } from '#lib/demo/tenant/seed.ts';
import { keepState, readState } from '#lib/demo/tenant/state-file.ts';
import { type Clock, type Seed, Tenant } from '#lib/demo/tenant/tenant.ts';
import { isLoopback } from '#lib/domain/loopback.ts';
import { control } from './control.ts';

export interface DemoTenantOptions {
  /** 0 or omitted: any free port. */
  port?: number;
  /** Omitted: the demo organisation. */
  seed?: Seed;
  clock?: Clock;
  /** Overrides the seed's behaviour. */
  behaviour?: Partial<Behaviour>;
  /** Where the tenant's state is stored; it overrides the seed. Null or omitted: nowhere. */
  stateFile?: string | null;
}

export interface DemoTenant {
  url: string;
  tenantId: string;
  clientId: string;
  clientSecret: string;
  tenant: Tenant;
  close(): Promise<void>;
}

const MAX_BODY_BYTES = 8 * 1024 * 1024;

/** Starts a tenant; resolves once it listens on 127.0.0.1. Rejects where the port is in use. */
export async function startDemoTenant(options: DemoTenantOptions = {}): Promise<DemoTenant> {
  const { port = 0, seed = demoOrganisation(), clock = { now: Date.now }, behaviour = {}, stateFile = null } = options;
  const state = stateFile === null ? null : readState(stateFile);
  const tenant = new Tenant({ ...seed, behaviour: { ...seed.behaviour, ...behaviour } }, clock, state);
  const keeper = stateFile === null ? null : keepState(stateFile, () => tenant.state());
  if (keeper) tenant.onChange = keeper.touch;
  const server = createServer((request, response) => {
    readRequest(request)
      .then((asked) => answer(tenant, asked))
      .then(
        (delivered) => send(response, delivered),
        () => response.destroy(),
      );
  });
  await listen(server, port);
  keeper?.flush();
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the demo tenant listens on no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    ...DEMO_CREDENTIALS,
    tenant,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
      keeper?.flush();
    },
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
}

/** A response that is not Graph's, and so without Graph's headers. */
function plain({ status, headers = {}, body }: Answer, isMalformed = false): Delivered {
  return { kind: 'answer', status, headers: { 'Content-Type': 'application/json', ...headers }, body, isMalformed };
}

/** A request as it came over HTTP; names of headers in lower case. */
export interface TenantRequest {
  method: string;
  url: URL;
  headers: Readonly<Record<string, string | undefined>>;
  /** The body; null: too long to be read. */
  text: string | null;
}

async function readRequest(request: IncomingMessage): Promise<TenantRequest> {
  const { method = 'GET', headers } = request;
  const url = new URL(request.url ?? '/', `http://${headers.host ?? ''}`);
  const single = Object.entries(headers).map(([name, value]) => [name, value?.toString()]);
  return { method, url, headers: Object.fromEntries(single), text: await readBody(request) };
}

/** What the tenant answers, whatever carries it. */
export async function answer(tenant: Tenant, request: TenantRequest): Promise<Delivered> {
  const { method, url, headers, text } = request;
  // A page whose host name was pointed at this machine must not get in.
  if (!isLoopback(url.origin)) return plain({ status: 403, body: { problem: 'Loopback only.' } });
  if (text === null) return plain({ status: 413, body: { problem: 'The request is too long.' } });
  if (url.pathname.startsWith('/v1.0/')) return graph(tenant, request, text);
  if (!url.pathname.startsWith('/_demo/')) return authority(tenant, method, url, text);
  const isJson = /^application\/json\b/i.test(headers['content-type'] ?? '');
  return plain(control(tenant, method, url.pathname, isJson ? parseJson(text) : MALFORMED));
}

async function graph(tenant: Tenant, { method, url, headers }: TenantRequest, text: string): Promise<Delivered> {
  tenant.counters.requests += 1;
  const body = parseJson(text);
  const call: GraphRequest = {
    method,
    path: url.pathname.slice('/v1.0'.length),
    query: url.searchParams,
    body,
    clientRequestId: headers['client-request-id'] ?? null,
    consistencyLevel: headers.consistencylevel ?? null,
    origin: url.origin,
    inBatch: false,
  };
  const requestId = randomUUID();
  const finished = (said: Answer, isMalformed = false) => finish(tenant, call, requestId, said, isMalformed);
  const fault = tokenFault(headers.authorization, Date.now());
  if (fault) return finished(invalidToken(fault));
  if (body === MALFORMED) return finished(badSyntax('Unable to read JSON request payload.'));
  return call.path === '/$batch' && call.method === 'POST' ? batch(tenant, call, finished) : serve(tenant, call);
}

async function batch(
  tenant: Tenant,
  call: GraphRequest,
  finished: (said: Answer, isMalformed?: boolean) => Delivery,
): Promise<Delivered> {
  const fault = tenant.faults.strike(call);
  if (fault && preventsWork(fault)) return strike(fault, call, finished);
  const served = await serveBatch(tenant, call);
  if (fault?.kind === 'lost_answer') return { kind: 'reset' };
  return served.kind === 'answer' ? finished(served.answer, fault?.kind === 'malformed') : served;
}

function authority(tenant: Tenant, method: string, url: URL, text: string): Delivered {
  const [, name = '', ...rest] = url.pathname.split('/');
  switch (`${method} ${rest.join('/')}`) {
    case 'GET v2.0/.well-known/openid-configuration':
      return plain(discoveryDocument(url.origin, name));
    case 'GET discovery/v2.0/keys':
      return plain({ status: 200, body: { keys: [] } });
    case 'POST oauth2/v2.0/token':
      break;
    default:
      return plain({ status: 404, body: { problem: 'There is nothing here.' } });
  }
  const fault = tenant.faults.strike({ method, path: url.pathname, inBatch: false });
  switch (fault?.kind) {
    case 'hang':
    case 'reset':
      return { kind: fault.kind };
    case 'lost_answer':
      return { kind: 'reset' };
    case 'throttle':
      return plain({ status: 429, headers: { 'Retry-After': String(fault.retryAfterS ?? 1) } });
    case 'unavailable':
      return plain({ status: 503 });
    case 'server_error':
      return plain({ status: 500 });
    case 'token_refused':
    case 'forbidden':
    case 'refused':
      return plain(secretRefused(Date.now()));
  }
  const { permissions, tokenLifetimeS: lifetimeS } = tenant.behaviour;
  // Tokens expire in real time, like the client's cache of them, whatever the tenant's clock says.
  const asked = { tenant: name, form: new URLSearchParams(text), permissions, lifetimeS, now: Date.now() };
  return plain(answerTokenRequest({ ...asked, audience: url.origin }), fault?.kind === 'malformed');
}

function send(response: ServerResponse, delivered: Delivered): void {
  if (delivered.kind === 'hang') return;
  if (delivered.kind === 'reset') {
    response.destroy();
    return;
  }
  const { status, headers, body, isMalformed } = delivered;
  response.writeHead(status, headers);
  if (isMalformed) response.end('{"value":[{"id":');
  else response.end(body === undefined ? undefined : JSON.stringify(body));
}

const MALFORMED = Symbol('not JSON');

function parseJson(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return MALFORMED;
  }
}

/** The body as text; null: too long. */
async function readBody(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    length += bytes.length;
    if (length <= MAX_BODY_BYTES) chunks.push(bytes);
  }
  return length > MAX_BODY_BYTES ? null : Buffer.concat(chunks).toString('utf8');
}
