/** The request and the result of an import, and how a file begins and ends in the database, however long it is. */
import type { Db } from '#db/client.ts';
import type { FileSource } from '#db/schema/files.ts';
import { recordEvent } from '#db/store/events/record-event.ts';
import type { NewFile, RowCounts } from '#db/store/files/import.ts';
import type { FileProblem } from '#lib/intake/csv/problem.ts';
import { byLine, type OperatorCorrections } from '#lib/intake/csv/rows/corrections.ts';
import type { Matching } from '#lib/intake/csv/table.ts';
import { settleCasesOfDraft } from '#lib/intake/draft/settle-cases.ts';
import { closeRepeatedRows } from '#lib/intake/rows/repeated-rows.ts';
import type { ReadOptions } from './column-rules.ts';
import { byFile, type Intake, openIntake } from './intake.ts';
import type { ScannedBytes } from './malware.ts';
import type { Source } from './source-reader.ts';

/** The progress of a long file. */
export interface Progress {
  fileId: string;
  rows: number;
  total: number;
}

/** What is stored together with a file, and progress reports. */
export interface ImportHooks {
  /** In the transaction that adds the file. */
  atStart?(fileId: string): void;
  /** In the transaction that completes the import. */
  atEnd?(fileId: string, rows: number): void;
  /** Between two slices of a long file: others may write now. Throws where storing has to stop for now. */
  yieldToWriters?(progress: Progress): void;
  /** Between the rows of a slice: whether the server may be waiting to write. Without it a slice is short. */
  isAwaited?(): boolean;
  /** Before each block that is read: throws `StoppedError` where the work is to stop. */
  throwIfStopped?(): void;
}

export interface ImportRequest {
  db: Db;
  /** An open descriptor that stays open, or the bytes. */
  source: Source;
  /** Our own folder for the copy of a long file while its rows are stored; null where nobody else can change the source. */
  copyTo: string | null;
  /** The name the file came with; only its last part counts. */
  name: string;
  sourceKind: FileSource;
  /** Who brought it: an operator's name, or `idm`. */
  receivedFrom: string;
  /** The operator's stable key, where an operator brought it. */
  receivedFromKey?: string | null;
  now: number;
  runId: string | null;
  id?: string;
  /** The name under which the original is kept; null where it is not kept. */
  storedName?: string | null;
  /** What the malware scanner said, of exactly these bytes; null: nobody looked. */
  scanned?: ScannedBytes | null;
  /** Corrections by operators; the file itself stays as it came. */
  operatorCorrections?: OperatorCorrections;
  hooks?: ImportHooks;
}

export interface ImportedFile extends RowCounts {
  id: string;
  name: string;
  sha256: string;
  status: 'accepted' | 'rejected';
  rows: number;
  /** Why the whole file was rejected; null for an accepted one. */
  problem: FileProblem | null;
}

/** The work was stopped: what is stored stays, and the next start continues. */
export class StoppedError extends Error {
  override name = 'StoppedError';
}

export type Stored =
  | { kind: 'stored'; counts: RowCounts }
  | { kind: 'fault'; problem: FileProblem }
  /** The bytes are no longer those of the first pass. */
  | { kind: 'changed' };

/** How to read a file with an operator's corrections, in an organisation with these names for its columns. */
export function readOptionsFor(
  operatorCorrections: OperatorCorrections | undefined,
  names: Pick<Matching, 'aliases' | 'order' | 'timeZone'>,
): Pick<ReadOptions, 'matching' | 'corrections'> {
  return {
    matching: { choice: operatorCorrections?.columns ?? null, tolerant: false, ...names },
    corrections: byLine(operatorCorrections?.corrections ?? []),
  };
}

/** Adds the file. Call inside a transaction. */
export function beginImport({ db, hooks }: Pick<ImportRequest, 'db' | 'hooks'>, file: NewFile): Intake {
  const intake = openIntake(db, file);
  intake.store.addFile(file);
  hooks?.atStart?.(file.id);
  return intake;
}

/** Records that all rows are stored. Call inside a transaction. */
export function finishImport(intake: Intake, counts: RowCounts, hooks: ImportHooks | undefined): void {
  const { db, store, file } = intake;
  store.countFile(file.id, counts);
  store.endFile(file.id, 'accepted', null);
  const { accepted, duplicates, rejected } = counts;
  const rows = accepted + duplicates + rejected;
  const unchanged = store.countUnchanged(file.id);
  const known = unchanged === 0 ? '' : ` (${unchanged} of them word for word, which changes nothing)`;
  const message = `${file.name} imported. ${rows === 1 ? '1 row' : `${rows} rows`}: ${accepted} new, ${duplicates} already known${known}, ${rejected} rejected.`;
  recordEvent(db, {
    kind: 'file.accepted',
    ...byFile(file),
    message,
    data: { fileId: file.id, rows: { accepted, duplicates, unchanged, rejected } },
  });
  // Whoever uploads a file has looked at its rows.
  if (file.source === 'upload') settleCasesOfDraft(intake);
  else if (rejected > 0) closeRepeatedRows(intake);
  hooks?.atEnd?.(file.id, rows);
}

/** The result for a file in the database. */
export function importedFile(
  { id, name, sha256 }: NewFile,
  status: ImportedFile['status'],
  counts: RowCounts,
  problem: FileProblem | null,
): ImportedFile {
  const rows = counts.accepted + counts.duplicates + counts.rejected;
  return { id, name, sha256, status, rows, ...counts, problem };
}
