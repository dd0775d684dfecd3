/** Moves a stored file out of the drop folder, so that neither a crash nor a newcomer under the same name loses anything. */
import { type BigIntStats, lstatSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { FileProblem } from '#lib/intake/csv/problem.ts';

export const PROCESSED = 'Processed';
export const REJECTED = 'Rejected';

/** Keeps a stored name, id and `.csv.reason.txt` included, under the 255 bytes that file systems allow: a character has up to three. */
const STEM_LIMIT = 60;

/** What is to be moved where. */
export interface Move {
  folder: string;
  name: string;
  status: 'accepted' | 'rejected';
  storedName: string;
  problem: FileProblem | null;
}

/** The name in `Processed/` or `Rejected/`: the file's id makes it unique, and it stays a `.csv` that every system can hold. */
export function storedNameOf(fileId: string, name: string): string {
  const bare = name.replace(/\.csv$/i, '').replace(/[^\p{L}\p{N}._ -]/gu, '_');
  const stem = bare.slice(0, STEM_LIMIT).trim() || 'file';
  return `${fileId}-${stem}.csv`;
}

export function storedPath({ folder, status, storedName }: Pick<Move, 'folder' | 'status' | 'storedName'>): string {
  return path.join(folder, status === 'accepted' ? PROCESSED : REJECTED, storedName);
}

/** What is at a path, a symbolic link being itself; null where nothing is. */
export function lookAt(file: string): BigIntStats | null {
  return lstatSync(file, { bigint: true, throwIfNoEntry: false }) ?? null;
}

/** True for the same file. Some systems number no files: there the numbers say nothing. */
export function isSameFile(a: BigIntStats, b: BigIntStats): boolean {
  return (a.ino === 0n && b.ino === 0n) || (a.ino === b.ino && a.dev === b.dev);
}

export function isUnchanged(a: BigIntStats, b: BigIntStats): boolean {
  return isSameFile(a, b) && a.size === b.size && a.mtimeNs === b.mtimeNs;
}

/** Moves the file that was read. `read` is what it was before the first byte was read. Null where it is done; else why not, and then the file is still in the drop folder. Throws file system errors. */
export function moveFile(read: BigIntStats, move: Move): string | null {
  const there = lookAt(path.join(move.folder, move.name));
  const to = storedPath(move);
  if (!there) return `${move.name} was taken away while it was read.`;
  if (!isUnchanged(read, there)) return changed(move);
  // A link in its place could lead the file anywhere.
  if (!lookAt(path.dirname(to))?.isDirectory())
    return `${move.name} was not moved: ${path.dirname(to)} is not a folder of its own.`;
  if (lookAt(to)) return `${move.name} was not moved: ${move.storedName} exists already.`;
  return renameRead(read, move);
}

/** Renames, then looks whether what moved is what was read: between the last look and the rename it may have grown, or another may have taken its name. */
export function renameRead(read: BigIntStats, move: Move): string | null {
  const to = storedPath(move);
  renameSync(path.join(move.folder, move.name), to);
  const moved = lookAt(to);
  if (moved && isUnchanged(read, moved)) return null;
  if (moved) giveBack(move);
  return changed(move);
}

function changed({ name }: Move): string {
  return `${name} changed or was replaced while it was taken in. It will be read again.`;
}

/** What slipped in under our name has not been read: back it goes, under its own name where that is still free. */
export function giveBack(move: Move): void {
  const to = storedPath(move);
  const own = path.join(move.folder, move.name);
  renameSync(to, lookAt(own) ? path.join(move.folder, `returned-${move.storedName}`) : own);
}

/** Writes beside a rejected file why it was refused and what to do. Does nothing where that is written already. */
export function writeReason(move: Move): void {
  const file = `${storedPath(move)}.reason.txt`;
  if (!move.problem || lookAt(file)) return;
  const { line, column, message } = move.problem;
  const place = column === null ? `line ${line}` : `line ${line}, character ${column}`;
  const text = [
    `${move.name} was not taken in: nobody in it has been looked at.`,
    '',
    `Where: ${place}`,
    `What:  ${message}`,
    '',
    'What to do: correct the file and drop it again, under any name.',
    '',
  ];
  writeFileSync(file, text.join('\r\n'), { flag: 'wx' });
}
