/** Rows and files that stayed out, until somebody corrects or closes them. */
import { sql } from 'drizzle-orm';
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { intakeFiles, intakeRows } from './files.ts';

/** `corrected`: it became a person; `closed`: an operator said why it never will. */
export const ROW_CASE_STATUSES = ['open', 'corrected', 'closed'] as const;

export type RowCaseStatus = (typeof ROW_CASE_STATUSES)[number];

/**
 * Rows that could not become a person, and files that were refused whole. Opened by triggers on `intake_rows` and
 * `intake_files`, so that no row is without a case; `row_search` is the trigram index of their rows (a virtual table).
 */
export const rowCases = sqliteTable(
  'row_cases',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    fileId: text('file_id')
      .notNull()
      .references(() => intakeFiles.id),
    /** Null: the whole file. A corrected row has its person in `intake_rows`. */
    rowId: integer('row_id').references(() => intakeRows.id),
    status: text({ enum: ROW_CASE_STATUSES }).notNull().default('open'),
    /** Grows with every change: compared by every compare-and-set. */
    revision: integer().notNull().default(0),
    /** `[{ column, message }]`: what kept the row out; null for a whole file, which has its own. */
    problems: text({ mode: 'json' }),
    /** When and by whom it was corrected or closed, with the reason for closing it; null while it is open. */
    settledAt: integer('settled_at'),
    settledBy: text('settled_by'),
    settledByKey: text('settled_by_key'),
    why: text(),
    /** The file in which the row or the file came again, where an operator opened it as an upload. */
    importedAsFileId: text('imported_as_file_id'),
  },
  (t) => [
    uniqueIndex('row_cases_row').on(t.rowId).where(sql`row_id is not null`),
    uniqueIndex('row_cases_whole_file').on(t.fileId).where(sql`row_id is null`),
    index('row_cases_status').on(t.status, t.fileId),
  ],
);
