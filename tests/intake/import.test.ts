import { closeSync, existsSync, openSync, readFileSync, statSync, writeFileSync, writeSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Db } from '#db/client.ts';
import type { Encoding } from '#lib/intake/csv/encoding/formats.ts';
import { importFile } from '#lib/intake/import.ts';
import { importCopy } from '#lib/intake/upload.ts';
import {
  DROPPED,
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
