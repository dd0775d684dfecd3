/** Attacks on sessions: on the built server, in front of a real identity provider. */
import path from 'node:path';
import { expect, test } from '@playwright/test';
import Sqlite from 'better-sqlite3';
import { type AppProcess, freePort, startApp } from '#tests/support/app/app-process.ts';
import { type Browser, browser } from '#tests/support/app/cookie-browser.ts';
import { startOidcProvider, type TestAccount, type TestProvider } from '#tests/support/app/oidc.ts';
import { startTenantProcess, type TenantProcess, temporaryFolder } from '#tests/support/processes.ts';
import { crowd, seedOf } from '#tests/support/seeds.ts';

const MINUTE = 60_000;
const ACCOUNTS: TestAccount[] = [
  { oid: 'operator-1', name: 'Oda Operator', email: 'oda@contoso.example', roles: ['Operator'] },
  { oid: 'operator-2', name: 'Ole Operator', email: 'ole@contoso.example', roles: ['Operator'] },
  { oid: 'admin-1', name: 'Ada Admin', email: 'ada@contoso.example', roles: ['Admin'] },
];

let tenant: TenantProcess;
let provider: TestProvider;
let app: AppProcess;
let db: Sqlite.Database;

test.beforeAll(async () => {
  tenant = await startTenantProcess(seedOf({ users: crowd(1) }));
  const url = `http://127.0.0.1:${await freePort()}`;
  provider = await startOidcProvider(ACCOUNTS, url);
  const DATA_DIR = temporaryFolder();
  app = await startApp({
    ...tenant.env,
    TENANT_MODE: 'entra',
    DATA_DIR,
    PORT: new URL(url).port,
    NEXTAUTH_URL: url,
    NEXTAUTH_SECRET: 'a-session-secret-for-tests-of-40-characters',
    AZURE_AD_TENANT_ID: provider.tenantId,
    AZURE_AD_CLIENT_ID: provider.clientId,
    AZURE_AD_CLIENT_SECRET: provider.clientSecret,
    AZURE_AD_WELL_KNOWN: provider.wellKnown,
  });
  db = new Sqlite(path.join(DATA_DIR, 'autoprovision.db'));
});
test.afterAll(async () => {
  db.close();
  await app.stop();
  await tenant.stop();
  await provider.close();
});

async function form(user: Browser, address: string, more: Record<string, string> = {}) {
  const { csrfToken } = JSON.parse((await user.visit(`${app.url}/api/auth/csrf`)).text);
  return user.visit(`${app.url}/api/auth/${address}`, { csrfToken, callbackUrl: '/help', ...more });
}

async function signIn(oid: string): Promise<Browser> {
  const user = browser();
  const choice = await form(user, 'signin/azure-ad');
  expect((await user.visit(`${choice.url}?as=${oid}`)).url).toBe(`${app.url}/help`);
  return user;
}

function ask(user: Browser, address: string, init: RequestInit = {}) {
  const headers = { cookie: user.cookies(app.url), ...init.headers };
  return fetch(`${app.url}${address}`, { redirect: 'manual', ...init, headers });
}

function post(user: Browser, address: string, body: unknown, type = 'application/json') {
  const headers = { 'content-type': type, origin: app.url, 'sec-fetch-site': 'same-origin' };
  return ask(user, address, { method: 'POST', headers, body: typeof body === 'string' ? body : JSON.stringify(body) });
}

/** Page, handler, change and upload: whatever a session opens. */
async function expectEnded(user: Browser) {
  const page = await ask(user, '/people');
  expect(page.headers.get('location') ?? (await page.text())).toContain('/sign-in');
  expect((await ask(user, '/api/live-updates')).status).toBe(401);
  expect((await ask(user, '/api/live')).status).toBe(401);
  expect((await post(user, '/api/runs', {})).status).toBe(401);
  expect((await post(user, '/api/drafts?name=a.csv', 'CN\n', 'text/csv')).status).toBe(401);
}

const sessionsOf = (name: string) =>
  db.prepare<[string], { id: string; address: string }>('select id, address from sessions where name = ?').all(name);
const lastEvent = (kind: string) =>
  db.prepare('select message from events where kind = ? order by id desc limit 1').pluck().get(kind);
const isWorking = async (user: Browser) => (await ask(user, '/api/live-updates')).status;

test('signing out ends the session everywhere: a copy of its cookies opens nothing, and its stream closes', async () => {
  const user = await signIn('operator-1');
  const [{ address } = { address: '' }] = sessionsOf('Oda Operator');
  expect(address).toBe('127.0.0.1');
  const copy = user.copied();
  const stream = await ask(copy, '/api/live');
  expect(stream.status).toBe(200);
  const { csrfToken } = JSON.parse((await user.visit(`${app.url}/api/auth/csrf`)).text);
  const body = new URLSearchParams({ csrfToken, json: 'true' });
  const left = await ask(user, '/api/auth/signout', { method: 'POST', body });
  expect(left.headers.get('clear-site-data')).toBe('"cache"');
  // Reads until the server closes it.
  await stream.text();
  await expectEnded(copy);
  expect(lastEvent('operator.signed_out')).toBe('Oda Operator signed out.');
});

test('signing out everywhere ends the sessions of other devices, and nobody else’s', async () => {
  const [here, there, colleague] = [await signIn('operator-1'), await signIn('operator-1'), await signIn('operator-2')];
  expect((await post(here, '/api/sessions/sign-out-everywhere', {})).status).toBe(200);
  await expectEnded(there);
  expect(await isWorking(colleague)).toBe(200);
  await form(colleague, 'signout');
});

test('an Admin ends a session at once; an Operator who tries is refused, which the history tells', async () => {
  const [admin, user, other] = [await signIn('admin-1'), await signIn('operator-1'), await signIn('operator-2')];
  const [session] = sessionsOf('Oda Operator');
  expect((await post(other, '/api/sessions/end', { id: session?.id })).status).toBe(403);
  expect(lastEvent('action.refused')).toBe('Ole Operator was refused something that needs the role Admin.');
  expect(await isWorking(user)).toBe(200);
  expect((await post(admin, '/api/sessions/end', { id: session?.id })).status).toBe(200);
  await expectEnded(user);
  expect(await isWorking(other)).toBe(200);
  expect(lastEvent('session.ended')).toBe('Ada Admin ended a session of Oda Operator.');
});

test('a change that another site sends in the name of an operator is refused, which the history tells', async () => {
  const user = await signIn('operator-2');
  const headers = { 'content-type': 'application/json', 'sec-fetch-site': 'same-site' };
  expect((await ask(user, '/api/runs', { method: 'POST', headers, body: '{}' })).status).toBe(403);
  const told = 'A request to /api/runs in the name of Ole Operator was refused: it came from another site.';
  expect(lastEvent('action.refused')).toBe(told);
  // A stranger is refused as well, and writes nothing.
  const stranger = await fetch(`${app.url}/api/runs`, { method: 'POST', headers, body: '{}' });
  expect([401, 403]).toContain(stranger.status);
  expect(db.prepare("select count(*) from events where message like 'A request to%'").pluck().get()).toBe(1);
});

test('an idle session ends, and a page that refreshes itself does not keep it', async () => {
  const user = await signIn('operator-1');
  const seen = () => db.prepare("select last_seen_at from sessions where name = 'Oda Operator'").pluck().get();
  const idleFor = (minutes: number) => {
    const at = Date.now() - minutes * MINUTE;
    db.prepare("update sessions set last_seen_at = ? where name = 'Oda Operator'").run(at);
    return at;
  };
  const at = idleFor(59);
  const byItself = { headers: { 'sec-fetch-mode': 'cors' } };
  expect((await ask(user, '/api/live-updates', byItself)).status).toBe(200);
  expect((await ask(user, '/help', byItself)).status).toBe(200);
  expect(seen()).toBe(at);
  expect((await post(user, '/api/sessions/seen', {})).status).toBe(200);
  expect(seen()).toBeGreaterThan(at);
  idleFor(60);
  await expectEnded(user);
  expect(lastEvent('session.ended')).toContain('because nothing was done in it for 60 minutes');
});

test('no session is older than ten hours', async () => {
  const user = await signIn('operator-1');
  db.prepare("update sessions set signed_in_at = ? where name = 'Oda Operator'").run(Date.now() - 600 * MINUTE);
  await expectEnded(user);
});

test('a role that was taken away opens nothing any more, and closes what it opened', async () => {
  const user = await signIn('operator-2');
  const stream = await ask(user, '/api/live');
  const account = ACCOUNTS.find(({ oid }) => oid === 'operator-2');
  if (account) account.roles = [];
  db.prepare("update sessions set role_checked_at = ? where name = 'Ole Operator'").run(Date.now() - 10 * MINUTE);
  expect((await post(user, '/api/runs', {})).status).toBe(401);
  await stream.text();
  const page = await ask(user, '/people');
  expect(page.headers.get('location') ?? (await page.text())).toContain('/no-access');
});

test('whoever signs in again leaves the session before, and an id of one’s own choice is none', async () => {
  const user = await signIn('operator-1');
  const copy = user.copied();
  const choice = await form(user, 'signin/azure-ad');
  if (choice.url.includes('/choose/')) await user.visit(`${choice.url}?as=operator-1`);
  await expectEnded(copy);
  expect(await isWorking(user)).toBe(200);
  const forged = browser(
    new Map([[new URL(app.url).host, new Map([['next-auth.session-token', sessionsOf('Oda Operator')[0]?.id ?? '']])]]),
  );
  await expectEnded(forged);
});
