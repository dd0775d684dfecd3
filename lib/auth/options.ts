/** next-auth's options, built at run time from the environment: Entra ID beside a real tenant, the demo sign-in only in the demo. */
import type { CookieOption, CookiesOptions, NextAuthOptions, Profile } from 'next-auth';
import type { CredentialsConfig } from 'next-auth/providers/credentials';
import type { OAuthConfig } from 'next-auth/providers/oauth';
import { z } from 'zod';
import { sharedDatabase } from '#db/client.ts';
import { recordSignIn } from '#db/store/system/operators.ts';
import { readServerEnv, type ServerEnv, type SignInSettings } from '#lib/env.ts';
import { log } from '#lib/log.ts';
import { providerAddresses } from './discovery.ts';
import { ROLES, type Role, strongestRole } from './roles.ts';
import { sessionSecret } from './session-secret.ts';

/** After this long an operator signs in again. */
export const SESSION_SECONDS = 8 * 3600;

/** Takes the place of the tenant id in the key of a demo operator. */
export const DEMO_TENANT_ID = 'demo';

const demoCredentialsSchema = z.object({ role: z.enum(ROLES) });

/** The claims we need from an ID token of Entra ID. `oid` identifies a person within a tenant for good; names and addresses change. */
const entraClaimsSchema = z.object({
  tid: z.string().min(1),
  oid: z.string().min(1),
  name: z.string().optional(),
  email: z.string().optional(),
  preferred_username: z.string().optional(),
  roles: z.array(z.string()).optional(),
});

/** Who signed in, as stored in the session cookie. `role` is null where the tenant gave the person none of ours. */
export const signedInSchema = z.object({
  tenantId: z.string(),
  objectId: z.string(),
  name: z.string(),
  email: z.string(),
  role: z.enum(ROLES).nullable(),
  signedInAt: z.number(),
});
export type SignedIn = z.infer<typeof signedInSchema>;

async function entraProvider({
  tenantId,
  clientId,
  clientSecret,
  ...set
}: SignInSettings): Promise<OAuthConfig<Profile>> {
  const wellKnown =
    set.wellKnown ?? `https://login.microsoftonline.com/${tenantId}/v2.0/.well-known/openid-configuration`;
  const params = { scope: 'openid profile email', response_type: 'code' };
  const known = await providerAddresses(wellKnown);
  const addresses = known
    ? {
        issuer: known.issuer,
        authorization: { url: known.authorization_endpoint, params },
        token: { url: known.token_endpoint },
        jwks_endpoint: known.jwks_uri,
      }
    : // next-auth tries once more, and says what it was told.
      { wellKnown, authorization: { params } };
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
    authorize: (credentials) => {
      const chosen = demoCredentialsSchema.safeParse(credentials);
      return chosen.success ? { id: chosen.data.role } : null;
    },
  };
}

function demoOperator(role: Role, now: number): SignedIn {
  return {
    tenantId: DEMO_TENANT_ID,
    objectId: role.toLowerCase(),
    name: `Demo ${role}`,
    email: `${role.toLowerCase()}@demo.example`,
    role,
    signedInAt: now,
  };
}

/**
 * The person an ID token names; null where it is from another tenant or names nobody. Signature, issuer and nonce have been
 * verified before.
 */
function entraOperator(claims: unknown, tenantId: string, now: number): SignedIn | null {
  const parsed = entraClaimsSchema.safeParse(claims);
  if (!parsed.success || parsed.data.tid.toLowerCase() !== tenantId.toLowerCase()) return null;
  const { oid, name, email, preferred_username: userName, roles } = parsed.data;
  const address = email ?? userName ?? '';
  return {
    tenantId: tenantId.toLowerCase(),
    objectId: oid.toLowerCase(),
    name: name ?? (address || 'Unnamed operator'),
    email: address,
    role: strongestRole(roles ?? []),
    signedInAt: now,
  };
}

function signedIn(env: ServerEnv, proof: { user: { id: string }; profile?: unknown }): SignedIn | null {
  const now = Date.now();
  if (env.signIn) return entraOperator(proof.profile, env.signIn.tenantId, now);
  const demo = demoCredentialsSchema.safeParse({ role: proof.user.id });
  return demo.success ? demoOperator(demo.data.role, now) : null;
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

/** Options for next-auth. Reads the environment at every call, so a build needs none. Throws `EnvError`. */
export async function authOptions(env: ServerEnv = readServerEnv()): Promise<NextAuthOptions> {
  return {
    secret: sessionSecret(env),
    providers: env.signIn ? [await entraProvider(env.signIn)] : [demoProvider()],
    session: { strategy: 'jwt', maxAge: SESSION_SECONDS },
    useSecureCookies: isSecure(env),
    cookies: isSecure(env) ? HOST_COOKIES : undefined,
    pages: { signIn: '/sign-in', signOut: '/sign-in', error: '/sign-in' },
    callbacks: {
      signIn: ({ user, profile }) => signedIn(env, { user, profile }) !== null,
      redirect: ({ url, baseUrl }) => sameOriginOr(baseUrl, url),
      jwt: ({ token, account, user, profile }) => {
        // Only a sign-in has an account; every other call renews the cookie with its present content.
        if (!account) return token;
        const operator = signedIn(env, { user, profile });
        if (operator) recordSignIn(sharedDatabase(env.databaseFile), operator, operator.signedInAt);
        return { signedIn: operator };
      },
      session: ({ session, token }) => ({ expires: session.expires, signedIn: token.signedIn }),
    },
    logger: {
      error: (code, detail) =>
        log.error({ code, problem: detail instanceof Error ? detail.message : null }, 'sign-in failed'),
      warn: (code) => log.warn({ code }, 'sign-in warning'),
      debug: () => {},
    },
  };
}
