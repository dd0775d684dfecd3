/** What dry runs found out: the looks that are not outcomes, because nothing was done. */
import { asc, count, eq } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { dryLooks } from '#db/schema.ts';
import type { PersonState } from '#lib/domain/states.ts';
import type { LookResult } from './outcomes.ts';

/** Stores looks of a dry run. People who only stand in a draft have the negative line as id. */
export function recordDryLooks(tx: Tx, runId: string, looks: readonly LookResult[]): void {
  const rows = looks.map(({ person, verdict: { state, reason, message }, planned }) => {
    const { userPrincipalName, displayName, employeeType } = person;
    return {
      ...{ runId, userPrincipalName, displayName, employeeType, state, reason, message },
      personId: person.id > 0 ? person.id : null,
      line: person.id < 0 ? -person.id : null,
      licences: planned?.licences ?? [],
      usageLocation: planned?.usageLocation ?? null,
    };
  });
  if (rows.length > 0) tx.insert(dryLooks).values(rows).run();
}

/** Every look of a dry run, in order. */
export function listDryLooks(db: Tx, runId: string): (typeof dryLooks.$inferSelect)[] {
  return db.select().from(dryLooks).where(eq(dryLooks.runId, runId)).orderBy(asc(dryLooks.id)).all();
}

/** How many people of a dry run would be in each state. */
export function countDryLooks(db: Tx, runId: string): Partial<Record<PersonState, number>> {
  const rows = db
    .select({ state: dryLooks.state, n: count() })
    .from(dryLooks)
    .where(eq(dryLooks.runId, runId))
    .groupBy(dryLooks.state)
    .all();
  return Object.fromEntries(rows.map(({ state, n }) => [state, n]));
}
