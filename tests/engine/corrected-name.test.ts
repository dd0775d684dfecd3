import { expect, test } from 'vitest';
import { people } from '#db/schema.ts';
import { editPerson } from '#db/store/people/person-edits.ts';
import { crowd, csvOf, upn } from '#tests/support/seeds.ts';
import { openWorld, type World } from '#tests/support/world.ts';

const admin = { name: 'Demo Admin', key: 'demo/admin' };

/** A row names person1, an operator corrects the name to person2. */
function correct({ db }: World): void {
  const person = db.select().from(people).get();
  if (!person) throw new Error('nobody');
  const { employeeType, usageLocation } = person;
  const values = { userPrincipalName: upn('person2'), employeeType, usageLocation };
  const changes = [{ column: 'UserPrincipalName', before: person.userPrincipalName, after: values.userPrincipalName }];
  expect(editPerson(db, person, values, changes, admin, Date.now())).toBe(true);
}

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

test('whose account has a licence of ours keeps it under another name', async () => {
  const users = crowd(2, { mailboxOpensAfterMs: 3_600_000 });
  const world = await openWorld({ users });
  world.drop('newcomers.csv', csvOf(users.slice(0, 1)));
  await world.cycle();
  correct(world);
  await world.cycle();
  expect(world.standing()).toEqual({ person2: 'awaiting_mailbox/mailbox_opening' });
  const written = new Set((await world.ledger()).map(({ userPrincipalName }) => userPrincipalName));
  expect([...written]).toEqual([upn('person1')]);
});
