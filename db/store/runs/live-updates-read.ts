/** Whether a page could show something new, as cheaply as can be asked. */
import { sql } from 'drizzle-orm';
import type { Db, Tx } from '#db/client.ts';
import { runs } from '#db/schema.ts';
import { OPEN } from './runs-read.ts';

/** Stays the same while nobody writes to the database file, this process or another. Costs no look at any table. */
export function changeStamp(db: Db): string {
  const others = db.$client.pragma('data_version', { simple: true });
  return `${others}:${db.get<{ n: number }>(sql`select total_changes() as n`).n}`;
}

/** Runs that work or wait to: cycles before dry runs, what works before what waits. */
export function openRuns(db: Tx) {
  return db
    .select({
      id: runs.id,
      status: runs.status,
      dryRun: runs.dryRun,
      peopleDue: runs.peopleDue,
      peopleDone: runs.peopleDone,
    })
    .from(runs)
    .where(OPEN)
    .orderBy(sql`${runs.status} = 'queued'`, runs.dryRun, runs.requestedAt)
    .all();
}

/** Grows or changes with everything that a page could show anew, apart from open runs. */
export function newestOfAll(db: Tx): string {
  const one = (query: ReturnType<typeof sql>) => db.get<{ v: number | string | null }>(query)?.v ?? '';
  return [
    one(sql`select max(id) as v from events`),
    one(sql`select max(id) as v from outcomes`),
    one(sql`select max(id) as v from intents`),
    one(sql`select max(id) as v from unchanged_outcomes`),
    one(sql`select max(id) as v from intake_files`),
    one(sql`select max(id) as v from dry_run_outcomes`),
    one(sql`select count(*) as v from setup_checks where finished_at is null`),
    one(
      sql`select group_concat(status || ':' || n) as v from (select status, count(*) as n from outbox group by status)`,
    ),
    one(sql`select id || status as v from runs order by requested_at desc, id desc limit 1`),
  ].join('|');
}
