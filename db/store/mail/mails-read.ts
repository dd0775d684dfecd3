/** Report mails as pages show them. */
import { count, desc, eq } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { type MailStatus, outbox } from '#db/schema/mail.ts';

export type MailRow = typeof outbox.$inferSelect;

const withStatus = (status: MailStatus | null) => (status === null ? undefined : eq(outbox.status, status));

export function countMails(db: Tx, status: MailStatus | null): number {
  return db.select({ n: count() }).from(outbox).where(withStatus(status)).get()?.n ?? 0;
}

/** Newest first. */
export function pageOfMails(db: Tx, status: MailStatus | null, offset: number, limit: number): MailRow[] {
  return db.select().from(outbox).where(withStatus(status)).orderBy(desc(outbox.id)).limit(limit).offset(offset).all();
}

export function mailById(db: Tx, id: number): MailRow | null {
  return db.select().from(outbox).where(eq(outbox.id, id)).get() ?? null;
}
