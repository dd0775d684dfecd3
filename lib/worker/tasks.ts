/** What intake does off the server's own thread. Input and output are plain data: they travel between threads. */
import type { Db } from '#db/client.ts';
import type { Draft } from '#db/store/files/drafts.ts';
import { newcomersOfDraft } from '#lib/intake/draft/draft.ts';
import { type DraftYes, takeInDraft } from '#lib/intake/draft/draft-import.ts';
import { alikeRows, reviewDraft } from '#lib/intake/draft/draft-review.ts';
import { takeInFile } from '#lib/intake/import.ts';
import { goOnWithFile, keepAgain } from '#lib/intake/long-file.ts';
import { sha256Of } from '#lib/intake/reading.ts';
import type { Occasion, TakeIn } from '#lib/intake/request.ts';
import { takeInCopy, takeInKept, type Upload, uploadsFolder } from '#lib/intake/upload.ts';
import { indexPeople } from './index-people.ts';
import type { Progress } from './protocol.ts';

/** What every task is given beside its input. */
export interface TaskContext {
  db: Db;
  /** Lets others write between two slices; throws where the task is to stop. */
  between: NonNullable<Occasion['between']>;
  /** Says how far it is. */
  told(progress: Progress): void;
}

const ROWS_BETWEEN_WORDS = 10_000;

/** Data that can travel. */
type Plain<T> = Omit<T, 'db' | 'occasion'>;

const occasionOf = ({ between }: TaskContext): Occasion => ({ between });

export const TASKS = {
  /** `source` is a descriptor: it is valid in every thread of the process. */
  takeIn: (context: TaskContext, input: Plain<TakeIn>) =>
    takeInFile({ ...input, db: context.db, occasion: occasionOf(context) }),
  takeInKept: (context: TaskContext, input: Plain<Upload>) =>
    takeInKept({ ...input, db: context.db, occasion: occasionOf(context) }),
  takeInCopy: (context: TaskContext, input: Plain<Upload> & { from: string }) =>
    takeInCopy({ ...input, db: context.db, occasion: occasionOf(context) }),
  takeInDraft: (context: TaskContext, input: DraftYes & { dataDir: string }) =>
    takeInDraft(context.db, input.dataDir, input, context.between),
  /** The rows as JSON text: they are only handed on. `rows` of the progress are those read so far. */
  reviewDraft: ({ db, told }: TaskContext, { dataDir, draft }: { dataDir: string; draft: Draft }) => {
    const { rows, ...review } = reviewDraft(db, dataDir, draft, (read) => {
      if (read % ROWS_BETWEEN_WORDS === 0) told({ fileId: draft.id, rows: read, total: 0 });
    });
    return { ...review, rows: new TextEncoder().encode(JSON.stringify(rows)) };
  },
  alikeRows: ({ db }: TaskContext, input: { dataDir: string; draft: Draft; at: number | null; pattern: string }) =>
    alikeRows(db, input.dataDir, input.draft, input),
  newcomersOfDraft: ({ db }: TaskContext, input: { dataDir: string; draftId: string; limit: number }) =>
    newcomersOfDraft(db, input.dataDir, input.draftId, input.limit),
  indexPeople: ({ db, between }: TaskContext, _: object) => indexPeople(db, between),
  /** What SQLite says about the database file, `ok` where it is sound. Some seconds for a million people. */
  quickCheck: ({ db }: TaskContext, _: object) => String(db.$client.pragma('quick_check(1)', { simple: true })),
  goOn: (context: TaskContext, { fileId, dataDir }: { fileId: string; dataDir: string }) =>
    goOnWithFile(context.db, fileId, uploadsFolder(dataDir), occasionOf(context)),
  sha256: (_: TaskContext, { source }: { source: number }) => sha256Of(source),
  keepAgain: (_: TaskContext, input: { source: number; dataDir: string; sha256: string }) =>
    keepAgain(input.source, uploadsFolder(input.dataDir), input.sha256),
};

export type TaskName = keyof typeof TASKS;
export type TaskInput<Name extends TaskName> = Parameters<(typeof TASKS)[Name]>[1];
export type TaskOutput<Name extends TaskName> = ReturnType<(typeof TASKS)[Name]>;
