/** A long file, which is stored slice by slice. */
import { closeSync, existsSync, ftruncateSync, openSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openDatabase } from '#db/client.ts';
import { MERGE_PEOPLE } from '#db/store/people/merge-index.ts';
import { importFile } from '#lib/intake/import.ts';
import { type Progress, StoppedError } from '#lib/intake/import-request.ts';
import { SLICE_ROWS } from '#lib/intake/long-file.ts';
import { resumeImport } from '#lib/intake/resume-import.ts';
import { MAX_ROWS_PER_CALL } from '#lib/intake/rows/rows.ts';
import { DROPPED, emptyDatabase, storedExtras, storedFiles, storedPeople, storedRows, tempFolder } from './build.ts';

const HEADER = 'CN,UserPrincipalName,EmployeeType\n';

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

  test('is stored in long slices while nobody waits to write, and lets whoever does go first after a few rows', () => {
    const slices = (isAwaited: () => boolean) => {
      const db = emptyDatabase();
      const { source, copyTo } = opened(text());
      let count = 0;
      const yieldToWriters = () => void count++;
      importFile({ ...DROPPED, db, source, copyTo, hooks: { yieldToWriters, isAwaited } });
      return count;
    };
    // A slice ends after some time in any case, so on a slow machine there are more of them.
    expect(slices(() => false)).toBeLessThan(20);
    expect(slices(() => true)).toBe(ROWS / MAX_ROWS_PER_CALL);
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
    const hooks = { yieldToWriters, isAwaited: () => true };
    expect(() => importFile({ ...upload, db, source, copyTo: null, hooks })).toThrow(StoppedError);
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
