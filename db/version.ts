/** Which release a database is of, by its newest migration. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type Sqlite from 'better-sqlite3';
import { z } from 'zod';

export const MIGRATIONS = path.join(process.cwd(), 'db', 'migrations');

const journalSchema = z.object({ entries: z.array(z.object({ when: z.number() })).min(1) });

/** A database that a newer release has used; `message` is one line. */
export class NewerDatabaseError extends Error {
  override name = 'NewerDatabaseError';

  constructor() {
    super('the database was used by a newer release of AutoProvision: start that release, or restore an older backup');
  }
}

/** Of this program. */
export function programVersion(): number {
  const journal = journalSchema.parse(JSON.parse(readFileSync(path.join(MIGRATIONS, 'meta', '_journal.json'), 'utf8')));
  return Math.max(...journal.entries.map(({ when }) => when));
}

/** Of a database; null where nothing has been made in it yet. */
export function databaseVersion(sqlite: Sqlite.Database): number | null {
  const table = sqlite.prepare(`select 1 from sqlite_master where name = '__drizzle_migrations'`).get();
  if (!table) return null;
  return sqlite.prepare<[], number>('select max(created_at) from __drizzle_migrations').pluck().get() ?? null;
}
