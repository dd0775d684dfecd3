import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
} from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type Db, openDatabase } from '#db/client.ts';
import { events } from '#db/schema/events.ts';
import { readSchedulerState, writeSchedulerState } from '#db/store/system/engine-state.ts';
import { unwritableBecause } from '#db/unwritable.ts';
import { type DatabaseWatch, finishPutBack, watchDatabase } from '#lib/data-folder/database-watch.ts';
import { temporaryFolder } from '#tests/support/processes.ts';

const MINUTE_MS = 60_000;

interface Running {
  folder: string;
  file: string;
  db: Db;
  watch: DatabaseWatch;
  /** What it said when it wanted to end. */
  ends: string[];
}

/** A server's connection to a database in which something was written that is only in the log so far. */
function running(): Running {
  const folder = temporaryFolder();
  const file = path.join(folder, 'autoprovision.db');
  const db = openDatabase(file);
  onTestFinished(() => void db.$client.close());
  const ends: string[] = [];
  const watch = watchDatabase(db, (message) => void ends.push(message));
  note(db, 1);
  watch.look(0);
  expect([watch.problem(), ends]).toEqual([null, []]);
  return { folder, file, db, watch, ends };
}

const note = (db: Db, at: number) => writeSchedulerState(db, { servedUntil: at, lastTickAt: at });

function openAgain(file: string): Db {
  const db = openDatabase(file);
  onTestFinished(() => void db.$client.close());
  return db;
}

/** What another program finds in a database: when something was last noted in it. */
function noted(file: string): number | undefined {
  const db = openDatabase(file);
  try {
    expect(db.$client.pragma('integrity_check', { simple: true })).toBe('ok');
    return readSchedulerState(db)?.lastTickAt;
  } finally {
    db.$client.close();
  }
}

/** Nothing is written into a file that has no name, nor read as if it were the data. */
function expectNothingIsWritten(db: Db): void {
  let thrown: unknown = null;
  try {
    db.transaction((tx) => note(tx as Db, 99));
  } catch (error) {
    thrown = error;
  }
  expect(unwritableBecause(thrown)).toBe('fault');
}

test.each([
  ['the file', ['']],
  ['the file and what lies beside it', ['', '-wal', '-shm']],
])('%s deleted while the server runs: what it holds is put back, and the server ends', (_, endings) => {
  const { file, db, watch, ends } = running();
  for (const ending of endings) rmSync(file + ending);
  expectNothingIsWritten(db);
  watch.look(0);
  expect(ends).toEqual([expect.stringContaining('was deleted')]);
  expect(readdirSync(path.dirname(file))).toEqual(['autoprovision.db']);
  expect(noted(file)).toBe(1);
  expect(openAgain(file).select({ kind: events.kind }).from(events).all()).toEqual([{ kind: 'database.put_back' }]);
});

test('two servers hold the deleted file: one puts it back, and the other leaves that in place', () => {
  const { file, watch, ends } = running();
  const second = watchDatabase(openAgain(file), (message) => void ends.push(message));
  rmSync(file);
  watch.look(0);
  const back = statSync(file).ino;
  second.look(0);
  expect(ends).toEqual([expect.stringContaining('was deleted'), expect.stringContaining('was replaced')]);
  expect(statSync(file).ino).toBe(back);
  expect(noted(file)).toBe(1);
});

test('only the log deleted: what stood in it is put into the file, and the server ends', () => {
  const { file, db, watch, ends } = running();
  rmSync(`${file}-wal`);
  note(db, 2);
  watch.look(0);
  expect(ends).toHaveLength(1);
  expect(noted(file)).toBe(2);
});

test('replaced by another: that one counts and is left as it is; what was there is kept, and its log taken away', () => {
  const { folder, file, db, watch, ends } = running();
  const other = path.join(temporaryFolder(), 'other.db');
  openDatabase(other).$client.close();
  const bytes = readFileSync(other);
  copyFileSync(other, `${file}.new`);
  renameSync(`${file}.new`, file);
  expectNothingIsWritten(db);
  watch.look(0);
  expect(ends).toEqual([expect.stringContaining('was replaced')]);
  expect(readFileSync(file).equals(bytes)).toBe(true);
  expect(existsSync(`${file}-wal`)).toBe(false);
  const kept = readdirSync(path.join(folder, 'backups'));
  expect(kept).toHaveLength(1);
  expect(noted(path.join(folder, 'backups', kept[0] ?? ''))).toBe(1);
});

test('a log that came with the file in its place is left to it', () => {
  const { file, watch, ends } = running();
  const other = path.join(temporaryFolder(), 'other.db');
  const { $client } = openDatabase(other);
  onTestFinished(() => void $client.close());
  for (const ending of ['', '-wal']) {
    copyFileSync(other + ending, `${file}.new`);
    renameSync(`${file}.new`, file + ending);
  }
  const log = readFileSync(`${file}-wal`);
  watch.look(0);
  expect(ends).toHaveLength(1);
  expect(readFileSync(`${file}-wal`).equals(log)).toBe(true);
});

test('moved away with its folder: every page says so, and it goes on once it is back', () => {
  const { folder, db, watch, ends } = running();
  renameSync(folder, `${folder}-away`);
  expectNothingIsWritten(db);
  watch.look(0);
  expect(watch.problem()?.message).toContain('was moved away');
  renameSync(`${folder}-away`, folder);
  watch.look(0);
  expect([watch.problem(), ends]).toEqual([null, []]);
  db.transaction((tx) => note(tx as Db, 3));
  expect(readSchedulerState(db)?.lastTickAt).toBe(3);
});

test('as long as nothing can be put back the server holds it, says so, and tries again', () => {
  const { folder, file, watch, ends } = running();
  rmSync(file);
  mkdirSync(`${file}.put-back`);
  watch.look(0);
  expect(watch.problem()?.message).toContain('cannot be saved yet');
  expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
  rmdirSync(`${file}.put-back`);
  expect(ends).toEqual([]);
  watch.look(MINUTE_MS);
  expect(ends).toHaveLength(1);
  expect(noted(file)).toBe(1);
});

test('killed while it puts the database back: the next start finishes that, and makes no empty one', () => {
  const { file, db } = running();
  db.$client.prepare('vacuum into ?').run(`${file}.put-back`);
  rmSync(file);
  finishPutBack(file);
  expect(noted(file)).toBe(1);
  // Where there is a database, nothing takes its place.
  copyFileSync(file, `${file}.put-back`);
  note(openAgain(file), 5);
  finishPutBack(file);
  expect(noted(file)).toBe(5);
});
