import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect, test } from 'vitest';
import { outbox } from '#db/schema/mail.ts';
import { subscribedSkus } from '#db/schema/mappings.ts';
import { writeQuarantine, writeSchedulerState } from '#db/store/system/engine-state.ts';
import { saveSettings } from '#db/store/system/settings.ts';
import { readEnv } from '#lib/env.ts';
import { forwardLog } from '#lib/log-forward/forwarder.ts';
import { readOverview } from '#lib/services/overview/overview.ts';
import { addFile, addPerson, addRun, openServicesDatabase, operator } from '#tests/support/services-world.ts';

const db = openServicesDatabase();
const viewer = operator('Viewer');
const overview = () => readOverview(viewer);
const health = () => overview().health.map(({ code }) => code);
const tick = () => writeSchedulerState(db, { servedUntil: 0, lastTickAt: Date.now() });

test('a new installation has nothing to do, and says only that the schedule does not run', () => {
  expect(overview()).toMatchObject({
    everybody: 0,
    needsHuman: [],
    waiting: [],
    openRun: null,
    lastRun: null,
    seats: [],
    firstSteps: { isConnected: false, dropFolder: null },
  });
  expect(readOverview(operator('Operator')).firstSteps?.dropFolder).toMatch(/idm$/);
  expect(health()).toEqual(['scheduler']);
  tick();
  expect(health()).toEqual([]);
  expect(overview().nextRunAt).toBeGreaterThan(Date.now());
});

test('the third step is ticked when a file has arrived, also one that was refused, and the first two may still be open', () => {
  expect(overview().firstSteps?.hasFile).toBe(false);
  addFile(db, { name: 'a.csv', status: 'rejected' }, []);
  expect(overview().firstSteps).toMatchObject({ isConnected: false, hasFile: true });
});

test('who needs attention is grouped by cause with the next step, the largest group first', () => {
  for (let n = 0; n < 3; n++) addPerson(db, { reason: 'account_disabled', stateSince: 100 + n });
  addPerson(db, { reason: 'type_unmapped' });
  addPerson(db, { state: 'held', reason: 'safety_limit' });
  addPerson(db, { state: 'awaiting_sync', reason: 'not_synchronised', nextCheckAt: 42 });
  addPerson(db, { state: 'provisioned', reason: 'provisioned' });
  const { needsHuman, waiting, everybody, byState } = overview();
  expect(needsHuman[0]).toMatchObject({
    reason: 'account_disabled',
    title: 'The account is disabled',
    people: 3,
    oldestSince: 100,
  });
  expect(needsHuman[0]?.fix).toBeTruthy();
  expect(needsHuman.map(({ reason }) => reason).toSorted()).toEqual([
    'account_disabled',
    'safety_limit',
    'type_unmapped',
  ]);
  expect(waiting).toMatchObject([{ state: 'awaiting_sync', people: 1, nextCheckAt: 42 }]);
  expect(everybody).toBe(7);
  expect(overview().firstSteps).toBeNull();
  expect(Object.values(byState).reduce((sum, n) => sum + n, 0)).toBe(7);
});

test('a case names who has waited longest and who is on it, and mailboxes that opened today are counted', () => {
  const taken = { assignedTo: 'Otto', assignedKey: 'otto', assignedAt: 1 };
  for (const [displayName, stateSince] of [
    ['third', 30],
    ['first', 10],
    ['second', 20],
  ] as const)
    addPerson(db, { displayName, stateSince, reason: 'account_is_guest', ...(displayName === 'third' ? taken : {}) });
  addPerson(db, { state: 'provisioned', reason: 'provisioned', stateSince: Date.now() });
  addPerson(db, { state: 'provisioned', reason: 'provisioned', stateSince: Date.now() - 48 * 3_600_000 });
  const { needsHuman, openedToday } = overview();
  const guests = needsHuman.find(({ reason }) => reason === 'account_is_guest');
  expect(guests?.first.map(({ displayName }) => displayName)).toEqual(['first', 'second', 'third']);
  expect(guests?.first[2]?.assignedTo).toBe('Otto');
  expect(openedToday).toBe(1);
});

test('a run that works is shown beside the last one that ended', () => {
  addRun(db, 'ended', { status: 'completed', requestedAt: 1 });
  addRun(db, 'working', { status: 'running', requestedAt: 2, finishedAt: null, peopleDue: 9, peopleDone: 4 });
  addRun(db, 'next', { status: 'queued', requestedAt: 3, finishedAt: null });
  expect(overview()).toMatchObject({
    lastRun: { id: 'ended' },
    openRun: { id: 'working', peopleDue: 9, peopleDone: 4 },
  });
});

test('the last thirty cycles that ended, the oldest first; no dry run, watch, re-run or run at work is one', () => {
  for (let n = 1; n <= 32; n += 1)
    addRun(db, `cycle-${n}`, {
      requestedAt: 1000 + n,
      peopleDone: n,
      counts: n === 32 ? { held: 2, provisioned: 30 } : null,
    });
  addRun(db, 'a-dry-run', { requestedAt: 1040, dryRun: true });
  addRun(db, 'a-watch', { requestedAt: 1041, trigger: 'watch' });
  addRun(db, 'a-re-run', { requestedAt: 1042, selection: 'failed' });
  addRun(db, 'at-work', { requestedAt: 1043, status: 'running', finishedAt: null });
  const { cycles } = overview();
  expect(cycles.map(({ id }) => id)).toEqual(Array.from({ length: 30 }, (_, at) => `cycle-${at + 3}`));
  expect(cycles.at(-1)).toMatchObject({ people: 32, attention: 2 });
  expect(cycles.at(0)).toMatchObject({ people: 3, attention: 0 });
});

test('a licence shows its free seats if it makes a mailbox, units in grace included', () => {
  const sku = { capabilityStatus: 'Enabled', servicePlans: [], seenAt: 5 };
  db.insert(subscribedSkus)
    .values([
      {
        ...sku,
        skuId: '1',
        skuPartNumber: 'EXCHANGESTANDARD',
        enabledUnits: 10,
        warningUnits: 2,
        consumedUnits: 9,
        makesMailbox: true,
      },
      {
        ...sku,
        skuId: '2',
        skuPartNumber: 'FLOW_FREE',
        enabledUnits: 99,
        warningUnits: 0,
        consumedUnits: 0,
        makesMailbox: false,
      },
    ])
    .run();
  expect(overview().seats).toEqual([
    {
      skuPartNumber: 'EXCHANGESTANDARD',
      name: 'Exchange Online (Plan 1)',
      enabled: 12,
      consumed: 9,
      free: 3,
      promised: 0,
      left: 3,
      seenAt: 5,
    },
  ]);
});

test('what is unwell is named: Graph, a paused schedule, mail that may not have arrived', () => {
  const now = Date.now();
  tick();
  saveSettings(db, readEnv(), { paused: true }, viewer, now);
  db.insert(outbox)
    .values({
      dedupeKey: 'x',
      sender: 'a@b.example',
      recipients: [],
      subject: 's',
      text: 't',
      html: 'h',
      status: 'uncertain',
      createdAt: now,
    })
    .run();
  const trouble = { since: now, failures: 1, reason: 'graph_down', message: 'Graph is down.', nextProbeAt: now };
  writeQuarantine(db, trouble, now);
  expect(health()).toEqual(['graph', 'paused', 'uncertain_mail']);
  expect(overview().nextRunAt).toBeNull();
});

test('a drop folder that is away stands on the home page until a run reads it again; watch runs do not read it', () => {
  addRun(db, 'away', { requestedAt: Date.now(), warnings: ['The drop folder cannot be read.'] });
  addRun(db, 'watch', { requestedAt: Date.now() + 1, trigger: 'watch', warnings: [] });
  expect(overview().health).toContainEqual({
    code: 'share',
    message: 'The drop folder cannot be read.',
    href: '/runs/away',
  });
  addRun(db, 'back', { requestedAt: Date.now() + 2, warnings: [] });
  expect(health()).not.toContain('share');
});

test('whose licence was sent before Microsoft 365 failed is said to be licensed, not confirmed yet', () => {
  const now = Date.now();
  writeQuarantine(
    db,
    { since: now, failures: 1, reason: 'graph_down', message: 'Down.', nextProbeAt: now + 60_000 },
    now,
  );
  const said = () => overview().health.find(({ code }) => code === 'graph')?.message;
  expect(said()).toBe('Down.');
  addPerson(db, { state: 'queued', reason: 'readback_pending' });
  addPerson(db, { state: 'queued', reason: 'readback_pending' });
  expect(said()).toBe('Down. 2 people are probably licensed, not confirmed yet.');
  writeQuarantine(db, null, now);
});

test('a log that does not reach the system it is sent to is said until it does', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  const target = { protocol: 'tcp', host: '127.0.0.1', port, caFile: null } as const;
  const forwarder = forwardLog(target);
  const said = () => overview().health.find(({ code }) => code === 'log_forward')?.message;
  await expect.poll(said).toMatch(`The log is not reaching tcp://127.0.0.1:${port}: connect ECONNREFUSED`);
  await forwarder.close(0);
  expect(said()).toBeUndefined();
});
