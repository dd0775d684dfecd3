/** Puts a backup in the place of the data: everything is checked and made ready beside it, and one rename makes it count. */
import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import Sqlite from 'better-sqlite3';
import { openDatabase } from '#db/client.ts';
import { BACKUPS } from '#db/snapshot.ts';
import { recordRestore } from '#db/store/system/backups.ts';
import type { Identity } from '#db/store/system/identity.ts';
import { type Backup, BackupError, checkBackup, takeUploadsOut } from './backup.ts';

const BESIDE = ['-wal', '-shm'];

export interface RestoreRequest {
  dataDir: string;
  databaseFile: string;
  /** The backup. */
  file: string;
  identity: Identity;
  now: number;
}

/** Restores a backup; `replaced` is a copy of what was there, null where nothing was. Throws `BackupError`; then nothing is changed. */
export function restore({
  dataDir,
  databaseFile,
  file,
  identity,
  now,
}: RestoreRequest): Backup & { replaced: string | null } {
  const backup = checkBackup(file, identity);
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const next = `${databaseFile}.restoring`;
  try {
    prepare(file, next, { uploads: path.join(dataDir, 'uploads'), backup, now });
    const replaced = setAside(databaseFile, path.join(dataDir, BACKUPS), now);
    renameSync(next, databaseFile);
    return { ...backup, replaced };
  } finally {
    for (const ending of ['', ...BESIDE]) rmSync(next + ending, { force: true });
  }
}

/** The database of the backup as this release has it, with the uploads laid out. */
function prepare(
  file: string,
  next: string,
  { uploads, backup, now }: { uploads: string; backup: Backup; now: number },
) {
  // What a restore that was killed left behind must not be taken for a part of this one.
  for (const ending of BESIDE) rmSync(next + ending, { force: true });
  copyFileSync(file, next);
  takeUploadsOut(next, uploads);
  const db = openDatabase(next);
  try {
    db.transaction((tx) => recordRestore(tx, path.basename(file), backup.madeAt, now));
  } finally {
    db.$client.pragma('wal_checkpoint(TRUNCATE)');
    db.$client.close();
  }
}

/** Copies what is there to `folder` and leaves it without a log beside it. Throws where a server uses it. */
function setAside(databaseFile: string, folder: string, now: number): string | null {
  if (!existsSync(databaseFile)) return null;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const copy = path.join(folder, `before-restore-${new Date(now).toISOString().replaceAll(':', '-')}.db`);
  const current = new Sqlite(databaseFile, { timeout: 0 });
  let isDamaged = false;
  try {
    current.pragma('locking_mode = EXCLUSIVE');
    current.exec('begin exclusive; commit');
    current.prepare('vacuum into ?').run(copy);
    current.pragma('journal_mode = DELETE');
  } catch (error) {
    if (error instanceof Sqlite.SqliteError && error.code.startsWith('SQLITE_BUSY'))
      throw new BackupError('The data is in use: stop the server first.');
    isDamaged = true;
  } finally {
    current.close();
  }
  // What is damaged is kept as it is: somebody may want to look at it.
  if (isDamaged)
    for (const ending of ['', ...BESIDE])
      if (existsSync(databaseFile + ending)) copyFileSync(databaseFile + ending, copy + ending);
  for (const ending of BESIDE) rmSync(databaseFile + ending, { force: true });
  return copy;
}
