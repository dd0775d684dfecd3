/** Looks for what lies in the drop folder and is not read, and keeps it for the overview. */
import path from 'node:path';
import type { Db } from '#db/client.ts';
import { readOtherFiles, writeOtherFiles } from '#db/store/system/engine-state.ts';
import { isOtherFile, type OtherFile } from '#lib/domain/other-files.ts';
import { statIfExists } from './folder.ts';

/** So many entries are looked at; a folder with more belongs to something else. */
const LOOKED_AT = 1000;

/** Those among the names of a folder's entries that are not read, the oldest first. `earlier`: what was found the last time. */
export function findOtherFiles(
  folder: string,
  names: readonly string[],
  earlier: readonly OtherFile[],
  now: number,
): OtherFile[] {
  const firstSeen = new Map(earlier.map(({ name, since }) => [name, since]));
  const found = names.slice(0, LOOKED_AT).flatMap((name): OtherFile[] => {
    const stats = statIfExists(path.join(folder, name));
    const isFolder = stats?.isDirectory() ?? false;
    // Without stats its name cannot be read here, or it has just gone and is not there the next time.
    const isFile = stats?.isFile() ?? true;
    if (!(isFolder || isFile) || !isOtherFile(name, isFolder)) return [];
    // A folder and a file that grows change now and then, so it also counts since when they were seen.
    const since = Math.min(Number(stats?.mtimeMs ?? now), firstSeen.get(name) ?? now);
    return [{ name, isFolder, since }];
  });
  return found.sort((a, b) => a.since - b.since);
}

/** Keeps what lies there now, where that is something else than before. */
export function noteOtherFiles(db: Db, folder: string, names: readonly string[], now: number): void {
  const before = readOtherFiles(db);
  const files = findOtherFiles(folder, names, before?.folder === folder ? before.files : [], now);
  const after = files.length === 0 ? null : { folder, files };
  if (JSON.stringify(after) !== JSON.stringify(before)) writeOtherFiles(db, after, now);
}
