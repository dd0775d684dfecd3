import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { providerAddresses } from '#lib/auth/discovery.ts';
import { log } from '#lib/log.ts';

const TENANT = '6f1f9a52-1f0e-4b6a-9d6f-0d2c1b7f4a11';
const OTHER = '11111111-1f0e-4b6a-9d6f-0d2c1b7f4a11';
let server: Server;
afterEach(() => server.close());

/** The issuer that is taken from the document at `address`, which names `issuer`; `$` is the server. */
async function taken(address: string, issuer: string): Promise<string | undefined> {
  server = createServer((_request, response) => {
    const of = (path: string) => `${here}${path}`;
    const document = { authorization_endpoint: of('/auth'), token_endpoint: of('/token'), jwks_uri: of('/keys') };
    response.end(JSON.stringify({ ...document, issuer: issuer.replace('$', here) }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const here = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const wellKnown = `${here}${address}/.well-known/openid-configuration`;
  const signIn = { tenantId: TENANT.toUpperCase(), clientId: 'c', clientSecret: 's', wellKnown, authContext: null };
  return (await providerAddresses(signIn))?.issuer.replace(here, '$');
}

test.each([
  [`/${TENANT}/v2.0`, `$/${TENANT}/v2.0`],
  // Entra ID answers so where the tenant is named by its domain.
  ['/contoso.onmicrosoft.com/v2.0', `$/${TENANT}/v2.0`],
])('the document at %s may be of the issuer %s', async (address, issuer) => {
  expect(await taken(address, issuer)).toBe(issuer);
});

test.each([
  [`/${TENANT}/v2.0`, `$/${OTHER}/v2.0`],
  [`/${TENANT}/v2.0`, `https://login.evil.example/${TENANT}/v2.0`],
  ['/organizations/v2.0', '$/{tenantid}/v2.0'],
  [`/${TENANT}/v2.0`, TENANT],
])('the document at %s may not be of the issuer %s', async (address, issuer) => {
  const logged = vi.spyOn(log, 'error');
  expect(await taken(address, issuer)).toBeUndefined();
  expect(logged.mock.calls.map(([, sentence]) => sentence)).toEqual([expect.stringContaining('another issuer')]);
});
