/** What one account refuses is that account's own matter: nobody else waits for it, and nothing untrue is said about it. */

import { describe, expect, test } from 'vitest';
import { listPeople } from '#db/store/people/all-people.ts';
import { readQuarantine, writeQuarantine } from '#db/store/system/engine-state.ts';
import type { FaultRule } from '#lib/demo/tenant/faults.ts';
import { skuIdOf } from '#lib/demo/tenant/skus.ts';
import { noTraffic } from '#lib/graph/http/transport.ts';
import { crowd, csvOf, upn } from '#tests/support/seeds.ts';
import { openWorld, type World } from '#tests/support/world.ts';

const HOUR = 3_600_000;

async function dropped(size: number, seed: Parameters<typeof crowd>[1] = {}): Promise<World> {
  const users = crowd(size, seed);
  const world = await openWorld({ users });
  world.drop('newcomers.csv', csvOf(users));
  return world;
}

/** The fault, for the first `count` accounts only. */
async function faultOf(world: World, count: number, kind: FaultRule['kind'], path: string, method?: string) {
  const { users } = await world.snapshot();
  for (const { id } of users.slice(0, count))
    await world.fault({ kind, match: { path: `/${id}${path}`, inBatch: true, ...(method ? { method } : {}) } });
}

const standingOf = (world: World, wanted: string) =>
  Object.values(world.standing()).filter((standing) => standing === wanted).length;

const WRITES = [
  ['assignLicense', '/assignLicense$', undefined],
  ['the usage location', '$', 'PATCH'],
] as const;

describe.each(WRITES)('403 on %s', (_name, path, method) => {
  test('of one account out of 31 is a case of its own; the 30 others are licensed', async () => {
    const world = await dropped(31);
    await faultOf(world, 1, 'forbidden', path, method);
    const run = await world.cycle();
    expect(run).toMatchObject({ status: 'completed', reason: null });
    expect(standingOf(world, 'provisioned/provisioned')).toBe(30);
    expect(standingOf(world, 'needs_attention/access_denied')).toBe(1);
  });

  test('of three neighbours among many stops nobody either', async () => {
    const world = await dropped(31);
    await faultOf(world, 3, 'forbidden', path, method);
    expect(await world.cycle()).toMatchObject({ status: 'completed' });
    expect(standingOf(world, 'provisioned/provisioned')).toBe(28);
    expect(standingOf(world, 'needs_attention/access_denied')).toBe(3);
  });

  test('of 25 neighbours, more than a whole batch, stops nobody, wherever they stand in the queue', async () => {
    for (const from of [0, 20]) {
      const world = await dropped(60);
      const { users } = await world.snapshot();
      for (const { id } of users.slice(from, from + 25))
        await world.fault({ kind: 'forbidden', match: { path: `/${id}${path}`, method: method ?? 'POST' } });
      expect(await world.cycle()).toMatchObject({ status: 'completed', reason: null });
      expect(standingOf(world, 'provisioned/provisioned')).toBe(35);
      expect(standingOf(world, 'needs_attention/access_denied')).toBe(25);
    }
  });

  test('of everybody, though the token names the permission, stops the run and names it', async () => {
    const world = await dropped(31);
    await world.fault({ kind: 'forbidden', match: { path, inBatch: true, method: method ?? 'POST' } });
    const run = await world.cycle();
    expect(run).toMatchObject({ status: 'stopped', reason: 'permission_missing' });
    expect(run.message).toMatch(/ReadWrite\.All is missing/);
    expect(standingOf(world, 'needs_attention/access_denied')).toBe(0);
  });
});

test.each(WRITES)(
  'a token refused on %s (401) is no refusal by the account: it is licensed all the same',
  async (_name, path, method) => {
    const world = await dropped(3);
    await world.fault({ kind: 'token_refused', match: { path, inBatch: true, method: method ?? 'POST' }, times: 2 });
    expect(await world.cycle()).toMatchObject({ status: 'completed', reason: null });
    expect(standingOf(world, 'provisioned/provisioned')).toBe(3);
  },
);

test.each([
  ['licences of the tenant', '^/subscribedSkus'],
  ['look-up of accounts', '^/users$'],
])('a token refused once for the %s (401) ends no run: with a new one everybody is licensed', async (_what, path) => {
  const world = await dropped(3);
  await world.fault({ kind: 'token_refused', match: { path, inBatch: true, method: 'GET' }, times: 1 });
  expect(await world.cycle()).toMatchObject({ status: 'completed', reason: null });
  expect(standingOf(world, 'provisioned/provisioned')).toBe(3);
});

test('a token refused once more after the look-up of accounts was throttled in between ends no run', async () => {
  const world = await dropped(3);
  const match = { path: '^/users$', inBatch: true, method: 'GET' };
  for (const kind of ['token_refused', 'throttle', 'token_refused'] as const)
    await world.fault({ kind, match, times: 1, ...(kind === 'throttle' ? { retryAfterS: 1 } : {}) });
  expect(await world.cycle()).toMatchObject({ status: 'completed', reason: null });
  expect(standingOf(world, 'provisioned/provisioned')).toBe(3);
});

test('an answer without a single licence, where there were some, is nobody’s: the run stops, and the next one licenses everybody', async () => {
  const world = await dropped(2);
  world.buySeats('EXCHANGESTANDARD', 1);
  await world.cycle();
  const listed = world.tenant.tenant.skus.splice(0);
  world.letTimePass();
  expect(await world.cycle()).toMatchObject({ status: 'stopped', reason: 'graph_down' });
  expect(standingOf(world, 'needs_attention/sku_not_in_tenant')).toBe(0);
  world.tenant.tenant.skus.push(...listed);
  world.buySeats('EXCHANGESTANDARD', 100);
  world.letTimePass();
  expect(await world.cycle()).toMatchObject({ status: 'completed' });
  expect(standingOf(world, 'provisioned/provisioned')).toBe(2);
});

test('that no licence is named is believed once it has been so for an hour: people are told, and mailboxes are watched', async () => {
  const users = crowd(2, { usageLocation: 'US', mailboxOpensAfterMs: 60_000 });
  const world = await openWorld({ users });
  world.drop('first.csv', csvOf(users.slice(0, 1)));
  await world.cycle();
  world.tenant.tenant.skus.splice(0);
  world.drop('newcomers.csv', csvOf(users));
  const again = async (minutes: number) => {
    await world.advance(minutes * 60_000);
    const quarantine = readQuarantine(world.db);
    if (quarantine) writeQuarantine(world.db, { ...quarantine, since: quarantine.since - minutes * 60_000 }, 0);
    world.letTimePass();
    return (await world.cycle()).status;
  };
  expect([await again(0), await again(50)]).toEqual(['stopped', 'stopped']);
  expect(world.standing()).toMatchObject({ person2: 'queued/queued' });
  expect(await again(10)).toBe('completed');
  expect(world.standing()).toEqual({
    person1: 'provisioned/provisioned',
    person2: 'needs_attention/sku_not_in_tenant',
  });
});

describe('403 of a mailbox', () => {
  test('of the first person in the queue: ten others are licensed, and the one is not called open', async () => {
    const world = await dropped(11);
    await faultOf(world, 1, 'forbidden', '/mailboxSettings$');
    for (let cycle = 0; cycle < 2; cycle += 1) {
      expect(await world.cycle()).toMatchObject({ status: 'completed' });
      world.letTimePass();
    }
    expect(standingOf(world, 'provisioned/provisioned')).toBe(10);
    expect(standingOf(world, 'needs_attention/mailbox_denied')).toBe(1);
  });
});

describe('mailboxes that an access policy leaves out', () => {
  test('25 of 60 do not stop the others, not even where they alone are looked at later', async () => {
    const users = crowd(60, { mail: 'known@contoso.example' }).map((user, index) => ({
      ...user,
      ...(index < 25 ? { mailbox: 'denied' as const } : {}),
    }));
    const world = await openWorld({ users });
    world.drop('newcomers.csv', csvOf(users));
    for (let cycle = 0; cycle < 2; cycle += 1) {
      expect(await world.cycle()).toMatchObject({ status: 'completed', reason: null });
      expect(standingOf(world, 'needs_attention/mailbox_denied')).toBe(25);
      expect(standingOf(world, 'provisioned/provisioned')).toBe(35);
      world.letTimePass();
    }
  });

  test('three, the only ones worth asking, do not stop ten newcomers who have no mailbox yet', async () => {
    const left = { mail: 'known@contoso.example', mailbox: 'denied' as const };
    const users = crowd(13).map((user, index) => ({ ...user, ...(index < 3 ? left : {}) }));
    const world = await openWorld({ users });
    world.drop('newcomers.csv', csvOf(users));
    expect(await world.cycle()).toMatchObject({ status: 'completed', reason: null });
    expect(standingOf(world, 'needs_attention/mailbox_denied')).toBe(3);
    expect(standingOf(world, 'provisioned/provisioned')).toBe(10);
  });
});

describe('people whose mailboxes refuse access once they are licensed, and nobody else', () => {
  /** Three that show an address and a plan that Exchange Online has worked on, so that each is asked in every run. */
  async function licensed(count: number): Promise<World> {
    const world = await dropped(count, {
      mailboxOpensAfterMs: 40 * 24 * HOUR,
      mail: 'a@contoso.example',
      onPremisesSyncEnabled: null,
    });
    await world.cycle();
    expect(standingOf(world, 'awaiting_mailbox/mailbox_opening')).toBe(count);
    return world;
  }

  test('are named after a day, each for itself, and no run says that a permission is missing which the token names', async () => {
    const world = await licensed(3);
    await world.fault({ kind: 'forbidden', match: { path: '/mailboxSettings$', inBatch: true } });
    for (const hours of [1, 6, 18, 24]) {
      await world.timePasses(hours * HOUR);
      // Each cycle of the command line is a process of its own.
      world.restart();
      expect(await world.cycle()).toMatchObject({ status: 'completed', reason: null });
    }
    expect(standingOf(world, 'needs_attention/mailbox_denied')).toBe(3);
  });

  test('may do so although the token never named the permission, as where Exchange Online scopes it: no run says that it is missing', async () => {
    const users = crowd(4, { mail: 'known@contoso.example', onPremisesSyncEnabled: null });
    const world = await openWorld({ users });
    world.drop('newcomers.csv', csvOf(users));
    // The token is issued without it; the mailboxes answer all the same, but for one.
    await world.behave({ permissions: ['User.ReadWrite.All', 'LicenseAssignment.Read.All'] });
    await world.cycle();
    await world.behave({ permissions: ['User.ReadWrite.All', 'LicenseAssignment.Read.All', 'MailboxSettings.Read'] });
    await faultOf(world, 1, 'forbidden', '/mailboxSettings$');
    expect(await world.cycle({ trigger: 'operator' })).toMatchObject({ status: 'completed', reason: null });
    expect(standingOf(world, 'provisioned/provisioned')).toBe(3);
    await world.behave({ permissions: ['User.ReadWrite.All', 'LicenseAssignment.Read.All'] });
    world.restart();
    await world.timePasses(24 * HOUR);
    expect(await world.cycle()).toMatchObject({ status: 'stopped', reason: 'permission_missing' });
    // Those who are done answer under the same token: the one who is left refuses for itself.
    await world.behave({ permissions: ['User.ReadWrite.All', 'LicenseAssignment.Read.All', 'MailboxSettings.Read'] });
    expect(await world.cycle({ trigger: 'operator' })).toMatchObject({ status: 'completed', reason: null });
    expect(standingOf(world, 'needs_attention/mailbox_denied')).toBe(1);
  });

  test('are not named where the token has lost the permission: the run stops at the first and names that', async () => {
    const world = await licensed(1);
    await world.behave({ permissions: ['User.ReadWrite.All', 'LicenseAssignment.Read.All'] });
    await world.fault({ kind: 'token_refused', match: { path: '^/subscribedSkus', inBatch: true }, times: 1 });
    await world.timePasses(HOUR);
    const run = await world.cycle();
    expect(run).toMatchObject({ status: 'stopped', reason: 'permission_missing' });
    expect(run.message).toContain('MailboxSettings.Read');
    expect(standingOf(world, 'awaiting_mailbox/mailbox_opening')).toBe(1);
  });
});

describe('whoever is left was refused before, and then the token loses the permission: the run stops and names it', () => {
  test('to read mailboxes', async () => {
    const left = { mail: 'known@contoso.example', mailbox: 'denied' as const };
    const world = await dropped(2, left);
    await world.cycle();
    expect(standingOf(world, 'needs_attention/mailbox_denied')).toBe(2);
    await world.behave({ permissions: ['User.ReadWrite.All', 'LicenseAssignment.Read.All'] });
    world.restart();
    await world.timePasses(7 * HOUR);
    const run = await world.cycle();
    expect(run).toMatchObject({ status: 'stopped', reason: 'permission_missing' });
    expect(run.message).toContain('MailboxSettings.Read');
    expect(standingOf(world, 'needs_attention/mailbox_denied')).toBe(2);
  });

  test.each(WRITES)('for %s', async (_name, path, method) => {
    const world = await dropped(2, { usageLocation: method === 'PATCH' ? null : 'DE' });
    await faultOf(world, 2, 'forbidden', path, method);
    await world.cycle();
    expect(standingOf(world, 'needs_attention/access_denied')).toBe(2);
    await world.noFaults();
    await world.behave({ permissions: ['User.Read.All', 'LicenseAssignment.Read.All', 'MailboxSettings.Read'] });
    world.restart();
    await world.timePasses(7 * HOUR);
    const run = await world.cycle();
    expect(run).toMatchObject({ status: 'stopped', reason: 'permission_missing' });
    expect(run.message).toContain('ReadWrite.All');
    expect((await world.ledger('licence')).length).toBe(0);
  });
});

test('403 for another reason than access is told in Microsoft’s words, and is no missing permission', async () => {
  const world = await dropped(10);
  const { users } = await world.snapshot();
  const message = 'The directory object quota limit for the Tenant has been exceeded.';
  const answer = { status: 403, code: 'Directory_QuotaExceeded', message };
  for (const { id } of users.slice(0, 4))
    await world.fault({ kind: 'refused', match: { path: `/${id}/assign` }, answer });
  expect(await world.cycle()).toMatchObject({ status: 'completed', reason: null });
  expect(standingOf(world, 'provisioned/provisioned')).toBe(6);
  expect(standingOf(world, 'needs_attention/licence_refused')).toBe(4);
  expect(listPeople(world.db, null)[0]?.message).toContain(message);
});

test('a refusal without code and text is nobody’s: the write is repeated, and the person is licensed', async () => {
  const world = await dropped(3);
  const answer = { status: 400, code: '', message: '' };
  await world.fault({ match: { path: 'assignLicense$' }, kind: 'refused', times: 3, answer });
  await world.cycle();
  expect(standingOf(world, 'provisioned/provisioned')).toBe(3);
});

test('a refusal that stays without code and text is tried a few times in a run', async () => {
  const world = await dropped(3);
  const { users } = await world.snapshot();
  const answer = { status: 400, code: '', message: '' };
  await world.fault({ match: { path: `/${users[0]?.id}/assignLicense$` }, kind: 'refused', answer });
  const before = (await world.snapshot()).counters.writes;
  await world.cycle();
  // The two others take a location and a licence each; so does the first, whose licence is tried four times.
  expect((await world.snapshot()).counters.writes - before).toBeLessThanOrEqual(2 * 2 + 1 + 4);
  expect(standingOf(world, 'queued/write_failed')).toBe(1);
  await world.noFaults();
  await world.cycle();
  await world.timePasses(HOUR);
  await world.cycle();
  expect(standingOf(world, 'provisioned/provisioned')).toBe(3);
});

test('one unreadable answer about fifteen people stops nothing: it is asked for again, and everybody is licensed', async () => {
  const world = await dropped(20);
  await world.fault({ kind: 'malformed', match: { path: '^/users$', inBatch: true, method: 'GET' }, times: 1 });
  expect(await world.cycle()).toMatchObject({ status: 'completed', reason: null });
  expect(standingOf(world, 'provisioned/provisioned')).toBe(20);
});

test('two whose mailboxes cannot be asked, and nobody else: the run stops once, and then they are named and everything goes on', async () => {
  const world = await dropped(2, { mail: 'a@contoso.example', onPremisesSyncEnabled: null });
  await faultOf(world, 2, 'server_error', '/mailboxSettings');
  expect(await world.cycle()).toMatchObject({ status: 'stopped', reason: 'most_calls_failed' });
  expect(await world.cycle({ trigger: 'operator' })).toMatchObject({ status: 'completed', reason: null });
  expect(standingOf(world, 'queued/mailbox_unknown')).toBe(2);
  await world.noFaults();
  await world.cycle({ trigger: 'operator' });
  expect(standingOf(world, 'provisioned/provisioned')).toBe(2);
});

describe('fifteen people are looked up with one question', () => {
  test.each([
    [400, 'Request_BadRequest'],
    [403, 'Authorization_RequestDenied'],
    [404, 'Request_ResourceNotFound'],
    [500, 'Service_InternalServerError'],
    [504, 'UnknownError'],
  ])('and one account spoils the answer (%i): the others are licensed in the same cycle', async (status, code) => {
    const world = await dropped(32);
    const answer = { status, code, message: 'The process failed to get the correct properties.' };
    await world.fault({ kind: 'refused', match: { path: '/users$', query: 'person3@' }, answer });
    expect(await world.cycle()).toMatchObject({ status: 'completed', reason: null });
    expect(standingOf(world, 'provisioned/provisioned')).toBe(31);
    expect(world.standing()).toMatchObject({ person3: 'queued/lookup_failed' });
    await world.timePasses(25 * 3_600_000);
    expect(await world.cycle()).toMatchObject({ status: 'completed', reason: null });
    expect(world.standing()).toMatchObject({ person3: 'needs_attention/unknown_too_long' });
  });

  test('and one account is garbled: nobody else is unknown for it', async () => {
    const world = await dropped(20);
    world.tenant.tenant.users[2]?.proxyAddresses.push(null as never);
    expect(await world.cycle()).toMatchObject({ status: 'completed', reason: null });
    expect(standingOf(world, 'provisioned/provisioned')).toBe(19);
    expect(world.standing()).toMatchObject({ person3: 'queued/lookup_failed' });
  });

  test('and their names in Active Directory cannot be looked up: nobody is said not to be there, or to be whoever has the name', async () => {
    const world = await openWorld({ users: crowd(3) });
    const answer = { status: 500, code: 'Service_InternalServerError', message: 'An error.' };
    await world.fault({ kind: 'refused', match: { path: '/users$', query: 'onPremisesUserPrincipalName in' }, answer });
    world.drop('newcomers.csv', `${csvOf(crowd(3))}Ada,ada@corp.contoso.local,E\n`);
    await world.cycle();
    const lookedUpInVain = { person1: 'queued/lookup_failed', ada: 'queued/lookup_failed' };
    expect(world.standing()).toMatchObject(lookedUpInVain);
    await world.noFaults();
    await world.cycle();
    expect(world.standing()).toMatchObject({ person1: 'provisioned/provisioned' });
  });
});

describe('an error under a status of success', () => {
  const silent = {
    status: 200,
    code: 'MailboxNotEnabledForRESTAPI',
    message: 'The mailbox is either inactive or on-premise.',
  };

  test('is no open mailbox: never a green tick', async () => {
    const world = await dropped(2, { mail: 'known@contoso.example', mailboxOpensAfterMs: 3_600_000 });
    await world.fault({ kind: 'refused', match: { path: '/mailboxSettings$', inBatch: true }, answer: silent });
    for (let cycle = 0; cycle < 2; cycle += 1) {
      await world.cycle();
      expect(standingOf(world, 'awaiting_mailbox/mailbox_opening')).toBe(2);
      world.letTimePass();
    }
  });

  test('of a licence is the refusal that it spells', async () => {
    const world = await dropped(2);
    const message = 'License assignment failed because service plans a, b are mutually exclusive.';
    const id = world.tenant.tenant.users[0]?.id;
    const answer = { status: 200, code: 'Request_BadRequest', message };
    await world.fault({ kind: 'refused', match: { path: `/${id}/assignLicense$` }, answer });
    await world.cycle();
    expect(standingOf(world, 'needs_attention/service_plans_conflict')).toBe(1);
    expect(standingOf(world, 'provisioned/provisioned')).toBe(1);
  });
});

test('a mailbox code that is known outweighs the status beside it', async () => {
  const world = await dropped(12);
  await world.behave({ silentMailboxStatus: 400 });
  expect(await world.cycle()).toMatchObject({ status: 'completed' });
  expect(standingOf(world, 'provisioned/provisioned')).toBe(12);
});

test('what was written to an account is not taken to show on another one that has its name by now', async () => {
  const [ann, ben] = [upn('ann'), upn('ben')];
  const licence = { skuId: skuIdOf('EXCHANGESTANDARD'), disabledPlans: [] };
  const world = await openWorld({
    users: [
      { userPrincipalName: ann, usageLocation: 'US' },
      { userPrincipalName: ben, usageLocation: 'US', licences: [{ ...licence, byGroup: null, error: null, at: 0 }] },
    ],
  });
  const { directory } = world.engine;
  const context = { urgent: true, traffic: noTraffic() };
  const [found] = await directory.findAccounts([ann], context);
  if (found?.lookup.kind !== 'found') throw new Error('nobody');
  const { tenant } = world.tenant;
  tenant.rename(ann, upn('moved'));
  tenant.rename(ben, ann);
  await world.fault({ kind: 'server_error', match: { path: '/assignLicense$', inBatch: true } });
  const addLicenses = [{ ...licence, skuPartNumber: 'EXCHANGESTANDARD' }];
  const assignment = { account: found.lookup.account, addLicenses, removeLicenses: [], usageLocation: null };
  const result = await directory.assign({ ...assignment, wasDenied: false }, context);
  expect(result.kind).toBe('unconfirmed');
});
