/**
 * Stores a long file slice by slice, so that others can write in between. Before the first slice, all of it has been read
 * without a fault and its bytes copied: a process that dies halfway leaves a file that the next one can resume.
 */

import { randomUUID } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';
import type { Db } from '#db/client.ts';
import type { NewFile, RowCounts } from '#db/store/files/import.ts';
import { mergeAfter, mergeNext } from '#db/store/people/merge-index.ts';
import { releaseLease, renewLease, takeLease } from '#db/store/runs/lease.ts';
import { dayAt } from '#lib/domain/time/days.ts';
import { readTable, StartDates } from '#lib/intake/csv/parse.ts';
import type { FileProblem } from '#lib/intake/csv/problem.ts';
import type { RowPart } from '#lib/intake/csv/rows/corrections.ts';
import type { Table } from '#lib/intake/csv/rows/validation-context.ts';
import type { TablePart } from '#lib/intake/csv/table.ts';
import type { DateOrder } from '#lib/intake/csv/values/date-order.ts';
import { importRows, MAX_ROWS_PER_CALL, type PreparedRow, prepareRow } from '#lib/intake/rows/rows.ts';
import type { SheetRecords } from '#lib/intake/xlsx/sheet-records.ts';
import { codePagesOf, keepExtraNames, type ReadOptions, shapeOf } from './column-rules.ts';
import { fileRecords } from './file-records.ts';
import { beginImport, finishImport, type ImportHooks, type ImportRequest, type Stored } from './import-request.ts';
import { openIntake } from './intake.ts';
import { readSource, type Source } from './source-reader.ts';

/**
 * A slice ends with this many rows, or when others may be waiting to write: where nobody tells, after `SLICE_MS`. Names in no order touch
 * most pages of the small indexes once for each slice, so long ones write half as many.
 */
export const SLICE_ROWS = 4000;
const SLICE_MS = 12;
/** Other processes and threads, who do not tell either, wait no longer for a slice than this. */
const LONGEST_MS = 200;
/** No more than this waits to be stored: a single row may be long. */
const BATCH_CHARACTERS = 512 * 1024;

type ReadAgain = ReturnType<SheetRecords['keep']> | null;
type Start = Extract<TablePart, { kind: 'header' }>;

/** The copy of a long drop-folder file while its rows are stored, named by its hash so that a restart finds it. */
export function storedCopy(folder: string, sha256: string): string {
  return path.join(folder, `taking-in-${sha256}.csv`);
}

/** Reads all of it, copies the bytes where others could change them, then stores the rows. `isUnchanged` is called after the last byte. */
export function storeLong(
  request: ImportRequest,
  file: NewFile,
  options: ReadOptions,
  isUnchanged: () => boolean,
): Stored {
  const { db, source, copyTo } = request;
  const copyPath = copyTo === null ? null : storedCopy(copyTo, file.sha256);
  const read = readToEnd(source, options, copyPath, request.hooks);
  if (read.kind === 'fault' || !isUnchanged() || read.sha256 !== file.sha256) {
    if (copyPath !== null) rmSync(copyPath, { force: true });
    return read.kind === 'fault' ? read : { kind: 'changed' };
  }
  const holder = randomUUID();
  db.$client
    .transaction(() => {
      const { store } = beginImport(request, file);
      store.shapeFile(file.id, shapeOf(read.start, options, read.dates, read.rows));
      takeLease(db, holder, Date.now(), leaseOf(file.id));
    })
    .immediate();
  const counts = { accepted: 0, duplicates: 0, rejected: 0 };
  const job = {
    db,
    file,
    options,
    dates: read.dates,
    counts,
    lastLine: 0,
    total: read.rows,
    holder,
    hooks: request.hooks,
    readAgain: read.readAgain,
  };
  return { kind: 'stored', counts: storeCopy(job, source, copyPath) };
}

/** Whoever holds this lease stores the rows of the file. */
export const leaseOf = (fileId: string) => `file ${fileId}`;

/** Reads the whole table; writes every byte of it to `copyPath` on the way. `rowAt`: the row at the line asked for. */
export function readToEnd(
  source: Source,
  options: ReadOptions,
  copyPath: string | null,
  hooks: ImportHooks | undefined,
  line: number | null = null,
):
  | {
      kind: 'valid';
      start: Start;
      dates: DateOrder;
      rows: number;
      rowAt: RowPart | null;
      sha256: string;
      /** The records of a workbook, kept so that it is not unpacked again. */
      readAgain: ReadAgain;
    }
  | { kind: 'fault'; problem: FileProblem } {
  if (copyPath !== null) mkdirSync(path.dirname(copyPath), { recursive: true, mode: 0o700 });
  const copy = copyPath === null ? null : openSync(copyPath, 'w+', 0o600);
  try {
    const reading = readSource(source, hooks?.throwIfStopped);
    const blocks = copy === null ? reading.blocks() : copied(reading.blocks(), copy);
    let start: Start | null = null;
    let rows = 0;
    let rowAt: RowPart | null = null;
    const { encoding, matching } = options;
    const dates = new StartDates(matching.timeZone);
    const records = fileRecords(blocks, copy ?? source, encoding, matching.aliases, hooks?.throwIfStopped);
    const readAgain = 'keep' in records ? records.keep() : null;
    for (const part of readTable(records, matching)) {
      if (part.kind === 'fault') return part;
      if (part.kind === 'header') start = part;
      else rows++;
      if (part.kind === 'row' && part.line === line) rowAt = part;
      dates.see(part);
    }
    if (!start) throw new Error('A table without a fault has a header.');
    if (copy !== null) fsyncSync(copy);
    return {
      kind: 'valid',
      start,
      dates: dates.order(),
      rows,
      rowAt,
      sha256: reading.sha256(),
      readAgain,
    };
  } catch (error) {
    if (copyPath !== null) rmSync(copyPath, { force: true });
    throw error;
  } finally {
    if (copy !== null) closeSync(copy);
  }
}

/** Hands the blocks on, each after it was written to `copy`. */
export function* copied(blocks: Iterable<Uint8Array>, copy: number): Generator<Uint8Array> {
  for (const block of blocks) {
    for (let written = 0; written < block.length; ) written += writeSync(copy, block, written);
    yield block;
  }
}

interface StoreJob {
  db: Db;
  file: NewFile;
  options: ReadOptions;
  dates: DateOrder;
  /** Rows stored so far. */
  counts: RowCounts;
  lastLine: number;
  total: number;
  holder: string;
  hooks: ImportHooks | undefined;
  /** Of what has just been read. */
  readAgain?: ReadAgain;
  /** The rules it was begun with, where it was begun earlier. */
  reading?: unknown;
}

/** Stores the rows from the copy, or from a source nobody else can change, then releases the lease and deletes the copy. */
export function storeCopy(job: StoreJob, source: Source, copyPath: string | null): RowCounts {
  const rowSource = copyPath === null ? source : openSync(copyPath, 'r');
  try {
    storeSlices(job, rowSource);
  } finally {
    if (typeof rowSource === 'number' && rowSource !== source) closeSync(rowSource);
    releaseLease(job.db, job.holder, leaseOf(job.file.id));
  }
  if (copyPath !== null) rmSync(copyPath, { force: true });
  return job.counts;
}

/** Another process has taken over this file: what it stored must not be stored again. */
class TakenOverError extends Error {
  override name = 'TakenOverError';
}

function storeSlices(job: StoreJob, source: Source): void {
  const { db, file, counts, total, hooks } = job;
  const intake = openIntake(db, file);
  const assertLease = () => {
    if (!renewLease(db, job.holder, Date.now(), leaseOf(file.id)))
      throw new TakenOverError(`another process has taken over ${file.name}`);
  };
  const reading = readSource(source, hooks?.throwIfStopped);
  const { encoding, matching } = job.options;
  const records =
    job.readAgain?.() ?? fileRecords(reading.blocks(), source, encoding, matching.aliases, hooks?.throwIfStopped);
  const rows = rowsAfter(job, records);
  // A row is read right before it is stored, inside the transaction: rows that wait become old, and cost the garbage collector more than it takes to read them.
  const storeSlice = db.$client.transaction((): boolean => {
    const startedAt = performance.now();
    assertLease();
    let inSlice = 0;
    // Some rows each time: where already the lease takes so long, the file would otherwise never end.
    do {
      const batch = nextBatch(rows);
      if (batch.length === 0) break;
      importRows(intake, batch, counts);
      inSlice += batch.length;
    } while (inSlice < SLICE_ROWS && !isAwaited(startedAt));
    intake.store.countFile(file.id, counts);
    return inSlice > 0;
  });
  const isAwaited = (startedAt: number) => {
    const ms = performance.now() - startedAt;
    return ms >= LONGEST_MS || (hooks?.isAwaited?.() ?? ms >= SLICE_MS);
  };
  const stored = () => counts.accepted + counts.duplicates + counts.rejected;
  const letOthersWrite = () => hooks?.yieldToWriters?.({ fileId: file.id, rows: stored(), total });
  let merged = counts.accepted;
  let enough = mergeAfter(db);
  withoutWaiting(db, () => {
    while (storeSlice.immediate()) {
      letOthersWrite();
      if (counts.accepted - merged < enough) continue;
      merged = counts.accepted;
      enough = mergeAfter(db);
      let startedAt = performance.now();
      while (mergeNext(db)) {
        if (!isAwaited(startedAt)) continue;
        letOthersWrite();
        startedAt = performance.now();
      }
    }
  });
  if (reading.sha256() !== file.sha256) throw new Error(`${file.name} changed while its rows were stored.`);
  const end = db.$client.transaction(() => {
    assertLease();
    finishImport(intake, counts, hooks);
  });
  end.immediate();
}

/**
 * A slice need not be on the disk before the next one begins: what a loss of power takes away is stored again from the copy. The last
 * transaction waits, and with it all of them; so does whatever others commit, before they act on what they have read.
 */
function withoutWaiting({ $client }: Db, work: () => void): void {
  $client.pragma('synchronous = NORMAL');
  try {
    work();
  } finally {
    $client.pragma('synchronous = FULL');
  }
}

/** The next rows, as many as are stored by one statement; none at the end. */
function nextBatch(rows: Iterator<PreparedRow>): PreparedRow[] {
  const batch: PreparedRow[] = [];
  for (let characters = 0; batch.length < MAX_ROWS_PER_CALL && characters < BATCH_CHARACTERS; ) {
    const row = rows.next();
    if (row.done) break;
    batch.push(row.value);
    characters += row.value.raw.length;
  }
  return batch;
}

/** The rows that are not stored yet. */
function* rowsAfter(job: StoreJob, records: ReturnType<typeof fileRecords>): Generator<PreparedRow> {
  const { options, dates, lastLine } = job;
  let table: Table | null = null;
  for (const part of readTable(records, options.matching)) {
    if (part.kind === 'fault') throw new Error(`Line ${part.problem.line} was valid in the first pass.`);
    if (part.kind === 'header') {
      table = {
        header: part.header,
        delimiter: part.delimiter,
        corrections: options.corrections,
        dates,
        codePages: codePagesOf(options),
        today: dayAt(job.file.receivedAt, options.matching.timeZone),
      };
      if ('reading' in job) keepExtraNames(job.db, job.file.id, job.reading, part.header);
    } else if (table && part.line > lastLine) yield prepareRow(table, part);
  }
}
