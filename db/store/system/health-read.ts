/** What the overview reads beside people and runs: seats, and problems. */
import { and, asc, count, desc, eq, gte } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { intakeFiles, outbox, subscribedSkus } from '#db/schema.ts';

/** The tenant's licences that include a mailbox, as the last run read them. */
export function mailboxSkus(db: Tx) {
  return db
    .select()
    .from(subscribedSkus)
    .where(eq(subscribedSkus.makesMailbox, true))
    .orderBy(asc(subscribedSkus.skuPartNumber))
    .all();
}

/** Files rejected since a time, newest first. */
export function rejectedFilesSince(db: Tx, since: number) {
  return db
    .select({ id: intakeFiles.id, name: intakeFiles.name, receivedAt: intakeFiles.receivedAt })
    .from(intakeFiles)
    .where(and(eq(intakeFiles.status, 'rejected'), gte(intakeFiles.receivedAt, since)))
    .orderBy(desc(intakeFiles.receivedAt))
    .all();
}

/** Mails since a time that may or may not have arrived, or were given up. */
export function undeliveredMailsSince(db: Tx, since: number): { uncertain: number; failed: number } {
  const number = (status: 'uncertain' | 'failed') =>
    db
      .select({ n: count() })
      .from(outbox)
      .where(and(eq(outbox.status, status), gte(outbox.createdAt, since)))
      .get()?.n ?? 0;
  return { uncertain: number('uncertain'), failed: number('failed') };
}
