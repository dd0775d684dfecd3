/**
 * `npm run bench`: what a cycle costs in requests and time, beside a strictly serial client that makes the calls of the script this
 * replaces one by one against the same tenant. Microsoft's budgets with windows 50 times shorter, on both sides.
 */
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openDatabase } from '#db/client.ts';
import { DEMO_CREDENTIALS } from '#lib/demo/credentials.ts';
import { type DemoTenant, startDemoTenant } from '#lib/demo/server.ts';
import { skuIdOf } from '#lib/demo/skus.ts';
import { createEngine, executeRun } from '#lib/engine.ts';
import { readEnv } from '#lib/env.ts';
import { crowd, csvOf, seedOf } from '#tests/support/seeds.ts';

const PEOPLE = 2000;
const SERIAL_PEOPLE = 200;
const LATENCY_MS = { read: 4, write: 10, batch: 2 };

interface Figure {
  people: number;
  requests: number;
  throttled: number;
  seconds: number;
}

async function withTenant(
  people: number,
  work: (tenant: DemoTenant) => Promise<void>,
  absent = false,
): Promise<Figure> {
  const seed = seedOf({ users: absent ? [] : crowd(people) });
  const tenant = await startDemoTenant({ seed, behaviour: { timeScale: 50, latencyMs: LATENCY_MS } });
  const startedAt = performance.now();
  await work(tenant);
  const { requests, throttled } = tenant.tenant.counters;
  await tenant.close();
  return { people, requests, throttled, seconds: (performance.now() - startedAt) / 1000 };
}

async function cycle(tenant: DemoTenant): Promise<void> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'bench-'));
  const env = readEnv({ FILE_SETTLE_MS: '0', SAFETY_LIMIT: '0', DATA_DIR: dataDir });
  mkdirSync(env.dropFolder);
  writeFileSync(path.join(env.dropFolder, 'newcomers.csv'), csvOf(crowd(PEOPLE)));
  const db = openDatabase(env.databaseFile);
  const engine = createEngine({
    db,
    env,
    graph: { baseUrl: tenant.url, authorityHost: tenant.url, credential: { kind: 'secret', ...DEMO_CREDENTIALS } },
    publicUrl: '',
    timing: { writeWindowMs: 3000, unitWindowMs: 200, replicationMs: 1000, backoffBaseMs: 20 },
  });
  await executeRun(engine, { trigger: 'command_line', requestedBy: 'bench' }, new AbortController().signal);
  db.$client.close();
}

/** Mailbox there? Synchronised? Location, licence, read back, first access: one call after the other. */
async function serial(tenant: DemoTenant): Promise<void> {
  const { tenantId, clientId, clientSecret } = DEMO_CREDENTIALS;
  const form = {
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: clientSecret,
    scope: 'x/.default',
  };
  const signIn = await fetch(`${tenant.url}/${tenantId}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams(form),
  });
  const { access_token: token } = (await signIn.json()) as { access_token: string };
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const call = async (method: string, place: string, body?: unknown) => {
    const answer = await fetch(`${tenant.url}/v1.0${place}`, {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    await answer.text();
  };
  for (const { userPrincipalName } of crowd(SERIAL_PEOPLE)) {
    const user = `/users/${userPrincipalName}`;
    await call('GET', `${user}/mailboxSettings`);
    await call('GET', user);
    await call('PATCH', user, { usageLocation: 'US' });
    const addLicenses = [{ skuId: skuIdOf('EXCHANGESTANDARD'), disabledPlans: [] }];
    await call('POST', `${user}/assignLicense`, { addLicenses, removeLicenses: [] });
    await call('GET', `${user}/licenseDetails`);
    await call('GET', `${user}/mailboxSettings`);
  }
}

const baseline = await withTenant(SERIAL_PEOPLE, serial);
const ready = await withTenant(PEOPLE, cycle);
const absent = await withTenant(PEOPLE, cycle, true);

const perPerson = ({ requests, people }: Figure) => requests / people;
const msPerPerson = ({ seconds, people }: Figure) => (seconds * 1000) / people;
const row = (name: string, figure: Figure, target: string) => ({
  '': name,
  people: figure.people,
  'round trips': figure.requests,
  'per person': perPerson(figure).toFixed(3),
  target,
  'baseline / figure': `${(perPerson(baseline) / perPerson(figure)).toFixed(1)} ×`,
  '429s': figure.throttled,
  'ms per person': msPerPerson(figure).toFixed(2),
  'faster than baseline': `${(msPerPerson(baseline) / msPerPerson(figure)).toFixed(1)} ×`,
});
const table = [
  row('serial client (baseline)', baseline, '–'),
  row('cycle, everybody ready', ready, '≤ 0.4 per person, no 429'),
  row('cycle, nobody synchronised', absent, '≤ 20 round trips'),
];
for (const line of table)
  process.stdout.write(
    `${Object.entries(line)
      .map(([name, value]) => (name ? `${name} ${value}` : value))
      .join(' | ')}\n`,
  );
