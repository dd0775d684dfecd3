/** Attacks of somebody who is not signed in, on the built server in front of a real identity provider. */
import { readFileSync } from 'node:fs';
import { request as ask, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, test } from '@playwright/test';
import { type AppProcess, freePort, startApp } from '#tests/support/app/app-process.ts';
import { startOidcProvider, type TestProvider } from '#tests/support/app/oidc.ts';
import { startTenantProcess, type TenantProcess, temporaryFolder } from '#tests/support/processes.ts';
import { crowd, seedOf } from '#tests/support/seeds.ts';

const MB = 1024 * 1024;
/** What people open; TLS ends at the proxy in front, which passes the name on. */
const PUBLIC = 'https://autoprovision.contoso.example';

let tenant: TenantProcess;
let provider: TestProvider;
let app: AppProcess;
let port: number;

test.beforeAll(async () => {
  tenant = await startTenantProcess(seedOf({ users: crowd(1) }));
  provider = await startOidcProvider([], PUBLIC);
  port = await freePort();
  app = await startApp({
    ...tenant.env,
    TENANT_MODE: 'entra',
    DATA_DIR: temporaryFolder(),
    PORT: String(port),
    NEXTAUTH_URL: PUBLIC,
    NEXTAUTH_SECRET: 'a-session-secret-for-tests-of-40-characters',
    AZURE_AD_TENANT_ID: provider.tenantId,
    AZURE_AD_CLIENT_ID: provider.clientId,
    AZURE_AD_CLIENT_SECRET: provider.clientSecret,
    AZURE_AD_WELL_KNOWN: provider.wellKnown,
  });
});
test.afterAll(async () => {
  await app.stop();
  await tenant.stop();
  await provider.close();
});

interface Asked {
  method?: string;
  headers?: Record<string, string>;
  body?: Buffer | string;
}

async function send(path: string, { method = 'GET', headers = {}, body }: Asked = {}) {
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const all = { host: new URL(PUBLIC).host, ...headers };
    const asked = ask({ host: '127.0.0.1', port, path, method, headers: all, agent: false }, resolve);
    asked.on('error', reject);
    asked.end(body);
  });
  return { status: answer.statusCode ?? 0, headers: answer.headers, body: await text(answer) };
}

/** Resident memory of the server, MB. */
function memory(): number {
  const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${app.pid}/status`, 'utf8'))?.[1];
  return Number(kilobytes) / 1024;
}

test('forty forms of 9.5 MB, without a cookie, cost the server nothing', async () => {
  await send('/sign-in');
  const before = memory();
  const boundary = 'x';
  const body = Buffer.alloc(9.5 * MB, `--${boundary}\r\n`);
  const form = { method: 'POST', headers: { 'content-type': `multipart/form-data; boundary=${boundary}` }, body };
  const answers = await Promise.allSettled(Array.from({ length: 40 }, () => send('/api/auth/callback/azure-ad', form)));
  // Some senders are cut off while they write; nobody is let in.
  for (const answer of answers) if (answer.status === 'fulfilled') expect(answer.value.status).toBe(413);
  expect((await send('/sign-in')).status).toBe(200);
  expect(memory() - before).toBeLessThan(100);
});

test('a stranger writes nothing to the log of the server', async () => {
  const code = 'written by a stranger';
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const body = new URLSearchParams({ code, level: 'error', message: code }).toString();
  expect((await send('/api/auth/_log', { method: 'POST', headers, body })).status).toBe(404);
  expect(app.log()).not.toContain(code);
});

test('what Next brings and nobody uses is not there', async () => {
  const picture = encodeURIComponent('/tour/overview.png');
  expect((await send(`/_next/image?url=${picture}&w=640&q=75`)).status).toBe(404);
  const action = { 'next-action': '0'.repeat(40), 'content-type': 'text/plain;charset=UTF-8' };
  expect((await send('/sign-in', { method: 'POST', headers: action, body: '[]' })).status).toBe(405);
  for (const method of ['TRACE', 'OPTIONS', 'PUT', 'DELETE', 'PATCH'])
    expect((await send('/api/runs', { method })).status, method).toBe(405);
});

test('another name than the public one is not answered to', async () => {
  const { status, body } = await send('/sign-in', { headers: { host: 'evil.example' } });
  expect(status).toBe(421);
  expect(body).not.toContain('evil');
});

test('a request for another protocol is answered as any other: nobody passes the gate by it, or holds a connection', async () => {
  const asked = (host: string, path: string) => {
    const socket = connect(port, '127.0.0.1');
    socket.write(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`);
    return new Promise<string>((resolve) => {
      socket.once('data', (answer) => resolve(answer.toString('latin1', 0, 12)));
      // Silent for so long, it would be for ever.
      socket.setTimeout(10_000, () => resolve('nothing'));
      socket.once('close', () => resolve('closed'));
    }).finally(() => socket.destroy());
  };
  await send('/sign-in');
  const ours = new URL(PUBLIC).host;
  const answers = [asked('evil.example', '/nothing-is-here'), asked(ours, '/nothing-is-here'), asked(ours, '/sign-in')];
  expect(await Promise.all(answers)).toEqual(['HTTP/1.1 421', 'HTTP/1.1 404', 'HTTP/1.1 200']);
});

test('every answer has all the headers: page, refusal, file, upload, icon, what does not exist', async () => {
  const page = await send('/sign-in');
  const script = /\/_next\/static\/[\w./~-]+\.js/.exec(page.body)?.[0] ?? '';
  const csv = { method: 'POST', headers: { 'content-type': 'text/csv' }, body: 'CN\n' };
  const answers = {
    page,
    script: await send(script),
    upload: await send('/api/drafts?name=a.csv', csv),
    file: await send('/api/files?name=a.csv', csv),
    handler: await send('/api/runs', { method: 'POST', body: '{}' }),
    missing: await send('/nothing-is-here'),
    icon: await send('/icon.svg'),
    favicon: await send('/favicon.ico'),
    redirect: await send('/people'),
  };
  expect(answers.script.status).toBe(200);
  for (const [name, { headers }] of Object.entries(answers)) {
    expect(headers, name).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
      'strict-transport-security': 'max-age=31536000; includeSubDomains',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    });
    expect(headers['content-security-policy'], name).toMatch(/default-src 'self'|default-src 'none'/);
    expect(headers['permissions-policy'], name).toContain('camera=()');
    expect(headers['x-powered-by'], name).toBeUndefined();
  }
});

test('cookies belong to this host alone', async () => {
  const { headers } = await send('/api/auth/csrf');
  expect(headers['set-cookie']?.length).toBeGreaterThan(0);
  for (const cookie of headers['set-cookie'] ?? []) {
    expect(cookie).toMatch(/^__Host-/);
    expect(cookie).toMatch(/; Path=\/;.*HttpOnly.*Secure/i);
    expect(cookie).not.toMatch(/Domain=/i);
  }
});

test('a sign-in storm reads the discovery document of the identity provider once, and is slowed down', async () => {
  const { headers, body } = await send('/api/auth/csrf');
  const cookie = (headers['set-cookie'] ?? []).map((one) => one.split(';')[0]).join('; ');
  const form = new URLSearchParams({ csrfToken: JSON.parse(body).csrfToken, callbackUrl: PUBLIC, json: 'true' });
  const post = { 'content-type': 'application/x-www-form-urlencoded', cookie };
  const sent = Array.from({ length: 200 }, () =>
    send('/api/auth/signin/azure-ad', { method: 'POST', headers: post, body: form.toString() }),
  );
  const statuses = (await Promise.all(sent)).map(({ status }) => status);
  expect(statuses.filter((status) => status === 429).length).toBeGreaterThan(50);
  expect(statuses.filter((status) => status < 400).length).toBeGreaterThan(50);
  expect(provider.discoveries()).toBe(1);
});
