import { request } from 'node:http';
import { describe, expect, test } from 'vitest';
import { DEMO_CREDENTIALS } from '#lib/demo/tenant/credentials.ts';
import { askForToken, openTenant, tokenForm } from './client.ts';

const { tenantId } = DEMO_CREDENTIALS;

const claimsOf = (token: string) =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>;

describe('the token authority', () => {
  test('describes itself at its own address', async () => {
    const { url } = await openTenant();
    const answer = await fetch(`${url}/${tenantId}/v2.0/.well-known/openid-configuration`);
    expect(await answer.json()).toMatchObject({
      issuer: `${url}/${tenantId}/v2.0`,
      token_endpoint: `${url}/${tenantId}/oauth2/v2.0/token`,
      authorization_endpoint: expect.stringContaining(url),
      jwks_uri: expect.stringContaining(url),
    });
  });

  test('gives a token whose roles are the granted permissions, whatever the query says', async () => {
    const { url } = await openTenant([], { behaviour: { permissions: ['User.Read.All'], tokenLifetimeS: 600 } });
    const answer = await fetch(`${url}/${tenantId}/oauth2/v2.0/token?client-request-id=1`, {
      method: 'POST',
      body: tokenForm(),
    });
    const body = (await answer.json()) as Record<string, string>;
    expect(body).toMatchObject({ token_type: 'Bearer', expires_in: 600, ext_expires_in: 600 });
    expect(body.access_token?.split('.')).toHaveLength(3);
    expect(claimsOf(body.access_token ?? '')).toMatchObject({ roles: ['User.Read.All'], tid: tenantId });
  });

  test('takes a client assertion instead of a secret', async () => {
    const { url } = await openTenant();
    const form = tokenForm({
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: 'a.b.c',
    });
    form.delete('client_secret');
    expect((await askForToken(url, form)).status).toBe(200);
    form.set('client_assertion', 'not a token');
    expect((await askForToken(url, form)).status).toBe(401);
  });

  test.each([
    ['a wrong secret', { client_secret: 'guess' }, tenantId, 401, 'invalid_client', 7000215],
    ['another app', { client_id: tenantId }, tenantId, 400, 'unauthorized_client', 700016],
    ['another grant', { grant_type: 'password' }, tenantId, 400, 'unsupported_grant_type', 70003],
    ['another tenant', {}, 'fabrikam.example', 400, 'invalid_tenant', 90002],
  ])('refuses %s with the code of Entra ID', async (_, change, tenant, status, error, code) => {
    const { url } = await openTenant();
    const answer = await askForToken(url, tokenForm(change), tenant);
    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject({
      error,
      error_codes: [code],
      error_description: expect.stringMatching(new RegExp(`^AADSTS${code}: .*\\r\\nTrace ID: `)),
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ$/),
    });
  });

  test('its tokens outlive a restart of the tenant', async () => {
    const first = await openTenant();
    const { access_token: token } = (await (await askForToken(first.url)).json()) as { access_token: string };
    await first.close();
    const { url } = await openTenant();
    const answer = await fetch(`${url}/v1.0/users`, { headers: { authorization: `Bearer ${token}` } });
    expect(answer.status).toBe(200);
  });
});

describe('Graph', () => {
  test.each([
    ['no token', () => ''],
    ['a token of another authority', () => 'Bearer eyJh.eyJl.c2ln'],
    [
      'a token that was changed',
      (token: string) => `Bearer ${token.replace(/\.[^.]+\./, '.eyJleHAiOjk5OTk5OTk5OTl9.')}`,
    ],
  ])('refuses %s', async (_, header) => {
    const { url, tenant } = await openTenant();
    const { access_token: token } = (await (await askForToken(url)).json()) as { access_token: string };
    const answer = await fetch(`${url}/v1.0/users`, { headers: { authorization: header(token) } });
    expect(answer.status).toBe(401);
    expect(await answer.json()).toMatchObject({ error: { code: 'InvalidAuthenticationToken' } });
    expect(tenant.counters.requests).toBe(1);
  });

  test('refuses a token after its time', async () => {
    const { issueToken, tokenFault } = await import('#lib/demo/api/authority.ts');
    const token = issueToken([], 60, 1_000_000, 'https://graph.microsoft.com');
    expect(tokenFault(`Bearer ${token}`, 1_059_000)).toBeNull();
    expect(tokenFault(`Bearer ${token}`, 1_060_000)).toMatch(/expired/);
  });

  test('answers to nobody who calls it by another name than loopback, not even its controls', async () => {
    const { url } = await openTenant();
    const statusFor = (host: string, path: string) =>
      new Promise<number | undefined>((resolve, reject) => {
        const call = request(`${url}${path}`, { headers: { host } }, (answer) => {
          answer.resume();
          resolve(answer.statusCode);
        });
        call.on('error', reject).end();
      });
    expect(await statusFor('rebound.example', '/_demo/state')).toBe(403);
    expect(await statusFor('rebound.example', '/v1.0/users')).toBe(403);
    expect(await statusFor('127.0.0.1.rebound.example', '/_demo/state')).toBe(403);
    expect(await statusFor('localhost', '/_demo/health')).toBe(200);
  });
});
