/** Goes on with a long file whose import was interrupted, from its copy. */
import { randomUUID } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Db } from '#db/client.ts';
import { draftOfFile } from '#db/store/files/drafts.ts';
import type { NewFile } from '#db/store/files/import.ts';
import { unfinishedFile } from '#db/store/files/import-progress.ts';
import { releaseLease, takeLease } from '#db/store/runs/lease.ts';
import { FORMATS, type Format } from '#lib/intake/csv/encoding/formats.ts';
import { storedRules } from './column-rules.ts';
import { type ImportedFile, type ImportHooks, importedFile, readOptionsFor } from './import-request.ts';
import { copied, leaseOf, storeCopy, storedCopy } from './long-file.ts';
import { readSource, type Source, sha256Of } from './source-reader.ts';

export type ResumeResult =
  | { kind: 'ended'; file: ImportedFile }
  /** A running process is storing it. */
  | { kind: 'busy' }
  /** The copy is missing, so the import cannot be resumed. */
  | { kind: 'lost' };

/** Resumes an interrupted import. `uploads` is the folder of the copies. */
export function resumeImport(db: Db, fileId: string, uploads: string, hooks?: ImportHooks): ResumeResult {
  const holder = randomUUID();
  if (!takeLease(db, holder, Date.now(), leaseOf(fileId))) return { kind: 'busy' };
  const unfinished = unfinishedFile(db, fileId);
  let bytes: ReturnType<typeof openCopy> = null;
  try {
    bytes = unfinished && openCopy(uploads, unfinished.file, hooks?.throwIfStopped);
  } finally {
    if (!bytes) releaseLease(db, holder, leaseOf(fileId));
  }
  if (!unfinished || !bytes) return unfinished ? { kind: 'lost' } : { kind: 'busy' };
  const { file, counts, lastLine, rowsTotal } = unfinished;
  const draft = draftOfFile(db, fileId);
  const { dates, otherEncodings, ...names } = storedRules(unfinished.reading);
  const options = {
    encoding: formatOf(file),
    otherEncodings,
    ...readOptionsFor(draft ?? undefined, names),
  };
  try {
    const job = {
      db,
      file,
      options,
      dates,
      counts,
      lastLine,
      total: rowsTotal,
      holder,
      hooks,
      reading: unfinished.reading,
    };
    storeCopy(job, bytes.source, null);
  } finally {
    closeSync(bytes.source);
  }
  if (file.source === 'drop_folder') rmSync(bytes.path, { force: true });
  return { kind: 'ended', file: importedFile(file, 'accepted', counts, null) };
}

function formatOf({ encoding }: NewFile): Format {
  const found = FORMATS.find((name) => name === encoding);
  if (!found) throw new Error(`a file cannot be read as ${encoding}`);
  return found;
}

/** The copy, opened, where it is still exactly what was validated. */
function openCopy(
  uploads: string,
  file: NewFile,
  throwIfStopped?: () => void,
): { source: number; path: string } | null {
  const copyPath =
    file.source === 'drop_folder'
      ? storedCopy(uploads, file.sha256)
      : path.join(uploads, path.basename(file.storedName ?? ''));
  let source: number;
  try {
    source = openSync(copyPath, 'r');
  } catch {
    return null;
  }
  let isWhole = false;
  try {
    isWhole = sha256Of(source, throwIfStopped) === file.sha256;
  } finally {
    if (!isWhole) closeSync(source);
  }
  return isWhole ? { source, path: copyPath } : null;
}

/** Restores the lost copy of a drop-folder file; false where the source has different bytes. */
export function restoreCopy(source: Source, uploads: string, sha256: string, hooks?: ImportHooks): boolean {
  const copyPath = storedCopy(uploads, sha256);
  mkdirSync(uploads, { recursive: true, mode: 0o700 });
  const copy = openSync(copyPath, 'w', 0o600);
  const reading = readSource(source, hooks?.throwIfStopped);
  try {
    for (const _ of copied(reading.blocks(), copy));
    fsyncSync(copy);
  } finally {
    closeSync(copy);
  }
  return reading.sha256() === sha256;
}
