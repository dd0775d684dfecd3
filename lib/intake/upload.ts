/** Imports files that an operator brought, through the web app or the command line; keeps the original beside the database. */
import { closeSync, copyFileSync, fchmodSync, fsyncSync, mkdirSync, openSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Db } from '#db/client.ts';
import { isStoredFile } from '#db/store/files/import-progress.ts';
import { importFile } from './import.ts';
import type { ImportedFile, ImportRequest } from './import-request.ts';

/** Our own folder for originals, and for copies of long files while their rows are stored. */
export function uploadsFolder(dataDir: string): string {
  return path.join(dataDir, 'uploads');
}

export interface Upload extends Omit<ImportRequest, 'source' | 'copyTo' | 'runId'> {
  db: Db;
  dataDir: string;
  id: string;
  /** The name of the file in `uploads/`. */
  storedName: string;
}

/** Imports a file that is already in `uploads/`. Bad input is a result; throws where the disk or the database fails. */
export function importStoredUpload({ dataDir, ...upload }: Upload): ImportedFile {
  const original = path.join(uploadsFolder(dataDir), upload.storedName);
  const source = openSync(original, 'r');
  try {
    const imported = importFile({ ...upload, source, copyTo: null, runId: null });
    if (!imported) throw new Error(`${original} changed while it was read.`);
    return imported;
  } finally {
    closeSync(source);
  }
}

/** Imports a file from anywhere: copies it first. Leaves no copy behind where nothing was stored. */
export function importCopy({ from, ...upload }: Upload & { from: string }): ImportedFile {
  const folder = uploadsFolder(upload.dataDir);
  const original = path.join(folder, upload.storedName);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  try {
    copyWhole(from, original);
    return importStoredUpload(upload);
  } catch (error) {
    if (!isStoredFile(upload.db, upload.id)) rmSync(original, { force: true });
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
