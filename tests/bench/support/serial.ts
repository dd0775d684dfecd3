/** The baseline: the calls of the script this replaces, person by person, one after the other. */

import { skuIdOf } from '#lib/demo/tenant/skus.ts';
import { crowd } from '#tests/support/seeds.ts';
import type { BenchTenant } from './tenant.ts';

/** The headers of a client that is signed in. */
export async function signIn({ url, tenantId, clientId, clientSecret }: BenchTenant): Promise<Record<string, string>> {
  const form = {
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: clientSecret,
    scope: 'x/.default',
  };
  const answer = await fetch(`${url}/${tenantId}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams(form),
  });
  const { access_token: token } = (await answer.json()) as { access_token: string };
  return { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
}

/** Mailbox there? Synchronised? Location, licence, read back, first access. Gives the seconds it took. */
export async function licenseSerially(tenant: BenchTenant, people: number, first = 1): Promise<number> {
  const { url } = tenant;
  const headers = await signIn(tenant);
  const call = async (method: string, place: string, body?: unknown) => {
    const answer = await fetch(`${url}/v1.0${place}`, {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    await answer.text();
  };
  const startedAt = performance.now();
  for (const { userPrincipalName } of crowd(first + people - 1).slice(first - 1)) {
    const user = `/users/${userPrincipalName}`;
    await call('GET', `${user}/mailboxSettings`);
    await call('GET', user);
    await call('PATCH', user, { usageLocation: 'US' });
    const addLicenses = [{ skuId: skuIdOf('EXCHANGESTANDARD'), disabledPlans: [] }];
    await call('POST', `${user}/assignLicense`, { addLicenses, removeLicenses: [] });
    await call('GET', `${user}/licenseDetails`);
    await call('GET', `${user}/mailboxSettings`);
  }
  return (performance.now() - startedAt) / 1000;
}
