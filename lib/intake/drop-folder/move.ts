/** Moves a stored file out of the drop folder, so that neither a crash nor a new file with the same name loses anything. */
import { type BigIntStats, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type Sentence, sentence } from '#lib/domain/sentences/sentence.ts';
import { FILE_BYTES_LIMIT } from '#lib/intake/csv/limits.ts';
import type { FileProblem } from '#lib/intake/csv/problem.ts';
import { inFolder, isSameFile, type OpenFolder, statIfExists } from './folder.ts';

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

export function isUnchanged(a: BigIntStats, b: BigIntStats): boolean {
  return isSameFile(a, b) && a.size === b.size && a.mtimeNs === b.mtimeNs;
}

/**
 * Moves the file that was read. `read` are its stats from before the first byte was read. Null on success; otherwise why it is
 * still in the drop folder. Throws file system errors.
 */
export function moveFile(read: BigIntStats, move: Move): Sentence | null {
  return throughFolders(move, (from, to) => {
    const current = statIfExists(from.at(move.name));
    if (!current) return sentence('removedWhileRead', { name: move.name });
    if (!isUnchanged(read, current)) return changedMessage(move);
    if (current.nlink > 1n) return linkedMessage(move.name);
    if (statIfExists(to.at(move.storedName)))
      return sentence('nameTaken', { name: move.name, stored: move.storedName });
    return renamed(read, move, from, to);
  });
}

/** Calls `work` with the drop folder and the one to move to, both held open: a link that takes the place of either leads nowhere. */
function throughFolders(move: Move, work: (from: OpenFolder, to: OpenFolder) => Sentence | null): Sentence | null {
  const target = path.dirname(storedPath(move));
  let problem: Sentence | null = sentence('noRealFolder', { name: move.name, folder: target });
  inFolder(move.folder, true, (from) =>
    inFolder(target, false, (to) => {
      problem = work(from, to);
    }),
  );
  return problem;
}

/**
 * Renames, then verifies that what was moved is what was read, and lies where it is looked for: before the rename it may have grown,
 * or another file or folder may have taken its name.
 */
export function renameVerified(read: BigIntStats, move: Move): Sentence | null {
  return throughFolders(move, (from, to) => renamed(read, move, from, to));
}

function renamed(read: BigIntStats, move: Move, from: OpenFolder, to: OpenFolder): Sentence | null {
  renameSync(from.at(move.name), to.at(move.storedName));
  const moved = statIfExists(to.at(move.storedName));
  if (moved && isUnchanged(read, moved) && to.isInPlace()) return null;
  if (moved) moveBackTo(move, from, to);
  return to.isInPlace()
    ? changedMessage(move)
    : sentence('folderReplaced', { name: move.name, folder: path.dirname(storedPath(move)) });
}

function changedMessage({ name }: Move): Sentence {
  return sentence('changedWhileImported', { name });
}

/** What is said of a file that has another name as well, which may lie anywhere. */
export function linkedMessage(name: string): Sentence {
  return sentence('hardLink', { name });
}

/** More than any list of people has: a file that is mostly hole takes no room and a moment to make. */
export function isEndless({ size }: BigIntStats): boolean {
  return size > FILE_BYTES_LIMIT;
}

export function endlessMessage(name: string, { size }: BigIntStats): Sentence {
  return sentence('endlessFile', { name, gigabytes: Number(size / 1_000_000_000n) });
}

/** An unread file that slipped in under this name goes back, under its own name where that is still free. */
export function moveBack(move: Move): void {
  throughFolders(move, (from, to) => {
    moveBackTo(move, from, to);
    return null;
  });
}

function moveBackTo({ name, storedName }: Move, from: OpenFolder, to: OpenFolder): void {
  const isTaken = statIfExists(from.at(name)) !== null;
  renameSync(to.at(storedName), from.at(isTaken ? `returned-${storedName}` : name));
}

/** Writes the reason beside a rejected file, and what to do. Does nothing where that is done already. */
export function writeReason(move: Move): void {
  if (!move.problem) return;
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
  const name = reasonName(move);
  inFolder(path.dirname(storedPath(move)), false, (folder) => {
    if (!statIfExists(folder.at(name))) writeFileSync(folder.at(name), text.join('\r\n'), { flag: 'wx' });
  });
}

/** The name of the file with the reason, beside the rejected one. */
export function reasonName({ storedName }: Pick<Move, 'storedName'>): string {
  return `${storedName}.reason.txt`;
}
