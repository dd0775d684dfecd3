/** Who comes back, moves, is renamed or has somebody else's name (field cases T04, T05, T10, T11, T19, T20, T21, T39). */
import { describe, expect, test } from 'vitest';
import { people } from '#db/schema/people.ts';
import { listPeople } from '#db/store/people/all-people.ts';
import { editPerson } from '#db/store/people/person-edits.ts';
import { type SkuPartNumber, skuIdOf } from '#lib/demo/tenant/skus.ts';
import type { UserSeed } from '#lib/demo/tenant/tenant.ts';
import { guidOf } from '#lib/demo/tenant/users.ts';
import { dayText } from '#lib/domain/time/days.ts';
import { crowd, csvOf, upn } from '#tests/support/seeds.ts';
import { openWorld, type World } from '#tests/support/world.ts';

const HEADER = 'CN,UserPrincipalName,EmployeeType\n';
const DAY = 24 * 3_600_000;

const licence = (sku: SkuPartNumber, byGroup: string | null = null) => ({
  skuId: skuIdOf(sku),
  disabledPlans: [],
  byGroup,
  error: null,
  at: 0,
});

async function dropped(users: UserSeed[], text = csvOf(users)): Promise<World> {
  const world = await openWorld({ users });
  world.drop('newcomers.csv', text);
  await world.cycle();
  return world;
}

const messageOf = (world: World, name: string) =>
  listPeople(world.db, null).find(({ userPrincipalName }) => userPrincipalName === upn(name))?.message ?? '';

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

  test('a click licenses it by the mapping, once', async () => {
    const world = await dropped([{ userPrincipalName: upn('leaver'), mailboxIsOpen: true }]);
    world.db.$client.prepare("update people set state = 'queued', license_anyway_by = 'Olga', next_check_at = 0").run();
    await world.cycle();
    expect(world.standing()).toEqual({ leaver: 'provisioned/provisioned' });
    expect((await world.ledger('licence')).map(({ skuIds }) => skuIds)).toEqual([[skuIdOf('EXCHANGESTANDARD')]]);
    expect(listPeople(world.db, null)[0]?.licenseAnywayBy).toBeNull();
  });

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

describe('a name that belongs to somebody else', () => {
  test('no part of the two names is the same: a human decides, whether there is a mailbox or not', async () => {
    const other = { displayName: 'Oskar Ortolan', mailbox: 'cloud' as const };
    const world = await dropped(
      [
        {
          userPrincipalName: upn('mia.winter'),
          ...other,
          mailboxIsOpen: true,
          licences: [licence('EXCHANGESTANDARD')],
        },
        { userPrincipalName: upn('mia.sommer'), ...other },
      ],
      `${HEADER}Mia Winter,${upn('mia.winter')},E\nMia Sommer,${upn('mia.sommer')},E\n`,
    );
    expect(world.standing()).toEqual({
      'mia.winter': 'needs_attention/name_belongs_to_another',
      'mia.sommer': 'needs_attention/name_belongs_to_another',
    });
    expect(messageOf(world, 'mia.winter')).toContain('Oskar Ortolan');
    expect(await world.ledger()).toEqual([]);
  });

  test.each([
    ['Winter, Mia', 'Mia Winter'],
    ['Mia Winter', 'Mia Sommer'],
    ['Jörg Müller', 'Joerg Mueller'],
    ['mwinter', 'Mia Winter'],
    ['E104711', 'Mia Winter'],
    ['Alex Meyer-Sund', 'Alexander Meyer'],
    ['李 小龙', 'Mia Winter'],
  ])('“%s” may well be “%s”: licensed', async (row, displayName) => {
    const world = await dropped(
      [{ userPrincipalName: upn('mia'), displayName, mailboxOpensAfterMs: 0 }],
      `${HEADER}"${row}",${upn('mia')},E\n`,
    );
    expect(world.standing()).toEqual({ mia: 'provisioned/provisioned' });
  });

  const twins = [
    {
      userPrincipalName: upn('mia.winter'),
      displayName: 'Mia Winter',
      mailboxIsOpen: true,
      licences: [licence('EXCHANGESTANDARD')],
    },
    {
      userPrincipalName: 'mia.winter4711@contoso.onmicrosoft.com',
      onPremisesUserPrincipalName: upn('mia.winter'),
      displayName: 'Mia Winter',
    },
  ];
  const rowOfTwin = `${HEADER}Mia Winter,${upn('mia.winter')},E\n`;

  test('a quarantined twin carries the name on-premises: never green, though the names are alike', async () => {
    const world = await dropped(twins, rowOfTwin);
    expect(world.standing()).toEqual({ 'mia.winter': 'needs_attention/name_belongs_to_another' });
    expect(messageOf(world, 'mia.winter')).toContain('mia.winter4711@contoso.onmicrosoft.com');
    expect(await world.ledger()).toEqual([]);
  });

  test('while nobody can tell whether there is such a twin, nobody is green or licensed', async () => {
    const world = await openWorld({ users: twins });
    const query = 'onPremisesUserPrincipalName in';
    await world.fault({ kind: 'unavailable', match: { path: '/users$', query }, retryAfterS: 0 });
    world.drop('newcomers.csv', rowOfTwin);
    await world.cycle();
    expect(world.standing()).toEqual({ 'mia.winter': 'queued/lookup_failed' });
    await world.noFaults();
    await world.cycle();
    expect(world.standing()).toEqual({ 'mia.winter': 'needs_attention/name_belongs_to_another' });
    expect(await world.ledger()).toEqual([]);
  });
});

test('what one account refused is not held against another that comes in its place', async () => {
  const [ada] = crowd(1, { refusal: 'conflict', usageLocation: 'US' }) as [UserSeed];
  const world = await dropped([ada]);
  expect(world.standing()).toEqual({ person1: 'needs_attention/service_plans_conflict' });
  const { tenant } = world.tenant;
  tenant.remove(upn('person1'));
  tenant.plant({ ...ada, id: guidOf('a new account'), refusal: null });
  world.letTimePass();
  await world.cycle();
  expect(world.standing()).toEqual({ person1: 'provisioned/provisioned' });
});

describe('an account that is synchronised no more keeps its name of Active Directory, and somebody else has it now', () => {
  const former = {
    userPrincipalName: upn('mia.winter.2019'),
    onPremisesUserPrincipalName: upn('mia.winter'),
    onPremisesSyncEnabled: false,
    displayName: 'Mia Winter',
  };
  const row = `${HEADER}Mia Winter,${upn('mia.winter')},E\n`;

  test('before the newcomer is synchronised nothing is written', async () => {
    const world = await dropped([former], row);
    expect(world.standing()).toEqual({ 'mia.winter': 'awaiting_sync/not_synchronised' });
    expect(await world.ledger()).toEqual([]);
  });

  test('the newcomer’s own account is nobody else’s', async () => {
    const own = { userPrincipalName: upn('mia.winter'), displayName: 'Mia Winter', mailboxOpensAfterMs: 0 };
    const world = await dropped([former, own], row);
    expect(world.standing()).toEqual({ 'mia.winter': 'provisioned/provisioned' });
    const ledger = await world.ledger('licence');
    expect(ledger.map(({ userPrincipalName }) => userPrincipalName)).toEqual([upn('mia.winter')]);
  });
});

describe('a suffix that the tenant has not verified', () => {
  test('the account is found by its on-premises name and licensed', async () => {
    const world = await dropped(
      [
        {
          userPrincipalName: 'ada@contoso.onmicrosoft.com',
          onPremisesUserPrincipalName: 'ada@corp.contoso.local',
          mailboxOpensAfterMs: 0,
        },
      ],
      `${HEADER}Ada,ada@corp.contoso.local,E\n`,
    );
    expect(world.standing()).toEqual({ ada: 'provisioned/provisioned' });
  });

  test('that the app may read: no account yet is told at the first check', async () => {
    const world = await openWorld();
    await world.behave({ permissions: ['User.ReadWrite.All', 'User.Read.All', 'LicenseAssignment.Read.All'] });
    world.drop('newcomers.csv', `${HEADER}Ada,ada@elsewhere.example,E\nBob,bob@contoso.example,E\n`);
    await world.cycle();
    expect(world.standing()).toEqual({
      ada: 'needs_attention/domain_not_verified',
      bob: 'awaiting_sync/not_synchronised',
    });
  });

  test('that nobody can verify: no account yet is told at the first check, with the domain', async () => {
    const world = await dropped([], `${HEADER}Ada,ada@corp.contoso.local,E\nBob,bob@corp.contoso.local,E\n`);
    expect(world.standing()).toEqual({
      ada: 'needs_attention/domain_not_verified',
      bob: 'needs_attention/domain_not_verified',
    });
    expect(listPeople(world.db, null)[0]?.message).toContain('corp.contoso.local');
  });
});

describe('an account that moves while its mailbox opens', () => {
  test('renamed: it is followed by its id, and told', async () => {
    const world = await dropped(crowd(1, { mailboxOpensAfterMs: DAY / 2 }));
    expect(world.standing()).toEqual({ person1: 'awaiting_mailbox/mailbox_opening' });
    world.tenant.tenant.rename(upn('person1'), upn('married'));
    world.letTimePass();
    await world.cycle();
    expect(world.standing()).toEqual({ person1: 'awaiting_mailbox/mailbox_opening' });
    expect(messageOf(world, 'person1')).toContain(`renamed to ${upn('married')}`);
    await world.timePasses(DAY / 2);
    await world.cycle();
    expect(world.standing()).toEqual({ person1: 'provisioned/provisioned' });
  });

  describe('renamed, and somebody else has the name now', () => {
    const [ash, birch] = [upn('ash'), upn('birch')];
    const row = (name: string) => `${HEADER}${name},${ash},E\n`;

    async function givenOn(): Promise<World> {
      const ann = { userPrincipalName: ash, displayName: 'Ann Ash', mailboxOpensAfterMs: DAY / 2 };
      const world = await dropped([ann], row('Ann Ash'));
      const { tenant } = world.tenant;
      tenant.rename(ash, birch);
      tenant.plant({ userPrincipalName: upn('otto'), displayName: 'Otto Klein', mailboxOpensAfterMs: 0 });
      tenant.rename(upn('otto'), ash);
      return world;
    }

    test('it is followed by its id as long as the rows are about it', async () => {
      const world = await givenOn();
      world.drop('again.csv', row('Ash, Anna'));
      await world.timePasses(DAY / 2);
      await world.cycle();
      expect(world.standing()).toEqual({ ash: 'provisioned/provisioned' });
      expect(await world.ledger('licence')).toHaveLength(1);
    });

    test('once a row names the other one it is asked; with its new name it goes on, and the other one is a newcomer', async () => {
      const world = await givenOn();
      world.drop('otto.csv', row('Otto Klein'));
      await world.timePasses(DAY / 2);
      await world.cycle();
      expect(world.standing()).toEqual({ ash: 'needs_attention/name_belongs_to_another' });
      for (const told of ['Ann Ash', birch, 'Otto Klein', ash]) expect(messageOf(world, 'ash')).toContain(told);
      const person = world.db.select().from(people).get();
      if (!person) throw new Error('nobody is there');
      const values = { userPrincipalName: birch, employeeType: 'E', usageLocation: null };
      editPerson(world.db, person, values, [], { name: 'Demo Admin', key: 'demo/admin' }, Date.now());
      world.drop('otto-again.csv', row('Otto Klein'));
      await world.cycle();
      await world.cycle();
      expect(world.standing()).toEqual({ ash: 'provisioned/provisioned', birch: 'provisioned/provisioned' });
      expect(await world.ledger('licence')).toHaveLength(2);
    });
  });

  test('two people swap their names: each is followed by its id, and licensed once by its own type', async () => {
    const opens = { mailboxOpensAfterMs: DAY / 2 };
    const [ann, ben] = [upn('ann'), upn('ben')];
    const users = [
      { userPrincipalName: ann, displayName: 'Ann Ash', ...opens },
      { userPrincipalName: ben, displayName: 'Ben Birch', ...opens },
    ];
    const world = await dropped(users, `${HEADER}Ann Ash,${ann},E\nBen Birch,${ben},N\n`);
    const { tenant } = world.tenant;
    tenant.rename(ann, upn('meanwhile'));
    tenant.rename(ben, ann);
    tenant.rename(upn('meanwhile'), ben);
    await world.timePasses(DAY / 2);
    await world.cycle();
    expect(world.standing()).toEqual({ ann: 'provisioned/provisioned', ben: 'provisioned/provisioned' });
    expect(messageOf(world, 'ann')).toContain(`renamed to ${ben}`);
    expect(await world.ledger('licence')).toHaveLength(2);
  });

  test('deleted: it is said, with until when it can be restored', async () => {
    const world = await dropped(crowd(1, { mailboxOpensAfterMs: DAY / 2 }));
    world.tenant.tenant.remove(upn('person1'));
    world.letTimePass();
    await world.cycle();
    expect(world.standing()).toEqual({ person1: 'needs_attention/account_deleted' });
    const until = dayText(new Date(Date.now() + 30 * DAY).toISOString().slice(0, 10));
    expect(messageOf(world, 'person1')).toContain(until);
  });

  test('neither there nor to be looked up among the deleted ones: nobody says that it was deleted', async () => {
    const world = await dropped(crowd(1, { mailboxOpensAfterMs: DAY / 2 }));
    world.tenant.tenant.remove(upn('person1'));
    await world.fault({ kind: 'server_error', match: { path: '/deletedItems/', inBatch: true } });
    world.letTimePass();
    const run = await world.cycle();
    expect(world.outcomes(run)).toEqual({ person1: 'awaiting_mailbox/lookup_failed' });
    expect(world.standing()).toEqual({ person1: 'awaiting_mailbox/mailbox_opening' });
    await world.noFaults();
    world.letTimePass();
    await world.cycle();
    expect(world.standing()).toEqual({ person1: 'needs_attention/account_deleted' });
  });

  test('nor are the deleted ones to be read: for an hour a read may lag behind, and then somebody is asked', async () => {
    const world = await dropped(crowd(1, { mailboxOpensAfterMs: DAY / 2 }));
    world.tenant.tenant.remove(upn('person1'));
    const answer = { status: 403, code: 'Authorization_RequestDenied', message: 'Insufficient privileges.' };
    await world.fault({ kind: 'refused', match: { path: '/deletedItems/', inBatch: true }, answer });
    world.letTimePass();
    const run = await world.cycle();
    expect(world.outcomes(run)).toEqual({ person1: 'awaiting_mailbox/lookup_failed' });
    await world.timePasses(DAY / 12);
    await world.cycle();
    expect(world.standing()).toEqual({ person1: 'needs_attention/account_deleted' });
  });
});

describe('another EmployeeType, or several licences', () => {
  test('a later file changes the type of somebody who is open: both types are named, nothing is taken away', async () => {
    const world = await dropped(crowd(1));
    world.drop('later.csv', csvOf(crowd(1), 'N'));
    await world.cycle();
    expect(world.standing()).toEqual({ person1: 'needs_attention/licence_differs' });
    expect(messageOf(world, 'person1')).toMatch(/EmployeeType.*\bE\b.*\bN\b/);
    expect((await world.ledger()).map(({ kind }) => kind)).toEqual(['usage_location', 'licence']);
  });

  test.each(['open', 'opening'])(
    'to a type without a mapping while the mailbox is %s: both are named, until one is there',
    async (mailbox) => {
      const world = await dropped(crowd(1, mailbox === 'open' ? {} : { mailboxOpensAfterMs: 60 * DAY }));
      world.drop('later.csv', csvOf(crowd(1), 'X'));
      for (let time = 0; time < 2; time += 1) {
        await world.cycle();
        expect(world.standing()).toEqual({ person1: 'needs_attention/type_unmapped' });
        expect(messageOf(world, 'person1')).toMatch(/was E when .* is now X/);
        world.letTimePass();
      }
      expect(await world.ledger('licence_removal')).toEqual([]);
      // A cell that is empty says nothing new.
      const other = await dropped(crowd(1));
      other.drop('later.csv', csvOf(crowd(1), ''));
      await other.cycle();
      expect(other.standing()).toEqual({ person1: 'provisioned/provisioned' });
    },
  );

  test('of several mapped licences one came through a group: the missing one is added', async () => {
    const users = crowd(1, { licences: [licence('EXCHANGESTANDARD', 'a group')], usageLocation: 'US' });
    const world = await openWorld({ users });
    world.db.$client
      .prepare("update mappings set licences = ? where employee_type_key = 'e'")
      .run(
        JSON.stringify(
          ['EXCHANGESTANDARD', 'EXCHANGEDESKLESS'].map((skuPartNumber) => ({ skuPartNumber, disabledPlans: [] })),
        ),
      );
    world.drop('newcomers.csv', csvOf(users));
    await world.cycle();
    expect(world.standing()).toEqual({ person1: 'provisioned/provisioned' });
    expect((await world.ledger('licence')).map(({ skuIds }) => skuIds)).toEqual([[skuIdOf('EXCHANGEDESKLESS')]]);
  });
});
