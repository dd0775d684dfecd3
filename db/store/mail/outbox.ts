/** Report mails in the database: stored with the end of a run, sent afterwards, never twice. */
import { and, asc, eq, inArray, lte, sql } from 'drizzle-orm';
import { z } from 'zod';
import { oncePerConnection, type Tx } from '#db/client.ts';
import { outbox } from '#db/schema/mail.ts';
import type { Delivery, Mail } from '#lib/domain/mail.ts';

const MINUTE = 60_000;
/** Pauses after the first, second… attempt; the last one repeats. */
const RETRY_PAUSES_MS = [MINUTE, 5 * MINUTE, 15 * MINUTE, 60 * MINUTE];
/** A report that could not be sent for this long is no longer news. */
const RETRY_LIMIT_MS = 24 * 60 * MINUTE;

/** Stores a mail to be sent at once. False where a mail with the same key exists; then nothing is stored. */
export function enqueueMail(tx: Tx, mail: Mail & { runId: string | null }, now: number): boolean {
  const { key, runId, sender, recipients, subject, text, html, attachment } = mail;
  const stored = tx
    .insert(outbox)
    .values({
      dedupeKey: key,
      runId,
      sender,
      recipients,
      subject,
      text,
      html,
      attachmentName: attachment?.name ?? null,
      attachmentText: attachment?.text ?? null,
      status: 'queued',
      createdAt: now,
      nextAttemptAt: now,
    })
    .onConflictDoNothing({ target: outbox.dedupeKey })
    .run();
  return stored.changes === 1;
}

/** A mail claimed by this process for sending. */
export interface ClaimedMail extends Mail {
  id: number;
  attempts: number;
  createdAt: number;
}

const longestDue = oncePerConnection((_, tx) =>
  tx
    .select({ id: outbox.id })
    .from(outbox)
    .where(and(eq(outbox.status, 'queued'), lte(outbox.nextAttemptAt, sql.placeholder('now'))))
    .orderBy(asc(outbox.nextAttemptAt), asc(outbox.id))
    .limit(1)
    .prepare(),
);

/** Whether a mail is to be sent: asked several times a second, and so without waiting for the lock that a claim needs. */
export function mailIsDue(db: Tx, now: number): boolean {
  return longestDue(db).get({ now }) !== undefined;
}

/** Claims the mail that has been due longest, queued → sending; null where none is due. */
export function claimDueMail(db: Tx, transport: string, now: number): ClaimedMail | null {
  const due = longestDue(db).get({ now });
  if (!due) return null;
  const row = db
    .update(outbox)
    .set({ status: 'sending', attempts: sql`${outbox.attempts} + 1`, nextAttemptAt: null, transport })
    .where(and(eq(outbox.id, due.id), eq(outbox.status, 'queued')))
    .returning()
    .get();
  // Undefined where another process was faster, although typed as always present.
  return row ? toMail(row) : null;
}

function toMail(row: typeof outbox.$inferSelect): ClaimedMail {
  const { id, attempts, createdAt, dedupeKey: key, sender, subject, text, html, attachmentName, attachmentText } = row;
  const recipients = z.array(z.string()).parse(row.recipients);
  const attachment =
    attachmentName !== null && attachmentText !== null ? { name: attachmentName, text: attachmentText } : null;
  return { id, attempts, createdAt, key, sender, recipients, subject, text, html, attachment };
}

/** Records the result of a claimed mail: sent, uncertain and failed are final; what was certainly not sent is queued again for 24 hours. */
export function settleMail(
  db: Tx,
  mail: Pick<ClaimedMail, 'id' | 'attempts' | 'createdAt'>,
  delivery: Delivery,
  now: number,
): void {
  db.update(outbox)
    .set({ ...afterDelivery(mail, delivery, now), answer: delivery.answer })
    // A process started in the meantime may have marked this mail as interrupted; we know the result.
    .where(and(eq(outbox.id, mail.id), inArray(outbox.status, ['sending', 'uncertain'])))
    .run();
}

function afterDelivery(mail: Pick<ClaimedMail, 'attempts' | 'createdAt'>, delivery: Delivery, now: number) {
  if (delivery.kind === 'sent') return { status: 'sent', sentAt: now } as const;
  if (delivery.kind === 'uncertain') return { status: 'uncertain' } as const;
  if (delivery.kind === 'refused') return { status: 'failed' } as const;
  const pause = RETRY_PAUSES_MS[Math.min(mail.attempts, RETRY_PAUSES_MS.length) - 1] ?? MINUTE;
  const nextAttemptAt = now + Math.max(pause, delivery.retryAfterMs ?? 0);
  if (nextAttemptAt - mail.createdAt > RETRY_LIMIT_MS) return { status: 'failed' } as const;
  return { status: 'queued', nextAttemptAt } as const;
}

/** Mails being sent when a process died may have gone out: they become `uncertain` and are not sent again. Returns how many. */
export function recoverInterruptedMail(db: Tx): number {
  return db
    .update(outbox)
    .set({ status: 'uncertain', answer: 'The process ended while this mail was being sent: it may have arrived.' })
    .where(eq(outbox.status, 'sending'))
    .run().changes;
}
