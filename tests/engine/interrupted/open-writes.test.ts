/** A write whose answer was lost does not stay unknown: it shows on the account, or it is known not to have arrived. */
import { expect, test, vi } from 'vitest';
import { intents } from '#db/schema/outcomes.ts';
import { people } from '#db/schema/people.ts';
import { runs } from '#db/schema/runs.ts';
import { recentWrites } from '#db/store/outcomes/intents.ts';
import { readPeople } from '#db/store/people/people.ts';
import { closeInterruptedRuns } from '#db/store/runs/runs.ts';
import { skuIdOf } from '#lib/demo/tenant/skus.ts';
import { tick } from '#lib/engine/scheduler.ts';
import { WindowBudget } from '#lib/graph/queue/rate-limit.ts';
import { crowd, csvOf } from '#tests/support/seeds.ts';
import { openWorld, type World } from '#tests/support/world.ts';

const HOUR = 3_600_000;

const openWrites = ({ db }: World) =>
  db.$client.prepare('select count(*) from intents where settled_at is null').pluck().get();
const results = ({ db }: World) => db.$client.prepare('select distinct result from intents').pluck().all();

/** Two people whose writes were sent and not answered. */
async function withLostWrites(): Promise<World> {
  const users = crowd(2, { usageLocation: null });
  const world = await openWorld({ users });
  world.drop('newcomers.csv', csvOf(users));
  await world.fault({ match: { method: 'PATCH', inBatch: true }, kind: 'reset' });
  await world.cycle();
  await world.noFaults();
  return world;
}

test('a write that never arrived is settled after an hour, also where the person waits for a human meanwhile', async () => {
  const world = await withLostWrites();
  expect(openWrites(world)).toBe(4);
  world.db.update(people).set({ employeeTypeKey: 'x', employeeType: 'X' }).run();
  world.letTimePass();
  await world.cycle();
  expect(world.standing().person1).toBe('needs_attention/type_unmapped');
  expect(openWrites(world)).toBe(4);
  await world.timePasses(HOUR);
  await world.cycle();
  expect(world.standing().person1).toBe('needs_attention/type_unmapped');
  expect(openWrites(world)).toBe(0);
  expect(results(world)).toEqual(['not_applied']);
});

test('what a killed run had planned long before may have been sent until it was closed: its age counts from then', async () => {
  const world = await withLostWrites();
  const now = Date.now();
  const plannedAt = now - HOUR / 6;
  world.db.update(intents).set({ createdAt: plannedAt }).run();
  const ids = world.db
    .select({ id: people.id })
    .from(people)
    .all()
    .map(({ id }) => id);
  const sentUntil = () => readPeople(world.db, ids).map(({ unsettledWriteAt }) => unsettledWriteAt);
  expect(sentUntil()).toEqual([plannedAt, plannedAt]);
  world.db.update(runs).set({ status: 'running', finishedAt: null }).run();
  closeInterruptedRuns(world.db, 'cycles', now);
  expect(sentUntil()).toEqual([now, now]);
});

test('a licence that shows only after its write was given up is ours all the same: the order of events decides, not the clock', async () => {
  const users = crowd(2, { usageLocation: 'DE', mailboxOpensAfterMs: 3 * HOUR });
  const world = await openWorld({ users, behaviour: { replicationLagMs: 3 * HOUR } });
  world.drop('newcomers.csv', csvOf(users));
  await world.cycle();
  world.db.update(people).set({ employeeTypeKey: 'x', employeeType: 'X' }).run();
  await world.timePasses(2 * HOUR);
  await world.cycle();
  expect(results(world)).toEqual(['not_applied']);
  world.db.update(people).set({ employeeTypeKey: 'e', employeeType: 'E' }).run();
  await world.timePasses(2 * HOUR);
  world.letTimePass();
  await world.cycle();
  expect(world.standing()).toEqual({ person1: 'provisioned/provisioned', person2: 'provisioned/provisioned' });
  expect(world.db.select({ given: people.givenLicences }).from(people).all()).toEqual(
    Array(2).fill({ given: ['EXCHANGESTANDARD'] }),
  );
});

test('a licence that shows while the mailbox cannot be asked is ours: the mailbox that opens later was not there before', async () => {
  // An address in the cloud: its mailbox is worth asking once the licence shows.
  const inCloud = { mail: 'a@contoso.example', onPremisesSyncEnabled: false };
  const users = crowd(1, { usageLocation: 'DE', ...inCloud, mailboxOpensAfterMs: 4 * HOUR });
  const world = await openWorld({ users, behaviour: { replicationLagMs: HOUR / 2 } });
  world.drop('newcomers.csv', csvOf(users));
  await world.cycle();
  expect(world.standing().person1).toBe('queued/readback_pending');
  await world.fault({ kind: 'server_error', match: { path: 'mailboxSettings', inBatch: true } });
  await world.timePasses(2 * HOUR);
  await world.cycle();
  expect(world.standing().person1).toBe('queued/mailbox_unknown');
  expect(results(world)).toEqual(['applied']);
  await world.noFaults();
  await world.timePasses(3 * HOUR);
  await world.cycle();
  expect(world.standing().person1).toBe('provisioned/provisioned');
  expect(await world.ledger('licence')).toHaveLength(1);
});

test('a second write that is not sent says nothing about the first, which arrived: the licence is ours', async () => {
  const users = crowd(1, { usageLocation: 'DE', mailboxOpensAfterMs: 2 * HOUR });
  const world = await openWorld({ users, behaviour: { replicationLagMs: HOUR / 2 } });
  world.drop('newcomers.csv', csvOf(users));
  await world.cycle();
  expect(world.standing().person1).toBe('queued/readback_pending');
  await world.fault({ kind: 'throttle', match: { path: 'assignLicense', inBatch: true }, retryAfterS: 3600 });
  await world.timePasses(HOUR / 4);
  await world.cycle();
  expect(world.standing().person1).toBe('queued/write_failed');
  expect(openWrites(world)).toBe(1);
  await world.noFaults();
  await world.timePasses(2 * HOUR);
  await world.cycle();
  expect(world.standing().person1).toBe('provisioned/provisioned');
});

test('a write from before the clock was set back is repeated like any other, and unknown counts from now', async () => {
  const world = await withLostWrites();
  const now = Date.now();
  const ahead = now + 26 * HOUR;
  world.db.update(intents).set({ createdAt: ahead }).run();
  world.db.update(people).set({ nextCheckAt: ahead, unknownSince: ahead }).run();
  tick(world.engine, () => {}, ahead);
  tick(world.engine, () => {}, now);
  expect(world.db.select({ unknownSince: people.unknownSince }).from(people).all()).toEqual([
    { unknownSince: now },
    { unknownSince: now },
  ]);
  world.db.$client.prepare("delete from runs where status = 'queued'").run();
  await vi.waitFor(async () => {
    world.letTimePass();
    await world.cycle();
    expect(world.standing()).toEqual({ person1: 'provisioned/provisioned', person2: 'provisioned/provisioned' });
  }, 60_000);
  expect(openWrites(world)).toBe(0);
});

test('what killed runs had planned and the next one plans again counts once: nobody waits for a window that is not used', async () => {
  const world = await withLostWrites();
  const planned = world.db.select().from(intents).all();
  const times = 5;
  for (let run = 1; run < times; run += 1)
    for (const { id: _, ...plan } of planned) world.db.insert(intents).values(plan).run();
  expect(openWrites(world)).toBe(times * planned.length);
  const room = () => new WindowBudget(planned.length + 1, HOUR, recentWrites(world.db, Date.now() - HOUR)).room();
  expect(room()).toBe(1);

  // Settled together, they are one write; what is planned after that is another.
  world.db.update(intents).set({ settledAt: Date.now(), result: 'applied' }).run();
  expect(room()).toBe(1);
  for (const { id: _, ...plan } of planned) world.db.insert(intents).values(plan).run();
  expect(room()).toBe(1 - planned.length);
});

test('a write that an earlier version stored in another form stops nobody: it is known that something was sent', async () => {
  const world = await withLostWrites();
  world.db
    .update(intents)
    .set({ payload: { addLicenses: ['a licence'] } })
    .run();
  const [first] = world.db.select({ id: people.id }).from(people).all();
  expect(readPeople(world.db, [first?.id ?? 0])).toMatchObject([{ sentLicences: [{ isOpen: true, licences: [] }] }]);
  world.letTimePass();
  await world.cycle();
  expect(world.standing()).toEqual({ person1: 'provisioned/provisioned', person2: 'provisioned/provisioned' });
});

test.each([0, 2])(
  'a write that never arrived, and %i hours later a group gives the licence: nobody says that it is ours',
  async (hours) => {
    const users = crowd(1, { usageLocation: 'US', mailboxOpensAfterMs: 0 });
    const world = await openWorld({ users });
    world.drop('newcomers.csv', csvOf(users));
    await world.fault({ match: { path: '/assignLicense$', inBatch: true }, kind: 'reset' });
    await world.cycle();
    world.db.update(people).set({ employeeTypeKey: 'x', employeeType: 'X' }).run();
    await world.timePasses(hours * HOUR);
    await world.cycle();
    expect(results(world)).toEqual(hours === 0 ? [null] : ['not_applied']);
    world.db.update(people).set({ employeeTypeKey: 'e', employeeType: 'E', nextCheckAt: 0 }).run();
    const [user] = users;
    const licences = [{ skuId: skuIdOf('EXCHANGESTANDARD'), byGroup: 'a group' }];
    if (user) world.tenant.tenant.plant({ userPrincipalName: user.userPrincipalName, licences });
    await world.cycle();
    expect(world.standing().person1).toMatch(/^already_provisioned/);
    expect(readPeople(world.db, [1])).toMatchObject([{ licensedAt: null, givenLicences: [] }]);
  },
);

test('a write that never arrived, and a mailbox that was there before: never a green tick, and a human is asked once it is known', async () => {
  const users = crowd(21, { usageLocation: 'US', mailboxIsOpen: true });
  const world = await openWorld({ users, behaviour: { writesAddressesBack: false, mailboxShowsAfterMs: 1000 * HOUR } });
  world.drop('newcomers.csv', csvOf(users));
  await world.fault({ match: { path: '/assignLicense$', inBatch: true }, kind: 'reset' });
  await world.cycle();
  // A round trip has room for 20 mailboxes of which nothing shows on the account.
  expect(world.standing().person21).toBe('queued/readback_pending');
  await world.cycle();
  expect(world.standing().person21).toBe('queued/readback_pending');
  await world.timePasses(HOUR);
  await world.cycle();
  expect(world.standing().person21).toBe('needs_attention/mailbox_open_unlicensed');
  expect(readPeople(world.db, [21])).toMatchObject([{ licensedAt: null, givenLicences: [] }]);
});
