/** A signed-in caller of a demo tenant, on plain fetch, and a tenant that ends with the test. */
import { onTestFinished } from 'vitest';
import { type DemoTenantOptions, startDemoTenant } from '#lib/demo/server.ts';
import { DEMO_CREDENTIALS } from '#lib/demo/tenant/credentials.ts';
import { demoSku, skuIdOf } from '#lib/demo/tenant/skus.ts';
import type { Seed, Tenant, UserSeed } from '#lib/demo/tenant/tenant.ts';

export const PLAN_1 = skuIdOf('EXCHANGESTANDARD');
export const KIOSK = skuIdOf('EXCHANGEDESKLESS');
export const ADA = 'ada@contoso.example';

export interface Reply {
  status: number;
  headers: Headers;
  /** Parsed JSON; undefined where there is no body. */
  body: unknown;
}

export interface Caller {
  url: string;
  tenant: Tenant;
  /** A call to Graph, without version in the path. */
  graph(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Reply>;
  /** A batch of the given requests; ids are 1, 2, … and bodies get their Content-Type. */
  batch(requests: readonly Sub[]): Promise<Reply & { responses: Map<string, SubReply> }>;
  control(method: string, path: string, body?: unknown): Promise<Reply>;
  close(): Promise<void>;
}

export interface Sub {
  method: string;
  url: string;
  body?: unknown;
  dependsOn?: string[];
}

interface SubReply {
  id: string;
  status: number;
  headers: Record<string, string>;
  body?: unknown;
}

export function seedOf(users: UserSeed[], seats: { plan1?: number; kiosk?: number } = {}): Seed {
  return {
    users,
    skus: [demoSku('EXCHANGESTANDARD', seats.plan1 ?? 100), demoSku('EXCHANGEDESKLESS', seats.kiosk ?? 100)],
  };
}

/** Somebody who can be licensed at once. */
export const ada = (change: Partial<UserSeed> = {}): UserSeed => ({
  userPrincipalName: ADA,
  displayName: 'Ada Ash',
  usageLocation: 'US',
  mailboxOpensAfterMs: 60_000,
  ...change,
});

export function tokenForm(change: Record<string, string> = {}): URLSearchParams {
  const { clientId, clientSecret } = DEMO_CREDENTIALS;
  return new URLSearchParams({
    client_id: clientId,
    client_secret: clientSecret,
    grant_type: 'client_credentials',
    scope: 'https://graph.microsoft.com/.default',
    ...change,
  });
}

export async function askForToken(url: string, form = tokenForm(), tenantId: string = DEMO_CREDENTIALS.tenantId) {
  return fetch(`${url}/${tenantId}/oauth2/v2.0/token`, { method: 'POST', body: form });
}

async function replyOf(answer: Response): Promise<Reply> {
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, body: text === '' ? undefined : JSON.parse(text) };
}

/** Starts a tenant and signs in to it. */
export async function openTenant(users: UserSeed[] = [ada()], options: DemoTenantOptions = {}): Promise<Caller> {
  const started = await startDemoTenant({ seed: seedOf(users), ...options });
  let isOpen = true;
  const close = async () => {
    if (isOpen) await started.close();
    isOpen = false;
  };
  onTestFinished(close);
  const { url, tenant } = started;
  const { access_token: token } = (await (await askForToken(url)).json()) as { access_token: string };
  const send = async (address: string, method: string, body: unknown, headers: Record<string, string>) =>
    replyOf(
      await fetch(address, {
        method,
        headers: { ...(body === undefined ? {} : { 'Content-Type': 'application/json' }), ...headers },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    );
  const graph: Caller['graph'] = (method, path, body, headers = {}) =>
    send(`${url}/v1.0${path}`, method, body, { authorization: `Bearer ${token}`, ...headers });
  return {
    url,
    tenant,
    graph,
    close,
    async batch(requests) {
      const reply = await graph('POST', '/$batch', { requests: requests.map(numbered) });
      const { responses = [] } = reply.body as { responses?: SubReply[] };
      return { ...reply, responses: new Map(responses.map((response) => [response.id, response])) };
    },
    control: (method, path, body) => send(`${url}/_demo/${path}`, method, body, {}),
  };
}

export function numbered(request: Sub, index: number) {
  const headers = request.body === undefined ? {} : { headers: { 'Content-Type': 'application/json' } };
  return { id: String(index + 1), ...headers, ...request };
}

export const addLicences = (...skuIds: string[]) => ({
  addLicenses: skuIds.map((skuId) => ({ skuId, disabledPlans: [] })),
  removeLicenses: [],
});

export const assignTo = (upn: string, ...skuIds: string[]): Sub => ({
  method: 'POST',
  url: `/users/${upn}/assignLicense`,
  body: addLicences(...skuIds),
});
