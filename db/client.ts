/** The one database handle of a process; opening it runs the migrations. */
import { chmodSync, closeSync, existsSync, mkdirSync, openSync, statSync } from 'node:fs';
import path from 'node:path';
import Sqlite from 'better-sqlite3';
import { type BetterSQLite3Database, drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import type { SQLiteTransactionConfig } from 'drizzle-orm/sqlite-core';
import { chainEvents, isUnchained } from '#db/store/events/event-chain.ts';
import { searchWords } from '#lib/domain/text/search-words.ts';
import { fileAt, throwIfMoved } from './moved.ts';
import { snapshotBeforeUpdate } from './snapshot.ts';
import { databaseVersion, MIGRATIONS, NewerDatabaseError, programVersion } from './version.ts';

/** Without the schema: with it Drizzle would put together a way to query each of the tables at the beginning of every transaction. */
type Drizzle = BetterSQLite3Database;
/** Accepts both the database and a handle inside `db.transaction(…)`; every store function takes it. */
export type Tx = Pick<
  Drizzle,
  'select' | 'selectDistinct' | 'insert' | 'update' | 'delete' | 'run' | 'all' | 'get' | 'values'
> & { readonly $client: Sqlite.Database };
export type Db = Omit<Drizzle, 'transaction'> &
  Tx & { transaction<T>(work: (tx: Tx) => T, config?: SQLiteTransactionConfig): T };

/** How long a statement waits for another program's lock. Nothing else happens in its thread meanwhile. */
const LOCK_MS = 5000;
const SHORT_LOCK_MS = 250;
const PATIENT_LOCK_MS = 30_000;

/** Does what will be repeated soon anyway, and so waits for a lock only briefly: pages are answered by the same thread. Throws `SQLITE_BUSY`. */
export function hardlyWaiting<T>({ $client }: Tx, work: () => T): T {
  const before = $client.pragma('busy_timeout', { simple: true });
  $client.pragma(`busy_timeout = ${SHORT_LOCK_MS}`);
  try {
    return work();
  } finally {
    $client.pragma(`busy_timeout = ${before}`);
  }
}

/** For threads and commands, which hold up no page while they wait: SQLite lets them in by chance beside one that writes without a pause. */
export function waitPatiently(db: Db): Db {
  db.$client.pragma(`busy_timeout = ${PATIENT_LOCK_MS}`);
  return db;
}

/** Opens and migrates a database file (`:memory:` in tests). Throws where the file is not a database, is a newer release's, or cannot be written. */
export function openDatabase(file: string): Db {
  if (file !== ':memory:') makePrivate(file);
  const sqlite = new Sqlite(file);
  const version = databaseVersion(sqlite);
  if (version !== null && version > programVersion()) {
    sqlite.close();
    throw new NewerDatabaseError();
  }
  sqlite.pragma('journal_mode = WAL');
  sqlite.pragma('synchronous = FULL');
  sqlite.pragma(`busy_timeout = ${LOCK_MS}`);
  sqlite.pragma('foreign_keys = ON');
  // A trigger keeps the index of the search current with it.
  sqlite.function('search_words', { deterministic: true }, (name, upn) => searchWords(String(name), String(upn)));
  const db = drizzle(withKeptStatements(sqlite));
  if (version !== null && version < programVersion()) snapshotBeforeUpdate(sqlite, version);
  migrate(db, { migrationsFolder: MIGRATIONS });
  // Not at every start: what somebody stored past the program is to be found, not made good.
  if (version !== programVersion() || isUnchained(sqlite)) chainEvents(sqlite);
  const carryOut = sqlite.transaction((work: (tx: Tx) => unknown) => work(opening));
  const opened = sqlite.memory ? null : fileAt(file);
  const opening: Db = Object.assign(db, {
    $client: sqlite,
    // Drizzle would make a handle of its own for each transaction, which hides the connection and all that was prepared on it.
    transaction: <T>(work: (tx: Tx) => T, config?: SQLiteTransactionConfig) => {
      if (opened !== null) throwIfMoved(file, opened);
      return carryOut[config?.behavior ?? 'deferred'](work) as T;
    },
  });
  return opening;
}

/** Only the account of the service reads the database; SQLite gives the files beside it the same mode. */
function makePrivate(file: string): void {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  // Only where there is none yet: to close a descriptor of an open database would end the locks that this process holds on it.
  if (!existsSync(file)) closeSync(openSync(file, 'a', 0o600));
  if ((statSync(file).mode & 0o077) !== 0) chmodSync(file, 0o600);
}

/** So many different texts are kept prepared; the console needs about 300. */
const KEPT_STATEMENTS = 500;

/**
 * The connection as Drizzle sees it: a text that was prepared before is not prepared again. Without it a page of the console
 * spends 1.6 ms of 30 on preparing the same statements anew. Only for Drizzle, which runs each statement to its end at once.
 */
function withKeptStatements(sqlite: Sqlite.Database): Sqlite.Database {
  const kept = new Map<string, ReturnType<typeof inBothForms>>();
  const prepare = (text: string) => {
    const statement = kept.get(text) ?? inBothForms(sqlite, text);
    // The one asked for last stands last, so that the first is the one to drop.
    kept.delete(text);
    kept.set(text, statement);
    if (kept.size > KEPT_STATEMENTS) kept.delete(kept.keys().next().value ?? text);
    return statement;
  };
  return Object.create(sqlite, { prepare: { value: prepare, writable: true } });
}

/** Rows as objects, and rows as arrays by `raw()`: the switch of a statement stays on for the next who uses it, so each says what it wants. */
function inBothForms(sqlite: Sqlite.Database, text: string): Pick<Sqlite.Statement, 'run' | 'get' | 'all' | 'raw'> {
  const statement = sqlite.prepare(text);
  if (!statement.reader) return statement;
  return {
    run: (...given) => statement.run(...given),
    get: (...given) => statement.raw(false).get(...given),
    all: (...given) => statement.raw(false).all(...given),
    raw: () => statement.raw(true),
  };
}

/**
 * What a connection prepares once, at its first use, and keeps: preparing a statement costs five times as much as running it, and
 * so does putting together the text of a query that is read with every page.
 */
export function oncePerConnection<T>(prepare: (client: Sqlite.Database, tx: Tx) => T): (tx: Tx) => T {
  const prepared = new WeakMap<Sqlite.Database, T>();
  return (tx) => {
    const { $client } = tx;
    const statements = prepared.get($client) ?? prepare($client, tx);
    prepared.set($client, statements);
    return statements;
  };
}

const shared = globalThis as typeof globalThis & { autoprovisionDb?: Db };

/**
 * The handle that pages, route handlers and the scheduler of one process share (Next loads modules several times; only
 * `globalThis` is shared).
 */
export function sharedDatabase(file: string): Db {
  shared.autoprovisionDb ??= openDatabase(file);
  return shared.autoprovisionDb;
}
