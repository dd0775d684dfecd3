/** A real OpenID Connect provider on loopback that issues ID tokens as Entra ID does: `oid`, `tid`, `roles`. */
import { generateKeyPairSync, type JsonWebKey, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider, { type Adapter, type AdapterPayload, type Configuration } from 'oidc-provider';

export interface TestAccount {
  oid: string;
  name: string;
  email: string;
  /** Tenant id in the token; that of the app unless the test says otherwise. */
  tid?: string;
  roles?: string[];
  /** The authentication contexts that its sign-in satisfies; told, as by Entra ID, only where they are asked for. */
  acrs?: string[];
}

export interface TestProvider {
  issuer: string;
  wellKnown: string;
  clientId: string;
  clientSecret: string;
  tenantId: string;
  /** How often the discovery document was read. */
  discoveries(): number;
  /** How often a refresh token was used. */
  refreshes(): number;
  /** What is handed out instead of each ID token from now on, given its claims and the key that signed it; null: the token itself. */
  forge(forged: ((claims: Record<string, unknown>, key: JsonWebKey & { kid: string }) => string) | null): void;
  /** From now on it answers nobody, or everybody again. */
  setDown(isDown: boolean): void;
  close(): Promise<void>;
}

const TENANT_ID = '6f1f9a52-1f0e-4b6a-9d6f-0d2c1b7f4a11';
const CLIENT_ID = 'autoprovision-tests';
const CLIENT_SECRET = 'a-secret-of-the-test-provider-only';

/** Where the provider keeps sessions and codes: in memory, until it is closed. */
function memoryOf(): (model: string) => Adapter {
  const kept = new Map<string, AdapterPayload>();
  const findBy = async (model: string, isIt: (payload: AdapterPayload) => boolean) =>
    [...kept].find(([key, payload]) => key.startsWith(`${model}:`) && isIt(payload))?.[1];
  return (model) => ({
    upsert: async (id, payload) => void kept.set(`${model}:${id}`, payload),
    find: async (id) => kept.get(`${model}:${id}`),
    findByUid: (uid) => findBy(model, (payload) => payload.uid === uid),
    findByUserCode: (userCode) => findBy(model, (payload) => payload.userCode === userCode),
    consume: async (id) => {
      const payload = kept.get(`${model}:${id}`);
      if (payload) payload.consumed = Math.floor(Date.now() / 1000);
    },
    destroy: async (id) => void kept.delete(`${model}:${id}`),
    revokeByGrantId: async (grantId) => {
      for (const [key, payload] of kept) if (payload.grantId === grantId) kept.delete(key);
    },
  });
}

function signingKey() {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { ...privateKey.export({ format: 'jwk' }), kid: randomUUID(), use: 'sig', alg: 'RS256' };
}

function configuration(
  key: ReturnType<typeof signingKey>,
  accounts: readonly TestAccount[],
  redirectUri: string,
  asksForRefresh: () => boolean,
): Configuration {
  return {
    adapter: memoryOf(),
    ttl: {
      Interaction: 600,
      Grant: 600,
      Session: 600,
      AccessToken: 600,
      IdToken: 600,
      AuthorizationCode: 60,
      RefreshToken: 86_400,
    },
    // As Entra ID does: whoever asks for offline_access gets one, which can be used again and again.
    issueRefreshToken: async () => asksForRefresh(),
    rotateRefreshToken: false,
    jwks: { keys: [key] },
    clients: [
      {
        client_id: CLIENT_ID,
        client_secret: CLIENT_SECRET,
        redirect_uris: [redirectUri],
        response_types: ['code'],
        grant_types: ['authorization_code', 'refresh_token'],
        token_endpoint_auth_method: 'client_secret_basic',
        id_token_signed_response_alg: 'RS256',
      },
    ],
    pkce: { required: () => true },
    conformIdTokenClaims: false,
    features: { devInteractions: { enabled: false }, claimsParameter: { enabled: true } },
    claims: {
      openid: ['sub', 'oid', 'tid', 'roles', 'name', 'email', 'preferred_username'],
      profile: [],
      email: [],
      acrs: null,
    },
    scopes: ['openid', 'profile', 'email', 'offline_access'],
    interactions: { url: (_context, interaction) => `/choose/${interaction.uid}` },
    cookies: { keys: ['only-for-tests'] },
    findAccount: (_context, id) => {
      const account = accounts.find(({ oid }) => oid === id);
      if (!account) return undefined;
      const { oid, name, email, tid = TENANT_ID, roles, acrs } = account;
      return {
        accountId: oid,
        claims: () => ({
          sub: oid,
          oid,
          tid,
          name,
          email,
          preferred_username: email,
          ...(roles ? { roles } : {}),
          ...(acrs ? { acrs } : {}),
        }),
      };
    },
    loadExistingGrant: async (context) => {
      const { client, session, provider } = context.oidc;
      if (!client || !session?.accountId) return undefined;
      const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
      grant.addOIDCScope('openid profile email');
      grant.addOIDCClaims(['acrs']);
      await grant.save();
      return grant;
    },
  };
}

/** Has an answer of the token endpoint end with another ID token. */
function replaceIdToken(response: ServerResponse, forged: (claims: Record<string, unknown>) => string): void {
  const end = response.end.bind(response);
  const replaced = (body: string) => {
    const answer = JSON.parse(body);
    const claims = JSON.parse(Buffer.from(answer.id_token.split('.')[1], 'base64url').toString());
    const text = JSON.stringify({ ...answer, id_token: forged(claims) });
    response.setHeader('content-length', Buffer.byteLength(text));
    return end(text);
  };
  Object.assign(response, { end: replaced });
}

/** Starts the provider; its sign-in page shows one button per account. What `accounts` says counts at that moment. `appUrl` is where the app under test listens. */
export async function startOidcProvider(accounts: readonly TestAccount[], appUrl: string): Promise<TestProvider> {
  let handle: (request: IncomingMessage, response: ServerResponse) => void = (_request, response) => response.end();
  const server = createServer((request, response) => handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  let asksForRefresh = false;
  const key = signingKey();
  let forged: Parameters<TestProvider['forge']>[0] = null;
  const provider = new Provider(
    issuer,
    configuration(key, accounts, `${appUrl}/api/auth/callback/azure-ad`, () => asksForRefresh),
  );
  const answer = provider.callback();
  let [discoveries, refreshes, isDown] = [0, 0, false];
  provider.on('grant.success', ({ oidc }) => {
    if (oidc.params?.grant_type === 'refresh_token') refreshes += 1;
  });

  handle = (request, response) => {
    const url = new URL(request.url ?? '/', issuer);
    if (isDown) return void response.writeHead(503).end();
    if (url.pathname === '/auth') asksForRefresh = url.searchParams.get('scope')?.includes('offline_access') ?? false;
    if (url.pathname.startsWith('/.well-known/')) discoveries += 1;
    if (url.pathname === '/token' && forged) replaceIdToken(response, (claims) => forged?.(claims, key) ?? '');
    if (!url.pathname.startsWith('/choose/')) return void answer(request, response);
    const chosen = url.searchParams.get('as');
    if (chosen) return void provider.interactionFinished(request, response, { login: { accountId: chosen } });
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(
      `<h1>Test sign-in</h1>${accounts.map(({ oid, name }) => `<p><a href="${url.pathname}?as=${oid}">${name}</a></p>`).join('')}`,
    );
  };
  return {
    issuer,
    wellKnown: `${issuer}/.well-known/openid-configuration`,
    clientId: CLIENT_ID,
    clientSecret: CLIENT_SECRET,
    tenantId: TENANT_ID,
    discoveries: () => discoveries,
    refreshes: () => refreshes,
    forge: (how) => {
      forged = how;
    },
    setDown: (down) => {
      isDown = down;
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
