/** Deletes old data in slices: never people or intake rows, never an outcome that changed something, and no run that has one. */
import { and, asc, type Column, eq, gt, inArray, isNotNull, lt, ne, or, type SQL, sql } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { drafts } from '#db/schema/drafts.ts';
import { intakeFiles } from '#db/schema/files.ts';
import { outbox } from '#db/schema/mail.ts';
import { dryRunOutcomes, intents, outcomes, unchangedOutcomes } from '#db/schema/outcomes.ts';
import { runs } from '#db/schema/runs.ts';
import { setupChecks } from '#db/schema/system.ts';
import type { RunReason } from '#lib/domain/reasons/reasons.ts';

/** A slice of a long table: how many rows were deleted or stripped, and where to continue. */
export interface Slice {
  count: number;
  /** Where the next slice begins. */
  last: number;
  isDone: boolean;
}

/** Visits the next outcomes by id: those that changed nothing are deleted, the others lose their Graph calls. */
export function stripOutcomes(tx: Tx, before: number, afterId: number, limit: number): Slice {
  const slice = tx
    .select({
      id: outcomes.id,
      at: outcomes.at,
      isUnchanged: sql<number>`${outcomes.stateBefore} = ${outcomes.state} and (${outcomes.written} is null or ${outcomes.written} in ('null', '[]'))`,
      hasCalls: sql<number>`${outcomes.calls} is not null`,
    })
    .from(outcomes)
    .where(gt(outcomes.id, afterId))
    .orderBy(asc(outcomes.id))
    .limit(limit)
    .all();
  // Ids grow with time, so the first recent one ends the slice.
  const firstRecent = slice.findIndex(({ at }) => at >= before);
  const old = firstRecent === -1 ? slice : slice.slice(0, firstRecent);
  const unchanged = old.filter(({ isUnchanged }) => isUnchanged === 1).map(({ id }) => id);
  const called = old.filter(({ isUnchanged, hasCalls }) => isUnchanged === 0 && hasCalls === 1).map(({ id }) => id);
  if (unchanged.length > 0) tx.delete(outcomes).where(isOneOf(outcomes.id, unchanged)).run();
  if (called.length > 0) tx.update(outcomes).set({ calls: null }).where(isOneOf(outcomes.id, called)).run();
  const isDone = firstRecent !== -1 || slice.length < limit;
  return { count: unchanged.length + called.length, last: old.at(-1)?.id ?? afterId, isDone };
}

function isOneOf(column: Column, ids: readonly (number | string)[]): SQL {
  return sql`${column} in (select value from json_each(${JSON.stringify(ids)}))`;
}

/** Deletes rows of unchanged outcomes, oldest first. */
export function deleteUnchangedOutcomes(tx: Tx, before: number, limit: number): number {
  const oldest = sql`(select id from unchanged_outcomes order by id limit ${limit})`;
  return tx
    .delete(unchangedOutcomes)
    .where(and(lt(unchangedOutcomes.at, before), sql`${unchangedOutcomes.id} in ${oldest}`))
    .run().changes;
}

/** Deletes intents with a known result: what was written is in the outcome. */
export function deleteIntents(tx: Tx, before: number, limit: number): number {
  const old = tx
    .select({ id: intents.id })
    .from(intents)
    .where(and(lt(intents.createdAt, before), isNotNull(intents.settledAt)))
    .orderBy(asc(intents.createdAt))
    .limit(limit);
  return tx.delete(intents).where(inArray(intents.id, old)).run().changes;
}

/** Scheduled cycles that nothing refers to any more: no file, no outcome, no mail, no re-run. The newest stays: the next one counts on from its number. */
const LEFT_NOTHING = sql`r.trigger <> 'operator' and r.finished_at is not null and r.dry_run = 0 and r.selection is null
  and r.cancel_requested_at is null and r.number < (select max(number) from runs)
  and not exists (select 1 from outcomes o where o.run_id = r.id)
  and not exists (select 1 from unchanged_outcomes i where i.run_id = r.id)
  and not exists (select 1 from intake_files f where f.run_id = r.id)
  and not exists (select 1 from outbox m where m.dedupe_key = 'run.' || r.id)
  and not exists (select 1 from runs again where again.rerun_of_run_id = r.id)`;

const WAITING_FOR_GRAPH = 'waiting_for_graph' satisfies RunReason;

/** Cycles that found nothing to do and have no news; the first of each day (UTC) stays, as evidence that cycles were running. */
const FOUND_NOTHING = sql`${LEFT_NOTHING} and r.counts = '{}' and coalesce(r.warnings, '[]') = '[]'
  and (r.status = 'completed' or r.reason = ${WAITING_FOR_GRAPH})
  and exists (select 1 from runs e where e.requested_at < r.requested_at and e.requested_at >= r.requested_at - r.requested_at % 86400000)`;

/** Visits the next runs by time and deletes those that found nothing to do or, for `left nothing`, all that nothing refers to. */
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
  const expired = slice.filter(({ isGone }) => isGone === 1).map(({ id }) => id);
  if (expired.length > 0) tx.delete(runs).where(isOneOf(runs.id, expired)).run();
  // The next slice begins with the last time of this one: another run may share it. A whole slice with the same time does not
  // happen.
  const end = slice.at(-1)?.at ?? from;
  return { count: expired.length, last: end > from ? end : from + 1, isDone: slice.length < limit };
}

/** Deletes the outcomes of dry runs that ended before then. */
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

/** Drafts that were not imported and are older than that. */
export function oldDrafts(tx: Tx, before: number, limit: number): OldDraft[] {
  return tx
    .select({ id: drafts.id, storedName: drafts.storedName })
    .from(drafts)
    .where(and(ne(drafts.status, 'imported'), lt(drafts.createdAt, before)))
    .limit(limit)
    .all();
}

/** True where the name belongs to an intake file: then it is its original, and stays. */
export function isOriginalOfFile(tx: Tx, storedName: string): boolean {
  return (
    tx.select({ id: intakeFiles.id }).from(intakeFiles).where(eq(intakeFiles.storedName, storedName)).get() !==
    undefined
  );
}

/** Deletes drafts; one imported in the meantime stays. */
export function deleteDrafts(tx: Tx, ids: readonly string[]): number {
  return tx
    .delete(drafts)
    .where(and(inArray(drafts.id, [...ids]), ne(drafts.status, 'imported')))
    .run().changes;
}

const SETTLED = ['sent', 'uncertain', 'failed'] as const;

/** Strips finished mails of their texts. That they were sent, to whom and about which run, is kept. */
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

/** Deletes finished set-up checks. */
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
