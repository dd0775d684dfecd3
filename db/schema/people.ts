/** People, the tables by which they are found and counted, and who is expected or asked about. */
import { sql } from 'drizzle-orm';
import { index, integer, primaryKey, sqliteTable, sqliteView, text } from 'drizzle-orm/sqlite-core';
import { PERSON_CHOICES } from '#lib/domain/person.ts';
import { PERSON_STATES } from '#lib/domain/states.ts';
import { mappings } from './mappings.ts';

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

/**
 * A single row: people up to this id are in `people_search`, the trigram index of `searchWords` (a virtual table,
 * created in its migration). New people are added later, a few at a time; triggers keep the indexed ones current.
 */
export const searchProgress = sqliteTable('search_progress', {
  upTo: integer('up_to').notNull(),
  /** Row cases up to this id are in `row_search`. */
  casesUpTo: integer('cases_up_to').notNull().default(0),
});

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
