/** Why the database took nothing, told from SQLite's error. */
import Sqlite from 'better-sqlite3';

/** `busy`: another connection holds it; `full`: no room on the disk; `fault`: it cannot be written or read at the moment. */
export type Unwritable = 'busy' | 'full' | 'fault';

/** Null: another error. Result codes: https://sqlite.org/rescode.html */
export function unwritableBecause(error: unknown): Unwritable | null {
  if (!(error instanceof Sqlite.SqliteError)) return null;
  switch (error.code.split('_')[1]) {
    case 'BUSY':
    case 'LOCKED':
      return 'busy';
    case 'FULL':
      return 'full';
    case 'READONLY':
    case 'CANTOPEN':
    case 'IOERR':
      return 'fault';
    default:
      return null;
  }
}

/** Does `work`, unless the database takes nothing at the moment: then it is left undone. For what a request does by the way. */
export function whereWritable(work: () => void): void {
  try {
    work();
  } catch (error) {
    if (unwritableBecause(error) === null) throw error;
  }
}
