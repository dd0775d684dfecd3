/** What Microsoft 365 says of one person, in codes that are rarer: nobody waits for ever, and no cause is made up. */
import { describe, expect, test } from 'vitest';
import { people } from '#db/schema/people.ts';
import { listPeople } from '#db/store/people/all-people.ts';
import { skuIdOf } from '#lib/demo/tenant/skus.ts';
import type { UserSeed } from '#lib/demo/tenant/tenant.ts';
import { crowd, csvOf, upn } from '#tests/support/seeds.ts';
import { openWorld, type World } from '#tests/support/world.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const messageOf = (world: World) => listPeople(world.db, null)[0]?.message ?? '';

async function dropped(change: Partial<UserSeed>): Promise<World> {
  const world = await openWorld({ users: crowd(1, change) });
  world.drop('newcomers.csv', csvOf(crowd(1)));
  return world;
}

test.each(['Request_ResourceNotFound', 'ErrorItemNotFound', 'mailboxnotenabledforrestapi', 'UnknownError'])(
  'a newcomer whose mailbox is not known yet (404 %s) is licensed, as one without a mailbox',
  async (code) => {
    const world = await dropped({ mail: 'known@contoso.example' });
    const answer = { status: 404, code, message: 'It does not exist.' };
    await world.fault({ kind: 'refused', match: { path: '/mailboxSettings$', inBatch: true }, answer });
    await world.cycle();
    expect(world.standing()).toEqual({ person1: 'awaiting_mailbox/mailbox_opening' });
    await world.noFaults();
    await world.timePasses(HOUR);
    await world.cycle();
    expect(world.standing()).toEqual({ person1: 'provisioned/provisioned' });
  },
);

test('the first newcomer of a run, whose mailbox is asked for the permission only, waits for no better answer than the others', async () => {
  const world = await openWorld({ users: crowd(5, { mailboxOpensAfterMs: HOUR }) });
  world.drop('newcomers.csv', csvOf(crowd(5)));
  const answer = { status: 500, code: 'ErrorInternalServerError', message: 'An internal server error occurred.' };
  await world.fault({ kind: 'refused', match: { path: '/mailboxSettings$', inBatch: true }, answer });
  await world.cycle();
  expect(new Set(Object.values(world.standing()))).toEqual(new Set(['awaiting_mailbox/mailbox_opening']));
  await world.noFaults();
  await world.timePasses(2 * HOUR);
  await world.cycle();
  expect(new Set(Object.values(world.standing()))).toEqual(new Set(['provisioned/provisioned']));
  expect(await world.ledger('licence')).toHaveLength(5);
});

test('an account whose id comes in capitals one day is the same account: our licence stays ours', async () => {
  const world = await dropped({ mailboxOpensAfterMs: HOUR });
  await world.cycle();
  const account = world.tenant.tenant.users[0];
  world.db
    .update(people)
    .set({ accountId: account?.id.toUpperCase() ?? '' })
    .run();
  await world.timePasses(2 * HOUR);
  await world.cycle();
  expect(world.standing()).toEqual({ person1: 'provisioned/provisioned' });
});

test('a refusal for other work going on is known by its code, in any case and language, and the licence is tried again', async () => {
  const world = await dropped({});
  const answer = { status: 400, code: 'directory_concurrencyviolation', message: 'Bitte warten Sie.' };
  await world.fault({ kind: 'refused', match: { path: '/assignLicense$' }, answer, times: 2 });
  await world.cycle();
  expect(world.standing()).toEqual({ person1: 'provisioned/provisioned' });
});

test('a mailbox that nothing shows on the account is found before anybody is licensed: rooms and leavers get no licence', async () => {
  const purposes = ['user', 'shared', 'room'] as const;
  const odd = purposes.map((purpose) => ({
    userPrincipalName: upn(purpose),
    purpose,
    mailboxIsOpen: true,
  }));
  const users = [...crowd(3), ...odd];
  const world = await openWorld({ users, behaviour: { writesAddressesBack: false } });
  world.drop('newcomers.csv', csvOf(users));
  await world.cycle();
  expect(world.standing()).toEqual({
    ...Object.fromEntries(crowd(3).map((_, n) => [`person${n + 1}`, 'provisioned/provisioned'])),
    user: 'needs_attention/mailbox_open_unlicensed',
    shared: 'needs_attention/mailbox_of_nobody',
    room: 'needs_attention/mailbox_of_nobody',
  });
  expect(await world.ledger('licence')).toHaveLength(3);
});

test('what is asked in passing holds nobody up: newcomers whose mailboxes refuse or fail are licensed all the same', async () => {
  const users = crowd(8);
  const world = await openWorld({ users });
  for (const { id } of world.tenant.tenant.users.slice(1, 4))
    await world.fault({ kind: 'forbidden', match: { path: `/users/${id}/mailboxSettings$` } });
  const id = world.tenant.tenant.users[5]?.id;
  await world.fault({ kind: 'server_error', match: { path: `/users/${id}/mailboxSettings$` } });
  const throttled = world.tenant.tenant.users[6]?.id;
  await world.fault({ kind: 'throttle', match: { path: `/users/${throttled}/mailboxSettings$` }, retryAfterS: 3600 });
  world.drop('newcomers.csv', csvOf(users));
  expect(await world.cycle()).toMatchObject({ status: 'completed', reason: null });
  expect(await world.ledger('licence')).toHaveLength(8);
});

test('a licence that a replica or a gateway could not take is tried again, and is never called refused', async () => {
  const passing: [status: number, code: string, message: string][] = [
    [404, 'Directory_ObjectNotFound', 'Unable to read the company information from the directory.'],
    [404, 'ResourceNotFound', 'Resource not found.'],
    [423, 'Locked', 'The resource is locked.'],
    [400, 'Directory_ReplicaUnavailable', 'The directory replica is unavailable.'],
    [400, 'Request_BadRequest', 'The service is temporarily unavailable.'],
  ];
  const users = crowd(passing.length + 3);
  const world = await openWorld({ users });
  for (const [index, [status, code, message]] of passing.entries()) {
    const path = `/users/${world.tenant.tenant.users[index]?.id}/assignLicense$`;
    await world.fault({ kind: 'refused', match: { path }, answer: { status, code, message } });
  }
  world.drop('newcomers.csv', csvOf(users));
  await world.cycle();
  const standings = Object.values(world.standing());
  expect(standings.slice(0, passing.length)).toEqual(passing.map(() => 'queued/write_failed'));
  expect(standings.slice(passing.length)).toEqual(Array(3).fill('provisioned/provisioned'));
  await world.noFaults();
  world.letTimePass();
  await world.cycle();
  expect(new Set(Object.values(world.standing()))).toEqual(new Set(['provisioned/provisioned']));
});

test.each([
  [408, 'RequestTimeout', 'The request took too long.'],
  [400, 'Request_BadRequest', 'The operation has timed out.'],
])(
  'a licence for which a gateway waited no longer (%s %s) may arrive all the same: then it is ours',
  async (...answer) => {
    const [status, code, message] = answer;
    const world = await dropped({ mailboxOpensAfterMs: HOUR });
    await world.fault({ kind: 'refused', match: { path: '/assignLicense$' }, answer: { status, code, message } });
    await world.cycle();
    expect(world.standing()).toEqual({ person1: 'queued/readback_pending' });
    await world.noFaults();
    const licences = [{ skuId: skuIdOf('EXCHANGESTANDARD') }];
    world.tenant.tenant.plant({ userPrincipalName: upn('person1'), licences });
    await world.cycle();
    expect(world.standing()).toEqual({ person1: 'awaiting_mailbox/mailbox_opening' });
    await world.timePasses(2 * HOUR);
    await world.cycle();
    expect(world.standing()).toEqual({ person1: 'provisioned/provisioned' });
    expect(world.db.select({ given: people.givenLicences }).from(people).all()).toEqual([
      { given: ['EXCHANGESTANDARD'] },
    ]);
  },
);

describe('a group’s licence that failed', () => {
  const failed = (error: string, change: Partial<UserSeed> = {}) => ({
    usageLocation: 'US',
    mail: 'one.of.two@contoso.example',
    licences: [{ skuId: skuIdOf('EXCHANGESTANDARD'), disabledPlans: [], byGroup: 'a group', error, at: 0 }],
    ...change,
  });
  const ERRORS = [
    'MutuallyExclusiveViolation',
    'DependencyViolation',
    'ProhibitedInUsageLocationViolation',
    'UniquenessViolation',
    'Other',
    'SomethingNew',
  ];

  test.each(ERRORS)('with %s is processed again once, because what stood in its way may be gone', async (error) => {
    const world = await dropped(failed(error));
    await world.cycle();
    expect(world.standing().person1).toMatch(/^needs_attention/);
    await world.timePasses(HOUR);
    await world.cycle();
    await world.timePasses(HOUR);
    await world.cycle();
    expect(world.standing().person1).toMatch(/^already_provisioned/);
    expect((await world.ledger()).map(({ kind }) => kind)).toEqual(['reprocess']);
  });

  test('and fails again is asked about, and not processed a third time', async () => {
    const world = await dropped(failed('UniquenessViolation', { refusal: 'group_fails' }));
    for (let time = 0; time < 4; time += 1) {
      await world.cycle();
      await world.timePasses(7 * HOUR);
    }
    expect(world.standing()).toEqual({ person1: 'needs_attention/proxy_address_conflict' });
    // Microsoft 365 does not say which address it is.
    expect(messageOf(world)).not.toContain('one.of.two');
    expect(await world.ledger('reprocess')).toHaveLength(1);
  });
});

test('a subscription that ends while mailboxes open is the cause that is told, and not a late mailbox', async () => {
  const world = await dropped({ mailboxOpensAfterMs: 2 * DAY });
  await world.cycle();
  const [sku] = world.tenant.tenant.skus;
  if (sku) sku.capabilityStatus = 'Suspended';
  await world.timePasses(2 * HOUR);
  await world.cycle();
  expect(world.standing()).toEqual({ person1: 'needs_attention/sku_suspended' });
  expect(messageOf(world)).toContain('Exchange Online (Plan 1)');
  if (sku) sku.capabilityStatus = 'Warning';
  await world.timePasses(7 * HOUR);
  await world.cycle();
  expect(world.standing()).toEqual({ person1: 'awaiting_mailbox/mailbox_opening' });
});

describe('a licence in the state Disabled, of which Microsoft does not say what it means', () => {
  const off = (sku: 'EXCHANGESTANDARD' | 'ENTERPRISEPACK') => [{ skuId: skuIdOf(sku), error: 'Disabled' }];
  const licensedBy = async (mailboxOpensAfterMs: number) => {
    const world = await dropped({ mailboxOpensAfterMs });
    await world.cycle();
    return world;
  };

  test('makes no green tick while the mailbox is awaited: a human is asked, and it goes on once it works', async () => {
    const world = await licensedBy(2 * HOUR);
    world.tenant.tenant.plant({ userPrincipalName: upn('person1'), licences: off('EXCHANGESTANDARD') });
    for (const hours of [1, 2, 7]) {
      await world.timePasses(hours * HOUR);
      await world.cycle();
      expect(world.standing()).toEqual({ person1: 'needs_attention/licence_refused' });
      expect(messageOf(world)).toContain('Disabled');
    }
    const [sku] = world.tenant.tenant.skus;
    if (sku) sku.capabilityStatus = 'Suspended';
    await world.timePasses(7 * HOUR);
    await world.cycle();
    expect(world.standing()).toEqual({ person1: 'needs_attention/sku_suspended' });
    if (sku) sku.capabilityStatus = 'Enabled';
    world.tenant.tenant.plant({
      userPrincipalName: upn('person1'),
      licences: [{ skuId: skuIdOf('EXCHANGESTANDARD') }],
    });
    await world.timePasses(7 * HOUR);
    await world.cycle();
    expect(world.standing()).toEqual({ person1: 'provisioned/provisioned' });
    expect(await world.ledger('licence')).toHaveLength(1);
  });

  test('of others, whose mailbox is awaited, is not said to have been taken away', async () => {
    const world = await dropped({ licences: [{ skuId: skuIdOf('EXCHANGESTANDARD') }], mailboxOpensAfterMs: DAY });
    await world.cycle();
    expect(world.standing()).toEqual({ person1: 'awaiting_mailbox/mailbox_opening_elsewhere' });
    world.db.update(people).set({ employeeType: 'N', employeeTypeKey: 'n' }).run();
    world.tenant.tenant.plant({ userPrincipalName: upn('person1'), licences: off('EXCHANGESTANDARD') });
    await world.timePasses(2 * HOUR);
    await world.cycle();
    expect(world.standing()).toEqual({ person1: 'needs_attention/licence_refused' });
    expect(await world.ledger()).toEqual([]);
  });

  test('after somebody was done reopens nobody whom the list of the next night names', async () => {
    const world = await licensedBy(0);
    expect(world.standing()).toEqual({ person1: 'provisioned/provisioned' });
    world.tenant.tenant.plant({ userPrincipalName: upn('person1'), licences: off('EXCHANGESTANDARD') });
    await world.timePasses(2 * DAY);
    world.drop('night.csv', csvOf(crowd(1)));
    await world.cycle();
    expect(world.standing()).toEqual({ person1: 'provisioned/provisioned' });
  });

  test('of another subscription does not stand in the way of the mapped one', async () => {
    const world = await dropped({ usageLocation: 'US', licences: off('ENTERPRISEPACK'), mailboxOpensAfterMs: 0 });
    await world.cycle();
    expect(world.standing()).toEqual({ person1: 'provisioned/provisioned' });
  });
});

test('a trial that ended is listed beside the subscription in its place: the one that works is assigned', async () => {
  const world = await dropped({ mailboxOpensAfterMs: 0 });
  const { skus } = world.tenant.tenant;
  const [sku] = skus;
  if (sku) skus.unshift({ ...sku, skuId: '00000000-0000-4000-8000-00000000c0f3', capabilityStatus: 'Suspended' });
  await world.cycle();
  expect(world.standing()).toEqual({ person1: 'provisioned/provisioned' });
  expect((await world.ledger('licence')).map(({ skuIds }) => skuIds)).toEqual([[skuIdOf('EXCHANGESTANDARD')]]);
});

test('an open mailbox whose licence failed through a group names the group, and it is processed again once', async () => {
  const licences = [
    { skuId: skuIdOf('EXCHANGESTANDARD'), disabledPlans: [], byGroup: 'group 7', error: 'CountViolation', at: 0 },
  ];
  const world = await dropped({ mailboxIsOpen: true, usageLocation: 'US', licences });
  await world.cycle();
  expect(world.standing()).toEqual({ person1: 'needs_attention/group_licence_failed' });
  expect(messageOf(world)).toContain('group 7');
  await world.timePasses(HOUR);
  await world.cycle();
  expect(world.standing().person1).toMatch(/^already_provisioned/);
  expect((await world.ledger()).map(({ kind }) => kind)).toEqual(['reprocess']);
});

test('a start date that means none is left empty with a doubt: nobody waits for the year 2099', async () => {
  const world = await openWorld({ users: crowd(2) });
  const rows = crowd(2).map(
    ({ userPrincipalName }, index) => `Ada,${userPrincipalName},E,${['2099-12-31', '31.12.9999'][index]}`,
  );
  world.drop('newcomers.csv', `CN,UserPrincipalName,EmployeeType,StartDate\n${rows.join('\n')}\n`);
  await world.cycle();
  expect(new Set(Object.values(world.standing()))).toEqual(new Set(['provisioned/provisioned']));
});

test('a mailbox that turns out shared after the licence is no green tick: it says so, and that we assigned one', async () => {
  const world = await dropped({ purpose: 'shared' });
  await world.cycle();
  expect(world.standing()).toEqual({ person1: 'needs_attention/mailbox_of_nobody' });
  expect(messageOf(world)).toMatch(/shared mailbox.*AutoProvision had assigned/);
  world.tenant.tenant.plant({ userPrincipalName: upn('person1'), purpose: 'user' });
  await world.timePasses(7 * HOUR);
  await world.cycle();
  expect(world.standing()).toEqual({ person1: 'provisioned/provisioned' });
});
