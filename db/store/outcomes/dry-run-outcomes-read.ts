/** What a dry run found out, as pages show it. */
import { and, asc, count, desc, eq } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { dryRunOutcomes } from '#db/schema.ts';

/** How many people each thing would happen to: by reason, and for those who would be licensed by licences. The most first. */
export function dryRunOutcomesByReason(db: Tx, runId: string) {
  return db
    .select({ reason: dryRunOutcomes.reason, licences: dryRunOutcomes.licences, n: count() })
    .from(dryRunOutcomes)
    .where(eq(dryRunOutcomes.runId, runId))
    .groupBy(dryRunOutcomes.reason, dryRunOutcomes.licences)
    .orderBy(desc(count()), asc(dryRunOutcomes.reason))
    .all();
}

/** Looks in the order they were made; `reason` null: all. */
export function pageOfDryRunOutcomes(db: Tx, runId: string, reason: string | null, offset: number, limit: number) {
  return db
    .select()
    .from(dryRunOutcomes)
    .where(and(eq(dryRunOutcomes.runId, runId), reason === null ? undefined : eq(dryRunOutcomes.reason, reason)))
    .orderBy(asc(dryRunOutcomes.id))
    .limit(limit)
    .offset(offset)
    .all();
}
