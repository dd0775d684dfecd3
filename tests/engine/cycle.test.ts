import { existsSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { events } from '#db/schema/events.ts';
import { intents, outcomes } from '#db/schema/outcomes.ts';
import { people } from '#db/schema/people.ts';
import { listPeople } from '#db/store/people/all-people.ts';
import { takeLease } from '#db/store/runs/lease.ts';
import { skuIdOf } from '#lib/demo/tenant/skus.ts';
import { executeRun } from '#lib/engine/run-worker.ts';
import { crowd, csvOf, upn } from '#tests/support/seeds.ts';
import { openWorld } from '#tests/support/world.ts';

const HEADER = 'CN,UserPrincipalName,EmployeeType\n';

describe('a cycle', () => {
  test('takes a file in, licenses, reads back, sees the mailbox answer and says so', async () => {
    const users = crowd(3);
    const world = await openWorld({ users });
    world.drop('newcomers.csv', csvOf(users));
    const run = await world.cycle();
    expect(run.status).toBe('completed');
    expect(world.standing()).toEqual({
      person1: 'provisioned/provisioned',
      person2: 'provisioned/provisioned',
      person3: 'provisioned/provisioned',
    });
    expect(readdirSync(path.join(world.dropFolder, 'Processed')).filter((name) => name.endsWith('.csv'))).toHaveLength(
      1,
    );
    expect(existsSync(path.join(world.dropFolder, 'newcomers.csv'))).toBe(false);
  });

  test('a row without an EmployeeType or a name is a person: the reason asks for the type, and a later row fills it in', async () => {
    const users = crowd(3);
    const world = await openWorld({ users: users.slice(0, 2) });
    world.drop(
      'newcomers.csv',
      `${HEADER}No Type,${upn('person1')},\n,${upn('person2')},E\nNo account,${upn('person3')},\n`,
    );
    await world.cycle();
    expect(world.standing()).toEqual({
      person1: 'needs_attention/employee_type_missing',
      person2: 'provisioned/provisioned',
      person3: 'needs_attention/employee_type_missing',
    });
    world.drop('again.csv', `${HEADER}No Type,${upn('person1')},E\nNo account,${upn('person3')},E\n`);
    await world.cycle();
    expect(world.standing()).toMatchObject({
      person1: 'provisioned/provisioned',
      person3: 'awaiting_sync/not_synchronised',
    });
  });

  test('keeps the request ids, what was written and every change of state', async () => {
    const users = crowd(1);
    const world = await openWorld({ users });
    world.drop('newcomers.csv', csvOf(users));
    await world.cycle();
    const [outcome] = world.db.select().from(outcomes).all();
    expect(outcome).toMatchObject({
      stateBefore: 'queued',
      state: 'provisioned',
      written: [
        { what: 'usage location', from: null, to: 'US', why: 'from the mapping' },
        { what: 'licence', to: 'Exchange Online (Plan 1)' },
      ],
    });
    const calls = outcome?.calls as { call: string; requestId: string | null; status: number }[];
    expect(calls.map(({ call }) => call)).toContain('POST /users/{id}/assignLicense');
    expect(calls.every(({ requestId }) => /^[0-9a-f-]{36}$/.test(requestId ?? ''))).toBe(true);
    expect(
      world.db
        .select()
        .from(intents)
        .all()
        .every(({ result }) => result === 'applied'),
    ).toBe(true);
    const moves = world.db
      .select()
      .from(events)
      .all()
      .filter(({ kind }) => kind === 'person.moved');
    expect(moves).toMatchObject([{ fromState: 'queued', toState: 'provisioned', actor: 'engine' }]);
  });

  test('watches a mailbox over several cycles and calls it provisioned only when it answers', async () => {
    const users = crowd(1, { mailboxOpensAfterMs: 3_600_000 });
    const world = await openWorld({ users });
    world.drop('newcomers.csv', csvOf(users));
    await world.cycle();
    expect(world.standing()).toEqual({ person1: 'awaiting_mailbox/mailbox_opening' });
    const [waiting] = listPeople(world.db, null);
    expect(waiting?.licensedAt).not.toBeNull();
    expect(waiting?.mailboxReadyAt).toBeNull();
    expect(Object.keys(world.outcomes(await world.cycle()))).toEqual([]);
    await world.advance(3_600_001);
    world.letTimePass();
    await world.cycle({ trigger: 'watch' });
    expect(world.standing()).toEqual({ person1: 'provisioned/provisioned' });
  });

  test('carries people who are not synchronised into the next cycle and licenses them once they are', async () => {
    const users = crowd(1, { synchronisesAfterMs: 60_000 });
    const world = await openWorld({ users });
    world.drop('newcomers.csv', csvOf(users));
    await world.cycle();
    expect(world.standing()).toEqual({ person1: 'awaiting_sync/not_synchronised' });
    await world.advance(60_001);
    await world.cycle();
    expect(world.standing()).toEqual({ person1: 'provisioned/provisioned' });
  });

  test('gives seats first come, first served, and the next one as soon as it is free', async () => {
    const users = crowd(3);
    const world = await openWorld({ users, seats: { plan1: 2 } });
    world.drop('newcomers.csv', csvOf(users));
    await world.cycle();
    expect(world.standing()).toMatchObject({ person2: 'provisioned/provisioned', person3: 'awaiting_seat/no_seat' });
    world.buySeats('EXCHANGESTANDARD', 3);
    await world.cycle();
    expect(world.standing()).toMatchObject({ person3: 'provisioned/provisioned' });
  });

  test('holds people beyond the safety limit and lets the rest continue', async () => {
    const users = crowd(5);
    const world = await openWorld({ users, env: { SAFETY_LIMIT: '2' } });
    world.drop('newcomers.csv', csvOf(users));
    const run = await world.cycle();
    expect(run.counts).toEqual({ provisioned: 2, held: 3 });
    expect(await world.ledger('licence')).toHaveLength(2);
  });

  test('a dry run writes nothing anywhere', async () => {
    const users = crowd(2);
    const world = await openWorld({ users });
    world.drop('newcomers.csv', csvOf(users));
    await world.cycle({ dryRun: true });
    expect(world.standing()).toEqual({});
    expect(existsSync(path.join(world.dropFolder, 'newcomers.csv'))).toBe(true);
    expect(await world.ledger()).toEqual([]);
  });

  test('only one cycle at a time: the second says that it is busy and stores nothing', async () => {
    const world = await openWorld();
    takeLease(world.db, 'somebody else', Date.now());
    const request = { trigger: 'command_line', requestedBy: 'test' } as const;
    expect(await executeRun(world.engine, request, new AbortController().signal)).toEqual({ kind: 'busy' });
  });
});

test('a share that cannot be reached is reported with the run, and people who are waiting are still checked', async () => {
  const users = crowd(1);
  const world = await openWorld({ users });
  world.drop('newcomers.csv', csvOf(users));
  await world.fault({ kind: 'reset', match: { path: '/\\$batch' } });
  await world.cycle();
  await world.noFaults();
  rmSync(world.dropFolder, { recursive: true });
  writeFileSync(world.dropFolder, 'a file where the share was');
  const run = await world.cycle();
  expect(run.status).toBe('completed');
  expect(run.warnings).toMatchObject([{ message: expect.stringContaining(world.dropFolder) }]);
  expect(world.standing()).toEqual({ person1: 'provisioned/provisioned' });
});

test('of thousands of entries that cannot be read, a run keeps the first hundred and how many more there are', async () => {
  const users = crowd(1);
  const world = await openWorld({ users });
  for (let n = 1; n <= 3000; n += 1) symlinkSync('/etc/hostname', path.join(world.dropFolder, `link ${n}.csv`));
  world.drop('newcomers.csv', csvOf(users));
  const run = await world.cycle();
  expect(run.warnings).toHaveLength(101);
  expect(run.warnings).toMatchObject(
    [...Array(100).fill('is a symbolic link'), 'are 2,900 more warnings'].map((part) => ({
      message: expect.stringContaining(part),
    })),
  );
  expect(world.standing()).toEqual({ person1: 'provisioned/provisioned' });
});

describe('the script this replaces (anchors §1)', () => {
  test('"does not check the connection: with no session … licenses everyone": a failed sign-in stops the cycle before any write', async () => {
    const users = crowd(2);
    const world = await openWorld({ users });
    await world.fault({ kind: 'token_refused' });
    world.drop('newcomers.csv', csvOf(users));
    const run = await world.cycle();
    expect(run).toMatchObject({ status: 'stopped', reason: 'sign_in_failed' });
    expect(run.message).toContain('AADSTS7000215');
    expect(world.standing()).toEqual({ person1: 'queued/queued', person2: 'queued/queued' });
    expect((await world.snapshot()).counters.writes).toBe(0);
  });

  test('"stamps a run yyMMddhhmmss": ids sort by time, in UTC, and never repeat', async () => {
    const world = await openWorld();
    const ids = [await world.cycle(), await world.cycle(), await world.cycle()].map(({ id }) => id);
    expect(new Set(ids).size).toBe(3);
    expect(ids[0]).toMatch(/^\d{8}T\d{6}Z-/);
  });

  test('"columns come from the first file only": each file is read by itself', async () => {
    const users = crowd(2);
    const world = await openWorld({ users });
    world.drop('a.csv', csvOf(users.slice(0, 1)));
    world.drop('b.csv', `EmployeeType;UPN;Name\nE;${upn('person2')};Two\n`);
    await world.cycle();
    expect(world.standing()).toMatchObject({ person1: 'provisioned/provisioned', person2: 'provisioned/provisioned' });
  });

  test('"moves files before processing: a crash loses the users": rows are stored before the file moves', async () => {
    const users = crowd(1);
    const world = await openWorld({ users });
    await world.fault({ kind: 'reset', match: { path: '/\\$batch' } });
    world.drop('newcomers.csv', csvOf(users));
    expect(await world.cycle()).toMatchObject({ status: 'stopped', reason: 'graph_down' });
    expect(world.standing()).toEqual({ person1: 'queued/queued' });
    await world.noFaults();
    await world.cycle();
    expect(world.standing()).toEqual({ person1: 'provisioned/provisioned' });
  });

  test('"mailbox exists → ERROR … and dropped": it has its own state and is not an error', async () => {
    const users = [
      ...crowd(1, {
        mailboxIsOpen: true,
        licences: [{ skuId: skuIdOf('EXCHANGESTANDARD'), disabledPlans: [], byGroup: null, error: null, at: 0 }],
      }),
      { userPrincipalName: upn('shared'), mailboxIsOpen: true },
    ];
    const world = await openWorld({ users });
    world.drop('newcomers.csv', csvOf(users));
    await world.cycle();
    expect(world.standing()).toEqual({
      person1: 'already_provisioned/mailbox_open_licensed',
      shared: 'needs_attention/mailbox_open_unlicensed',
    });
    expect(await world.ledger()).toEqual([]);
  });

  test('"US forced on every user, overwriting what was right": a set location is never touched', async () => {
    const users = crowd(1, { usageLocation: 'FR' });
    const world = await openWorld({ users });
    world.drop('newcomers.csv', csvOf(users));
    await world.cycle();
    expect((await world.snapshot()).users[0]?.usageLocation).toBe('FR');
    expect((await world.ledger()).map(({ kind }) => kind)).toEqual(['licence']);
  });

  test('a country in the row that differs from the account is said, not written', async () => {
    const users = crowd(1, { usageLocation: 'FR' });
    const world = await openWorld({ users });
    world.drop('newcomers.csv', `CN,UserPrincipalName,EmployeeType,UsageLocation\nOne,${upn('person1')},E,DE\n`);
    await world.cycle();
    expect(listPeople(world.db, null)[0]?.message).toMatch(/row says DE.*FR/);
  });

  test('"E → Plan 1, N → Kiosk": the seeded mappings, compared whatever the case', async () => {
    const users = crowd(2);
    const world = await openWorld({ users });
    world.drop('newcomers.csv', `${HEADER}One,${upn('person1')},e\nTwo,${upn('person2')}, N \n`);
    await world.cycle();
    const skus = (await world.ledger('licence')).map(({ skuIds }) => skuIds[0]);
    expect(skus).toEqual([skuIdOf('EXCHANGESTANDARD'), skuIdOf('EXCHANGEDESKLESS')]);
  });

  test('"any other EmployeeType: the user is lost": it needs attention, by name', async () => {
    const users = crowd(1);
    const world = await openWorld({ users });
    world.drop('newcomers.csv', csvOf(users, 'C'));
    await world.cycle();
    expect(world.standing()).toEqual({ person1: 'needs_attention/type_unmapped' });
    expect(await world.ledger()).toEqual([]);
  });

  test('"writes SUCCESS whether or not the licence went through": a refused licence is explained', async () => {
    const users = [
      { userPrincipalName: upn('conflict'), refusal: 'conflict' as const },
      { userPrincipalName: upn('dependency'), refusal: 'dependency' as const },
    ];
    const world = await openWorld({ users });
    world.drop('newcomers.csv', csvOf(users));
    await world.cycle();
    expect(world.standing()).toEqual({
      conflict: 'needs_attention/service_plans_conflict',
      dependency: 'needs_attention/service_plan_dependency',
    });
  });

  test('"not synchronised → ERROR, carried to the next run, for ever, no count": it waits, is counted, and is reviewed after a limit', async () => {
    const world = await openWorld();
    world.drop('newcomers.csv', csvOf(crowd(1)));
    await world.cycle();
    await world.cycle();
    expect(listPeople(world.db, 'awaiting_sync')).toMatchObject([{ checks: 2 }]);
    world.db
      .update(people)
      .set({ firstSeenAt: Date.now() - 8 * 24 * 3_600_000 })
      .run();
    await world.cycle();
    expect(world.standing()).toEqual({ person1: 'needs_attention/never_synchronised' });
  });

  test('"Test-MapiConnectivity after licensing": the mailbox is touched right after the licence was read back', async () => {
    const users = crowd(1, { mailboxOpensAfterMs: 3_600_000 });
    const world = await openWorld({ users });
    world.drop('newcomers.csv', csvOf(users));
    await world.cycle();
    const calls = (world.db.select().from(outcomes).all()[0]?.calls ?? []) as { call: string }[];
    const names = calls.map(({ call }) => call);
    expect(names.lastIndexOf('GET /users/{id}/mailboxSettings')).toBeGreaterThan(
      names.indexOf('POST /users/{id}/assignLicense'),
    );
    expect(names.at(-1)).toBe('GET /users/{id}/mailboxSettings');
  });

  test('"no overlap lock, no heartbeat": a run left by a dead process is closed and its people continue', async () => {
    const users = crowd(1);
    const world = await openWorld({ users });
    world.drop('newcomers.csv', csvOf(users));
    const dead = await world.cycle();
    world.db.$client.prepare("update runs set status = 'running', finished_at = null where id = ?").run(dead.id);
    await world.cycle();
    expect(world.db.$client.prepare('select status, reason from runs where id = ?').get(dead.id)).toEqual({
      status: 'interrupted',
      reason: 'process_died',
    });
  });
});
