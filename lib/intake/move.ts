/** Moves a stored file out of the drop folder, so that neither a crash nor a newcomer under the same name loses anything. */
import { type BigIntStats, fstatSync, lstatSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { FileProblem } from './problem.ts';

export const PROCESSED = 'Processed';
export const REJECTED = 'Rejected';

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
  const safe = name.replace(/[^\p{L}\p{N}._ -]/gu, '_').replace(/^\.+/, '_');
  const stem =
    safe
      .replace(/\.csv$/i, '')
      .slice(0, 100)
      .trim() || 'file';
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

/** Moves the file that `descriptor` holds open. Null where it is done; else why not, and then the file is still in the drop folder. Throws file system errors. */
export function moveFile(descriptor: number, move: Move): string | null {
  const from = path.join(move.folder, move.name);
  const to = storedPath(move);
  const ours = fstatSync(descriptor, { bigint: true });
  const there = lookAt(from);
  if (!there) return `${move.name} was taken away while it was read.`;
  if (!isUnchanged(ours, there)) return `${move.name} changed while it was taken in. It will be read again.`;
  if (lookAt(to)) return `${move.name} was not moved: ${move.storedName} exists already.`;
  renameSync(from, to);
  const moved = lookAt(to);
  if (moved && isSameFile(ours, moved)) return null;
  if (moved) giveBack(move, to);
  return `Another file came in as ${move.name} at the moment of the move. It will be read as a file of its own.`;
}

/** A file that slipped in under our name has not been read: back it goes, under its own name where that is still free. */
function giveBack(move: Move, to: string): void {
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
