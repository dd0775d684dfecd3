import { eq, isNull } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { intents } from '#db/schema/outcomes.ts';
import { people } from '#db/schema/people.ts';
import { saveSettings } from '#db/store/system/settings.ts';
import type { UserSeed } from '#lib/demo/tenant/tenant.ts';
import { crowd, csvOf, upn } from '#tests/support/seeds.ts';
import { openWorld } from '#tests/support/world.ts';

const admin = { name: 'Demo Admin', key: 'demo/admin' };

/** As the IDM of a hybrid organisation makes them: mail-enabled before they are synchronised. */
function hybrid(size: number, change: Partial<UserSeed> = {}): UserSeed[] {
  return crowd(size, change).map((user) => {
    const [name] = user.userPrincipalName.split('@');
    const addresses = [`SMTP:${user.userPrincipalName}`, `smtp:${name}@contoso.mail.onmicrosoft.com`];
    return { ...user, onPremisesSyncEnabled: true, mail: user.userPrincipalName, proxyAddresses: addresses };
  });
}

test('T02: synchronised newcomers who have an address before any licence are licensed, without a setting', async () => {
  const users = hybrid(30);
  const world = await openWorld({ users });
  world.drop('newcomers.csv', csvOf(users));
  await world.cycle();
  expect(new Set(Object.values(world.standing()))).toEqual(new Set(['provisioned/provisioned']));
  expect(await world.ledger('licence')).toHaveLength(30);
});

test('T03: where the mailbox stays on-premises there is one licence and no second, and never a green tick', async () => {
  const users = hybrid(1, { mailbox: 'on_premises' });
  const world = await openWorld({ users });
  world.drop('newcomers.csv', csvOf(users));
  await world.cycle();
  expect(world.standing()).toEqual({ person1: 'awaiting_mailbox/mailbox_opening' });
  for (const hours of [1, 12, 30]) {
    world.db
      .update(people)
      .set({ licensedAt: Date.now() - hours * 3_600_000, nextCheckAt: 0 })
      .run();
    await world.cycle();
    world.drop(`again-${hours}.csv`, csvOf(users));
    await world.cycle();
  }
  expect(Object.values(world.standing())[0]).toMatch(/^(awaiting_mailbox|needs_attention)\//);
  expect(await world.ledger('licence')).toHaveLength(1);
});

test('T25: rooms and shared mailboxes named in a file get no licence', async () => {
  const users: UserSeed[] = [
    // A cloud room: its account is disabled, its mailbox answers.
    { userPrincipalName: upn('room1'), onPremisesSyncEnabled: null, accountEnabled: false, mailboxIsOpen: true },
    { userPrincipalName: upn('room2'), accountEnabled: false, mailboxIsOpen: true, mail: upn('room2') },
    { userPrincipalName: upn('room3'), onPremisesSyncEnabled: null, mailboxIsOpen: true },
    { userPrincipalName: upn('shared'), onPremisesSyncEnabled: null, mailboxIsOpen: true, mail: upn('shared') },
  ];
  const world = await openWorld({ users });
  world.drop('newcomers.csv', csvOf([...users, ...crowd(1)]));
  await world.cycle();
  expect(await world.ledger('licence')).toEqual([]);
  expect(Object.values(world.standing())).not.toContain('provisioned/provisioned');
});

test('where some newcomers get a mailbox on-premises, a human decides, and a saved answer stays', async () => {
  const users = [...hybrid(2), ...crowd(3).slice(2)];
  const world = await openWorld({ users });
  saveSettings(world.db, world.engine.env, { licenseAccountsWithAddress: false }, admin, Date.now());
  world.drop('newcomers.csv', csvOf(users));
  await world.cycle();
  expect(world.standing()).toEqual({
    person1: 'needs_attention/mailbox_maybe_on_premises',
    person2: 'needs_attention/mailbox_maybe_on_premises',
    person3: 'provisioned/provisioned',
  });
  world.db
    .update(people)
    .set({ licenseAnywayBy: 'Demo Operator' })
    .where(eq(people.upnKey, upn('person1')))
    .run();
  world.letTimePass();
  await world.cycle();
  expect(world.standing()).toMatchObject({
    person1: 'provisioned/provisioned',
    person2: 'needs_attention/mailbox_maybe_on_premises',
  });
});

test('a licence that shows only after its run is known as ours, also where the mailbox turns out to be on-premises', async () => {
  const users = crowd(2, { mailbox: 'on_premises_certain', usageLocation: 'US' });
  const world = await openWorld({ users, behaviour: { replicationLagMs: 60_000 } });
  world.drop('newcomers.csv', csvOf(users));
  await world.cycle();
  await world.advance(120_000);
  world.letTimePass();
  await world.cycle();
  // The mailbox of the first of a run is asked before anything is written, so only the second got a licence.
  expect(await world.ledger('licence')).toHaveLength(1);
  expect(world.standing()).toMatchObject({ person2: 'needs_attention/mailbox_on_premises' });
  const second = world.db
    .select()
    .from(people)
    .where(eq(people.userPrincipalName, upn('person2')))
    .get();
  expect(second?.licensedAt).not.toBeNull();
  expect(world.db.select().from(intents).where(isNull(intents.settledAt)).all()).toEqual([]);
});
