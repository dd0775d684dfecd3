import { expect, test } from 'vitest';
import { fileLine } from '#app/(console)/files/file-lines.ts';
import { toCycles } from '#app/(console)/overview-cycles.ts';
import { runLine } from '#app/(console)/runs/run-lines.ts';
import { runs } from '#db/schema/runs.ts';
import { listFiles, uploadFile } from '#lib/services/files/files.ts';
import { cycleGlances } from '#lib/services/overview/cycles.ts';
import { closeFileCases } from '#lib/services/row-cases/row-case-actions.ts';
import { listRuns } from '#lib/services/runs/runs.ts';
import { sayIn } from '#lib/words/dictionary.ts';
import type { Language } from '#lib/words/languages.ts';
import { addRun, openServicesDatabase, operator, sent } from '#tests/support/services-world.ts';

const db = openServicesDatabase();
const viewer = operator('Viewer');

const runWords = (language: Language) => ({
  states: sayIn(language, 'states'),
  counted: sayIn(language, 'counted'),
  runs: sayIn(language, 'runs'),
  time: sayIn(language, 'time'),
});
const fileWords = (language: Language) => ({
  files: sayIn(language, 'files'),
  documents: sayIn(language, 'documents'),
});

test('a run that ended before it checked anybody does not say that nobody was due', () => {
  addRun(db, 'early', { status: 'stopped', startedAt: 1000, finishedAt: 2000 });
  const [run] = listRuns(viewer, {}).items;
  if (!run) throw new Error('no run');
  expect(runLine(runWords('en'), { ...run, message: null }).result).toBe('Nobody was checked');
  expect(runLine(runWords('en'), { ...run, message: null, status: 'completed' }).result).toBe('Nobody was due');
  const said = (language: Language) =>
    toCycles(sayIn(language, 'overview'), sayIn(language, 'states'), cycleGlances(db)).map((cycle) => cycle.said);
  expect(said('en')).toEqual(['Stopped, nobody was checked']);
  expect(said('de')).toEqual(['Gestoppt, niemand wurde geprüft']);
  db.delete(runs).run();
});

test('a line of the runs says in words what became of everybody, how it ended and how long it took', () => {
  addRun(db, 'r1');
  const counts = { provisioned: 1200, awaiting_sync: 3, needs_attention: 2 };
  db.update(runs).set({ status: 'completed', startedAt: 1000, finishedAt: 5200, counts, warnings: null }).run();
  const [run] = listRuns(viewer, {}).items;
  if (!run) throw new Error('no run');
  expect(runLine(runWords('en'), run)).toEqual({
    id: 'r1',
    title: 'Run 1',
    at: 1000,
    status: { label: 'Completed', tone: 'goodQuiet' },
    sums: { open: 1200, waiting: 3, attention: 2, closed: 0 },
    result: '2 needing attention, 3 waiting for sync, 1,200 provisioned',
    trigger: 'Schedule',
    took: '4.2 s',
  });
  expect(runLine(runWords('de'), run)).toMatchObject({ took: '4,2 s', result: expect.stringContaining('1.200') });
});

test('a run that checked nobody says so, whether it goes on or has ended', () => {
  db.update(runs).set({ status: 'completed', counts: {} }).run();
  const [ended] = listRuns(viewer, {}).items;
  if (!ended) throw new Error('no run');
  expect(runLine(runWords('en'), ended)).toMatchObject({ sums: null, result: 'Nobody was due' });
  const waiting = { ...ended, status: 'queued' as const, startedAt: null, finishedAt: null };
  expect(runLine(runWords('en'), waiting)).toMatchObject({
    at: ended.requestedAt,
    result: 'Nobody is done yet',
    took: '',
  });
});

test('a line of the files carries what is shown of it and nothing else', async () => {
  const csv = ['CN,UserPrincipalName,EmployeeType', 'Ada,ada@contoso.example,E', 'Nobody,not-an-address,E'].join('\n');
  await uploadFile(operator('Operator'), { name: 'newcomers.csv' }, sent(csv));
  const [file] = listFiles(viewer, {}).items;
  if (!file) throw new Error('no file');
  expect(fileLine(fileWords('en'), file)).toEqual({
    id: file.id,
    name: 'newcomers.csv',
    problem: null,
    status: { label: '1 row not imported', tone: 'warn' },
    rows: '2',
    accepted: '1',
    duplicates: '0',
    rejected: '1',
    source: 'Upload by Demo Operator',
    receivedAt: file.receivedAt,
  });
  const long = { ...file, status: 'importing' as const, rows: 1500, rowsTotal: 20_000 };
  expect(fileLine(fileWords('de'), long)).toMatchObject({ rows: '1.500 von 20.000' });
});

test('a file is green only once nobody has to see to a row of it', async () => {
  const [before] = listFiles(viewer, {}).items;
  if (!before) throw new Error('no file');
  expect(fileLine(fileWords('de'), before).status).toEqual({ label: '1 Zeile nicht übernommen', tone: 'warn' });
  await closeFileCases(operator('Operator'), { fileId: before.id, open: 1, why: 'not a person' });
  const [after] = listFiles(viewer, {}).items;
  if (!after) throw new Error('no file');
  expect(fileLine(fileWords('en'), after).status).toEqual({ label: 'Imported', tone: 'goodQuiet' });
});

test('a file that was refused whole says why, in the language of its reader', async () => {
  await uploadFile(operator('Operator'), { name: 'empty.csv' }, sent(''));
  const file = listFiles(viewer, { status: 'rejected' }, 'de').items[0];
  if (!file?.problem) throw new Error('no refused file');
  const { problem } = fileLine(fileWords('de'), file);
  expect(problem).toEqual({ message: file.problem.message, lang: file.problem.lang });
});
