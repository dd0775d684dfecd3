import { beforeEach, expect, test } from 'vitest';
import { openDatabase } from '#db/client.ts';
import { events } from '#db/schema/events.ts';
import { dryRunOutcomes, outcomes } from '#db/schema/outcomes.ts';
import { runs } from '#db/schema/runs.ts';
import { beginRun, requestRun } from '#db/store/runs/runs.ts';
import { readEnv } from '#lib/env.ts';
import { readLiveUpdate } from '#lib/services/live/live-updates.ts';
import { startRun } from '#lib/services/runs/run-requests.ts';
import { listRuns, readRun, readRunLog } from '#lib/services/runs/runs.ts';
import { rewriteHistory } from '#tests/support/rewrite-history.ts';
import { addOutcome, addPerson, addRun, openServicesDatabase, operator } from '#tests/support/services-world.ts';

const db = openServicesDatabase();
const viewer = operator('Viewer');
const helpdesk = operator('Operator');

beforeEach(() => {
  rewriteHistory(db, () => db.delete(events).run());
  for (const table of [outcomes, dryRunOutcomes, runs]) db.delete(table).run();
});

test('every run an operator asks for is in the history', () => {
  const { runId } = startRun(helpdesk, { dryRun: true });
  expect(db.select().from(events).all()).toMatchObject([
    { kind: 'run.requested', runId, actor: 'Demo Operator', actorKey: 'demo/operator', data: { dryRun: true } },
  ]);
});

test('"Run now" queues a run in the name of the operator', () => {
  const { runId, wasQueued } = startRun(helpdesk, {});
  expect(wasQueued).toBe(false);
  expect(db.select().from(runs).all()).toMatchObject([
    { id: runId, trigger: 'operator', status: 'queued', requestedBy: 'Demo Operator', dryRun: false, checkAll: false },
  ]);
});

test('a second "Run now" before the first has started gives that one', () => {
  const first = startRun(helpdesk, {});
  expect(startRun(operator('Admin'), {})).toEqual({ runId: first.runId, wasQueued: true });
  expect(db.select().from(runs).all()).toHaveLength(1);
});

test('"Run now" is no watch that happens to be queued: that one asks about mailboxes and reads no files', () => {
  requestRun(db, { trigger: 'watch', requestedBy: 'schedule' }, Date.now());
  expect(startRun(helpdesk, {}).wasQueued).toBe(false);
});

test('while a run works another one can be queued behind it', () => {
  const first = startRun(helpdesk, {});
  beginRun(db, first.runId, Date.now());
  expect(startRun(helpdesk, {}).wasQueued).toBe(false);
});

test("a run's numbers add up: its states to the people checked", () => {
  addRun(db, 'r1');
  const states = ['provisioned', 'provisioned', 'awaiting_sync', 'needs_attention'] as const;
  for (const state of states) addOutcome(db, { runId: 'r1', personId: addPerson(db).id, state });
  const run = readRun(viewer, { id: 'r1' });
  expect(run.counts).toMatchObject({ provisioned: 2, awaiting_sync: 1, needs_attention: 1, held: 0 });
  expect(run.reconciliation.peopleChecked).toBe(4);
  expect(readRun(viewer, { id: 'r1', state: 'provisioned' }).outcomes).toMatchObject({
    total: 2,
    page: 1,
    pageCount: 1,
  });
});

test('a run that works counts what is recorded by now; one that ended keeps its numbers', () => {
  addRun(db, 'r1', { status: 'running', finishedAt: null });
  addOutcome(db, { runId: 'r1', personId: addPerson(db).id, state: 'held' });
  expect(listRuns(viewer, {}).items[0]?.counts.held).toBe(1);
  db.update(runs)
    .set({ finishedAt: 5, counts: { held: 3 } })
    .run();
  expect(listRuns(viewer, {}).items[0]?.counts.held).toBe(3);
});

test('a dry run shows what would happen, by what would happen', () => {
  addRun(db, 'dry', { dryRun: true });
  const outcome = { runId: 'dry', displayName: 'A', employeeType: 'E', state: 'queued', message: 'm' } as const;
  db.insert(dryRunOutcomes)
    .values([
      { ...outcome, userPrincipalName: 'a@x', reason: 'would_license', licences: ['EXCHANGESTANDARD'] },
      { ...outcome, userPrincipalName: 'b@x', reason: 'would_license', licences: ['EXCHANGESTANDARD'] },
      { ...outcome, userPrincipalName: 'c@x', reason: 'not_synchronised', state: 'awaiting_sync', licences: [] },
    ])
    .run();
  const { dry, reconciliation } = readRun(viewer, { id: 'dry', reason: 'not_synchronised' });
  expect(reconciliation.peopleChecked).toBe(3);
  expect(dry?.groups).toEqual([
    { reason: 'would_license', title: 'Would be licensed', licences: ['Exchange Online (Plan 1)'], n: 2 },
    { reason: 'not_synchronised', title: 'Not synchronised yet', licences: [], n: 1 },
  ]);
  expect(dry?.outcomes.items.map(({ userPrincipalName }) => userPrincipalName)).toEqual(['c@x']);
});

test('runs are found by status and by what started them', () => {
  addRun(db, 'r1', { trigger: 'operator', status: 'failed' });
  addRun(db, 'r2', { trigger: 'operator' });
  addRun(db, 'r3');
  const ids = (query: object) => listRuns(viewer, query).items.map(({ id }) => id);
  expect(ids({ trigger: 'operator' })).toEqual(['r2', 'r1']);
  expect(ids({ trigger: 'operator', status: 'failed' })).toEqual(['r1']);
  expect(ids({ trigger: 'nonsense' })).toEqual(['r3', 'r2', 'r1']);
});

test('runs are listed newest first, a page at a time', () => {
  for (let n = 1; n <= 51; n++) addRun(db, `r${n}`, { requestedAt: n });
  const list = listRuns(viewer, { page: '2' });
  expect(list).toMatchObject({ total: 51, page: 2, pageCount: 2 });
  expect(list.items.map(({ id }) => id)).toEqual(['r1']);
});

test('the log has one line per person, the verdict first and the name last', () => {
  addRun(db, 'r1');
  addOutcome(db, { runId: 'r1', personId: addPerson(db, { userPrincipalName: 'log@contoso.example' }).id });
  const { name, text } = readRunLog(viewer, { id: 'r1' });
  expect(name).toBe('r1.log');
  expect([...text].join('').trimEnd()).toMatch(/^SUCCESS: .* \[log@contoso\.example\]$/);
});

test('the live update stays the same while nothing happens and changes with progress, an event or a new run', () => {
  const versions = [readLiveUpdate(viewer).version];
  expect(readLiveUpdate(viewer).version).toBe(versions[0]);
  const beat = () => versions.push(readLiveUpdate(viewer).version);
  const { runId } = startRun(helpdesk, {});
  beat();
  beginRun(db, runId, Date.now());
  beat();
  db.update(runs).set({ peopleDue: 10, peopleDone: 4 }).run();
  beat();
  expect(readLiveUpdate(viewer).openRuns).toEqual([
    { id: runId, status: 'running', dryRun: false, peopleDue: 10, peopleDone: 4 },
  ]);
  db.insert(events).values({ at: 1, actor: 'idm', kind: 'file.accepted', message: 'new.csv' }).run();
  beat();
  db.update(runs).set({ status: 'completed' }).run();
  beat();
  expect(new Set(versions).size).toBe(versions.length);
  expect(readLiveUpdate(viewer).openRuns).toEqual([]);
});

test('the live update also notices what another process wrote', () => {
  const before = readLiveUpdate(viewer).version;
  const elsewhere = openDatabase(readEnv().databaseFile);
  elsewhere.insert(events).values({ at: 1, actor: 'idm', kind: 'file.accepted', message: 'new.csv' }).run();
  elsewhere.$client.close();
  expect(readLiveUpdate(viewer).version).not.toBe(before);
});

test('a run that is not there is not found', () => {
  expect(() => readRun(viewer, { id: 'nothing' })).toThrow('There is no such run.');
});

test('a run says how many of its outcomes the retention has deleted, and its numbers still add up', () => {
  const person = addPerson(db);
  addRun(db, 'r-old', { counts: { awaiting_sync: 2, provisioned: 1 } });
  addOutcome(db, { runId: 'r-old', personId: person.id });
  const run = readRun(viewer, { id: 'r-old' });
  expect(run.deletedOutcomes).toBe(2);
  expect(run.reconciliation.peopleChecked).toBe(1);
  expect(run.outcomes.total).toBe(1);
});
