import { eq } from 'drizzle-orm';
import { expect, test, vi } from 'vitest';
import { people } from '#db/schema/people.ts';
import { listPeople } from '#db/store/people/all-people.ts';
import { editPerson } from '#db/store/people/person-edits.ts';
import { movePerson } from '#db/store/people/transition.ts';
import { crowd, csvOf, upn } from '#tests/support/seeds.ts';
import { openWorld, type World } from '#tests/support/world.ts';

const admin = { name: 'Demo Admin', key: 'demo/admin' };

function move({ db }: World, name: string, to: 'dismissed' | 'queued'): void {
  const person = db
    .select()
    .from(people)
    .where(eq(people.upnKey, upn(name)))
    .get();
  if (!person) throw new Error(`nobody is called ${name}`);
  const reason = to === 'queued' ? 'reopened' : to;
  const move = { to, reason, message: '', nextCheckAt: to === 'queued' ? 0 : null, at: Date.now() } as const;
  const isMoved = movePerson(db, { cause: 'operator', person, ...move }, { kind: `person.${reason}`, actor: admin });
  expect(isMoved).toBe(true);
}

const dismiss = (world: World, name: string) => move(world, name, 'dismissed');

test('who is dismissed while the account is looked up is not written to; everybody else is', async () => {
  const users = crowd(3, { usageLocation: null });
  const world = await openWorld({ users });
  world.drop('newcomers.csv', csvOf(users));
  // The look-up is refused once: the person has been read, and the answer comes a second later.
  await world.fault({ match: { path: '^/users', inBatch: true }, kind: 'throttle', times: 1, retryAfterS: 1 });
  const cycle = world.cycle();
  await vi.waitFor(async () => expect((await world.snapshot()).counters.throttled).toBe(1), 60_000);
  dismiss(world, 'person2');
  const run = await cycle;
  const written = new Set((await world.ledger()).map(({ userPrincipalName }) => userPrincipalName));
  expect([...written].sort()).toEqual([upn('person1'), upn('person3')]);
  expect(Object.keys(world.outcomes(run)).sort()).toEqual(['person1', 'person3']);
  expect(world.standing().person2).toBe('dismissed/dismissed');
  expect(world.db.$client.prepare('select count(*) from intents where settled_at is null').pluck().get()).toBe(0);
});

test('who is dismissed after the run began and before it comes to them is not looked up, and never again by itself', async () => {
  const users = crowd(2, { usageLocation: null });
  const world = await openWorld({ users });
  world.drop('newcomers.csv', csvOf(users));
  // The people are selected, and the licences of the tenant come a second later.
  await world.fault({ match: { path: 'subscribedSkus' }, kind: 'throttle', times: 1, retryAfterS: 1 });
  const cycle = world.cycle();
  await vi.waitFor(async () => expect((await world.snapshot()).counters.throttled).toBe(1), 60_000);
  await vi.waitFor(() => expect(world.db.select().from(people).all()).toHaveLength(2), 60_000);
  dismiss(world, 'person2');
  const run = await cycle;
  expect(Object.keys(world.outcomes(run))).toEqual(['person1']);
  const dismissed = world.db
    .select({ checks: people.checks, nextCheckAt: people.nextCheckAt })
    .from(people)
    .where(eq(people.upnKey, upn('person2')))
    .get();
  expect(dismissed).toEqual({ checks: 0, nextCheckAt: null });
});

/** Somebody whose licence is being written when this happens. */
async function changedWhileWritten(change: (world: World) => void): Promise<World> {
  const users = crowd(2, { usageLocation: 'US' });
  const world = await openWorld({ users, behaviour: { latencyMs: { read: 0, write: 2000, batch: 0 } } });
  world.drop('newcomers.csv', csvOf(users.slice(0, 1)));
  const cycle = world.cycle();
  // It is known to be sent before it is: the tenant takes two seconds then.
  const sent = world.db.$client.prepare("select count(*) from intents where kind = 'licence'").pluck();
  await vi.waitFor(() => expect(sent.get()).toBe(1), 60_000);
  change(world);
  await cycle;
  return world;
}

const messageOf = ({ db }: World) => listPeople(db, null)[0]?.message;

test('who is dismissed while the licence is written, and reopened, is asked about another EmployeeType: the licence is known as ours', async () => {
  const world = await changedWhileWritten((all) => dismiss(all, 'person1'));
  expect(world.standing().person1).toBe('dismissed/dismissed');
  move(world, 'person1', 'queued');
  world.db.$client.prepare("update people set employee_type = 'N', employee_type_key = 'n'").run();
  await world.cycle();
  expect(world.standing().person1).toBe('needs_attention/licence_differs');
  expect(messageOf(world)).toContain('AutoProvision assigned Exchange Online (Plan 1)');
});

test('whose name is corrected while the licence is written is licensed under it, and told that the other account has one', async () => {
  const world = await changedWhileWritten(({ db }) => {
    const person = db.select().from(people).get();
    if (!person) throw new Error('nobody is there');
    const values = { userPrincipalName: upn('person2'), employeeType: 'E', usageLocation: null };
    expect(editPerson(db, person, values, [], admin, Date.now())).toBe(true);
  });
  await world.cycle();
  expect(world.standing()).toEqual({ person2: 'provisioned/provisioned' });
  expect(messageOf(world)).toContain(upn('person1'));
});
