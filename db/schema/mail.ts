/** Report mails. */
import { sql } from 'drizzle-orm';
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';

export const MAIL_STATUSES = ['queued', 'sending', 'sent', 'uncertain', 'failed'] as const;

export type MailStatus = (typeof MAIL_STATUSES)[number];

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
