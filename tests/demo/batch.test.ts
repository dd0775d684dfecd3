import { describe, expect, test } from 'vitest';
import { hasGraphDescription, validateResponse } from '#tests/support/openapi.ts';
import { ADA, ada, addLicences, assignTo, numbered, openTenant, PLAN_1, type Sub } from './client.ts';

const READ: Sub = { method: 'GET', url: `/users/${ADA}?$select=id` };
const PATCH: Sub = { method: 'PATCH', url: `/users/${ADA}`, body: { usageLocation: 'US' } };

describe('a batch', () => {
  test('answers each request by itself, in an order of its own', async () => {
    const { batch } = await openTenant();
    const absent = { method: 'GET', url: '/users/nobody@contoso.example' };
    const reply = await batch([READ, absent, ...Array.from({ length: 18 }, () => READ)]);
    expect(reply.status).toBe(200);
    expect(reply.responses.size).toBe(20);
    expect([...reply.responses.keys()]).not.toEqual([...reply.responses.keys()].sort((a, b) => Number(a) - Number(b)));
    expect(reply.responses.get('2')).toMatchObject({
      status: 404,
      body: { error: { code: 'Request_ResourceNotFound' } },
    });
    expect([...reply.responses.values()].filter(({ status }) => status === 200)).toHaveLength(19);
    expect(reply.responses.get('1')?.headers['request-id']).not.toBe(reply.responses.get('3')?.headers['request-id']);
  });

  test.each([
    ['21 requests', Array.from({ length: 21 }, (_, index) => numbered(READ, index))],
    ['no request', []],
    [
      'ids that differ only in case',
      [
        { ...READ, id: 'a' },
        { ...READ, id: 'A' },
      ],
    ],
    ['a body without Content-Type', [{ ...PATCH, id: '1' }]],
    ['a POST without a body', [{ id: '1', method: 'POST', url: `/users/${ADA}/retryServiceProvisioning` }]],
    ['a dependency that does not exist', [{ ...READ, id: '1', dependsOn: ['7'] }]],
    ['a dependency on itself', [{ ...READ, id: '1', dependsOn: ['1'] }]],
  ])('%s refuses the whole batch and changes nothing', async (_, requests) => {
    const { graph, tenant } = await openTenant();
    expect((await graph('POST', '/$batch', { requests })).status).toBe(400);
    expect(tenant.ledger).toEqual([]);
  });

  test('an absolute url and a batch inside a batch name no resource', async () => {
    const { batch, url } = await openTenant();
    const { responses } = await batch([
      { method: 'GET', url: `${url}/v1.0/users` },
      { method: 'POST', url: '/$batch', body: { requests: [] } },
    ]);
    expect([...responses.values()].map(({ status }) => status)).toEqual([400, 400]);
  });

  test('dependsOn orders requests, and what depends on a failure is 424 and not carried out', async () => {
    const { batch, tenant } = await openTenant([ada({ usageLocation: null })]);
    const good = await batch([PATCH, { ...assignTo(ADA, PLAN_1), dependsOn: ['1'] }]);
    expect([...good.responses.values()].map(({ id, status }) => `${id}: ${status}`).sort()).toEqual([
      '1: 204',
      '2: 200',
    ]);
    tenant.ledger.length = 0;
    const bad = await batch([
      { ...PATCH, body: { usageLocation: 'ZZ' } },
      { ...assignTo(ADA, PLAN_1), dependsOn: ['1'] },
      { ...READ, dependsOn: ['2'] },
    ]);
    expect([1, 2, 3].map((id) => bad.responses.get(String(id))?.status)).toEqual([400, 424, 424]);
    expect(tenant.ledger).toEqual([]);
  });

  test.skipIf(!hasGraphDescription)("is answered as Graph's description says, throttled or not", async () => {
    const { batch, control } = await openTenant();
    const plain = await batch([READ, assignTo(ADA, PLAN_1), PATCH]);
    expect(validateResponse('POST', '/$batch', plain.status, plain.body)).toEqual([]);
    for (const response of plain.responses.values()) {
      const url = { '1': READ.url, '2': `/users/${ADA}/assignLicense`, '3': PATCH.url }[response.id] ?? '';
      const method = { '1': 'GET', '2': 'POST', '3': 'PATCH' }[response.id] ?? '';
      expect(validateResponse(method, url, response.status, response.body)).toEqual([]);
    }
    await control('POST', 'faults', { kind: 'throttle', match: { inBatch: true } });
    const throttled = await batch([READ]);
    expect(validateResponse('POST', '/$batch', throttled.status, throttled.body)).toEqual([]);
  });
});

describe('parallel licence writes', () => {
  const users = ['a', 'b', 'c', 'd'].map((name) => ada({ userPrincipalName: `${name}@contoso.example` }));
  const writes = users.map(({ userPrincipalName }) => assignTo(userPrincipalName, PLAN_1));
  const statuses = (responses: Map<string, { status: number }>) =>
    [1, 2, 3, 4].map((id) => responses.get(`${id}`)?.status);

  test('are all taken by a tenant that bears them', async () => {
    const { batch } = await openTenant(users);
    expect(statuses((await batch(writes)).responses)).toEqual([200, 200, 200, 200]);
  });

  test('beyond what the tenant bears they are refused as concurrent, and nothing is written', async () => {
    const behaviour = { refuseParallelLicenceWrites: true, parallelLicenceWrites: 2 };
    const { batch, tenant } = await openTenant(users, { behaviour });
    const { responses } = await batch(writes);
    expect(statuses(responses).sort()).toEqual([200, 200, 400, 400]);
    const codes = [...responses.values()].flatMap(
      ({ body }) => (body as { error?: { code: string } }).error?.code ?? [],
    );
    expect(codes).toEqual(['Directory_ConcurrencyViolation', 'Directory_ConcurrencyViolation']);
    expect(tenant.ledger).toHaveLength(2);
  });

  test('one after the other in one batch they are all taken', async () => {
    const { batch } = await openTenant(users, { behaviour: { refuseParallelLicenceWrites: true } });
    const chained = writes.map((write, index) => (index === 0 ? write : { ...write, dependsOn: [String(index)] }));
    expect(statuses((await batch(chained)).responses)).toEqual([200, 200, 200, 200]);
  });

  test('single requests that overlap are refused too', async () => {
    const behaviour = { refuseParallelLicenceWrites: true, latencyMs: { read: 0, write: 200, batch: 0 } };
    const { graph } = await openTenant(users, { behaviour });
    const assign = (name: string) => graph('POST', `/users/${name}@contoso.example/assignLicense`, addLicences(PLAN_1));
    const replies = await Promise.all([assign('a'), assign('b')]);
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 400]);
    expect((await assign('c')).status).toBe(200);
  });
});
