/**
 * The whole data model. Times are integers, milliseconds since 1970 UTC (column names end in `_at`). JSON columns are parsed by
 * a schema where they are read; events and outcomes are append-only.
 */
import { sql } from 'drizzle-orm';
import { index, integer, primaryKey, sqliteTable, sqliteView, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { PERSON_CHOICES } from '#lib/domain/person.ts';
import { PERSON_STATES } from '#lib/domain/states.ts';
import type { LeadTime } from '#lib/domain/time/start-date.ts';

export const FILE_SOURCES = ['drop_folder', 'upload', 'command_line'] as const;
/** `importing`: the rows are being stored slice by slice, after a first pass through the whole file found no fault. */
export const FILE_STATUSES = ['importing', 'accepted', 'rejected'] as const;
export const ROW_VERDICTS = ['accepted', 'duplicate', 'rejected'] as const;
/** `corrected`: it became a person; `closed`: an operator said why it never will. */
export const ROW_CASE_STATUSES = ['open', 'corrected', 'closed'] as const;
export const RUN_TRIGGERS = ['schedule', 'watch', 'operator', 'command_line'] as const;
export const RUN_STATUSES = ['queued', 'running', 'completed', 'stopped', 'failed', 'interrupted'] as const;
export const INTENT_KINDS = ['usage_location', 'licence'] as const;
/** `not_applied`: sent, and did not show in time. */
export const INTENT_RESULTS = ['applied', 'refused', 'not_applied', 'not_sent'] as const;
/** Who is run again. */
export const RE_RUN_KINDS = ['failed', 'all', 'chosen'] as const;
/** `imported`: the first processing of the people of an upload. */
export const RUN_SELECTIONS = [...RE_RUN_KINDS, 'imported'] as const;
export const DRAFT_STATUSES = ['open', 'imported', 'discarded'] as const;
export const MAIL_STATUSES = ['queued', 'sending', 'sent', 'uncertain', 'failed'] as const;

export type FileSource = (typeof FILE_SOURCES)[number];
export type RunTrigger = (typeof RUN_TRIGGERS)[number];
export type RunStatus = (typeof RUN_STATUSES)[number];
export type RowVerdict = (typeof ROW_VERDICTS)[number];
export type RowCaseStatus = (typeof ROW_CASE_STATUSES)[number];
export type FileStatus = (typeof FILE_STATUSES)[number];
export type ReRunKind = (typeof RE_RUN_KINDS)[number];
export type RunSelection = (typeof RUN_SELECTIONS)[number];
export type DraftStatus = (typeof DRAFT_STATUSES)[number];
export type MailStatus = (typeof MAIL_STATUSES)[number];

/** What operators saved in Settings, and the engine's state between cycles; one JSON value per key. */
export const settings = sqliteTable('settings', {
  key: text().primaryKey(),
  value: text({ mode: 'json' }).notNull(),
  updatedAt: integer('updated_at').notNull(),
  updatedBy: text('updated_by').notNull(),
});

/** EmployeeType → licences. A change adds a version; people keep the version they were decided with. */
export const mappings = sqliteTable(
  'mappings',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    employeeType: text('employee_type').notNull(),
    /** `employeeTypeKey(employeeType)`, for comparison. */
    employeeTypeKey: text('employee_type_key').notNull(),
    version: integer().notNull(),
    /** `[{ skuPartNumber, disabledPlans: [servicePlanId] }]` */
    licences: text({ mode: 'json' }).notNull(),
    usageLocation: text('usage_location'),
    /** `LeadTime`; null: as Settings say. */
    leadTime: text('lead_time', { mode: 'json' }).$type<LeadTime>(),
    /** Null: as Settings say. */
    licenseAccountsWithAddress: integer('license_accounts_with_address', { mode: 'boolean' }),
    /** Where an unmapped EmployeeType is similar to several mappings, the lower rank is offered first. */
    rank: integer().notNull().default(100),
    /** The editor's note on this version. */
    note: text(),
    /** Null while this is the version in force. */
    retiredAt: integer('retired_at'),
    createdAt: integer('created_at').notNull(),
    createdBy: text('created_by').notNull(),
  },
  (t) => [
    uniqueIndex('mappings_type_version').on(t.employeeTypeKey, t.version),
    uniqueIndex('mappings_in_force').on(t.employeeTypeKey).where(sql`retired_at is null`),
  ],
);

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

export const people = sqliteTable(
  'people',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    /** `userPrincipalName`, trimmed and lower-cased, for comparison. */
    upnKey: text('upn_key').notNull(),
    userPrincipalName: text('user_principal_name').notNull(),
    displayName: text('display_name').notNull(),
    employeeType: text('employee_type').notNull(),
    employeeTypeKey: text('employee_type_key').notNull(),
    usageLocation: text('usage_location'),
    /** The operator who set `usageLocation`, which then wins over the account's. Null: it came from a row. */
    locationSetBy: text('location_set_by'),
    startDate: text('start_date'),
    /** The operator who does not wait for the start date or the account; null: nobody. */
    licenseNowBy: text('license_now_by'),
    /** The operator who has the account licensed although it has an address; null: nobody. */
    licenseAnywayBy: text('license_anyway_by'),
    state: text({ enum: PERSON_STATES }).notNull(),
    stateSince: integer('state_since').notNull(),
    reason: text().notNull(),
    message: text().notNull(),
    /** Grows by one with every change of state: compared, together with `state`, by every compare-and-set. */
    revision: integer().notNull().default(0),
    /** When the present request began: somebody who is named again after the account went begins a new one. */
    firstSeenAt: integer('first_seen_at').notNull(),
    /** The file that named the person last, even if its row said nothing new. Null: none did. */
    lastFileId: text('last_file_id'),
    /** What the newest row says, as `rowHash` gives it: one that says the same changes nothing. Null: not known. */
    rowHash: integer('row_hash'),
    /** When a cycle checks next; null: only when a human asks for it. */
    nextCheckAt: integer('next_check_at'),
    lastCheckAt: integer('last_check_at'),
    checks: integer().notNull().default(0),
    mappingId: integer('mapping_id').references(() => mappings.id),
    /** The account that was found, which is followed by this id even where it is renamed. */
    accountId: text('account_id'),
    /** `[skuPartNumber]`: the licences that we assigned in this request. Null: none. */
    givenLicences: text('given_licences', { mode: 'json' }),
    /** `[LeftAccount]`, or one alone as earlier versions stored it: each one with a licence of ours, found under a name that an operator has corrected since. Null: none. */
    leftAccount: text('left_account', { mode: 'json' }),
    synchronisedAt: integer('synchronised_at'),
    licensedAt: integer('licensed_at'),
    mailboxReadyAt: integer('mailbox_ready_at'),
    /** Checks of the mailbox since the licence was verified. */
    mailboxChecks: integer('mailbox_checks').notNull().default(0),
    /** Since when every check has ended without a usable answer; null: the last one had one. */
    unknownSince: integer('unknown_since'),
    /** When Exchange Online was asked to provision the account again, and a group's licence to be assigned again: once per request each. */
    provisioningRetriedAt: integer('provisioning_retried_at'),
    licencesReprocessedAt: integer('licences_reprocessed_at'),
    /** When the licence was taken off to be put on again: once per request. */
    reassignedAt: integer('reassigned_at'),
    /** An operator's answer to the question that the person raised; used up by what it leads to. */
    choice: text({ enum: PERSON_CHOICES }),
    choiceBy: text('choice_by'),
    /** What would be written for somebody who is held or asked about (`planKey`): an approval, or an answer, covers this and nothing else. */
    heldPlan: text('held_plan'),
    /** Since when a human has to approve, whatever happens to the person; null: nobody has to. Gone with the next licence. */
    approvalNeededSince: integer('approval_needed_since'),
    /** An operator's approval of a held person; used up by the next licence, void where the plan is no longer `approvedPlan`. */
    approvedAt: integer('approved_at'),
    approvedBy: text('approved_by'),
    approvedPlan: text('approved_plan'),
    closedBy: text('closed_by'),
    /** Who took the case; null: nobody. */
    assignedTo: text('assigned_to'),
    assignedKey: text('assigned_key'),
    assignedAt: integer('assigned_at'),
    /** What the message is made from (`storedSaid`), so that it can be said in other languages; null: its reason says it all, or it is not known. */
    said: text(),
  },
  (t) => [
    index('people_due').on(t.nextCheckAt, t.id).where(sql`next_check_at is not null`),
    // Every list filtered by state, reason or EmployeeType consists of such groups, in order of arrival or of time in their
    // state.
    index('people_arrival').on(t.state, t.reason, t.employeeTypeKey, t.firstSeenAt),
    index('people_since').on(t.state, t.reason, t.employeeTypeKey, t.stateSince),
    // Who starts from a day on.
    index('people_start').on(t.startDate, t.employeeTypeKey).where(sql`start_date is not null`),
    index('people_licensed').on(t.licensedAt, t.mappingId).where(sql`licensed_at is not null`),
    index('people_assigned').on(t.assignedKey).where(sql`assigned_key is not null`),
  ],
);

/**
 * People by UserPrincipalName and by name. Kept by triggers on `people`, which also refuse a second person of one UserPrincipalName.
 * What is new goes into a small table first and is merged into the large one in its order (`store/people/merge-index.ts`): in one large
 * index, each of many people with names in no order would rewrite a page of it. The views have both; query them, not the tables. All four
 * tables are without rowid.
 */
const withUpn = () => ({ upnKey: text('upn_key').primaryKey(), personId: integer('person_id').notNull() });
export const upnIndex = sqliteTable('upn_index', withUpn());
export const newUpnIndex = sqliteTable('new_upn_index', withUpn());
const withName = () => ({ displayName: text('display_name').notNull(), personId: integer('person_id').notNull() });
export const nameIndex = sqliteTable('name_index', withName(), (t) => [
  primaryKey({ columns: [t.displayName, t.personId] }),
]);
export const newNameIndex = sqliteTable('new_name_index', withName(), (t) => [
  primaryKey({ columns: [t.displayName, t.personId] }),
]);

export const upnsInOrder = sqliteView('upns_in_order', {
  upnKey: text('upn_key').notNull(),
  personId: integer('person_id').notNull(),
}).as(sql`select upn_key, person_id from upn_index union all select upn_key, person_id from new_upn_index`);
export const namesInOrder = sqliteView('names_in_order', {
  displayName: text('display_name').notNull(),
  personId: integer('person_id').notNull(),
}).as(sql`select display_name, person_id from name_index union all select display_name, person_id from new_name_index`);

/** Newcomers who are planned and in no file yet. */
export const plannedStarts = sqliteTable(
  'planned_starts',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    employeeType: text('employee_type').notNull(),
    employeeTypeKey: text('employee_type_key').notNull(),
    /** `2026-11-02` */
    startDate: text('start_date').notNull(),
    people: integer().notNull(),
    createdAt: integer('created_at').notNull(),
    createdBy: text('created_by').notNull(),
  },
  (t) => [index('planned_starts_start').on(t.startDate)],
);

/**
 * People per state, reason, EmployeeType, and whether we licensed them. Kept exact by triggers on `people`, so that counting
 * costs nothing.
 */
export const peopleCounts = sqliteTable(
  'people_counts',
  {
    state: text({ enum: PERSON_STATES }).notNull(),
    reason: text().notNull(),
    employeeTypeKey: text('employee_type_key').notNull(),
    isLicensed: integer('is_licensed').notNull(),
    people: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.state, t.reason, t.employeeTypeKey, t.isLicensed] })],
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

/**
 * A single row: people up to this id are in `people_search`, the trigram index of `searchWords` (a virtual table,
 * created in its migration). New people are added later, a few at a time; triggers keep the indexed ones current.
 */
export const searchProgress = sqliteTable('search_progress', {
  upTo: integer('up_to').notNull(),
  /** Row cases up to this id are in `row_search`. */
  casesUpTo: integer('cases_up_to').notNull().default(0),
});

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

/** The outcomes of a dry run: nothing was written, and nobody's state changed. */
export const dryRunOutcomes = sqliteTable(
  'dry_run_outcomes',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    runId: text('run_id')
      .notNull()
      .references(() => runs.id),
    /** Null for a person who is only in a draft. */
    personId: integer('person_id').references(() => people.id),
    /** Line in the draft; null outside one. */
    line: integer(),
    userPrincipalName: text('user_principal_name').notNull(),
    displayName: text('display_name').notNull(),
    employeeType: text('employee_type').notNull(),
    /** The state the person would be in; with `would_license` as reason: a licence would be assigned. */
    state: text({ enum: PERSON_STATES }).notNull(),
    reason: text().notNull(),
    message: text().notNull(),
    /** `[skuPartNumber]` that would be assigned. */
    licences: text({ mode: 'json' }).notNull(),
    usageLocation: text('usage_location'),
    /** As with people. */
    said: text(),
  },
  (t) => [index('dry_run_outcomes_run').on(t.runId, t.reason)],
);

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

/** A set-up check, requested in the browser and carried out by the engine. */
export const setupChecks = sqliteTable(
  'setup_checks',
  {
    id: text().primaryKey(),
    requestedAt: integer('requested_at').notNull(),
    requestedBy: text('requested_by').notNull(),
    finishedAt: integer('finished_at'),
    /** `[{ code, status, title, message, fix }]` */
    results: text({ mode: 'json' }),
  },
  (t) => [index('setup_checks_open').on(t.requestedAt).where(sql`finished_at is null`)],
);

/** Why somebody has no mailbox: what was read last for each name, also one that no file named. */
export const diagnoses = sqliteTable(
  'diagnoses',
  {
    upnKey: text('upn_key').primaryKey(),
    userPrincipalName: text('user_principal_name').notNull(),
    requestedAt: integer('requested_at').notNull(),
    requestedBy: text('requested_by').notNull(),
    /** An operator waits for it; false: the engine asked because the mailbox is late. */
    isUrgent: integer('is_urgent', { mode: 'boolean' }).notNull(),
    finishedAt: integer('finished_at'),
    /** What was read (`factsSchema`); null: nothing yet, or it failed. */
    facts: text({ mode: 'json' }),
    problem: text(),
  },
  (t) => [index('diagnoses_open').on(t.isUrgent, t.requestedAt).where(sql`finished_at is null`)],
);

/** A pasted list of people, stored so that it has an address. */
export const lists = sqliteTable('lists', {
  id: text().primaryKey(),
  createdAt: integer('created_at').notNull(),
  createdBy: text('created_by').notNull(),
  /** `[UserPrincipalName]` as pasted, trimmed, each once. */
  names: text({ mode: 'json' }).notNull(),
});

/** A view of the people list that an operator keeps under a name. */
export const savedViews = sqliteTable(
  'saved_views',
  {
    id: text().primaryKey(),
    operatorKey: text('operator_key').notNull(),
    name: text().notNull(),
    /** Where it leads: the list with its filter and order in the address. */
    href: text().notNull(),
    createdAt: integer('created_at').notNull(),
  },
  (t) => [uniqueIndex('saved_views_name').on(t.operatorKey, t.name)],
);

/**
 * What one run did or found for one person. Where nothing changed, the person is in `unchanged_outcomes` instead;
 * `run_outcomes` has both.
 */
export const outcomes = sqliteTable(
  'outcomes',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    runId: text('run_id')
      .notNull()
      .references(() => runs.id),
    personId: integer('person_id')
      .notNull()
      .references(() => people.id),
    at: integer().notNull(),
    stateBefore: text('state_before', { enum: PERSON_STATES }).notNull(),
    state: text({ enum: PERSON_STATES }).notNull(),
    reason: text().notNull(),
    message: text().notNull(),
    /** `[{ what, from, to, why }]`: what was written to the account. */
    written: text({ mode: 'json' }),
    /** `[{ call, status, code, requestId, clientRequestId, at, durationMs }]`: the calls to Graph and their results. */
    calls: text({ mode: 'json' }),
    durationMs: integer('duration_ms').notNull(),
    /** As with people. */
    said: text(),
  },
  (t) => [
    uniqueIndex('outcomes_run_person').on(t.runId, t.personId),
    index('outcomes_person').on(t.personId, t.at),
    // For finding the few important people of a very long run.
    index('outcomes_rare')
      .on(t.runId, t.state)
      .where(sql`state in ('awaiting_seat', 'held', 'needs_attention', 'dismissed')`),
  ],
);

/** Outcomes of each run per state. Kept by triggers on `outcomes` and `unchanged_outcomes`. */
export const runCounts = sqliteTable(
  'run_counts',
  {
    runId: text('run_id').notNull(),
    state: text({ enum: PERSON_STATES }).notNull(),
    outcomes: integer().notNull(),
    /** People in unchanged outcomes. */
    unchanged: integer().notNull(),
    /** The first and last id of the outcomes. */
    firstId: integer('first_id'),
    lastId: integer('last_id'),
  },
  (t) => [primaryKey({ columns: [t.runId, t.state] })],
);

/** Checks of one run that changed nothing: one row for the people recorded together with the same state, reason and message. */
export const unchangedOutcomes = sqliteTable(
  'unchanged_outcomes',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    runId: text('run_id')
      .notNull()
      .references(() => runs.id),
    at: integer().notNull(),
    /** The state before and after the check. */
    state: text({ enum: PERSON_STATES }).notNull(),
    reason: text().notNull(),
    message: text().notNull(),
    /** The number of people. */
    people: integer().notNull(),
    /** `[people.id]`, ascending. */
    personIds: text('person_ids').notNull(),
    /** As with people. */
    said: text(),
  },
  (t) => [index('unchanged_outcomes_run').on(t.runId)],
);

/** The outcomes of every run that are still stored, changed or unchanged. Query it for one run at a time. */
export const runOutcomes = sqliteView('run_outcomes', {
  runId: text('run_id').notNull(),
  personId: integer('person_id').notNull(),
  at: integer().notNull(),
  stateBefore: text('state_before', { enum: PERSON_STATES }).notNull(),
  state: text({ enum: PERSON_STATES }).notNull(),
  reason: text().notNull(),
  message: text().notNull(),
}).as(
  sql`select run_id, person_id, at, state_before, state, reason, message from outcomes
  union all
  select i.run_id, j.value, i.at, i.state, i.state, i.reason, i.message from unchanged_outcomes i, json_each(i.person_ids) j`,
);

/** Everything that happened to a person or to the system, in order. Triggers refuse every change but the removal of what `removedEvents` covers; `store/events/event-chain.ts` links the rows. */
export const events = sqliteTable(
  'events',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    at: integer().notNull(),
    /** `engine`, `idm`, or an operator's name. */
    actor: text().notNull(),
    /** An operator's stable key (`tid/oid`), null for the engine. */
    actorKey: text('actor_key'),
    kind: text().notNull(),
    personId: integer('person_id').references(() => people.id),
    runId: text('run_id'),
    fromState: text('from_state', { enum: PERSON_STATES }),
    toState: text('to_state', { enum: PERSON_STATES }),
    reason: text(),
    message: text().notNull(),
    data: text({ mode: 'json' }),
    /** Over the event and the hashes of earlier ones, in Base64, with the name of its algorithm (none: SHA-256). Null: stored by an earlier release or past the program; chained at the next start. */
    hash: text(),
  },
  (t) => [
    index('events_unchained').on(t.id).where(sql`hash is null`),
    index('events_person').on(t.personId, t.id),
    index('events_at').on(t.at),
    index('events_kind').on(t.kind, t.id),
    index('events_operator').on(t.id).where(sql`actor_key is not null`),
  ],
);

/**
 * The beginning of the history that retention removed: the hashes of removed events to which later ones are linked. The last of them
 * is the last event that was removed, and holds the signed summary of all: events up to it, and no others, may be deleted.
 */
export const removedEvents = sqliteTable('removed_events', {
  id: integer().primaryKey(),
  hash: text().notNull(),
  /** A signed note (`lib/audit/removal.ts`); null but for the last. */
  summary: text(),
});

/** Who decided about whom or what, in events that retention removed: nobody may approve what they had a hand in, however long ago. */
export const removedDecisions = sqliteTable(
  'removed_decisions',
  {
    eventId: integer('event_id').primaryKey(),
    at: integer().notNull(),
    kind: text().notNull(),
    actorKey: text('actor_key'),
    personId: integer('person_id').references(() => people.id),
    employeeType: text('employee_type'),
  },
  (t) => [index('removed_decisions_person').on(t.personId)],
);

/**
 * A write to an account, stored before it is sent. Open (`settled_at` null) after a crash: the account is read before anything
 * is written again.
 */
export const intents = sqliteTable(
  'intents',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    runId: text('run_id').notNull(),
    personId: integer('person_id')
      .notNull()
      .references(() => people.id),
    kind: text({ enum: INTENT_KINDS }).notNull(),
    /** `{ usageLocation }`, or what is added and removed, who approved it, by which mapping, for which EmployeeType and to which account. */
    payload: text({ mode: 'json' }).notNull(),
    createdAt: integer('created_at').notNull(),
    settledAt: integer('settled_at'),
    result: text({ enum: INTENT_RESULTS }),
  },
  (t) => [
    index('intents_open').on(t.personId).where(sql`settled_at is null`),
    index('intents_unseen').on(t.personId).where(sql`result = 'not_applied' and kind = 'licence'`),
    index('intents_created').on(t.createdAt),
  ],
);

/** Report mails: stored with the end of the run, sent afterwards, never twice. */
export const outbox = sqliteTable(
  'outbox',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    /** What this mail is about; a second mail with the same key cannot be stored. */
    dedupeKey: text('dedupe_key').notNull(),
    runId: text('run_id'),
    sender: text().notNull(),
    recipients: text({ mode: 'json' }).notNull(),
    subject: text().notNull(),
    text: text().notNull(),
    html: text().notNull(),
    attachmentName: text('attachment_name'),
    attachmentText: text('attachment_text'),
    status: text({ enum: MAIL_STATUSES }).notNull(),
    createdAt: integer('created_at').notNull(),
    attempts: integer().notNull().default(0),
    nextAttemptAt: integer('next_attempt_at'),
    sentAt: integer('sent_at'),
    transport: text(),
    /** The mail server's answer, or why the mail was not sent. */
    answer: text(),
  },
  (t) => [
    uniqueIndex('outbox_dedupe').on(t.dedupeKey),
    index('outbox_due').on(t.nextAttemptAt).where(sql`status = 'queued'`),
  ],
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

/** The tenant's licences as the last run read them: the web shows seats without calling Graph. */
export const subscribedSkus = sqliteTable('subscribed_skus', {
  skuId: text('sku_id').primaryKey(),
  skuPartNumber: text('sku_part_number').notNull(),
  capabilityStatus: text('capability_status').notNull(),
  enabledUnits: integer('enabled_units').notNull(),
  warningUnits: integer('warning_units').notNull(),
  consumedUnits: integer('consumed_units').notNull(),
  makesMailbox: integer('makes_mailbox', { mode: 'boolean' }).notNull(),
  servicePlans: text('service_plans', { mode: 'json' }).notNull(),
  seenAt: integer('seen_at').notNull(),
});

/** Seats of each licence by day (UTC), as the last run of the day read them: what Microsoft Graph tells of today only. */
export const seatDays = sqliteTable(
  'seat_days',
  {
    /** `2026-11-27`. */
    day: text().notNull(),
    skuPartNumber: text('sku_part_number').notNull(),
    bought: integer().notNull(),
    used: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.day, t.skuPartNumber] })],
);

/** Who is signed in: a session counts for as long as its row is there. The cookie names the row. */
export const sessions = sqliteTable(
  'sessions',
  {
    id: text().primaryKey(),
    /** `tenant id/object id` */
    operatorKey: text('operator_key').notNull(),
    name: text().notNull(),
    email: text().notNull(),
    /** Null where the tenant gives the person no role of this app. */
    role: text(),
    signedInAt: integer('signed_in_at').notNull(),
    /** When somebody last did something in it, to the minute. */
    lastSeenAt: integer('last_seen_at').notNull(),
    /** When the identity provider last confirmed the role; null: it is not asked. */
    roleCheckedAt: integer('role_checked_at'),
    /** Where the sign-in came from, and with which browser. */
    address: text().notNull(),
    userAgent: text('user_agent').notNull(),
  },
  (t) => [index('sessions_operator').on(t.operatorKey)],
);

/** Operators who signed in: gives their stable key a name in the history. */
export const operators = sqliteTable(
  'operators',
  {
    tenantId: text('tenant_id').notNull(),
    objectId: text('object_id').notNull(),
    name: text().notNull(),
    email: text().notNull(),
    role: text().notNull(),
    lastSignInAt: integer('last_sign_in_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.objectId] })],
);
