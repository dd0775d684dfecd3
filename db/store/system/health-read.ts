/** What the overview reads beside people and runs: seats, and problems. */
import { and, asc, count, eq, gte } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { outbox, subscribedSkus } from '#db/schema.ts';

/** The tenant's licences that include a mailbox, as the last run read them. */
export function mailboxSkus(db: Tx) {
  return db
    .select()
    .from(subscribedSkus)
    .where(eq(subscribedSkus.makesMailbox, true))
    .orderBy(asc(subscribedSkus.skuPartNumber))
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
