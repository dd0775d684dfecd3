import { readdirSync } from 'node:fs';
import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { events } from '#db/schema/events.ts';
import { dryRunOutcomes } from '#db/schema/outcomes.ts';
import { people } from '#db/schema/people.ts';
import { runs } from '#db/schema/runs.ts';
import { insertMapping, mappingsInForce } from '#db/store/mappings/mappings.ts';
import { releaseLease, takeLease } from '#db/store/runs/lease.ts';
import { requestRun } from '#db/store/runs/runs.ts';
import { saveSettings } from '#db/store/system/settings.ts';
import { executeRun } from '#lib/engine/run-worker.ts';
import { crowd, csvOf, upn } from '#tests/support/seeds.ts';
import { openWorld, type World } from '#tests/support/world.ts';

const idOf = (world: World, name: string) =>
  world.db
    .select({ id: people.id })
    .from(people)
    .where(eq(people.upnKey, upn(name)))
    .get()?.id ?? 0;

const admin = { name: 'Demo Admin', key: 'demo/admin' };
const quiet = new AbortController().signal;

describe('a run for chosen people', () => {
  test('checks exactly these, also where their check is not due, and leaves the drop folder alone', async () => {
    const users = crowd(3, { userType: 'Guest' });
    const world = await openWorld({ users });
    world.drop('newcomers.csv', csvOf(users));
    await world.cycle();
    world.drop('later.csv', csvOf(crowd(1, { userPrincipalName: upn('later') })));
    const chosen = [{ id: idOf(world, 'person2'), mappingId: null }];
    const run = await world.cycle({ selection: { kind: 'chosen', people: chosen } });
    expect(world.outcomes(run)).toEqual({ person2: 'needs_attention/account_is_guest' });
    expect(run.peopleDue).toBe(1);
    expect(world.standing()).not.toHaveProperty('later');
  });

  test('does not check who is closed or held meanwhile', async () => {
    const users = crowd(3);
    const world = await openWorld({ users, env: { SAFETY_LIMIT: '1' } });
    world.drop('newcomers.csv', csvOf(users));
    await world.cycle();
    const everybody = ['person1', 'person2', 'person3'].map((name) => ({ id: idOf(world, name), mappingId: null }));
    const run = await world.cycle({ selection: { kind: 'all', people: everybody } });
    expect(world.outcomes(run)).toEqual({});
    expect(world.standing()).toMatchObject({ person1: 'provisioned/provisioned', person2: 'held/safety_limit' });
  });

  test('is decided by the mapping version it was started with', async () => {
    const users = crowd(2, { accountEnabled: true });
    const world = await openWorld({ users, seats: { plan1: 0 } });
    world.drop('newcomers.csv', csvOf(users));
    await world.cycle();
    const then = mappingsInForce(world.db).get('e')?.id ?? 0;
    world.db.transaction((tx) =>
      insertMapping(
        tx,
        {
          employeeType: 'E',
          licences: [{ skuPartNumber: 'EXCHANGEDESKLESS', disabledPlans: [] }],
          usageLocation: 'DE',
        },
        'Demo Admin',
        Date.now(),
      ),
    );
    const ask = (name: string, mappingId: number | null) =>
      world.cycle({ selection: { kind: 'chosen', people: [{ id: idOf(world, name), mappingId }] } });
    await ask('person1', then);
    await ask('person2', null);
    expect(world.standing()).toMatchObject({ person1: 'awaiting_seat/no_seat', person2: 'provisioned/provisioned' });
  });
});

describe('a dry run', () => {
  test('works beside a cycle, writes nothing and keeps what it found out', async () => {
    const users = crowd(2);
    const world = await openWorld({ users, seats: { plan1: 1 } });
    world.drop('newcomers.csv', csvOf(users));
    takeLease(world.db, 'a cycle elsewhere', Date.now());
    const first = await world.cycle({ dryRun: true });
    expect(first).toMatchObject({ status: 'completed', peopleDue: 0 });
    expect(readdirSync(world.dropFolder)).toContain('newcomers.csv');
    releaseLease(world.db, 'a cycle elsewhere');
    await world.cycle();
    const run = await world.cycle({ dryRun: true, checkAll: true });
    expect(world.db.select().from(dryRunOutcomes).where(eq(dryRunOutcomes.runId, run.id)).all()).toMatchObject([
      { personId: idOf(world, 'person2'), line: null, state: 'awaiting_seat', reason: 'no_seat', licences: [] },
    ]);
    expect(run.counts).toEqual({ awaiting_seat: 1 });
    expect(world.outcomes(run)).toEqual({});
  });

  test('says which licence it would assign, and assigns none', async () => {
    const users = crowd(1);
    const world = await openWorld({ users, seats: { plan1: 0 } });
    world.drop('newcomers.csv', csvOf(users));
    await world.cycle();
    world.buySeats('EXCHANGESTANDARD', 5);
    const run = await world.cycle({ dryRun: true, checkAll: true });
    expect(world.db.select().from(dryRunOutcomes).where(eq(dryRunOutcomes.runId, run.id)).all()).toMatchObject([
      { state: 'awaiting_seat', reason: 'would_license', licences: ['EXCHANGESTANDARD'], usageLocation: 'US' },
    ]);
    expect(await world.ledger()).toEqual([]);
    expect(world.standing()).toEqual({ person1: 'awaiting_seat/no_seat' });
  });
});

test('a cancelled run begins no new write, records what was started, and the next one continues', async () => {
  const users = crowd(900);
  const world = await openWorld({ users, behaviour: { latencyMs: { read: 0, write: 600, batch: 0 } } });
  world.drop('newcomers.csv', csvOf(users));
  const id = world.db.transaction((tx) =>
    requestRun(tx, { trigger: 'operator', requestedBy: 'Demo Operator' }, Date.now()),
  );
  const ended = executeRun(world.engine, id, quiet);
  while ((await world.ledger('licence')).length < 20);
  world.db.update(runs).set({ cancelRequestedAt: Date.now(), cancelRequestedBy: 'Demo Operator' }).run();
  await ended;
  const run = world.db.select().from(runs).where(eq(runs.id, id)).get();
  expect(run).toMatchObject({ status: 'stopped', reason: 'cancelled' });
  expect(run?.message).toContain('Demo Operator cancelled the run.');
  const licensed = (await world.ledger('licence')).length;
  expect(licensed).toBeLessThan(900);
  const standing = Object.values(world.standing());
  expect(
    standing.filter((state) => state.startsWith('provisioned') || state.startsWith('awaiting_mailbox')),
  ).toHaveLength(licensed);
  world.letTimePass();
  expect((await world.cycle()).status).toBe('completed');
  expect(new Set(Object.values(world.standing()))).toEqual(new Set(['provisioned/provisioned']));
});

test('an approval is for the plan that was approved: another plan is held again and says so', async () => {
  const users = crowd(2);
  const world = await openWorld({ users, env: { SAFETY_LIMIT: '1' } });
  world.drop('newcomers.csv', csvOf(users));
  await world.cycle();
  const held = world.db.select().from(people).where(eq(people.state, 'held')).get();
  expect(JSON.parse(held?.heldPlan ?? '')).toEqual({
    licences: [{ skuPartNumber: 'EXCHANGESTANDARD', disabledPlans: [] }],
    usageLocation: 'US',
  });
  world.db
    .update(people)
    .set({
      state: 'queued',
      approvedAt: 1,
      approvedBy: 'Demo Operator',
      approvedPlan: held?.heldPlan ?? null,
      nextCheckAt: 0,
    })
    .where(eq(people.id, held?.id ?? 0))
    .run();
  world.db.transaction((tx) =>
    insertMapping(
      tx,
      { employeeType: 'E', licences: [{ skuPartNumber: 'EXCHANGEDESKLESS', disabledPlans: [] }], usageLocation: 'DE' },
      'Demo Admin',
      Date.now(),
    ),
  );
  await world.cycle();
  const now = world.db
    .select()
    .from(people)
    .where(eq(people.id, held?.id ?? 0))
    .get();
  expect(now).toMatchObject({ state: 'held', reason: 'approval_void', approvedAt: null, approvedPlan: null });
  expect(now?.message).toContain('Exchange Online Kiosk with usage location DE');
});

test('what an operator asks for about a person goes before the rest of a long cycle', async () => {
  const users = crowd(700);
  // 200 writes in 0.6 s: the backlog takes several windows.
  const world = await openWorld({
    users,
    behaviour: { writesPer150s: 200, timeScale: 250 },
    env: { GRAPH_WRITES_PER_150S: '200' },
    timing: { writeWindowMs: 600 },
  });
  world.drop('newcomers.csv', csvOf(users));
  const cycle = world.cycle({ trigger: 'schedule' });
  while ((await world.ledger('licence')).length === 0);
  const last = idOf(world, 'person700');
  const id = world.db.transaction((tx) =>
    requestRun(
      tx,
      {
        trigger: 'operator',
        requestedBy: 'Demo Operator',
        selection: { kind: 'chosen', people: [{ id: last, mappingId: null }] },
      },
      Date.now(),
    ),
  );
  const { id: cycleId } = await cycle;
  const endOf = (runId: string) => world.db.select().from(runs).where(eq(runs.id, runId)).get()?.finishedAt ?? 0;
  expect(endOf(id)).toBeGreaterThan(0);
  expect(endOf(id)).toBeLessThan(endOf(cycleId));
  expect(Object.values(world.standing()).every((state) => state === 'provisioned/provisioned')).toBe(true);
  expect(await world.ledger('licence')).toHaveLength(700);
});

test('a usage location that an operator set for a person replaces the one of the account, and nothing else does', async () => {
  const users = crowd(2, { usageLocation: 'FR' });
  const world = await openWorld({ users, seats: { plan1: 0 } });
  world.drop('newcomers.csv', csvOf(users));
  await world.cycle();
  world.buySeats('EXCHANGESTANDARD', 5);
  world.db
    .update(people)
    .set({ usageLocation: 'DE', locationSetBy: 'Demo Operator' })
    .where(eq(people.upnKey, upn('person1')))
    .run();
  world.letTimePass();
  await world.cycle();
  const { users: now } = await world.snapshot();
  const locations = now.map(({ userPrincipalName, usageLocation }) => [userPrincipalName, usageLocation]);
  expect(locations).toEqual([
    [upn('person1'), 'DE'],
    [upn('person2'), 'FR'],
  ]);
  expect(world.standing()).toEqual({ person1: 'provisioned/provisioned', person2: 'provisioned/provisioned' });
});

test('the waiting times of Settings decide when somebody needs attention', async () => {
  const world = await openWorld({});
  saveSettings(world.db, world.engine.env, { syncLimitDays: 1 }, admin, Date.now());
  world.drop('newcomers.csv', csvOf(crowd(1)));
  await world.cycle();
  world.db
    .update(people)
    .set({ firstSeenAt: Date.now() - 2 * 24 * 3_600_000, nextCheckAt: 0 })
    .run();
  await world.cycle();
  expect(world.standing()).toEqual({ person1: 'needs_attention/never_synchronised' });
  expect(world.db.select().from(events).where(eq(events.reason, 'never_synchronised')).all()).toHaveLength(1);
});

test('the drop folder of Settings is the one that is read', async () => {
  const users = crowd(1);
  const world = await openWorld({ users });
  const other = `${world.dataDir}/elsewhere`;
  saveSettings(world.db, world.engine.env, { dropFolder: other }, admin, Date.now());
  world.drop('newcomers.csv', csvOf(users));
  await world.cycle();
  expect(world.standing()).toEqual({});
});
