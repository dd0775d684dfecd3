/** A copy of the database before a new release changes it, so that an update can be taken back. */
import { chmodSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import type Sqlite from 'better-sqlite3';

export const BACKUPS = 'backups';
const PREFIX = 'before-update-';
/** The newest are kept. */
const KEPT = 3;

/** Copies the database of `version` to `backups` beside it; once for each version. Throws where the disk is full. */
export function snapshotBeforeUpdate(sqlite: Sqlite.Database, version: number): void {
  const folder = path.join(path.dirname(sqlite.name), BACKUPS);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const name = `${PREFIX}${version}.db`;
  const files = readdirSync(folder).filter((file) => file.startsWith(PREFIX) && file.endsWith('.db'));
  if (files.includes(name)) return;
  const draft = path.join(folder, `.${name}.${process.pid}`);
  rmSync(draft, { force: true });
  sqlite.prepare('vacuum into ?').run(draft);
  chmodSync(draft, 0o600);
  renameSync(draft, path.join(folder, name));
  // By name, which is by age: versions are times.
  for (const old of [...files, name].toSorted().slice(0, -KEPT)) rmSync(path.join(folder, old));
}
