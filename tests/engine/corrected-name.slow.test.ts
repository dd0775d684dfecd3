import { expect, test } from 'vitest';
import { people } from '#db/schema/people.ts';
import { editPerson } from '#db/store/people/person-edits.ts';
import { tell } from '#lib/domain/reasons/said.ts';
import { crowd, csvOf, upn } from '#tests/support/seeds.ts';
import { openWorld, type World } from '#tests/support/world.ts';

const HOUR = 3_600_000;

const admin = { name: 'Demo Admin', key: 'demo/admin' };

/** A row names person1, an operator corrects the name to person2. */
function correct({ db }: World, name = 'person2'): void {
  const person = db.select().from(people).get();
  if (!person) throw new Error('nobody');
  const { employeeType, usageLocation } = person;
  const values = { userPrincipalName: upn(name), employeeType, usageLocation };
  const changes = [{ column: 'UserPrincipalName', before: person.userPrincipalName, after: values.userPrincipalName }];
  expect(editPerson(db, person, values, changes, admin, Date.now())).toBe(true);
}

const said = ({ db }: World) => db.select().from(people).get()?.message;

/** Whose accounts were licensed, in order. */
const licensed = async (world: World) => (await world.ledger('licence')).map((entry) => entry.userPrincipalName);

test('a row that names somebody else’s account: once the name is corrected, the account of that name is licensed and the other is left alone', async () => {
  const users = crowd(2);
  const world = await openWorld({ users });
  const skus = world.tenant.tenant.skus;
  const enabled = skus.map((sku) => sku.enabled);
  for (const sku of skus) sku.enabled = 0;
  world.drop('newcomers.csv', csvOf(users.slice(0, 1)));
  await world.cycle();
  expect(world.standing()).toEqual({ person1: 'awaiting_seat/no_seat' });
  correct(world);
  for (const [n, sku] of skus.entries()) sku.enabled = enabled[n] ?? 0;
  await world.cycle();
  expect(world.standing()).toEqual({ person2: 'provisioned/provisioned' });
  const written = new Set((await world.ledger()).map(({ userPrincipalName }) => userPrincipalName));
  expect([...written]).toEqual([upn('person2')]);
});

test('a licence of ours went to the wrong account: the corrected person gets its own, and the other is told until it is taken away', async () => {
  const users = crowd(2, { mailboxOpensAfterMs: 3_600_000 });
  const world = await openWorld({ users });
  world.drop('newcomers.csv', csvOf(users.slice(0, 1)));
  await world.cycle();
  expect(world.standing()).toEqual({ person1: 'awaiting_mailbox/mailbox_opening' });
  correct(world);
  await world.cycle();
  expect(world.standing()).toEqual({ person2: 'awaiting_mailbox/mailbox_opening' });
  expect(await licensed(world)).toEqual([upn('person1'), upn('person2')]);
  expect(said(world)).toMatch(/AutoProvision assigned Exchange Online \(Plan 1\) to person1@/);

  const [wrong] = world.tenant.tenant.users;
  if (wrong) wrong.licences = [];
  await world.timePasses(2 * 3_600_000);
  await world.cycle();
  expect(world.standing()).toEqual({ person2: 'provisioned/provisioned' });
  expect(said(world)).not.toContain('person1@');
  expect(await licensed(world)).toEqual([upn('person1'), upn('person2')]);
});

test.each([
  ['once the mailbox opens', HOUR, 2 * HOUR],
  ['as soon as the licence is assigned', 0, 0],
])(
  'whoever is done %s is looked at until our licence is gone from the wrong account, and then it is said no more',
  async (_when, mailboxOpensAfterMs, opensIn) => {
    const users = crowd(2, { mailboxOpensAfterMs: HOUR });
    const world = await openWorld({ users });
    const [wrong, right] = world.tenant.tenant.users;
    if (right) right.mailboxOpensAfterMs = mailboxOpensAfterMs;
    world.drop('newcomers.csv', csvOf(users.slice(0, 1)));
    await world.cycle();
    correct(world);
    await world.cycle();
    for (const hours of [opensIn, 7 * HOUR, 7 * HOUR]) {
      await world.timePasses(hours);
      await world.cycle();
      expect(world.standing()).toEqual({ person2: 'provisioned/provisioned' });
      expect(said(world)?.match(/to person1@/g)).toHaveLength(1);
    }
    await world.fault({ kind: 'server_error', match: { path: '^/users$', query: `id in`, inBatch: true } });
    await world.timePasses(7 * HOUR);
    await world.cycle();
    expect(said(world)).toContain('person1@');
    await world.noFaults();

    if (wrong) wrong.licences = [];
    await world.timePasses(7 * HOUR);
    await world.cycle();
    expect(world.standing()).toEqual({ person2: 'provisioned/provisioned' });
    expect(world.db.select().from(people).get()).toMatchObject({
      message: tell('provisioned').message,
      said: null,
      nextCheckAt: null,
    });
    expect(await licensed(world)).toEqual([upn('person1'), upn('person2')]);
  },
);

test('a name corrected twice: both wrong accounts are told until our licence is gone from each', async () => {
  const users = crowd(3, { mailboxOpensAfterMs: HOUR });
  const world = await openWorld({ users });
  world.drop('newcomers.csv', csvOf(users.slice(0, 1)));
  await world.cycle();
  // As the version before stored one alone.
  correct(world);
  world.db.$client.exec("update people set left_account = json_extract(left_account, '$[0]')");
  await world.cycle();
  correct(world, 'person3');
  await world.cycle();
  expect(await licensed(world)).toEqual([upn('person1'), upn('person2'), upn('person3')]);
  expect(said(world)).toMatch(/to person1@.* to person2@/);
  const [first, second] = world.tenant.tenant.users;
  if (second) second.licences = [];
  await world.timePasses(2 * HOUR);
  await world.cycle();
  expect(world.standing()).toEqual({ person3: 'provisioned/provisioned' });
  expect(said(world)).toContain('to person1@');
  expect(said(world)).not.toContain('person2@');
  if (first) first.licences = [];
  await world.timePasses(7 * HOUR);
  await world.cycle();
  expect(said(world)).toBe(tell('provisioned').message);
});

test('a name corrected and corrected back: the first account is licensed once, and by AutoProvision; only the other is told', async () => {
  const users = crowd(2, { mailboxOpensAfterMs: HOUR });
  const world = await openWorld({ users });
  world.drop('newcomers.csv', csvOf(users.slice(0, 1)));
  await world.cycle();
  const before = world.db.select().from(people).get();
  correct(world);
  await world.cycle();
  correct(world, 'person1');
  await world.cycle();
  expect(world.standing()).toEqual({ person1: 'awaiting_mailbox/mailbox_opening' });
  const { licensedAt, givenLicences, accountId } = before ?? {};
  expect(world.db.select().from(people).get()).toMatchObject({ licensedAt, givenLicences, accountId });
  expect(said(world)).toContain('to person2@');
  expect(said(world)).not.toContain('to person1@');
  await world.timePasses(2 * HOUR);
  await world.cycle();
  expect(world.standing()).toEqual({ person1: 'provisioned/provisioned' });
  expect(await licensed(world)).toEqual([upn('person1'), upn('person2')]);
});

test('a licence of ours that was taken away from the wrong account, and that others give it later, is theirs: it is not told, and not ours again with the name', async () => {
  const users = crowd(2, { mailboxOpensAfterMs: 40 * HOUR });
  const world = await openWorld({ users });
  const [wrong] = world.tenant.tenant.users;
  world.drop('newcomers.csv', csvOf(users.slice(0, 1)));
  await world.cycle();
  correct(world);
  await world.cycle();
  const theirs = structuredClone(wrong?.licences ?? []);
  if (wrong) wrong.licences = [];
  world.db.$client.exec("update people set left_account = json_set(left_account, '$[0].licensedAt', 0)");
  await world.timePasses(2 * HOUR);
  await world.cycle();
  expect(said(world)).not.toContain('person1@');
  if (wrong) wrong.licences = theirs;
  await world.timePasses(2 * HOUR);
  await world.cycle();
  expect(said(world)).not.toContain('person1@');
  correct(world, 'person1');
  await world.cycle();
  expect(world.standing()).toEqual({ person1: 'awaiting_mailbox/mailbox_opening_elsewhere' });
  expect(world.db.select().from(people).get()).toMatchObject({ licensedAt: null, givenLicences: null });
});

test('a read that lags behind our own licence, or a licence that the tenant does not list for a moment, takes nothing from us', async () => {
  const users = crowd(1, { mailboxOpensAfterMs: 40 * HOUR });
  const world = await openWorld({ users });
  const [account] = world.tenant.tenant.users;
  world.drop('newcomers.csv', csvOf(users));
  await world.cycle();
  const given = ['EXCHANGESTANDARD'];
  const licences = structuredClone(account?.licences ?? []);
  if (account) account.licences = [];
  await world.cycle({ checkAll: true });
  expect(world.db.select().from(people).get()).toMatchObject({ givenLicences: given });
  if (account) account.licences = licences;
  await world.timePasses(2 * HOUR);
  const skus = world.tenant.tenant.skus.splice(0, 1);
  await world.cycle();
  world.tenant.tenant.skus.unshift(...skus);
  expect(world.db.select().from(people).get()).toMatchObject({ givenLicences: given });
});

test('a name corrected back to an account whose licence was taken away meanwhile: it is licensed anew', async () => {
  const users = crowd(2, { mailboxOpensAfterMs: HOUR });
  const world = await openWorld({ users });
  world.drop('newcomers.csv', csvOf(users.slice(0, 1)));
  await world.cycle();
  correct(world);
  await world.cycle();
  const [first] = world.tenant.tenant.users;
  if (first) first.licences = [];
  correct(world, 'person1');
  await world.cycle();
  expect(world.standing()).toEqual({ person1: 'awaiting_mailbox/mailbox_opening' });
  expect(await licensed(world)).toEqual([upn('person1'), upn('person2'), upn('person1')]);
});

test('the corrected name is not there yet: the account with our licence is not taken for the person', async () => {
  const users = crowd(1, { mailboxOpensAfterMs: 3_600_000 });
  const world = await openWorld({ users });
  world.drop('newcomers.csv', csvOf(users));
  await world.cycle();
  correct(world);
  await world.cycle();
  expect(world.standing()).toEqual({ person2: 'awaiting_sync/not_synchronised' });
  expect(said(world)).toContain(upn('person1'));
});

test('the account with our licence was renamed and the name corrected after it: it is the same person, licensed once', async () => {
  const users = crowd(1, { mailboxOpensAfterMs: 3_600_000 });
  const world = await openWorld({ users });
  world.drop('newcomers.csv', csvOf(users));
  await world.cycle();
  const licensedAt = world.db.select().from(people).get()?.licensedAt;
  const [account] = world.tenant.tenant.users;
  if (account) account.userPrincipalName = upn('person2');
  correct(world);
  await world.cycle();
  expect(world.standing()).toEqual({ person2: 'awaiting_mailbox/mailbox_opening' });
  expect(world.db.select().from(people).get()).toMatchObject({ licensedAt, accountId: account?.id, leftAccount: null });
  expect(said(world)).not.toContain('person1');
  await world.timePasses(2 * 3_600_000);
  await world.cycle();
  expect(world.standing()).toEqual({ person2: 'provisioned/provisioned' });
  expect(await world.ledger('licence')).toHaveLength(1);
});

test('the list comes again with the wrong name, which is somebody else’s: only the account of the corrected name is licensed', async () => {
  const users = crowd(2);
  const world = await openWorld({ users });
  for (const sku of world.tenant.tenant.skus) sku.enabled = 0;
  const list = `CN,UserPrincipalName,EmployeeType\nperson2,${upn('person1')},E\n`;
  world.drop('night1.csv', list);
  await world.cycle();
  correct(world);
  for (const sku of world.tenant.tenant.skus) sku.enabled = 10;
  for (const night of [2, 3]) {
    world.drop(`night${night}.csv`, list);
    await world.cycle();
    expect(world.standing()).toEqual({ person2: 'provisioned/provisioned' });
  }
  expect(await licensed(world)).toEqual([upn('person2')]);
});
