/** The one database handle of a process; opening it runs the migrations. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import Sqlite from 'better-sqlite3';
import { type BetterSQLite3Database, drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import type { SQLiteTransactionConfig } from 'drizzle-orm/sqlite-core';
import * as schema from './schema.ts';

type Drizzle = BetterSQLite3Database<typeof schema>;
/** Accepts both the database and a handle inside `db.transaction(…)`; every store function takes it. */
export type Tx = Pick<
  Drizzle,
  'select' | 'selectDistinct' | 'insert' | 'update' | 'delete' | 'run' | 'all' | 'get' | 'values'
> & { readonly $client: Sqlite.Database };
export type Db = Omit<Drizzle, 'transaction'> &
  Tx & { transaction<T>(work: (tx: Tx) => T, config?: SQLiteTransactionConfig): T };

const MIGRATIONS = path.join(process.cwd(), 'db', 'migrations');

/** Opens and migrates a database file (`:memory:` in tests). Throws where the file is not a database or cannot be written. */
export function openDatabase(file: string): Db {
  if (file !== ':memory:') mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  const sqlite = new Sqlite(file);
  sqlite.pragma('journal_mode = WAL');
  sqlite.pragma('synchronous = FULL');
  sqlite.pragma('busy_timeout = 5000');
  sqlite.pragma('foreign_keys = ON');
  const db = drizzle(sqlite, { schema });
  migrate(db, { migrationsFolder: MIGRATIONS });
  const begin = db.transaction.bind(db);
  const withClient = { $client: sqlite };
  return Object.assign(db, {
    // Drizzle hides the connection inside a transaction, and with it the statements that were prepared on it.
    transaction: <T>(work: (tx: Tx) => T, config?: SQLiteTransactionConfig) =>
      begin((tx) => work(Object.assign(tx, withClient)), config),
  });
}

/** What a connection prepares once, at its first use, and keeps: preparing a statement costs five times as much as running it. */
export function oncePerConnection<T>(prepare: (client: Sqlite.Database) => T): (tx: Tx) => T {
  const prepared = new WeakMap<Sqlite.Database, T>();
  return ({ $client }) => {
    const statements = prepared.get($client) ?? prepare($client);
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
