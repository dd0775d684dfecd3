/** The history: append-only, each event linked to the ones before. */
import { sql } from 'drizzle-orm';
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { PERSON_STATES } from '#lib/domain/states.ts';
import { people } from './people.ts';

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
