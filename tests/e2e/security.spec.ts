import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type BrowserContext, expect, type Page } from '@playwright/test';
import { type AppProcess, freePort, startApp, startRefused } from '#tests/support/app/app-process.ts';
import { test } from '#tests/support/app/browser-test.ts';
import { startOidcProvider, type TestProvider } from '#tests/support/app/oidc.ts';
import { handlers, pages } from '#tests/support/app/routes.ts';
import { cli, type Env, startTenantProcess, type TenantProcess, temporaryFolder } from '#tests/support/processes.ts';
import { crowd, csvOf, seedOf } from '#tests/support/seeds.ts';

const ACCOUNTS = [
  { oid: 'viewer-1', name: 'Vera Viewer', email: 'vera@contoso.example', roles: ['Viewer'] },
  { oid: 'operator-1', name: 'Oda Operator', email: 'oda@contoso.example', roles: ['Operator'] },
  { oid: 'admin-1', name: 'Ada Admin', email: 'ada@contoso.example', roles: ['Admin', 'Viewer'] },
  { oid: 'nobody-1', name: 'Nina Norole', email: 'nina@contoso.example' },
  { oid: 'stranger-1', name: 'Stan Stranger', email: 'stan@fabrikam.example', tid: 'another-tenant', roles: ['Admin'] },
];

/** Headers by which middleware of Next.js was bypassed, or might be. */
const FORGED = {
  'x-middleware-subrequest': 'middleware:middleware:middleware:middleware:middleware',
  'x-middleware-next': '1',
  'x-middleware-rewrite': '/people',
  'x-middleware-override-headers': 'cookie',
  'x-nextjs-data': '1',
};

let tenant: TenantProcess;
let provider: TestProvider;
let app: AppProcess;
let env: Env;

async function productionEnv(url: string): Promise<Env> {
  provider = await startOidcProvider(ACCOUNTS, url);
  return {
    ...tenant.env,
    TENANT_MODE: 'entra',
    DATA_DIR: temporaryFolder(),
    PORT: new URL(url).port,
    NEXTAUTH_URL: url,
    NEXTAUTH_SECRET: 'a-session-secret-for-tests-of-40-characters',
    AZURE_AD_TENANT_ID: provider.tenantId,
    AZURE_AD_CLIENT_ID: provider.clientId,
    AZURE_AD_CLIENT_SECRET: provider.clientSecret,
    AZURE_AD_WELL_KNOWN: provider.wellKnown,
  };
}

test.beforeAll(async () => {
  const users = crowd(3);
  tenant = await startTenantProcess(seedOf({ users }));
  env = await productionEnv(`http://127.0.0.1:${await freePort()}`);
  const file = path.join(env.DATA_DIR ?? '', 'newcomers.csv');
  writeFileSync(file, csvOf(users));
  await cli(['import', file], env);
  app = await startApp(env);
});

test.afterAll(async () => {
  await app.stop();
  await provider.close();
  await tenant.stop();
});

async function signIn(page: Page, name: string): Promise<void> {
  await page.goto(`${app.url}/sign-in`);
  await page.getByRole('button', { name: /microsoft/i }).click();
  await page.getByRole('link', { name }).click();
  await page.waitForURL(`${app.url}/**`);
}

async function contextOf(page: Page, name: string): Promise<BrowserContext> {
  await signIn(page, name);
  return page.context();
}

/** What an anonymous visitor gets from every page and handler; nothing of it may tell about people. */
async function expectNothingForAnonymous(url: string, headers: Record<string, string> = {}): Promise<void> {
  for (const address of pages()) {
    const answer = await fetch(`${url}${address}`, { redirect: 'manual', headers });
    const body = await answer.text();
    expect(body, address).not.toContain('person1');
    const target = answer.headers.get('location') ?? body;
    expect(target, address).toContain('/sign-in');
  }
  for (const { method, address } of handlers()) {
    const answer = await fetch(`${url}${address}`, {
      method,
      headers: { 'content-type': 'application/json', origin: url, ...headers },
      ...(method === 'GET' ? {} : { body: '{}' }),
    });
    expect(answer.status, `${method} ${address}`).toBe(401);
  }
}

test('there are pages and handlers to test', () => {
  expect(pages()).toEqual(
    expect.arrayContaining(['/', '/people', '/people/1', '/runs', '/runs/1', '/files', '/files/1']),
  );
  expect(handlers().length).toBeGreaterThan(4);
});

test('every page and handler refuses an anonymous visitor', async () => {
  await expectNothingForAnonymous(app.url);
});

test('forged middleware headers open nothing', async () => {
  for (const [name, value] of Object.entries(FORGED)) await expectNothingForAnonymous(app.url, { [name]: value });
  await expectNothingForAnonymous(app.url, FORGED);
});

/** The product as it was built, but for the proxy, which is taken out of the list of what stands before every page. */
function copyWithoutProxy(root: string): void {
  const project = path.join(import.meta.dirname, '..', '..');
  const parts = ['app', 'components', 'lib', 'db', 'public', 'node_modules', 'instrumentation.ts', 'next.config.mjs'];
  for (const part of [...parts, 'package.json', 'package-lock.json', 'tsconfig.json'])
    symlinkSync(path.join(project, part), path.join(root, part));
  const isCache = (file: string) => path.basename(file) === 'cache';
  cpSync(path.join(project, '.next'), path.join(root, '.next'), { recursive: true, filter: (file) => !isCache(file) });
  const list = path.join(root, '.next', 'server', 'functions-config-manifest.json');
  const { functions, ...rest } = JSON.parse(readFileSync(list, 'utf8'));
  expect(Object.keys(functions)).toEqual(['/_middleware']);
  writeFileSync(list, JSON.stringify({ ...rest, functions: {} }));
}

test('without the proxy everything is refused all the same', async () => {
  const root = temporaryFolder();
  copyWithoutProxy(root);
  const url = `http://127.0.0.1:${await freePort()}`;
  const bare = await startApp({ ...env, PORT: new URL(url).port, NEXTAUTH_URL: url }, root);
  const policyOf = async (at: string) => (await fetch(`${at}/sign-in`)).headers.get('content-security-policy');
  try {
    expect(await policyOf(app.url)).toContain('nonce-');
    expect(await policyOf(bare.url)).not.toContain('nonce-');
    await expectNothingForAnonymous(bare.url);
    await expectNothingForAnonymous(bare.url, FORGED);
  } finally {
    await bare.stop();
  }
});

test('an operator signs in through Entra ID with code and PKCE, and the role comes from the token', async ({
  page,
}) => {
  await signIn(page, 'Oda Operator');
  await expect(page.getByText('Oda Operator').first()).toBeVisible();
  await expect(page.getByRole('navigation').first()).toBeVisible();
});

test('somebody without a role reads whom to ask and sees nothing else', async ({ page }) => {
  await signIn(page, 'Nina Norole');
  await page.goto(`${app.url}/people`);
  await expect(page).toHaveURL(/no-access/);
  await expect(page.getByText(/administrator/i).first()).toBeVisible();
  await expect(page.getByText('person1')).toHaveCount(0);
});

test('an account of another tenant is not let in, whatever role it claims', async ({ page }) => {
  await signIn(page, 'Stan Stranger');
  await page.goto(`${app.url}/people`);
  await expect(page).toHaveURL(/sign-in/);
  await expect(page.getByText('person1')).toHaveCount(0);
});

test('a Viewer may change nothing, an Operator no settings', async ({ browser }) => {
  const refusedFor = async (name: string, addresses: string[]) => {
    const context = await contextOf(await (await browser.newContext()).newPage(), name);
    for (const address of addresses) {
      const answer = await context.request.fetch(`${app.url}${address}`, {
        method: 'POST',
        headers: { origin: app.url, 'sec-fetch-site': 'same-origin' },
        data: {},
      });
      expect(answer.status(), `${name}: ${address}`).toBe(403);
    }
    await context.close();
  };
  const changes = [
    '/api/runs',
    '/api/people/retry',
    '/api/people/approve',
    '/api/people/dismiss',
    '/api/people/reopen',
  ];
  await refusedFor('Vera Viewer', [...changes, '/api/settings']);
  await refusedFor('Oda Operator', ['/api/settings']);
});

test('another site cannot make the browser of an operator change anything', async ({ page }) => {
  const context = await contextOf(page, 'Oda Operator');
  const answer = await context.request.post(`${app.url}/api/runs`, {
    headers: { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
    data: {},
  });
  expect(answer.status()).toBe(403);
});

test('the demo sign-in does not exist beside a real tenant', async ({ page, request }) => {
  await page.goto(`${app.url}/sign-in`);
  await expect(page.getByRole('button', { name: /admin/i })).toHaveCount(0);
  const { csrfToken } = await (await request.get(`${app.url}/api/auth/csrf`)).json();
  await request.post(`${app.url}/api/auth/callback/credentials`, {
    form: { csrfToken, role: 'Admin', callbackUrl: app.url },
    maxRedirects: 0,
  });
  expect(await (await request.get(`${app.url}/api/auth/session`)).json()).toEqual({});
});

test('sign-in leads back only into this app', async ({ page }) => {
  await page.goto(`${app.url}/sign-in?callbackUrl=${encodeURIComponent('https://evil.example/')}`);
  await page.getByRole('button', { name: /microsoft/i }).click();
  await page.getByRole('link', { name: 'Vera Viewer' }).click();
  await page.waitForURL(`${app.url}/**`);
});

test('pages come with a strict policy and without a word about the server', async () => {
  const answer = await fetch(`${app.url}/sign-in`);
  const policy = answer.headers.get('content-security-policy') ?? '';
  expect(policy).toMatch(/script-src[^;]*'nonce-[^']+'/);
  expect(policy).not.toMatch(/script-src[^;]*'unsafe-(inline|eval)'/);
  expect(policy).toContain("default-src 'self'");
  expect(policy).toContain("connect-src 'self'");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  expect(answer.headers.get('x-powered-by')).toBeNull();
});

test('scripts and styles come packed with Brotli, to be kept for a year, and with their security headers', async () => {
  const page = await (await fetch(`${app.url}/sign-in`)).text();
  const files = [...new Set(page.match(/\/_next\/static\/[\w./~-]+\.(?:js|css)/g))];
  expect(files.length).toBeGreaterThan(1);
  for (const file of files) {
    const answer = await fetch(`${app.url}${file}`, { headers: { 'accept-encoding': 'gzip, deflate, br' } });
    expect(answer.status, file).toBe(200);
    const length = (await answer.arrayBuffer()).byteLength;
    if (length > 1024) expect(answer.headers.get('content-encoding'), file).toBe('br');
    expect(answer.headers.get('vary'), file).toContain('Accept-Encoding');
    expect(answer.headers.get('cache-control'), file).toBe('public, max-age=31536000, immutable');
    expect(answer.headers.get('x-content-type-options'), file).toBe('nosniff');
  }
});

test('no secret stands in the log', () => {
  const log = app.log();
  for (const secret of [env.AZURE_CLIENT_SECRET, env.AZURE_AD_CLIENT_SECRET, env.NEXTAUTH_SECRET])
    expect(log).not.toContain(secret);
});

test('production refuses to start with a missing or contradictory setting, naming it in one line', async () => {
  for (const name of ['AZURE_AD_CLIENT_SECRET', 'NEXTAUTH_SECRET', 'AZURE_CLIENT_SECRET']) {
    const { [name]: _, ...rest } = env;
    const { code, stderr } = await startRefused(rest);
    expect(code).toBe(1);
    expect(stderr).toMatch(new RegExp(`^${name}[^\n]*\n$`));
  }
  const contradictory = await startRefused({ ...env, TENANT_MODE: 'demo' });
  expect(contradictory).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^[A-Z_]+ points at a real tenant[^\n]*\n$/),
  });
});

test('SIGTERM ends the server cleanly', async () => {
  const url = `http://127.0.0.1:${await freePort()}`;
  const another = await startApp({ ...env, DATA_DIR: temporaryFolder(), PORT: new URL(url).port, NEXTAUTH_URL: url });
  expect(await another.stop()).toBe(0);
});
