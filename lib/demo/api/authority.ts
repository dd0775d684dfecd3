/** The token authority of the demo tenant: app-only tokens by client credentials (graph-facts §6). */
import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { DEMO_CREDENTIALS, DEMO_DOMAIN } from '#lib/demo/tenant/credentials.ts';
import type { Answer } from './answers.ts';

const { tenantId, clientId, clientSecret } = DEMO_CREDENTIALS;
const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Fixed, so that a token survives a restart of the tenant, as a real one does. */
const signature = (text: string) => createHmac('sha256', clientSecret).update(text).digest();

/** An access token for Graph that expires `lifetimeS` after `now` (ms). */
export function issueToken(permissions: readonly string[], lifetimeS: number, now: number, audience: string): string {
  const issuedAt = Math.floor(now / 1000);
  const claims = {
    aud: audience,
    iss: `https://sts.windows.net/${tenantId}/`,
    iat: issuedAt,
    nbf: issuedAt,
    exp: issuedAt + lifetimeS,
    appid: clientId,
    oid: clientId,
    sub: clientId,
    tid: tenantId,
    roles: permissions,
    ver: '1.0',
  };
  const text = `${encode({ typ: 'JWT', alg: 'HS256' })}.${encode(claims)}`;
  return `${text}.${signature(text).toString('base64url')}`;
}

const claimsSchema = z.object({ exp: z.number() });

/** What is wrong with the `Authorization` header; null: it is valid. */
export function tokenFault(authorization: string | undefined, now: number): string | null {
  const token = /^Bearer\s+(\S+)$/i.exec(authorization ?? '')?.[1];
  if (!token) return 'Access token is empty.';
  const [header = '', payload = '', signed = ''] = token.split('.');
  const given = Buffer.from(signed, 'base64url');
  const expected = signature(`${header}.${payload}`);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return 'Invalid access token.';
  const { exp } = claimsSchema.parse(JSON.parse(Buffer.from(payload, 'base64url').toString()));
  return exp * 1000 > now ? null : 'Lifetime validation failed, the token is expired.';
}

export function discoveryDocument(origin: string, tenant: string): Answer {
  const base = `${origin}/${tenant}`;
  return {
    status: 200,
    body: {
      issuer: `${origin}/${tenantId}/v2.0`,
      authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
      token_endpoint: `${base}/oauth2/v2.0/token`,
      jwks_uri: `${base}/discovery/v2.0/keys`,
      token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt'],
      response_types_supported: ['code'],
      subject_types_supported: ['pairwise'],
      id_token_signing_alg_values_supported: ['RS256'],
    },
  };
}

function refuse(status: number, error: string, code: number, message: string, now: number): Answer {
  const [traceId, correlationId] = [randomUUID(), randomUUID()];
  const timestamp = new Date(now)
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z$/, 'Z');
  return {
    status,
    body: {
      error,
      error_description: `AADSTS${code}: ${message}\r\nTrace ID: ${traceId}\r\nCorrelation ID: ${correlationId}\r\nTimestamp: ${timestamp}`,
      error_codes: [code],
      timestamp,
      trace_id: traceId,
      correlation_id: correlationId,
      error_uri: `https://login.microsoftonline.com/error?code=${code}`,
    },
  };
}

export const secretRefused = (now: number) =>
  refuse(
    401,
    'invalid_client',
    7000215,
    `Invalid client secret provided. Ensure the secret being sent in the request is the client secret value for app '${clientId}'.`,
    now,
  );

interface TokenRequest {
  tenant: string;
  form: URLSearchParams;
  permissions: readonly string[];
  lifetimeS: number;
  now: number;
  audience: string;
}

/** Answers a token request. */
export function answerTokenRequest({ tenant, form, permissions, lifetimeS, now, audience }: TokenRequest): Answer {
  if (![tenantId, DEMO_DOMAIN].includes(tenant.toLowerCase()))
    return refuse(
      400,
      'invalid_tenant',
      90002,
      `Tenant '${tenant}' not found. Check to make sure you have the correct tenant ID.`,
      now,
    );
  if (form.get('client_id') !== clientId)
    return refuse(
      400,
      'unauthorized_client',
      700016,
      `Application with identifier '${form.get('client_id') ?? ''}' was not found in the directory 'Contoso (demo)'.`,
      now,
    );
  if (form.get('grant_type') !== 'client_credentials')
    return refuse(
      400,
      'unsupported_grant_type',
      70003,
      `The app requested an unsupported grant type '${form.get('grant_type') ?? ''}'.`,
      now,
    );
  const assertion = form.get('client_assertion');
  if (assertion !== null) {
    // Any certificate is accepted: the demo has none registered. Only the form is checked.
    const wellFormed = form.get('client_assertion_type') === ASSERTION_TYPE && assertion.split('.').length === 3;
    if (!wellFormed) return refuse(401, 'invalid_client', 700027, 'Client assertion failed signature validation.', now);
  } else if (form.get('client_secret') !== clientSecret) return secretRefused(now);
  return {
    status: 200,
    body: {
      token_type: 'Bearer',
      expires_in: lifetimeS,
      ext_expires_in: lifetimeS,
      access_token: issueToken(permissions, lifetimeS, now, audience),
    },
  };
}
