/**
 * The IDM share: imports every CSV file and workbook that is complete and no longer changing, then moves it away. A bad file never holds up
 * the others.
 */
import { type BigIntStats, closeSync, existsSync, fstatSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Db } from '#db/client.ts';
import { isStoredFile, unfinishedFiles } from '#db/store/files/import-progress.ts';
import { markMoved, movedFiles, type UnmovedFile, unmovedFiles } from '#db/store/files/moved-files.ts';
import { leaseIsHeld } from '#db/store/runs/lease.ts';
import { type Sentence, sentence } from '#lib/domain/sentences/sentence.ts';
import { newId } from '#lib/ids.ts';
import { plainName } from '#lib/intake/import.ts';
import { leaseOf, storedCopy } from '#lib/intake/long-file.ts';
import { uploadsFolder } from '#lib/intake/upload.ts';
import type { Claim, ClaimResult } from './claim.ts';
import { attempt, fileProblem } from './file-problem.ts';
import { isSameFile, statIfExists } from './folder.ts';
import {
  endlessMessage,
  isEndless,
  linkedMessage,
  type Move,
  moveFile,
  PROCESSED,
  REJECTED,
  storedNameOf,
  storedPath,
  writeReason,
} from './move.ts';
import { checkMovedFile } from './moved-file.ts';
import { noteOtherFiles } from './other-files.ts';
import { scanFile } from './scan-file.ts';
import { forgetOthers, isOpenForWriting, openPlain, settlingOf } from './settled.ts';

interface Candidate {
  name: string;
  file: string;
  stats: BigIntStats;
}

/**
 * Like `*.csv` and `*.xlsx` in a shell: names that start with a dot belong to other programs (`._x.csv` on macOS), those with `~$` to Excel,
 * which has the workbook open.
 */
export const INTAKE_NAME = /^(?!\.|~\$).+\.(?:csv|xlsx)$/is;

/** A file with more bytes waits for the others: it must not keep those of one department from being read. */
const LONG_BYTES = 1024 * 1024;
/** Files that were received so long ago are looked at again after their move, the newest ones. */
const WATCHED_MS = 24 * 3_600_000;
const WATCHED_FILES = 500;
/** A file that somebody has open for writing for so long is told. */
const OPEN_TOLD_MS = 10 * 60_000;

/** Imports the settled files of the drop folder, oldest first, long ones after the others. What is wrong with a file or the folder is returned; database errors are thrown. */
export async function claimDropFolder(claim: Claim): Promise<ClaimResult> {
  const { folder } = claim;
  const result: ClaimResult = { files: [], unsettled: 0, warnings: [], problem: null };
  await resumeUnfinished(claim, result);
  let names: string[] = [];
  const why = attempt(() => {
    if (claim.isOurs) mkdirSync(folder, { recursive: true });
    names = readdirSync(folder);
  });
  if (why) return { ...result, problem: sentence('folderUnreadable', { folder, why }) };
  for (const name of [PROCESSED, REJECTED]) {
    const failed = attempt(() => void mkdirSync(path.join(folder, name), { recursive: true }));
    if (failed) result.warnings.push(sentence('folderUnusable', { name, why: failed }));
  }
  const unlisted = attempt(() => noteOtherFiles(claim.db, folder, names, claim.now));
  if (unlisted) result.warnings.push(sentence('restNotLookedAt', { why: unlisted }));
  repairMoves(claim, result);
  await checkMoved(claim, result);
  const unmoved = unmovedFiles(claim.db);
  let remaining = claim.limitFiles ?? Number.POSITIVE_INFINITY;
  for (const candidate of settledFiles(claim, names, result)) {
    if (remaining-- <= 0 || claim.signal?.aborted) break;
    const failed = await claimFile(claim, candidate, unmoved, result).then(() => null, fileProblem);
    if (failed) result.warnings.push(sentence('fileNotImported', { name: candidate.name, why: failed }));
  }
  return result;
}

/** Long files, from any source, whose import another process left unfinished when it ended. */
async function resumeUnfinished({ db, dataDir, signal, runTask }: Claim, result: ClaimResult): Promise<void> {
  for (const { id, name } of unfinishedFiles(db)) {
    if (signal?.aborted) return;
    if (leaseIsHeld(db, Date.now(), leaseOf(id))) continue;
    try {
      const resumed = await runTask(db, 'resumeImport', { fileId: id, dataDir }, { signal });
      if (resumed.kind === 'ended') result.files.push(resumed.file);
      if (resumed.kind === 'lost')
        result.warnings.push(sentence('copyMissing', { name, folder: uploadsFolder(dataDir) }));
    } catch (error) {
      const failed = fileProblem(error);
      if (failed) result.warnings.push(sentence('restNotImported', { name, why: failed }));
    }
  }
}

/** After a crash between the move and its record, the file is where it should be: only the record is missing. */
function repairMoves({ db, folder, now }: Claim, result: ClaimResult): void {
  for (const { status, ...file } of unmovedFiles(db)) {
    if (status === 'importing') continue;
    const move: Move = { ...file, status, folder };
    const failed = attempt(() => {
      if (existsSync(storedPath(move))) finishMove(db, file.id, move, now);
    });
    if (failed) result.warnings.push(sentence('moveNotCompleted', { name: file.name, why: failed }));
  }
}

/** Files that were moved lately: a writer that had one open may have gone on. */
async function checkMoved(claim: Claim, result: ClaimResult): Promise<void> {
  for (const moved of movedFiles(claim.db, claim.now - WATCHED_MS, WATCHED_FILES)) {
    if (claim.signal?.aborted) return;
    const failed = await checkMovedFile(claim, moved, result).then(() => null, fileProblem);
    if (failed) result.warnings.push(sentence('notCompared', { name: moved.name, why: failed }));
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
    if (!INTAKE_NAME.test(name)) continue;
    const file = path.join(folder, name);
    present.add(file);
    const failed = attempt(() => {
      const stats = statIfExists(file);
      if (!stats?.isFile()) {
        if (!stats?.isDirectory()) result.warnings.push(notAFileWarning(name, stats));
        return;
      }
      if (stats.nlink > 1n) {
        result.warnings.push(linkedMessage(name));
        return;
      }
      if (isEndless(stats)) {
        result.warnings.push(endlessMessage(name, stats));
        return;
      }
      const settling = settlingOf(file, stats, settleMs, now);
      if (settling === 'settled') settled.push({ name, file, stats });
      else result.unsettled++;
      if (settling === 'ahead') result.ahead = (result.ahead ?? 0) + 1;
    });
    if (failed) result.warnings.push(sentence('fileUnreadable', { name, why: failed }));
  }
  forgetOthers(folder, present);
  const isLong = ({ stats }: Candidate) => Number(stats.size > LONG_BYTES);
  return settled.sort(
    (a, b) => isLong(a) - isLong(b) || Number(a.stats.mtimeNs - b.stats.mtimeNs) || (a.name < b.name ? -1 : 1),
  );
}

function notAFileWarning(name: string, stats: BigIntStats | null): Sentence {
  if (stats?.isSymbolicLink()) return sentence('symbolicLink', { name });
  return sentence(stats ? 'notRegular' : 'nameUnreadable', { name });
}

async function claimFile(
  claim: Claim,
  candidate: Candidate,
  unmoved: readonly UnmovedFile[],
  result: ClaimResult,
): Promise<void> {
  const { db, dataDir, now } = claim;
  const descriptor = openPlain(candidate.file);
  try {
    const opened = fstatSync(descriptor, { bigint: true });
    const isOpen = isOpenForWriting(candidate.file, opened);
    if (isOpen && now - Number(opened.mtimeNs / 1_000_000n) > OPEN_TOLD_MS)
      result.warnings.push(sentence('openElsewhere', { name: candidate.name }));
    if (isOpen || !opened.isFile() || opened.nlink > 1n || isEndless(opened) || !isSameFile(opened, candidate.stats)) {
      result.unsettled++;
      return;
    }
    const storedBefore = await findStoredBefore(claim, unmoved, candidate.name, descriptor);
    const target = storedBefore ?? (await importFile(claim, candidate.name, descriptor, result));
    if (!target) return;
    const { status } = target;
    if (status === 'importing') {
      result.unsettled++;
      return;
    }
    if (!isStoredFile(db, target.id)) throw new Error(`${candidate.name} is not in our database, so it is not moved.`);
    const move: Move = { ...target, status, folder: claim.folder, name: candidate.name };
    const problem = moveFile(opened, move);
    if (problem) result.warnings.push(problem);
    else finishMove(db, target.id, move, now);
    // After a crash, the copy of a long file may still exist although all its rows are stored.
    rmSync(storedCopy(uploadsFolder(dataDir), target.sha256), { force: true });
  } finally {
    closeSync(descriptor);
  }
}

type Target = Pick<UnmovedFile, 'id' | 'sha256' | 'status' | 'storedName' | 'problem'>;

/** The same bytes under the same name, stored before but not moved: the file only needs moving, or storing to the end first. */
async function findStoredBefore(
  { db, dataDir, signal, runTask }: Claim,
  unmoved: readonly UnmovedFile[],
  name: string,
  descriptor: number,
): Promise<Target | null> {
  const sameName = unmoved.filter((file) => file.name === plainName(name));
  if (sameName.length === 0) return null;
  const sha256 = await runTask(db, 'sha256', { source: descriptor });
  const storedBefore = sameName.find((file) => file.sha256 === sha256);
  if (storedBefore?.status !== 'importing') return storedBefore ?? null;
  if (!(await runTask(db, 'restoreCopy', { source: descriptor, dataDir, sha256 }))) return storedBefore;
  const resumed = await runTask(db, 'resumeImport', { fileId: storedBefore.id, dataDir }, { signal });
  return resumed.kind === 'ended' ? { ...storedBefore, status: 'accepted' } : storedBefore;
}

async function importFile(claim: Claim, name: string, descriptor: number, result: ClaimResult): Promise<Target | null> {
  const { db, dataDir, now, runId, signal, runTask } = claim;
  const scanned = await scanFile(claim, name, descriptor, result);
  if (scanned === 'waits') return null;
  const id = newId(now);
  const storedName = storedNameOf(id, plainName(name));
  const request = { source: descriptor, scanned, name, id, storedName, receivedFrom: 'idm', now, runId } as const;
  const copyTo = uploadsFolder(dataDir);
  const imported = await runTask(db, 'importFile', { ...request, copyTo, sourceKind: 'drop_folder' }, { signal });
  if (!imported) {
    result.unsettled++;
    return null;
  }
  result.files.push(imported);
  return { id, sha256: imported.sha256, status: imported.status, storedName, problem: imported.problem };
}
