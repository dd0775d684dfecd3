/** Who may read the data folder: the account of the service, and nobody else. Windows has no such modes: there the folder's own rights count. */
import { chmodSync, type Dirent, readdirSync, statSync } from 'node:fs';
import { chmod, opendir, stat } from 'node:fs/promises';
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

/** Named by the id of the run; what others put beside them is theirs. */
const RUN_LOG = /^\d{8}T\d{6}Z-[a-z0-9]+\.log$/;

/** The logs of runs in a folder that others can read, one by one: there may be very many, on a slow share. */
async function* openRunLogsIn(folder: string): AsyncGenerator<string> {
  if (process.platform === 'win32') return;
  try {
    for await (const entry of await opendir(folder)) {
      const file = path.join(folder, entry.name);
      if (entry.isFile() && RUN_LOG.test(entry.name) && ((await stat(file)).mode & OTHERS) !== 0) yield file;
    }
  } catch {
    // The share is away, or there is no log yet.
  }
}

/** The logs of runs, which name everybody, that others than the service's account can read. */
export async function openRunLogs(folder: string): Promise<string[]> {
  const open: string[] = [];
  for await (const file of openRunLogsIn(folder)) open.push(file);
  return open;
}

/** Takes the rights of others on the logs of an earlier release away. What cannot be changed is left to `doctor`. */
export async function makeRunLogsPrivate(folder: string): Promise<void> {
  for await (const file of openRunLogsIn(folder)) await chmod(file, FILE).catch(() => undefined);
}
