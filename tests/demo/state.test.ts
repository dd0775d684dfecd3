import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, test, vi } from 'vitest';
import { ADA, ada, addLicences, openTenant, PLAN_1, seedOf } from './client.ts';

const folder = () => mkdtempSync(path.join(tmpdir(), 'demo-tenant-'));

describe('the tenant outlives a restart', () => {
  test('with its people, ledger, mail, seats and clock', async () => {
    const stateFile = path.join(folder(), 'deep', 'tenant.json');
    const first = await openTenant([ada({ mailboxIsOpen: true })], { stateFile });
    await first.graph('POST', `/users/${ADA}/assignLicense`, addLicences(PLAN_1));
    const message = { subject: 'S', toRecipients: [{ emailAddress: { address: ADA } }] };
    await first.graph('POST', `/users/${ADA}/sendMail`, { message });
    await first.control('POST', 'clock', { advanceMs: 3_600_000 });
    await first.control('POST', 'users', { userPrincipalName: 'late@contoso.example', synchronisesAfterMs: 60_000 });
    await first.control('POST', 'seats', { skuPartNumber: 'EXCHANGEDESKLESS', enabled: 7 });
    await first.close();

    const second = await openTenant([], { stateFile });
    expect(second.tenant.state()).toEqual(first.tenant.state());
    expect(second.tenant.ledger.map(({ kind }) => kind)).toEqual(['licence', 'mail']);
    expect(second.tenant.skus.map((sku) => second.tenant.consumedUnits(sku))).toEqual([1, 0]);
    expect((await second.graph('GET', '/users/late@contoso.example')).status).toBe(404);
    await second.control('POST', 'clock', { advanceMs: 60_000 });
    expect((await second.graph('GET', '/users/late@contoso.example')).status).toBe(200);
  });

  test('changes reach the disk by themselves, whole files only', async () => {
    const place = folder();
    const stateFile = path.join(place, 'tenant.json');
    const { graph } = await openTenant([ada()], { stateFile });
    await graph('POST', `/users/${ADA}/assignLicense`, addLicences(PLAN_1));
    await vi.waitFor(() => expect(JSON.parse(readFileSync(stateFile, 'utf8')).ledger).toHaveLength(1), 60_000);
    expect(readdirSync(place)).toEqual(['tenant.json']);
  });

  test('a file that is not a state is not overwritten: the start says so', async () => {
    const stateFile = path.join(folder(), 'tenant.json');
    writeFileSync(stateFile, '{"users":');
    await expect(openTenant([], { stateFile })).rejects.toThrow(`${stateFile} is not a demo tenant's state`);
    expect(readFileSync(stateFile, 'utf8')).toBe('{"users":');
  });
});

describe('the hand on the tenant', () => {
  test('adds people, changes them, and shows everything', async () => {
    const { control, tenant } = await openTenant();
    await control('POST', 'users', [
      { userPrincipalName: 'b@contoso.example' },
      { userPrincipalName: ADA.toUpperCase(), accountEnabled: false },
    ]);
    expect(tenant.users).toHaveLength(2);
    expect(tenant.find(ADA)).toMatchObject({ accountEnabled: false, usageLocation: 'US' });
    expect((await control('GET', 'state')).body).toMatchObject({
      users: [{ accountEnabled: false }, { userPrincipalName: 'b@contoso.example' }],
      ledger: [],
      sentMail: [],
      counters: { requests: 0, subRequests: 0, writes: 0, throttled: 0 },
      behaviour: { timeScale: 1 },
    });
    expect((await control('GET', 'health')).status).toBe(200);
  });

  test('sets the clock to a moment or moves it on', async () => {
    const { control, tenant } = await openTenant([], { clock: { now: () => 5000 } });
    await control('POST', 'clock', { now: 100_000 });
    expect(tenant.now()).toBe(100_000);
    await control('POST', 'clock', { advanceMs: 1 });
    expect(tenant.now()).toBe(100_001);
  });

  test.each([
    ['POST', 'behaviour', { speed: 'fast' }],
    ['POST', 'users', { userPrincipalName: 'x@contoso.example', shoeSize: 42 }],
    ['POST', 'clock', {}],
  ])('refuses %s %s with something else in it', async (method, call, body) => {
    const { control, tenant } = await openTenant();
    const before = structuredClone(tenant.state());
    expect((await control(method, call, body)).status).toBe(400);
    expect(tenant.state()).toEqual(before);
  });

  test('takes only declared JSON, so that no web page can use it unasked', async () => {
    const { url, tenant } = await openTenant();
    const answer = await fetch(`${url}/_demo/clock`, { method: 'POST', body: '{"advanceMs":5}' });
    expect(answer.status).toBe(415);
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    expect(tenant.clockOffsetMs).toBe(0);
  });
});

describe('as a process of its own', () => {
  test('says where it is in one line of JSON, and SIGTERM ends it with its state on disk', async () => {
    const place = folder();
    const seedFile = path.join(place, 'seed.json');
    const stateFile = path.join(place, 'tenant.json');
    writeFileSync(seedFile, JSON.stringify(seedOf([ada()])));
    const child = spawn(
      process.execPath,
      [path.join(import.meta.dirname, '..', '..', 'lib', 'setup', 'demo-tenant.ts')],
      {
        env: { ...process.env, DEMO_TENANT_SEED: seedFile, DEMO_TENANT_STATE: stateFile },
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    try {
      const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
      const { url, ...credentials } = JSON.parse(line) as Record<string, string>;
      expect(Object.keys(credentials)).toEqual(['tenantId', 'clientId', 'clientSecret']);
      expect(await (await fetch(`${url}/_demo/state`)).json()).toMatchObject({ users: [{ userPrincipalName: ADA }] });
    } finally {
      child.kill('SIGTERM');
    }
    expect(await once(child, 'exit')).toEqual([0, null]);
    expect(JSON.parse(readFileSync(stateFile, 'utf8')).users).toHaveLength(1);
  });
});

describe('size', () => {
  test('20,000 people: names are found without going through everybody', async () => {
    const users = Array.from({ length: 20_000 }, (_, index) => ada({ userPrincipalName: `p${index}@contoso.example` }));
    const { batch, tenant } = await openTenant(users);
    let visited = 0;
    const walk = tenant.visibleFrom.bind(tenant);
    tenant.visibleFrom = function* (position) {
      visited += 1;
      yield* walk(position);
    };
    const names = (start: number) =>
      Array.from({ length: 15 }, (_, index) => `'p${start + index}@contoso.example'`).join(',');
    const { responses } = await batch(
      Array.from({ length: 20 }, (_, index) => ({
        method: 'GET',
        url: `/users?$select=id&$filter=${encodeURIComponent(`userPrincipalName in (${names(index * 900)})`)}`,
      })),
    );
    const found = [...responses.values()].map(({ body }) => (body as { value: unknown[] }).value.length);
    expect(found).toEqual(Array.from({ length: 20 }, () => 15));
    expect(visited).toBe(0);
  });
});
