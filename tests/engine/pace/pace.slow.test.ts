/** Guards on what a cycle costs, in counts and never in seconds: the quick forms of the benchmarks (`npm run bench`). */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { people } from '#db/schema/people.ts';
import { readRun, requestRun } from '#db/store/runs/runs.ts';
import { executeRun } from '#lib/engine/run-worker.ts';
import { crowd, csvOf, upn } from '#tests/support/seeds.ts';
import { openWorld, type World, type WorldOptions } from '#tests/support/world.ts';

async function dropped(size: number, options: WorldOptions = {}): Promise<World> {
  const users = options.users ?? crowd(size);
  const world = await openWorld({ ...options, users });
  world.drop('newcomers.csv', csvOf(crowd(size)));
  return world;
}

async function requestsOf(world: World, work: () => Promise<unknown>): Promise<number> {
  const before = (await world.snapshot()).counters.requests;
  await work();
  return (await world.snapshot()).counters.requests - before;
}

describe('burst', () => {
  test('a file that needs the whole budget of a rested tenant goes out at once: nothing of it waits for the next window', async () => {
    // The window is real, 150 s: a single write held back would not be there before this test is given up.
    const world = await dropped(150, { behaviour: { writesPer150s: 300 }, env: { GRAPH_WRITES_PER_150S: '300' } });
    await world.cycle();
    expect((await world.snapshot()).counters).toMatchObject({ writes: 300, throttled: 0 });
    expect(await world.ledger('licence')).toHaveLength(150);
  });

  test.each([1, 4])(
    'a tenant that bears %i licence writes at once refuses few, and everybody is licensed once',
    async (bears) => {
      const world = await dropped(300, {
        users: crowd(300, { usageLocation: 'US' }),
        behaviour: {
          refuseParallelLicenceWrites: true,
          parallelLicenceWrites: bears,
          latencyMs: { read: 0, write: 3, batch: 0 },
        },
      });
      await world.cycle();
      expect(await world.ledger('licence')).toHaveLength(300);
      const { counters } = await world.snapshot();
      expect(counters.writes).toBeLessThan(300 * 1.25);
      expect(counters.requests).toBeLessThan(300 * 0.4);
    },
  );

  test('a tenant that bears more than before is used more: what is under way at once comes back up', async () => {
    const world = await dropped(600, {
      users: crowd(600, { usageLocation: 'US' }),
      behaviour: {
        refuseParallelLicenceWrites: true,
        parallelLicenceWrites: 2,
        latencyMs: { read: 0, write: 3, batch: 0 },
      },
    });
    let most = 0;
    const watch = setInterval(() => {
      most = Math.max(most, world.tenant.tenant.licenceWritesInFlight);
    }, 1);
    const cycle = world.cycle();
    while ((await world.ledger('licence')).length < 150);
    expect(most).toBeLessThanOrEqual(2);
    await world.behave({ parallelLicenceWrites: 50 });
    await cycle;
    clearInterval(watch);
    expect(most).toBeGreaterThan(4);
    expect(await world.ledger('licence')).toHaveLength(600);
  });
});

describe('writes at the limit', () => {
  test('a backlog of several windows is never throttled, and no write is made that an account did not need', async () => {
    const half = (n: number) => crowd(400).slice((n - 1) * 200, n * 200);
    const users = [...half(1), ...half(2).map((user) => ({ ...user, usageLocation: 'DE' }))];
    const world = await dropped(400, {
      users,
      behaviour: { writesPer150s: 200, timeScale: 250 },
      env: { GRAPH_WRITES_PER_150S: '200' },
      timing: { writeWindowMs: 600 },
    });
    await world.cycle();
    expect((await world.snapshot()).counters).toMatchObject({ writes: 200 * 2 + 200, throttled: 0 });
    expect(await world.ledger('licence')).toHaveLength(400);
  });

  test('a smaller budget than documented is noticed: the tenant refuses some requests, and then hardly any', async () => {
    // 25 times faster, and no more: what a busy machine answers late by a moment is late by that much more in the tenant's time.
    const world = await dropped(300, {
      behaviour: { writesPer150s: 100, timeScale: 25 },
      env: { GRAPH_WRITES_PER_150S: '300' },
      timing: { writeWindowMs: 6000 },
    });
    await world.cycle();
    expect(await world.ledger('licence')).toHaveLength(300);
    expect((await world.snapshot()).counters.throttled).toBeLessThan(200);
  });
});

test('a budget that ends earlier than documented has licensed people, not given locations to many more', async () => {
  const world = await dropped(600, { behaviour: { writesPer150s: 600 }, timing: { replicationMs: 20_000 } });
  const stopping = new AbortController();
  const request = { trigger: 'schedule', requestedBy: 'test' } as const;
  const run = executeRun(world.engine, request, stopping.signal);
  // Then the budget is spent; its window is real, 150 s, and is not waited for.
  while ((await world.snapshot()).counters.throttled === 0) await nextTurn();
  stopping.abort(new Error('seen enough'));
  await run;
  expect((await world.ledger('licence')).length).toBeGreaterThanOrEqual(200);
});

test('a location that licensing sees later than reads do: a few find out, the others wait', async () => {
  const world = await dropped(200, { behaviour: { licensingLagMs: 250 } });
  await world.cycle();
  expect(await world.ledger('licence')).toHaveLength(200);
  const { counters } = await world.snapshot();
  expect(counters.writes - 400).toBeLessThanOrEqual(0.05 * 200);
});

test('a bucket that refills: refusals are neither counted as used nor waited for by everybody', async () => {
  // 60 at once, then 500 a second, of which the documented budget (3,000 in 150 s, 25 times faster) knows nothing.
  const world = await dropped(150, {
    behaviour: { writeBucket: { size: 60, perSecond: 20 }, timeScale: 25 },
    timing: { writeWindowMs: 6000, unitWindowMs: 400 },
  });
  await world.cycle();
  expect(await world.ledger('licence')).toHaveLength(150);
  const { counters } = await world.snapshot();
  expect(counters.throttled).toBeLessThan(200);
});

test('a tenant with the smallest of budgets is served as well', async () => {
  const world = await dropped(4, {
    behaviour: { writesPer150s: 1, timeScale: 2500 },
    env: { GRAPH_WRITES_PER_150S: '1' },
    timing: { writeWindowMs: 60 },
  });
  await world.cycle();
  expect(await world.ledger('licence')).toHaveLength(4);
  expect((await world.snapshot()).counters).toMatchObject({ writes: 8, throttled: 0 });
});

describe('requests', () => {
  test('from the file to the open mailbox: few round trips, one write where the location is right', async () => {
    const users = crowd(300, { usageLocation: 'US', mailboxOpensAfterMs: 600_000 });
    const world = await dropped(300, { users });
    await world.cycle();
    for (const minutes of [2, 5, 10]) {
      await world.advance(minutes * 60_000);
      world.letTimePass();
      await world.cycle({ trigger: 'watch' });
    }
    expect(new Set(Object.values(world.standing()))).toEqual(new Set(['provisioned/provisioned']));
    const { counters } = await world.snapshot();
    expect(counters.writes).toBe(300);
    expect(counters.requests / 300).toBeLessThanOrEqual(0.25);
  });

  test.each([
    ['an account', [], 'awaiting_sync'],
    ['a mailbox', crowd(600, { usageLocation: 'US', mailbox: 'never' }), 'awaiting_mailbox'],
  ])(
    '600 people who all still wait for %s cost a cycle hardly more than one round trip for 300',
    async (_what, users, state) => {
      const world = await dropped(600, { users });
      await world.cycle();
      await world.advance(3_600_000);
      world.letTimePass();
      expect(await requestsOf(world, () => world.cycle())).toBeLessThanOrEqual(1 + 2 + Math.ceil(600 / 12 / 20) + 1);
      expect(new Set(Object.values(world.standing()).map((standing) => standing.split('/')[0]))).toEqual(
        new Set([state]),
      );
    },
  );

  test('a cycle with nothing to do asks Graph nothing', async () => {
    const world = await openWorld();
    await world.cycle();
    expect(await requestsOf(world, () => world.cycle())).toBe(0);
  });
});

describe('fairness', () => {
  test('a file that arrives while a big one is processed is imported and does not wait for its end', async () => {
    const users = crowd(620);
    const world = await openWorld({
      users,
      behaviour: { writesPer150s: 200, timeScale: 250 },
      env: { GRAPH_WRITES_PER_150S: '200' },
      timing: { writeWindowMs: 600 },
    });
    world.drop('big.csv', csvOf(users.slice(0, 600)));
    world.drop('small.csv', csvOf(users.slice(600)));
    await world.cycle();
    const order = (await world.ledger('licence')).map(({ userPrincipalName }) => userPrincipalName);
    const small = users.slice(600).map(({ userPrincipalName }) => order.indexOf(userPrincipalName));
    expect(Math.max(...small)).toBeLessThan(320);
  });

  test('where seats are scarce it stays first come, first served', async () => {
    const users = crowd(120);
    const world = await openWorld({ users, seats: { plan1: 110 } });
    world.drop('a-big.csv', csvOf(users.slice(0, 110)));
    world.drop('b-small.csv', csvOf(users.slice(110)));
    await world.cycle();
    const waiting = world.db
      .select()
      .from(people)
      .all()
      .filter(({ state }) => state === 'awaiting_seat');
    expect(waiting.map(({ userPrincipalName }) => userPrincipalName)).toEqual(
      users.slice(110).map(({ userPrincipalName }) => userPrincipalName),
    );
  });

  test('mailboxes are watched beside a cycle that is at work', async () => {
    const opening = [{ userPrincipalName: upn('early'), usageLocation: 'US', mailboxOpensAfterMs: 60_000 }];
    const users = [...crowd(500), ...opening];
    const world = await openWorld({
      users,
      behaviour: { writesPer150s: 200, timeScale: 250 },
      env: { GRAPH_WRITES_PER_150S: '200' },
      timing: { writeWindowMs: 600 },
    });
    world.drop('early.csv', csvOf(opening));
    await world.cycle();
    await world.advance(120_000);
    world.letTimePass();
    world.drop('newcomers.csv', csvOf(users.slice(0, 500)));
    // The cycle of the backlog does not check the early one: it is due a moment after that began.
    world.db
      .update(people)
      .set({ nextCheckAt: Date.now() + 100 })
      .run();
    const cycle = world.cycle({ trigger: 'schedule' });
    while ((await world.ledger('licence')).length < 20);
    const watch = requestRun(world.db, { trigger: 'watch', requestedBy: 'schedule' }, Date.now());
    const { id } = await cycle;
    const ended = (run: string) =>
      world.db.$client.prepare('select finished_at from runs where id = ?').pluck().get(run) as number;
    expect(ended(watch)).toBeLessThan(ended(id));
    expect(world.standing().early).toBe('provisioned/provisioned');
  });

  test('whoever is licensed is watched while others of the same file wait until Microsoft 365 takes their writes', async () => {
    const early = [{ userPrincipalName: upn('early'), usageLocation: 'US', mailboxOpensAfterMs: 1000 }];
    const users = [...early, ...crowd(150)];
    const world = await openWorld({
      users,
      behaviour: { writesPer150s: 40, timeScale: 250 },
      env: { GRAPH_WRITES_PER_150S: '40' },
      timing: { writeWindowMs: 600 },
    });
    world.letTimePass();
    world.drop('newcomers.csv', csvOf(users));
    const cycle = world.cycle({ trigger: 'schedule' });
    await expect.poll(() => world.standing().early).toBe('awaiting_mailbox/mailbox_opening');
    const isEarly = eq(people.userPrincipalName, upn('early'));
    const watched = async () => {
      world.db.update(people).set({ nextCheckAt: Date.now() }).where(isEarly).run();
      const watch = requestRun(world.db, { trigger: 'watch', requestedBy: 'schedule' }, Date.now());
      await expect.poll(() => readRun(world.db, watch)?.status).toBe('completed');
      return world.standing().early;
    };
    await expect.poll(watched).toBe('provisioned/provisioned');
    expect((await world.ledger('licence')).length).toBeLessThan(users.length);
    expect((await cycle).status).toBe('completed');
    expect(await world.ledger('licence')).toHaveLength(users.length);
  });
});
