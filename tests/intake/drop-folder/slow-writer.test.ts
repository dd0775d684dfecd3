import { appendFileSync, closeSync, openSync, readFileSync, utimesSync, writeFileSync, writeSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type Db, openDatabase } from '#db/client.ts';
import { sha256Of } from '#lib/intake/source-reader.ts';
import { whyClosedIn } from '#lib/words/sentences.ts';
import { emptyDatabase, storedEvents, storedFiles, storedPeople, storedRows, tempFolder } from '#tests/intake/build.ts';
import { randomCases } from '#tests/support/runner/random-cases.ts';
import { claim, later, listed } from './claims.ts';

const onLinux = process.platform === 'linux';
/** The address stands last: half of it may look whole. */
const HEADER = 'CN,EmployeeType,UserPrincipalName\n';
const rowOf = (n: number) => `Person ${n},Type ${n % 3},p${n}@contoso.example\n`;
const fileOf = (rows: number) => HEADER + Array.from({ length: rows }, (_, n) => rowOf(n)).join('');

const DAY_MS = 86_400_000;
const said = (db: Db) => storedPeople(db).map((p) => [p.upnKey, p.displayName, p.employeeType]);
const rowsOf = (db: Db) => storedRows(db).map(({ line, raw, verdict }) => [line, raw, verdict]);
const processed = (folder: string, name = listed(folder, 'Processed')[0] ?? '') => path.join(folder, 'Processed', name);

test.runIf(onLinux)(
  'a file that a program holds open for writing is not read, however long it has been unchanged',
  async () => {
    const db = emptyDatabase();
    const folder = tempFolder();
    const file = path.join(folder, 'a.csv');
    const writer = openSync(file, 'w');
    writeSync(writer, fileOf(10));
    expect(await claim(db, folder)).toMatchObject({
      files: [],
      unsettled: 1,
      warnings: ['a.csv is open for writing in another program, so it is not read yet.'],
    });
    writeSync(writer, rowOf(10));
    closeSync(writer);
    const reader = openSync(file, 'r');
    onTestFinished(() => closeSync(reader));
    expect(await claim(db, folder)).toMatchObject({ files: [{ rows: 11, accepted: 11 }], unsettled: 0 });
  },
);

test.each([
  ['UTF-8', 'utf8', 'a line\n', 10_000],
  ['UTF-8, without an end of line', 'utf8', 'a line', 20_000],
  ['UTF-16', 'utf16le', 'a line\r\n', 10_000],
  ['UTF-16, without an end of line', 'utf16le', 'a line', 20_000],
  ['one byte', 'utf8', 'x', 20_000],
  ['nothing', 'utf8', '', 10_000],
  ['the end-of-file mark of DOS', 'utf8', 'a line\u001a', 10_000],
] as const)(
  '%s: the file waits once, or twice where its last line may be half a line',
  async (_name, encoding, text, waitsMs) => {
    const folder = tempFolder();
    const file = path.join(folder, 'a.csv');
    writeFileSync(file, Buffer.from(text, encoding));
    const changed = new Date(Date.now() + 3_600_000);
    utimesSync(file, changed, changed);
    const at = (afterMs: number) => claim(emptyDatabase(), folder, { now: Math.ceil(changed.getTime()) + afterMs });
    expect(await at(waitsMs - 100)).toMatchObject({ files: [], unsettled: 1 });
    expect(await at(waitsMs + 1)).toMatchObject({ files: [{ name: 'a.csv' }], unsettled: 0 });
  },
);

describe('a file that grows after it was moved', () => {
  test('is the same file with more rows: nobody is lost, nobody comes twice, and the row that was cut is whole', async () => {
    const db = emptyDatabase();
    const folder = tempFolder();
    const whole = fileOf(20);
    const cut =
      HEADER.length +
      Array.from({ length: 10 }, (_, n) => rowOf(n)).join('').length +
      'Person 10,Type 1,p10@contoso.exa'.length;
    writeFileSync(path.join(folder, 'a.csv'), whole.slice(0, cut));
    expect(await claim(db, folder)).toMatchObject({ files: [{ rows: 11, accepted: 11 }] });
    expect(said(db)[10]?.[0]).toBe('p10@contoso.exa');
    appendFileSync(processed(folder), whole.slice(cut));
    expect(await claim(db, folder, { now: later() + 60_000 })).toMatchObject({
      files: [{ rows: 20, accepted: 20, duplicates: 0, rejected: 0 }],
      warnings: [],
    });
    const fresh = emptyDatabase();
    const other = tempFolder();
    writeFileSync(path.join(other, 'a.csv'), whole);
    await claim(fresh, other);
    expect(said(db)).toEqual(said(fresh));
    expect(rowsOf(db)).toEqual(rowsOf(fresh));
    expect(storedFiles(db)).toMatchObject([{ status: 'accepted', rows: 20, accepted: 20 }]);
    expect(storedEvents(db).map(({ message }) => message)).toContainEqual(expect.stringContaining('grew after'));
    // And nothing more is done about it.
    const before = storedEvents(db).length;
    expect(await claim(db, folder, { now: later() + 120_000 })).toMatchObject({ files: [], unsettled: 0 });
    expect([storedEvents(db).length, listed(folder, 'Processed')]).toEqual([
      before,
      [expect.stringMatching(/-a\.csv$/)],
    ]);
  });

  test('wherever the writer paused, in the end everybody is there once, as if it had not', {
    timeout: 60_000,
  }, async () => {
    const whole = `CN;EmployeeType;UserPrincipalName;Note\r\n"Zoë ""Z""";E;zoe@contoso.example;"two\r\nlines"\r\nBen;E\r\nZoë;N;zoe.z@contoso.example;x\r\n;N;cy@contoso.example;`;
    const bytes = Buffer.from(whole);
    const fresh = emptyDatabase();
    const other = tempFolder();
    writeFileSync(path.join(other, 'a.csv'), bytes);
    await claim(fresh, other);
    const everybody = storedPeople(fresh).map(({ upnKey }) => upnKey);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: bytes.length - 1 }), async (cut) => {
        const db = openDatabase(':memory:');
        const folder = tempFolder();
        try {
          writeFileSync(path.join(folder, 'a.csv'), bytes.subarray(0, cut));
          await claim(db, folder);
          const where = listed(folder, 'Processed').length > 0 ? 'Processed' : 'Rejected';
          const name = listed(folder, where).find((one) => one.endsWith('.csv')) ?? '';
          appendFileSync(path.join(folder, where, name), bytes.subarray(cut));
          for (const n of [1, 2]) await claim(db, folder, { now: later() + n * 60_000 });
          expect(storedPeople(db).map(({ upnKey }) => upnKey)).toEqual(everybody);
          const accepted = storedFiles(db).filter(({ status }) => status === 'accepted');
          expect(accepted).toMatchObject([{ rows: 4 }]);
          expect(storedRows(db).map(({ raw }) => raw)).toEqual(storedRows(fresh).map(({ raw }) => raw));
          expect([listed(folder), listed(folder, 'Rejected')]).toEqual([['Processed', 'Rejected'], []]);
        } finally {
          db.$client.close();
        }
      }),
      { numRuns: randomCases(40) },
    );
  });

  test('half an address that turns out to be somebody known is told: no person is thrown away by itself', async () => {
    const db = emptyDatabase();
    const folder = tempFolder();
    writeFileSync(path.join(folder, 'a.csv'), fileOf(2) + rowOf(0).slice(0, -5));
    await claim(db, folder);
    appendFileSync(processed(folder), rowOf(0).slice(-5));
    expect(await claim(db, folder, { now: later() + 60_000 })).toMatchObject({
      warnings: [expect.stringContaining('Line 4 of a.csv was cut')],
    });
    expect(storedPeople(db).map(({ upnKey }) => upnKey)).toContain('p0@contoso.exa');
  });

  test('a long one that dies halfway through what came later is resumed', async () => {
    const db = emptyDatabase();
    const folder = tempFolder();
    const dataDir = tempFolder();
    const whole = fileOf(9000);
    writeFileSync(path.join(folder, 'a.csv'), whole.slice(0, 100_000));
    await claim(db, folder, { dataDir });
    appendFileSync(processed(folder), whole.slice(100_000));
    db.$client.exec(
      "create temp trigger dying before insert on intake_rows when new.line = 7000 begin select raise(abort, 'died'); end",
    );
    await expect(claim(db, folder, { dataDir, now: later() + 60_000 })).rejects.toThrow('died');
    db.$client.exec('drop trigger dying');
    db.$client.exec('delete from leases');
    await claim(db, folder, { dataDir, now: later() + 120_000 });
    expect(storedPeople(db).map(({ upnKey }) => upnKey)).toEqual(
      Array.from({ length: 9000 }, (_, n) => `p${n}@contoso.example`),
    );
    // The half row had stayed out, and was corrected by its whole.
    expect(storedFiles(db)).toMatchObject([{ status: 'accepted', rows: 9000, accepted: 8999, rejected: 1 }]);
    expect(db.$client.prepare('select status, settled_by as by from row_cases').all()).toEqual([
      { status: 'corrected', by: 'idm' },
    ]);
    expect(listed(dataDir, 'uploads')).toEqual([]);
  });

  test('a file that was only touched is compared once, and left as it is', async () => {
    const db = emptyDatabase();
    const folder = tempFolder();
    writeFileSync(path.join(folder, 'a.csv'), fileOf(3));
    await claim(db, folder);
    utimesSync(processed(folder), 1, 1);
    const before = [storedFiles(db), storedRows(db), storedEvents(db)];
    expect(await claim(db, folder, { now: later() + 60_000 })).toMatchObject({ files: [], warnings: [], unsettled: 0 });
    expect([storedFiles(db), storedRows(db), storedEvents(db)]).toEqual(before);
    expect(db.$client.prepare('select modified_at from intake_files').pluck().get()).toBe(1000);
  });

  test('other bytes in its place are a file of their own, which is read', async () => {
    const db = emptyDatabase();
    const folder = tempFolder();
    writeFileSync(path.join(folder, 'a.csv'), fileOf(3));
    await claim(db, folder);
    writeFileSync(processed(folder), fileOf(5).replaceAll('Person', 'Somebody'));
    await claim(db, folder, { now: later() + 60_000 });
    await claim(db, folder, { now: later() + 120_000 });
    expect(storedFiles(db)).toMatchObject([{ rows: 3 }, { rows: 5, accepted: 2, duplicates: 3 }]);
    const files = listed(folder, 'Processed');
    expect(files).toHaveLength(1);
    expect(readFileSync(processed(folder), 'utf8')).toContain('Somebody 4');
  });

  test('one that was refused half-written is read again, and the history says what became of its case', async () => {
    const db = emptyDatabase();
    const folder = tempFolder();
    writeFileSync(path.join(folder, 'slow.csv'), '');
    await claim(db, folder);
    writeFileSync(path.join(folder, 'Rejected', listed(folder, 'Rejected')[0] ?? ''), fileOf(3));
    await claim(db, folder);
    await claim(db, folder);
    expect(storedFiles(db).map(({ status, rows }) => [status, rows])).toEqual([
      ['rejected', 0],
      ['accepted', 3],
    ]);
    const why = 'The file was still being written when it was refused, and is read again.';
    expect(storedEvents(db).filter(({ kind }) => kind === 'row.closed')).toMatchObject([
      { message: `engine closed slow.csv: ${why}` },
    ]);
    expect(whyClosedIn('de', why)).toMatch(/noch einmal gelesen/);
  });

  test('after a day it is not looked at any more', async () => {
    const db = emptyDatabase();
    const folder = tempFolder();
    writeFileSync(path.join(folder, 'a.csv'), fileOf(3));
    await claim(db, folder);
    appendFileSync(processed(folder), rowOf(3));
    await claim(db, folder, { now: later() + DAY_MS + 60_000 });
    expect(storedPeople(db)).toHaveLength(3);
    const { sha256 } = db.$client.prepare('select sha256 from intake_files').get() as { sha256: string };
    expect(sha256).toBe(sha256Of(Buffer.from(fileOf(3))));
  });
});
