/** Graph may give fewer users on a page than were asked for: nobody on a later page is taken for unknown, or for missing. */
import { expect, test } from 'vitest';
import { crowd, csvOf, upn } from '#tests/support/seeds.ts';
import { openWorld } from '#tests/support/world.ts';

test('people of whom a page names two are all found and licensed once, and one without an account is awaited', async () => {
  const users = crowd(8);
  const world = await openWorld({ users, behaviour: { mostUsersOnPage: 2 } });
  world.drop('newcomers.csv', csvOf([...users, { userPrincipalName: upn('nobody') }]));
  expect(await world.cycle()).toMatchObject({ status: 'completed', reason: null });
  const { nobody, ...others } = world.standing();
  expect(nobody).toBe('awaiting_sync/not_synchronised');
  expect(Object.values(others)).toEqual(Array(8).fill('provisioned/provisioned'));
  expect(await world.ledger('licence')).toHaveLength(8);
});
