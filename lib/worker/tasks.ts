/** What intake does off the server's own thread. Input and output are plain data: they travel between threads. */
import type { Db } from '#db/client.ts';
import type { Draft } from '#db/store/files/drafts.ts';
import { checkHistory } from '#lib/audit/check-history.ts';
import { type BackupRequest, backUpAndTry } from '#lib/data-folder/backup-drill.ts';
import { newcomersOfDraft } from '#lib/intake/draft/draft.ts';
import { type DraftConfirmation, importDraft } from '#lib/intake/draft/draft-import.ts';
import { alikeRows, type ReviewRow, reviewDraft, sameRows } from '#lib/intake/draft/draft-review.ts';
import type { ReviewNote } from '#lib/intake/draft/review.ts';
import { type Prints, reviewDelta } from '#lib/intake/draft/review-delta.ts';
import { type Growth, importGrowth } from '#lib/intake/drop-folder/grown-file.ts';
import { importFile } from '#lib/intake/import.ts';
import type { ImportHooks, ImportRequest, Progress } from '#lib/intake/import-request.ts';
import { restoreCopy, resumeImport } from '#lib/intake/resume-import.ts';
import { sha256Of } from '#lib/intake/source-reader.ts';
import { importCopy, importStoredUpload, type Upload, uploadsFolder } from '#lib/intake/upload.ts';
import type { Language } from '#lib/words/languages.ts';
import { type InWords, inWords } from '#lib/words/sentences.ts';
import { indexPeople } from './index-people.ts';

/** What every task is given beside its input. */
export interface TaskContext {
  db: Db;
  /** Throws where the task is to stop: called for each block that is read. */
  throwIfStopped: NonNullable<ImportHooks['throwIfStopped']>;
  /** Lets others write between two slices; throws where the task is to stop. */
  yieldToWriters: NonNullable<ImportHooks['yieldToWriters']>;
  isAwaited?: ImportHooks['isAwaited'];
  /** Says how far it is. */
  reportProgress(progress: Progress): void;
}

const ROWS_BETWEEN_WORDS = 10_000;

/** Data that can travel. */
type Plain<T> = Omit<T, 'db' | 'hooks'>;

const hooksOf = ({ throwIfStopped, yieldToWriters, isAwaited }: TaskContext): ImportHooks => ({
  throwIfStopped,
  yieldToWriters,
  ...(isAwaited && { isAwaited }),
});

/** A row of a review as its reader gets it. */
export type RowInWords = Omit<ReviewRow, 'notes'> & { notes: InWords<ReviewNote>[] };

const rowIn = (language: Language, { notes, ...row }: ReviewRow): RowInWords => ({
  ...row,
  notes: notes.map((note) => inWords(language, note)),
});

export const TASKS = {
  /** `source` is a descriptor: it is valid in every thread of the process. */
  importFile: (context: TaskContext, input: Plain<ImportRequest>) =>
    importFile({ ...input, db: context.db, hooks: hooksOf(context) }),
  importStoredUpload: (context: TaskContext, input: Plain<Upload>) =>
    importStoredUpload({ ...input, db: context.db, hooks: hooksOf(context) }),
  importCopy: (context: TaskContext, input: Plain<Upload> & { from: string }) =>
    importCopy({ ...input, db: context.db, hooks: hooksOf(context) }),
  importDraft: (context: TaskContext, input: DraftConfirmation & { dataDir: string }) =>
    importDraft(context.db, input.dataDir, input, hooksOf(context)),
  /** Rows as JSON text: they are only handed on, and only those that differ from `seen`. `rows` of the progress are those read so far. */
  reviewDraft: (
    { db, reportProgress, throwIfStopped }: TaskContext,
    { dataDir, draft, seen, language }: { dataDir: string; draft: Draft; seen: Prints | null; language: Language },
  ) => {
    const onRow = (read: number) => {
      if (read % ROWS_BETWEEN_WORDS === 0) reportProgress({ fileId: draft.id, rows: read, total: 0 });
    };
    const { rows: all, ...review } = reviewDraft(db, dataDir, draft, { onRow, throwIfStopped });
    const { rows, ...delta } = reviewDelta(
      all.map((row) => rowIn(language, row)),
      seen,
    );
    return { ...review, ...delta, rows: new TextEncoder().encode(JSON.stringify(rows)) };
  },
  alikeRows: ({ db }: TaskContext, input: { dataDir: string; draft: Draft; at: number | null; pattern: string }) =>
    alikeRows(db, input.dataDir, input.draft, input),
  sameRows: ({ db }: TaskContext, input: { dataDir: string; draft: Draft; at: number; from: string }) =>
    sameRows(db, input.dataDir, input.draft, input),
  newcomersOfDraft: (
    { db, throwIfStopped }: TaskContext,
    { dataDir, draftId, ...some }: { dataDir: string; draftId: string; limit: number },
  ) => newcomersOfDraft(db, dataDir, draftId, { ...some, throwIfStopped }),
  indexPeople: ({ db, yieldToWriters }: TaskContext, _: object) => indexPeople(db, yieldToWriters),
  /** SQLite's verdict on the database file, `ok` where it is intact. A few seconds for a million people. */
  quickCheck: ({ db }: TaskContext, _: object) => String(db.$client.pragma('quick_check(1)', { simple: true })),
  /** Some 10 s for a million events. */
  checkHistory: ({ db }: TaskContext, input: { dataDir: string; auditFolder: string | null }) =>
    checkHistory(db, input),
  backUp: (_: TaskContext, input: BackupRequest) => backUpAndTry(input),
  resumeImport: (context: TaskContext, { fileId, dataDir }: { fileId: string; dataDir: string }) =>
    resumeImport(context.db, fileId, uploadsFolder(dataDir), hooksOf(context)),
  importGrowth: (context: TaskContext, { dataDir, ...growth }: Plain<Omit<Growth, 'uploads'>> & { dataDir: string }) =>
    importGrowth(context.db, { ...growth, uploads: uploadsFolder(dataDir) }, hooksOf(context)),
  sha256: ({ throwIfStopped }: TaskContext, { source }: { source: number }) => sha256Of(source, throwIfStopped),
  restoreCopy: (context: TaskContext, input: { source: number; dataDir: string; sha256: string }) =>
    restoreCopy(input.source, uploadsFolder(input.dataDir), input.sha256, hooksOf(context)),
};

export type TaskName = keyof typeof TASKS;
export type TaskInput<Name extends TaskName> = Parameters<(typeof TASKS)[Name]>[1];
export type TaskOutput<Name extends TaskName> = Awaited<ReturnType<(typeof TASKS)[Name]>>;
