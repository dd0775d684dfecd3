/** next-auth's options, built at run time from the environment: Entra ID beside a real tenant, the demo sign-in only in the demo. */
import { randomBytes } from 'node:crypto';
import type { CookieOption, CookiesOptions, NextAuthOptions, Profile } from 'next-auth';
import type { CredentialsConfig } from 'next-auth/providers/credentials';
import type { OAuthConfig } from 'next-auth/providers/oauth';
import { z } from 'zod';
import { sharedDatabase } from '#db/client.ts';
import { endSession, insertSession, signOutSession } from '#db/store/sessions/sessions.ts';
import { recordDenial, recordSignIn } from '#db/store/system/operators.ts';
import type { Denial } from '#lib/domain/events.ts';
import { readServerEnv, type ServerEnv, type SignInSettings } from '#lib/env.ts';
import { log, sparingly } from '#lib/log.ts';
import { providerAddresses } from './discovery.ts';
import { sessionSecret } from './session-secret.ts';
import { claimsFor, demoPerson, keyOf, personOf, type SignedIn, satisfies } from './signed-in.ts';

/** The longest that Settings allow: how long a session lasts is told by its row. */
const COOKIE_SECONDS = 24 * 3600;

/** What the cookie holds, encrypted: the row of the session, and by what the provider is asked for the role again. */
export const tokenSchema = z.object({ sessionId: z.string(), refreshToken: z.string().nullable() });

/** Where a sign-in comes from, and the session that the browser still had. */
export interface Visit {
  address: string;
  userAgent: string;
  sessionId: string | null;
}

const NOWHERE: Visit = { address: '', userAgent: '', sessionId: null };

async function entraProvider(signIn: SignInSettings): Promise<OAuthConfig<Profile>> {
  const { clientId, clientSecret } = signIn;
  // `offline_access` brings the refresh token.
  const params = {
    scope: 'openid profile email offline_access',
    response_type: 'code',
    ...(signIn.authContext ? { claims: claimsFor(signIn.authContext) } : {}),
  };
  const known = await providerAddresses(signIn);
  const addresses = known
    ? {
        issuer: known.issuer,
        authorization: { url: known.authorization_endpoint, params },
        token: { url: known.token_endpoint },
        jwks_endpoint: known.jwks_uri,
      }
    : // Nobody is sent anywhere: next-auth refuses to begin, and the next try asks again.
      {};
  return {
    id: 'azure-ad',
    name: 'Microsoft',
    type: 'oauth',
    ...addresses,
    checks: ['pkce', 'state', 'nonce'],
    idToken: true,
    clientId,
    clientSecret,
    profile: (claims) => ({ id: claims.sub ?? '', name: claims.name ?? null, email: claims.email ?? null }),
  };
}

function demoProvider(): CredentialsConfig {
  return {
    id: 'credentials',
    name: 'Demo',
    type: 'credentials',
    credentials: { role: { label: 'Role', type: 'text' } },
    authorize: (choice) => {
      const chosen = demoPerson(choice);
      return chosen?.role ? { id: chosen.role } : null;
    },
  };
}

/** The person who proved to be somebody; null where that is nobody we let in. */
function signedIn(env: ServerEnv, { user, profile }: Proof): SignedIn | null {
  if (!env.signIn) return demoPerson({ role: user.id });
  const person = personOf(profile);
  return person?.tenantId === env.signIn.tenantId.toLowerCase() ? person : null;
}

interface Proof {
  user: { id: string };
  profile?: unknown;
}

const IMMEDIATE = { behavior: 'immediate' } as const;

const TOO_WEAK_PAGE = '/sign-in?error=TooWeak';

/** Lets the person in, or records why not; a text is the page that says so. */
function admit(env: ServerEnv, proof: Proof): boolean | string {
  const authContext = env.signIn?.authContext ?? null;
  const isStrong = satisfies(proof.profile, authContext);
  const isOurs = signedIn(env, proof) !== null;
  if (isOurs && isStrong) return true;
  const person = personOf(proof.profile);
  log.warn({ operator: person && keyOf(person) }, 'a sign-in was denied');
  const denial: Denial =
    isOurs && authContext
      ? { why: 'too_weak', authContext }
      : { why: 'another_tenant', tenantId: person?.tenantId ?? '' };
  if (person) recordDenial(sharedDatabase(env.databaseFile), person, denial, Date.now());
  return isOurs ? TOO_WEAK_PAGE : false;
}

/** Begins a session; gives what its cookie holds. */
function beginSession(env: ServerEnv, person: SignedIn, refreshToken: string | null, visit: Visit) {
  const now = Date.now();
  const sessionId = randomBytes(32).toString('base64url');
  const { name, email, role } = person;
  const session = {
    id: sessionId,
    operatorKey: keyOf(person),
    name,
    email,
    role,
    signedInAt: now,
    lastSeenAt: now,
    roleCheckedAt: env.signIn ? now : null,
    address: visit.address,
    userAgent: visit.userAgent,
  };
  sharedDatabase(env.databaseFile).transaction((tx) => {
    if (visit.sessionId) endSession(tx, visit.sessionId, { by: { name, key: keyOf(person) }, why: 'replaced' }, now);
    recordSignIn(tx, person, now);
    insertSession(tx, session);
  }, IMMEDIATE);
  log.info({ operator: keyOf(person), role, address: visit.address }, 'somebody signed in');
  return { sessionId, refreshToken } satisfies z.infer<typeof tokenSchema>;
}

/** Only addresses of this app are returned to after sign-in and sign-out. */
export function sameOriginOr(baseUrl: string, url: string): string {
  const target = URL.parse(url, baseUrl);
  return target?.origin === new URL(baseUrl).origin ? target.href : baseUrl;
}

/** Whether cookies are sent over https only. */
function isSecure({ publicUrl }: Pick<ServerEnv, 'publicUrl'>): boolean {
  return publicUrl.startsWith('https:');
}

const SESSION_COOKIE = 'next-auth.session-token';

/** The cookie that says who somebody is. */
export function sessionCookie(env: Pick<ServerEnv, 'publicUrl'>): string {
  return isSecure(env) ? `__Host-${SESSION_COOKIE}` : SESSION_COOKIE;
}

/** A cookie that, by its prefix, browsers take from this host over https only: no neighbour in the domain can set it. */
function hostCookie(name: string, maxAge?: number): CookieOption {
  return { name: `__Host-${name}`, options: { httpOnly: true, sameSite: 'lax', path: '/', secure: true, maxAge } };
}

const SIGN_IN_SECONDS = 15 * 60;
const HOST_COOKIES: CookiesOptions = {
  sessionToken: hostCookie(SESSION_COOKIE),
  callbackUrl: hostCookie('next-auth.callback-url'),
  csrfToken: hostCookie('next-auth.csrf-token'),
  pkceCodeVerifier: hostCookie('next-auth.pkce.code_verifier', SIGN_IN_SECONDS),
  state: hostCookie('next-auth.state', SIGN_IN_SECONDS),
  nonce: hostCookie('next-auth.nonce', SIGN_IN_SECONDS),
};

/** Of each kind of failure in a minute: a stranger makes some fail at will. */
const LINES = 10;
/** So much of what a stranger wrote is logged. */
const SHOWN = 300;

const failures = new Map<string, ReturnType<typeof sparingly>>();

function sparing(code: string): ReturnType<typeof sparingly> {
  const known = failures.get(code);
  if (known) return known;
  const line = sparingly(LINES, (times) => log.warn({ code, times }, 'sign-in failed so more often'));
  failures.set(code, line);
  return line;
}

/** What a provider answered comes as an error within another object. */
function problemOf(detail: Error | { error: Error }): string | null {
  const { message } = detail instanceof Error ? detail : detail.error;
  return message?.slice(0, SHOWN) ?? null;
}

/** Options for next-auth, for one request from `visit`. Reads the environment at every call, so a build needs none. Throws `EnvError`. */
export async function authOptions(env: ServerEnv = readServerEnv(), visit: Visit = NOWHERE): Promise<NextAuthOptions> {
  return {
    secret: sessionSecret(env),
    providers: env.signIn ? [await entraProvider(env.signIn)] : [demoProvider()],
    session: { strategy: 'jwt', maxAge: COOKIE_SECONDS },
    useSecureCookies: isSecure(env),
    cookies: isSecure(env) ? HOST_COOKIES : undefined,
    pages: { signIn: '/sign-in', signOut: '/sign-in', error: '/sign-in' },
    callbacks: {
      signIn: ({ user, profile }) => admit(env, { user, profile }),
      redirect: ({ url, baseUrl }) => sameOriginOr(baseUrl, url),
      jwt: ({ token, account, user, profile }) => {
        // Only a sign-in has an account; every other call renews the cookie with its present content.
        if (!account) return token;
        const person = signedIn(env, { user, profile });
        return person ? beginSession(env, person, account.refresh_token ?? null, visit) : {};
      },
      // Nothing of the cookie is for scripts.
      session: ({ session }) => ({ expires: session.expires }),
    },
    events: {
      signOut: ({ token }) => {
        const left = tokenSchema.safeParse(token);
        const db = sharedDatabase(env.databaseFile);
        if (left.success) db.transaction((tx) => void signOutSession(tx, left.data.sessionId, Date.now()), IMMEDIATE);
      },
    },
    logger: {
      error: (code, detail) => sparing(code)(() => log.error({ code, problem: problemOf(detail) }, 'sign-in failed')),
      warn: (code) => sparing(code)(() => log.warn({ code }, 'sign-in warning')),
      debug: () => {},
    },
  };
}
