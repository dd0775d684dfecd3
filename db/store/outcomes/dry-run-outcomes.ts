/** The outcomes of dry runs, stored apart because nothing was done. */
import { asc, count, eq } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { dryRunOutcomes } from '#db/schema/outcomes.ts';
import type { PersonOutcome } from '#lib/domain/decision/outcome.ts';
import { storedSaid } from '#lib/domain/reasons/said.ts';
import type { PersonState } from '#lib/domain/states.ts';

/** Stores outcomes of a dry run. People who are only in a draft have the negative line as id. */
export function recordDryRunOutcomes(tx: Tx, runId: string, outcomes: readonly PersonOutcome[]): void {
  const rows = outcomes.map(({ person, verdict: { state, reason, message, said }, planned }) => {
    const { userPrincipalName, displayName, employeeType } = person;
    return {
      runId,
      userPrincipalName,
      displayName,
      employeeType,
      state,
      reason,
      message,
      personId: person.id > 0 ? person.id : null,
      line: person.id < 0 ? -person.id : null,
      licences: planned?.licences ?? [],
      usageLocation: planned?.usageLocation ?? null,
      said: storedSaid(said),
    };
  });
  if (rows.length > 0) tx.insert(dryRunOutcomes).values(rows).run();
}

/** All outcomes of a dry run, in order. */
export function listDryRunOutcomes(db: Tx, runId: string): (typeof dryRunOutcomes.$inferSelect)[] {
  return db.select().from(dryRunOutcomes).where(eq(dryRunOutcomes.runId, runId)).orderBy(asc(dryRunOutcomes.id)).all();
}

/** How many people of a dry run would be in each state. */
export function countDryRunOutcomes(db: Tx, runId: string): Partial<Record<PersonState, number>> {
  const rows = db
    .select({ state: dryRunOutcomes.state, n: count() })
    .from(dryRunOutcomes)
    .where(eq(dryRunOutcomes.runId, runId))
    .groupBy(dryRunOutcomes.state)
    .all();
  return Object.fromEntries(rows.map(({ state, n }) => [state, n]));
}
