/** Runs as pages show them. */
import { and, asc, count, desc, eq, inArray, isNotNull, isNull, ne, type SQL, sql } from 'drizzle-orm';
import { oncePerConnection, type Tx } from '#db/client.ts';
import { type RunStatus, type RunTrigger, runs } from '#db/schema/runs.ts';

export type RunRow = typeof runs.$inferSelect;

/** Written exactly like this, or SQLite does not use the index of open runs. */
export const OPEN = sql`status in ('queued', 'running')`;

const ENDED = ['completed', 'stopped', 'failed', 'interrupted'] as const;

export interface RunsFilter {
  statuses: readonly RunStatus[];
  trigger: RunTrigger | null;
}

function matching({ statuses, trigger }: RunsFilter): SQL | undefined {
  return and(
    statuses.length > 0 ? inArray(runs.status, [...statuses]) : undefined,
    trigger === null ? undefined : eq(runs.trigger, trigger),
  );
}

export function countRuns(db: Tx, filter: RunsFilter): number {
  return db.select({ n: count() }).from(runs).where(matching(filter)).get()?.n ?? 0;
}

/** The numbers of these runs; one that retention has deleted is not there. */
export function numbersOfRuns(db: Tx, ids: Iterable<string | null>): ReadonlyMap<string, number> {
  const rows = db.all<{ id: string; number: number }>(
    sql`select id, number from runs where id in (select value from json_each(${JSON.stringify([...ids])}))`,
  );
  return new Map(rows.map(({ id, number }) => [id, number]));
}

/** The number of a run; null: there is no run, or retention has deleted it. */
export function numberOfRun(db: Tx, id: string | null): number | null {
  return (id !== null && numbersOfRuns(db, [id]).get(id)) || null;
}

/** Newest first. */
export function pageOfRuns(db: Tx, filter: RunsFilter, offset: number, limit: number): RunRow[] {
  return db
    .select()
    .from(runs)
    .where(matching(filter))
    .orderBy(desc(runs.requestedAt), desc(runs.id))
    .limit(limit)
    .offset(offset)
    .all();
}

/** So many of the newest runs are looked through for cycles: between two of them mailboxes are watched. */
const LOOKED_THROUGH = 600;

const everyPage = oncePerConnection((_, tx) => ({
  open: tx
    .select()
    .from(runs)
    .where(OPEN)
    .orderBy(desc(eq(runs.status, 'running')), asc(runs.requestedAt))
    .limit(1)
    .prepare(),
  lastEnded: tx
    .select()
    .from(runs)
    .where(inArray(runs.status, [...ENDED]))
    .orderBy(desc(runs.requestedAt), desc(runs.id))
    .limit(1)
    .prepare(),
  cycles: tx
    .select()
    .from(runs)
    .where(
      and(
        sql`requested_at >= (select min(requested_at) from (select requested_at from runs order by requested_at desc limit ${LOOKED_THROUGH}))`,
        ne(runs.trigger, 'watch'),
        eq(runs.dryRun, false),
        isNull(runs.selection),
        inArray(runs.status, [...ENDED]),
      ),
    )
    .orderBy(desc(runs.requestedAt))
    .limit(sql.placeholder('most'))
    .prepare(),
  lastIntake: tx
    .select()
    .from(runs)
    .where(and(ne(runs.trigger, 'watch'), eq(runs.dryRun, false), isNotNull(runs.finishedAt)))
    .orderBy(desc(runs.requestedAt))
    .limit(1)
    .prepare(),
}));

/** The run that is running, otherwise the next one to start; null: none. */
export function openRun(db: Tx): RunRow | null {
  return everyPage(db).open.get() ?? null;
}

/** The newest run that ended, but for cancelled ones. */
export function lastEndedRun(db: Tx): RunRow | null {
  return everyPage(db).lastEnded.get() ?? null;
}

/** The newest cycles that ended, newest first: everybody who was due, checked for real. */
export function lastCycles(db: Tx, most: number): RunRow[] {
  return everyPage(db).cycles.all({ most });
}

/** The newest ended run that read the drop folder: its warnings still apply. Runs that only watch mailboxes do not read it. */
export function lastIntakeRun(db: Tx): RunRow | null {
  return everyPage(db).lastIntake.get() ?? null;
}
