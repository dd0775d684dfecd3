/** What a database has that no release of ours put there and that acts by itself: triggers and views. */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type Sqlite from 'better-sqlite3';
import { MIGRATIONS } from './version.ts';

/** A statement without what SQLite changes when a table gets another name. */
function bare(sql: string): string {
  return sql
    .replace(/^\s*--.*$/gm, '')
    .replace(/["`]/g, '')
    .replace(/\s+/g, ' ')
    .replace(/;?\s*$/, '')
    .trim();
}

/** The names of triggers and views that stand in none of our migrations. */
export function foreignParts(client: Sqlite.Database): string[] {
  const files = globSync('*.sql', { cwd: MIGRATIONS }).map((name) => readFileSync(path.join(MIGRATIONS, name), 'utf8'));
  const ours = new Set(files.flatMap((text) => text.split('--> statement-breakpoint').map(bare)));
  // By what they are not: SQLite takes the words trigger and view in capitals or as bytes too.
  const parts = client
    .prepare<[], { name: string; sql: string }>(
      "select name, sql from sqlite_master where type not in ('table', 'index') order by name",
    )
    .all();
  return parts.filter(({ sql }) => !ours.has(bare(sql))).map(({ name }) => name);
}
