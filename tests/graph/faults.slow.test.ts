import { describe, expect, test } from 'vitest';
import { outcomes } from '#db/schema/outcomes.ts';
import { noTraffic } from '#lib/graph/http/transport.ts';
import { crowd, csvOf } from '#tests/support/seeds.ts';
import { openWorld, type World, type WorldOptions } from '#tests/support/world.ts';

const BATCH = '/\\$batch';

async function dropped(size: number, options: WorldOptions = {}): Promise<World> {
  const users = crowd(size);
  const world = await openWorld({ ...options, users });
  world.drop('newcomers.csv', csvOf(users));
  return world;
}

/** Everybody is provisioned, and every account was licensed by exactly one write. */
async function expectAllDoneOnce(world: World, size: number): Promise<void> {
  expect(new Set(Object.values(world.standing()))).toEqual(new Set(['provisioned/provisioned']));
  const licences = (await world.ledger('licence')).map(({ userPrincipalName }) => userPrincipalName);
  expect(licences).toHaveLength(size);
  expect(new Set(licences).size).toBe(size);
}

describe('a healthy tenant', () => {
  test('a file of 300 people goes through in one burst without a single 429, far below one request per person', async () => {
    const world = await dropped(300);
    await world.cycle();
    await expectAllDoneOnce(world, 300);
    const { counters } = await world.snapshot();
    expect(counters.throttled).toBe(0);
    expect(counters.writes).toBe(600);
    expect(counters.requests / 300).toBeLessThan(0.4);
  });

  test('2,000 people who are all not synchronised yet cost at most 20 round trips', async () => {
    const world = await openWorld();
    world.drop('newcomers.csv', csvOf(crowd(2000)));
    const run = await world.cycle();
    expect(run.counts).toEqual({ awaiting_sync: 2000 });
    expect((await world.snapshot()).counters.requests).toBeLessThanOrEqual(20);
  });
});

describe('2,000 people who are ready', () => {
  test('are licensed at the write budget without a 429, in at most 0.4 requests per person up to the read-back', async () => {
    // Microsoft's budgets with their windows 20 times shorter, on both sides: long enough for a busy machine to keep up with both.
    const world = await dropped(2000, {
      behaviour: { timeScale: 20 },
      timing: { writeWindowMs: 7500, unitWindowMs: 500 },
    });
    expect(await world.cycle()).toMatchObject({ status: 'completed' });
    await expectAllDoneOnce(world, 2000);
    const { counters } = await world.snapshot();
    expect(counters).toMatchObject({ throttled: 0, writes: 4000 });
    // Everything is counted here, the first touch of each mailbox after the read-back too.
    expect(counters.requests / 2000).toBeLessThanOrEqual(0.4);
  });
});

describe('throttling', () => {
  test('a 429 of the whole request is obeyed and nobody notices', async () => {
    const world = await dropped(30);
    await world.fault({ kind: 'throttle', match: { path: BATCH, inBatch: false }, times: 4, retryAfterS: 0.05 });
    expect(await world.cycle()).toMatchObject({ status: 'completed' });
    await expectAllDoneOnce(world, 30);
  });

  test('a storm of 429s inside batches is obeyed and is not counted as an attempt', async () => {
    const world = await dropped(60);
    await world.fault({ kind: 'throttle', match: { inBatch: true }, probability: 0.6, retryAfterS: 0.01 });
    expect(await world.cycle()).toMatchObject({ status: 'completed' });
    await expectAllDoneOnce(world, 60);
  });

  test('Retry-After is waited for: the tenant gets no request of that person before', async () => {
    const world = await dropped(1);
    await world.fault({
      kind: 'throttle',
      match: { path: 'assignLicense$', inBatch: true },
      times: 1,
      retryAfterS: 0.4,
    });
    await world.cycle();
    await expectAllDoneOnce(world, 1);
    const [outcome] = world.db.select().from(outcomes).all();
    const licence = ((outcome?.calls ?? []) as { call: string; at: number }[]).find(({ call }) =>
      call.includes('assignLicense'),
    );
    expect((licence?.at ?? 0) - (outcome?.at ?? 0) + (outcome?.durationMs ?? 0)).toBeGreaterThanOrEqual(400);
  });

  test('long queues are slowed to the write budget without a 429', async () => {
    // 100 writes in 0.6 s: the documented window, compressed 250 times.
    const world = await dropped(150, {
      behaviour: { writesPer150s: 100, timeScale: 250 },
      env: { GRAPH_WRITES_PER_150S: '100' },
      timing: { writeWindowMs: 600 },
    });
    await world.cycle();
    await expectAllDoneOnce(world, 150);
    const { counters } = await world.snapshot();
    expect(counters).toMatchObject({ throttled: 0, writes: 300 });
  });

  test('a tenant that refuses parallel licence writes is licensed all the same, still in few requests', async () => {
    const world = await dropped(60, {
      behaviour: {
        refuseParallelLicenceWrites: true,
        parallelLicenceWrites: 1,
        latencyMs: { read: 0, write: 2, batch: 0 },
      },
    });
    expect(await world.cycle()).toMatchObject({ status: 'completed' });
    await expectAllDoneOnce(world, 60);
    expect((await world.snapshot()).counters.requests).toBeLessThan(60);
  });
});

/** The answer of a mailbox can be lost as well: then the next cycle asks again. */
async function cyclesUntilOpen(world: World): Promise<void> {
  for (let cycles = 0; cycles < 5; cycles += 1) {
    await world.cycle();
    world.letTimePass();
  }
}

describe('answers that get lost', () => {
  test('a licence whose answer is lost (504) is read back, not written again', async () => {
    const world = await dropped(40);
    await world.fault({ kind: 'lost_answer', match: { path: 'assignLicense$', inBatch: true }, probability: 0.5 });
    await cyclesUntilOpen(world);
    await expectAllDoneOnce(world, 40);
  });

  test('a batch of writes whose whole answer is lost is read back, not written again', async () => {
    const world = await dropped(40);
    await world.fault({ kind: 'lost_answer', match: { path: BATCH, inBatch: false }, probability: 0.3 });
    await cyclesUntilOpen(world);
    await expectAllDoneOnce(world, 40);
  });

  test('lost answers and lagging replicas together still license everybody once', async () => {
    const world = await dropped(40, { behaviour: { replicationLagMs: 100 } });
    await world.fault({ kind: 'lost_answer', match: { path: 'assignLicense$', inBatch: true }, probability: 0.3 });
    await cyclesUntilOpen(world);
    await expectAllDoneOnce(world, 40);
  });

  test('a write that did not arrive is written again after the read-back', async () => {
    const world = await dropped(10);
    await world.fault({ kind: 'unavailable', match: { path: 'assignLicense$', inBatch: true }, times: 5 });
    await cyclesUntilOpen(world);
    await expectAllDoneOnce(world, 10);
  });
});

describe('replication lag', () => {
  test('a location that is set but not seen yet is absorbed, not reported', async () => {
    const world = await dropped(5, { behaviour: { replicationLagMs: 80 } });
    await world.cycle();
    await expectAllDoneOnce(world, 5);
  });

  test('a licence that does not show within the time replication may take is not called licensed', async () => {
    const users = crowd(1, { usageLocation: 'US' });
    const world = await openWorld({ users, behaviour: { replicationLagMs: 60_000 }, timing: { replicationMs: 100 } });
    world.drop('newcomers.csv', csvOf(users));
    await world.cycle();
    expect(world.standing()).toEqual({ person1: 'queued/readback_pending' });
    expect(await world.ledger('licence')).toHaveLength(1);
    await world.behave({ replicationLagMs: 0 });
    world.letTimePass();
    await world.cycle();
    await expectAllDoneOnce(world, 1);
  });
});

describe('faults outside', () => {
  test.each([
    ['503', { kind: 'unavailable' as const }],
    ['500', { kind: 'server_error' as const }],
    ['reset connections', { kind: 'reset' as const }],
    ['malformed bodies', { kind: 'malformed' as const }],
  ])('a few %s are repeated until they pass', async (_name, fault) => {
    const world = await dropped(20);
    await world.fault({ ...fault, match: { path: BATCH, inBatch: false }, times: 2 });
    expect(await world.cycle()).toMatchObject({ status: 'completed' });
    await expectAllDoneOnce(world, 20);
  });

  test('a Graph that hangs is given up after the time-out and the run says so', async () => {
    const world = await dropped(2, { timing: { timeoutMs: 50 } });
    await world.fault({ kind: 'hang', match: { path: BATCH, inBatch: false } });
    expect(await world.cycle()).toMatchObject({ status: 'stopped', reason: 'graph_down' });
    expect(world.standing()).toEqual({ person1: 'queued/queued', person2: 'queued/queued' });
  });

  test('after Graph was down, scheduled cycles wait before they ask again, and an operator may ask at once', async () => {
    const world = await dropped(1);
    await world.fault({ kind: 'reset', match: { path: BATCH } });
    await world.cycle();
    const before = (await world.snapshot()).counters.requests;
    expect(await world.cycle({ trigger: 'schedule' })).toMatchObject({
      status: 'stopped',
      reason: 'waiting_for_graph',
    });
    expect((await world.snapshot()).counters.requests).toBe(before);
    await world.noFaults();
    expect(await world.cycle({ trigger: 'operator' })).toMatchObject({ status: 'completed' });
    expect(await world.cycle({ trigger: 'schedule' })).toMatchObject({ status: 'completed' });
    await expectAllDoneOnce(world, 1);
  });

  test('one account that Graph cannot answer for does not stop the others', async () => {
    const world = await dropped(30);
    const { users } = await world.snapshot();
    await world.fault({ kind: 'server_error', match: { path: `${users[0]?.id}/mailboxSettings`, inBatch: true } });
    expect(await world.cycle()).toMatchObject({ status: 'completed' });
    const standing = Object.values(world.standing());
    expect(standing.filter((one) => one === 'provisioned/provisioned')).toHaveLength(29);
    // Nothing shows a mailbox on this account, as on the others, so that it is licensed like them.
    expect(standing).toContain('awaiting_mailbox/mailbox_opening');
  });

  test('when most people cannot be checked the run stops before any write', async () => {
    const users = crowd(30, { onPremisesSyncEnabled: null, mail: 'a@contoso.example' });
    const world = await openWorld({ users });
    world.drop('newcomers.csv', csvOf(users));
    await world.fault({ kind: 'server_error', match: { path: 'mailboxSettings', inBatch: true }, probability: 0.95 });
    expect(await world.cycle()).toMatchObject({ status: 'stopped', reason: 'most_calls_failed' });
    expect(await world.ledger()).toEqual([]);
  });
});

describe('broken answers here and there', () => {
  test('one in ten, of requests inside batches and of whole batches, stops no run: everybody is licensed by the first', async () => {
    const world = await dropped(200);
    await world.fault({ kind: 'malformed', match: { inBatch: true }, probability: 0.1 });
    await world.fault({ kind: 'malformed', match: { path: BATCH, inBatch: false }, probability: 0.1 });
    expect(await world.cycle()).toMatchObject({ status: 'completed' });
    expect(await world.ledger('licence')).toHaveLength(200);
  });

  test('a few who cannot be looked up stop nobody else', async () => {
    const world = await dropped(40);
    // Three filters of 15 names, four attempts each: only the very last succeeds.
    await world.fault({ kind: 'server_error', match: { path: '/users$', inBatch: true }, times: 4 * 3 - 1 });
    expect(await world.cycle()).toMatchObject({ status: 'completed' });
    expect((await world.ledger('licence')).length).toBeGreaterThanOrEqual(10);
  });
});

describe('a token endpoint', () => {
  test.each([
    ['throttles is throttling', { kind: 'throttle', retryAfterS: 0 } as const, 'graph_down', /throttling sign-ins/],
    ['refuses the secret is a failed sign-in', { kind: 'token_refused' } as const, 'sign_in_failed', /AADSTS7000215/],
  ])('that %s', async (_what, fault, reason, message) => {
    const world = await dropped(1);
    await world.fault({ match: { path: '/oauth2/v2.0/token' }, ...fault });
    const run = await world.cycle();
    expect(run).toMatchObject({ status: 'stopped', reason });
    expect(run.message).toMatch(message);
  });
});

describe('a missing permission', () => {
  test.each([
    ['User.ReadWrite.All', ['LicenseAssignment.Read.All', 'MailboxSettings.Read']],
    ['LicenseAssignment.Read.All', ['User.ReadWrite.All', 'MailboxSettings.Read']],
    ['MailboxSettings.Read', ['User.ReadWrite.All', 'LicenseAssignment.Read.All']],
  ])('%s: the run stops before any write and names it', async (missing, permissions) => {
    const world = await dropped(3, { behaviour: { permissions } });
    const run = await world.cycle();
    expect(run).toMatchObject({ status: 'stopped', reason: 'permission_missing' });
    expect(run.message).toContain(missing.split('.')[0]);
    expect(await world.ledger()).toEqual([]);
    expect(new Set(Object.values(world.standing()))).toEqual(new Set(['queued/queued']));
  });

  test('a refused write stops the run, and everybody continues once it is granted', async () => {
    const world = await dropped(3, {
      behaviour: { permissions: ['User.Read.All', 'LicenseAssignment.Read.All', 'MailboxSettings.Read'] },
    });
    expect(await world.cycle()).toMatchObject({ status: 'stopped', reason: 'permission_missing' });
    await world.behave({ permissions: ['User.ReadWrite.All', 'LicenseAssignment.Read.All', 'MailboxSettings.Read'] });
    await world.cycle();
    await expectAllDoneOnce(world, 3);
  });
});

test('whoever has lost the right to write sends no write any more, not even one that was waiting for its turn', async () => {
  const world = await openWorld({ users: crowd(3) });
  const traffic = noTraffic();
  const upns = crowd(3).map(({ userPrincipalName }) => userPrincipalName);
  const found = await world.engine.directory.findAccounts(upns, { urgent: true, traffic });
  let left = 2;
  const mayWrite = () => {
    left -= 1;
    return left >= 0;
  };
  const results = await Promise.all(
    found.map(({ lookup }) => {
      if (lookup.kind !== 'found') throw new Error('the account is there');
      const assignment = {
        account: lookup.account,
        addLicenses: [],
        removeLicenses: [],
        usageLocation: 'US',
        wasDenied: false,
      };
      return world.engine.directory.assign(assignment, { urgent: true, traffic, mayWrite });
    }),
  );
  expect(results.map(({ kind }) => kind)).toEqual(['not_sent', 'not_sent', 'not_sent']);
  expect(await world.ledger()).toHaveLength(2);
});
