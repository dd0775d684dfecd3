import {
  closeSync,
  existsSync,
  ftruncateSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { eq } from 'drizzle-orm';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type Db, openDatabase } from '#db/client.ts';
import { fileRows, settings } from '#db/schema.ts';
import { intakeStore } from '#db/store/files/import.ts';
import { MERGE_PEOPLE } from '#db/store/people/merge-index.ts';
import { COLUMN_FIELDS, KNOWN_COLUMNS, type KnownColumn } from '#lib/domain/newcomer.ts';
import { isClosed, PERSON_STATES } from '#lib/domain/states.ts';
import type { Encoding } from '#lib/intake/csv/encoding/formats.ts';
import { importFile } from '#lib/intake/import.ts';
import { type Progress, StoppedError } from '#lib/intake/import-request.ts';
import { SLICE_ROWS } from '#lib/intake/long-file.ts';
import { resumeImport } from '#lib/intake/resume-import.ts';
import { importCopy } from '#lib/intake/upload.ts';
import {
  emptyDatabase,
  encode,
  importBytes,
  NOW,
  storedEvents,
  storedExtras,
  storedFiles,
  storedPeople,
  storedRows,
  tempFolder,
} from './build.ts';

const HEADER = 'CN,UserPrincipalName,EmployeeType\n';
const LATER = NOW + 3_600_000;
const DROPPED = {
  name: 'people.csv',
  sourceKind: 'drop_folder',
  receivedFrom: 'idm',
  now: NOW,
  runId: null,
} as const;

test('a new person is queued for the next cycle, with row, event and file in one piece', () => {
  const db = emptyDatabase();
  const taken = importBytes(db, `${HEADER}"Doe, John",John.Doe@contoso.example,E\n`);
  expect(taken).toMatchObject({
    name: 'people.csv',
    status: 'accepted',
    rows: 1,
    accepted: 1,
    duplicates: 0,
    rejected: [],
    problem: null,
  });
  expect(taken.id).toMatch(/^20260304T050607Z-[a-z2-7]{6}$/);
  expect(storedPeople(db)).toMatchObject([
    {
      upnKey: 'john.doe@contoso.example',
      displayName: 'Doe, John',
      state: 'queued',
      revision: 0,
      nextCheckAt: NOW,
      message: 'Accepted from people.csv, line 2. The next cycle looks up the account.',
    },
  ]);
  expect(storedRows(db)).toMatchObject([
    { line: 2, raw: '"Doe, John",John.Doe@contoso.example,E', verdict: 'accepted', personId: 1 },
  ]);
  expect(storedEvents(db)).toMatchObject([{ kind: 'file.accepted' }]);
  expect(storedFiles(db)).toMatchObject([{ id: taken.id, encoding: 'UTF-8', delimiter: ',', rows: 1, movedAt: NOW }]);
});

describe('the script that this replaces', () => {
  test('script row "ASCII: accents become ?": names keep their accents from every encoding', () => {
    const encodings: [Encoding, boolean][] = [
      ['UTF-8', false],
      ['UTF-8', true],
      ['UTF-16LE', true],
      ['UTF-16LE', false],
      ['UTF-16BE', true],
      ['UTF-16BE', false],
      ['Windows-1252', false],
    ];
    for (const [encoding, withMark] of encodings) {
      const db = emptyDatabase();
      importBytes(db, encode(`${HEADER}Zoë Größe-Šapek,zoe@contoso.example,E\r\n`, encoding, withMark));
      expect(storedPeople(db).map(({ displayName }) => displayName)).toEqual(['Zoë Größe-Šapek']);
    }
  });

  test('script row "no quoting: `Doe, John` shifts the columns": a quoted comma shifts nothing, an unquoted one rejects its row', () => {
    const db = emptyDatabase();
    const taken = importBytes(
      db,
      `${HEADER}"Doe, John",john@contoso.example,E\nRoe, Jane,jane@contoso.example,N\nZoe,zoe@contoso.example,E\n`,
    );
    expect(storedPeople(db).map((p) => [p.displayName, p.employeeType])).toEqual([
      ['Doe, John', 'E'],
      ['Zoe', 'E'],
    ]);
    expect(taken.rejected).toEqual([{ line: 3, problem: 'The row has too many fields: 4, where the header has 3.' }]);
  });

  test('script row "columns come from the first file only": each file has its own columns, and unknown ones are kept', () => {
    const db = emptyDatabase();
    importBytes(db, 'CN,UserPrincipalName,EmployeeType\nA,a@contoso.example,E\n');
    importBytes(db, 'Department;Employee Type;UPN;Display Name\n Sales ;N;b@contoso.example;B\n');
    expect(storedPeople(db).map((p) => [p.displayName, p.employeeType])).toEqual([
      ['A', 'E'],
      ['B', 'N'],
    ]);
    expect(storedExtras(db)).toEqual([{}, { Department: ' Sales ' }]);
    expect(storedRows(db)[0]?.extras).toBeNull();
  });

  test('script row "trims nothing, removes no duplicates, validates nothing": it trims and says so, duplicates point to the first, all problems at once', () => {
    const db = emptyDatabase();
    const taken = importBytes(db, `${HEADER} Anna ,anna@contoso.example,E\nAnna,ANNA@contoso.example ,E\n,nobody,\n`);
    expect(taken).toMatchObject({ rows: 3, accepted: 1, duplicates: 1 });
    expect(taken.rejected).toEqual([
      { line: 4, problem: 'UserPrincipalName has no @; CN is empty; EmployeeType is empty.' },
    ]);
    const [first, second] = storedRows(db);
    expect(JSON.parse(first?.changes ?? '')).toEqual([{ column: 'CN', from: ' Anna ', to: 'Anna', what: 'trimmed' }]);
    expect(second).toMatchObject({ verdict: 'duplicate', duplicateOfRowId: first?.id, personId: first?.personId });
  });
});

/** As saved in Settings. */
function letNewestRowWin(db: Db): void {
  db.insert(settings).values({ key: 'settings.newestRowWins', value: true, updatedAt: NOW, updatedBy: 'Ada' }).run();
}

describe('the same person twice', () => {
  test('in one file: the person keeps what the first row says and is held, and the second says where it disagrees', () => {
    const db = emptyDatabase();
    importBytes(db, `${HEADER}Anna,anna@contoso.example,E\nAnna,anna@contoso.example,N\n`);
    expect(storedPeople(db)).toMatchObject([{ employeeType: 'E', state: 'held', revision: 1 }]);
    expect(JSON.parse(storedRows(db)[1]?.problems ?? '')).toMatchObject([
      {
        column: 'EmployeeType',
        message: 'EmployeeType is "N" here, but an earlier row of this file says "E": someone has to choose',
      },
    ]);
    expect(storedEvents(db).map(({ kind }) => kind)).toEqual(['person.disputed', 'file.accepted']);
  });

  test.each([
    [false, 'CN is "Anna B" here, but an earlier row of this file says "Anna", which is used', 'Anna'],
    [true, 'CN is "Anna B" here, which is used; an earlier row of this file says "Anna"', 'Anna B'],
  ])('in one file, the newest row wins: %s. It is said which row is used', (newestWins, message, name) => {
    const db = emptyDatabase();
    if (newestWins) letNewestRowWin(db);
    const type = newestWins ? 'N' : 'E';
    importBytes(db, `${HEADER}Anna,anna@contoso.example,E\nAnna B,anna@contoso.example,${type}\n`);
    expect(storedRows(db)[1]?.problems).toContain(JSON.stringify(message).slice(1, -1));
    expect(storedPeople(db)).toMatchObject([{ displayName: name }]);
  });

  test('in a later file, where Settings say so: the newest row is right, and what it changed is an event', () => {
    const db = emptyDatabase();
    letNewestRowWin(db);
    importBytes(db, 'CN,UPN,Type,UsageLocation,StartDate\nAnna,anna@contoso.example,E,DE,2026-03-04\n');
    db.$client.exec(
      "insert into mappings (id, employee_type, employee_type_key, version, licences, created_at, created_by) values (7, 'E', 'e', 1, '[]', 0, 'x'); update people set mapping_id = 7",
    );
    importBytes(db, 'CN,UPN,Type,UsageLocation\nAnna Able,anna@contoso.example,N,\n', {
      name: 'later.csv',
      now: LATER,
    });
    expect(storedPeople(db)).toMatchObject([
      // The later file has no StartDate column, so the date stays; the mapping belonged to the former EmployeeType.
      {
        displayName: 'Anna Able',
        employeeType: 'N',
        usageLocation: null,
        startDate: '2026-03-04',
        nextCheckAt: LATER,
        mappingId: null,
      },
    ]);
    const changed = storedEvents(db).find(({ kind }) => kind === 'person.changed');
    expect(JSON.parse(changed?.data ?? '')).toEqual({
      changes: [
        { column: 'CN', before: 'Anna', after: 'Anna Able' },
        { column: 'EmployeeType', before: 'E', after: 'N' },
        { column: 'UsageLocation', before: 'DE', after: null },
      ],
      row: { file: 'later.csv', line: 2 },
    });
    expect(storedRows(db)[1]).toMatchObject({ verdict: 'duplicate', duplicateOfRowId: 1 });
  });

  test('every known column of a file is kept with the person, and a later file changes it', () => {
    const db = emptyDatabase();
    letNewestRowWin(db);
    const values: Record<KnownColumn, [first: string, later: string]> = {
      UserPrincipalName: ['anna@contoso.example', 'anna@contoso.example'],
      CN: ['Anna', 'Anna Able'],
      EmployeeType: ['E', 'N'],
      UsageLocation: ['DE', 'FR'],
      StartDate: ['2026-03-04', '2026-05-06'],
    };
    for (const index of [0, 1] as const) {
      const row = KNOWN_COLUMNS.map((column) => values[column][index]);
      importBytes(db, `${KNOWN_COLUMNS.join()}\n${row.join()}\n`, { name: `${index}.csv`, now: NOW + index });
      const kept = intakeStore(db).findPerson('anna@contoso.example');
      expect(KNOWN_COLUMNS.map((column) => kept?.[COLUMN_FIELDS[column]])).toEqual(row);
    }
  });

  test.each(PERSON_STATES)(
    'dropped again while %s, with something new: checked again where that is allowed, and the event is stored with it',
    (state) => {
      const db = emptyDatabase();
      importBytes(db, `${HEADER}Anna,anna@contoso.example,E\n`);
      db.$client.prepare('update people set state = ?, revision = 3, next_check_at = null').run(state);
      importBytes(db, `${HEADER}Annabel,anna@contoso.example,E\n`, { name: 'again.csv', now: LATER });
      // Whoever is done is verified first.
      const moves = ['needs_attention', 'dismissed'].includes(state);
      expect(storedPeople(db)).toMatchObject([
        { state: moves ? 'queued' : state, revision: moves ? 5 : 4, nextCheckAt: state === 'held' ? null : LATER },
      ]);
      expect(storedEvents(db).filter(({ kind }) => kind === 'person.dropped_again')).toMatchObject([
        { personId: 1, fromState: moves ? state : null, toState: moves ? 'queued' : null },
      ]);
    },
  );

  test.each(PERSON_STATES)(
    'dropped again while %s, word for word: reopens nobody; who is waited for or done is checked, and no event is stored',
    (state) => {
      const db = emptyDatabase();
      importBytes(db, `${HEADER}Anna,anna@contoso.example,E\n`);
      db.$client.prepare('update people set state = ?, revision = 3, next_check_at = null').run(state);
      const events = storedEvents(db).length;
      const again = importBytes(db, `${HEADER}Anna,anna@contoso.example,E\n`, { name: 'again.csv', now: LATER });
      const stays = ['held', 'needs_attention', 'dismissed'].includes(state);
      expect(storedPeople(db)).toMatchObject([{ state, revision: 3, nextCheckAt: stays ? null : LATER }]);
      expect(again).toMatchObject({ rows: 1, accepted: 0, duplicates: 1 });
      expect(storedEvents(db).slice(events)).toMatchObject([{ kind: 'file.accepted', personId: null }]);
    },
  );

  test.each(PERSON_STATES)(
    'a row that says that this person leaves, while %s: told and nothing changed where nothing is left to do, else open until somebody says more',
    (state) => {
      const db = emptyDatabase();
      const header = 'CN,UserPrincipalName,EmployeeType,UsageLocation,Status\n';
      importBytes(db, `${header}Anna,anna@contoso.example,E,DE,Active\n`);
      db.$client.prepare('update people set state = ?, revision = 3, next_check_at = null').run(state);
      const isDone = isClosed(state);
      for (const night of [1, 2, 3]) {
        const left = importBytes(db, `${header}Anna L.,anna@contoso.example,N,FR,Terminated\n`, { now: NOW + night });
        expect(left).toMatchObject(
          isDone ? { duplicates: 1, rejected: [] } : { duplicates: 0, rejected: [{ line: 2 }] },
        );
      }
      expect(storedPeople(db)).toMatchObject([
        { displayName: 'Anna', employeeType: 'E', usageLocation: 'DE', state, revision: 3 },
      ]);
      expect(storedRows(db)[1]?.problems).toContain('Status says \\"Terminated\\"');
      importBytes(db, `${header}Annabel,anna@contoso.example,E,DE,Active\n`, { now: NOW + 9 });
      expect(storedPeople(db)).toMatchObject([{ displayName: 'Annabel' }]);
    },
  );

  test('what an operator corrected outlives the list of the next night, until the IDM says something new', () => {
    const db = emptyDatabase();
    importBytes(db, `${HEADER}Anna,anna@contoso.example,Q\n`);
    db.$client.prepare("update people set employee_type = 'E', employee_type_key = 'e'").run();
    importBytes(db, `${HEADER}Anna,anna@contoso.example,Q\n`, { name: 'night.csv', now: LATER });
    expect(storedPeople(db)).toMatchObject([{ employeeType: 'E' }]);
    importBytes(db, `${HEADER}Anna,anna@contoso.example,N\n`, { name: 'next.csv', now: LATER + 1 });
    expect(storedPeople(db)).toMatchObject([{ employeeType: 'E', state: 'held' }]);
  });

  test('a list that repeats what is known costs at most 60 bytes a row, and every row is there to be read', () => {
    const db = emptyDatabase();
    const rows = Array.from({ length: 1000 }, (_, n) => `Anna Number ${n},anna${n}@contoso.example,E`);
    const text = `${HEADER}${rows.join('\n')}\n`;
    const size = () => Number(db.$client.pragma('page_count', { simple: true })) * 4096;
    importBytes(db, text);
    const before = size();
    const nights = 4;
    for (let night = 1; night <= nights; night += 1)
      importBytes(db, text, { name: `night${night}.csv`, now: LATER + night });
    expect((size() - before) / (nights * rows.length)).toBeLessThan(60);
    const [last] = storedFiles(db).slice(-1);
    const read = db
      .select()
      .from(fileRows)
      .where(eq(fileRows.fileId, last?.id ?? ''))
      .orderBy(fileRows.line)
      .all();
    expect(read.map(({ line, raw, verdict }) => `${line} ${raw} ${verdict}`)).toEqual(
      rows.map((row, index) => `${index + 2} ${row} duplicate`),
    );
  });
});

test('somebody new at a domain that looks like one with accounts is taken, with a doubt; a colleague or another company is not doubted', () => {
  const db = emptyDatabase();
  importBytes(db, `${HEADER}Ada,ada@contoso.example,E\nBob,bob@Contos0.example,E\n`);
  expect(storedRows(db).map(({ problems }) => problems)).toEqual([null, null]);
  db.$client.exec("update people set account_id = 'a1' where upn_key = 'ada@contoso.example'");
  const rows = 'Cy,cy@Contos0.example,E\nDi,di@contoso.example,E\nEd,ed@fabrikam.example,E\n';
  expect(importBytes(db, HEADER + rows)).toMatchObject({ accepted: 3, rejected: [] });
  const told = storedRows(db)
    .slice(2)
    .map(({ problems }) => JSON.parse(problems ?? '[]'));
  const message =
    'UserPrincipalName is at contos0.example, where no account is known; it looks like contoso.example, where there are';
  expect(told).toMatchObject([[{ column: 'UserPrincipalName', message }], [], []]);
});

describe('a file that is refused stores no row and nobody', () => {
  test.each([
    [
      'a quote never closed in the last row',
      `${HEADER}${'A,a@contoso.example,E\n'.repeat(3)}"B,b@contoso.example,E\n`,
      5,
    ],
    ['a missing column', 'CN,UPN\nA,a@contoso.example\n', 1],
    ['NUL', `${HEADER}A,a\0@contoso.example,E\n`, 2],
    ['nothing at all', '', 1],
  ])('%s', (_name, text, line) => {
    const db = emptyDatabase();
    const taken = importBytes(db, text);
    expect(taken).toMatchObject({
      status: 'rejected',
      rows: 0,
      accepted: 0,
      duplicates: 0,
      rejected: [],
      problem: { line },
    });
    expect(storedFiles(db)).toMatchObject([{ id: taken.id, status: 'rejected', rows: 0 }]);
    expect([storedRows(db), storedPeople(db)]).toEqual([[], []]);
    expect(storedEvents(db).map(({ kind }) => kind)).toEqual(['file.rejected']);
  });

  test('a header and no rows is a file with nobody in it', () => {
    expect(importBytes(emptyDatabase(), HEADER)).toMatchObject({ status: 'accepted', rows: 0, problem: null });
  });
});

test('the name is kept without folders and without characters that could deceive', () => {
  const db = emptyDatabase();
  expect(importBytes(db, HEADER, { name: 'C:\\idm\\new\u202egpj.csv' }).name).toBe('new_gpj.csv');
  expect(importBytes(db, HEADER, { name: '../../etc/a\nb.csv' }).name).toBe('a_b.csv');
});

test('a short file that changes while it is read is not stored at all', () => {
  const db = emptyDatabase();
  const file = path.join(tempFolder(), 'people.csv');
  writeFileSync(file, `${HEADER}${'A,a@contoso.example,E\n'.repeat(2500)}`);
  const source = openSync(file, 'r+');
  // The database calls this in the middle of the second pass, when the bytes have been judged already.
  let writes = 0;
  db.$client.function('rewrite_file', () => {
    if (writes++ === 0) writeSync(source, 'B,b', 50_000);
    return null;
  });
  db.$client.exec('create temp trigger meddle after insert on people begin select rewrite_file(); end');
  expect(importFile({ ...DROPPED, db, source, copyTo: tempFolder() })).toBeNull();
  expect(writes).toBeGreaterThan(0);
  expect([storedFiles(db), storedRows(db), storedPeople(db), storedEvents(db)]).toEqual([[], [], [], []]);
  closeSync(source);
});

describe('a long file', () => {
  const ROWS = 5000;
  const text = (rows = ROWS) =>
    HEADER + Array.from({ length: rows }, (_, n) => `"Doe, ${n}",p${n}@contoso.example,E\n`).join('');

  function opened(content: string) {
    const folder = tempFolder();
    writeFileSync(path.join(folder, 'people.csv'), content);
    const source = openSync(path.join(folder, 'people.csv'), 'r+');
    onTestFinished(() => closeSync(source));
    return { source, copyTo: path.join(folder, 'uploads') };
  }

  test('is stored in slices, none with more rows than allowed, and others see how far it is', () => {
    const db = emptyDatabase();
    const { source, copyTo } = opened(text());
    const seen: number[] = [];
    const yieldToWriters = () => {
      seen.push(storedRows(db).length);
      expect(storedFiles(db)).toMatchObject([{ status: 'importing', rows: seen.at(-1) }]);
    };
    const taken = importFile({ ...DROPPED, db, source, copyTo, hooks: { yieldToWriters } });
    expect(taken).toMatchObject({ status: 'accepted', rows: ROWS, accepted: ROWS });
    const slices = seen.map((rows, n) => rows - (seen[n - 1] ?? 0));
    expect(slices.reduce((sum, rows) => sum + rows, 0)).toBe(ROWS);
    expect(Math.max(...slices)).toBeLessThanOrEqual(SLICE_ROWS);
    expect(storedFiles(db)).toMatchObject([{ status: 'accepted', rows: ROWS }]);
    expect(readdirSync(copyTo)).toEqual([]);
  });

  test('with a fault in its last row is refused before a row is stored', () => {
    const db = emptyDatabase();
    const { source, copyTo } = opened(`${text()}"B,b@contoso.example,E\n`);
    db.$client.exec("create temp trigger never before insert on people begin select raise(abort, 'a row'); end");
    const taken = importFile({ ...DROPPED, db, source, copyTo });
    expect(taken).toMatchObject({ status: 'rejected', rows: 0, problem: { line: ROWS + 2 } });
    expect(readdirSync(copyTo)).toEqual([]);
  });

  test('is stored as it was found sound, whatever becomes of it meanwhile', () => {
    const db = emptyDatabase();
    const { source, copyTo } = opened(text());
    const yieldToWriters = () => ftruncateSync(source, 0);
    expect(importFile({ ...DROPPED, db, source, copyTo, hooks: { yieldToWriters } })).toMatchObject({ accepted: ROWS });
    expect(storedPeople(db)).toHaveLength(ROWS);
  });

  test('that is stopped continues where it was, in the same name, with the corrections it had', () => {
    const db = emptyDatabase();
    const folder = tempFolder();
    const storedName = 'kept.csv';
    writeFileSync(path.join(folder, storedName), text());
    const source = openSync(path.join(folder, storedName), 'r');
    onTestFinished(() => closeSync(source));
    const yieldToWriters = () => {
      throw new StoppedError('enough');
    };
    const upload = {
      ...DROPPED,
      sourceKind: 'upload',
      receivedFrom: 'Olga',
      receivedFromKey: 'o/1',
      storedName,
    } as const;
    expect(() => importFile({ ...upload, db, source, copyTo: null, hooks: { yieldToWriters } })).toThrow(StoppedError);
    const [file] = storedFiles(db);
    expect(file).toMatchObject({ status: 'importing' });
    expect(file?.rows).toBeGreaterThan(0);
    expect(resumeImport(db, file?.id ?? '', folder)).toMatchObject({ kind: 'ended', file: { accepted: ROWS } });
    expect(storedRows(db).map(({ line }) => line)).toEqual(Array.from({ length: ROWS }, (_, n) => n + 2));
    const actor = db.$client.prepare("select actor, actor_key from events where kind = 'file.accepted'").all();
    expect(actor).toEqual([{ actor: 'Olga', actor_key: 'o/1' }]);
    expect(existsSync(path.join(folder, storedName))).toBe(true);
    expect(resumeImport(db, file?.id ?? '', folder)).toEqual({ kind: 'busy' });
  });

  test('goes on however long the database takes for a slice', () => {
    const db = emptyDatabase();
    const { source, copyTo } = opened(text(3000));
    // Renewing the lease alone takes longer than a slice may.
    db.$client.function('take_long', () => {
      for (const until = performance.now() + 15; performance.now() < until; );
      return null;
    });
    db.$client.exec('create temp trigger slow after update on leases begin select take_long(); end');
    let before = 0;
    const yieldToWriters = ({ rows }: Progress) => {
      expect(rows).toBeGreaterThan(before);
      before = rows;
    };
    expect(importFile({ ...DROPPED, db, source, copyTo, hooks: { yieldToWriters } })).toMatchObject({ accepted: 3000 });
  });

  test('that is stopped while the indexes of people are merged leaves nobody out and takes nobody twice', () => {
    const db = emptyDatabase();
    const folder = tempFolder();
    const storedName = 'kept.csv';
    const people = MERGE_PEOPLE + 1000;
    const upnOf = (n: number) => `p${(n * 7919) % people}@contoso.example`;
    // The last rows name people of before and after the merging again.
    const rows = [...Array(people).keys(), 0, people - 1];
    writeFileSync(path.join(folder, storedName), HEADER + rows.map((n) => `P ${n},${upnOf(n)},E\n`).join(''));
    const source = openSync(path.join(folder, storedName), 'r');
    onTestFinished(() => closeSync(source));
    const isNew = db.$client.prepare<[], number>('select count(*) from new_upn_index').pluck();
    const merged = () => db.$client.prepare<[], number>('select count(*) from upn_index').pluck().get() ?? 0;
    const yieldToWriters = () => {
      if (merged() > 0) throw new StoppedError('enough');
    };
    const upload = { ...DROPPED, sourceKind: 'upload', storedName } as const;
    expect(() => importFile({ ...upload, db, source, copyTo: null, hooks: { yieldToWriters } })).toThrow(StoppedError);
    expect(merged()).toBeLessThan(isNew.get() ?? 0);
    const [file] = storedFiles(db);
    expect(resumeImport(db, file?.id ?? '', folder)).toMatchObject({
      kind: 'ended',
      file: { accepted: people, duplicates: 2, rejected: 0 },
    });
    const arrived = db.$client.prepare<[], string>('select upn_key from people order by id').pluck().all();
    expect(arrived).toEqual(rows.slice(0, people).map(upnOf));
    const found = db.$client.prepare<[], string>('select upn_key from upns_in_order order by person_id').pluck().all();
    expect(found).toEqual(arrived);
  });

  test('that another process stores is left to it', () => {
    const db = emptyDatabase();
    const { source, copyTo } = opened(text());
    let went: unknown;
    const yieldToWriters = ({ fileId }: { fileId: string }) => {
      went ??= resumeImport(db, fileId, copyTo);
    };
    importFile({ ...DROPPED, db, source, copyTo, hooks: { yieldToWriters } });
    expect(went).toEqual({ kind: 'busy' });
    expect(storedRows(db)).toHaveLength(ROWS);
  });
});

const CELLS = [
  'Anna',
  'anna@contoso.example',
  'BEN@contoso.example',
  'ben@contoso.example',
  'E',
  '',
  '"',
  '"x""y"',
  'a b@c',
  'é',
  '\u0000',
  '\n',
  ',',
];

test('the books always balance: every row of any file is a person, a duplicate or a rejection', () => {
  const db = openDatabase(':memory:');
  const cell = fc.constantFrom(...CELLS);
  const good = fc.integer({ min: 0, max: 30 }).map((n) => `Name ${n},p${n}@contoso.example,E`);
  const row = fc.oneof(
    good,
    fc.array(cell, { maxLength: 5 }).map((cells) => cells.join(',')),
  );
  fc.assert(
    fc.property(fc.array(row, { maxLength: 25 }), fc.constantFrom('\n', '\r\n', '\r'), (rows, lineEnd) => {
      const before = storedPeople(db).length;
      const taken = importBytes(db, [HEADER.trim(), ...rows].join(lineEnd));
      expect(taken.rows).toBe(taken.accepted + taken.duplicates + taken.rejected.length);
      const stored = db.select().from(fileRows).where(eq(fileRows.fileId, taken.id)).all();
      expect(stored.length).toBe(taken.rows);
      expect(storedPeople(db).length - before).toBe(taken.accepted);
      if (taken.status === 'rejected') expect(taken.rows).toBe(0);
    }),
    { numRuns: 150 },
  );
  db.$client.close();
});

test('a flipped byte anywhere never breaks intake: the books balance, and no more than its neighbours are touched', () => {
  const db = openDatabase(':memory:');
  const rows = Array.from({ length: 20 }, (_, n) => `"Näme, ${n}",p${n}@contoso.example,E`);
  const bytes = Buffer.from(`${HEADER}${rows.join('\r\n')}\r\n`);
  fc.assert(
    fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
      const damaged = Buffer.from(bytes);
      damaged.writeUInt8(damaged.readUInt8(at) ^ flip, at);
      const taken = importBytes(db, damaged);
      expect(taken.rows).toBe(taken.accepted + taken.duplicates + taken.rejected.length);
      expect(taken.status === 'rejected' ? taken.problem?.message : taken.rows).toBeTruthy();
      if (taken.status === 'accepted') expect(taken.rows).toBeGreaterThanOrEqual(18);
    }),
    { numRuns: 300 },
  );
  db.$client.close();
});

test('stray quotes never hide anybody: each person is imported, or is in a row or file that was rejected', () => {
  const db = emptyDatabase();
  const orders = [
    ['Note', 'CN', 'UserPrincipalName', 'EmployeeType'],
    ['CN', 'UserPrincipalName', 'Note', 'EmployeeType'],
    ['CN', 'UserPrincipalName', 'EmployeeType', 'Note'],
  ] as const;
  let files = 0;
  const property = fc.property(
    fc.constantFrom(...orders),
    fc.array(fc.tuple(fc.nat(), fc.constantFrom('"', '",', ',"')), { minLength: 1, maxLength: 2 }),
    (order, insertions) => {
      const file = files++;
      const upns = Array.from({ length: 6 }, (_, n) => `p${n}.${file}@contoso.example`);
      const row = (upn: string) => {
        const cells = {
          CN: 'Doe',
          UserPrincipalName: upn,
          EmployeeType: 'E',
          Note: upn.startsWith('p3') ? '"a, b"' : 'a',
        };
        return order.map((column) => cells[column]).join(',');
      };
      let body = upns.map(row).join('\n');
      for (const [at, quote] of insertions) {
        // At the edges of fields: anywhere else a quote is only a character.
        const edges = [...body.matchAll(/(?<=[,\n"])|(?=[,\n"])/g)].map(({ index }) => index);
        const cut = edges[at % edges.length] ?? 0;
        body = body.slice(0, cut) + quote + body.slice(cut);
      }
      const taken = importBytes(db, `${order.join(',')}\n${body}\n`);
      if (taken.status === 'rejected') return;
      const known = new Set(storedPeople(db).map(({ upnKey }) => upnKey));
      const rejected = storedRows(db).filter(({ fileId, verdict }) => fileId === taken.id && verdict === 'rejected');
      const shown = rejected.map(({ raw }) => raw).join('\n');
      const intact = upns.filter((upn) => body.includes(upn));
      expect(intact.filter((upn) => !known.has(upn) && !shown.includes(upn))).toEqual([]);
    },
  );
  fc.assert(property, { numRuns: 500 });
});

describe('a file that an operator brings', () => {
  const brought = (db: Db, from: string) => {
    const id = '20260304T050607Z-abcdef';
    const dataDir = tempFolder();
    const upload = { db, dataDir, from, id, storedName: `${id}.csv`, name: 'new.csv', receivedFrom: 'Olga', now: NOW };
    return {
      kept: path.join(dataDir, 'uploads', `${id}.csv`),
      importBytes: () => importCopy({ ...upload, sourceKind: 'upload' }),
    };
  };

  test('keeps the original, for the server alone to read', () => {
    const db = emptyDatabase();
    const from = path.join(tempFolder(), 'new.csv');
    const bytes = Buffer.from(`${HEADER}Anna,anna@contoso.example,E\n`);
    writeFileSync(from, bytes, { mode: 0o644 });
    const { kept, importBytes } = brought(db, from);
    importBytes();
    expect([readFileSync(kept), readFileSync(from)]).toEqual([bytes, bytes]);
    if (process.platform !== 'win32') expect(statSync(kept).mode & 0o777).toBe(0o600);
    expect(storedFiles(db)).toMatchObject([{ name: 'new.csv', storedName: path.basename(kept), movedAt: NOW }]);
  });

  test('that the database cannot store leaves no original behind', () => {
    const db = emptyDatabase();
    const from = path.join(tempFolder(), 'new.csv');
    writeFileSync(from, `${HEADER}A,a@contoso.example,E\n`);
    db.$client.exec("create temp trigger refuse before insert on people begin select raise(abort, 'disk full'); end");
    const { kept, importBytes } = brought(db, from);
    expect(importBytes).toThrow('disk full');
    expect(existsSync(kept)).toBe(false);
    expect(storedFiles(db)).toEqual([]);
  });
});

test('a long file begun by an earlier version, which kept the names of columns with each row, is read on and stays readable', () => {
  const folder = tempFolder();
  const db = openDatabase(path.join(folder, 'test.db'));
  const rows = Array.from({ length: 5000 }, (_, n) => `P ${n},p${n}@contoso.example,E,note ${n}\n`).join('');
  const bytes = Buffer.from(`CN,UserPrincipalName,EmployeeType,Note\n${rows}`);
  const stop = () => {
    throw new StoppedError('stopped');
  };
  const request = { ...DROPPED, db, source: bytes, copyTo: folder };
  expect(() => importFile({ ...request, hooks: { yieldToWriters: stop } })).toThrow(StoppedError);
  db.$client.exec(
    "update intake_files set reading = null; update intake_rows set extras = json_object('Note', json_extract(extras, '$[0]'))",
  );
  const [{ id = '' } = {}] = storedFiles(db);
  expect(resumeImport(db, id, folder)).toMatchObject({ kind: 'ended', file: { accepted: 5000 } });
  const notes = storedExtras(db);
  expect([notes.length, notes[0], notes[4999]]).toEqual([5000, { Note: 'note 0' }, { Note: 'note 4999' }]);
  db.$client.close();
});
