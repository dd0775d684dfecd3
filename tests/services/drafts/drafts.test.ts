import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { drafts } from '#db/schema/drafts.ts';
import { events } from '#db/schema/events.ts';
import { intakeRows } from '#db/schema/files.ts';
import { dryRunOutcomes } from '#db/schema/outcomes.ts';
import { people } from '#db/schema/people.ts';
import { runPeople, runs } from '#db/schema/runs.ts';
import { draftById } from '#db/store/files/drafts.ts';
import { seedMappings } from '#db/store/mappings/mappings.ts';
import { KNOWN_COLUMNS } from '#lib/domain/newcomer.ts';
import { newcomersOfDraft } from '#lib/intake/draft/draft.ts';
import { correctAlike, correctDraft, correctSame, matchDraftColumns } from '#lib/services/drafts/draft-corrections.ts';
import { importDraft, readPreview, startPreview } from '#lib/services/drafts/draft-preview.ts';
import {
  createDraft,
  discardDraft,
  listDrafts,
  readDraft,
  readDraftQuota,
  readDraftRows,
} from '#lib/services/drafts/drafts.ts';
import { readFile, uploadFile } from '#lib/services/files/files.ts';
import { refusedText } from '#lib/services/http/errors.ts';
import { respond } from '#lib/services/http/http.ts';
import type { JsonText } from '#lib/services/http/json-text.ts';
import { editPersonValues } from '#lib/services/people/actions/person-edits.ts';
import { addPerson, openServicesDatabase, operator, sent } from '#tests/support/services-world.ts';

const db = openServicesDatabase();
seedMappings(db, 0);
addPerson(db, { userPrincipalName: 'known@contoso.com', accountId: 'a', state: 'provisioned' });
const helpdesk = operator('Operator');
const dataDir = () => process.env.DATA_DIR ?? '';

/** What an answer says. */
const answerOf = async <T>(answer: Promise<JsonText<T>>): Promise<T> => (await answer).read();

let made = 0;

/** A draft with a header of its own, so that no two have the same bytes. */
async function draftOf(rows: string[], header = 'CN,UserPrincipalName,EmployeeType') {
  made += 1;
  const text = [`${header},Note${made}`, ...rows.map((row) => `${row},x`)].join('\r\n');
  const { id } = await createDraft(helpdesk, { name: `new${made}.csv` }, sent(text));
  return { id, text, rows: async () => (await answerOf(readDraftRows(helpdesk, { id }))).rows };
}

const UPLOAD = [
  'Ada,ada@contoso.com,E',
  'Known,KNOWN@contoso.com,N',
  'Ada again,Ada@contoso.com,E',
  'Jürgen,jürgen@contoso.com,E',
  'Bob,bob@contoso.con,C',
];

test('an upload without a header asks which column holds what, and keeps its first line as a row', async () => {
  const { id } = await createDraft(
    helpdesk,
    { name: 'bare.csv' },
    sent('Ada One,ada.one@contoso.com,E\nBo Two,bo.two@contoso.com,N\n'),
  );
  const asked = await answerOf(readDraftRows(helpdesk, { id }));
  expect(asked).toMatchObject({ names: ['Column 1', 'Column 2', 'Column 3'], counts: { rows: 2 } });
  expect(asked.columnProblems[0]?.message).toContain('no header');
  const columns = { CN: 0, UserPrincipalName: 1, EmployeeType: 2 };
  const answered = await answerOf(matchDraftColumns(helpdesk, { id, revision: asked.revision, columns }));
  expect(answered).toMatchObject({ columnProblems: [], counts: { rows: 2, ok: 2, rejected: 0 } });
  expect(answered.rows.map(({ line, cells }) => [line, cells?.[0]])).toEqual([
    [1, 'Ada One'],
    [2, 'Bo Two'],
  ]);
});

test('nothing is suggested for cells that are empty, and what is in doubt is a warning', async () => {
  const { rows } = await draftOf(
    ['Ada,ada@contoso.com,E,,', 'Doe, Jo,jo@contoso.com,E'],
    'CN,UserPrincipalName,EmployeeType',
  );
  const [ada, jo] = await rows();
  expect(ada).toMatchObject({ verdict: 'rejected', notes: [{ suggestions: [] }] });
  expect(jo?.notes[0]?.suggestions.map(({ to }) => to)).toEqual(['"Doe, Jo",jo@contoso.com,E,x']);
});

test('two rows of one person that disagree about the licence are told at the second, with both values', async () => {
  const { rows } = await draftOf(
    ['Ida,ida@contoso.com,E,DE', 'Ida,IDA@contoso.com,e,', 'Ida,ida@contoso.com,N,FR', 'Jo,jo@contoso.com,E,DE'],
    'CN,UserPrincipalName,EmployeeType,UsageLocation',
  );
  const told = (await rows()).map(({ duplicateOf, notes }) => [
    duplicateOf,
    notes.filter(({ message }) => message.startsWith('Line')).map(({ at, message }) => [at, message.split(':')[0]]),
  ]);
  expect(told).toEqual([
    [null, []],
    [2, []],
    [
      2,
      [
        [2, 'Line 2 says EmployeeType E, this row says N'],
        [3, 'Line 2 says UsageLocation DE, this row says FR'],
      ],
    ],
    [null, []],
  ]);
});

test('a column without a meaning is named with what it may be, and taken over by saying so', async () => {
  const { id } = await draftOf(
    ['Nut,nut@contoso.com,E,DE,4711'],
    'CN,UserPrincipalName,EmployeeType,Nutzungsort,Floor',
  );
  const { unused, columns, mapped, whyNotMap } = await answerOf(readDraftRows(helpdesk, { id }));
  expect(unused.map(({ at, guess }) => [at, guess])).toEqual([
    [3, 'UsageLocation'],
    [4, null],
    [5, null],
  ]);
  expect(mapped).toContainEqual({ employeeType: 'E', licences: 'Exchange Online (Plan 1)' });
  expect(whyNotMap).toBe('This needs the role Admin; you have Operator.');
  const inGerman = await answerOf(readDraftRows(helpdesk, { id }, 'de'));
  expect(inGerman.whyNotMap).toBe('Dafür ist die Rolle Admin nötig; Sie haben die Rolle Operator.');
  const taken = await answerOf(
    matchDraftColumns(helpdesk, { id, revision: 0, columns: { ...columns, UsageLocation: 3 } }),
  );
  expect(taken.columns).toMatchObject({ UsageLocation: 3 });
  expect(taken.unused.map(({ at }) => at)).toEqual([4, 5]);
});

test('an upload is kept and reviewed, and nobody is imported', async () => {
  const before = db.select().from(people).all().length;
  const { id, text } = await draftOf(UPLOAD);
  expect(readFileSync(path.join(dataDir(), 'uploads', `${id}.csv`), 'utf8')).toBe(text);
  expect(listDrafts(helpdesk).map((draft) => draft.id)).toContain(id);
  const detail = await answerOf(readDraftRows(helpdesk, { id }));
  expect(detail.counts).toEqual({ rows: 5, ok: 2, known: 1, duplicate: 1, rejected: 1, warned: 1 });
  expect(detail.rows.map(({ line, verdict, duplicateOf }) => [line, verdict, duplicateOf])).toEqual([
    [2, 'ok', null],
    [3, 'known', null],
    [4, 'duplicate', 2],
    [5, 'rejected', null],
    [6, 'ok', null],
  ]);
  expect(detail.rows[3]?.notes[0]).toMatchObject({
    at: 1,
    kind: 'problem',
    suggestions: [{ to: 'juergen@contoso.com' }],
  });
  expect(detail.rows[4]?.notes).toMatchObject([
    { at: 1, kind: 'warning', suggestions: [{ to: 'bob@contoso.com' }] },
    { at: 2, kind: 'warning', message: expect.stringContaining('C is not mapped') },
  ]);
  expect(db.select().from(people).all()).toHaveLength(before);
});

describe('corrections', () => {
  test('are laid over the row, name their operator, and can be taken back', async () => {
    const { id } = await draftOf(['Eve,eve@@contoso.com,E']);
    const corrected = await answerOf(
      correctDraft(helpdesk, { id, revision: 0, line: 2, at: 1, to: 'eve@contoso.com' }),
    );
    expect(corrected).toMatchObject({ revision: 1, counts: { ok: 1, rejected: 0 } });
    expect(corrected.rows[0]).toMatchObject({
      cells: ['Eve', 'eve@contoso.com', 'E', 'x'],
      corrected: [{ at: 1, from: 'eve@@contoso.com', by: 'Demo Operator' }],
    });
    const back = await answerOf(correctDraft(helpdesk, { id, revision: 1, line: 2, at: 1, to: null }));
    expect(back.rows[0]).toMatchObject({ verdict: 'rejected', corrected: [] });
  });

  test('of a row that a comma shifted: the row is written anew', async () => {
    const { id, rows } = await draftOf(['Doe, Jane,jane@contoso.com,E']);
    const [row] = await rows();
    expect(row).toMatchObject({ cells: null, raw: 'Doe, Jane,jane@contoso.com,E,x' });
    const to = row?.notes[0]?.suggestions[0]?.to;
    expect(to).toBe('"Doe, Jane",jane@contoso.com,E,x');
    const corrected = await answerOf(correctDraft(helpdesk, { id, revision: 0, line: 2, at: null, to }));
    expect(corrected.rows[0]).toMatchObject({ verdict: 'ok', cells: ['Doe, Jane', 'jane@contoso.com', 'E', 'x'] });
  });

  test('"fix all alike" corrects every row with the same slip, each in its own way, and no other', async () => {
    const { id, rows } = await draftOf([
      'A,a.a@contoso.con,E',
      'B,b.b@contoso.con,E',
      'C,c.c@contoso.com,E',
      'D,dö@contoso.com,E',
      'F,f.f@contoso.com,E',
    ]);
    const note = (await rows())[0]?.notes[0];
    const pattern = note?.suggestions[0]?.pattern;
    expect((await answerOf(readDraftRows(helpdesk, { id }))).alike[`1|${pattern}`]).toBe(2);
    const { rows: corrected } = await answerOf(correctAlike(helpdesk, { id, revision: 0, at: 1, pattern }));
    expect(corrected.map(({ cells }) => cells?.[1])).toEqual([
      'a.a@contoso.com',
      'b.b@contoso.com',
      'c.c@contoso.com',
      'dö@contoso.com',
      'f.f@contoso.com',
    ]);
  });

  test('"apply to all like this" changes every row whose cell says the same, and no other', async () => {
    const { id } = await draftOf(['A,a.s@contoso.com,X9', 'X9,b.s@contoso.com,E', 'C,c.s@contoso.com,X9']);
    const { rows } = await answerOf(correctSame(helpdesk, { id, revision: 0, at: 2, from: 'X9', to: 'N' }));
    expect(rows.map(({ cells, corrected }) => [cells?.slice(0, 3).join(), corrected.map(({ from }) => from)])).toEqual([
      ['A,a.s@contoso.com,N', ['X9']],
      ['X9,b.s@contoso.com,E', []],
      ['C,c.s@contoso.com,N', ['X9']],
    ]);
    await expect(correctSame(helpdesk, { id, revision: 1, at: 2, from: 'X9', to: 'N' })).rejects.toThrow('No row says');
  });

  test('only the rows that changed travel: at most 20 kB at 10,000 rows', async () => {
    const { id } = await draftOf([
      'Ada,ada.first@contoso.com,E',
      ...Array.from({ length: 9_998 }, (_, n) => `Person ${n},person.${n}@contoso.com,E`),
      'Ada again,ada.last@contoso.com,E',
    ]);
    const all = await readDraftRows(helpdesk, { id });
    const { reviewId: seen } = all.read();
    expect(all.bytes.byteLength).toBeGreaterThan(1_000_000);
    const change = { line: 10_001, at: 1, to: 'ada.first@contoso.com', seen };
    const changed = await correctDraft(helpdesk, { id, revision: 0, ...change });
    expect(changed.bytes.byteLength).toBeLessThan(20_000);
    const { rows, isWhole, counts, reviewId } = changed.read();
    expect(isWhole).toBe(false);
    expect(counts).toMatchObject({ rows: 10_000, ok: 9_999, duplicate: 1 });
    expect(rows.map(({ line, verdict, duplicateOf }) => [line, verdict, duplicateOf])).toEqual([
      [10_001, 'duplicate', 2],
    ]);
    const nothing = await answerOf(readDraftRows(helpdesk, { id, seen: reviewId }));
    expect(nothing).toMatchObject({ isWhole: false, rows: [], reviewId });
    const unknown = await answerOf(readDraftRows(helpdesk, { id, seen: 'of another server' }));
    expect(unknown).toMatchObject({ isWhole: true, reviewId });
    expect(unknown.rows).toHaveLength(10_000);
  });

  test('a row that another correction turned into a duplicate travels too', async () => {
    const { id } = await draftOf(['A,a.t@contoso.com,E', 'B,b.t@contoso.com,E', 'C,c.t@contoso.com,E']);
    const { reviewId: seen } = await answerOf(readDraftRows(helpdesk, { id }));
    const change = { line: 2, at: 1, to: 'c.t@contoso.com', seen };
    const { rows } = await answerOf(correctDraft(helpdesk, { id, revision: 0, ...change }));
    expect(rows.map(({ line, duplicateOf }) => [line, duplicateOf])).toEqual([
      [2, null],
      [4, 2],
    ]);
  });

  test('of two editors the second is told, and nothing is overwritten', async () => {
    const { id } = await draftOf(['A,a@contoso.com,E']);
    await correctDraft(helpdesk, { id, revision: 0, line: 2, at: 0, to: 'First' });
    await expect(correctDraft(operator('Admin'), { id, revision: 0, line: 2, at: 0, to: 'Second' })).rejects.toThrow(
      'in the meantime',
    );
    expect((await answerOf(readDraftRows(helpdesk, { id }))).rows[0]?.cells?.[0]).toBe('First');
  });
});

test('a name that an operator corrected before is told, with the right one to take', async () => {
  const pia = addPerson(db, { userPrincipalName: 'pia.x@contoso.com' });
  const { id: personId, revision, employeeType } = pia;
  const right = { userPrincipalName: 'pia@contoso.com', employeeType, usageLocation: '' };
  editPersonValues(helpdesk, { id: personId, revision, ...right });
  const { id, rows } = await draftOf(['Pia,PIA.X@contoso.com,E', 'Pia,pia@contoso.com,E']);
  const warned = (await rows()).map(({ verdict, notes }) => [verdict, notes.map(({ message }) => message)]);
  expect(warned).toEqual([
    [
      'ok',
      [
        'Demo Operator has corrected this UserPrincipalName to pia@contoso.com before: as it is, the row creates another person',
      ],
    ],
    ['known', []],
  ]);
  await correctAlike(helpdesk, { id, revision: 0, at: 1, pattern: 'corrected before' });
  expect((await rows()).map(({ verdict, cells }) => [verdict, cells?.[1]])).toEqual([
    ['known', 'pia@contoso.com'],
    ['duplicate', 'pia@contoso.com'],
  ]);
});

test('columns that do not match are no dead end: rows are judged once somebody says what is what', async () => {
  const { id } = await draftOf(['Ada Z,ada.z@contoso.com,E'], 'Who,Address,Kind');
  const unmatched = await answerOf(readDraftRows(helpdesk, { id }));
  expect(unmatched.columnProblems[0]?.message).toContain('missing');
  expect(unmatched.rows[0]).toMatchObject({ verdict: null, cells: ['Ada Z', 'ada.z@contoso.com', 'E', 'x'] });
  await expect(importDraft(helpdesk, { id, revision: 0 })).rejects.toThrow('No row');
  const matched = await answerOf(
    matchDraftColumns(helpdesk, {
      id,
      revision: 0,
      columns: { CN: 0, UserPrincipalName: 1, EmployeeType: 2 },
    }),
  );
  expect(matched).toMatchObject({ columnProblems: [], counts: { ok: 1 } });
  const { fileId } = await importDraft(helpdesk, { id, revision: 1 });
  expect((await readFile(helpdesk, { id: fileId })).accepted).toBe(1);
});

test('a choice of any column that has a meaning is kept, and the upload stays readable', async () => {
  const { id } = await draftOf(['a,b,c,d,e,f,g,h'], 'A,B,C,D,E,F,G,H');
  const columns = Object.fromEntries(KNOWN_COLUMNS.map((column, index) => [column, index]));
  expect((await answerOf(matchDraftColumns(helpdesk, { id, revision: 0, columns }))).columns).toEqual(columns);
  expect(draftById(db, id)?.columns).toEqual(columns);
  for (const column of KNOWN_COLUMNS) {
    const revision = draftById(db, id)?.revision;
    await matchDraftColumns(helpdesk, { id, revision, columns: { [column]: 7 } });
    expect(draftById(db, id)?.columns).toEqual({ [column]: 7 });
  }
});

test('a file whose structure is broken says where, and what to do', async () => {
  const { id } = await createDraft(helpdesk, { name: 'x.csv' }, sent('CN,UPN,Type\n"Ada,ada@contoso.com,E\n'));
  expect((await answerOf(readDraftRows(helpdesk, { id }))).fault).toMatchObject({
    line: 2,
    message: expect.stringContaining('Close the quote'),
  });
});

test('a dry run is requested once per revision, and checks the rows that would be imported', async () => {
  const { id } = await draftOf(UPLOAD);
  expect(readPreview(helpdesk, { id })).toBeNull();
  const { runId } = startPreview(helpdesk, { id, revision: 0 });
  expect(startPreview(helpdesk, { id, revision: 0 }).runId).toBe(runId);
  expect(db.select().from(runs).where(eq(runs.id, runId)).get()).toMatchObject({
    dryRun: true,
    draftId: id,
    status: 'queued',
  });
  expect(newcomersOfDraft(db, dataDir(), id).map(({ line }) => line)).toEqual([2, 3, 6]);
  db.update(runs).set({ status: 'stopped', finishedAt: 1, reason: 'graph_down', message: 'No answer.' }).run();
  expect(readPreview(helpdesk, { id })).toMatchObject({
    isCurrent: true,
    result: null,
    problem: expect.stringContaining('No answer'),
  });
  await correctDraft(helpdesk, { id, revision: 0, line: 5, at: 1, to: 'juergen@contoso.com' });
  expect(readPreview(helpdesk, { id })?.isCurrent).toBe(false);
  expect(newcomersOfDraft(db, dataDir(), id).map(({ line }) => line)).toEqual([2, 3, 5, 6]);
});

test('what the dry run found is told in one sentence', async () => {
  const { id } = await draftOf(['A,a1@contoso.com,E', 'B,b1@contoso.com,E', 'C,c1@contoso.com,E']);
  const { runId } = startPreview(helpdesk, { id, revision: 0 });
  const outcomeAt = (
    line: number,
    state: 'queued' | 'awaiting_sync' | 'needs_attention',
    reason: string,
    licences: string[],
  ) => ({
    runId,
    line,
    state,
    reason,
    licences,
    message: 'Because.',
    userPrincipalName: `p${line}@contoso.com`,
    displayName: 'P',
    employeeType: 'E',
  });
  db.insert(dryRunOutcomes)
    .values([
      outcomeAt(2, 'queued', 'would_license', ['EXCHANGESTANDARD']),
      outcomeAt(3, 'awaiting_sync', 'not_synchronised', []),
      outcomeAt(4, 'needs_attention', 'account_is_guest', []),
    ])
    .run();
  db.update(runs).set({ status: 'completed', finishedAt: 1 }).where(eq(runs.id, runId)).run();
  expect(readPreview(helpdesk, { id })?.result).toMatchObject({
    people: 3,
    sentence: '1 gets Exchange Online (Plan 1), 1 is not synchronised yet, 1 cannot; 0 seats left afterwards.',
    findings: [{ kind: 'licensed' }, { kind: 'sync' }, { kind: 'cannot', title: 'The account is a guest' }],
    outcomes: [
      [2, 0],
      [3, 1],
      [4, 2],
    ],
  });
  db.insert(dryRunOutcomes)
    .values(Array.from({ length: 1000 }, (_, n) => outcomeAt(n + 5, 'awaiting_sync', 'not_synchronised', [])))
    .run();
  const { findings, outcomes } = readPreview(helpdesk, { id })?.result ?? {};
  expect([findings?.length, outcomes?.length, outcomes?.at(-1)]).toEqual([3, 1003, [1004, 1]]);
  expect(JSON.stringify(outcomes).length, 'at most 10 characters of a person').toBeLessThan(10_030);
});

describe('importing', () => {
  test('goes the way of the drop folder, with the corrections and who made them, and asks for a run over its people', async () => {
    const { id, text } = await draftOf(['Grace,gräce@contoso.com,E', 'Bad,,E']);
    await correctDraft(helpdesk, { id, revision: 0, line: 2, at: 1, to: 'graece@contoso.com' });
    const { fileId } = await importDraft(helpdesk, { id, revision: 1 });
    expect(await readFile(helpdesk, { id: fileId })).toMatchObject({
      source: 'upload',
      rows: 2,
      accepted: 1,
      rejected: 1,
    });
    const [row] = db.select().from(intakeRows).where(eq(intakeRows.fileId, fileId)).all();
    expect(row).toMatchObject({
      raw: text.split('\r\n')[1],
      changes: [
        {
          column: 'UserPrincipalName',
          from: 'gräce@contoso.com',
          to: 'graece@contoso.com',
          what: 'corrected by Demo Operator',
        },
      ],
    });
    expect(draftById(db, id)).toMatchObject({ status: 'imported', fileId });
    const run = db.select().from(runs).where(eq(runs.rerunOfFileId, fileId)).get();
    expect(run).toMatchObject({ selection: 'imported', status: 'queued', requestedBy: 'Demo Operator' });
    const chosen = db
      .select()
      .from(runPeople)
      .where(eq(runPeople.runId, run?.id ?? ''))
      .all();
    expect(chosen.map(({ personId }) => personId)).toEqual([row?.personId]);
    const { storedName } = await readFile(helpdesk, { id: fileId });
    expect(readFileSync(path.join(dataDir(), 'uploads', storedName ?? ''), 'utf8')).toBe(text);
    await expect(importDraft(helpdesk, { id, revision: 2 })).rejects.toThrow('in the meantime');
  });

  test('of an upload somebody changed meanwhile does nothing', async () => {
    const { id } = await draftOf(['Hal,hal@contoso.com,E']);
    await correctDraft(helpdesk, { id, revision: 0, line: 2, at: 0, to: 'Hal B' });
    await expect(importDraft(helpdesk, { id, revision: 0 })).rejects.toThrow('in the meantime');
    expect(db.select().from(people).where(eq(people.upnKey, 'hal@contoso.com')).all()).toEqual([]);
  });

  test('of bytes that were imported before is announced beforehand', async () => {
    const bytes = Buffer.from('CN,UPN,Type\nIda,ida@contoso.com,E\n');
    const file = await uploadFile(helpdesk, { name: 'first.csv' }, sent(bytes));
    const { id } = await createDraft(helpdesk, { name: 'again.csv' }, sent(bytes));
    expect(readDraft(helpdesk, { id }).importedBefore).toMatchObject({ id: file.id, name: 'first.csv' });
  });
});

test('a discarded upload is gone, and who did it stays', async () => {
  const { id } = await draftOf(['Joe,joe@contoso.com,E']);
  expect(discardDraft(helpdesk, { id, revision: 0 }).status).toBe('discarded');
  expect(existsSync(path.join(dataDir(), 'uploads', `${id}.csv`))).toBe(false);
  await expect(readDraftRows(helpdesk, { id })).rejects.toThrow('finished');
  const discarded = db.select().from(events).where(eq(events.kind, 'draft.discarded')).all();
  expect(discarded).toMatchObject([{ actorKey: 'demo/operator', data: { draftId: id } }]);
});

test('an operator has only so many open uploads; a finished one makes room, and a colleague is not affected', async () => {
  const busy = { ...operator('Operator'), key: 'busy', name: 'Busy' };
  const { limit } = readDraftQuota(busy);
  const ids: string[] = [];
  for (let n = 0; n < limit; n++)
    ids.push((await createDraft(busy, { name: `${n}.csv` }, sent(`CN,UPN,Type\n${n}`))).id);
  const quota = readDraftQuota(busy);
  expect({ ...quota, problem: quota.problem && refusedText(quota.problem) }).toEqual({
    open: limit,
    limit,
    problem: `You have ${limit} uploads waiting to be imported, which is the limit. Import or discard one of them first.`,
  });
  const uploads = () => readdirSync(path.join(dataDir(), 'uploads')).length;
  const before = uploads();
  await expect(createDraft(busy, { name: 'more.csv' }, sent('CN,UPN,Type\n'))).rejects.toMatchObject({
    code: 'conflict',
  });
  expect(uploads()).toBe(before);
  expect(readDraftQuota(helpdesk).problem).toBeNull();
  await discardDraft(busy, { id: ids[0], revision: 0 });
  expect(readDraftQuota(busy)).toMatchObject({ open: limit - 1, problem: null });
  db.update(drafts)
    .set({ sizeBytes: 1024 ** 3 })
    .where(eq(drafts.id, ids[1] ?? ''))
    .run();
  const { problem } = readDraftQuota(busy);
  expect(problem && refusedText(problem)).toMatch(/^You have 1024 MB of uploads/);
});

describe('an upload of a colleague', () => {
  const colleague = { ...operator('Operator'), key: 'demo/colleague', name: 'Demo Colleague' };

  test('is read and checked, and neither changed, imported nor discarded', async () => {
    const { id } = await draftOf(['Cora,cora@contoso.com,E']);
    const seen = { id, revision: 0 };
    const whyNot = 'Demo Operator uploaded this: only they or an Admin can correct, import or discard it.';
    expect(readDraft(colleague, { id }).whyNot).toBe(whyNot);
    expect((await answerOf(readDraftRows(colleague, { id }))).rows).toHaveLength(1);
    expect(startPreview(colleague, seen).runId).toBeTruthy();
    const columns = { CN: 0, UserPrincipalName: 1, EmployeeType: 2 };
    for (const change of [
      async () => correctDraft(colleague, { ...seen, line: 2, at: 0, to: 'Mallory' }),
      async () => correctAlike(colleague, { ...seen, at: 0, pattern: 'x' }),
      async () => matchDraftColumns(colleague, { ...seen, columns }),
      async () => importDraft(colleague, seen),
      async () => discardDraft(colleague, seen),
    ])
      await expect(change()).rejects.toMatchObject({ code: 'forbidden', message: whyNot });
    expect(draftById(db, id)).toMatchObject({ status: 'open', revision: 0, corrections: [] });
  });

  test('leaves in the history that it was not changed', async () => {
    const { id } = await draftOf(['Cosmo,cosmo@contoso.com,E']);
    expect((await respond(() => discardDraft(colleague, { id, revision: 0 }))).status).toBe(403);
    expect(db.select().from(events).where(eq(events.kind, 'action.refused')).all()).toMatchObject([
      {
        actorKey: 'demo/colleague',
        message: `Demo Colleague was refused a change of the upload ${draftById(db, id)?.name}, which Demo Operator brought.`,
        data: { permission: 'drafts:change-any' },
      },
    ]);
  });

  test('is changed by an Admin', async () => {
    const { id } = await draftOf(['Cleo,cleo@contoso.com,E']);
    expect(readDraft(operator('Admin'), { id }).whyNot).toBeNull();
    expect(discardDraft(operator('Admin'), { id, revision: 0 }).status).toBe('discarded');
  });
});
