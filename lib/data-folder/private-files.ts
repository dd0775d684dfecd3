/** Who may read the data folder: the account of the service, and nobody else. Windows has no such modes: there the folder's own rights count. */
import { chmodSync, type Dirent, readdirSync, statSync } from 'node:fs';
import path from 'node:path';

const FOLDER = 0o700;
const FILE = 0o600;
const OTHERS = 0o077;

/** The folder itself and all in it; the drop folder, which others write to, is left out. */
function* inside(folder: string, dropFolder: string): Generator<{ path: string; isFolder: boolean }> {
  yield { path: folder, isFolder: true };
  let entries: Dirent[] = [];
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch {
    // Gone meanwhile.
  }
  for (const entry of entries) {
    const file = path.join(folder, entry.name);
    if (file === dropFolder) continue;
    if (entry.isDirectory()) yield* inside(file, dropFolder);
    else if (entry.isFile()) yield { path: file, isFolder: false };
  }
}

function isOpenToOthers(file: string): boolean {
  try {
    return process.platform !== 'win32' && (statSync(file).mode & OTHERS) !== 0;
  } catch {
    return false;
  }
}

/** What others than the service's account may read or change, as paths. */
export function openToOthers(dataDir: string, dropFolder: string): string[] {
  return [...inside(dataDir, dropFolder)].map(({ path: file }) => file).filter(isOpenToOthers);
}

/** Takes the rights of others away, also in a folder of an earlier release. What cannot be changed is left to `doctor`, which names it. */
export function makePrivate(dataDir: string, dropFolder: string): void {
  for (const { path: file, isFolder } of inside(dataDir, dropFolder))
    if (isOpenToOthers(file))
      try {
        chmodSync(file, isFolder ? FOLDER : FILE);
      } catch {
        // Somebody else's file.
      }
}
