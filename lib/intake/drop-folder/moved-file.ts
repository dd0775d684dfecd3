/** A file after its move: compared with what was imported. What came later is imported as well; another file in its place goes back. */

import { closeSync, fstatSync, rmSync } from 'node:fs';
import path from 'node:path';
import { type MovedFile, setModified } from '#db/store/files/moved-files.ts';
import { sentence } from '#lib/domain/sentences/sentence.ts';
import { closeFile } from '#lib/intake/rows/repeated-rows.ts';
import type { Claim, ClaimResult } from './claim.ts';
import { isSameFile, statIfExists } from './folder.ts';
import { endlessMessage, isEndless, type Move, moveBack, reasonName, storedPath } from './move.ts';
import { scanFile } from './scan-file.ts';
import { isOpenForWriting, openPlain, settlingOf } from './settled.ts';

/** Throws file system errors. A file that was taken away, or replaced by something that is no plain file, is left alone. */
export async function checkMovedFile(claim: Claim, moved: MovedFile, result: ClaimResult): Promise<void> {
  const { folder, settleMs, now } = claim;
  const { status } = moved;
  if (status === 'importing') return;
  const move: Move = { ...moved, status, folder };
  const file = storedPath(move);
  const stats = statIfExists(file);
  if (!stats?.isFile() || stats.nlink > 1n) return;
  const modifiedAt = Number(stats.mtimeNs / 1_000_000n);
  if (Number(stats.size) === moved.sizeBytes && modifiedAt === moved.modifiedAt) return;
  if (isEndless(stats)) {
    result.warnings.push(endlessMessage(moved.name, stats));
    return;
  }
  if (settlingOf(file, stats, settleMs, now) !== 'settled' || isOpenForWriting(file, stats)) {
    result.unsettled++;
    return;
  }
  const source = openPlain(file);
  try {
    if (isSameFile(fstatSync(source, { bigint: true }), stats))
      await compare(claim, move, moved, source, modifiedAt, result);
  } finally {
    closeSync(source);
  }
}

async function compare(
  claim: Claim,
  move: Move,
  moved: MovedFile,
  source: number,
  modifiedAt: number,
  result: ClaimResult,
): Promise<void> {
  const { db, dataDir, now, runId, signal, runTask } = claim;
  const sha256 = await runTask(db, 'sha256', { source });
  if (sha256 === moved.sha256) {
    setModified(db, moved.id, modifiedAt);
    return;
  }
  const scanned = await scanFile(claim, moved.name, source, result);
  if (scanned === 'waits') return;
  if (scanned && scanned.sha256 !== sha256) {
    result.unsettled++;
    return;
  }
  // What is to be refused goes back, and is refused whole as a new file.
  if (move.status === 'accepted' && !scanned?.refusal) {
    const growth = { fileId: moved.id, source, sha256, now, runId, dataDir };
    const grown = await runTask(db, 'importGrowth', growth, { signal });
    if (grown.kind === 'imported') {
      result.files.push(grown.file);
      if (grown.warning) result.warnings.push(grown.warning);
    }
    if (grown.kind === 'changing') result.unsettled++;
    if (grown.kind !== 'other') return;
  }
  moveBack(move);
  if (move.status === 'rejected') {
    rmSync(path.join(path.dirname(storedPath(move)), reasonName(move)), { force: true });
    db.transaction((tx) => closeFile(tx, moved, sentence('fileReadAgain').message, now), { behavior: 'immediate' });
  }
  result.warnings.push(sentence('changedAfterMove', { name: moved.name }));
}
