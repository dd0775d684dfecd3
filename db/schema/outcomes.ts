/** What runs did or found for each person, and what they were about to write. */
import { sql } from 'drizzle-orm';
import { index, integer, primaryKey, sqliteTable, sqliteView, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { PERSON_STATES } from '#lib/domain/states.ts';
import { people } from './people.ts';
import { runs } from './runs.ts';

export const INTENT_KINDS = ['usage_location', 'licence'] as const;
/** `not_applied`: sent, and did not show in time. */
export const INTENT_RESULTS = ['applied', 'refused', 'not_applied', 'not_sent'] as const;

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
