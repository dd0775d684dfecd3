/**
 * Imports one file: a short CSV in a single transaction or not at all, a long one or a workbook slice by slice once all of it has
 * been read without a fault.
 */

import path from 'node:path';
import type { Db } from '#db/client.ts';
import { recordEvent } from '#db/store/events/record-event.ts';
import { intakeStore, type NewFile, type RowCounts } from '#db/store/files/import.ts';
import { rejectedRows } from '#db/store/row-cases/row-cases-read.ts';
import { sentence } from '#lib/domain/sentences/sentence.ts';
import { dayAt } from '#lib/domain/time/days.ts';
import { newId } from '#lib/ids.ts';
import { isOfLeavers } from '#lib/intake/csv/columns/section-watch.ts';
import { detectEncoding, isPlainUtf8 } from '#lib/intake/csv/encoding/detect.ts';
import type { Detected } from '#lib/intake/csv/encoding/formats.ts';
import { dateOrderOf, readTable } from '#lib/intake/csv/parse.ts';
import { type FileProblem, together } from '#lib/intake/csv/problem.ts';
import type { Table } from '#lib/intake/csv/rows/validation-context.ts';
import { closeRepeatedFile } from '#lib/intake/rows/repeated-rows.ts';
import { importRows, MAX_ROWS_PER_CALL, type PreparedRow, prepareRow } from '#lib/intake/rows/rows.ts';
import { codePagesOf, columnNames, type ReadOptions, shapeOf } from './column-rules.ts';
import { fileRecords } from './file-records.ts';
import {
  beginImport,
  finishImport,
  type ImportedFile,
  type ImportRequest,
  importedFile,
  readOptionsFor,
  type Stored,
} from './import-request.ts';
import { byFile } from './intake.ts';
import { storeLong } from './long-file.ts';
import { readSource, type Source, sha256Of, stampOf } from './source-reader.ts';

/** A file with more bytes than this is stored slice by slice: a single transaction would keep others from writing for too long. */
const WHOLE_BYTES = 64 * 1024;

const NOTHING: RowCounts = { accepted: 0, duplicates: 0, rejected: 0 };

/** Rolls the transaction back; never leaves this file. Without a problem, the source changed while it was read. */
class Rollback extends Error {
  readonly problem: FileProblem | null;

  constructor(problem: FileProblem | null) {
    super('rolled back');
    this.problem = problem;
  }
}

/** The name as we store and show it: without folders, control and direction characters. */
export function plainName(name: string): string {
  const base = path.basename(name.replaceAll('\\', '/'));
  return base.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '_').slice(0, 200) || 'unnamed.csv';
}

/** The rejected rows of a file, each with all its problems in one sentence. */
export function rejectedLines(db: Db, fileId: string): { line: number; problem: string }[] {
  return rejectedRows(db, fileId).map(({ line, problems }) => ({ line, problem: together(problems).message }));
}

/**
 * Imports a file. Null where the file changed while it was read: then nothing is stored, and the import is to be retried. Bad
 * input is a result, not an error; throws only what the file system, the database or a hook throws.
 */
export function importFile(request: ImportRequest): ImportedFile | null {
  const { source, now } = request;
  const throwIfStopped = request.hooks?.throwIfStopped;
  const stamp = stampOf(source);
  const first = readSource(source, throwIfStopped);
  const isPlain = isPlainUtf8(first.blocks());
  const sha256 = first.sha256();
  const { scanned } = request;
  if (scanned && scanned.sha256 !== sha256) return null;
  const detect = (): Detected =>
    isPlain ? { kind: 'ok', encoding: 'UTF-8' } : detectEncoding(readSource(source, throwIfStopped).blocks());
  const refusal = scanned?.refusal ?? refusalByName(request);
  const detected: Detected = refusal ? { kind: 'fault', problem: refusal } : detect();
  const file: NewFile = {
    id: request.id ?? newId(now),
    name: plainName(request.name),
    sha256,
    sizeBytes: stamp.sizeBytes,
    modifiedAt: stamp.modifiedAt ?? now,
    receivedAt: now,
    source: request.sourceKind,
    receivedFrom: request.receivedFrom,
    receivedFromKey: request.receivedFromKey ?? null,
    encoding: detected.kind === 'ok' ? detected.encoding : null,
    storedName: request.storedName ?? null,
    movedAt: request.sourceKind === 'drop_folder' ? null : now,
    runId: request.runId,
  };
  const isUnchanged = () => hasSameStamp(source, stamp) && sha256Of(source, throwIfStopped) === sha256;
  if (detected.kind === 'fault') return isUnchanged() ? refuse(request, file, detected.problem) : null;
  const { encoding, others: otherEncodings = [], padded = false } = detected;
  const table = {
    encoding,
    otherEncodings,
    padded,
    ...readOptionsFor(request.operatorCorrections, columnNames(request.db)),
  };
  // The size of a workbook says little about its rows.
  const store = stamp.sizeBytes > WHOLE_BYTES || encoding === 'XLSX' ? storeLong : storeWhole;
  const stored = store(request, file, table, () => hasSameStamp(source, stamp));
  if (stored.kind === 'changed') return null;
  if (stored.kind === 'fault') return isUnchanged() ? refuse(request, file, stored.problem) : null;
  return importedFile(file, 'accepted', stored.counts, null);
}

/** Why a file of the drop folder is refused for its name; who brings it by hand knows what it is. */
function refusalByName({ name, sourceKind }: ImportRequest): FileProblem | null {
  if (sourceKind !== 'drop_folder' || !isOfLeavers(plainName(name))) return null;
  return { line: 1, column: null, ...sentence('fileOfLeavers', { name: plainName(name) }) };
}

type Stamp = ReturnType<typeof stampOf>;

function hasSameStamp(source: Source, stamp: Stamp): boolean {
  const { sizeBytes, modifiedAt } = stampOf(source);
  return sizeBytes === stamp.sizeBytes && modifiedAt === stamp.modifiedAt;
}

/**
 * Second pass: decode, parse, validate and store, all in one transaction that only commits if the bytes are still those of the
 * first pass.
 */
function storeWhole(request: ImportRequest, file: NewFile, options: ReadOptions, isUnchanged: () => boolean): Stored {
  const { db, source } = request;
  const counts = { ...NOTHING };
  const { encoding, matching } = options;
  const parts = (blocks: Iterable<Uint8Array>) =>
    readTable(fileRecords(blocks, source, encoding, matching.aliases, request.hooks?.throwIfStopped), matching);
  const dates = dateOrderOf(parts(readSource(source).blocks()), matching.timeZone);
  const store = db.$client.transaction(() => {
    const reading = readSource(source);
    const intake = beginImport(request, file);
    let table: Table | null = null;
    let rows: PreparedRow[] = [];
    for (const part of parts(reading.blocks())) {
      if (part.kind === 'fault') throw new Rollback(part.problem);
      if (part.kind === 'header') {
        table = {
          header: part.header,
          delimiter: part.delimiter,
          corrections: options.corrections,
          dates,
          codePages: codePagesOf(options),
          today: dayAt(file.receivedAt, matching.timeZone),
        };
        intake.store.shapeFile(file.id, shapeOf(part, options, dates, null));
      }
      if (part.kind === 'row' && table) rows.push(prepareRow(table, part));
      if (rows.length < MAX_ROWS_PER_CALL) continue;
      importRows(intake, rows, counts);
      rows = [];
    }
    importRows(intake, rows, counts);
    if (!isUnchanged() || reading.sha256() !== file.sha256) throw new Rollback(null);
    finishImport(intake, counts, request.hooks);
  });
  try {
    store.immediate();
    return { kind: 'stored', counts };
  } catch (error) {
    if (!(error instanceof Rollback)) throw error;
    return error.problem ? { kind: 'fault', problem: error.problem } : { kind: 'changed' };
  }
}

function refuse(request: ImportRequest, file: NewFile, problem: FileProblem): ImportedFile {
  const { db } = request;
  const store = db.$client.transaction(() => {
    const intake = intakeStore(db);
    // What begins like a workbook may turn out to be none.
    intake.addFile(file.encoding === 'XLSX' ? { ...file, encoding: null } : file);
    intake.endFile(file.id, 'rejected', problem);
    const message = `${file.name} was rejected. Line ${problem.line}: ${problem.message}`;
    recordEvent(db, { kind: 'file.rejected', ...byFile(file), message, data: { fileId: file.id, problem } });
    closeRepeatedFile({ db, file }, problem);
  });
  store.immediate();
  return importedFile(file, 'rejected', NOTHING, problem);
}
