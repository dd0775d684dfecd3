/** Takes in files that an operator brought, by the web app or the command line; keeps the original beside the database. */
import { closeSync, copyFileSync, fchmodSync, fsyncSync, mkdirSync, openSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Db } from '#db/client.ts';
import { isStoredFile } from '#db/store/files/import.ts';
import { importFile } from './import.ts';
import type { ImportedFile, ImportRequest } from './request.ts';

/** Our own folder for originals, and for long files while their rows are stored. */
export function uploadsFolder(dataDir: string): string {
  return path.join(dataDir, 'uploads');
}

export interface Upload extends Omit<ImportRequest, 'source' | 'copyTo' | 'runId'> {
  db: Db;
  dataDir: string;
  id: string;
  /** Where the file lies under `uploads/`. */
  storedName: string;
}

/** Takes in a file that lies in `uploads/` already. Bad input is an answer; throws where the disk or the database fails. */
export function importStoredUpload({ dataDir, ...upload }: Upload): ImportedFile {
  const kept = path.join(uploadsFolder(dataDir), upload.storedName);
  const source = openSync(kept, 'r');
  try {
    const taken = importFile({ ...upload, source, copyTo: null, runId: null });
    if (!taken) throw new Error(`${kept} changed while it was read.`);
    return taken;
  } finally {
    closeSync(source);
  }
}

/** Takes in a file as it lies anywhere: keeps a copy first. Leaves none behind where nothing of it is stored. */
export function importCopy({ from, ...upload }: Upload & { from: string }): ImportedFile {
  const folder = uploadsFolder(upload.dataDir);
  const kept = path.join(folder, upload.storedName);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  try {
    copyWhole(from, kept);
    return importStoredUpload(upload);
  } catch (error) {
    if (!isStoredFile(upload.db, upload.id)) rmSync(kept, { force: true });
    throw error;
  }
}

function copyWhole(from: string, to: string): void {
  copyFileSync(from, to);
  const copy = openSync(to, 'r+');
  try {
    fchmodSync(copy, 0o600);
    fsyncSync(copy);
  } finally {
    closeSync(copy);
  }
}
