/** Tells whether a page could show something new, as cheaply as possible. */
import { sql } from 'drizzle-orm';
import type { Db, Tx } from '#db/client.ts';
import { runs } from '#db/schema/runs.ts';
import { OPEN } from './runs-read.ts';

/** Stays the same while nobody writes to the database file, in this process or another. Reads no table. */
export function changeStamp(db: Db): string {
  const others = db.$client.pragma('data_version', { simple: true });
  return `${others}:${db.get<{ n: number }>(sql`select total_changes() as n`).n}`;
}

/** Running and queued runs: cycles before dry runs, running before queued. */
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

/** Changes with everything that a page could show, apart from open runs. */
export function changeMarker(db: Tx): string {
  const newest = (query: ReturnType<typeof sql>) => db.get<{ v: number | string | null }>(query)?.v ?? '';
  return [
    newest(sql`select max(id) as v from events`),
    newest(sql`select max(id) as v from outcomes`),
    newest(sql`select max(id) as v from intents`),
    newest(sql`select max(id) as v from unchanged_outcomes`),
    newest(sql`select max(id) as v from intake_files`),
    newest(sql`select max(id) as v from dry_run_outcomes`),
    newest(sql`select count(*) as v from setup_checks where finished_at is null`),
    newest(
      sql`select group_concat(status || ':' || n) as v from (select status, count(*) as n from outbox group by status)`,
    ),
    newest(sql`select id || status as v from runs order by requested_at desc, id desc limit 1`),
  ].join('|');
}
