import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { events } from '#db/schema/events.ts';
import { people } from '#db/schema/people.ts';
import { insertMapping } from '#db/store/mappings/mappings.ts';
import { saveSettings } from '#db/store/system/settings.ts';
import { addDays, dayAt } from '#lib/domain/time/days.ts';
import { crowd, upn } from '#tests/support/seeds.ts';
import { openWorld, type World } from '#tests/support/world.ts';

const DAY = 24 * 3_600_000;
const admin = { name: 'Demo Admin', key: 'demo/admin' };
const inDays = (days: number) => addDays(dayAt(Date.now(), 'UTC'), days);

/** A file that names these people with their start dates. */
function csv(starts: Record<string, string | null>): string {
  const rows = Object.entries(starts).map(([name, day]) => `${name},${upn(name)},E,${day ?? ''}`);
  return `CN,UserPrincipalName,EmployeeType,StartDate\n${rows.join('\n')}\n`;
}

const licensed = async (world: World) =>
  (await world.ledger('licence')).map(({ userPrincipalName }) => userPrincipalName.split('@')[0]);

test('T37: a start date in ten days is licensed now; one more than 30 days ahead waits, and nothing is written for it', async () => {
  const world = await openWorld({ users: crowd(2) });
  world.drop('newcomers.csv', csv({ person1: inDays(10), person2: inDays(40) }));
  await world.cycle();
  expect(world.standing()).toEqual({ person1: 'provisioned/provisioned', person2: 'awaiting_start/before_start' });
  expect((await world.ledger()).filter(({ userPrincipalName }) => userPrincipalName === upn('person2'))).toEqual([]);
  const [waiting] = world.db
    .select()
    .from(people)
    .where(eq(people.upnKey, upn('person2')))
    .all();
  expect(waiting?.nextCheckAt).toBeGreaterThan(Date.now() + DAY - 60_000);
  expect(waiting?.nextCheckAt).toBeLessThanOrEqual(Date.now() + DAY);
  expect(Object.keys(world.outcomes(await world.cycle()))).toEqual([]);
});

test('a later file that changes the start date moves the wait, in either direction, and takes back "License now"', async () => {
  const world = await openWorld({ users: crowd(2) });
  world.drop('first.csv', csv({ person1: inDays(40), person2: inDays(40) }));
  await world.cycle();
  world.db
    .update(people)
    .set({ licenseNowBy: 'Demo Operator' })
    .where(eq(people.upnKey, upn('person2')))
    .run();
  world.drop('second.csv', csv({ person1: inDays(3), person2: inDays(90) }));
  await world.cycle();
  expect(world.standing()).toEqual({ person1: 'provisioned/provisioned', person2: 'awaiting_start/before_start' });
});

test('Settings and mappings say how long before; a change of Settings counts in the next cycle', async () => {
  const world = await openWorld({ users: crowd(2) });
  world.drop('newcomers.csv', csv({ person1: inDays(40), person2: inDays(80) }));
  await world.cycle();
  const licences = [{ skuPartNumber: 'EXCHANGESTANDARD', disabledPlans: [] }];
  world.db.transaction((tx) =>
    insertMapping(tx, { employeeType: 'E', licences, usageLocation: 'US', leadTime: 60 }, 'Demo Admin', Date.now()),
  );
  world.letTimePass();
  await world.cycle();
  expect(world.standing()).toEqual({ person1: 'provisioned/provisioned', person2: 'awaiting_start/before_start' });
});

test('scarce seats go to whoever starts first, also before somebody who was named earlier', async () => {
  const world = await openWorld({ users: crowd(3), seats: { plan1: 1 } });
  world.drop('a.csv', csv({ person1: inDays(12), person2: inDays(9), person3: inDays(3) }));
  await world.cycle();
  expect(await licensed(world)).toEqual(['person3']);
  expect(world.standing()).toMatchObject({ person1: 'awaiting_seat/no_seat', person2: 'awaiting_seat/no_seat' });
  world.buySeats('EXCHANGESTANDARD', 2);
  await world.cycle();
  expect(await licensed(world)).toEqual(['person3', 'person2']);
});

test('somebody without a start date comes before those who start later, in order of arrival', async () => {
  const world = await openWorld({ users: crowd(3), seats: { plan1: 2 } });
  world.drop('a.csv', csv({ person1: inDays(5), person2: null, person3: null }));
  await world.cycle();
  expect((await licensed(world)).sort()).toEqual(['person2', 'person3']);
});

test('a seat is kept for whoever starts first while the account is not there yet', async () => {
  const users = [
    ...crowd(1, { synchronisesAfterMs: 60_000 }),
    { userPrincipalName: upn('person2'), mailboxOpensAfterMs: 0 },
  ];
  const world = await openWorld({ users, seats: { plan1: 1 } });
  world.drop('a.csv', csv({ person1: inDays(2), person2: inDays(9) }));
  await world.cycle();
  expect(world.standing()).toEqual({ person1: 'awaiting_sync/not_synchronised', person2: 'awaiting_seat/no_seat' });
  await world.advance(60_001);
  await world.cycle();
  expect(world.standing()).toEqual({ person1: 'provisioned/provisioned', person2: 'awaiting_seat/no_seat' });
});

test('nobody who starts later takes a seat from today’s newcomers', async () => {
  const world = await openWorld({ users: crowd(2), seats: { plan1: 1 } });
  world.drop('a.csv', csv({ person1: inDays(60), person2: null }));
  await world.cycle();
  expect(world.standing()).toEqual({ person1: 'awaiting_start/before_start', person2: 'provisioned/provisioned' });
});

test('"License now" waits for no start date and no enabled account, and takes a seat like anybody', async () => {
  const world = await openWorld({ users: crowd(3, { accountEnabled: false }), seats: { plan1: 1 } });
  saveSettings(world.db, world.engine.env, { waitUntilEnabled: true }, admin, Date.now());
  world.drop('newcomers.csv', csv({ person1: inDays(90), person2: inDays(80), person3: inDays(70) }));
  await world.cycle();
  expect(new Set(Object.values(world.standing()))).toEqual(new Set(['awaiting_start/before_start']));
  for (const name of ['person1', 'person2'])
    world.db
      .update(people)
      .set({ state: 'queued', licenseNowBy: 'Demo Operator', nextCheckAt: 0 })
      .where(eq(people.upnKey, upn(name)))
      .run();
  await world.cycle();
  expect(world.standing()).toEqual({
    person1: 'awaiting_seat/no_seat',
    person2: 'provisioned/provisioned',
    person3: 'awaiting_start/before_start',
  });
});

test('T01: disabled accounts are licensed like any other', async () => {
  const world = await openWorld({ users: crowd(2, { accountEnabled: false }) });
  world.drop('newcomers.csv', csv({ person1: null, person2: inDays(7) }));
  await world.cycle();
  expect(world.standing()).toEqual({ person1: 'provisioned/provisioned', person2: 'provisioned/provisioned' });
});

test('where Settings wait until an account is enabled, every cycle looks, and licenses it then', async () => {
  const world = await openWorld({ users: crowd(1, { accountEnabled: false }) });
  saveSettings(world.db, world.engine.env, { waitUntilEnabled: true }, admin, Date.now());
  world.drop('newcomers.csv', csv({ person1: null }));
  await world.cycle();
  expect(world.standing()).toEqual({ person1: 'awaiting_start/account_disabled' });
  expect(world.outcomes(await world.cycle())).toEqual({ person1: 'awaiting_start/account_disabled' });
  world.tenant.tenant.plant({ userPrincipalName: upn('person1'), accountEnabled: true });
  await world.cycle();
  expect(world.standing()).toEqual({ person1: 'provisioned/provisioned' });
  const moves = world.db.select().from(events).where(eq(events.kind, 'person.moved')).all();
  expect(moves.map(({ fromState, toState }) => [fromState, toState])).toEqual([
    ['queued', 'awaiting_start'],
    ['awaiting_start', 'provisioned'],
  ]);
});

test('an account that is never enabled is not waited for without a word: a human is asked, and may license it now', async () => {
  const world = await openWorld({ users: crowd(2, { accountEnabled: false }) });
  saveSettings(world.db, world.engine.env, { waitUntilEnabled: true }, admin, Date.now());
  world.drop('newcomers.csv', csv({ person1: inDays(2), person2: null }));
  const cycleAfter = async (days: number) => {
    await world.timePasses(days * DAY);
    await world.cycle();
    return world.standing();
  };
  const waits = 'awaiting_start/account_disabled';
  const asked = 'needs_attention/account_disabled';
  expect(await cycleAfter(0)).toEqual({ person1: waits, person2: waits });
  world.db
    .update(people)
    .set({ startDate: inDays(-7) })
    .where(eq(people.id, 1))
    .run();
  expect(await cycleAfter(6)).toEqual({ person1: waits, person2: waits });
  expect(await cycleAfter(2)).toEqual({ person1: asked, person2: waits });
  expect(await cycleAfter(23)).toEqual({ person1: asked, person2: asked });
  world.tenant.tenant.plant({ userPrincipalName: upn('person2'), accountEnabled: true });
  world.db.update(people).set({ state: 'queued', licenseNowBy: 'Olga' }).where(eq(people.id, 1)).run();
  const done = 'provisioned/provisioned';
  expect(await cycleAfter(0)).toEqual({ person1: done, person2: done });
});
