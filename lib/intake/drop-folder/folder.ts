/**
 * A folder held open: what is renamed or written in it stays in it, whatever takes its name in the meantime. Only Linux can go through
 * an open folder; elsewhere the folder is compared before and after.
 */
import { type BigIntStats, closeSync, constants, existsSync, fstatSync, lstatSync, openSync } from 'node:fs';
import path from 'node:path';

const { O_RDONLY, O_DIRECTORY = 0, O_NOFOLLOW = 0 } = constants;
const OPEN_FOLDERS = '/proc/self/fd';

/** The stats of a path, of a symbolic link itself; null where nothing exists. */
export function statIfExists(file: string): BigIntStats | null {
  return lstatSync(file, { bigint: true, throwIfNoEntry: false }) ?? null;
}

/** True for the same file. Some systems do not number files: there the numbers say nothing. */
export function isSameFile(a: BigIntStats, b: BigIntStats): boolean {
  return (a.ino === 0n && b.ino === 0n) || (a.ino === b.ino && a.dev === b.dev);
}

export interface OpenFolder {
  /** A path to something in the folder that leads nowhere else. */
  at(name: string): string;
  /** Whether its own path still leads to it, and not to another folder or a link. */
  isInPlace(): boolean;
}

/**
 * Calls `work` with the folder held open; `mayBeLink`: the folder itself, as an Admin has named it, may be a link. Null, and `work` is not
 * called, where there is no such folder or a link in its place. Throws file system errors.
 */
export function inFolder<T>(folder: string, mayBeLink: boolean, work: (open: OpenFolder) => T): T | null {
  let descriptor: number;
  try {
    // Windows opens no folder: there its stats alone are compared.
    descriptor =
      process.platform === 'win32' ? -1 : openSync(folder, O_RDONLY | O_DIRECTORY | (mayBeLink ? 0 : O_NOFOLLOW));
  } catch (error) {
    if (error instanceof Error && 'code' in error && ['ENOTDIR', 'ELOOP', 'ENOENT'].includes(String(error.code)))
      return null;
    throw error;
  }
  const link = path.join(OPEN_FOLDERS, String(descriptor));
  try {
    const stats = descriptor < 0 ? statIfExists(folder) : fstatSync(descriptor, { bigint: true });
    if (!stats?.isDirectory()) return null;
    const base = descriptor >= 0 && existsSync(link) ? link : folder;
    const isInPlace = () => {
      const now = statIfExists(folder);
      return now !== null && (mayBeLink || (now.isDirectory() && isSameFile(now, stats)));
    };
    return work({ at: (name) => path.join(base, name), isInPlace });
  } catch (error) {
    // People know the folder by its name.
    if (error instanceof Error) error.message = error.message.replaceAll(`${link}${path.sep}`, `${folder}${path.sep}`);
    throw error;
  } finally {
    if (descriptor >= 0) closeSync(descriptor);
  }
}
