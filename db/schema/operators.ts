/** Who signed in, and what they keep for themselves. */
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';

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
