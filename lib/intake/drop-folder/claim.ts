/** What is asked of the drop folder, and what is answered. */
import type { Db } from '#db/client.ts';
import type { Scan } from '#lib/domain/scan.ts';
import type { Sentence } from '#lib/domain/sentences/sentence.ts';
import type { ImportedFile, ImportRequest } from '#lib/intake/import-request.ts';
import type { ResumeResult } from '#lib/intake/resume-import.ts';
import type { Growth, GrowthResult } from './grown-file.ts';

/** Runs a task in another thread: `inThread` of `lib/worker`. Rejects with `StoppedError` where `signal` stopped it. */
interface RunTask {
  (
    db: Db,
    task: 'importFile',
    request: Omit<ImportRequest, 'db' | 'hooks'>,
    options: StopOptions,
  ): Promise<ImportedFile | null>;
  (
    db: Db,
    task: 'resumeImport',
    file: { fileId: string; dataDir: string },
    options: StopOptions,
  ): Promise<ResumeResult>;
  (
    db: Db,
    task: 'importGrowth',
    grown: Omit<Growth, 'uploads'> & { dataDir: string },
    options: StopOptions,
  ): Promise<GrowthResult>;
  (db: Db, task: 'restoreCopy', bytes: { source: number; dataDir: string; sha256: string }): Promise<boolean>;
  (db: Db, task: 'sha256', bytes: { source: number }): Promise<string>;
}

interface StopOptions {
  signal: AbortSignal | undefined;
}

export interface Claim {
  db: Db;
  /** Our own folder: the bytes of long files are kept there while their rows are stored. */
  dataDir: string;
  folder: string;
  /** The folder is inside our data folder and may be created. An unreachable share must not be taken for an empty one. */
  isOurs?: boolean;
  /** A file must have been unchanged this long, in milliseconds. */
  settleMs: number;
  now: number;
  runId: string | null;
  /** At most this many files at once; the others wait for the next cycle. */
  limitFiles?: number;
  /** Stops between two slices of a long file; the next cycle continues it. */
  signal?: AbortSignal;
  runTask: RunTask;
  /** The malware scanner; null: there is none. */
  scan?: Scan | null;
}

export interface ClaimResult {
  /** The files imported now, accepted and rejected. */
  files: ImportedFile[];
  /** Files that may still be growing: the next cycle tries again. */
  unsettled: number;
  /** Those of them that are only watched because their times lie in the future: after `settleMs` they can be read. */
  ahead?: number;
  /** The malware scanner is not there: files wait for it without asking again. */
  isScannerGone?: boolean;
  /** Problems with single files. */
  warnings: Sentence[];
  /** Why the folder as a whole could not be read; null where it could. */
  problem: Sentence | null;
}
