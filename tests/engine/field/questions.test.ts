/** A question that was asked stays asked until something changes, and what is mended by hand is noticed. */
import { expect, test } from 'vitest';
import { people } from '#db/schema/people.ts';
import { skuIdOf } from '#lib/demo/tenant/skus.ts';
import type { UserSeed } from '#lib/demo/tenant/tenant.ts';
import { crowd, csvOf, upn } from '#tests/support/seeds.ts';
import { openWorld, type World } from '#tests/support/world.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const HEADER = 'CN,UserPrincipalName,EmployeeType\n';
const PLAN_1 = { skuId: skuIdOf('EXCHANGESTANDARD'), disabledPlans: [], byGroup: null, error: null, at: 0 };

async function dropped(change: Partial<UserSeed>): Promise<World> {
  const world = await openWorld({ users: crowd(1, change) });
  world.drop('newcomers.csv', csvOf(crowd(1)));
  await world.cycle();
  return world;
}

async function live(world: World, hours: number): Promise<void> {
  for (let passed = 0; passed < hours; passed += 7) {
    await world.timePasses(7 * HOUR);
    await world.cycle();
  }
}

test.each([
  ['conflict', 0],
  // It may have been a permission that was missing for a while.
  ['restricted', 2],
  // Other work going on may be said in words that nobody here knows.
  ['other_language', 2],
] as const)(
  'a write that was refused (%s) is repeated %i times in 28 hours, and the licence that somebody assigns by hand is noticed',
  async (refusal, tries) => {
    const world = await dropped({ refusal });
    const asked = world.standing();
    expect(asked.person1).toMatch(/^needs_attention/);
    const { counters } = await world.snapshot();
    await live(world, 28);
    expect(world.standing()).toEqual(asked);
    expect((await world.snapshot()).counters.writes).toBe(counters.writes + tries);
    world.tenant.tenant.plant({ userPrincipalName: upn('person1'), licences: [PLAN_1] });
    await live(world, 14);
    expect(world.standing()).toEqual({ person1: 'already_provisioned/mailbox_open_licensed' });
    expect((await world.snapshot()).counters.writes).toBe(counters.writes + tries);
  },
);

test('a licence that a colleague took away is not put back, and is noticed where it comes back', async () => {
  const world = await dropped({ mailboxOpensAfterMs: 2 * DAY });
  const { tenant } = world.tenant;
  const user = tenant.users[0];
  if (user) tenant.changeLicences(user, [], [PLAN_1.skuId], 'by hand');
  await live(world, 14);
  expect(world.standing()).toEqual({ person1: 'needs_attention/licence_removed' });
  if (user) tenant.changeLicences(user, [PLAN_1], [], 'by hand');
  await live(world, 7);
  expect(world.standing()).toEqual({ person1: 'awaiting_mailbox/mailbox_opening' });
  await live(world, 49);
  expect(world.standing()).toEqual({ person1: 'provisioned/provisioned' });
  expect(await world.ledger('licence')).toHaveLength(2);
  // It is theirs now.
  world.drop('later.csv', `${HEADER}person1,${upn('person1')},N\n`);
  await world.cycle();
  expect(world.standing()).toEqual({ person1: 'needs_attention/licence_differs' });
  expect(world.db.select().from(people).get()?.message).toContain('AutoProvision did not assign');
});

test('a licence that is gone while a human is asked about something else is not put back either', async () => {
  const world = await dropped({ mailbox: 'never' });
  const { tenant } = world.tenant;
  const user = tenant.users[0];
  await live(world, 35);
  expect(world.standing()).toEqual({ person1: 'needs_attention/mailbox_late' });
  if (user) tenant.changeLicences(user, [], [PLAN_1.skuId], 'by hand');
  await live(world, 14);
  expect(world.standing()).toEqual({ person1: 'needs_attention/licence_removed' });
  expect(await world.ledger('licence')).toHaveLength(1);
});

test('an account that one read does not show is not called deleted; where it stays away, a human is asked', async () => {
  const world = await dropped({ mailboxOpensAfterMs: DAY });
  world.tenant.tenant.plant({ userPrincipalName: upn('person1'), synchronisesAfterMs: HOUR / 4 });
  world.letTimePass();
  const run = await world.cycle();
  expect(world.outcomes(run)).toEqual({ person1: 'awaiting_mailbox/lookup_failed' });
  await world.timePasses(HOUR / 2);
  await world.cycle();
  expect(world.standing()).toEqual({ person1: 'awaiting_mailbox/mailbox_opening' });
  world.tenant.tenant.plant({ userPrincipalName: upn('person1'), synchronisesAfterMs: 60 * DAY });
  for (let time = 0; time < 3; time += 1) {
    await world.timePasses(HOUR);
    await world.cycle();
  }
  expect(world.standing()).toEqual({ person1: 'needs_attention/account_deleted' });
});

test('hired again beside the renamed account of the first employment: the new account is licensed, once', async () => {
  const [ann, left] = [upn('ann.ash'), upn('ann.ash.left')];
  const row = `${HEADER}Ann Ash,${ann},E\n`;
  const world = await openWorld({
    users: [{ userPrincipalName: ann, displayName: 'Ann Ash', mailboxOpensAfterMs: 0 }],
  });
  world.drop('first.csv', row);
  await world.cycle();
  const { tenant } = world.tenant;
  await world.timePasses(400 * DAY);
  tenant.rename(ann, left);
  // Nobody else has the name: she is followed by her id.
  world.drop('night.csv', row);
  await world.cycle();
  expect(world.standing()).toEqual({ 'ann.ash': 'provisioned/provisioned' });
  expect(await world.ledger('licence')).toHaveLength(1);
  const id = '11111111-1111-4111-8111-111111111111';
  tenant.plant({ id, userPrincipalName: ann, displayName: 'Ann Ash', mailboxOpensAfterMs: 0 });
  for (const name of ['again.csv', 'night-2.csv']) {
    world.drop(name, row);
    await world.cycle();
    expect(world.standing()).toEqual({ 'ann.ash': 'provisioned/provisioned' });
  }
  expect((await world.ledger('licence')).map(({ userId }) => userId)).toEqual([expect.anything(), id]);
});
