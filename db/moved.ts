/** Whether a database file is still the one that was opened: with a write-ahead log SQLite goes on writing into a deleted file, and does not notice. */
import { statSync } from 'node:fs';
import Sqlite from 'better-sqlite3';

/** Names the file that lies at a path, whatever becomes of the path; null: none does. Throws where that cannot be seen. */
export function fileAt(file: string): string | null {
  const found = statSync(file, { bigint: true, throwIfNoEntry: false });
  return found ? `${found.dev}:${found.ino}` : null;
}

/** Throws what SQLite throws of a file that was deleted, moved or replaced where there is no write-ahead log. `opened` as `fileAt` gave it. */
export function throwIfMoved(file: string, opened: string): void {
  let there: string | null = opened;
  try {
    there = fileAt(file);
  } catch {
    // A path that cannot be looked at for the moment says nothing.
  }
  if (there !== opened)
    throw new Sqlite.SqliteError(
      'the database file was deleted, moved or replaced while it was open',
      'SQLITE_READONLY_DBMOVED',
    );
}
