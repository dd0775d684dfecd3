/** What is deleted when it is old, in slices: never people, intake rows or events, never an outcome that changed something, and no run that has one. */
import { and, asc, type Column, eq, gt, inArray, isNotNull, lt, ne, or, type SQL, sql } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import {
  drafts,
  dryRunOutcomes,
  intakeFiles,
  intents,
  outbox,
  outcomes,
  runs,
  setupChecks,
  unchangedOutcomes,
} from '#db/schema.ts';
import type { RunReason } from '#lib/domain/reasons.ts';

/** A slice of something long: how many rows were deleted or emptied, and where to go on. */
export interface Slice {
  tidied: number;
  /** Where the next slice begins. */
  last: number;
  isDone: boolean;
}

/** Looks through the next outcomes by id: those that changed nothing are deleted, of the others the calls to Graph are. */
export function stripOutcomes(tx: Tx, before: number, afterId: number, limit: number): Slice {
  const slice = tx
    .select({
      id: outcomes.id,
      at: outcomes.at,
      isIdle: sql<number>`${outcomes.stateBefore} = ${outcomes.state} and (${outcomes.written} is null or ${outcomes.written} in ('null', '[]'))`,
      hasCalls: sql<number>`${outcomes.calls} is not null`,
    })
    .from(outcomes)
    .where(gt(outcomes.id, afterId))
    .orderBy(asc(outcomes.id))
    .limit(limit)
    .all();
  // Ids grow with time, so the first young one ends the search.
  const firstYoung = slice.findIndex(({ at }) => at >= before);
  const old = firstYoung === -1 ? slice : slice.slice(0, firstYoung);
  const unchanged = old.filter(({ isIdle }) => isIdle === 1).map(({ id }) => id);
  const called = old.filter(({ isIdle, hasCalls }) => isIdle === 0 && hasCalls === 1).map(({ id }) => id);
  if (unchanged.length > 0) tx.delete(outcomes).where(isOneOf(outcomes.id, unchanged)).run();
  if (called.length > 0) tx.update(outcomes).set({ calls: null }).where(isOneOf(outcomes.id, called)).run();
  const isDone = firstYoung !== -1 || slice.length < limit;
  return { tidied: unchanged.length + called.length, last: old.at(-1)?.id ?? afterId, isDone };
}

function isOneOf(column: Column, ids: readonly (number | string)[]): SQL {
  return sql`${column} in (select value from json_each(${JSON.stringify(ids)}))`;
}

/** Deletes rows of idle looks, the oldest first. */
export function deleteUnchangedOutcomes(tx: Tx, before: number, limit: number): number {
  const oldest = sql`(select id from unchanged_outcomes order by id limit ${limit})`;
  return tx
    .delete(unchangedOutcomes)
    .where(and(lt(unchangedOutcomes.at, before), sql`${unchangedOutcomes.id} in ${oldest}`))
    .run().changes;
}

/** Deletes intents whose end is known: what was written stands in the outcome. */
export function deleteIntents(tx: Tx, before: number, limit: number): number {
  const old = tx
    .select({ id: intents.id })
    .from(intents)
    .where(and(lt(intents.createdAt, before), isNotNull(intents.settledAt)))
    .orderBy(asc(intents.createdAt))
    .limit(limit);
  return tx.delete(intents).where(inArray(intents.id, old)).run().changes;
}

/** Cycles by the clock of which nothing is left: no file, nobody looked at, nothing mailed, no run of theirs. */
const LEFT_NOTHING = sql`r.trigger <> 'operator' and r.finished_at is not null and r.dry_run = 0 and r.selection is null
  and r.cancel_requested_at is null
  and not exists (select 1 from outcomes o where o.run_id = r.id)
  and not exists (select 1 from unchanged_outcomes i where i.run_id = r.id)
  and not exists (select 1 from intake_files f where f.run_id = r.id)
  and not exists (select 1 from outbox m where m.dedupe_key = 'run.' || r.id)
  and not exists (select 1 from runs again where again.rerun_of_run_id = r.id)`;

const WAITING_FOR_GRAPH = 'waiting_for_graph' satisfies RunReason;

/** Cycles that found nothing to do and have nothing to say; the first of each day (UTC) stays, and shows that cycles went on. */
const FOUND_NOTHING = sql`${LEFT_NOTHING} and r.counts = '{}' and coalesce(r.warnings, '[]') = '[]'
  and (r.status = 'completed' or r.reason = ${WAITING_FOR_GRAPH})
  and exists (select 1 from runs e where e.requested_at < r.requested_at and e.requested_at >= r.requested_at - r.requested_at % 86400000)`;

/** Looks through the next runs by time and deletes those that found nothing to do, or, of `leftNothing`, all of which nothing is left. */
export function deleteRuns(
  tx: Tx,
  which: 'found nothing' | 'left nothing',
  before: number,
  from: number,
  limit: number,
): Slice {
  const slice = tx.all<{ id: string; at: number; isGone: number }>(sql`
    select r.id, r.requested_at as at, (${which === 'found nothing' ? FOUND_NOTHING : LEFT_NOTHING}) as isGone from runs r
    where r.requested_at >= ${from} and r.requested_at < ${before} order by r.requested_at limit ${limit}`);
  const gone = slice.filter(({ isGone }) => isGone === 1).map(({ id }) => id);
  if (gone.length > 0) tx.delete(runs).where(isOneOf(runs.id, gone)).run();
  // The next slice begins with the last moment of this one: another run may be of the same. So many of one moment do not come.
  const end = slice.at(-1)?.at ?? from;
  return { tidied: gone.length, last: end > from ? end : from + 1, isDone: slice.length < limit };
}

/** Deletes what dry runs found that ended before then. */
export function deleteDryRunOutcomes(tx: Tx, before: number, limit: number): number {
  const ids = tx
    .select({ id: dryRunOutcomes.id })
    .from(dryRunOutcomes)
    .innerJoin(runs, eq(runs.id, dryRunOutcomes.runId))
    .where(and(isNotNull(runs.finishedAt), lt(runs.finishedAt, before)))
    .limit(limit)
    .all();
  if (ids.length === 0) return 0;
  return tx
    .delete(dryRunOutcomes)
    .where(
      isOneOf(
        dryRunOutcomes.id,
        ids.map(({ id }) => id),
      ),
    )
    .run().changes;
}

export interface OldDraft {
  id: string;
  storedName: string;
}

/** Drafts that were not taken in, and that nobody has begun anew since then. */
export function oldDrafts(tx: Tx, before: number, limit: number): OldDraft[] {
  return tx
    .select({ id: drafts.id, storedName: drafts.storedName })
    .from(drafts)
    .where(and(ne(drafts.status, 'imported'), lt(drafts.createdAt, before)))
    .limit(limit)
    .all();
}

/** True where an intake file lies under that name: it is its original, and stays. */
export function isOriginalOfFile(tx: Tx, storedName: string): boolean {
  return (
    tx.select({ id: intakeFiles.id }).from(intakeFiles).where(eq(intakeFiles.storedName, storedName)).get() !==
    undefined
  );
}

/** Deletes drafts; one that was taken in meanwhile stays. */
export function deleteDrafts(tx: Tx, ids: readonly string[]): number {
  return tx
    .delete(drafts)
    .where(and(inArray(drafts.id, [...ids]), ne(drafts.status, 'imported')))
    .run().changes;
}

const SETTLED = ['sent', 'uncertain', 'failed'] as const;

/** Empties the texts of mails that nothing more becomes of. That they were sent, to whom and about which run, stays. */
export function stripMails(tx: Tx, before: number, limit: number): number {
  const ids = tx
    .select({ id: outbox.id })
    .from(outbox)
    .where(
      and(
        inArray(outbox.status, [...SETTLED]),
        lt(outbox.createdAt, before),
        or(ne(outbox.text, ''), ne(outbox.html, ''), isNotNull(outbox.attachmentText)),
      ),
    )
    .limit(limit)
    .all();
  if (ids.length === 0) return 0;
  return tx
    .update(outbox)
    .set({ text: '', html: '', attachmentText: null })
    .where(
      isOneOf(
        outbox.id,
        ids.map(({ id }) => id),
      ),
    )
    .run().changes;
}

/** Deletes finished tests of the set-up. */
export function deleteSetupChecks(tx: Tx, before: number, limit: number): number {
  const ids = tx
    .select({ id: setupChecks.id })
    .from(setupChecks)
    .where(and(isNotNull(setupChecks.finishedAt), lt(setupChecks.finishedAt, before)))
    .limit(limit)
    .all();
  if (ids.length === 0) return 0;
  return tx
    .delete(setupChecks)
    .where(
      isOneOf(
        setupChecks.id,
        ids.map(({ id }) => id),
      ),
    )
    .run().changes;
}
