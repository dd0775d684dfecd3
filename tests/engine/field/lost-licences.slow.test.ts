/** What we gave was taken away, has ended or was turned off, and how it goes on: with the mapping in force, and without an untrue word. */
import { describe, expect, test } from 'vitest';
import { insertMapping } from '#db/store/mappings/mappings.ts';
import { listPeople } from '#db/store/people/all-people.ts';
import { demoSku, type SkuPartNumber, skuIdOf } from '#lib/demo/tenant/skus.ts';
import type { DemoLicence } from '#lib/demo/tenant/users.ts';
import { PLAN_IDS } from '#lib/domain/licences/service-plans.ts';
import { crowd, csvOf, upn } from '#tests/support/seeds.ts';
import { openWorld, type World } from '#tests/support/world.ts';

const HOUR = 3_600_000;

const withoutExchange = (part: SkuPartNumber, plan: keyof typeof PLAN_IDS): DemoLicence => ({
  skuId: skuIdOf(part),
  disabledPlans: [PLAN_IDS[plan]],
  byGroup: null,
  error: null,
  at: 0,
});

function publish(world: World, ...parts: SkuPartNumber[]): void {
  const licences = parts.map((skuPartNumber) => ({ skuPartNumber, disabledPlans: [] }));
  insertMapping(world.db, { employeeType: 'E', licences, usageLocation: 'US' }, 'Ada', Date.now());
}

/** The account's licences, as somebody else leaves them. */
const leave = (world: World, ...licences: DemoLicence[]) =>
  world.tenant.tenant.plant({ userPrincipalName: upn('person1'), licences });

const heldBy = (world: World) => world.tenant.tenant.users[0]?.licences.map(({ skuId }) => skuId);

/** As an operator's click leaves the person. */
const asked = (world: World, choice: 'replace' | null = null) =>
  world.db.$client
    .prepare("update people set state = 'queued', choice = ?, choice_by = ?, next_check_at = 0")
    .run(choice, choice);

async function later(world: World, hours = 7): Promise<void> {
  await world.timePasses(hours * HOUR);
  world.letTimePass();
  await world.cycle();
}

/** Licensed with Plan 1; the mailbox opens `hours` later. */
async function licensed(hours = 5000, mapped: SkuPartNumber[] = ['EXCHANGESTANDARD']): Promise<World> {
  const users = crowd(1, { usageLocation: 'US', mailboxOpensAfterMs: hours * HOUR });
  const world = await openWorld({ users });
  world.tenant.tenant.skus.push(demoSku('ENTERPRISEPACK', 10), demoSku('M365_F1', 10));
  publish(world, ...mapped);
  world.drop('newcomers.csv', csvOf(users));
  await world.cycle();
  expect(heldBy(world)).toEqual(mapped.map(skuIdOf));
  return world;
}

describe('a mapping is changed', () => {
  test('while the licence is on the account: nobody is asked, and nothing is written', async () => {
    const world = await licensed();
    publish(world, 'ENTERPRISEPACK');
    await later(world);
    expect(world.standing()).toEqual({ person1: 'awaiting_mailbox/mailbox_opening' });
    expect(heldBy(world)).toEqual([skuIdOf('EXCHANGESTANDARD')]);
  });

  test('and the licence was taken away: a retry assigns what is mapped now', async () => {
    const world = await licensed();
    leave(world);
    await later(world);
    expect(world.standing()).toEqual({ person1: 'needs_attention/licence_removed' });
    publish(world, 'ENTERPRISEPACK');
    asked(world);
    await world.cycle();
    expect(heldBy(world)).toEqual([skuIdOf('ENTERPRISEPACK')]);
  });

  test('and of two licences the one with the mailbox was taken away: what is left of the other does not decide', async () => {
    const world = await licensed(5000, ['EXCHANGESTANDARD', 'M365_F1']);
    leave(world, ...(world.tenant.tenant.users[0]?.licences.slice(1) ?? []));
    await later(world);
    publish(world, 'ENTERPRISEPACK');
    asked(world);
    await world.cycle();
    expect(heldBy(world)).toEqual([skuIdOf('M365_F1'), skuIdOf('ENTERPRISEPACK')]);
  });

  test('because the tenant lost the licence: a retry assigns what is mapped now', async () => {
    const world = await licensed();
    leave(world);
    world.tenant.tenant.skus.shift();
    await later(world);
    publish(world, 'ENTERPRISEPACK');
    asked(world);
    await world.cycle();
    expect(heldBy(world)).toEqual([skuIdOf('ENTERPRISEPACK')]);
  });

  test('because the subscription ended: a human decides on the change, and then it is made', async () => {
    const world = await licensed();
    Object.assign(world.tenant.tenant.skus[0] ?? {}, { capabilityStatus: 'Suspended' });
    await later(world);
    expect(world.standing()).toEqual({ person1: 'needs_attention/sku_suspended' });
    publish(world, 'ENTERPRISEPACK');
    await later(world);
    expect(world.standing()).toEqual({ person1: 'needs_attention/other_licence' });
    asked(world, 'replace');
    await world.cycle();
    expect(heldBy(world)).toEqual([skuIdOf('ENTERPRISEPACK')]);
  });
});

test('a licence that is assigned again has a clock of its own: its mailbox is not late at once', async () => {
  const world = await licensed();
  leave(world);
  await later(world, 30);
  asked(world);
  await world.cycle();
  await later(world, 2);
  expect(world.standing()).toEqual({ person1: 'awaiting_mailbox/mailbox_opening' });
});

test('a licence that Microsoft 365 takes and then shows with an error starts no clock: nobody is licensed', async () => {
  const users = crowd(1, { usageLocation: 'KP', refusal: 'prohibited_location' });
  const world = await openWorld({ users });
  world.drop('newcomers.csv', csvOf(users));
  await world.cycle();
  expect(world.standing()).toEqual({ person1: 'needs_attention/usage_location_not_allowed' });
  expect(listPeople(world.db, null)[0]?.licensedAt).toBeNull();
});

test('a licence that is taken and then shows that no seat was free is assigned once more, and nobody is licensed by it', async () => {
  const users = crowd(1, { usageLocation: 'US', refusal: 'no_seat_taken', mailboxOpensAfterMs: 0 });
  const world = await openWorld({ users });
  world.drop('newcomers.csv', csvOf(users));
  await world.cycle();
  expect(world.standing()).toEqual({ person1: 'awaiting_seat/no_seat' });
  await world.cycle();
  world.letTimePass();
  await world.cycle();
  expect(world.standing()).toEqual({ person1: 'needs_attention/seat_not_taken' });
  expect(await world.ledger('licence')).toHaveLength(2);
  expect(listPeople(world.db, null)[0]?.licensedAt).toBeNull();
});

describe('Exchange Online is turned off in the licence', () => {
  test.each([
    ['while the mailbox opens', 5000],
    ['after it opened, which the list of the next night finds', 0],
  ])('%s: that is what is said, and not that the licence was removed', async (_when, hours) => {
    const world = await licensed(hours);
    await world.timePasses(48 * HOUR);
    const turnedOff = [withoutExchange('EXCHANGESTANDARD', 'EXCHANGE_S_STANDARD')];
    world.tenant.tenant.plant({ userPrincipalName: upn('person1'), licences: turnedOff, mailboxIsOpen: false });
    world.drop('night.csv', csvOf(crowd(1)));
    await later(world);
    expect(world.standing()).toEqual({ person1: 'needs_attention/mailbox_plan_off' });
  });

  test('of the one mapped licence that makes the mailbox: the others are not assigned in vain, and it is named', async () => {
    const licences = [withoutExchange('ENTERPRISEPACK', 'EXCHANGE_S_ENTERPRISE')];
    const users = crowd(1, { usageLocation: 'US', licences });
    const world = await openWorld({ users });
    world.tenant.tenant.skus.push(demoSku('ENTERPRISEPACK', 10), demoSku('M365_F1', 10));
    publish(world, 'M365_F1', 'ENTERPRISEPACK');
    world.drop('newcomers.csv', csvOf(users));
    await world.cycle();
    expect(world.standing()).toEqual({ person1: 'needs_attention/mailbox_plan_off' });
    expect(listPeople(world.db, null)[0]?.message).toMatch(
      /^The account has Office 365 E3, but its Exchange Online plan/,
    );
    expect(await world.ledger()).toEqual([]);
  });
});
