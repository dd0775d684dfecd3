/** Takes in bytes that an operator brought, by the web app or the command line; keeps the original beside the database. */
import { closeSync, mkdirSync, openSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Db } from '#db/client.ts';
import type { FileSource } from '#db/schema.ts';
import { newId } from '#lib/ids.ts';
import type { Mending } from './mending.ts';
import { type TakenFile, takeInFile } from './take-in.ts';

export interface Upload {
  db: Db;
  dataDir: string;
  bytes: Uint8Array;
  /** The name the file had where it came from. */
  name: string;
  sourceKind: Exclude<FileSource, 'drop_folder'>;
  receivedFrom: string;
  /** The operator's stable key, where an operator brought it. */
  receivedFromKey?: string | null;
  now: number;
  runId?: string | null;
  /** What an operator mended before. */
  mending?: Mending;
}

/** Stores the original as `uploads/<file id>.csv`, then takes it in from there. Bad input is an answer; throws where the disk or the database fails. */
export function takeInUpload({ dataDir, bytes, ...upload }: Upload): TakenFile {
  const id = newId(upload.now);
  const storedName = `${id}.csv`;
  const folder = path.join(dataDir, 'uploads');
  const kept = path.join(folder, storedName);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  let taken: TakenFile | null = null;
  try {
    writeFileSync(kept, bytes, { flag: 'wx', mode: 0o600, flush: true });
    const source = openSync(kept, 'r');
    try {
      taken = takeInFile({ ...upload, source, id, storedName, runId: upload.runId ?? null });
    } finally {
      closeSync(source);
    }
    if (!taken) throw new Error(`${kept} changed while it was read.`);
    return taken;
  } finally {
    if (!taken) rmSync(kept, { force: true });
  }
}
