/** The process died after a licence was written and before that was stored: it is ours all the same, with all that follows from it. */
import { expect, test } from 'vitest';
import { listPeople } from '#db/store/people/all-people.ts';
import { skuIdOf } from '#lib/demo/tenant/skus.ts';
import { crowd, csvOf } from '#tests/support/seeds.ts';
import { openWorld, type World } from '#tests/support/world.ts';

const HOUR = 3_600_000;

/** Everything that the cycle wrote to Microsoft 365, and of its results nothing. */
async function diesAfterWriting(world: World): Promise<void> {
  const { $client } = world.db;
  const [before] = $client.prepare('select * from people').all() as Record<string, unknown>[];
  const columns = ['state', 'reason', 'message', 'said', 'licensed_at', 'given_licences', 'mapping_id', 'account_id'];
  const kept = [...columns, 'choice', 'choice_by', 'held_plan', 'state_since', 'mailbox_checks', 'mailbox_ready_at'];
  const { id } = await world.cycle();
  $client.prepare(`update people set next_check_at = 0, ${kept.map((name) => `${name} = @${name}`)}`).run(before);
  $client.prepare('update intents set settled_at = null, result = null where run_id = ?').run(id);
  $client.prepare("update runs set status = 'interrupted' where id = ?").run(id);
}

async function later(world: World, hours: number): Promise<string | undefined> {
  await world.timePasses(hours * HOUR);
  world.letTimePass();
  await world.cycle();
  return world.standing().person1;
}

const decides = (world: World, choice: string) =>
  world.db.$client
    .prepare("update people set state = 'queued', choice = ?, choice_by = 'Olga', next_check_at = 0")
    .run(choice);

const heldBy = (world: World) => world.tenant.tenant.users[0]?.licences.map(({ skuId }) => skuId);

/** Somebody whose mailbox opens after so many hours, imported and not looked up yet. */
async function imported(hours: number): Promise<World> {
  const world = await openWorld({ users: crowd(1, { usageLocation: 'US', mailboxOpensAfterMs: hours * HOUR }) });
  world.drop('newcomers.csv', csvOf(crowd(1)));
  await world.fault({ match: { path: 'subscribedSkus' }, kind: 'server_error' });
  await world.cycle();
  await world.noFaults();
  return world;
}

test('the first licence: another EmployeeType in a later file is asked about', async () => {
  const world = await imported(0);
  await diesAfterWriting(world);
  expect(await later(world, 1)).toBe('provisioned/provisioned');
  world.drop('later.csv', csvOf(crowd(1), 'N'));
  expect(await later(world, 1)).toBe('needs_attention/licence_differs');
});

test('another EmployeeType before the next cycle is asked about as well, and the licence can be taken away', async () => {
  const world = await imported(0);
  await diesAfterWriting(world);
  world.db.$client.prepare("update people set employee_type = 'N', employee_type_key = 'n'").run();
  expect(await later(world, 1)).toBe('needs_attention/licence_differs');
  decides(world, 'replace');
  await world.cycle();
  expect(heldBy(world)).toEqual([skuIdOf('EXCHANGEDESKLESS')]);
});

test('a licence in the place of another one: it has a clock of its own, and is ours to take away', async () => {
  const world = await imported(1000);
  await world.cycle();
  world.drop('later.csv', csvOf(crowd(1), 'N'));
  expect(await later(world, 30)).toBe('needs_attention/licence_differs');
  decides(world, 'replace');
  await diesAfterWriting(world);
  expect(await later(world, 1)).toBe('awaiting_mailbox/mailbox_opening');
  expect(await later(world, 2)).toBe('awaiting_mailbox/mailbox_opening');
  world.drop('back.csv', csvOf(crowd(1), 'E'));
  expect(await later(world, 1)).toBe('needs_attention/licence_differs');
  expect(listPeople(world.db, null)[0]?.message).toContain('AutoProvision assigned Exchange Online Kiosk');
});

test('a licence that was taken off and put on again has a clock of its own', async () => {
  const world = await imported(1000);
  await world.cycle();
  expect(await later(world, 30)).toBe('needs_attention/mailbox_late');
  decides(world, 'reassign');
  await diesAfterWriting(world);
  expect(await later(world, 1)).toBe('awaiting_mailbox/mailbox_opening');
  expect(await later(world, 2)).toBe('awaiting_mailbox/mailbox_opening');
});
