/** What a dry run found out, as pages show it. */
import { and, asc, count, desc, eq } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { dryLooks } from '#db/schema.ts';

/** How many people each thing would happen to: by reason, and for those who would be licensed by licences. The most first. */
export function dryLooksByReason(db: Tx, runId: string) {
  return db
    .select({ reason: dryLooks.reason, licences: dryLooks.licences, n: count() })
    .from(dryLooks)
    .where(eq(dryLooks.runId, runId))
    .groupBy(dryLooks.reason, dryLooks.licences)
    .orderBy(desc(count()), asc(dryLooks.reason))
    .all();
}

/** Looks in the order they were made; `reason` null: all. */
export function pageOfDryLooks(db: Tx, runId: string, reason: string | null, offset: number, limit: number) {
  return db
    .select()
    .from(dryLooks)
    .where(and(eq(dryLooks.runId, runId), reason === null ? undefined : eq(dryLooks.reason, reason)))
    .orderBy(asc(dryLooks.id))
    .limit(limit)
    .offset(offset)
    .all();
}
