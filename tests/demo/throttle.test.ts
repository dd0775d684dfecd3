import { describe, expect, test } from 'vitest';
import { Throttle } from '#lib/demo/api/throttle.ts';
import { DEFAULT_BEHAVIOUR } from '#lib/demo/tenant/behaviour.ts';
import { ADA, ada, openTenant, type Sub } from './client.ts';

const PATCH: Sub = { method: 'PATCH', url: `/users/${ADA}`, body: { usageLocation: 'US' } };
const WRITE = { units: 1, writes: 1 };

describe('the documented budgets', () => {
  test('3,000 writes in 150 s are taken, the next one waits until the window has moved on', () => {
    const throttle = new Throttle();
    const chargeAt = (now: number) => throttle.charge(WRITE, now, DEFAULT_BEHAVIOUR);
    for (let index = 0; index < 3000; index += 1) expect(chargeAt(index * 10)).toBeNull();
    expect(chargeAt(30_000)).toMatchObject({
      status: 429,
      headers: { 'Retry-After': '121', 'x-ms-throttle-information': 'WriteLimitExceeded' },
    });
    expect(chargeAt(30_000 + 121_000)).toBeNull();
  });

  test('8,000 resource units in 10 s are taken, whatever they are spent on', () => {
    const throttle = new Throttle();
    const read = { units: 2, writes: 0 };
    for (let index = 0; index < 4000; index += 1) expect(throttle.charge(read, 0, DEFAULT_BEHAVIOUR)).toBeNull();
    expect(throttle.charge(read, 1, DEFAULT_BEHAVIOUR)).toMatchObject({
      status: 429,
      headers: { 'x-ms-throttle-information': 'ResourceUnitLimitExceeded', 'Retry-After': '10' },
    });
    expect(throttle.charge(read, 10_000, DEFAULT_BEHAVIOUR)).toBeNull();
  });

  test('requests made while throttled count: whoever hammers stays out', () => {
    const throttle = new Throttle();
    const behaviour = { ...DEFAULT_BEHAVIOUR, writesPer150s: 10 };
    for (let index = 0; index < 10; index += 1) throttle.charge(WRITE, 0, behaviour);
    for (let index = 0; index < 10; index += 1) expect(throttle.charge(WRITE, 100_000, behaviour)).not.toBeNull();
    expect(throttle.charge(WRITE, 150_000, behaviour)).not.toBeNull();
    expect(throttle.charge(WRITE, 250_001, behaviour)).toBeNull();
  });

  test('timeScale shortens the windows, and Retry-After with them', () => {
    const throttle = new Throttle();
    const behaviour = { ...DEFAULT_BEHAVIOUR, writesPer150s: 1, timeScale: 100 };
    expect(throttle.charge(WRITE, 0, behaviour)).toBeNull();
    expect(throttle.charge(WRITE, 0, behaviour)).toMatchObject({ headers: { 'Retry-After': '1.50' } });
    expect(throttle.charge(WRITE, 1500, behaviour)).toBeNull();
  });

  test('a bucket takes so many writes at once and then so many a second; a refused one takes nothing', () => {
    const throttle = new Throttle();
    const behaviour = { ...DEFAULT_BEHAVIOUR, writeBucket: { size: 200, perSecond: 20 } };
    const takenAt = (now: number, writes: number) =>
      Array.from({ length: writes }, () => throttle.charge(WRITE, now, behaviour)).filter((one) => one === null).length;
    expect(takenAt(0, 300)).toBe(200);
    expect(throttle.charge(WRITE, 0, behaviour)).toMatchObject({
      status: 429,
      headers: { 'Retry-After': '1', 'x-ms-throttle-information': 'WriteLimitExceeded' },
    });
    expect(takenAt(1000, 100)).toBe(20);
    expect(takenAt(60_000, 300)).toBe(200);
    expect(throttle.percentage(60_000, behaviour)).toBe('1.00');
  });

  test('the percentage is shown from 0.8 on', () => {
    const throttle = new Throttle();
    const behaviour = { ...DEFAULT_BEHAVIOUR, writesPer150s: 10 };
    for (let index = 0; index < 7; index += 1) throttle.charge(WRITE, 0, behaviour);
    expect(throttle.percentage(0, behaviour)).toBeNull();
    throttle.charge(WRITE, 0, behaviour);
    expect(throttle.percentage(0, behaviour)).toBe('0.80');
  });
});

describe('over HTTP', () => {
  test('each request of a batch is throttled by itself, and none of the refused is carried out', async () => {
    const { batch, tenant } = await openTenant([ada({ usageLocation: null })], { behaviour: { writesPer150s: 3 } });
    const { status, responses } = await batch([PATCH, PATCH, PATCH, PATCH, PATCH]);
    expect(status).toBe(200);
    const statuses = [...responses.values()].map((response) => response.status).sort();
    expect(statuses).toEqual([204, 204, 204, 429, 429]);
    const refused = [...responses.values()].find((response) => response.status === 429);
    expect(Number(refused?.headers['Retry-After'])).toBeGreaterThan(0);
    expect(refused?.headers['x-ms-throttle-scope']).toMatch(/^Tenant_Application\/Write\/.+\/.+$/);
    expect(refused?.body).toMatchObject({ error: { code: 'TooManyRequests' } });
    expect(tenant.ledger).toHaveLength(3);
    expect(tenant.counters).toMatchObject({ requests: 1, subRequests: 5, writes: 5, throttled: 2 });
  });

  test('the outer status of a throttled batch may be 424', async () => {
    const { batch } = await openTenant([ada()], { behaviour: { writesPer150s: 1, throttledBatchStatus: 424 } });
    expect((await batch([PATCH, PATCH])).status).toBe(424);
  });

  test('mailbox calls cost none of the directory budget', async () => {
    const { batch } = await openTenant([ada()], { behaviour: { unitsPer10s: 1 } });
    const probe = { method: 'GET', url: `/users/${ADA}/mailboxSettings` };
    const { responses } = await batch([probe, probe, probe]);
    expect([...responses.values()].map(({ status }) => status)).toEqual([404, 404, 404]);
  });
});
