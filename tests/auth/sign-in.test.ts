import { createHmac, createPrivateKey, generateKeyPairSync, type JsonWebKey, sign } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { eq } from 'drizzle-orm';
import { decode } from 'next-auth/jwt';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { sharedDatabase } from '#db/client.ts';
import { events } from '#db/schema/events.ts';
import { operators, sessions } from '#db/schema/operators.ts';
import { pathWithin } from '#lib/auth/operator.ts';
import { authOptions } from '#lib/auth/options.ts';
import { sessionOf } from '#lib/auth/session.ts';
import type { EventKind } from '#lib/domain/events.ts';
import { readServerEnv, type ServerEnv } from '#lib/env.ts';
import { log } from '#lib/log.ts';
import { type Browser, browser } from '#tests/support/app/cookie-browser.ts';
import { startOidcProvider, type TestAccount, type TestProvider } from '#tests/support/app/oidc.ts';
import { type SignInApp, startSignInApp } from './sign-in-app.ts';

const DATA_DIR = mkdtempSync(path.join(tmpdir(), 'sign-in-'));
const SECRET = 'a-secret-of-the-tests-that-is-long-enough';

const ACCOUNTS: TestAccount[] = [
  { oid: 'oid-admin', name: 'Ada Admin', email: 'ada@contoso.example', roles: ['Viewer', 'Admin'] },
  { oid: 'oid-fired', name: 'Finn Fired', email: 'finn@contoso.example', roles: ['Operator'] },
  { oid: 'oid-gone', name: 'Gil Gone', email: 'gil@contoso.example', roles: ['Operator'] },
  {
    oid: 'oid-strong',
    name: 'Stella Strong',
    email: 'stella@contoso.example',
    roles: ['Operator'],
    acrs: ['c1', 'c2'],
  },
  { oid: 'oid-weak', name: 'Walt Weak', email: 'walt@contoso.example', roles: ['Operator'], acrs: ['c2'] },
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

function rolesOf(oid: string, roles: string[]): void {
  const account = ACCOUNTS.find((one) => one.oid === oid);
  if (account) account.roles = roles;
}

function contextsOf(oid: string, acrs: string[]): void {
  const account = ACCOUNTS.find((one) => one.oid === oid);
  if (account) account.acrs = acrs;
}

const csrfSchema = z.object({ csrfToken: z.string() });

async function post(page: string, form: Record<string, string>) {
  const { csrfToken } = csrfSchema.parse(JSON.parse((await user.visit(`${app.url}/api/auth/csrf`)).text));
  return user.visit(`${app.url}/api/auth/${page}`, { csrfToken, callbackUrl: '/people', ...form });
}

/** Who the app takes the browser for. */
async function visitor(env: ServerEnv) {
  return (await session(env)).visitor;
}

async function session(env: ServerEnv) {
  const token = user.cookie(app.url, 'next-auth.session-token');
  const cookie = token && (await decode({ token, secret: SECRET }));
  return sessionOf(cookie, { isByHand: true, now: Date.now() }, env);
}

const demoEnv = () => readServerEnv({ DATA_DIR, NEXTAUTH_URL: app.url, NEXTAUTH_SECRET: SECRET });

describe('in the demo', () => {
  beforeAll(async () => app.use(await authOptions(demoEnv())));

  test.each(['Viewer', 'Operator', 'Admin'] as const)('one signs in as %s by choosing it', async (role) => {
    const { url } = await post('callback/credentials', { role });
    expect(url).toBe(`${app.url}/people`);
    expect(await visitor(demoEnv())).toEqual({
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
    expect(await visitor(demoEnv())).toEqual({ kind: 'anonymous' });
  });

  test('a sign-in without the token of the form is refused', async () => {
    await user.visit(`${app.url}/api/auth/callback/credentials`, { role: 'Admin', csrfToken: 'guessed' });
    expect(await visitor(demoEnv())).toEqual({ kind: 'anonymous' });
  });

  test('one never lands on another site after sign-in', async () => {
    for (const callbackUrl of ['https://evil.example/', '//evil.example', '/\\evil.example'])
      expect(new URL((await post('callback/credentials', { role: 'Viewer', callbackUrl })).url).origin).toBe(app.url);
  });

  test('a stranger whose requests fail fills no log: ten short lines a minute, and how many more there were', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    const [failed, more] = [vi.spyOn(log, 'error'), vi.spyOn(log, 'warn')];
    try {
      for (let asked = 0; asked < 50; asked += 1)
        await user.visit(`${app.url}/api/auth/csrf?callbackUrl=written-by-a-stranger${'x'.repeat(5000)}`);
      const lines = failed.mock.calls.map(([fields]) => JSON.stringify(fields));
      expect(lines).toHaveLength(10);
      for (const line of lines) expect(line.length).toBeLessThan(500);
      vi.advanceTimersByTime(60_000);
      expect(more.mock.calls.map(([fields]) => fields)).toEqual([{ code: 'INVALID_CALLBACK_URL_ERROR', times: 40 }]);
    } finally {
      vi.useRealTimers();
      failed.mockRestore();
      more.mockRestore();
    }
  });

  test('a demo session counts for nothing beside a real tenant', async () => {
    await post('callback/credentials', { role: 'Admin' });
    const signIn = { tenantId: 'a-real-tenant', clientId: 'c', clientSecret: 's', wellKnown: null, authContext: null };
    expect(await visitor({ ...demoEnv(), signIn })).toEqual({ kind: 'anonymous' });
  });
});

describe('beside a real tenant', () => {
  let provider: TestProvider;
  const entraEnv = (more: Record<string, string> = {}) =>
    readServerEnv({
      ...more,
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

  test('nobody signs in by a discovery document of another issuer than the one it is asked from', async () => {
    const document = await (await fetch(provider.wellKnown)).text();
    const impostor = createServer((_request, response) => response.end(document)).listen(0, '127.0.0.1');
    await once(impostor, 'listening');
    const { port } = impostor.address() as AddressInfo;
    const logged = vi.spyOn(log, 'error');
    const env = entraEnv();
    const wellKnown = `http://127.0.0.1:${port}/.well-known/openid-configuration`;
    const signIn = env.signIn && { ...env.signIn, wellKnown };
    app.use(await authOptions({ ...env, signIn }));
    expect((await post('signin/azure-ad', {})).url).toMatch(/\/sign-in\?.*error=/);
    expect(logged.mock.calls[0]).toEqual([
      { wellKnown, issuer: provider.issuer },
      expect.stringContaining('another issuer'),
    ]);
    app.use(await authOptions(env));
    impostor.close();
  });

  test('the demo sign-in does not exist: its address signs nobody in', async () => {
    expect((await authOptions(entraEnv())).providers.map(({ id }) => id)).toEqual(['azure-ad']);
    const { status } = await post('callback/credentials', { role: 'Admin' });
    expect(status).toBeGreaterThanOrEqual(400);
    expect(await visitor(entraEnv())).toEqual({ kind: 'anonymous' });
    expect(user.cookieNames(app.url).filter((name) => name.includes('session-token'))).toEqual([]);
  });

  test('one signs in at the provider and comes back with the strongest role, recorded by tenant and object id', async () => {
    expect((await signInAs('oid-admin')).url).toBe(`${app.url}/people`);
    const key = `${provider.tenantId}/oid-admin`;
    expect(await visitor(entraEnv())).toEqual({
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
    expect(await visitor(entraEnv())).toMatchObject({ kind: 'no_role', name: 'Nora None' });
  });

  test('a token of another tenant signs nobody in, whatever roles it names', async () => {
    const logged = vi.spyOn(log, 'warn');
    expect((await signInAs('oid-other')).url).toContain('/sign-in?error=AccessDenied');
    expect(logged).toHaveBeenCalledWith({ operator: 'another-tenant/oid-other' }, 'a sign-in was denied');
    expect(await visitor(entraEnv())).toEqual({ kind: 'anonymous' });
    expect(told('operator.denied')).toEqual([
      'Otto Other (otto@fabrikam.example) was not let in: the account belongs to the tenant another-tenant.',
    ]);
  });

  const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const rs256 = (claims: unknown, key: JsonWebKey & { kid?: string }, kid = key.kid) => {
    const text = `${encoded({ alg: 'RS256', kid })}.${encoded(claims)}`;
    const signature = sign('sha256', Buffer.from(text), createPrivateKey({ key, format: 'jwk' }));
    return `${text}.${signature.toString('base64url')}`;
  };
  const inSeconds = (seconds: number) => Math.floor(Date.now() / 1000) + seconds;
  const foreign = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' });

  test.each<[string, Parameters<TestProvider['forge']>[0]]>([
    ['for another client', (claims, key) => rs256({ ...claims, aud: 'another-client' }, key)],
    ['of another issuer', (claims, key) => rs256({ ...claims, iss: 'https://login.evil.example' }, key)],
    ['that is over', (claims, key) => rs256({ ...claims, iat: inSeconds(-7200), exp: inSeconds(-3600) }, key)],
    ['for another sign-in', (claims, key) => rs256({ ...claims, nonce: 'another' }, key)],
    ['with a key of its own', (claims, { kid }) => rs256(claims, foreign, kid)],
    ['without a signature', (claims) => `${encoded({ alg: 'none' })}.${encoded(claims)}.`],
    [
      'signed with the secret of the client',
      (claims) => {
        const text = `${encoded({ alg: 'HS256' })}.${encoded(claims)}`;
        return `${text}.${createHmac('sha256', provider.clientSecret).update(text).digest('base64url')}`;
      },
    ],
    [
      'changed after it was signed',
      (claims, key) => {
        const [header, , signature] = rs256(claims, key).split('.');
        return `${header}.${encoded({ ...claims, roles: ['Admin'], name: 'Forged' })}.${signature}`;
      },
    ],
  ])('a token %s signs nobody in', async (_, forged) => {
    try {
      // The same made well is let in.
      provider.forge((claims, key) => rs256(claims, key));
      await signInAs('oid-fired');
      expect(await visitor(entraEnv())).toMatchObject({ kind: 'operator' });
      user = browser();
      provider.forge(forged);
      expect((await signInAs('oid-fired')).url).toMatch(/\/sign-in\?.*error=/);
      expect(await visitor(entraEnv())).toEqual({ kind: 'anonymous' });
    } finally {
      provider.forge(null);
    }
  });

  test('the cookie is encrypted with A256GCM: not a byte of it can be changed, and none that is only encoded counts', async () => {
    await signInAs('oid-admin');
    const token = user.cookie(app.url, 'next-auth.session-token') ?? '';
    const parts = token.split('.');
    expect(JSON.parse(Buffer.from(parts[0] ?? '', 'base64url').toString())).toMatchObject({
      alg: 'dir',
      enc: 'A256GCM',
    });
    const claims = await decode({ token, secret: SECRET });
    const other = (part: string) => (part.startsWith('A') ? `B${part.slice(1)}` : `A${part.slice(1)}`);
    const forged = [2, 3, 4].map((at) => parts.map((part, n) => (n === at ? other(part) : part)).join('.'));
    forged.push(
      `${encoded({ alg: 'none' })}.${encoded(claims)}.`,
      `${encoded({ alg: 'dir', enc: 'none' })}..${encoded(claims)}..`,
    );
    for (const one of forged) await expect(decode({ token: one, secret: SECRET })).rejects.toThrow();
  });

  const db = () => sharedDatabase(entraEnv().databaseFile);
  const told = (kind: EventKind) =>
    db()
      .select({ message: events.message })
      .from(events)
      .where(eq(events.kind, kind))
      .all()
      .map(({ message }) => message);

  /** The role was confirmed so many minutes ago. */
  async function confirmed(minutesAgo: number) {
    const { id } = await session(entraEnv());
    const roleCheckedAt = Date.now() - minutesAgo * 60_000;
    db()
      .update(sessions)
      .set({ roleCheckedAt })
      .where(eq(sessions.id, id ?? ''))
      .run();
    return roleCheckedAt;
  }

  test('a role that was taken away in Entra is gone once the session asks again, and the history says so', async () => {
    await signInAs('oid-fired');
    expect(await visitor(entraEnv())).toMatchObject({ kind: 'operator', operator: { role: 'Operator' } });
    rolesOf('oid-fired', ['Viewer']);
    await confirmed(10);
    expect(await visitor(entraEnv())).toMatchObject({ kind: 'operator', operator: { role: 'Viewer' } });
    rolesOf('oid-fired', []);
    await confirmed(10);
    expect(await visitor(entraEnv())).toMatchObject({ kind: 'no_role', name: 'Finn Fired' });
    expect(told('operator.role_changed')).toEqual([
      'Finn Fired has the role Viewer now, and had the role Operator before.',
      'Finn Fired has no role now, and had the role Viewer before.',
    ]);
  });

  test('requests that come together ask the provider once, and then not for ten minutes', async () => {
    await signInAs('oid-admin');
    await confirmed(10);
    const before = provider.refreshes();
    await Promise.all(Array.from({ length: 8 }, () => visitor(entraEnv())));
    await visitor(entraEnv());
    expect(provider.refreshes()).toBe(before + 1);
  });

  test('the session of an account that Entra no longer lets in ends', async () => {
    await signInAs('oid-gone');
    ACCOUNTS.splice(
      ACCOUNTS.findIndex(({ oid }) => oid === 'oid-gone'),
      1,
    );
    await confirmed(10);
    expect(await visitor(entraEnv())).toEqual({ kind: 'anonymous' });
    expect(told('session.ended')).toContain(
      'The session of Gil Gone ended because the identity provider no longer lets this account sign in.',
    );
  });

  test('while Entra does not answer a session goes on, says until when, and ends fifteen minutes after the last answer', async () => {
    await signInAs('oid-admin');
    provider.setDown(true);
    const confirmedAt = await confirmed(14);
    const { visitor: still, endsUnconfirmedAt } = await session(entraEnv());
    expect(still.kind).toBe('operator');
    expect(endsUnconfirmedAt).toBe(confirmedAt + 15 * 60_000);
    await confirmed(15);
    expect(await visitor(entraEnv())).toEqual({ kind: 'anonymous' });
    provider.setDown(false);
    expect(told('session.ended')).toContain(
      'The session of Ada Admin ended because the identity provider did not confirm the role for 15 minutes.',
    );
  });

  describe('where an authentication context is asked for', () => {
    const strongEnv = () => entraEnv({ SIGN_IN_AUTH_CONTEXT: 'c1' });
    beforeAll(async () => app.use(await authOptions(strongEnv())));
    afterAll(async () => app.use(await authOptions(entraEnv())));

    const isIn = async () => (await visitor(strongEnv())).kind;

    test('a sign-in that satisfies it is let in', async () => {
      await signInAs('oid-strong');
      expect(await isIn()).toBe('operator');
    });

    test.each(['oid-admin', 'oid-weak'])('one that does not is refused, with a page and an event: %s', async (oid) => {
      expect((await signInAs(oid)).url).toBe(`${app.url}/sign-in?error=TooWeak`);
      expect(await isIn()).toBe('anonymous');
      const name = ACCOUNTS.find((one) => one.oid === oid)?.name ?? '';
      expect(told('operator.denied').at(-1)).toMatch(
        new RegExp(`^${name} .* the sign-in does not satisfy the authentication context c1\\.$`),
      );
    });

    test('a token of another tenant is refused as such', async () => {
      expect((await signInAs('oid-other')).url).toContain('error=AccessDenied');
    });

    test('the session ends once the sign-in satisfies it no longer', async () => {
      await signInAs('oid-strong');
      contextsOf('oid-strong', ['c2']);
      await confirmed(10);
      expect(await isIn()).toBe('anonymous');
      expect(told('session.ended')).toContain(
        'The session of Stella Strong ended because the sign-in does not satisfy the authentication context that this app asks for.',
      );
    });

    test('a session of a sign-in from before it was asked for ends at the next check', async () => {
      app.use(await authOptions(entraEnv()));
      await signInAs('oid-admin');
      await confirmed(10);
      expect(await isIn()).toBe('anonymous');
    });
  });

  test('the refresh token lies in no table', async () => {
    await signInAs('oid-admin');
    const token = user.cookie(app.url, 'next-auth.session-token');
    const { refreshToken } = z
      .object({ refreshToken: z.string().min(20) })
      .parse(await decode({ token, secret: SECRET }));
    expect(db().$client.serialize().includes(refreshToken)).toBe(false);
  });
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
