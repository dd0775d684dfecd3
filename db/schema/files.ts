/** Files that came in, and their rows as they came. */
import { sql } from 'drizzle-orm';
import { index, integer, primaryKey, sqliteTable, sqliteView, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { PERSON_STATES } from '#lib/domain/states.ts';
import { people } from './people.ts';

export const FILE_SOURCES = ['drop_folder', 'upload', 'command_line'] as const;
/** `importing`: the rows are being stored slice by slice, after a first pass through the whole file found no fault. */
export const FILE_STATUSES = ['importing', 'accepted', 'rejected'] as const;
export const ROW_VERDICTS = ['accepted', 'duplicate', 'rejected'] as const;

export type FileSource = (typeof FILE_SOURCES)[number];
export type RowVerdict = (typeof ROW_VERDICTS)[number];
export type FileStatus = (typeof FILE_STATUSES)[number];

export const intakeFiles = sqliteTable(
  'intake_files',
  {
    id: text().primaryKey(),
    name: text().notNull(),
    sha256: text().notNull(),
    sizeBytes: integer('size_bytes').notNull(),
    modifiedAt: integer('modified_at').notNull(),
    receivedAt: integer('received_at').notNull(),
    source: text({ enum: FILE_SOURCES }).notNull(),
    /** Who brought it: an operator's name, or `idm` for the drop folder. */
    receivedFrom: text('received_from').notNull(),
    /** The stable key of the operator who brought it; null for the drop folder and the command line. */
    receivedFromKey: text('received_from_key'),
    status: text({ enum: FILE_STATUSES }).notNull(),
    /** For a rejected file: `{ line, column, message }`. */
    problem: text({ mode: 'json' }),
    encoding: text(),
    delimiter: text(),
    /** The header line as it is in the file; null where the file was rejected. */
    header: text(),
    /** What was passed over or decided before the first row: sentences; null where there is nothing to say. */
    notes: text({ mode: 'json' }),
    /** By which rules it is read (names of columns, order of dates), so that it is read to the end by the same ones; the names of `extras`. */
    reading: text({ mode: 'json' }),
    /** Rows stored so far; `rows` = `accepted` + `duplicates` + `rejected`, always. */
    rows: integer().notNull().default(0),
    /** The number of rows in the file, where they were counted before they were stored. */
    rowsTotal: integer('rows_total'),
    accepted: integer().notNull().default(0),
    duplicates: integer().notNull().default(0),
    rejected: integer().notNull().default(0),
    /** The name under `Processed/` or `Rejected/`, chosen before the move so that a crash can be recovered from. */
    storedName: text('stored_name'),
    /** Null while a drop-folder file has not been moved yet. */
    movedAt: integer('moved_at'),
    /** Null until the run that imported it is known. */
    runId: text('run_id'),
  },
  (t) => [
    index('intake_files_sha256').on(t.sha256),
    index('intake_files_received').on(t.receivedAt),
    index('intake_files_run').on(t.runId),
    index('intake_files_unmoved').on(t.name).where(sql`moved_at is null`),
    index('intake_files_unfinished').on(t.receivedAt).where(sql`status = 'importing'`),
  ],
);

export const intakeRows = sqliteTable(
  'intake_rows',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    fileId: text('file_id')
      .notNull()
      .references(() => intakeFiles.id),
    line: integer().notNull(),
    /** The row as it is in the file, decoded, nothing trimmed. */
    raw: text().notNull(),
    /** The values of the columns we do not know, passed through unchanged; their names stand in `reading` of the file, once. */
    extras: text({ mode: 'json' }),
    verdict: text({ enum: ROW_VERDICTS }).notNull(),
    /** `[{ column, message }]`: every problem of a rejected row at once; the doubts about any other. */
    problems: text({ mode: 'json' }),
    /** `[{ column, from, to, what }]`: what trimming and normalising changed. */
    changes: text({ mode: 'json' }),
    personId: integer('person_id').references(() => people.id),
    /** For a duplicate: the first row that named the same person. */
    duplicateOfRowId: integer('duplicate_of_row_id'),
  },
  (t) => [
    uniqueIndex('intake_rows_file_line').on(t.fileId, t.line),
    index('intake_rows_person').on(t.personId),
    index('intake_rows_file_verdict').on(t.fileId, t.verdict),
  ],
);

/**
 * Rows of a later file that are letter for letter the newest row stored of the same person, as in a list of everybody that comes every
 * night: one row here for many of them. `file_rows` has both.
 */
export const unchangedRows = sqliteTable(
  'unchanged_rows',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    fileId: text('file_id')
      .notNull()
      .references(() => intakeFiles.id),
    /** The number of rows. */
    rows: integer().notNull(),
    /** `[[line, intake_rows.id of the row that it repeats]]`, by line. */
    repeats: text().notNull(),
  },
  (t) => [index('unchanged_rows_file').on(t.fileId)],
);

/** Every row of a file, stored whole or as the repetition of an earlier one. Query it for one file at a time. */
export const fileRows = sqliteView('file_rows', {
  /** Null for the repetition of an earlier row. */
  id: integer(),
  fileId: text('file_id').notNull(),
  line: integer().notNull(),
  raw: text().notNull(),
  verdict: text({ enum: ROW_VERDICTS }).notNull(),
  problems: text({ mode: 'json' }),
  changes: text({ mode: 'json' }),
  personId: integer('person_id'),
}).as(
  sql`select id, file_id, line, raw, verdict, problems, changes, person_id from intake_rows
  union all
  select null, u.file_id, j.value ->> 0, r.raw, 'duplicate', null, null, r.person_id
  from unchanged_rows u, json_each(u.repeats) j, intake_rows r where r.id = j.value ->> 1`,
);

/** The states of the people of each file. Kept by triggers on `intake_rows` and `people`. */
export const fileCounts = sqliteTable(
  'file_counts',
  {
    fileId: text('file_id').notNull(),
    state: text({ enum: PERSON_STATES }).notNull(),
    /** Accepted rows whose person is in this state. */
    accepted: integer().notNull(),
    /** People in this state named by any row of the file, each once. */
    people: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.fileId, t.state] })],
);
