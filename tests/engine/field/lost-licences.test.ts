/** What we gave was taken away or has ended, and how it goes on: with the mapping in force, and without an untrue word. */
import { describe, expect, test } from 'vitest';
import { insertMapping } from '#db/store/mappings/mappings.ts';
import { demoSku, type SkuPartNumber, skuIdOf } from '#lib/demo/tenant/skus.ts';
import type { DemoLicence } from '#lib/demo/tenant/users.ts';
import { crowd, csvOf, upn } from '#tests/support/seeds.ts';
import { openWorld, type World } from '#tests/support/world.ts';

const HOUR = 3_600_000;

function publish(world: World, ...parts: SkuPartNumber[]): void {
  const licences = parts.map((skuPartNumber) => ({ skuPartNumber, disabledPlans: [] }));
  insertMapping(world.db, { employeeType: 'E', licences, usageLocation: 'US' }, 'Ada', Date.now());
}

/** The account's licences, as somebody else leaves them. */
const leave = (world: World, ...licences: DemoLicence[]) =>
  world.tenant.tenant.plant({ userPrincipalName: upn('person1'), licences });

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

/** Licensed with Plan 1; the mailbox does not open. */
async function licensed(): Promise<World> {
  const users = crowd(1, { usageLocation: 'US', mailboxOpensAfterMs: 5000 * HOUR });
  const world = await openWorld({ users });
  world.tenant.tenant.skus.push(demoSku('ENTERPRISEPACK', 10), demoSku('M365_F1', 10));
  world.drop('newcomers.csv', csvOf(users));
  await world.cycle();
  expect(world.standing()).toEqual({ person1: 'awaiting_mailbox/mailbox_opening' });
  return world;
}

const heldBy = (world: World) => world.tenant.tenant.users[0]?.licences.map(({ skuId }) => skuId);

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
