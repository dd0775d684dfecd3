/** The facts of a report: everything that ended since the previous one. */
import { and, asc, count, desc, eq, gt, inArray, isNotNull, isNull, lte, ne, notInArray, or, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Tx } from '#db/client.ts';
import { intakeFiles } from '#db/schema/files.ts';
import { outbox } from '#db/schema/mail.ts';
import { outcomes } from '#db/schema/outcomes.ts';
import { people } from '#db/schema/people.ts';
import { runs } from '#db/schema/runs.ts';
import { DISPUTED } from '#db/store/people/approvals-read.ts';
import { SENTENCE } from '#lib/domain/sentences/sentence.ts';
import { HUMAN_STATES, type PersonState } from '#lib/domain/states.ts';

/** Older runs were never meant for a mail: reports were not set up then. Longer than a day, for daily reports. */
const LOOK_BACK_MS = 26 * 60 * 60_000;

/** When the newest reports up to `now` were written, the newest first; test mails are none. What a clock that was ahead wrote does not count. */
export function newestReports(db: Tx, limit: number, now: number): number[] {
  const rows = db
    .select({ at: outbox.createdAt })
    .from(outbox)
    .where(and(isNotNull(outbox.runId), lte(outbox.createdAt, now)))
    .orderBy(desc(outbox.createdAt))
    .limit(limit)
    .all();
  return rows.map(({ at }) => at);
}

/** Since when nothing has been reported. */
export function unreportedSince(db: Tx, now: number): number {
  const [last = 0] = newestReports(db, 1, now);
  return Math.max(last, now - LOOK_BACK_MS);
}

/** Ids of the runs not reported yet: those that ended since the previous report. */
export function unreportedRuns(db: Tx, now: number): string[] {
  return runsEndedSince(db, unreportedSince(db, now));
}

/** Ids of the runs that wrote to accounts or files and ended after `since`. */
export function runsEndedSince(db: Tx, since: number): string[] {
  return db
    .select({ id: runs.id })
    .from(runs)
    .where(and(gt(runs.finishedAt, since), gt(runs.requestedAt, since - LOOK_BACK_MS), eq(runs.dryRun, false)))
    .all()
    .map(({ id }) => id);
}

/** The newest outcome of each person whose state these runs changed. */
function arrivals(db: Tx, runIds: readonly string[]) {
  return db
    .select({ outcomeId: sql<number>`max(${outcomes.id})`.as('outcome_id') })
    .from(outcomes)
    .where(and(inArray(outcomes.runId, [...runIds]), ne(outcomes.state, outcomes.stateBefore)))
    .groupBy(outcomes.personId)
    .as('arrivals');
}

/** What a report is about. */
export interface ReportSpan {
  runIds: readonly string[];
  /** Whom an import held after this itself is no outcome of a run. */
  since: number;
}

/**
 * Ids of the people who newly need somebody and still do: what was settled before the report is no news. With those about whom two rows
 * disagree, whom no run checks.
 */
function newlyInNeed(db: Tx, { runIds, since }: ReportSpan) {
  const newest = arrivals(db, runIds);
  const checked = db
    .select({ id: people.id })
    .from(outcomes)
    .innerJoin(newest, eq(newest.outcomeId, outcomes.id))
    .innerJoin(people, eq(people.id, outcomes.personId))
    .where(and(inArray(outcomes.state, [...HUMAN_STATES]), inArray(people.state, [...HUMAN_STATES])));
  const disputed = db
    .select({ id: people.id })
    .from(people)
    .where(and(eq(people.state, 'held'), eq(people.reason, DISPUTED), gt(people.stateSince, since)));
  return checked.union(disputed);
}

/** People by the state that they reached; those who need somebody, by the one that they are in. */
export function countArrivals(db: Tx, span: ReportSpan): Partial<Record<PersonState, number>> {
  const newest = arrivals(db, span.runIds);
  const others = db
    .select({ state: outcomes.state, n: count() })
    .from(outcomes)
    .innerJoin(newest, eq(newest.outcomeId, outcomes.id))
    .where(notInArray(outcomes.state, [...HUMAN_STATES]))
    .groupBy(outcomes.state)
    .all();
  const inNeed = db
    .select({ state: people.state, n: count() })
    .from(people)
    .where(inArray(people.id, newlyInNeed(db, span)))
    .groupBy(people.state)
    .all();
  return Object.fromEntries([...others, ...inNeed].map(({ state, n }) => [state, n]));
}

/** The first `limit` people who newly need somebody; those who need more than an approval come first, those who need a seat last. */
export function newAttentionCases(db: Tx, span: ReportSpan, limit: number) {
  return db
    .select({
      id: people.id,
      displayName: people.displayName,
      userPrincipalName: people.userPrincipalName,
      reason: people.reason,
      message: people.message,
      said: people.said,
    })
    .from(people)
    .where(inArray(people.id, newlyInNeed(db, span)))
    .orderBy(desc(people.state), asc(people.reason), asc(people.id))
    .limit(limit)
    .all();
}

const problemSchema = z.object(SENTENCE);

/** The files these runs imported. */
export function filesOfRuns(db: Tx, runIds: readonly string[]) {
  return db
    .select({
      name: intakeFiles.name,
      status: intakeFiles.status,
      rows: intakeFiles.rows,
      accepted: intakeFiles.accepted,
      duplicates: intakeFiles.duplicates,
      rejected: intakeFiles.rejected,
      problem: intakeFiles.problem,
    })
    .from(intakeFiles)
    .where(inArray(intakeFiles.runId, [...runIds]))
    .orderBy(asc(intakeFiles.receivedAt))
    .all()
    .map((file) => ({ ...file, problem: problemSchema.safeParse(file.problem).data ?? null }));
}

/**
 * Why the run that ended last before this one ended; runs that only waited for Graph do not count. Null: it completed, or there
 * is none.
 */
export function previousEndReason(db: Tx, { id, requestedAt }: { id: string; requestedAt: number }): string | null {
  const previous = db
    .select({ reason: runs.reason })
    .from(runs)
    .where(
      and(
        ne(runs.id, id),
        lte(runs.requestedAt, requestedAt),
        eq(runs.dryRun, false),
        inArray(runs.status, ['completed', 'stopped', 'failed']),
        or(isNull(runs.reason), ne(runs.reason, 'waiting_for_graph')),
      ),
    )
    .orderBy(desc(runs.requestedAt))
    .limit(1)
    .get();
  return previous?.reason ?? null;
}
