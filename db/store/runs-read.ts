/** Runs as pages show them. */
import { and, asc, count, desc, eq, inArray, isNotNull, ne, sql } from 'drizzle-orm';
import type { AnySQLiteColumn } from 'drizzle-orm/sqlite-core';
import type { Tx } from '#db/client.ts';
import { intakeFiles, outcomes, people, type RunStatus, runs } from '#db/schema.ts';
import type { PersonState } from '#lib/provisioning/core/states.ts';

export type RunRow = typeof runs.$inferSelect;

export function countRuns(db: Tx, statuses: readonly RunStatus[]): number {
  const which = statuses.length > 0 ? inArray(runs.status, [...statuses]) : undefined;
  return db.select({ n: count() }).from(runs).where(which).get()?.n ?? 0;
}

/** Newest first. */
export function pageOfRuns(db: Tx, statuses: readonly RunStatus[], offset: number, limit: number): RunRow[] {
  return db
    .select()
    .from(runs)
    .where(statuses.length > 0 ? inArray(runs.status, [...statuses]) : undefined)
    .orderBy(desc(runs.requestedAt), desc(runs.id))
    .limit(limit)
    .offset(offset)
    .all();
}

/** The run that works now, else the next one to start; null: none. */
export function openRun(db: Tx): RunRow | null {
  return (
    db
      .select()
      .from(runs)
      .where(inArray(runs.status, ['queued', 'running']))
      .orderBy(desc(eq(runs.status, 'running')), asc(runs.requestedAt))
      .limit(1)
      .get() ?? null
  );
}

/** The newest run that ended in one of the statuses. */
export function lastRun(db: Tx, statuses: readonly RunStatus[]): RunRow | null {
  return pageOfRuns(db, statuses, 0, 1)[0] ?? null;
}

/** The newest ended run that read the drop folder: what it warns about is still so. Runs that only watch mailboxes do not read it. */
export function lastIntakeRun(db: Tx): RunRow | null {
  return (
    db
      .select()
      .from(runs)
      .where(and(ne(runs.trigger, 'watch'), eq(runs.dryRun, false), isNotNull(runs.finishedAt)))
      .orderBy(desc(runs.requestedAt))
      .limit(1)
      .get() ?? null
  );
}

/** How many outcomes of a run ended in each state. */
export function outcomesByState(db: Tx, runId: string): Map<PersonState, number> {
  const rows = db
    .select({ state: outcomes.state, n: count() })
    .from(outcomes)
    .where(eq(outcomes.runId, runId))
    .groupBy(outcomes.state)
    .all();
  return new Map(rows.map(({ state, n }) => [state, n]));
}

/** Outcomes of a run in the order they were recorded; `state` null: all. */
export function pageOfOutcomes(db: Tx, runId: string, state: PersonState | null, offset: number, limit: number) {
  return db
    .select({
      id: outcomes.id,
      personId: outcomes.personId,
      userPrincipalName: people.userPrincipalName,
      displayName: people.displayName,
      stateBefore: outcomes.stateBefore,
      state: outcomes.state,
      reason: outcomes.reason,
      message: outcomes.message,
      at: outcomes.at,
    })
    .from(outcomes)
    .innerJoin(people, eq(people.id, outcomes.personId))
    .where(and(eq(outcomes.runId, runId), state === null ? undefined : eq(outcomes.state, state)))
    .orderBy(asc(outcomes.id))
    .limit(limit)
    .offset(offset)
    .all();
}

/** Sums over the files that a run took in. */
export function filesOfRun(db: Tx, runId: string) {
  const sum = (column: AnySQLiteColumn) => sql<number>`coalesce(sum(${column}), 0)`;
  const row = db
    .select({
      files: count(),
      rows: sum(intakeFiles.rows),
      accepted: sum(intakeFiles.accepted),
      duplicates: sum(intakeFiles.duplicates),
      rejected: sum(intakeFiles.rejected),
    })
    .from(intakeFiles)
    .where(eq(intakeFiles.runId, runId))
    .get();
  return row ?? { files: 0, rows: 0, accepted: 0, duplicates: 0, rejected: 0 };
}

/** Grows or changes with everything that a page could show anew. */
export function pulseOf(db: Tx): { event: number; outcome: number; file: string; mail: string } {
  const one = (query: ReturnType<typeof sql>) => db.get<{ v: number | string | null }>(query)?.v ?? null;
  return {
    event: Number(one(sql`select max(id) as v from events`) ?? 0),
    outcome: Number(one(sql`select max(id) as v from outcomes`) ?? 0),
    file: String(one(sql`select max(id) as v from intake_files`) ?? ''),
    mail: String(
      one(
        sql`select group_concat(status || ':' || n) as v from (select status, count(*) as n from outbox group by status)`,
      ) ?? '',
    ),
  };
}
