/** Uploads under review. */
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const DRAFT_STATUSES = ['open', 'imported', 'discarded'] as const;

export type DraftStatus = (typeof DRAFT_STATUSES)[number];

/** An upload under review, corrected in the browser before it is imported. The original is in `uploads/`. */
export const drafts = sqliteTable(
  'drafts',
  {
    id: text().primaryKey(),
    name: text().notNull(),
    storedName: text('stored_name').notNull(),
    sha256: text().notNull(),
    sizeBytes: integer('size_bytes').notNull(),
    createdAt: integer('created_at').notNull(),
    createdBy: text('created_by').notNull(),
    createdByKey: text('created_by_key').notNull(),
    /** `{ <known column>: <index in the file> }` where an operator matched columns. */
    columns: text({ mode: 'json' }),
    /** `[{ line, column, to }]`: cells that operators corrected. */
    corrections: text({ mode: 'json' }),
    /** `[[line, id]]`: the row cases it was made of, by their lines in it; line 0: a file that was refused whole. */
    cases: text({ mode: 'json' }),
    /** Grows with every change: compared by every compare-and-set. */
    revision: integer().notNull().default(0),
    status: text({ enum: DRAFT_STATUSES }).notNull().default('open'),
    /** The intake file it became. */
    fileId: text('file_id'),
    /** The last dry run, and the revision it saw. */
    previewRunId: text('preview_run_id'),
    previewRevision: integer('preview_revision'),
  },
  (t) => [index('drafts_created').on(t.createdAt)],
);
