/** Backups: the database and the uploads in one file, which is itself an SQLite database. It holds no secret, because the database holds none. */
import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import Sqlite from 'better-sqlite3';
import { foreignParts } from '#db/foreign-parts.ts';
import { type Identity, identityOf, mismatch } from '#db/store/system/identity.ts';
import { databaseVersion, programVersion } from '#db/version.ts';
import { digestOf, seal, unsealed } from './seal.ts';

/** Subfolder of the data folder with files as they were uploaded. */
const UPLOADS = 'uploads';
const PART_BYTES = 4 * 1024 * 1024;
const EVERY_PAGE = 0x7fffffff;

export interface Backup {
  file: string;
  madeAt: number;
  people: number;
  uploads: number;
}

export interface BackupPlace {
  databaseFile: string;
  dataDir: string;
  /** Where the backup is written. */
  file: string;
  now: number;
}

/** A backup that cannot be made or used; `message` is one line. */
export class BackupError extends Error {
  override name = 'BackupError';
}

/**
 * Writes a backup of `dataDir` to `file` while others go on writing, and reads it through. Throws `BackupError` where `file` exists
 * or what was written is not whole.
 */
export async function backUp({ databaseFile, dataDir, file, now }: BackupPlace): Promise<Backup> {
  if (existsSync(file)) throw new BackupError(`${file} exists already: a backup replaces nothing.`);
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.part`;
  rmSync(draft, { force: true });
  try {
    await copyDatabase(databaseFile, draft);
    addUploads(draft, path.join(dataDir, UPLOADS), now);
    const { people, uploads } = checkBackup(draft, null);
    renameSync(draft, file);
    return { file, madeAt: now, people, uploads };
  } finally {
    rmSync(draft, { force: true });
  }
}

async function copyDatabase(databaseFile: string, to: string): Promise<void> {
  closeSync(openSync(to, 'wx', 0o600));
  const source = new Sqlite(databaseFile, { readonly: true, fileMustExist: true });
  try {
    // All pages in one step: with several, each write of another connection would start it anew.
    await source.backup(to, { progress: () => EVERY_PAGE });
  } finally {
    source.close();
  }
}

function addUploads(file: string, folder: string, now: number): void {
  const backup = new Sqlite(file);
  try {
    backup.pragma('journal_mode = DELETE');
    backup.exec(`
      create table backup_uploads (name text not null, part integer not null, bytes blob not null, primary key (name, part));
      create table backup_made (at integer not null, digest text not null);
      -- Whoever restores it brings nobody back in who was signed out since.
      delete from sessions`);
    const add = backup.prepare('insert into backup_uploads values (?, ?, ?)');
    backup.transaction(() => {
      backup.prepare('insert into backup_made values (?, ?)').run(now, unsealed());
      for (const name of uploadNames(folder))
        for (const [part, bytes] of partsOf(path.join(folder, name))) add.run(name, part, bytes);
    })();
  } finally {
    backup.close();
  }
  seal(file);
}

function uploadNames(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name);
}

/** Nothing where the file is gone meanwhile: nobody needs it any more. */
function* partsOf(file: string): Generator<[number, Buffer]> {
  if (!existsSync(file)) return;
  const descriptor = openSync(file, 'r');
  try {
    const bytes = Buffer.alloc(PART_BYTES);
    for (let part = 0; ; part += 1) {
      const read = readSync(descriptor, bytes, 0, PART_BYTES, part * PART_BYTES);
      if (read === 0 && part > 0) return;
      yield [part, bytes.subarray(0, read)];
      if (read < PART_BYTES) return;
    }
  } finally {
    closeSync(descriptor);
  }
}

/** What is read of a backup before its parts are known to be ours: a view in the place of one could be without end. */
const READ_FIRST = ['backup_made', '__drizzle_migrations', 'settings'];

function openBackup(file: string): Sqlite.Database {
  try {
    const backup = new Sqlite(file, { readonly: true, fileMustExist: true });
    const kindOf = backup.prepare<[string], unknown>('select type from sqlite_master where name = ?').pluck();
    const forged = READ_FIRST.find((name) => (kindOf.get(name) ?? 'table') !== 'table');
    if (forged !== undefined) {
      backup.close();
      throw new BackupError(`${file} is not as AutoProvision wrote it: ${forged} is no table.`);
    }
    backup.prepare('select at from backup_made').pluck().get();
    return backup;
  } catch (error) {
    if (error instanceof BackupError) throw error;
    throw new BackupError(`${file} is not a backup of AutoProvision, or is not whole.`);
  }
}

/**
 * Reads a backup through: it is whole, of this tenant (`wanted` null: of any), not newer than the program, and holds nothing that acts by itself but what is ours. Throws `BackupError`
 * where it is not.
 */
export function checkBackup(file: string, wanted: Identity | null): Backup {
  const backup = openBackup(file);
  const number = (sql: string) => backup.prepare<[], number>(sql).pluck().get() ?? 0;
  try {
    const version = databaseVersion(backup);
    if (version === null) throw new BackupError(`${file} is empty.`);
    if (version > programVersion())
      throw new BackupError(`${file} was made by a newer release: restore it with that one.`);
    const other = wanted && mismatch(identityOf(backup), wanted);
    if (other) throw new BackupError(`${file} cannot be restored here: ${other}.`);
    const digest = backup.prepare<[], string>('select digest from backup_made').pluck().get();
    if (digest !== digestOf(file, digest)) throw new BackupError(`${file} is damaged: it is not what was written.`);
    const [foreign] = foreignParts(backup);
    if (foreign !== undefined)
      throw new BackupError(`${file} is not as AutoProvision wrote it: ${foreign} is in none of its releases.`);
    const damage = backup.pragma('integrity_check(1)', { simple: true });
    if (damage !== 'ok') throw new BackupError(`${file} is damaged: ${damage}.`);
    if ((backup.pragma('foreign_key_check') as unknown[]).length > 0)
      throw new BackupError(`${file} is damaged: rows point at others that are missing.`);
    return {
      file,
      madeAt: number('select at from backup_made'),
      people: number('select count(*) from people'),
      uploads: number('select count(distinct name) from backup_uploads'),
    };
  } catch (error) {
    if (error instanceof BackupError) throw error;
    throw new BackupError(`${file} is damaged: ${error instanceof Error ? error.message : error}.`);
  } finally {
    backup.close();
  }
}

/** Lays the uploads of the backup that became `file` into `folder`, and takes them and the mark of a backup out of it. */
export function takeUploadsOut(file: string, folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const database = new Sqlite(file, { fileMustExist: true });
  try {
    const parts = database
      .prepare<[string], Buffer>('select bytes from backup_uploads where name = ? order by part')
      .pluck();
    const names = database.prepare<[], string>('select distinct name from backup_uploads').pluck().all();
    for (const name of names) {
      // Only ever a plain name: the file may come from anywhere.
      const upload = openSync(path.join(folder, path.basename(name)), 'w', 0o600);
      for (const bytes of parts.iterate(name)) writeFileSync(upload, bytes);
      closeSync(upload);
    }
    database.exec('drop table backup_uploads; drop table backup_made');
    // Ours has none; one that was put into it would bring somebody back in.
    if (database.prepare("select 1 from sqlite_master where name = 'sessions'").get())
      database.exec('delete from sessions');
  } finally {
    database.close();
  }
  chmodSync(file, 0o600);
}
