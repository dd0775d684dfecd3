/** What is deleted when it is old, in slices: never people, intake rows or events, and never an outcome that changed something. */
import { and, asc, eq, gt, inArray, isNotNull, lt, ne, or, sql } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { checks, drafts, dryLooks, intakeFiles, outbox, outcomes, runs } from '#db/schema.ts';

/** Looks through the next outcomes by id and deletes those that changed nothing. `lastId` null: all that are older have been looked through. */
export function deleteIdleOutcomes(
  tx: Tx,
  before: number,
  afterId: number,
  limit: number,
): { deleted: number; lastId: number | null } {
  const slice = tx
    .select({
      id: outcomes.id,
      at: outcomes.at,
      isIdle: sql<number>`${outcomes.stateBefore} = ${outcomes.state} and (${outcomes.written} is null or ${outcomes.written} in ('null', '[]'))`,
    })
    .from(outcomes)
    .where(gt(outcomes.id, afterId))
    .orderBy(asc(outcomes.id))
    .limit(limit)
    .all();
  // Ids grow with time, so the first young one ends the search.
  const firstYoung = slice.findIndex(({ at }) => at >= before);
  const old = firstYoung === -1 ? slice : slice.slice(0, firstYoung);
  const idle = old.filter(({ isIdle }) => isIdle === 1).map(({ id }) => id);
  if (idle.length > 0) tx.delete(outcomes).where(inArray(outcomes.id, idle)).run();
  const isDone = firstYoung !== -1 || slice.length < limit;
  return { deleted: idle.length, lastId: isDone ? null : (slice.at(-1)?.id ?? null) };
}

/** Deletes what dry runs found that ended before then. */
export function deleteDryLooks(tx: Tx, before: number, limit: number): number {
  const ids = tx
    .select({ id: dryLooks.id })
    .from(dryLooks)
    .innerJoin(runs, eq(runs.id, dryLooks.runId))
    .where(and(isNotNull(runs.finishedAt), lt(runs.finishedAt, before)))
    .limit(limit)
    .all();
  if (ids.length === 0) return 0;
  return tx
    .delete(dryLooks)
    .where(
      inArray(
        dryLooks.id,
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
    .where(and(ne(drafts.status, 'taken_in'), lt(drafts.createdAt, before)))
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
    .where(and(inArray(drafts.id, [...ids]), ne(drafts.status, 'taken_in')))
    .run().changes;
}

const SETTLED = ['sent', 'uncertain', 'failed'] as const;

/** Empties the texts of mails that nothing more becomes of. That they were sent, to whom and about which run, stays. */
export function emptyMails(tx: Tx, before: number, limit: number): number {
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
      inArray(
        outbox.id,
        ids.map(({ id }) => id),
      ),
    )
    .run().changes;
}

/** Deletes finished tests of the set-up. */
export function deleteChecks(tx: Tx, before: number, limit: number): number {
  const ids = tx
    .select({ id: checks.id })
    .from(checks)
    .where(and(isNotNull(checks.finishedAt), lt(checks.finishedAt, before)))
    .limit(limit)
    .all();
  if (ids.length === 0) return 0;
  return tx
    .delete(checks)
    .where(
      inArray(
        checks.id,
        ids.map(({ id }) => id),
      ),
    )
    .run().changes;
}
