import fc from 'fast-check';
import { expect, test } from 'vitest';
import { intakeFiles, intakeRows, ROW_VERDICTS } from '#db/schema/files.ts';
import { PERSON_STATES } from '#lib/domain/states.ts';
import { readFile } from '#lib/services/files/files.ts';
import { ROW_PARTS, type RowReconciliation } from '#lib/services/files/reconciliation.ts';
import { readRun } from '#lib/services/runs/runs.ts';
import { randomCases } from '#tests/support/runner/random-cases.ts';
import { addPerson, addRun, openServicesDatabase, operator } from '#tests/support/services-world.ts';

const db = openServicesDatabase();
const viewer = operator('Viewer');
let made = 0;

interface Row {
  verdict: (typeof ROW_VERDICTS)[number];
  state: (typeof PERSON_STATES)[number];
}

function addFile(runId: string, rows: readonly Row[]): string {
  made += 1;
  const id = `file${made}`;
  db.insert(intakeFiles)
    .values({
      id,
      name: `${id}.csv`,
      sha256: id,
      sizeBytes: 1,
      modifiedAt: 1,
      receivedAt: 1,
      source: 'drop_folder',
      receivedFrom: 'idm',
      status: 'accepted',
      runId,
    })
    .run();
  for (const [index, { verdict, state }] of rows.entries()) {
    const personId = verdict === 'rejected' ? null : addPerson(db, { state }).id;
    db.insert(intakeRows)
      .values({ fileId: id, line: index + 2, raw: 'x', verdict, personId })
      .run();
  }
  return id;
}

const sum = (reconciliation: RowReconciliation) => ROW_PARTS.reduce((total, part) => total + reconciliation[part], 0);

const row = fc.record({ verdict: fc.constantFrom(...ROW_VERDICTS), state: fc.constantFrom(...PERSON_STATES) });

test('rows in = provisioned + already + waiting + held + attention + dismissed + duplicate + open, corrected and closed row cases, for every file and every run', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(row, { maxLength: 12 }), { maxLength: 4 }), async (files) => {
      made += 1;
      const runId = `run${made}`;
      addRun(db, runId);
      const ids = files.map((rows) => addFile(runId, rows));
      for (const [index, id] of ids.entries()) {
        const { reconciliation } = readFile(viewer, { id });
        expect(reconciliation.rows).toBe(files[index]?.length);
        expect(sum(reconciliation)).toBe(reconciliation.rows);
      }
      const { reconciliation } = readRun(viewer, { id: runId });
      expect(reconciliation.files).toBe(files.length);
      expect(reconciliation.rows.rows).toBe(files.flat().length);
      expect(sum(reconciliation.rows)).toBe(reconciliation.rows.rows);
    }),
    { numRuns: randomCases(60) },
  );
});

test('each accepted row counts where its person stands; a duplicate counts as one wherever its person stands', async () => {
  const states = PERSON_STATES.map((state): Row => ({ verdict: 'accepted', state }));
  const id = addFile('r', [
    ...states,
    { verdict: 'duplicate', state: 'provisioned' },
    { verdict: 'rejected', state: 'queued' },
  ]);
  expect(readFile(viewer, { id }).reconciliation).toEqual({
    rows: 12,
    provisioned: 1,
    already: 1,
    waiting: 4,
    seat: 1,
    held: 1,
    attention: 1,
    dismissed: 1,
    duplicate: 1,
    open: 1,
    corrected: 0,
    closed: 0,
  });
});

test('a file without rows is nothing, and adds up', async () => {
  expect(sum(readFile(viewer, { id: addFile('r', []) }).reconciliation)).toBe(0);
});
