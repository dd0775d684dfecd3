/** What cannot be read raises a question; it undoes nothing of what was done. */
import { expect, test } from 'vitest';
import { people } from '#db/schema/people.ts';
import { movePerson } from '#db/store/people/transition.ts';
import { crowd, csvOf } from '#tests/support/seeds.ts';
import { openWorld, type World } from '#tests/support/world.ts';

const first = ({ db }: World) => db.select().from(people).get();

test('somebody provisioned whose mailbox is refused later keeps the time of the licence and of the mailbox', async () => {
  const users = crowd(1);
  const world = await openWorld({ users });
  world.drop('newcomers.csv', csvOf(users));
  await world.cycle();
  world.letTimePass();
  await world.cycle();
  expect(world.standing().person1).toBe('provisioned/provisioned');
  const before = first(world);
  await world.fault({ match: { path: 'mailboxSettings' }, kind: 'forbidden' });
  world.drop('again.csv', csvOf(users));
  await world.cycle();
  expect(first(world)).toMatchObject({ licensedAt: before?.licensedAt, mailboxReadyAt: before?.mailboxReadyAt });
});

test('whoever is dismissed while nothing can be read has a day of answers ahead when reopened', async () => {
  const users = crowd(1, { usageLocation: null });
  const world = await openWorld({ users });
  world.drop('newcomers.csv', csvOf(users));
  await world.fault({ match: { method: 'PATCH', inBatch: true }, kind: 'reset' });
  await world.cycle();
  const person = first(world);
  expect(person?.unknownSince).not.toBeNull();
  if (!person) throw new Error('nobody was imported');
  const to = { to: 'dismissed', reason: 'dismissed', message: '', nextCheckAt: null, at: Date.now() } as const;
  const actor = { name: 'Demo Admin', key: 'demo/admin' };
  movePerson(world.db, { cause: 'operator', person, ...to }, { kind: 'person.dismissed', actor });
  expect(first(world)?.unknownSince).toBeNull();
});
