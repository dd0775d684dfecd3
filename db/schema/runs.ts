/** Runs, whom they are about, and the right to run a cycle. */
import { sql } from 'drizzle-orm';
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { mappings } from './mappings.ts';
import { people } from './people.ts';

export const RUN_TRIGGERS = ['schedule', 'watch', 'operator', 'command_line'] as const;
export const RUN_STATUSES = ['queued', 'running', 'completed', 'stopped', 'failed', 'interrupted'] as const;
/** Who is run again. */
export const RE_RUN_KINDS = ['failed', 'all', 'chosen'] as const;
/** `imported`: the first processing of the people of an upload. */
export const RUN_SELECTIONS = [...RE_RUN_KINDS, 'imported'] as const;

export type RunTrigger = (typeof RUN_TRIGGERS)[number];
export type RunStatus = (typeof RUN_STATUSES)[number];
export type ReRunKind = (typeof RE_RUN_KINDS)[number];
export type RunSelection = (typeof RUN_SELECTIONS)[number];

export const runs = sqliteTable(
  'runs',
  {
    id: text().primaryKey(),
    /** What people call it: rises by one from run to run; a trigger gives it. */
    number: integer().notNull().default(0),
    trigger: text({ enum: RUN_TRIGGERS }).notNull(),
    status: text({ enum: RUN_STATUSES }).notNull(),
    /** An operator's name, or `schedule`. */
    requestedBy: text('requested_by').notNull(),
    requestedAt: integer('requested_at').notNull(),
    startedAt: integer('started_at'),
    finishedAt: integer('finished_at'),
    dryRun: integer('dry_run', { mode: 'boolean' }).notNull().default(false),
    checkAll: integer('check_all', { mode: 'boolean' }).notNull().default(false),
    /** Null: everybody who is due. Otherwise the people in `run_people`, fixed when the run was requested, and how they were chosen. */
    selection: text({ enum: RUN_SELECTIONS }),
    /** The run or the file whose people are run again. */
    rerunOfRunId: text('rerun_of_run_id'),
    rerunOfFileId: text('rerun_of_file_id'),
    /** A dry run over an upload that is not imported yet. */
    draftId: text('draft_id'),
    cancelRequestedAt: integer('cancel_requested_at'),
    cancelRequestedBy: text('cancel_requested_by'),
    /** People this run has to check, and how many it has done: the progress bar. */
    peopleDue: integer('people_due').notNull().default(0),
    peopleDone: integer('people_done').notNull().default(0),
    /** `{ <state>: n }` over the outcomes of this run. */
    counts: text({ mode: 'json' }),
    /** For a run that ended early: a reason code and one sentence. */
    reason: text(),
    message: text(),
    /** What the sentence is made from (`Sentence`); null: not known. */
    said: text({ mode: 'json' }),
    /** `{ requests, subRequests, writes, throttled, retried, resourceUnits }` */
    traffic: text({ mode: 'json' }),
    /** Problems that did not end the run, such as a file that could not be moved: `[Sentence]`; earlier versions stored texts alone. */
    warnings: text({ mode: 'json' }),
    logWrittenAt: integer('log_written_at'),
  },
  (t) => [
    uniqueIndex('runs_number').on(t.number),
    index('runs_requested').on(t.requestedAt),
    index('runs_open').on(t.status).where(sql`status in ('queued', 'running')`),
    index('runs_rerun_of_run').on(t.rerunOfRunId),
    index('runs_rerun_of_file').on(t.rerunOfFileId),
  ],
);

/** The people of a run with a `selection`. */
export const runPeople = sqliteTable(
  'run_people',
  {
    runId: text('run_id')
      .notNull()
      .references(() => runs.id),
    personId: integer('person_id')
      .notNull()
      .references(() => people.id),
    /** The mapping version that decides; null: the one in force. */
    mappingId: integer('mapping_id').references(() => mappings.id),
  },
  (t) => [primaryKey({ columns: [t.runId, t.personId] }), index('run_people_person').on(t.personId)],
);

/** One row per lease, for example the right to run a cycle. A holder that stops renewing is replaced. */
export const leases = sqliteTable('leases', {
  name: text().primaryKey(),
  holder: text().notNull(),
  /** Host and process id of the holder, for whoever looks for it; whether it lives is told by `expiresAt` alone. */
  host: text().notNull(),
  pid: integer().notNull(),
  acquiredAt: integer('acquired_at').notNull(),
  expiresAt: integer('expires_at').notNull(),
});
