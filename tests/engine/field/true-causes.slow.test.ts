/** A cause is true or is called unknown, and nobody waits for ever (field cases T09, T13, T16, T23, T26, T27, T33, T34). */
import { describe, expect, test } from 'vitest';
import { listPeople } from '#db/store/people/all-people.ts';
import { skuIdOf } from '#lib/demo/tenant/skus.ts';
import type { UserSeed } from '#lib/demo/tenant/tenant.ts';
import { crowd, csvOf } from '#tests/support/seeds.ts';
import { openWorld, type World, type WorldOptions } from '#tests/support/world.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

async function dropped(users: UserSeed[], options: WorldOptions = {}): Promise<World> {
  const world = await openWorld({ users, ...options });
  world.drop('newcomers.csv', csvOf(users));
  return world;
}

/** Cycles every six hours for these days; the standing after each. */
async function live(world: World, days: number): Promise<Record<string, string>[]> {
  const standings: Record<string, string>[] = [];
  for (let hours = 0; hours < days * 24; hours += 6) {
    await world.cycle();
    standings.push(world.standing());
    await world.timePasses(6 * HOUR);
  }
  return standings;
}

describe('a question that was asked stays asked', () => {
  test.each([1, 5])('mailboxes of %i newcomers answer 403 for five days', async (size) => {
    const world = await dropped(crowd(size, { mailboxOpensAfterMs: DAY / 24 }));
    await world.cycle();
    await world.fault({ kind: 'forbidden', match: { path: '/mailboxSettings$', inBatch: true } });
    const standings = await live(world, 5);
    for (const standing of standings.slice(6))
      for (const now of Object.values(standing)) expect(now).toMatch(/^needs_attention/);
  });

  test('licensed elsewhere, and Exchange Online does not begin', async () => {
    const licences = [
      { skuId: skuIdOf('EXCHANGESTANDARD'), disabledPlans: [], byGroup: 'a group', error: null, at: 0 },
    ];
    const world = await dropped(crowd(1, { licences, usageLocation: 'US', mailbox: 'never' }));
    const standings = await live(world, 4);
    for (const standing of standings.slice(6)) expect(standing).toEqual({ person1: 'needs_attention/mailbox_late' });
  });

  test.each([
    ['in the queue', {}],
    ['not synchronised', { synchronisesAfterMs: 100 * DAY }],
  ])('somebody %s, about whom every answer is an error', async (_name, change) => {
    const world = await dropped(crowd(1, change));
    if ('synchronisesAfterMs' in change) await world.cycle();
    await world.fault({ kind: 'server_error', match: { path: '^/users', inBatch: true } });
    const standings = await live(world, 3);
    expect(standings[1]?.person1).not.toMatch(/^needs_attention/);
    for (const standing of standings.slice(6)) expect(standing.person1).toMatch(/^needs_attention/);
    expect(listPeople(world.db, null)[0]?.message).toContain('500');
  });
});

describe('refusals', () => {
  test.each([
    [
      400,
      'Request_BadRequest',
      'Die Lizenzzuweisung ist fehlgeschlagen, weil Dienstpläne sich gegenseitig ausschließen.',
    ],
    [
      400,
      'Request_BadRequest',
      'License assignment failed: the proxyAddress check could not be carried out in this region.',
    ],
    [404, 'Request_UnknownThing', 'Le service demandé n’existe pas.'],
    [400, 'Request_BadRequest', 'An unexpected thing happened.'],
  ])('%i %s “%s” keeps Microsoft’s sentence and code', async (status, code, message) => {
    const world = await dropped(crowd(1, { usageLocation: 'US' }));
    await world.fault({ kind: 'refused', match: { path: '/assignLicense$' }, answer: { status, code, message } });
    await world.cycle();
    expect(world.standing()).toEqual({ person1: 'needs_attention/licence_refused' });
    expect(listPeople(world.db, null)[0]?.message).toContain(message);
    expect(listPeople(world.db, null)[0]?.message).toContain(code);
  });

  test.each([
    [409, 'Request_Conflict', 'Un autre processus modifie cet objet.'],
    [400, 'Directory_ConcurrencyViolation', 'Es werden gleichzeitig andere Anforderungen bearbeitet.'],
    [400, 'Request_BadRequest', 'Another license operation is in progress for this user. Please try again later.'],
  ])('%i %s for other work going on: licensed later', async (status, code, message) => {
    const world = await dropped(crowd(1, { usageLocation: 'US' }));
    await world.fault({
      kind: 'refused',
      match: { path: '/assignLicense$' },
      answer: { status, code, message },
      times: 2,
    });
    await world.cycle();
    world.letTimePass();
    await world.cycle();
    world.letTimePass();
    await world.cycle();
    expect(world.standing()).toEqual({ person1: 'provisioned/provisioned' });
  });

  test('the mapped licence is not in the tenant, another edition is: told, and nothing else is given', async () => {
    const world = await dropped(crowd(1));
    world.tenant.tenant.skus.splice(0, 1);
    await world.cycle();
    expect(world.standing()).toEqual({ person1: 'needs_attention/sku_not_in_tenant' });
    expect(await world.ledger()).toEqual([]);
  });

  test('429 without Retry-After inside batches, and 503: forty are licensed, each once', async () => {
    const world = await dropped(crowd(40));
    await world.fault({ kind: 'throttle', match: { inBatch: true }, times: 5, retryAfterS: null });
    await world.fault({ kind: 'unavailable', match: { inBatch: true }, probability: 0.2, retryAfterS: 0 });
    for (let cycle = 0; cycle < 4; cycle += 1) {
      await world.cycle();
      world.letTimePass();
    }
    expect(Object.values(world.standing())).toEqual(Array(40).fill('provisioned/provisioned'));
    const licensed = (await world.ledger('licence')).filter(({ effective }) => effective);
    expect(licensed).toHaveLength(40);
  });

  test('a usage location that comes from Active Directory names the location and the attribute, is not tried again, and goes on once it is there', async () => {
    const world = await dropped(crowd(1, { refusal: 'mastered_location' }));
    await world.cycle();
    expect(world.standing()).toEqual({ person1: 'needs_attention/location_refused' });
    expect(listPeople(world.db, null)[0]?.message).toMatch(
      /usage location US .*msExchUsageLocation to US.*Unable to update/,
    );
    const { writes } = (await world.snapshot()).counters;
    world.letTimePass();
    await world.cycle();
    expect(world.standing()).toEqual({ person1: 'needs_attention/location_refused' });
    expect((await world.snapshot()).counters.writes).toBe(writes);
    world.tenant.tenant.plant({ ...crowd(1)[0], userPrincipalName: 'person1@contoso.example', usageLocation: 'US' });
    world.letTimePass();
    await world.cycle();
    expect(world.standing()).toEqual({ person1: 'provisioned/provisioned' });
  });

  test('a location refused in other words keeps them, with the code, and says which location', async () => {
    const world = await dropped(crowd(1));
    const answer = { status: 400, code: 'Request_BadRequest', message: 'Die Eigenschaft kann nicht geändert werden.' };
    await world.fault({ kind: 'refused', match: { method: 'PATCH', path: '^/users' }, answer });
    await world.cycle();
    expect(world.standing()).toEqual({ person1: 'needs_attention/location_refused' });
    expect(listPeople(world.db, null)[0]?.message).toMatch(/location US.*kann nicht.*Request_BadRequest/);
    expect(listPeople(world.db, null)[0]?.message).not.toContain('Active Directory');
  });

  test('a usage location that takes effect late is waited for, and never said to be forbidden', async () => {
    const world = await dropped(crowd(1), { timing: { replicationMs: 30 }, behaviour: { licensingLagMs: 5 * HOUR } });
    await world.cycle();
    expect(world.standing()).toEqual({ person1: 'queued/location_not_in_effect' });
    await world.timePasses(HOUR);
    await world.cycle();
    expect(world.standing()).toEqual({ person1: 'queued/location_not_in_effect' });
    await world.timePasses(5 * HOUR);
    await world.cycle();
    expect(world.standing()).toEqual({ person1: 'provisioned/provisioned' });
    const messages = world.db.$client.prepare('select message from outcomes').pluck().all();
    expect(messages.join()).not.toMatch(/does not allow/);
  });
});

describe('what can be healed is healed once', () => {
  const asked = ({ db }: World) =>
    db.$client.prepare("select message from events where kind = 'person.asked_again'").pluck().all();
  const failed = {
    skuId: skuIdOf('EXCHANGESTANDARD'),
    disabledPlans: [],
    byGroup: 'group-of-newcomers',
    error: 'CountViolation',
    at: 0,
  };

  test('a mailbox that hangs: Exchange Online is asked again, once, and it opens', async () => {
    const world = await dropped(crowd(1, { mailbox: 'stuck', mailboxOpensAfterMs: HOUR }));
    const standings = await live(world, 2);
    expect(await world.ledger('nudge')).toHaveLength(1);
    expect(standings.at(-1)).toEqual({ person1: 'provisioned/provisioned' });
    expect(asked(world)).toEqual([expect.stringMatching(/Exchange Online was asked .* It accepted/)]);
  });

  test('a mailbox that never opens is asked for once, and a human all the same', async () => {
    const world = await dropped(crowd(1, { mailbox: 'never' }));
    const standings = await live(world, 4);
    expect(await world.ledger('nudge')).toHaveLength(1);
    expect(standings.at(-1)).toEqual({ person1: 'needs_attention/mailbox_late' });
  });

  test('an app that may not ask is told once, and nothing else follows', async () => {
    const world = await dropped(crowd(1, { mailbox: 'stuck' }));
    await world.fault({ kind: 'forbidden', match: { path: '/retryServiceProvisioning$', inBatch: true } });
    const standings = await live(world, 3);
    expect(standings[3]).toEqual({ person1: 'awaiting_mailbox/mailbox_opening' });
    expect(standings.at(-1)).toEqual({ person1: 'needs_attention/mailbox_late' });
    expect(asked(world)).toEqual([expect.stringContaining('not permitted')]);
    const runs = world.db.$client.prepare("select count(*) from runs where status <> 'completed'").pluck().get();
    expect(runs).toBe(0);
  });

  test('a token that is refused leaves the asking for the next check', async () => {
    const world = await dropped(crowd(1, { mailbox: 'stuck', mailboxOpensAfterMs: HOUR }));
    const match = { path: '/retryServiceProvisioning$', inBatch: true };
    await world.fault({ kind: 'token_refused', match, times: 1 });
    const standings = await live(world, 3);
    expect(await world.ledger('nudge')).toHaveLength(1);
    expect(standings.at(-1)).toEqual({ person1: 'provisioned/provisioned' });
    expect(asked(world)).toEqual([expect.stringMatching(/It accepted/)]);
  });

  test('a group’s licence that failed while seats are free now is processed again, once', async () => {
    const world = await dropped(crowd(1, { licences: [failed], usageLocation: 'US' }));
    await world.cycle();
    expect(world.standing()).toEqual({ person1: 'needs_attention/group_licence_failed' });
    expect(listPeople(world.db, null)[0]?.message).toContain('group-of-newcomers');
    await world.timePasses(HOUR);
    await world.cycle();
    expect(world.standing()).toEqual({ person1: 'already_provisioned/mailbox_opened_elsewhere' });
    expect(await world.ledger('reprocess')).toHaveLength(1);
    expect(await world.ledger('licence')).toEqual([]);
  });

  test('a group’s licence waits while no seat is free, and is processed again once some are bought; a dry run asks nothing', async () => {
    const world = await dropped(crowd(1, { licences: [failed], usageLocation: 'US' }));
    world.buySeats('EXCHANGESTANDARD', 0);
    await world.cycle();
    expect(world.standing()).toEqual({ person1: 'awaiting_seat/no_seat' });
    world.buySeats('EXCHANGESTANDARD', 10);
    await world.cycle({ dryRun: true });
    expect(await world.ledger('reprocess')).toEqual([]);
    await world.timePasses(HOUR);
    await world.cycle();
    expect(await world.ledger('reprocess')).toHaveLength(1);
    await world.timePasses(HOUR);
    await world.cycle();
    expect(world.standing()).toEqual({ person1: 'already_provisioned/mailbox_opened_elsewhere' });
  });

  test('a group’s licence that Microsoft 365 may not be asked for stays explained', async () => {
    const world = await dropped(crowd(1, { licences: [failed], usageLocation: 'US' }));
    await world.fault({ kind: 'forbidden', match: { path: '/reprocessLicenseAssignment$', inBatch: true } });
    const standings = await live(world, 2);
    for (const standing of standings) expect(standing).toEqual({ person1: 'needs_attention/group_licence_failed' });
    expect(asked(world)).toEqual([expect.stringContaining('not permitted')]);
  });
});
