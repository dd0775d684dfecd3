import { describe, expect, test } from 'vitest';
import { Faults } from '#lib/demo/tenant/faults.ts';
import { seededRandom, shuffled } from '#lib/demo/tenant/random.ts';
import { ADA, ada, addLicences, askForToken, assignTo, openTenant, PLAN_1 } from './client.ts';

const ASSIGN = `/users/${ADA}/assignLicense`;

describe('faults on demand', () => {
  test.each([
    ['throttle' as const, 429],
    ['unavailable' as const, 503],
    ['server_error' as const, 500],
    ['token_refused' as const, 401],
    ['forbidden' as const, 403],
  ])('%s answers %i and leaves the tenant unchanged, once', async (kind, status) => {
    const { graph, tenant, control } = await openTenant();
    await control('POST', 'faults', { kind, times: 1, match: { method: 'post', path: 'assignLicense$' } });
    expect((await graph('GET', `/users/${ADA}`)).status).toBe(200);
    expect((await graph('POST', ASSIGN, addLicences(PLAN_1))).status).toBe(status);
    expect(tenant.ledger).toEqual([]);
    expect((await graph('POST', ASSIGN, addLicences(PLAN_1))).status).toBe(200);
  });

  test('a throttled answer says how long to wait', async () => {
    const { graph, control } = await openTenant();
    await control('POST', 'faults', { kind: 'throttle', retryAfterS: 7 });
    expect((await graph('GET', '/users')).headers.get('retry-after')).toBe('7');
  });

  test('reset breaks the connection before anything is written', async () => {
    const { graph, tenant, control } = await openTenant();
    await control('POST', 'faults', { kind: 'reset', times: 1 });
    await expect(graph('POST', ASSIGN, addLicences(PLAN_1))).rejects.toThrow('fetch failed');
    expect(tenant.ledger).toEqual([]);
  });

  test('a lost answer is a write that was carried out', async () => {
    const { graph, tenant, control } = await openTenant();
    await control('POST', 'faults', { kind: 'lost_answer', times: 1 });
    await expect(graph('POST', ASSIGN, addLicences(PLAN_1))).rejects.toThrow('fetch failed');
    expect(tenant.ledger).toMatchObject([
      { kind: 'licence', userPrincipalName: ADA, skuIds: [PLAN_1], effective: true },
    ]);
  });

  test('the lost answer to a batch loses all its answers and none of its writes', async () => {
    const users = ['a', 'b'].map((name) => ada({ userPrincipalName: `${name}@contoso.example` }));
    const { batch, tenant, control } = await openTenant(users);
    await control('POST', 'faults', { kind: 'lost_answer', match: { path: '/\\$batch', inBatch: false } });
    const writes = users.map(({ userPrincipalName }) => assignTo(userPrincipalName, PLAN_1));
    await expect(batch(writes)).rejects.toThrow('fetch failed');
    expect(tenant.ledger).toHaveLength(2);
  });

  test('a lost answer inside a batch is a 504 for that request alone', async () => {
    const users = ['a', 'b'].map((name) => ada({ userPrincipalName: `${name}@contoso.example` }));
    const { batch, tenant, control } = await openTenant(users);
    await control('POST', 'faults', { kind: 'lost_answer', match: { path: 'assignLicense', inBatch: true }, times: 1 });
    const { responses } = await batch(users.map(({ userPrincipalName }) => assignTo(userPrincipalName, PLAN_1)));
    expect([...responses.values()].map(({ status }) => status).sort()).toEqual([200, 504]);
    expect(tenant.ledger).toHaveLength(2);
  });

  test('a malformed answer is a 200 that cannot be read', async () => {
    const { graph, control } = await openTenant();
    await control('POST', 'faults', { kind: 'malformed', times: 1 });
    await expect(graph('GET', '/users')).rejects.toThrow(SyntaxError);
  });

  test('a hanging request holds up nobody else, and ends with the tenant', async () => {
    const { graph, control, close } = await openTenant();
    await control('POST', 'faults', { kind: 'hang', match: { path: '/subscribedSkus' } });
    const hanging = graph('GET', '/subscribedSkus').then(
      () => 'answered',
      () => 'cut',
    );
    expect((await graph('GET', '/users')).status).toBe(200);
    await close();
    expect(await hanging).toBe('cut');
  });

  test('the token authority can refuse, break and garble too', async () => {
    const { url, tenant } = await openTenant();
    const rule = { match: { path: '/oauth2/v2.0/token$' }, times: 1 };
    tenant.faults.add({ ...rule, kind: 'token_refused' });
    expect((await askForToken(url)).status).toBe(401);
    tenant.faults.add({ ...rule, kind: 'reset' });
    await expect(askForToken(url)).rejects.toThrow('fetch failed');
    tenant.faults.add({ ...rule, kind: 'malformed' });
    await expect((await askForToken(url)).json()).rejects.toThrow(SyntaxError);
    expect((await askForToken(url)).status).toBe(200);
  });

  test('DELETE ends all faults; a rule that is none is refused with what is wrong', async () => {
    const { graph, control } = await openTenant();
    await control('POST', 'faults', [{ kind: 'server_error' }, { kind: 'unavailable' }]);
    expect((await graph('GET', '/users')).status).toBe(500);
    await control('DELETE', 'faults');
    expect((await graph('GET', '/users')).status).toBe(200);
    const refused = await control('POST', 'faults', { kind: 'explode', match: { path: '(' } });
    expect(refused.status).toBe(400);
    expect(refused.body).toMatchObject({ problem: expect.stringContaining('match.path') });
  });
});

describe('chance', () => {
  const strikes = (seed: number) => {
    const faults = new Faults(seededRandom(seed));
    faults.add({ kind: 'reset', probability: 0.3 });
    return Array.from(
      { length: 1000 },
      () => faults.strike({ method: 'GET', path: '/users', inBatch: false }) !== null,
    );
  };

  test('falls the same way for the same seed, and about as often as asked', () => {
    expect(strikes(1)).toEqual(strikes(1));
    expect(strikes(1)).not.toEqual(strikes(2));
    const struck = strikes(3).filter(Boolean).length;
    expect(struck).toBeGreaterThan(240);
    expect(struck).toBeLessThan(360);
  });

  test('shuffling keeps everything', () => {
    const items = Array.from({ length: 20 }, (_, index) => index);
    expect(shuffled(items, seededRandom(1)).sort((a, b) => a - b)).toEqual(items);
  });
});
