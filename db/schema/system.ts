/** What is kept for the installation as a whole: settings, the state of the engine, and checks of the set-up. */
import { sql } from 'drizzle-orm';
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** What operators saved in Settings, and the engine's state between cycles; one JSON value per key. */
export const settings = sqliteTable('settings', {
  key: text().primaryKey(),
  value: text({ mode: 'json' }).notNull(),
  updatedAt: integer('updated_at').notNull(),
  updatedBy: text('updated_by').notNull(),
});

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
