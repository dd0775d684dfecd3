import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { sharedDatabase } from '#db/client.ts';
import { operators } from '#db/schema.ts';
import { pathWithin, visitorOf } from '#lib/auth/operator.ts';
import { authOptions, DEMO_TENANT_ID } from '#lib/auth/options.ts';
import { readServerEnv } from '#lib/env.ts';
import { startOidcProvider, type TestProvider } from '#tests/support/app/oidc.ts';
import { type Browser, browser, type SignInApp, startSignInApp } from './sign-in-app.ts';

const DATA_DIR = mkdtempSync(path.join(tmpdir(), 'sign-in-'));
const SECRET = 'a-secret-of-the-tests-that-is-long-enough';

const ACCOUNTS = [
  { oid: 'oid-admin', name: 'Ada Admin', email: 'ada@contoso.example', roles: ['Viewer', 'Admin'] },
  { oid: 'oid-none', name: 'Nora None', email: 'nora@contoso.example' },
  { oid: 'oid-other', name: 'Otto Other', email: 'otto@fabrikam.example', tid: 'another-tenant', roles: ['Admin'] },
];

let app: SignInApp;
let user: Browser;

beforeAll(async () => {
  app = await startSignInApp();
  vi.stubEnv('NEXTAUTH_URL', app.url);
  vi.stubEnv('NEXTAUTH_SECRET', SECRET);
});
afterAll(async () => {
  await app.close();
  vi.unstubAllEnvs();
});
beforeEach(() => {
  user = browser();
});

const csrfSchema = z.object({ csrfToken: z.string() });

async function post(page: string, form: Record<string, string>) {
  const { csrfToken } = csrfSchema.parse(JSON.parse((await user.visit(`${app.url}/api/auth/csrf`)).text));
  return user.visit(`${app.url}/api/auth/${page}`, { csrfToken, callbackUrl: '/people', ...form });
}

/** Who the app takes the browser for. */
async function visitor(tenantId: string) {
  const session: unknown = JSON.parse((await user.visit(`${app.url}/api/auth/session`)).text);
  return visitorOf(session, tenantId, Date.now());
}

describe('in the demo', () => {
  beforeAll(async () =>
    app.use(await authOptions(readServerEnv({ DATA_DIR, NEXTAUTH_URL: app.url, NEXTAUTH_SECRET: SECRET }))),
  );

  test.each(['Viewer', 'Operator', 'Admin'] as const)('one signs in as %s by choosing it', async (role) => {
    const { url } = await post('callback/credentials', { role });
    expect(url).toBe(`${app.url}/people`);
    expect(await visitor(DEMO_TENANT_ID)).toEqual({
      kind: 'operator',
      operator: {
        key: `demo/${role.toLowerCase()}`,
        name: `Demo ${role}`,
        email: `${role.toLowerCase()}@demo.example`,
        role,
      },
    });
  });

  test('a role that does not exist signs nobody in', async () => {
    await post('callback/credentials', { role: 'Owner' });
    expect(await visitor(DEMO_TENANT_ID)).toEqual({ kind: 'anonymous' });
  });

  test('a sign-in without the token of the form is refused', async () => {
    await user.visit(`${app.url}/api/auth/callback/credentials`, { role: 'Admin', csrfToken: 'guessed' });
    expect(await visitor(DEMO_TENANT_ID)).toEqual({ kind: 'anonymous' });
  });

  test('one never lands on another site after sign-in', async () => {
    for (const callbackUrl of ['https://evil.example/', '//evil.example', '/\\evil.example'])
      expect(new URL((await post('callback/credentials', { role: 'Viewer', callbackUrl })).url).origin).toBe(app.url);
  });

  test('a demo session counts for nothing beside a real tenant', async () => {
    await post('callback/credentials', { role: 'Admin' });
    expect(await visitor('a-real-tenant')).toEqual({ kind: 'anonymous' });
  });
});

describe('beside a real tenant', () => {
  let provider: TestProvider;
  const entraEnv = () =>
    readServerEnv({
      TENANT_MODE: 'entra',
      DATA_DIR,
      NEXTAUTH_URL: app.url,
      NEXTAUTH_SECRET: SECRET,
      AZURE_AD_TENANT_ID: provider.tenantId,
      AZURE_AD_CLIENT_ID: provider.clientId,
      AZURE_AD_CLIENT_SECRET: provider.clientSecret,
      AZURE_AD_WELL_KNOWN: provider.wellKnown,
    });

  beforeAll(async () => {
    provider = await startOidcProvider(ACCOUNTS, app.url);
    app.use(await authOptions(entraEnv()));
  });
  afterAll(() => provider.close());

  async function signInAs(oid: string) {
    const choice = await post('signin/azure-ad', {});
    expect(choice.url).toContain('/choose/');
    return user.visit(`${choice.url}?as=${oid}`);
  }

  test('the demo sign-in does not exist: its address signs nobody in', async () => {
    expect((await authOptions(entraEnv())).providers.map(({ id }) => id)).toEqual(['azure-ad']);
    const { status } = await post('callback/credentials', { role: 'Admin' });
    expect(status).toBeGreaterThanOrEqual(400);
    expect(await visitor(provider.tenantId)).toEqual({ kind: 'anonymous' });
    expect(user.cookieNames(app.url).filter((name) => name.includes('session-token'))).toEqual([]);
  });

  test('one signs in at the provider and comes back with the strongest role, recorded by tenant and object id', async () => {
    expect((await signInAs('oid-admin')).url).toBe(`${app.url}/people`);
    const key = `${provider.tenantId}/oid-admin`;
    expect(await visitor(provider.tenantId)).toEqual({
      kind: 'operator',
      operator: { key, name: 'Ada Admin', email: 'ada@contoso.example', role: 'Admin' },
    });
    const recorded = sharedDatabase(entraEnv().databaseFile).select().from(operators).all();
    expect(recorded).toContainEqual(
      expect.objectContaining({ tenantId: provider.tenantId, objectId: 'oid-admin', role: 'Admin' }),
    );
  });

  test('someone without a role in this app is known by name and is no operator', async () => {
    await signInAs('oid-none');
    expect(await visitor(provider.tenantId)).toMatchObject({ kind: 'no_role', name: 'Nora None' });
  });

  test('a token of another tenant signs nobody in, whatever roles it names', async () => {
    expect((await signInAs('oid-other')).url).toContain('/sign-in?error=AccessDenied');
    expect(await visitor(provider.tenantId)).toEqual({ kind: 'anonymous' });
  });
});

test('a session ends eight hours after the sign-in, however often it was renewed', () => {
  const signedIn = { tenantId: 't', objectId: 'o', name: 'Ada', email: '', role: 'Admin', signedInAt: 0 };
  const eightHours = 8 * 3_600_000;
  expect(visitorOf({ signedIn }, 't', eightHours).kind).toBe('operator');
  expect(visitorOf({ signedIn }, 't', eightHours + 1).kind).toBe('anonymous');
});

test('only a path of this app is a place to go back to', () => {
  expect(pathWithin('/people?state=held')).toBe('/people?state=held');
  expect(pathWithin(`${app.url}/runs`)).toBe('/runs');
  for (const address of [
    'https://evil.example/x',
    '//evil.example',
    '/\\evil.example',
    `${app.url}//evil.example`,
    'javascript:alert(1)',
  ])
    expect(pathWithin(address)).toBe('/');
});
