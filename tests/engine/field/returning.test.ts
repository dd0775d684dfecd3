/** Who comes back, moves, is renamed or has somebody else's name (field cases T04, T05, T10, T11, T19, T20, T21, T39). */
import { describe, expect, test } from 'vitest';
import { listPeople } from '#db/store/listing.ts';
import { skuIdOf } from '#lib/demo/tenant/skus.ts';
import type { UserSeed } from '#lib/demo/tenant/tenant.ts';
import { crowd, csvOf, upn } from '#tests/support/seeds.ts';
import { openWorld, type World } from '#tests/support/world.ts';

const DAY = 24 * 3_600_000;

async function dropped(users: UserSeed[], text = csvOf(users)): Promise<World> {
  const world = await openWorld({ users });
  world.drop('newcomers.csv', text);
  await world.cycle();
  return world;
}

describe('a list that comes every night', () => {
  test('reopens nobody: who is done stays done, who was dismissed stays dismissed', async () => {
    const users = crowd(4);
    const world = await dropped(users);
    world.db.$client.prepare("update people set state = 'dismissed', next_check_at = null where id = 4").run();
    for (let night = 1; night <= 3; night += 1) {
      await world.timePasses(DAY);
      world.drop(`night${night}.csv`, csvOf(users));
      await world.cycle();
      expect(world.standing()).toEqual({
        person1: 'provisioned/provisioned',
        person2: 'provisioned/provisioned',
        person3: 'provisioned/provisioned',
        person4: expect.stringMatching(/^dismissed/),
      });
    }
    expect(await world.ledger('licence')).toHaveLength(4);
  });

  test('the same file twice is one person and one licence', async () => {
    const users = crowd(2);
    const world = await dropped(users);
    const before = listPeople(world.db, null);
    world.drop('newcomers.csv', csvOf(users));
    await world.cycle();
    expect(listPeople(world.db, null).map(({ licensedAt, state }) => ({ licensedAt, state }))).toEqual(
      before.map(({ licensedAt, state }) => ({ licensedAt, state })),
    );
    expect(await world.ledger('licence')).toHaveLength(2);
  });
});

describe('hired again after a year', () => {
  test.each([
    ['the same row', csvOf(crowd(1))],
    ['another EmployeeType', csvOf(crowd(1), 'N')],
  ])('with %s: waits for synchronisation as a newcomer does, without an alarm', async (_name, again) => {
    const world = await dropped(crowd(1));
    await world.timePasses(400 * DAY);
    world.tenant.tenant.remove(upn('person1'));
    await world.timePasses(40 * DAY);
    world.drop('again.csv', again);
    await world.cycle();
    expect(world.standing()).toEqual({ person1: 'awaiting_sync/not_synchronised' });
    expect(listPeople(world.db, null)[0]).toMatchObject({ licensedAt: null, mailboxReadyAt: null });
    await world.timePasses(2 * DAY);
    await world.cycle();
    expect(world.standing()).toEqual({ person1: 'awaiting_sync/not_synchronised' });
    world.tenant.tenant.plant({ ...crowd(1)[0], id: 'a new account', userPrincipalName: upn('person1') });
    await world.cycle();
    expect(world.standing()).toEqual({ person1: 'provisioned/provisioned' });
  });
});

describe('a mailbox that answers without a licence', () => {
  test.each(['user', 'shared', 'room', 'equipment'] as const)(
    'of purpose %s: a human is asked, and nothing is written',
    async (purpose) => {
      const world = await dropped([{ userPrincipalName: upn('leaver'), mailboxIsOpen: true, purpose }]);
      expect(world.standing()).toEqual({ leaver: expect.stringMatching(/^needs_attention/) });
      world.letTimePass();
      await world.cycle();
      expect(world.standing()).toEqual({ leaver: expect.stringMatching(/^needs_attention/) });
      expect(await world.ledger()).toEqual([]);
    },
  );

  test('also where the licence went after somebody was done: the nightly list finds it', async () => {
    const world = await dropped(crowd(1));
    const { tenant } = world.tenant;
    const user = tenant.find(upn('person1'));
    if (user) tenant.changeLicences(user, [], [skuIdOf('EXCHANGESTANDARD')], 'by hand');
    await world.timePasses(DAY);
    world.drop('night.csv', csvOf(crowd(1)));
    await world.cycle();
    expect(world.standing()).toEqual({ person1: 'needs_attention/mailbox_open_unlicensed' });
    expect(await world.ledger('licence')).toHaveLength(1);
  });
});
