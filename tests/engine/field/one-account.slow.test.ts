/** What is refused for one account is that account’s affair: nobody else waits, and nobody waits for ever without a human being asked. */
import { eq } from 'drizzle-orm';
import { describe, expect, test, vi } from 'vitest';
import { intents } from '#db/schema/outcomes.ts';
import { listPeople } from '#db/store/people/all-people.ts';
import { requestRun } from '#db/store/runs/runs.ts';
import { readQuarantine } from '#db/store/system/engine-state.ts';
import { type Behaviour, DEFAULT_BEHAVIOUR } from '#lib/demo/tenant/behaviour.ts';
import { crowd, csvOf, upn } from '#tests/support/seeds.ts';
import { openWorld, type World } from '#tests/support/world.ts';

const HOUR = 3_600_000;

type Refusal = [on: 'assignLicense' | 'location', status: number, code: string, message: string];

/** None of these says that trying again is pointless. */
const PASSING: Refusal[] = [
  ['assignLicense', 401, 'InvalidAuthenticationToken', 'Access token validation failure.'],
  ['assignLicense', 404, 'Request_ResourceNotFound', 'The resource does not exist.'],
  ['assignLicense', 409, 'Conflict', 'Otra operación está en curso.'],
  ['assignLicense', 400, 'Directory_ConcurrencyViolation', 'Es laufen andere Anforderungen.'],
  ['assignLicense', 418, '', ''],
  ['assignLicense', 423, 'Locked', 'The resource is locked.'],
  ['assignLicense', 500, 'Service_InternalServerError', 'Encountered an internal server error.'],
  ['assignLicense', 503, 'ServiceUnavailable', 'The service is down.'],
  ['assignLicense', 504, 'UnknownError', ''],
  ['location', 404, 'Request_ResourceNotFound', 'The resource does not exist.'],
  ['location', 423, 'Locked', 'The resource is locked.'],
  ['location', 500, 'Service_InternalServerError', 'Encountered an internal server error.'],
];

/** The first accounts refuse, each in its own way; 30 others do not. */
async function refusing(refusals: readonly Refusal[]): Promise<World> {
  const users = crowd(refusals.length + 30);
  const world = await openWorld({ users, timing: { replicationMs: 30, throttlePatienceMs: 1000 } });
  for (const [index, [on, status, code, message]] of refusals.entries()) {
    const id = world.tenant.tenant.users[index]?.id;
    const match = on === 'location' ? { method: 'PATCH', path: `/users/${id}$` } : { path: `/users/${id}/${on}$` };
    await world.fault({ kind: 'refused', match, answer: { status, code, message } });
  }
  world.drop('newcomers.csv', csvOf(users));
  return world;
}

const standings = (world: World) => Object.values(world.standing());

test('writes that one account keeps refusing are tried again, and after a day a human is asked, with the last answer', async () => {
  const world = await refusing(PASSING);
  const run = await world.cycle();
  expect(run.status).toBe('completed');
  for (const standing of standings(world).slice(0, PASSING.length))
    expect(standing).toMatch(/^queued\/(write_failed|readback_pending)$/);
  expect(standings(world).slice(PASSING.length)).toEqual(Array(30).fill('provisioned/provisioned'));
  for (let time = 0; time < 2; time += 1) {
    // The second time: what was asked stays asked.
    await world.timePasses(25 * HOUR);
    await world.cycle();
    const asked = listPeople(world.db, null).slice(0, PASSING.length);
    expect(asked.map(({ state, reason }) => `${state}/${reason}`)).toEqual(
      PASSING.map(() => 'needs_attention/unknown_too_long'),
    );
    for (const [index, { message }] of asked.entries()) {
      const [, status, code, said] = PASSING[index] ?? [];
      expect(message).toContain(`Graph answered ${[status, code, said?.replace(/\.$/, '')].filter(Boolean).join(' ')}`);
      expect(message).toMatch(/Request id: [0-9a-f-]{36}\.$/);
    }
  }
  await world.noFaults();
  await world.timePasses(7 * HOUR);
  await world.cycle();
  expect(new Set(standings(world))).toEqual(new Set(['provisioned/provisioned']));
});

test('a refusal that nobody understands is told at once, and tried again a few times on the first day, then once a day', async () => {
  const world = await openWorld({ users: crowd(1), timing: { replicationMs: 30 } });
  const answer = { status: 400, code: 'Request_BadRequest', message: '別の要求が進行中です。' };
  await world.fault({ kind: 'refused', match: { path: 'assignLicense$' }, answer });
  world.drop('newcomers.csv', csvOf(crowd(1)));
  const writes = () => world.db.select().from(intents).where(eq(intents.kind, 'licence')).all().length;
  const writesByDay: number[] = [];
  for (let day = 0; day < 2; day += 1) {
    for (let cycle = 0; cycle < 24; cycle += 1) {
      await world.cycle({ checkAll: true });
      expect(standings(world)).toEqual(['needs_attention/licence_refused']);
      await world.timePasses(HOUR);
    }
    writesByDay.push(writes());
  }
  expect(writesByDay).toEqual([3, 4]);
  await world.noFaults();
  await world.timePasses(24 * HOUR);
  await world.cycle();
  expect(standings(world)).toEqual(['provisioned/provisioned']);
});

describe('403 on the only account that is written to', () => {
  const licenceWrites = (world: World) =>
    world.db.select().from(intents).where(eq(intents.kind, 'licence')).all().length;

  test('while a permission was missing for a moment heals by itself once it is there again', async () => {
    const users = crowd(3);
    const world = await openWorld({ users });
    world.drop('first.csv', csvOf(users.slice(0, 2)));
    await world.cycle();
    await world.fault({ kind: 'forbidden', match: { path: 'assignLicense$' } });
    world.drop('late.csv', csvOf(users.slice(2)));
    await world.cycle();
    expect(world.standing()).toMatchObject({ person3: 'needs_attention/access_denied' });
    await world.noFaults();
    await world.timePasses(HOUR);
    await world.cycle();
    expect(world.standing()).toMatchObject({ person3: 'provisioned/provisioned' });
  });

  test('that never allows it stays one case, and is written to a few times on the first day, then once a day', async () => {
    const world = await openWorld({ users: crowd(1), timing: { replicationMs: 30 } });
    await world.fault({ kind: 'forbidden', match: { path: 'assignLicense$' } });
    world.drop('newcomers.csv', csvOf(crowd(1)));
    const writesByDay: number[] = [];
    for (let day = 0; day < 3; day += 1) {
      for (let cycle = 0; cycle < 24; cycle += 1) {
        await world.cycle({ checkAll: true });
        expect(standings(world)).toEqual(['needs_attention/access_denied']);
        await world.timePasses(HOUR);
      }
      writesByDay.push(licenceWrites(world));
    }
    expect(writesByDay).toEqual([3, 4, 5]);
  });
});

test('several accounts that are known to deny access, tried again after a start, are not taken for a missing permission', async () => {
  const users = crowd(6);
  const world = await openWorld({ users });
  const denied = users.slice(0, 5);
  for (const { id } of (await world.snapshot()).users.slice(0, 5))
    await world.fault({ kind: 'forbidden', match: { path: `/${id}/assignLicense$` } });
  world.drop('newcomers.csv', csvOf(users));
  await world.cycle();
  expect(standings(world).filter((one) => one === 'needs_attention/access_denied')).toHaveLength(denied.length);
  world.restart();
  await world.timePasses(HOUR);
  expect(await world.cycle()).toMatchObject({ status: 'completed' });
  expect(readQuarantine(world.db)).toBeNull();
  expect(standings(world).filter((one) => one === 'needs_attention/access_denied')).toHaveLength(denied.length);
});

test('those who are left with a fault of their own stop no later run, though it checks nobody else', async () => {
  const users = crowd(8, { onPremisesSyncEnabled: null });
  const world = await openWorld({ users });
  for (const { id } of world.tenant.tenant.users.slice(0, 2))
    await world.fault({ kind: 'server_error', match: { path: `/users/${id}/mailboxSettings$` } });
  world.drop('newcomers.csv', csvOf(users));
  await world.cycle();
  expect(await world.cycle({ checkAll: true })).toMatchObject({ status: 'completed', reason: null });
  expect(standings(world)).toEqual([
    ...Array(2).fill('queued/mailbox_unknown'),
    ...Array(6).fill('provisioned/provisioned'),
  ]);
});

test('a mailbox that answers 429 for ever does not stop the run', async () => {
  const users = crowd(3);
  const world = await openWorld({ users, timing: { throttlePatienceMs: 300 } });
  const id = world.tenant.tenant.users[0]?.id;
  await world.fault({ kind: 'throttle', match: { path: `/users/${id}/mailboxSettings$` }, retryAfterS: 0.1 });
  world.drop('newcomers.csv', csvOf(users));
  const run = await world.cycle();
  expect(run.status).toBe('completed');
  expect(world.standing()).toMatchObject({
    person2: 'provisioned/provisioned',
    person3: 'provisioned/provisioned',
  });
});

test('a licence that is throttled for ever was never sent: it is not said to be, and is tried again', async () => {
  const users = crowd(3);
  const world = await openWorld({ users, timing: { throttlePatienceMs: 300, replicationMs: 50 } });
  const id = world.tenant.tenant.users[0]?.id;
  await world.fault({ kind: 'throttle', match: { path: `/users/${id}/assignLicense$` }, retryAfterS: 0.1 });
  world.drop('newcomers.csv', csvOf(users));
  await world.cycle();
  expect(standings(world)).toEqual(['queued/write_failed', 'provisioned/provisioned', 'provisioned/provisioned']);
  await world.noFaults();
  world.letTimePass();
  await world.cycle();
  expect(new Set(standings(world))).toEqual(new Set(['provisioned/provisioned']));
});

test('a mailbox that is throttled alone keeps nobody waiting for what the others answered, and is asked again', async () => {
  // With an address there may be a mailbox already: each is asked before anything is written.
  const users = crowd(3, { mail: 'routed@contoso.example' });
  const world = await openWorld({ users });
  const id = world.tenant.tenant.users[0]?.id;
  await world.fault({ kind: 'throttle', match: { path: `/users/${id}/mailboxSettings$` }, retryAfterS: 300 });
  world.drop('newcomers.csv', csvOf(users));
  await world.cycle();
  expect(standings(world)).toEqual(['queued/mailbox_unknown', 'provisioned/provisioned', 'provisioned/provisioned']);
  await world.noFaults();
  world.letTimePass();
  await world.cycle();
  expect(new Set(standings(world))).toEqual(new Set(['provisioned/provisioned']));
});

test('no seat for one account, while Microsoft 365 counts free ones: said as it is, and never “no free seat”', async () => {
  const text = 'Subscription with SKU 4b9405b0 does not have any available licenses.';
  const world = await refusing([['assignLicense', 400, 'Request_BadRequest', text]]);
  await world.cycle();
  expect(standings(world)[0]).toBe('awaiting_seat/no_seat');
  expect(listPeople(world.db, null)[0]?.message).toMatch(/counted free seats .* then refused/);
  await world.noFaults();
  await world.cycle();
  expect(standings(world)[0]).toBe('provisioned/provisioned');
});

test('two rows that lead to one account write to it once, and two EmployeeTypes are asked about', async () => {
  const onPremisesUserPrincipalName = 'ada@corp.contoso.local';
  const world = await openWorld({
    users: [{ userPrincipalName: upn('ada'), onPremisesUserPrincipalName, mailboxOpensAfterMs: 0 }],
  });
  const rows = [`Ada,${upn('ada')},E`, `Ada,${onPremisesUserPrincipalName},N`];
  world.drop('newcomers.csv', `CN,UserPrincipalName,EmployeeType\n${rows.join('\n')}\n`);
  await world.cycle();
  expect(listPeople(world.db, null).map(({ state, reason }) => `${state}/${reason}`)).toEqual([
    'provisioned/provisioned',
    'needs_attention/other_licence',
  ]);
  expect(await world.ledger('licence')).toHaveLength(1);
  world.letTimePass();
  await world.cycle();
  expect(listPeople(world.db, null)[1]?.message).not.toContain('renamed');
  // It was assigned, for the other row.
  expect(listPeople(world.db, null)[1]?.message).toContain('did not assign Exchange Online (Plan 1) for this row');
});

describe('two rows that lead to one account in two runs', () => {
  const onPremisesUserPrincipalName = 'ada@corp.contoso.local';
  const ofOne = (id: number) =>
    ({
      trigger: 'operator',
      requestedBy: 'test',
      selection: { kind: 'chosen', people: [{ id, mappingId: null }] },
    }) as const;

  async function known(behaviour: Partial<Behaviour>): Promise<World> {
    const ada = { userPrincipalName: upn('ada'), onPremisesUserPrincipalName, usageLocation: 'US' };
    const world = await openWorld({ users: [{ ...ada, mailboxOpensAfterMs: 0 }], behaviour });
    const rows = [`Ada,${upn('ada')},E`, `Ada,${onPremisesUserPrincipalName},N`];
    world.drop('newcomers.csv', `CN,UserPrincipalName,EmployeeType\n${rows.join('\n')}\n`);
    await world.behave({ permissions: [] });
    await world.cycle();
    await world.behave({ permissions: DEFAULT_BEHAVIOUR.permissions });
    return world;
  }

  test('at a time: it is written to for one of them', async () => {
    const world = await known({ latencyMs: { read: 50, write: 400, batch: 0 } });
    requestRun(world.db, ofOne(2), Date.now());
    await world.cycle(ofOne(1));
    expect(await world.ledger('licence')).toHaveLength(1);
    world.letTimePass();
    await world.cycle();
    expect(await world.ledger('licence')).toHaveLength(1);
  });

  test('one after the other: the second waits until it is known what became of the first write', async () => {
    const world = await known({ replicationLagMs: 3_600_000 });
    await world.cycle(ofOne(1));
    expect(listPeople(world.db, null)[0]).toMatchObject({ state: 'queued', reason: 'readback_pending' });
    await world.cycle(ofOne(2));
    expect(await world.ledger('licence')).toHaveLength(1);
    await world.behave({ replicationLagMs: 0 });
    world.letTimePass();
    await world.cycle();
    expect(listPeople(world.db, null).map(({ reason }) => reason)).toEqual(['provisioned', 'other_licence']);
    expect(await world.ledger('licence')).toHaveLength(1);
  });
});

test('a mailbox that turns out on-premises after the licence: nobody says that no licence was assigned', async () => {
  const world = await openWorld({ users: crowd(2) });
  const id = world.tenant.tenant.users[1]?.id;
  const answer = { status: 404, code: 'MailboxNotHostedInExchangeOnline', message: 'Elsewhere.' };
  await world.fault({ kind: 'refused', match: { path: `/users/${id}/mailboxSettings$` }, answer });
  world.drop('newcomers.csv', csvOf(crowd(2)));
  await world.cycle();
  expect(await world.ledger('licence')).toHaveLength(2);
  expect(listPeople(world.db, null)[1]).toMatchObject({
    reason: 'mailbox_on_premises',
    message: expect.stringMatching(/the licence that AutoProvision assigned/),
  });
});

describe('Graph asks to wait for days', () => {
  const DAYS = { kind: 'throttle', retryAfterS: 3 * 86_400 } as const;
  const mailboxes = (world: World) =>
    world.tenant.tenant.requests.filter(({ url }) => url.includes('/mailboxSettings'));

  test.each([
    ['synchronised', true],
    ['made in the cloud', false],
  ])('before mailboxes are asked: newcomers %s are licensed, and log and run say until when', async (_, isSynced) => {
    const users = crowd(25).map((user) => ({ ...user, onPremisesSyncEnabled: isSynced, proxyAddresses: [] }));
    const world = await openWorld({ users, timing: { replicationMs: 30, throttlePatienceMs: 60_000 } });
    await world.fault({ ...DAYS, match: { path: 'mailboxSettings$' } });
    world.drop('newcomers.csv', csvOf(users));
    const run = await world.cycle();
    expect(run).toMatchObject({ status: 'completed', reason: null });
    const message = expect.stringMatching(
      /^GET \/users\/\{id\}\/mailboxSettings was left out.* only after \d{4}-\d\d-\d\d \d\d:00 UTC/,
    );
    expect(run.warnings).toMatchObject([{ message }]);
    expect(await world.ledger('licence')).toHaveLength(25);
    expect(standings(world).every((standing) => standing.startsWith('awaiting_mailbox/'))).toBe(true);
    // And nobody is told that a mailbox was accessed.
    expect(listPeople(world.db, null).map(({ message }) => message)).not.toContainEqual(
      expect.stringMatching(/access/i),
    );
    // Nothing is asked again within the patience, and nobody waits for it.
    const asked = mailboxes(world).length;
    expect((await world.cycle({ checkAll: true })).status).toBe('completed');
    expect(mailboxes(world)).toHaveLength(asked);
    expect(standings(world).every((standing) => standing.startsWith('awaiting_mailbox/'))).toBe(true);
  });

  test('before mailboxes are asked: after the longest that anybody waits they are asked all the same', async () => {
    const users = crowd(3);
    const world = await openWorld({ users, timing: { replicationMs: 30, throttlePatienceMs: 100 } });
    await world.fault({ ...DAYS, match: { path: 'mailboxSettings$' } });
    world.drop('newcomers.csv', csvOf(users));
    await world.cycle();
    await world.noFaults();
    await vi.waitFor(
      async () => {
        await world.cycle({ checkAll: true });
        expect(new Set(standings(world))).toEqual(new Set(['provisioned/provisioned']));
      },
      { timeout: 60_000 },
    );
  });

  test('before licences are written: the run stops and says so, and the next one in this process does not wait for days', async () => {
    const users = crowd(3);
    const world = await openWorld({ users, timing: { replicationMs: 30, throttlePatienceMs: 100 } });
    await world.fault({ ...DAYS, match: { path: 'assignLicense$' } });
    world.drop('newcomers.csv', csvOf(users));
    expect(await world.cycle()).toMatchObject({ status: 'stopped', reason: 'graph_down' });
    await world.noFaults();
    expect((await world.cycle({ checkAll: true })).status).toBe('completed');
    expect(new Set(standings(world))).toEqual(new Set(['provisioned/provisioned']));
  });

  test('for one account: its licence is written once in a run, and everybody else is licensed', async () => {
    const users = crowd(5);
    const world = await openWorld({ users, timing: { replicationMs: 30, throttlePatienceMs: 60_000 } });
    const [one] = world.tenant.tenant.users;
    await world.fault({ ...DAYS, match: { path: `${one?.id}/assignLicense$` } });
    world.drop('newcomers.csv', csvOf(users));
    expect(await world.cycle()).toMatchObject({ status: 'completed', warnings: [] });
    expect(await world.ledger('licence')).toHaveLength(4);
    expect((await world.snapshot()).counters.throttled).toBe(1);
    await world.noFaults();
    await world.cycle({ checkAll: true });
    expect(new Set(standings(world))).toEqual(new Set(['provisioned/provisioned']));
  });
});
