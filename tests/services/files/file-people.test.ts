import { and, eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { intakeRows } from '#db/schema/files.ts';
import type { PersonState } from '#lib/domain/states.ts';
import { readFilePeople } from '#lib/services/files/file-people.ts';
import { requestReRun } from '#lib/services/runs/run-requests.ts';
import {
  addFile,
  addOutcome,
  addPerson,
  addRun,
  openServicesDatabase,
  operator,
} from '#tests/support/services-world.ts';

const db = openServicesDatabase();
const viewer = operator('Viewer');

/** A file that run `runId` imported, and that names people who are in these states now and were in attention then; one of them twice. */
function importedBy(runId: string, states: readonly PersonState[]): { id: string; people: number[] } {
  addRun(db, runId);
  const people = states.map((state) => addPerson(db, { state }).id);
  for (const personId of people) addOutcome(db, { runId, personId, state: 'needs_attention' });
  const id = addFile(db, { runId }, [...people, ...people.slice(0, 1)]);
  db.update(intakeRows)
    .set({ verdict: 'duplicate' })
    .where(and(eq(intakeRows.fileId, id), eq(intakeRows.line, people.length + 2)))
    .run();
  return { id, people };
}

test('a file lists each person once, first who has changed, with the first run and every re-run', () => {
  const { id, people } = importedBy('imports', ['needs_attention', 'needs_attention', 'provisioned']);
  const [first, second, third] = people;
  const { runId } = requestReRun(operator(), { of: { fileId: id }, kind: 'failed', expected: 2 });
  addOutcome(db, { runId, personId: second ?? 0, state: 'needs_attention' });
  const attempts = readFilePeople(viewer, { id });
  expect(attempts.runs.map((run) => run.id)).toEqual(['imports', runId]);
  expect(attempts.people.items.map((person) => [person.id, ...person.states, person.stateNow])).toEqual([
    [third, 'needs_attention', null, 'provisioned'],
    [first, 'needs_attention', null, 'needs_attention'],
    [second, 'needs_attention', 'needs_attention', 'needs_attention'],
  ]);
  expect(attempts.changed).toBe(1);
});

test('of many attempts the first and the newest are shown, and all where that is asked for', () => {
  const { id } = importedBy('first', ['needs_attention']);
  const reRuns = Array.from({ length: 7 }, (_, n) => `re-run ${n}`);
  for (const [n, runId] of reRuns.entries())
    addRun(db, runId, { requestedAt: 3_000 + n, selection: 'failed', rerunOfFileId: id });
  const shown = (all?: string) => readFilePeople(viewer, { id, all }).runs.map((run) => run.id);
  expect(shown()).toEqual(['first', ...reRuns.slice(3)]);
  expect(shown('1')).toEqual(['first', ...reRuns]);
});

test('a long file is listed in order, and nobody is counted while the page waits', () => {
  const { id, people } = importedBy('long', ['needs_attention', 'provisioned']);
  const { people: page, changed } = readFilePeople(viewer, { id: longer(id) });
  expect(page.items.map((person) => person.id)).toEqual(people);
  expect(changed).toBeNull();
});

function longer(id: string): string {
  db.$client.prepare('update intake_files set rows = 20001, accepted = 20001 where id = ?').run(id);
  return id;
}

test('a file that is not there is not found', () => {
  expect(() => readFilePeople(viewer, { id: 'nothing' })).toThrow('There is no such file.');
});
