/** Moves a stored file out of the drop folder, so that neither a crash nor a new file with the same name loses anything. */
import { type BigIntStats, lstatSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { FileProblem } from '#lib/intake/csv/problem.ts';

export const PROCESSED = 'Processed';
export const REJECTED = 'Rejected';

/** Keeps a stored name, with id and `.csv.reason.txt`, under the 255 bytes that file systems allow: a character takes up to three. */
const STEM_LIMIT = 60;

/** What to move, and where to. */
export interface Move {
  folder: string;
  name: string;
  status: 'accepted' | 'rejected';
  storedName: string;
  problem: FileProblem | null;
}

/** The name in `Processed/` or `Rejected/`: the file's id makes it unique, and it stays a `.csv` or `.xlsx` name that every system allows. */
export function storedNameOf(fileId: string, name: string): string {
  const ending = /\.xlsx$/i.test(name) ? '.xlsx' : '.csv';
  const bare = name.replace(/\.(?:csv|xlsx)$/i, '').replace(/[^\p{L}\p{N}._ -]/gu, '_');
  const stem = bare.slice(0, STEM_LIMIT).trim() || 'file';
  return `${fileId}-${stem}${ending}`;
}

export function storedPath({ folder, status, storedName }: Pick<Move, 'folder' | 'status' | 'storedName'>): string {
  return path.join(folder, status === 'accepted' ? PROCESSED : REJECTED, storedName);
}

/** The stats of a path, of a symbolic link itself; null where nothing exists. */
export function statIfExists(file: string): BigIntStats | null {
  return lstatSync(file, { bigint: true, throwIfNoEntry: false }) ?? null;
}

/** True for the same file. Some systems do not number files: there the numbers say nothing. */
export function isSameFile(a: BigIntStats, b: BigIntStats): boolean {
  return (a.ino === 0n && b.ino === 0n) || (a.ino === b.ino && a.dev === b.dev);
}

export function isUnchanged(a: BigIntStats, b: BigIntStats): boolean {
  return isSameFile(a, b) && a.size === b.size && a.mtimeNs === b.mtimeNs;
}

/**
 * Moves the file that was read. `read` are its stats from before the first byte was read. Null on success; otherwise why it is
 * still in the drop folder. Throws file system errors.
 */
export function moveFile(read: BigIntStats, move: Move): string | null {
  const current = statIfExists(path.join(move.folder, move.name));
  const to = storedPath(move);
  if (!current) return `${move.name} was removed while it was being read.`;
  if (!isUnchanged(read, current)) return changedMessage(move);
  // A link in its place could redirect the file anywhere.
  if (!statIfExists(path.dirname(to))?.isDirectory())
    return `${move.name} was not moved: ${path.dirname(to)} is not a real folder.`;
  if (statIfExists(to)) return `${move.name} was not moved: ${move.storedName} already exists.`;
  return renameVerified(read, move);
}

/**
 * Renames, then verifies that what was moved is what was read: before the rename it may have grown, or another file may have
 * taken its name.
 */
export function renameVerified(read: BigIntStats, move: Move): string | null {
  const to = storedPath(move);
  renameSync(path.join(move.folder, move.name), to);
  const moved = statIfExists(to);
  if (moved && isUnchanged(read, moved)) return null;
  if (moved) moveBack(move);
  return changedMessage(move);
}

function changedMessage({ name }: Move): string {
  return `${name} changed or was replaced while it was being imported. It will be read again.`;
}

/** An unread file that slipped in under this name goes back, under its own name where that is still free. */
export function moveBack(move: Move): void {
  const to = storedPath(move);
  const original = path.join(move.folder, move.name);
  renameSync(to, statIfExists(original) ? path.join(move.folder, `returned-${move.storedName}`) : original);
}

/** Writes the reason beside a rejected file, and what to do. Does nothing where that is done already. */
export function writeReason(move: Move): void {
  const file = `${storedPath(move)}.reason.txt`;
  if (!move.problem || statIfExists(file)) return;
  const { line, column, message } = move.problem;
  const place = column === null ? `line ${line}` : `line ${line}, character ${column}`;
  const text = [
    `${move.name} was not imported: nobody in it has been processed.`,
    '',
    `Where: ${place}`,
    `What:  ${message}`,
    '',
    'What to do: correct the file and drop it again, under any name.',
    '',
  ];
  writeFileSync(file, text.join('\r\n'), { flag: 'wx' });
}
