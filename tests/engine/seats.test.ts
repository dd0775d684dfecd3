/** Seats are one truth: what the engine gives away, what a person is told, and what the pages show. */
import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { people } from '#db/schema/people.ts';
import { knownSkus } from '#db/store/mappings/mappings-read.ts';
import { listPeople } from '#db/store/people/all-people.ts';
import { freeSeats } from '#lib/domain/licences/mapping.ts';
import { addDays, dayAt } from '#lib/domain/time/days.ts';
import { crowd, csvOf, upn } from '#tests/support/seeds.ts';
import { openWorld, type World } from '#tests/support/world.ts';

const free = (world: World) => {
  const sku = knownSkus(world.db).find(({ skuPartNumber }) => skuPartNumber === 'EXCHANGESTANDARD');
  return sku && freeSeats(sku);
};
const messageOf = (world: World, name: string) =>
  listPeople(world.db, null).find(({ userPrincipalName }) => userPrincipalName === upn(name))?.message ?? '';

/** A run for one person, as a click requests it. */
async function checkNow(world: World, name: string): Promise<void> {
  const id =
    world.db
      .select()
      .from(people)
      .where(eq(people.userPrincipalName, upn(name)))
      .get()?.id ?? 0;
  world.db.update(people).set({ state: 'queued', nextCheckAt: 0 }).where(eq(people.id, id)).run();
  await world.cycle({ trigger: 'operator', selection: { kind: 'chosen', people: [{ id, mappingId: null }] } });
}

test('right after a cycle pages know of the seats that it took: nobody waits beside a free one', async () => {
  const world = await openWorld({ users: crowd(3), seats: { plan1: 2 } });
  world.drop('newcomers.csv', csvOf(crowd(3)));
  await world.cycle();
  expect(world.standing().person3).toBe('awaiting_seat/no_seat');
  expect(messageOf(world, 'person3')).toMatch(/^Exchange Online \(Plan 1\) has no free seat\. /);
  expect(free(world)).toBe(0);
});

test('where the free seats are kept for people who are held, that is what is said', async () => {
  const world = await openWorld({ users: crowd(3), seats: { plan1: 2 }, env: { SAFETY_LIMIT: '1' } });
  world.drop('newcomers.csv', csvOf(crowd(3)));
  await world.cycle();
  expect(world.standing()).toMatchObject({ person2: 'held/safety_limit', person3: 'awaiting_seat/no_seat' });
  expect(free(world)).toBe(1);
  expect(messageOf(world, 'person3')).toContain('the one that is free goes to people who come first');
});

test('a run for chosen people leaves the seat of somebody who starts earlier and is being synchronised', async () => {
  const users = [...crowd(1, { synchronisesAfterMs: 3_600_000 }), { userPrincipalName: upn('late') }];
  const world = await openWorld({ users, seats: { plan1: 1 } });
  const today = dayAt(Date.now(), 'UTC');
  world.drop(
    'newcomers.csv',
    `CN,UserPrincipalName,EmployeeType,StartDate\nperson1,${upn('person1')},E,${addDays(today, 2)}\nlate,${upn('late')},E,${addDays(today, 5)}\n`,
  );
  await world.cycle();
  expect(world.standing()).toEqual({ person1: 'awaiting_sync/not_synchronised', late: 'awaiting_seat/no_seat' });
  await checkNow(world, 'late');
  expect(world.standing()).toEqual({ person1: 'awaiting_sync/not_synchronised', late: 'awaiting_seat/no_seat' });
  await world.advance(3_600_000);
  await checkNow(world, 'person1');
  expect(world.standing().person1).toMatch(/^(awaiting_mailbox|provisioned)/);
});
