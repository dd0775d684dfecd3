import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openDatabase } from '#db/client.ts';
import { people } from '#db/schema/people.ts';
import { listPeople } from '#db/store/people/all-people.ts';
import { saveSettings } from '#db/store/system/settings.ts';
import { placeSamples } from '#lib/demo/sample-files.ts';
import { startDemoTenant } from '#lib/demo/server.ts';
import { DEMO_CREDENTIALS } from '#lib/demo/tenant/credentials.ts';
import { demoOrganisation } from '#lib/demo/tenant/seed.ts';
import type { Settings } from '#lib/domain/settings.ts';
import { createEngine } from '#lib/engine/create-engine.ts';
import { executeRun } from '#lib/engine/run-worker.ts';
import { readEnv } from '#lib/env.ts';

const SAMPLES = path.join(import.meta.dirname, '..', '..', 'lib', 'demo', 'samples');
const MINUTE = 60_000;

/** The engine on the demo organisation and its sample files, without the demo's waiting times. */
async function openDemo(settings: Partial<Settings> = {}) {
  const tenant = await startDemoTenant({
    behaviour: { latencyMs: { read: 0, write: 0, batch: 0 }, replicationLagMs: 0 },
  });
  const dataDir = mkdtempSync(path.join(tmpdir(), 'demo-organisation-'));
  const env = readEnv({ FILE_SETTLE_MS: '0', SAFETY_LIMIT: '24', DATA_DIR: dataDir });
  const db = openDatabase(env.databaseFile);
  onTestFinished(async () => {
    await tenant.close();
    db.$client.close();
  });
  placeSamples(env.dropFolder, Date.now());
  saveSettings(db, env, settings, { name: 'Demo Admin', key: 'demo/admin' }, Date.now());
  const engine = createEngine({
    db,
    readEnv: () => env,
    graph: { baseUrl: tenant.url, authorityHost: tenant.url, credential: { kind: 'secret', ...DEMO_CREDENTIALS } },
    publicUrl: 'http://127.0.0.1:3000',
    timing: { backoffBaseMs: 5, replicationMs: 50, gatherMs: 5 },
  });
  return {
    db,
    dropFolder: env.dropFolder,
    tenant: tenant.tenant,
    /** One cycle in which everybody is checked, and how many people are then in which state. */
    async cycle(): Promise<Record<string, string[]>> {
      db.update(people).set({ nextCheckAt: 0 }).run();
      const request = { trigger: 'command_line' as const, requestedBy: 'test' };
      const outcome = await executeRun(engine, request, new AbortController().signal);
      expect(outcome).toMatchObject({ kind: 'ended', run: { status: 'completed' } });
      const standing: Record<string, string[]> = {};
      for (const { state, reason, userPrincipalName } of listPeople(db, null)) {
        const key = `${state}/${reason}`;
        standing[key] = [...(standing[key] ?? []), userPrincipalName.split('@')[0] ?? ''];
      }
      return standing;
    },
  };
}

test('the sample people show every state that needs no operator, and most reasons, within ten minutes', async () => {
  const { cycle, tenant } = await openDemo();
  const seen = new Set<string>();
  for (let minute = 0; minute <= 10; minute += 1) {
    for (const standing of Object.keys(await cycle())) seen.add(standing);
    tenant.advance(MINUTE);
  }
  expect([...seen]).toEqual(
    expect.arrayContaining([
      'already_provisioned/mailbox_open_licensed',
      'already_provisioned/mailbox_opened_elsewhere',
      'awaiting_mailbox/mailbox_opening',
      'awaiting_mailbox/mailbox_opening_elsewhere',
      'awaiting_seat/no_seat',
      'awaiting_start/before_start',
      'awaiting_sync/not_synchronised',
      'held/safety_limit',
      'needs_attention/account_is_guest',
      'needs_attention/group_licence_failed',
      'needs_attention/location_refused',
      'needs_attention/mailbox_on_premises',
      'needs_attention/mailbox_open_unlicensed',
      'needs_attention/mailbox_plan_off',
      'needs_attention/other_licence',
      'needs_attention/proxy_address_conflict',
      'needs_attention/seat_not_taken',
      'needs_attention/service_plan_dependency',
      'needs_attention/service_plans_conflict',
      'needs_attention/type_unmapped',
      'needs_attention/usage_location_not_allowed',
      'provisioned/provisioned',
    ]),
  );
});

/** Each kind of what real tenants do to newcomers, the person who shows it, where that leads, and what the sentence says. */
const FIELD: [kind: string, name: string, standing: string, says: RegExp][] = [
  ['renamed while the mailbox opens', 'ada.aster', 'awaiting_mailbox/mailbox_opening', /renamed to ada\.balsam@/],
  ['renamed, and followed', 'ada.aster', 'provisioned/provisioned', /./],
  ['deleted', 'bea.begonia', 'needs_attention/account_deleted', /restored, with its mailbox, until \d/],
  ['the name is somebody else’s', 'carl.calla', 'needs_attention/name_belongs_to_another', /Oswin Oleander/],
  ['a twin with the name on-premises', 'dina.dahlia', 'needs_attention/name_belongs_to_another', /dahlia4711@/],
  ['a domain that is not verified', 'edda.erica', 'needs_attention/domain_not_verified', /corp\.contoso\.local/],
  ['found by the name on-premises', 'falk.fuchsia', 'provisioned/provisioned', /./],
  ['a shared mailbox from before', 'gerd.gentian', 'needs_attention/mailbox_of_nobody', /a shared mailbox/],
  ['a room', 'room.hibiscus', 'needs_attention/mailbox_of_nobody', /a room/],
  [
    'changes to one account are refused',
    'ines.iberis',
    'needs_attention/access_denied',
    /refused to change this account/,
  ],
  ['access to one mailbox is refused', 'jana.jonquil', 'needs_attention/mailbox_denied', /this mailbox/],
  ['refused in other words', 'karl.kerria', 'needs_attention/licence_refused', /Die Lizenz .*Request_BadRequest/],
  ['the usage location takes effect late', 'lia.lantana', 'queued/location_not_in_effect', /growing pauses/],
  ['the usage location took effect', 'lia.lantana', 'provisioned/provisioned', /./],
  ['the EmployeeType changes after licensing', 'max.mallow', 'needs_attention/licence_differs', /was N .* is now E/],
  ['done before', 'nina.nigella', 'already_provisioned/mailbox_open_licensed', /./],
  ['hired again', 'nina.nigella', 'awaiting_sync/not_synchronised', /earlier account was deleted/],
  ['hired again, with a new account', 'nina.nigella', 'provisioned/provisioned', /./],
  ['a group’s licence failed', 'otis.oxlip', 'needs_attention/group_licence_failed', /7f0c2c0e/],
  ['a group’s licence was processed again', 'otis.oxlip', 'already_provisioned/mailbox_opened_elsewhere', /./],
  ['the EmployeeType is empty', 'quinn.quamash', 'needs_attention/employee_type_missing', /./],
  ['no mailbox yet', 'petra.privet', 'awaiting_mailbox/mailbox_opening', /./],
  ['disabled until the first day', 'lara.larch', 'provisioned/provisioned', /./],
  ['on-premises, which nobody can read yet', 'nora.nettle', 'awaiting_mailbox/mailbox_opening', /./],
  ['on-premises for certain', 'otto.oak', 'needs_attention/mailbox_on_premises', /./],
  ['a start date far ahead', 'vera.vetch', 'awaiting_start/before_start', /./],
  ['a mailbox without a licence', 'gloria.gorse', 'needs_attention/mailbox_open_unlicensed', /30 days/],
  ['another licence than the mapped one', 'fern.foxglove', 'needs_attention/other_licence', /Office 365 E3/],
  ['the location is mastered on-premises', 'lotte.laerche', 'needs_attention/location_refused', /msExchUsageLocation/],
  ['an address of somebody else', 'paula.poplar', 'needs_attention/proxy_address_conflict', /p\.poplar@/],
];

test('each kind of what real tenants do to newcomers is shown by a person within ten minutes', async () => {
  const { cycle, tenant, db, dropFolder } = await openDemo({ safetyLimit: 0 });
  placeSamples(dropFolder, Date.now(), 'field');
  const seen = new Map<string, string[]>();
  for (let minute = 0; minute <= 10; minute += 1) {
    if (minute === 4) placeSamples(dropFolder, Date.now(), 'later');
    await cycle();
    for (const { userPrincipalName, state, reason, message } of listPeople(db, null)) {
      const key = `${userPrincipalName.split('@')[0]} ${state}/${reason}`;
      seen.set(key, [...(seen.get(key) ?? []), message]);
    }
    tenant.advance(MINUTE);
  }
  for (const [kind, name, standing, says] of FIELD)
    expect(seen.get(`${name} ${standing}`), kind).toEqual(expect.arrayContaining([expect.stringMatching(says)]));
});

test('the sample people show who waits for a human or for the account where Settings say so', async () => {
  const { cycle } = await openDemo({ licenseAccountsWithAddress: false, waitUntilEnabled: true });
  const standing = await cycle();
  expect(standing['needs_attention/mailbox_maybe_on_premises']).toContain('nora.nettle');
  expect(standing['awaiting_start/account_disabled']).toBeUndefined();
  const { cycle: lookAgain } = await openDemo({ waitUntilEnabled: true });
  expect((await lookAgain())['awaiting_start/account_disabled']).toEqual(['lara.larch']);
});

test('most of the sample people have an address before any licence, as in hybrid organisations, and are licensed', async () => {
  const { cycle, tenant } = await openDemo();
  const before = new Set(
    tenant.users
      .filter(({ proxyAddresses }) => proxyAddresses.length > 0)
      .map(({ userPrincipalName }) => userPrincipalName),
  );
  expect(before.size).toBeGreaterThan(40);
  await cycle();
  const licensed = tenant.ledger.filter(({ kind }) => kind === 'licence');
  expect(licensed.length).toBeGreaterThan(15);
  expect(licensed.every(({ userPrincipalName }) => before.has(userPrincipalName))).toBe(true);
  expect(licensed.map(({ userPrincipalName }) => userPrincipalName)).toContain('lara.larch@contoso.example');
});

test('ten cycles license each of the sample people at most once', async () => {
  const { cycle, tenant } = await openDemo();
  for (let minute = 0; minute <= 10; minute += 1) {
    await cycle();
    tenant.advance(MINUTE);
  }
  const licensed = tenant.ledger.flatMap(({ kind, userPrincipalName, skuIds }) =>
    kind === 'licence' ? skuIds.map((skuId) => `${userPrincipalName} ${skuId}`) : [],
  );
  expect(licensed.length).toBeGreaterThan(20);
  expect(new Set(licensed).size).toBe(licensed.length);
});

test('synchronisation and Exchange take their time: who comes late is licensed late', async () => {
  // The limit of the demo is used up by those who came first.
  const { cycle, tenant } = await openDemo({ safetyLimit: 0 });
  const where = async (name: string) =>
    Object.entries(await cycle()).find(([, names]) => names.includes(name))?.[0] ?? 'nowhere';
  expect(await where('dora.dogwood')).toBe('awaiting_sync/not_synchronised');
  tenant.advance(5 * MINUTE);
  expect(await where('dora.dogwood')).toBe('awaiting_mailbox/mailbox_opening');
  tenant.advance(4 * MINUTE);
  expect(await where('dora.dogwood')).toBe('provisioned/provisioned');
});

test('each sample file names accounts of the demo organisation, but for those who are never synchronised', () => {
  const accounts = new Set(demoOrganisation().users.map(({ userPrincipalName }) => userPrincipalName));
  const named = readdirSync(SAMPLES, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.csv'))
    .flatMap((name) => {
      const bytes = readFileSync(path.join(SAMPLES, name));
      const text = new TextDecoder(bytes[0] === 0xff ? 'utf-16le' : 'latin1').decode(bytes);
      return text.match(/[a-z]+\.[a-z]+@contoso\.example/g) ?? [];
    });
  expect(named.length).toBeGreaterThan(55);
  expect(named.filter((name) => !accounts.has(name)).sort()).toEqual([
    'quil.quercus@contoso.example',
    'ursa.umbel@contoso.example',
    'xena.xerophyte@contoso.example',
  ]);
});

test('the demo organisation is made up: everybody is of the example domain or the tenant’s initial one, no two people share a name', () => {
  const { users } = demoOrganisation();
  const names = users.map(({ userPrincipalName }) => userPrincipalName);
  expect(names.every((name) => /@contoso\.(example|onmicrosoft\.com)$/.test(name))).toBe(true);
  expect(new Set(names).size).toBe(names.length);
});
