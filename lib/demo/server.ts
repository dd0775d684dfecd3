/** The demo tenant: a Microsoft 365 tenant in miniature, over plain HTTP on loopback. Token authority, Graph and controls. */
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { type Answer, graphError, throttled } from './answers.ts';
import { Authority } from './authority.ts';
import { answerBatch, parseUrl } from './batch.ts';
import { type Behaviour, DOCUMENTED_BEHAVIOUR, Faults, seededRandom } from './behaviour.ts';
import { answerControl } from './control.ts';
import { Graph } from './graph.ts';
import { demoOrganisation } from './seed.ts';
import { type Keeper, keepState, loadState } from './state-file.ts';
import { type Seed, seedUser, Tenant } from './tenant.ts';

export interface DemoTenantOptions {
  /** 0 or left out: any free port. */
  port?: number;
  /** Whom the tenant starts with; left out: the demo organisation. Not used where `stateFile` has a state. */
  seed?: Seed;
  behaviour?: Partial<Behaviour>;
  /** Where the state survives a restart. */
  stateFile?: string;
  /** Makes shuffling and chance repeat. */
  randomSeed?: number;
}

export interface DemoTenant {
  url: string;
  graph: Graph;
  close(): Promise<void>;
}

const JSON_TYPE = 'application/json; odata.metadata=minimal; charset=utf-8';
const LOOPBACK = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/;

function parseBody(body: string): unknown {
  try {
    return body === '' ? undefined : JSON.parse(body);
  } catch {
    return undefined;
  }
}

function send(response: ServerResponse, answer: Answer, requestId: string, clientRequestId: string): void {
  response.writeHead(answer.status, {
    'Content-Type': JSON_TYPE,
    'request-id': requestId,
    'client-request-id': clientRequestId,
    'x-ms-ags-diagnostic':
      '{"ServerInfo":{"DataCenter":"Demo","Slice":"E","Ring":"1","ScaleUnit":"000","RoleInstance":"DEMO"}}',
    ...answer.headers,
  });
  response.end(answer.body === undefined ? '' : JSON.stringify(answer.body));
}

class Server {
  readonly graph: Graph;
  readonly authority = new Authority();
  readonly #shuffle: () => number;
  readonly #keeper: Keeper | null;
  url = '';

  constructor(graph: Graph, shuffle: () => number, keeper: Keeper | null) {
    this.graph = graph;
    this.#shuffle = shuffle;
    this.#keeper = keeper;
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const requestId = randomUUID();
    const clientRequestId = String(request.headers['client-request-id'] ?? requestId);
    const method = request.method ?? 'GET';
    const url = new URL(request.url ?? '/', 'http://demo.invalid');
    const body = await text(request);
    const reply = (answer: Answer) => send(response, answer, requestId, clientRequestId);
    // A page in somebody's browser must not reach this through a name of its own.
    if (!LOOPBACK.test(request.headers.host ?? '')) return reply(graphError(403, 'Forbidden', 'Loopback only.'));
    if (url.pathname.startsWith('/_demo/')) {
      reply(answerControl(this.graph, method, url.pathname, parseBody(body)));
      return this.#keeper?.changed();
    }
    if (!url.pathname.startsWith('/v1.0/')) return reply(this.#sign(url, body));

    this.graph.counters.requests += 1;
    const path = url.pathname.slice('/v1.0'.length);
    const fault = this.graph.faults.strike('request', method, path);
    switch (fault?.kind) {
      case 'reset':
        return void response.destroy();
      case 'hang':
        return;
      case 'throttle':
        this.graph.counters.throttled += 1;
        return reply(throttled(fault.retryAfterS, 'Read', 'CPULimitExceeded'));
      case 'unavailable':
        return reply(graphError(503, 'ServiceUnavailable', 'The service is unavailable.'));
      case 'server_error':
        return reply(graphError(500, 'InternalServerError', 'An internal error occurred.'));
      case 'forbidden':
        return reply(
          graphError(403, 'Authorization_RequestDenied', 'Insufficient privileges to complete the operation.'),
        );
      case 'malformed':
        response.writeHead(200, { 'Content-Type': JSON_TYPE });
        return void response.end('{"responses":[{"id":');
    }
    const answer =
      this.authority.refuse(request.headers.authorization, Date.now()) ??
      (path === '/$batch' && method === 'POST'
        ? await answerBatch(this.graph, parseBody(body), this.#shuffle)
        : await this.graph.answer({ method, ...parseUrl(request.url ?? '/'), body: parseBody(body), requestId }));
    this.#keeper?.changed();
    if (fault?.kind === 'lost_answer') return void response.destroy();
    reply(answer);
  }

  #sign(url: URL, body: string): Answer {
    if (url.pathname.endsWith('/.well-known/openid-configuration')) return this.authority.discovery(this.url);
    if (url.pathname.endsWith('/oauth2/v2.0/token')) {
      const isRefused = this.graph.faults.strike('request', 'POST', '/token')?.kind === 'token_refused';
      return this.authority.token(new URLSearchParams(body), this.graph.behaviour.permissions, isRefused, Date.now());
    }
    return graphError(404, 'NotFound', 'There is nothing here.');
  }
}

/** Starts a demo tenant on 127.0.0.1. Rejects where the port is taken or the state file cannot be read. */
export async function startDemoTenant(options: DemoTenantOptions = {}): Promise<DemoTenant> {
  const now = Date.now();
  const random = seededRandom(options.randomSeed ?? 1);
  const behaviour = { ...DOCUMENTED_BEHAVIOUR, ...options.behaviour };
  const kept = options.stateFile ? loadState(options.stateFile) : null;
  const { users, skus } = options.seed ?? demoOrganisation();
  const tenant = new Tenant(
    kept ?? { users: users.map((seed) => seedUser(seed, now)), skus, ledger: [], sentMail: [], clockOffsetMs: 0 },
  );
  tenant.replicationLagMs = behaviour.replicationLagMs;
  const graph = new Graph(tenant, behaviour, new Faults(random));
  const keeper = options.stateFile ? keepState(options.stateFile, () => tenant.state()) : null;
  const handler = new Server(graph, random, keeper);
  const server = createServer((request, response) => {
    handler.handle(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  handler.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: handler.url,
    graph,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
      keeper?.flush();
    },
  };
}
