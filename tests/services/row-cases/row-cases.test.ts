import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { events } from '#db/schema/events.ts';
import { intakeFiles, intakeRows } from '#db/schema/files.ts';
import { people } from '#db/schema/people.ts';
import { rowCases } from '#db/schema/row-cases.ts';
import { seedMappings } from '#db/store/mappings/mappings.ts';
import { listPeople } from '#db/store/people/all-people.ts';
import { indexNextRows } from '#db/store/search/search-index.ts';
import { upnKey } from '#lib/domain/person.ts';
import { listApprovals } from '#lib/services/approvals/approvals.ts';
import { correctDraft, matchDraftColumns } from '#lib/services/drafts/draft-corrections.ts';
import { importDraft } from '#lib/services/drafts/draft-preview.ts';
import { readDraftRows } from '#lib/services/drafts/drafts.ts';
import { downloadResults } from '#lib/services/files/file-results.ts';
import { readFile, uploadFile } from '#lib/services/files/files.ts';
import { findAnything } from '#lib/services/find/find.ts';
import { approvePeople } from '#lib/services/people/actions/people-moves.ts';
import { chooseRow } from '#lib/services/people/actions/row-choice.ts';
import { readPerson } from '#lib/services/people/people.ts';
import {
  closeFileCases,
  closeRowCases,
  correctAlikeCases,
  correctRowCase,
  reopenRowCases,
} from '#lib/services/row-cases/row-case-actions.ts';
import { openAsUpload } from '#lib/services/row-cases/row-case-upload.ts';
import { listRowCases, type RowCaseItem, readRowCase } from '#lib/services/row-cases/row-cases.ts';
import { addPerson, openServicesDatabase, operator, sent } from '#tests/support/services-world.ts';

const db = openServicesDatabase();
seedMappings(db, 0);
addPerson(db, { userPrincipalName: 'known@contoso.com', accountId: 'a', state: 'provisioned' });
const helpdesk = operator('Operator');
let made = 0;

/** Imports a file with these rows; `note` makes its bytes its own. */
async function dropped(rows: string[], header = 'CN,UserPrincipalName,EmployeeType') {
  made += 1;
  const text = `${header}\r\n${rows.join('\r\n')}\r\n${'\r\n'.repeat(made)}`;
  return uploadFile(helpdesk, { name: `new${made}.csv` }, sent(text));
}

/** The open cases of a file, in the order of its lines. */
const openCases = (fileId: string): RowCaseItem[] => listRowCases(helpdesk, { file: fileId }).items;

async function oneCase(row: string, header?: string): Promise<RowCaseItem> {
  const file = await dropped([row], header);
  const [only] = openCases(file.id);
  if (!only) throw new Error('the row did not stay out');
  return only;
}

const personCalled = (upn: string) =>
  db
    .select()
    .from(people)
    .where(eq(people.upnKey, upnKey(upn)))
    .get();

const sums = (fileId: string) => {
  const { rows, open, corrected, closed, duplicate, ...parts } = readFile(helpdesk, { id: fileId }).reconciliation;
  const accepted = Object.values(parts).reduce((sum, n) => sum + n, 0);
  expect(accepted + duplicate + open + corrected + closed).toBe(rows);
  return { rows, accepted, duplicate, open, corrected, closed };
};

test('a row that cannot become a person is an open case with its name, its line and what keeps it out', async () => {
  const file = await dropped([
    'Ada Lovelace,ada@@contoso.com,E',
    'Bob,bob.case@contoso.com,E',
    'Too,many,cells,here,x',
  ]);
  expect(openCases(file.id)).toMatchObject([
    { line: 2, name: 'Ada Lovelace', userPrincipalName: 'ada@@contoso.com', status: 'open', person: null },
    {
      line: 4,
      name: 'Too,many,cells,here,x',
      userPrincipalName: null,
      problem: { message: expect.stringContaining('too many') },
    },
  ]);
  expect(sums(file.id)).toEqual({ rows: 3, accepted: 1, duplicate: 0, open: 2, corrected: 0, closed: 0 });
});

describe('a correction', () => {
  test('makes the row a person, and the row stays beside it as it came', async () => {
    const found = await oneCase('Eve Early,eve early@contoso.com,E,x', 'CN,UserPrincipalName,EmployeeType,Room');
    const detail = readRowCase(helpdesk, { id: found.id });
    expect(detail).toMatchObject({
      names: ['CN', 'UserPrincipalName', 'EmployeeType', 'Room'],
      raw: expect.any(String),
    });
    const cells = ['Eve Early', 'eve.early@contoso.com', 'E', 'x'];
    const { personId } = correctRowCase(helpdesk, { id: found.id, revision: found.revision, cells });
    expect(readPerson(helpdesk, { id: personId })).toMatchObject({
      userPrincipalName: 'eve.early@contoso.com',
      displayName: 'Eve Early',
      state: 'queued',
      sources: [
        {
          line: 2,
          raw: 'Eve Early,eve early@contoso.com,E,x',
          extras: { Room: 'x' },
          doubts: [],
          changes: [{ column: 'UserPrincipalName', from: 'eve early@contoso.com', what: 'corrected by Demo Operator' }],
        },
      ],
      timeline: expect.arrayContaining([expect.objectContaining({ actor: 'Demo Operator' })]),
    });
    expect(readRowCase(helpdesk, { id: found.id })).toMatchObject({
      status: 'corrected',
      settledBy: 'Demo Operator',
      problem: found.problem,
      person: { id: personId, displayName: 'Eve Early' },
    });
    expect(sums(found.fileId)).toEqual({ rows: 1, accepted: 0, duplicate: 0, open: 0, corrected: 1, closed: 0 });
    expect(readFile(helpdesk, { id: found.fileId })).toMatchObject({ people: 1, byState: { queued: 1 } });
    const listed = listPeople(db, null).find(({ id }) => id === personId);
    expect(listed?.sources).toEqual([{ file: found.fileName, line: 2 }]);
  });

  test('goes through the same checks: what is still wrong is said, and nothing is changed', async () => {
    const found = await oneCase('Fay,fay@@contoso.com,E');
    const correct = (cells: string[]) => correctRowCase(helpdesk, { id: found.id, revision: found.revision, cells });
    expect(() => correct(['Fay', 'fay@', 'E'])).toThrow('UserPrincipalName');
    expect(() => correct(['Fay\u0007', 'fay@contoso.com', 'E'])).toThrow('control character');
    expect(() => correct(['Fay', 'fay@contoso.com'])).toThrow('one for each column');
    expect(openCases(found.fileId)).toHaveLength(1);
    expect(personCalled('fay@contoso.com')).toBeUndefined();
  });

  test('of a row that cannot be split is written anew in the columns of the file', async () => {
    const found = await oneCase('Doe, Jane,jane.doe@contoso.com,E');
    const written = ['Doe, Jane', 'jane.doe@contoso.com', 'E'];
    const detail = readRowCase(helpdesk, { id: found.id });
    expect(detail).toMatchObject({ cells: ['', '', ''], isSplit: false, meant: { cells: written } });
    correctRowCase(helpdesk, { id: found.id, revision: 0, cells: written });
    expect(personCalled('jane.doe@contoso.com')).toMatchObject({ displayName: 'Doe, Jane' });
  });

  test('of somebody known belongs to that person, and says nothing against a later row', async () => {
    const found = await oneCase('Old Name,gus@@contoso.com,N');
    await dropped(['Gus New,gus@contoso.com,E']);
    const cells = ['Old Name', 'gus@contoso.com', 'N'];
    const { personId } = correctRowCase(helpdesk, { id: found.id, revision: 0, cells });
    expect(personCalled('gus@contoso.com')).toMatchObject({ id: personId, displayName: 'Gus New', employeeType: 'E' });
    expect(readPerson(helpdesk, { id: personId }).sources).toHaveLength(2);
    expect(sums(found.fileId).corrected).toBe(1);
  });

  test.each([
    ['in the same file', 0],
    ['in a later one', 1],
  ])('says nothing against a row that repeats an earlier one %s', async (_, nights) => {
    const upn = `ike${nights}@contoso.com`;
    const row = `Ike,${upn},E`;
    await dropped([row]);
    db.update(people).set({ state: 'provisioned', licensedAt: 1 }).where(eq(people.upnKey, upn)).run();
    const file = await dropped([row, `Ike Two,ike${nights}@@contoso.com,N`]);
    if (nights > 0) await dropped([row]);
    const [found] = openCases(file.id);
    const before = personCalled(upn);
    correctRowCase(helpdesk, { id: found?.id, revision: 0, cells: ['Ike Two', upn, 'N'] });
    expect(personCalled(upn)).toEqual(before);
    expect(before).toMatchObject({ state: 'provisioned', employeeType: 'E', displayName: 'Ike' });
  });

  test('of a row newer than those we know counts as every newer row does', async () => {
    await dropped(['Hal,hal@contoso.com,E']);
    const found = await oneCase('Hal Renamed,hal@@contoso.com,N');
    correctRowCase(helpdesk, { id: found.id, revision: 0, cells: ['Hal Renamed', 'hal@contoso.com', 'N'] });
    // It disagrees about the licence, so somebody chooses first.
    expect(personCalled('hal@contoso.com')).toMatchObject({ displayName: 'Hal Renamed', state: 'held' });
    const { id = 0, revision = 0 } = personCalled('hal@contoso.com') ?? {};
    chooseRow(helpdesk, { id, revision, fileId: found.fileId, line: found.line });
    expect(personCalled('hal@contoso.com')).toMatchObject({ displayName: 'Hal Renamed', employeeType: 'N' });
  });

  test('is answered for by whoever made it: they do not release that person, somebody else may', async () => {
    const found = await oneCase('Rae,rae@@contoso.com,E');
    db.update(intakeFiles)
      .set({ source: 'drop_folder', receivedFrom: 'idm' })
      .where(eq(intakeFiles.id, found.fileId))
      .run();
    const { personId } = correctRowCase(helpdesk, {
      id: found.id,
      revision: 0,
      cells: ['Rae', 'rae@contoso.com', 'E'],
    });
    db.update(people).set({ state: 'held', reason: 'safety_limit' }).where(eq(people.id, personId)).run();
    const person = [{ id: personId, revision: 0 }];
    expect(() => approvePeople(helpdesk, { people: person })).toThrow('You corrected, changed or mapped Rae');
    const { groups } = listApprovals(helpdesk, {});
    expect(groups).toMatchObject([{ people: 1, needSecondPerson: 1 }]);
    const another = { ...operator('Admin'), key: 'demo/another' };
    expect(approvePeople(another, { people: person }).done).toEqual([personId]);
  });

  test('by two operators counts once: the second is told', async () => {
    const found = await oneCase('Ivo,ivo@@contoso.com,E');
    const cells = ['Ivo', 'ivo@contoso.com', 'E'];
    correctRowCase(helpdesk, { id: found.id, revision: 0, cells });
    expect(() => correctRowCase(operator('Admin'), { id: found.id, revision: 0, cells })).toThrow('in the meantime');
    expect(() => closeRowCases(helpdesk, { cases: [found], why: 'left already' })).toThrow('in the meantime');
  });

  test('of all alike corrects each row its own way, and no other', async () => {
    const file = await dropped([
      'Jürgen,jürgen@contoso.com,E',
      'Zoë,zoë@contoso.com,E',
      'Two faults,tïm@contoso.com,E\u0007',
      'Other,other@@contoso.com,E',
    ]);
    const [first] = openCases(file.id);
    const detail = readRowCase(helpdesk, { id: first?.id });
    const [note] = detail.notes;
    const [suggestion] = note?.suggestions ?? [];
    expect(detail.alike).toEqual({ [`${note?.at}|${suggestion?.pattern}`]: 3 });
    const mistake = { fileId: file.id, at: note?.at, pattern: suggestion?.pattern };
    expect(await correctAlikeCases(helpdesk, mistake)).toEqual({ corrected: 2, left: 1 });
    expect(openCases(file.id).map(({ line }) => line)).toEqual([4, 5]);
    expect(personCalled('zoe@contoso.com')).toMatchObject({ displayName: 'Zoë' });
    await expect(correctAlikeCases(helpdesk, mistake)).rejects.toThrow('No row could be corrected');
    expect(sums(file.id)).toMatchObject({ rows: 4, open: 2, corrected: 2 });
  });
});

test('two rows alike that are the same person after all are corrected into that one', async () => {
  const file = await dropped(['Sam,sam@@contoso.com,E', 'Sam,sam@@contoso.com,E']);
  const [first] = openCases(file.id);
  const [note] = readRowCase(helpdesk, { id: first?.id }).notes;
  const mistake = { fileId: file.id, at: note?.at, pattern: note?.suggestions[0]?.pattern };
  expect(await correctAlikeCases(helpdesk, mistake)).toEqual({ corrected: 2, left: 0 });
  expect(sums(file.id)).toMatchObject({ rows: 2, open: 0, corrected: 2 });
  expect(readFile(helpdesk, { id: file.id }).people).toBe(1);
});

describe('closing', () => {
  test('needs a reason, names the operator, and can be taken back', async () => {
    const found = await oneCase('Kim,kim@@contoso.com,E');
    expect(() => closeRowCases(helpdesk, { cases: [found], why: ' ' })).toThrow('say why');
    closeRowCases(helpdesk, { cases: [found], why: 'a test row' });
    const closed = readRowCase(helpdesk, { id: found.id });
    expect(closed).toMatchObject({ status: 'closed', settledBy: 'Demo Operator', why: 'a test row' });
    expect(closed.settledAt).toBeGreaterThan(0);
    expect(sums(found.fileId).closed).toBe(1);
    reopenRowCases(helpdesk, { cases: [closed] });
    expect(readRowCase(helpdesk, { id: found.id })).toMatchObject({ status: 'open', settledBy: null, why: null });
    const kinds = db
      .select()
      .from(events)
      .all()
      .filter(({ kind }) => kind.startsWith('row.'))
      .slice(-2);
    expect(kinds).toMatchObject([
      { kind: 'row.closed', actor: 'Demo Operator', message: expect.stringContaining('line 2') },
      { kind: 'row.reopened', data: { fileId: found.fileId, lines: [2] } },
    ]);
  });

  test('of a whole file closes every open row, however many there are', async () => {
    const rows = Array.from({ length: 250 }, (_, n) => `No ${n},no${n}@@contoso.com,E`);
    const file = await dropped(rows);
    await expect(closeFileCases(helpdesk, { fileId: file.id, open: 249, why: 'a trial' })).rejects.toThrow('meantime');
    expect(await closeFileCases(helpdesk, { fileId: file.id, open: 250, why: 'a trial' })).toEqual({ closed: 250 });
    expect(sums(file.id)).toEqual({ rows: 250, accepted: 0, duplicate: 0, open: 0, corrected: 0, closed: 250 });
  });

  test('is done to all or to none', async () => {
    const [one, two] = [await oneCase('Lea,lea@@contoso.com,E'), await oneCase('Max,max@@contoso.com,E')];
    closeRowCases(helpdesk, { cases: [two], why: 'left' });
    expect(() => closeRowCases(helpdesk, { cases: [one, two], why: 'both' })).toThrow('in the meantime');
    expect(readRowCase(helpdesk, { id: one.id }).status).toBe('open');
  });
});

test('a file that was refused whole is a case as well, until somebody closes it', async () => {
  made += 1;
  const file = await uploadFile(helpdesk, { name: 'broken.csv' }, sent(`Name,Mail${made}\nAda,ada\n`));
  expect(file.status).toBe('rejected');
  const [found] = openCases(file.id);
  expect(found).toMatchObject({
    line: null,
    name: 'broken.csv',
    problem: { message: expect.stringContaining('refused') },
  });
  expect(sums(file.id)).toMatchObject({ rows: 0, open: 0 });
  closeRowCases(helpdesk, { cases: found ? [found] : [], why: 'sent again as broken2.csv' });
  expect(openCases(file.id)).toEqual([]);
});

describe('opening what stayed out as an upload', () => {
  const header = 'CN;UserPrincipalName;EmployeeType;Note';
  const rows = [
    'Uma;uma@@contoso.com;E;"a note\r\nover two lines"',
    'Vic;vic@contoso.com;E;fine',
    'Wes;wes@@contoso.com;E;',
    '"Xen";"xen" x@@contoso.com;E;wrong quotes',
    'Yul;yul@@contoso.com;E;',
  ];

  test('keeps every row as it came, and its import settles each: corrected, or closed where it stays out again', async () => {
    const file = await dropped(rows, header);
    expect(sums(file.id)).toMatchObject({ accepted: 1, open: 4 });
    const { draftId } = await openAsUpload(helpdesk, { fileId: file.id });
    const draft = (await readDraftRows(helpdesk, { id: draftId })).read();
    expect(draft.rows.map(({ cells, raw }) => cells?.[1] ?? raw)).toEqual([
      'uma@@contoso.com',
      'wes@@contoso.com',
      expect.stringContaining('wrong quotes'),
      'yul@@contoso.com',
    ]);
    expect(sums(file.id)).toMatchObject({ open: 4 });
    const [uma, wes] = draft.rows;
    await correctDraft(helpdesk, { id: draftId, revision: 0, line: uma?.line, at: 1, to: 'uma@contoso.com' });
    await correctDraft(helpdesk, { id: draftId, revision: 1, line: wes?.line, at: 1, to: 'wes@contoso.com' });
    const [, , , yulCase] = openCases(file.id);
    closeRowCases(helpdesk, { cases: yulCase ? [yulCase] : [], why: 'meanwhile closed' });
    const { fileId } = await importDraft(helpdesk, { id: draftId, revision: 2 });
    expect(sums(file.id)).toEqual({ rows: 5, accepted: 1, duplicate: 0, open: 0, corrected: 2, closed: 2 });
    expect(sums(fileId)).toEqual({ rows: 4, accepted: 2, duplicate: 0, open: 1, corrected: 0, closed: 1 });
    const settled = listRowCases(helpdesk, { file: file.id, status: 'corrected' }).items;
    expect(settled).toMatchObject([
      { line: 2, importedAsFileId: fileId, person: { displayName: 'Uma' } },
      { line: 5, importedAsFileId: fileId, person: { displayName: 'Wes' } },
    ]);
    expect(listRowCases(helpdesk, { file: file.id, status: 'closed' }).items.map(({ why }) => why)).toEqual([
      expect.stringContaining('came again'),
      'meanwhile closed',
    ]);
    const person = readPerson(helpdesk, { id: settled[0]?.person?.id });
    expect(person.sources.map(({ line, raw }) => [line, raw])).toEqual([
      [2, 'Uma;uma@@contoso.com;E;"a note\r\nover two lines"'],
      [2, 'Uma;uma@@contoso.com;E;"a note\r\nover two lines"'],
    ]);
  });

  test('leaves what a colleague decides meanwhile decided: neither imported nor asked about again', async () => {
    const file = await dropped(['Abe,abe@@contoso.com,E', 'Bea,bea@@contoso.com,E', 'Cai,cai@@contoso.com,E']);
    const [abe, bea] = openCases(file.id);
    const { draftId } = await openAsUpload(helpdesk, { fileId: file.id });
    for (const [revision, name] of ['abe', 'bea', 'cai'].entries())
      await correctDraft(helpdesk, { id: draftId, revision, line: revision + 2, at: 1, to: `${name}@contoso.com` });
    closeRowCases(helpdesk, { cases: abe ? [abe] : [], why: 'a test.' });
    correctRowCase(helpdesk, { id: bea?.id, revision: 0, cells: ['Bea', 'bea.b@contoso.com', 'E'] });
    const read = async () =>
      (await readDraftRows(helpdesk, { id: draftId }))
        .read()
        .rows.map(({ verdict, notes }) => [verdict, notes.find(({ kind }) => kind === 'problem')?.message]);
    const corrected = ['rejected', 'Demo Operator has corrected this row in the meantime'];
    expect(await read()).toEqual([
      ['rejected', 'Demo Operator has closed this row in the meantime: a test'],
      corrected,
      ['ok', undefined],
    ]);
    const { fileId } = await importDraft(helpdesk, { id: draftId, revision: 3 });
    expect(sums(fileId)).toEqual({ rows: 3, accepted: 1, duplicate: 0, open: 0, corrected: 0, closed: 2 });
    expect(['abe@contoso.com', 'bea@contoso.com', 'bea.b@contoso.com'].filter(personCalled)).toEqual([
      'bea.b@contoso.com',
    ]);
    const closings = db.select().from(events).where(eq(events.kind, 'row.closed')).all();
    expect(closings.at(-1)).toMatchObject({ actor: 'engine', data: { fileId, lines: [2, 3] } });
  });

  test('imports a row again that the colleague reopened, and no file that was closed', async () => {
    const found = await oneCase('Dov,dov@@contoso.com,E');
    const { draftId } = await openAsUpload(helpdesk, { fileId: found.fileId });
    await correctDraft(helpdesk, { id: draftId, revision: 0, line: 2, at: 1, to: 'dov@contoso.com' });
    closeRowCases(helpdesk, { cases: [found], why: 'a test' });
    await expect(importDraft(helpdesk, { id: draftId, revision: 1 })).rejects.toThrow('No row of this file');
    reopenRowCases(helpdesk, { cases: [readRowCase(helpdesk, { id: found.id })] });
    await importDraft(helpdesk, { id: draftId, revision: 1 });
    expect(personCalled('dov@contoso.com')).toBeDefined();

    made += 1;
    const whole = await uploadFile(
      helpdesk,
      { name: 'whole.csv' },
      sent(`Who,Address,Kind${made}\nEli,eli@contoso.com,E\n`),
    );
    const opened = await openAsUpload(helpdesk, { fileId: whole.id });
    await matchDraftColumns(helpdesk, {
      id: opened.draftId,
      revision: 0,
      columns: { CN: 0, UserPrincipalName: 1, EmployeeType: 2 },
    });
    closeRowCases(helpdesk, { cases: openCases(whole.id), why: 'the wrong list' });
    await expect(importDraft(helpdesk, { id: opened.draftId, revision: 1 })).rejects.toThrow(
      'whole.csv, which was rejected',
    );
    expect(personCalled('eli@contoso.com')).toBeUndefined();
  });

  test('reads their dates as the whole file showed them, however few of its rows are left', async () => {
    const dates = 'CN,UserPrincipalName,EmployeeType,StartDate';
    const left = [
      'Ida,ida@@contoso.com,E,03/04/2026',
      'Jan,jan@@contoso.com,E,2026-05-06',
      'Kim,kim@@contoso.com,E,TBD',
    ];
    const file = await dropped(['Hal,hal.dates@contoso.com,E,25/04/2026', ...left], dates);
    const { draftId } = await openAsUpload(helpdesk, { fileId: file.id });
    const { rows: read } = (await readDraftRows(helpdesk, { id: draftId })).read();
    expect(read.map(({ cells }) => cells?.[3])).toEqual(['2026-04-03', '2026-05-06', 'TBD']);
    await correctDraft(helpdesk, { id: draftId, revision: 0, line: read[0]?.line, at: 1, to: 'ida.dates@contoso.com' });
    await importDraft(helpdesk, { id: draftId, revision: 1 });
    expect(personCalled('ida.dates@contoso.com')).toMatchObject({ startDate: '2026-04-03' });
    const [, row] = db.select().from(intakeRows).where(eq(intakeRows.fileId, file.id)).all();
    expect(row?.raw).toBe(left[0]);
  });

  test('works for a file that was refused whole, and takes no bytes but its own', async () => {
    made += 1;
    const text = `Who,Address,Kind${made}\nZoe,zoe.whole@contoso.com,E\n`;
    const file = await uploadFile(helpdesk, { name: 'headless.csv' }, sent(text));
    const { draftId } = await openAsUpload(helpdesk, { fileId: file.id });
    const columns = { CN: 0, UserPrincipalName: 1, EmployeeType: 2 };
    await matchDraftColumns(helpdesk, { id: draftId, revision: 0, columns });
    const { fileId } = await importDraft(helpdesk, { id: draftId, revision: 1 });
    const [settled] = listRowCases(helpdesk, { file: file.id, status: 'corrected' }).items;
    expect(settled).toMatchObject({ line: null, importedAsFileId: fileId, settledBy: 'Demo Operator' });
    expect(personCalled('zoe.whole@contoso.com')).toBeDefined();

    made += 1;
    const other = await uploadFile(helpdesk, { name: 'other.csv' }, sent(`Nothing${made}\nhere\n`));
    writeFileSync(path.join(process.env.DATA_DIR ?? '', 'uploads', `${other.id}.csv`), 'other bytes');
    await expect(openAsUpload(helpdesk, { fileId: other.id })).rejects.toThrow('no longer where it was');
  });
});

test('a corrected row reopens somebody who was dismissed only where it says something new', async () => {
  await dropped(['Dia Done,dia.done@contoso.com,E']);
  db.update(people).set({ state: 'dismissed' }).where(eq(people.upnKey, 'dia.done@contoso.com')).run();
  const correct = ({ id, revision }: RowCaseItem, type: string) =>
    correctRowCase(helpdesk, { id, revision, cells: ['Dia Done', 'dia.done@contoso.com', type] });
  correct(await oneCase('Dia Done,dia.done@@contoso.com,E'), 'E');
  expect(personCalled('dia.done@contoso.com')).toMatchObject({ state: 'dismissed' });
  correct(await oneCase('Dia Done,dia.done@@contoso.com,N'), 'N');
  expect(personCalled('dia.done@contoso.com')).toMatchObject({ state: 'queued', employeeType: 'N' });
});

test('a row that says nothing is called by its file', async () => {
  const found = await oneCase('Nobody,,');
  db.$client
    .prepare("update intake_rows set raw = ',,' where id = (select row_id from row_cases where id = ?)")
    .run(found.id);
  expect(readRowCase(helpdesk, { id: found.id })).toMatchObject({ name: `new${made}.csv`, raw: ',,' });
});

test('a row of an early version, whose header was not kept, is written anew in our own columns', async () => {
  const found = await oneCase('Nora|nora.n|E');
  db.$client.prepare('update intake_files set header = null where id = ?').run(found.fileId);
  const detail = readRowCase(helpdesk, { id: found.id });
  expect(detail).toMatchObject({ names: ['UserPrincipalName', 'CN', 'EmployeeType'], isSplit: false });
  correctRowCase(helpdesk, { id: found.id, revision: 0, cells: ['nora.n@contoso.com', 'Nora', 'E'] });
  expect(personCalled('nora.n@contoso.com')).toMatchObject({ displayName: 'Nora' });
});

test('is found by its name, its address or any other cell, in the index and before it, open ones first', async () => {
  const file = await dropped(
    ['Quinn Öz-Quill,quinn@@contoso.com,E,Room 77b', 'Quinn Two,quinn.two@@contoso.com,E,Room 78'],
    'CN,UserPrincipalName,EmployeeType,Room',
  );
  const found = (q: string) => findAnything(helpdesk, { q }).rows.map(({ line }) => line);
  const all = () => {
    expect(found('quinn')).toEqual([3, 2]);
    expect(found('öz-quill')).toEqual([2]);
    expect(found('quinn@@con')).toEqual([2]);
    expect(found('room 77B')).toEqual([2]);
    expect(found('room 99')).toEqual([]);
  };
  all();
  while (indexNextRows(db));
  all();
  const searched = (status: string) => listRowCases(helpdesk, { q: 'quinn', status }).items.map(({ line }) => line);
  expect([searched('open'), searched('closed')]).toEqual([[3, 2], []]);
  expect(listRowCases(helpdesk, { q: 'quinn' }).counts).toEqual({ open: 2, corrected: 0, closed: 0 });
  const later = openCases(file.id)[1];
  closeRowCases(helpdesk, { cases: later ? [later] : [], why: 'a double' });
  expect(found('quinn')).toEqual([2, 3]);
});

test('the file with its results says what became of each row that stayed out', async () => {
  const file = await dropped(['Ann,ann.r@@contoso.com,E', 'Ben,ben.r@@contoso.com,E', 'Cid,cid.r@@contoso.com,E']);
  const [ann, ben] = openCases(file.id);
  correctRowCase(helpdesk, { id: ann?.id, revision: 0, cells: ['Ann', 'ann.r@contoso.com', 'E'] });
  closeRowCases(helpdesk, { cases: ben ? [ben] : [], why: 'never came' });
  const [, first, second, third] = [...downloadResults(helpdesk, { id: file.id }).lines].join('').split('\r\n');
  expect(first).toContain('Ann,ann.r@@contoso.com,E,queued,queued');
  expect(first).toContain('corrected by Demo Operator');
  expect(second).toContain('Ben,ben.r@@contoso.com,E,closed,row_closed,Closed by Demo Operator: never came');
  expect(third).toContain('Cid,cid.r@@contoso.com,E,rejected,row_rejected');
});

test('every rejected row has a case, and no other row has one', () => {
  const rejected = db.select({ id: intakeRows.id }).from(intakeRows).where(eq(intakeRows.verdict, 'rejected')).all();
  const cases = db.select({ id: rowCases.rowId }).from(rowCases).all();
  expect(cases.flatMap(({ id }) => id ?? []).sort()).toEqual(rejected.map(({ id }) => id).sort());
});
