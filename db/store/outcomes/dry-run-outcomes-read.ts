/** The outcomes of a dry run, as pages show them. */
import { and, asc, count, desc, eq } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { dryRunOutcomes } from '#db/schema/outcomes.ts';

/** People per reason, and per licences for those who would be licensed. Most frequent first. */
export function dryRunOutcomesByReason(db: Tx, runId: string) {
  return db
    .select({ reason: dryRunOutcomes.reason, licences: dryRunOutcomes.licences, n: count() })
    .from(dryRunOutcomes)
    .where(eq(dryRunOutcomes.runId, runId))
    .groupBy(dryRunOutcomes.reason, dryRunOutcomes.licences)
    .orderBy(desc(count()), asc(dryRunOutcomes.reason))
    .all();
}

/** Outcomes in the order they were recorded; `reason` null: all. */
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
