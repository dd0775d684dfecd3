import { eq } from 'drizzle-orm';
import { beforeEach, expect, test } from 'vitest';
import { events } from '#db/schema/events.ts';
import { fileCounts, intakeFiles, intakeRows } from '#db/schema/files.ts';
import { mappings } from '#db/schema/mappings.ts';
import { outcomes } from '#db/schema/outcomes.ts';
import { people } from '#db/schema/people.ts';
import { runPeople, runs } from '#db/schema/runs.ts';
import { insertMapping } from '#db/store/mappings/mappings.ts';
import { beginRun } from '#db/store/runs/runs.ts';
import type { PersonState } from '#lib/domain/states.ts';
import { readReRun } from '#lib/services/runs/re-run.ts';
import { cancelRun, requestReRun, startRun } from '#lib/services/runs/run-requests.ts';
import { readRun } from '#lib/services/runs/runs.ts';
import { rewriteHistory } from '#tests/support/rewrite-history.ts';
import { addOutcome, addPerson, addRun, openServicesDatabase, operator } from '#tests/support/services-world.ts';

const db = openServicesDatabase();
const viewer = operator('Viewer');
const helpdesk = operator('Operator');

beforeEach(() => {
  rewriteHistory(db, () => db.delete(events).run());
  for (const table of [runPeople, outcomes, intakeRows, fileCounts, intakeFiles, runs, people, mappings])
    db.delete(table).run();
});

/** A run that checked people who are in these states now; gives their ids. */
function ranOver(runId: string, states: readonly PersonState[]): number[] {
  addRun(db, runId, { startedAt: 1_000 });
  return states.map((state) => {
    const { id } = addPerson(db, { state });
    addOutcome(db, { runId, personId: id, state: 'needs_attention' });
    return id;
  });
}

const chosenOf = (runId: string) =>
  db
    .select()
    .from(runPeople)
    .where(eq(runPeople.runId, runId))
    .all()
    .map(({ personId }) => personId);

const mapE = (sku: string, at: number) =>
  insertMapping(
    db,
    { employeeType: 'E', licences: [{ skuPartNumber: sku, disabledPlans: [] }], usageLocation: 'DE' },
    'Demo Admin',
    at,
  );

const EVERY_KIND: PersonState[] = [
  'needs_attention',
  'needs_attention',
  'awaiting_sync',
  'held',
  'provisioned',
  'dismissed',
];

test('the numbers before the click: failed are those in need of attention, all are those neither done nor held', () => {
  ranOver('r1', EVERY_KIND);
  addPerson(db);
  expect(readReRun(viewer, { of: { runId: 'r1' } })).toMatchObject({ failed: 2, all: 3 });
});

test('a re-run is about exactly the people counted before, in the name of the operator, and in the history', () => {
  const ids = ranOver('r1', EVERY_KIND);
  const { runId, people: n } = requestReRun(helpdesk, { of: { runId: 'r1' }, kind: 'failed', expected: 2 });
  expect(n).toBe(2);
  expect(chosenOf(runId)).toEqual(ids.slice(0, 2));
  expect(readRun(viewer, { id: runId })).toMatchObject({
    status: 'queued',
    requestedBy: 'Demo Operator',
    selection: { kind: 'failed', people: 2, ofRunId: 'r1', ofFileId: null },
  });
  expect(db.select().from(events).all()).toMatchObject([
    { kind: 'run.requested', runId, actorKey: 'demo/operator', data: { people: 2, kind: 'failed', mapping: 'now' } },
  ]);
});

test('the set is frozen at the click: who fails later is not in it', () => {
  const ids = ranOver('r1', ['needs_attention', 'awaiting_sync']);
  const { runId } = requestReRun(helpdesk, { of: { runId: 'r1' }, kind: 'failed', expected: 1 });
  db.update(people).set({ state: 'needs_attention' }).run();
  expect(chosenOf(runId)).toEqual(ids.slice(0, 1));
});

test('of a selection only those who are part of it and can be run again count', () => {
  const ids = ranOver('r1', EVERY_KIND);
  const stranger = addPerson(db).id;
  const ask = (chosen: number[], expected: number) =>
    requestReRun(helpdesk, { of: { runId: 'r1' }, kind: 'chosen', people: chosen, expected });
  expect(() => ask([stranger], 1)).toThrow(/None of the chosen people/);
  const { runId } = ask([...ids, stranger].slice(1), 2);
  expect(chosenOf(runId)).toEqual(ids.slice(1, 3));
});

test('where the number has changed since it was read, nothing starts and the new number is said', () => {
  ranOver('r1', ['needs_attention', 'needs_attention', 'needs_attention']);
  expect(() => requestReRun(helpdesk, { of: { runId: 'r1' }, kind: 'failed', expected: 2 })).toThrow(
    'There are now 3 people, not 2. Nothing was started; check again before you decide.',
  );
  expect(db.select().from(runs).all()).toHaveLength(1);
});

test('a re-run of nobody is refused in words', () => {
  ranOver('r1', ['provisioned']);
  expect(() => requestReRun(helpdesk, { of: { runId: 'r1' }, kind: 'failed', expected: 0 })).toThrow(
    'Nobody needs attention any more, so there is nobody to run again.',
  );
});

test('more than 5,000 people are refused', () => {
  addRun(db, 'r1');
  db.transaction(() => {
    for (let n = 0; n < 5_001; n++) addOutcome(db, { runId: 'r1', personId: addPerson(db).id });
  });
  expect(() => requestReRun(helpdesk, { of: { runId: 'r1' }, kind: 'all', expected: 5_001 })).toThrow(
    /more than 5,000/,
  );
});

test('a dry run cannot be run again, and one that is not there is not found', () => {
  addRun(db, 'dry', { dryRun: true });
  const ask = (runId: string) => () => requestReRun(helpdesk, { of: { runId }, kind: 'all', expected: 1 });
  expect(ask('dry')).toThrow(/A dry run changes nothing/);
  expect(ask('nothing')).toThrow('There is no such run.');
});

test('a file is run again by the people it names, with the mapping in force when it came', () => {
  mapE('EXCHANGESTANDARD', 500);
  const { id } = addPerson(db);
  db.insert(intakeFiles)
    .values({
      id: 'f1',
      name: 'a.csv',
      sha256: 'a',
      sizeBytes: 1,
      modifiedAt: 1,
      receivedAt: 900,
      source: 'upload',
      receivedFrom: 'x',
      status: 'accepted',
    })
    .run();
  db.insert(intakeRows).values({ fileId: 'f1', line: 2, raw: 'x', verdict: 'accepted', personId: id }).run();
  mapE('EXCHANGEDESKLESS', 1_000);
  const [then] = db.select().from(mappings).all();
  expect(readReRun(viewer, { of: { fileId: 'f1' } })).toMatchObject({
    failed: 1,
    all: 1,
    thenAt: 900,
    decidedOtherwise: 1,
  });
  const of = { fileId: 'f1' };
  const { runId } = requestReRun(helpdesk, { of, kind: 'all', expected: 1, mapping: 'then' });
  expect(db.select().from(runPeople).all()).toEqual([{ runId, personId: id, mappingId: then?.id }]);
  expect(readRun(viewer, { id: runId })).toMatchObject({ ofFileName: 'a.csv' });
  expect(readReRun(viewer, { of }).attempts.runs.map((run) => run.id)).toEqual([runId]);
});

test('with the current mapping no version is pinned; where there was none at that time, the current one decides', () => {
  const [id] = ranOver('r1', ['needs_attention']);
  mapE('EXCHANGESTANDARD', 5_000);
  for (const mapping of ['now', 'then']) {
    const { runId } = requestReRun(helpdesk, { of: { runId: 'r1' }, kind: 'all', expected: 1, mapping });
    expect(db.select().from(runPeople).where(eq(runPeople.runId, runId)).all()).toEqual([
      { runId, personId: id, mappingId: null },
    ]);
  }
  expect(readReRun(viewer, { of: { runId: 'r1' } }).decidedOtherwise).toBe(0);
});

test('attempts stand side by side, the first and the last four, from every run of the family', () => {
  const [failed = 0] = ranOver('r1', ['needs_attention', 'provisioned']);
  let of = 'r1';
  const ids = ['r1'];
  for (let n = 0; n < 5; n++) {
    const { runId } = requestReRun(helpdesk, { of: { runId: of }, kind: 'failed', expected: 1 });
    db.update(runs)
      .set({ requestedAt: 2_000 + n, status: 'completed', finishedAt: 3_000, counts: {} })
      .where(eq(runs.id, runId))
      .run();
    addOutcome(db, { runId, personId: failed, state: n === 4 ? 'held' : 'awaiting_sync' });
    ids.push(runId);
    of = runId;
  }
  for (const runId of [ids[0], ids[3]]) {
    const { attempts } = readReRun(viewer, { of: { runId } });
    expect(attempts.total).toBe(6);
    expect(attempts.runs.map(({ id }) => id)).toEqual([ids[0], ...ids.slice(2)]);
    expect(attempts.people.items).toMatchObject([
      {
        id: failed,
        stateNow: 'needs_attention',
        states: ['needs_attention', 'awaiting_sync', 'awaiting_sync', 'awaiting_sync', 'held'],
      },
    ]);
  }
});

test('the comparison of attempts starts with whoever has changed', () => {
  const ids = ranOver('r1', ['needs_attention', 'needs_attention', 'needs_attention']);
  const [first, second, third = 0] = ids;
  const { runId } = requestReRun(helpdesk, { of: { runId: 'r1' }, kind: 'failed', expected: 3 });
  for (const personId of ids) {
    const state = personId === third ? 'provisioned' : 'needs_attention';
    addOutcome(db, { runId, personId, state });
    db.update(people).set({ state }).where(eq(people.id, personId)).run();
  }
  const { attempts } = readReRun(viewer, { of: { runId } });
  expect(attempts.people.items.map(({ id }) => id)).toEqual([third, first, second]);
  expect(attempts.changed).toBe(1);
});

test('a run that waits is cancelled at once and never begins', () => {
  const { runId } = startRun(helpdesk, {});
  expect(cancelRun(helpdesk, { id: runId })).toEqual({ hasEnded: true });
  expect(beginRun(db, runId, Date.now())).toBe(false);
  expect(readRun(viewer, { id: runId })).toMatchObject({
    status: 'stopped',
    reasonTitle: 'Cancelled by an operator',
    message: 'Demo Operator cancelled the run before it started. Nothing was changed.',
  });
  expect(() => cancelRun(helpdesk, { id: runId })).toThrow('This run has already ended.');
});

test('a run that works is asked to end, once, and the history says by whom', () => {
  const { runId } = startRun(helpdesk, {});
  beginRun(db, runId, Date.now());
  expect(cancelRun(helpdesk, { id: runId })).toEqual({ hasEnded: false });
  cancelRun(operator('Admin'), { id: runId });
  expect(readRun(viewer, { id: runId })).toMatchObject({ status: 'running', cancelRequestedBy: 'Demo Operator' });
  expect(db.select().from(events).where(eq(events.kind, 'run.cancelled')).all()).toMatchObject([
    { runId, actor: 'Demo Operator', reason: 'cancelled' },
  ]);
});
