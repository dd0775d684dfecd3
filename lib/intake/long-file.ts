/**
 * Stores a long file slice by slice, so that others can write in between. Before the first slice all of it is read and found sound, and
 * its bytes are ours alone: a process that dies in the middle leaves a file that the next one goes on with.
 */
import { randomUUID } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';
import type { Db } from '#db/client.ts';
import { draftOfFile } from '#db/store/files/drafts.ts';
import { intakeStore, type NewFile, type RowCounts, unfinishedFile } from '#db/store/files/import.ts';
import { releaseLease, renewLease, takeLease } from '#db/store/runs/lease.ts';
import { decodeBlocks, type Encoding } from '#lib/intake/csv/decode.ts';
import { readTable, type TablePart } from '#lib/intake/csv/parse.ts';
import type { FileProblem } from '#lib/intake/csv/problem.ts';
import type { Table } from '#lib/intake/csv/validation-context.ts';
import { type Source, sha256Of, startReading } from './reading.ts';
import {
  beginImport,
  finishImport,
  type ImportedFile,
  type ImportHooks,
  type ImportRequest,
  mended,
  type Reading,
  type Stored,
  taken,
} from './request.ts';
import { type Intake, importRows, type ReadyRow, ROWS_AT_ONCE, readyRow } from './rows.ts';

/** A slice ends with this many rows, or when it has kept others from writing for `SLICE_MS`. */
export const SLICE_ROWS = 2000;
const SLICE_MS = 12;
/** Nor is more than this held in memory: a single row may be long. */
const SLICE_CHARACTERS = 512 * 1024;

type Start = Extract<TablePart, { kind: 'header' }>;

/** Where the bytes of a long file from the drop folder lie while its rows are stored: by their hash, so that a second start finds them. */
export function storedCopy(folder: string, sha256: string): string {
  return path.join(folder, `taking-in-${sha256}.csv`);
}

/** Reads all of it, keeps the bytes where others could change them, then stores the rows. `isStillThere` is asked after the last byte. */
export function storeLong(request: ImportRequest, file: NewFile, how: Reading, isStillThere: () => boolean): Stored {
  const { db, source, copyTo } = request;
  const kept = copyTo === null ? null : storedCopy(copyTo, file.sha256);
  const read = readToEnd(source, how, kept);
  if (read.kind === 'fault' || !isStillThere() || read.sha256 !== file.sha256) {
    if (kept !== null) rmSync(kept, { force: true });
    return read.kind === 'fault' ? read : { kind: 'changed' };
  }
  const holder = randomUUID();
  db.$client
    .transaction(() => {
      const { store } = beginImport(request, file);
      const { delimiter, raw } = read.start;
      store.shapeFile(file.id, { delimiter, header: raw, rowsTotal: read.rows });
      takeLease(db, holder, Date.now(), leaseOf(file.id));
    })
    .immediate();
  const counts = { accepted: 0, duplicates: 0, rejected: 0 };
  const job = { db, file, how, counts, lastLine: 0, total: read.rows, holder, hooks: request.hooks };
  return { kind: 'stored', counts: storeCopy(job, source, kept) };
}

/** Whoever holds this lease stores the rows of the file. */
export const leaseOf = (fileId: string) => `file ${fileId}`;

/** Reads the whole table; writes every byte of it to `keep` on the way. */
function readToEnd(
  source: Source,
  how: Reading,
  keep: string | null,
): { kind: 'sound'; start: Start; rows: number; sha256: string } | { kind: 'fault'; problem: FileProblem } {
  if (keep !== null) mkdirSync(path.dirname(keep), { recursive: true, mode: 0o700 });
  const copy = keep === null ? null : openSync(keep, 'w', 0o600);
  try {
    const reading = startReading(source);
    const blocks = copy === null ? reading.blocks() : copied(reading.blocks(), copy);
    let start: Start | null = null;
    let rows = 0;
    for (const part of readTable(decodeBlocks(blocks, how.encoding), how.matching)) {
      if (part.kind === 'fault') return part;
      if (part.kind === 'header') start = part;
      else rows++;
    }
    if (!start) throw new Error('A table without a fault has a header.');
    if (copy !== null) fsyncSync(copy);
    return { kind: 'sound', start, rows, sha256: reading.sha256() };
  } finally {
    if (copy !== null) closeSync(copy);
  }
}

function* copied(blocks: Iterable<Uint8Array>, copy: number): Generator<Uint8Array> {
  for (const block of blocks) {
    for (let written = 0; written < block.length; ) written += writeSync(copy, block, written);
    yield block;
  }
}

interface Job {
  db: Db;
  file: NewFile;
  how: Reading;
  /** Of what is stored so far. */
  counts: RowCounts;
  lastLine: number;
  total: number;
  holder: string;
  hooks: ImportHooks | undefined;
}

/** Stores the rows from the kept bytes, or from a source that is ours, and lets go of both lease and bytes. */
function storeCopy(job: Job, source: Source, kept: string | null): RowCounts {
  const own = kept === null ? source : openSync(kept, 'r');
  try {
    storeSlices(job, own);
  } finally {
    if (typeof own === 'number' && own !== source) closeSync(own);
    releaseLease(job.db, job.holder, leaseOf(job.file.id));
  }
  if (kept !== null) rmSync(kept, { force: true });
  return job.counts;
}

/** Another process goes on with this file: what it stored is not ours to repeat. */
export class TakenOverError extends Error {
  override name = 'TakenOverError';
}

function storeSlices(job: Job, source: Source): void {
  const { db, file, counts, total, hooks } = job;
  const intake: Intake = { store: intakeStore(db), file };
  const assertOurs = () => {
    if (!renewLease(db, job.holder, Date.now(), leaseOf(file.id)))
      throw new TakenOverError(`another process goes on with ${file.name}`);
  };
  const storeSlice = db.$client.transaction((slice: readonly ReadyRow[]): number => {
    const startedAt = performance.now();
    assertOurs();
    let stored = 0;
    while (stored < slice.length && performance.now() - startedAt < SLICE_MS) {
      importRows(intake, slice.slice(stored, stored + ROWS_AT_ONCE), counts);
      stored = Math.min(slice.length, stored + ROWS_AT_ONCE);
    }
    intake.store.countFile(file.id, counts);
    return stored;
  });
  const reading = startReading(source);
  const rows = rowsAfter(job, reading.blocks());
  let slice: ReadyRow[] = [];
  for (;;) {
    fill(slice, rows);
    if (slice.length === 0) break;
    slice = slice.slice(storeSlice.immediate(slice));
    hooks?.yieldToWriters?.({ fileId: file.id, rows: counts.accepted + counts.duplicates + counts.rejected, total });
  }
  if (reading.sha256() !== file.sha256) throw new Error(`${file.name} changed where it was kept.`);
  const end = db.$client.transaction(() => {
    assertOurs();
    finishImport(intake, counts, hooks);
  });
  end.immediate();
}

/** Reads on until a slice is full. */
function fill(slice: ReadyRow[], rows: Iterator<ReadyRow>): void {
  let characters = slice.reduce((sum, { raw }) => sum + raw.length, 0);
  while (slice.length < SLICE_ROWS && characters < SLICE_CHARACTERS) {
    const row = rows.next();
    if (row.done) return;
    slice.push(row.value);
    characters += row.value.raw.length;
  }
}

/** The rows that are not stored yet. */
function* rowsAfter({ how, lastLine }: Job, blocks: Iterable<Uint8Array>): Generator<ReadyRow> {
  let table: Table | null = null;
  for (const part of readTable(decodeBlocks(blocks, how.encoding), how.matching)) {
    if (part.kind === 'fault') throw new Error(`Line ${part.problem.line} was sound when it was read first.`);
    if (part.kind === 'header')
      table = { header: part.header, delimiter: part.delimiter, corrections: how.corrections };
    else if (table && part.line > lastLine) yield readyRow(table, part);
  }
}

export type WentOn =
  | { kind: 'ended'; file: ImportedFile }
  /** A living process is at it. */
  | { kind: 'busy' }
  /** The bytes are not where they were kept, so nobody can go on. */
  | { kind: 'lost' };

/** Goes on with a file whose storing was cut short. `uploads` is the folder in which its bytes are kept. */
export function resumeImport(db: Db, fileId: string, uploads: string, hooks?: ImportHooks): WentOn {
  const holder = randomUUID();
  if (!takeLease(db, holder, Date.now(), leaseOf(fileId))) return { kind: 'busy' };
  const unfinished = unfinishedFile(db, fileId);
  const bytes = unfinished && copiedBytes(uploads, unfinished.file);
  if (!unfinished || !bytes) {
    releaseLease(db, holder, leaseOf(fileId));
    return unfinished ? { kind: 'lost' } : { kind: 'busy' };
  }
  const { file, counts, lastLine, rowsTotal } = unfinished;
  const draft = draftOfFile(db, fileId);
  const how = { encoding: encodingOf(file), ...mended(draft ?? undefined) };
  try {
    const job = { db, file, how, counts, lastLine, total: rowsTotal, holder, hooks };
    storeCopy(job, bytes.source, null);
  } finally {
    closeSync(bytes.source);
  }
  if (file.source === 'drop_folder') rmSync(bytes.path, { force: true });
  return { kind: 'ended', file: taken(file, 'accepted', counts, null) };
}

function encodingOf({ encoding }: NewFile): Encoding {
  const known: readonly Encoding[] = ['UTF-8', 'UTF-16LE', 'UTF-16BE', 'Windows-1252'];
  const found = known.find((name) => name === encoding);
  if (!found) throw new Error(`a file cannot be read as ${encoding}`);
  return found;
}

/** The kept bytes, opened, where they are still exactly those that were found sound. */
function copiedBytes(uploads: string, file: NewFile): { source: number; path: string } | null {
  const place =
    file.source === 'drop_folder'
      ? storedCopy(uploads, file.sha256)
      : path.join(uploads, path.basename(file.storedName ?? ''));
  let source: number;
  try {
    source = openSync(place, 'r');
  } catch {
    return null;
  }
  if (sha256Of(source) === file.sha256) return { source, path: place };
  closeSync(source);
  return null;
}

/** Keeps the bytes of a drop-folder file again, where they were lost; false where these are not its bytes. */
export function restoreCopy(source: Source, uploads: string, sha256: string): boolean {
  const kept = storedCopy(uploads, sha256);
  mkdirSync(uploads, { recursive: true, mode: 0o700 });
  const copy = openSync(kept, 'w', 0o600);
  const reading = startReading(source);
  try {
    for (const _ of copied(reading.blocks(), copy));
    fsyncSync(copy);
  } finally {
    closeSync(copy);
  }
  return reading.sha256() === sha256;
}
