/** The IDM share: takes in every CSV that lies there whole and still, then moves it away. One bad file never holds up its sisters. */
import {
  type BigIntStats,
  closeSync,
  constants,
  existsSync,
  fstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  rmSync,
} from 'node:fs';
import path from 'node:path';
import type { Db } from '#db/client.ts';
import { isStoredFile, markMoved, type UnmovedFile, unfinishedFiles, unmovedFiles } from '#db/store/files/import.ts';
import { leaseIsHeld } from '#db/store/runs/lease.ts';
import { newId } from '#lib/ids.ts';
import { plainName } from './import.ts';
import { leaseOf, storedCopy, type WentOn } from './long-file.ts';
import {
  isSameFile,
  isUnchanged,
  lookAt,
  type Move,
  moveFile,
  PROCESSED,
  REJECTED,
  storedNameOf,
  storedPath,
  writeReason,
} from './move.ts';
import { type ImportedFile, type ImportRequest, StoppedError } from './request.ts';
import { uploadsFolder } from './upload.ts';

/** Reads and stores beside the thread that asks: `inThread` of `lib/worker`. Rejects with `StoppedError` where `signal` stopped it. */
export interface RunTask {
  (db: Db, task: 'importFile', request: Omit<ImportRequest, 'db' | 'hooks'>, how: Stop): Promise<ImportedFile | null>;
  (db: Db, task: 'resumeImport', file: { fileId: string; dataDir: string }, how: Stop): Promise<WentOn>;
  (db: Db, task: 'restoreCopy', bytes: { source: number; dataDir: string; sha256: string }): Promise<boolean>;
  (db: Db, task: 'sha256', bytes: { source: number }): Promise<string>;
}

interface Stop {
  signal: AbortSignal | undefined;
}

export interface Claim {
  db: Db;
  /** Our own folder: long files are kept there while their rows are stored. */
  dataDir: string;
  folder: string;
  /** It lies in our own data folder and may be made. A share that is away must not be taken for an empty one. */
  isOurs?: boolean;
  /** A file must have been unchanged this long, in milliseconds. */
  settleMs: number;
  now: number;
  runId: string | null;
  /** At most this many files in one go; the others wait for the next cycle. */
  limitFiles?: number;
  /** Stops between two slices of a long file; the next cycle goes on. */
  signal?: AbortSignal;
  runTask: RunTask;
}

export interface ClaimResult {
  /** The files taken in now, whole ones and refused ones. */
  files: ImportedFile[];
  /** Files that may still be growing: the next cycle looks again. */
  unsettled: number;
  /** What went wrong with single files, one sentence each. */
  warnings: string[];
  /** Why the folder as a whole could not be read; null where it could. */
  problem: string | null;
}

interface Candidate {
  name: string;
  file: string;
  stats: BigIntStats;
}

// Windows has neither flag; there the comparison with `lstat` alone guards against links.
const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;

/** As `*.csv` in a shell: names that start with a dot are other programs' own (`._x.csv` of macOS). */
const CSV_NAME = /^[^.].*\.csv$/is;

/** When we first saw a file as it is: on a share whose clock is ahead its own times would keep it waiting. */
const firstSeen = new Map<string, { stats: BigIntStats; at: number }>();

/** Takes in the settled files of the drop folder, oldest first. Errors of the file system are answers; those of the database are thrown. */
export async function claimDropFolder(claim: Claim): Promise<ClaimResult> {
  const { folder } = claim;
  const result: ClaimResult = { files: [], unsettled: 0, warnings: [], problem: null };
  await goOnWithUnfinished(claim, result);
  let names: string[] = [];
  const problem = attempt(() => {
    if (claim.isOurs) mkdirSync(folder, { recursive: true });
    names = readdirSync(folder);
  });
  if (problem) return { ...result, problem: `The drop folder ${folder} cannot be read: ${problem}.` };
  for (const name of [PROCESSED, REJECTED]) {
    const failed = attempt(() => void mkdirSync(path.join(folder, name), { recursive: true }));
    if (failed) result.warnings.push(`The folder ${name} cannot be used, so files stay in the drop folder: ${failed}.`);
  }
  repairMoves(claim, result);
  const unmoved = unmovedFiles(claim.db);
  let left = claim.limitFiles ?? Number.POSITIVE_INFINITY;
  for (const candidate of settledFiles(claim, names, result)) {
    if (left-- <= 0 || claim.signal?.aborted) break;
    const failed = await claimFile(claim, candidate, unmoved, result).then(() => null, whyNot);
    if (failed) result.warnings.push(`${candidate.name} could not be taken in or moved: ${failed}.`);
  }
  return result;
}

/** Runs what may meet an error of the file system, and says it; any other error goes on its way. */
function attempt(action: () => void): string | null {
  try {
    action();
    return null;
  } catch (error) {
    return whyNot(error);
  }
}

/** What the file system says; null where the work was only stopped, and the next cycle goes on. Throws any other error. */
function whyNot(error: unknown): string | null {
  if (error instanceof StoppedError) return null;
  if (error instanceof Error && 'syscall' in error) return error.message.replace(/\.$/, '');
  throw error;
}

/** Long files, from wherever they came, that a process which is gone left behind half stored. */
async function goOnWithUnfinished({ db, dataDir, signal, runTask }: Claim, result: ClaimResult): Promise<void> {
  for (const { id, name } of unfinishedFiles(db)) {
    if (signal?.aborted) return;
    if (leaseIsHeld(db, Date.now(), leaseOf(id))) continue;
    try {
      const went = await runTask(db, 'resumeImport', { fileId: id, dataDir }, { signal });
      if (went.kind === 'ended') result.files.push(went.file);
      if (went.kind === 'lost')
        result.warnings.push(
          `${name} was cut short, and its bytes are gone from ${uploadsFolder(dataDir)}: drop it again.`,
        );
    } catch (error) {
      const failed = whyNot(error);
      if (failed) result.warnings.push(`The rest of ${name} could not be taken in: ${failed}.`);
    }
  }
}

/** After a crash between the move and its record the file lies where it should: only the record is missing. */
function repairMoves({ db, folder, now }: Claim, result: ClaimResult): void {
  for (const { status, ...file } of unmovedFiles(db)) {
    if (status === 'importing') continue;
    const move: Move = { ...file, status, folder };
    const failed = attempt(() => {
      if (existsSync(storedPath(move))) finishMove(db, file.id, move, now);
    });
    if (failed) result.warnings.push(`The move of ${file.name} could not be completed: ${failed}.`);
  }
}

function finishMove(db: Db, fileId: string, move: Move, now: number): void {
  writeReason(move);
  markMoved(db, fileId, now);
}

function settledFiles({ folder, settleMs, now }: Claim, names: readonly string[], result: ClaimResult): Candidate[] {
  const settled: Candidate[] = [];
  const present = new Set<string>();
  for (const name of names) {
    if (!CSV_NAME.test(name)) continue;
    const file = path.join(folder, name);
    present.add(file);
    const failed = attempt(() => {
      const stats = lookAt(file);
      if (!stats?.isFile()) {
        if (!stats?.isDirectory()) result.warnings.push(notAFile(name, stats));
        return;
      }
      if (isSettled(file, stats, settleMs, now)) settled.push({ name, file, stats });
      else result.unsettled++;
    });
    if (failed) result.warnings.push(`${name} cannot be looked at: ${failed}.`);
  }
  for (const file of firstSeen.keys()) if (path.dirname(file) === folder && !present.has(file)) firstSeen.delete(file);
  return settled.sort((a, b) => Number(a.stats.mtimeNs - b.stats.mtimeNs) || (a.name < b.name ? -1 : 1));
}

function notAFile(name: string, stats: BigIntStats | null): string {
  if (stats?.isSymbolicLink()) return `${name} is a symbolic link and was left alone: only files themselves are read.`;
  if (stats) return `${name} is not a regular file and was left alone.`;
  return `${name} is gone, or its name cannot be read here: rename it.`;
}

function isSettled(file: string, stats: BigIntStats, settleMs: number, now: number): boolean {
  const changedAt = Number((stats.mtimeNs > stats.ctimeNs ? stats.mtimeNs : stats.ctimeNs) / 1_000_000n);
  if (now - changedAt >= settleMs) return true;
  const seen = firstSeen.get(file);
  if (seen && isUnchanged(seen.stats, stats)) return now - seen.at >= settleMs;
  firstSeen.set(file, { stats, at: now });
  return settleMs === 0;
}

async function claimFile(
  claim: Claim,
  candidate: Candidate,
  unmoved: readonly UnmovedFile[],
  result: ClaimResult,
): Promise<void> {
  const { db, dataDir, now } = claim;
  const descriptor = openSync(candidate.file, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  try {
    const opened = fstatSync(descriptor, { bigint: true });
    if (!opened.isFile() || !isSameFile(opened, candidate.stats)) {
      result.unsettled++;
      return;
    }
    const earlier = await storedEarlier(claim, unmoved, candidate.name, descriptor);
    const target = earlier ?? (await importFile(claim, candidate.name, descriptor, result));
    if (!target) return;
    const { status } = target;
    if (status === 'importing') {
      result.unsettled++;
      return;
    }
    if (!isStoredFile(db, target.id)) throw new Error(`${candidate.name} is not in our database, so it is not moved.`);
    const move: Move = { ...target, status, folder: claim.folder, name: candidate.name };
    const refused = moveFile(opened, move);
    if (refused) result.warnings.push(refused);
    else finishMove(db, target.id, move, now);
    // After a crash the bytes of a long file may still be kept although all its rows are stored.
    rmSync(storedCopy(uploadsFolder(dataDir), target.sha256), { force: true });
  } finally {
    closeSync(descriptor);
  }
}

type Target = Pick<UnmovedFile, 'id' | 'sha256' | 'status' | 'storedName' | 'problem'>;

/** The same bytes under the same name that were stored before but not moved: only to be moved, or to be stored to the end first. */
async function storedEarlier(
  { db, dataDir, signal, runTask }: Claim,
  unmoved: readonly UnmovedFile[],
  name: string,
  descriptor: number,
): Promise<Target | null> {
  const namesakes = unmoved.filter((file) => file.name === plainName(name));
  if (namesakes.length === 0) return null;
  const sha256 = await runTask(db, 'sha256', { source: descriptor });
  const earlier = namesakes.find((file) => file.sha256 === sha256);
  if (earlier?.status !== 'importing') return earlier ?? null;
  if (!(await runTask(db, 'restoreCopy', { source: descriptor, dataDir, sha256 }))) return earlier;
  const went = await runTask(db, 'resumeImport', { fileId: earlier.id, dataDir }, { signal });
  return went.kind === 'ended' ? { ...earlier, status: 'accepted' } : earlier;
}

async function importFile(claim: Claim, name: string, descriptor: number, result: ClaimResult): Promise<Target | null> {
  const { db, dataDir, now, runId, signal, runTask } = claim;
  const id = newId(now);
  const storedName = storedNameOf(id, plainName(name));
  const request = { source: descriptor, name, id, storedName, receivedFrom: 'idm', now, runId } as const;
  const copyTo = uploadsFolder(dataDir);
  const taken = await runTask(db, 'importFile', { ...request, copyTo, sourceKind: 'drop_folder' }, { signal });
  if (!taken) {
    result.unsettled++;
    return null;
  }
  result.files.push(taken);
  return { id, sha256: taken.sha256, status: taken.status, storedName, problem: taken.problem };
}
