/** What the overview reads beside people, runs and seats: problems. */
import { and, count, eq, gte } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { outbox } from '#db/schema/mail.ts';

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
