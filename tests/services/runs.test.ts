import { beforeEach, expect, test } from 'vitest';
import { events, intakeFiles, outcomes, runs } from '#db/schema.ts';
import { beginRun } from '#db/store/runs.ts';
import { listRuns, readPulse, readRun, readRunLog, startRun } from '#lib/services/runs.ts';
import { addOutcome, addPerson, addRun, openServicesDatabase, operator } from './world.ts';

const db = openServicesDatabase();
const viewer = operator('Viewer');
const helpdesk = operator('Operator');

beforeEach(() => {
  for (const table of [outcomes, events, intakeFiles, runs]) db.delete(table).run();
});

test('"Run now" queues a run in the name of the operator', () => {
  const { runId, wasQueued } = startRun(helpdesk, {});
  expect(wasQueued).toBe(false);
  expect(db.select().from(runs).all()).toMatchObject([
    { id: runId, trigger: 'operator', status: 'queued', requestedBy: 'Demo Operator', dryRun: false, lookAtAll: false },
  ]);
});

test('a second "Run now" before the first has started gives that one', () => {
  const first = startRun(helpdesk, {});
  expect(startRun(operator('Admin'), {})).toEqual({ runId: first.runId, wasQueued: true });
  expect(db.select().from(runs).all()).toHaveLength(1);
});

test('while a run works another one can be queued behind it', () => {
  const first = startRun(helpdesk, {});
  beginRun(db, first.runId, Date.now());
  expect(startRun(helpdesk, {}).wasQueued).toBe(false);
});

test("a run's numbers add up: its states to the people looked at, its rows to accepted, duplicate and rejected", () => {
  addRun(db, 'r1');
  const states = ['provisioned', 'provisioned', 'awaiting_sync', 'needs_attention'] as const;
  for (const state of states) addOutcome(db, { runId: 'r1', personId: addPerson(db).id, state });
  const file = { sizeBytes: 1, modifiedAt: 1, receivedAt: 1, source: 'drop_folder', receivedFrom: 'idm' } as const;
  db.insert(intakeFiles)
    .values([
      {
        ...file,
        id: 'a',
        name: 'a.csv',
        sha256: 'a',
        status: 'accepted',
        rows: 6,
        accepted: 3,
        duplicates: 1,
        rejected: 2,
        runId: 'r1',
      },
      { ...file, id: 'b', name: 'b.csv', sha256: 'b', status: 'accepted', rows: 1, accepted: 1, runId: 'r1' },
      { ...file, id: 'c', name: 'c.csv', sha256: 'c', status: 'accepted', rows: 9, accepted: 9, runId: 'other' },
    ])
    .run();
  const run = readRun(viewer, { id: 'r1' });
  expect(run.counts).toMatchObject({ provisioned: 2, awaiting_sync: 1, needs_attention: 1, held: 0 });
  expect(run.equation).toEqual({ peopleLookedAt: 4, files: 2, rows: 7, accepted: 4, duplicates: 1, rejected: 2 });
  expect(readRun(viewer, { id: 'r1', state: 'provisioned' }).outcomes).toMatchObject({
    total: 2,
    page: 1,
    pageCount: 1,
  });
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
  expect(text.trimEnd()).toMatch(/^SUCCESS: .* \[log@contoso\.example\]$/);
});

test('the pulse stays still while nothing happens and changes with progress, an event or a new run', () => {
  const versions = [readPulse(viewer).version];
  expect(readPulse(viewer).version).toBe(versions[0]);
  const beat = () => versions.push(readPulse(viewer).version);
  const { runId } = startRun(helpdesk, {});
  beat();
  beginRun(db, runId, Date.now());
  beat();
  db.update(runs).set({ peopleDue: 10, peopleDone: 4 }).run();
  beat();
  expect(readPulse(viewer).openRun).toEqual({ id: runId, status: 'running', peopleDue: 10, peopleDone: 4 });
  db.insert(events).values({ at: 1, actor: 'idm', kind: 'file.accepted', message: 'new.csv' }).run();
  beat();
  db.update(runs).set({ status: 'completed' }).run();
  beat();
  expect(new Set(versions).size).toBe(versions.length);
  expect(readPulse(viewer).openRun).toBeNull();
});

test('a run that is not there is not found', () => {
  expect(() => readRun(viewer, { id: 'nothing' })).toThrow('There is no such run.');
});
