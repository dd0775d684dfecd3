/** Runs in the database: queued, running, ended. */
import { and, asc, desc, eq, inArray, isNotNull, isNull, ne, or, type SQL, sql } from 'drizzle-orm';
import { type Db, oncePerConnection, type Tx } from '#db/client.ts';
import { type RunSelection, type RunStatus, type RunTrigger, runPeople, runs } from '#db/schema/runs.ts';
import { countOutcomes } from '#db/store/outcomes/outcomes-read.ts';
import type { RunReason } from '#lib/domain/reasons/reasons.ts';
import { type Sentence, sentence } from '#lib/domain/sentences/sentence.ts';
import type { PersonState } from '#lib/domain/states.ts';
import { newId } from '#lib/ids.ts';
import { endDeadLease } from './lease.ts';
import { OPEN } from './runs-read.ts';

export type Run = typeof runs.$inferSelect;

export interface RunRequest {
  trigger: RunTrigger;
  requestedBy: string;
  dryRun?: boolean;
  checkAll?: boolean;
  /** Only these people, fixed now; `mappingId` null: the mapping in force decides. */
  selection?: {
    kind: RunSelection;
    people: readonly { id: number; mappingId: number | null }[];
    ofRunId?: string | null;
    ofFileId?: string | null;
  };
  /** A dry run over this draft instead of the people who are due. */
  draftId?: string;
}

/**
 * Inserts a `queued` run and returns its id. The scheduler picks it up within a second. Call it in a transaction where it has a
 * selection.
 */
export function requestRun(tx: Tx, request: RunRequest, now: number): string {
  const id = newId(now);
  tx.insert(runs)
    .values({
      id,
      trigger: request.trigger,
      status: 'queued',
      requestedBy: request.requestedBy,
      requestedAt: now,
      dryRun: request.dryRun ?? false,
      checkAll: request.checkAll ?? false,
      selection: request.selection?.kind ?? null,
      rerunOfRunId: request.selection?.ofRunId ?? null,
      rerunOfFileId: request.selection?.ofFileId ?? null,
      draftId: request.draftId ?? null,
    })
    .run();
  for (const { id: personId, mappingId } of request.selection?.people ?? [])
    tx.insert(runPeople).values({ runId: id, personId, mappingId }).run();
  return id;
}

/** Drizzle binds the value of a placeholder as it is, and SQLite takes no booleans. */
const flag = Number as (isSet: boolean) => 0 | 1;

/** What a server without work asks several times a second. */
const reads = oncePerConnection((_, tx) => {
  const one = { id: runs.id };
  const isOfQueue = eq(runs.dryRun, sql.placeholder('dryRun'));
  const isRequest = or(isNotNull(runs.selection), eq(runs.trigger, 'watch'));
  const next = (which: SQL | undefined) =>
    tx
      .select()
      .from(runs)
      .where(and(OPEN, eq(runs.status, 'queued'), which))
      .orderBy(desc(isNotNull(runs.selection)), asc(runs.requestedAt))
      .limit(1)
      .prepare();
  return {
    nextOfQueue: next(isOfQueue),
    nextRequest: next(and(eq(runs.dryRun, false), isRequest)),
    queued: tx
      .select(one)
      .from(runs)
      .where(and(OPEN, eq(runs.status, 'queued'), isOfQueue))
      .prepare(),
    running: tx
      .select(one)
      .from(runs)
      .where(and(OPEN, eq(runs.status, 'running'), isOfQueue))
      .prepare(),
    byId: tx
      .select()
      .from(runs)
      .where(eq(runs.id, sql.placeholder('id')))
      .prepare(),
    queuedTriggers: tx
      .select({ trigger: runs.trigger })
      .from(runs)
      .where(and(OPEN, eq(runs.status, 'queued'), eq(runs.dryRun, false), isNull(runs.selection)))
      .prepare(),
    withoutLog: tx
      .select()
      .from(runs)
      .where(
        and(
          isNull(runs.logWrittenAt),
          inArray(runs.status, ['completed', 'stopped', 'failed', 'interrupted']),
          eq(runs.dryRun, false),
          or(
            sql`${runs.counts} <> '{}'`,
            sql`exists (select 1 from intake_files f join row_cases c on c.file_id = f.id where f.run_id = ${runs.id}
              and c.status in ('open', 'corrected', 'closed'))`,
          ),
        ),
      )
      .orderBy(asc(runs.requestedAt))
      .limit(sql.placeholder('limit'))
      .prepare(),
    cancelled: tx
      .select({ by: runs.cancelRequestedBy })
      .from(runs)
      .where(and(eq(runs.id, sql.placeholder('id')), isNotNull(runs.cancelRequestedAt)))
      .prepare(),
  };
});

/** The next run to execute: operators' requests about certain people come before the schedule. Dry runs have their own queue. */
export function nextQueuedRun(db: Tx, queue: 'cycles' | 'dry runs'): Run | null {
  const { queued, nextOfQueue } = reads(db);
  const dryRun = flag(queue === 'dry runs');
  // Most of the time there is none: to have nothing put in order costs ten times as much as to see that.
  return queued.get({ dryRun }) ? (nextOfQueue.get({ dryRun }) ?? null) : null;
}

/** The next run to execute beside a running cycle: operators' requests about certain people, and mailbox watches. */
export function nextConcurrentRun(db: Tx): Run | null {
  return reads(db).nextRequest.get() ?? null;
}

/** A queued cycle over everybody who is due: a second one would find nobody. A watch is none: it reads no files and asks only about mailboxes. */
export function queuedCycle(db: Tx): Run | null {
  return (
    db
      .select()
      .from(runs)
      .where(
        and(OPEN, eq(runs.status, 'queued'), eq(runs.dryRun, false), isNull(runs.selection), ne(runs.trigger, 'watch')),
      )
      .limit(1)
      .get() ?? null
  );
}

/** The triggers of the queued cycles. */
export function queuedTriggers(db: Tx): RunTrigger[] {
  return reads(db)
    .queuedTriggers.all()
    .map(({ trigger }) => trigger);
}

/** True while a cycle over everybody who is due is running. */
export function cycleIsRunning(db: Tx): boolean {
  return isRunning(db, ne(runs.trigger, 'watch'));
}

/** True while mailboxes that are due are being asked about. */
export function watchIsRunning(db: Tx): boolean {
  return isRunning(db, eq(runs.trigger, 'watch'));
}

function isRunning(db: Tx, such: SQL): boolean {
  const isSuch = and(OPEN, eq(runs.status, 'running'), eq(runs.dryRun, false), isNull(runs.selection), such);
  return db.select({ id: runs.id }).from(runs).where(isSuch).get() !== undefined;
}

/** Who cancelled a run; null: nobody. */
export function cancelRequest(db: Tx, id: string): string | null {
  const row = reads(db).cancelled.get({ id });
  return row ? (row.by ?? 'An operator') : null;
}

export function readRun(db: Tx, id: string): Run | null {
  return reads(db).byId.get({ id }) ?? null;
}

/** queued → running, by compare-and-set; false where another process was faster. */
export function beginRun(db: Tx, id: string, now: number): boolean {
  const result = db
    .update(runs)
    .set({ status: 'running', startedAt: now })
    .where(and(eq(runs.id, id), eq(runs.status, 'queued')))
    .run();
  return result.changes === 1;
}

export function setPeopleDue(db: Tx, id: string, peopleDue: number): void {
  db.update(runs).set({ peopleDue }).where(eq(runs.id, id)).run();
}

export function addPeopleDue(db: Tx, id: string, more: number): void {
  db.update(runs)
    .set({ peopleDue: sql`${runs.peopleDue} + ${more}` })
    .where(eq(runs.id, id))
    .run();
}

export function addPeopleDone(tx: Tx, id: string, done: number): void {
  tx.update(runs)
    .set({ peopleDone: sql`${runs.peopleDone} + ${done}` })
    .where(eq(runs.id, id))
    .run();
}

export interface RunEnd {
  status: RunStatus;
  reason: RunReason | null;
  message: string | null;
  /** What the message is made from. */
  said?: Sentence['said'] | null;
  counts: Partial<Record<PersonState, number>>;
  traffic: Record<string, number>;
  warnings: readonly Sentence[];
}

/** running → ended. Does nothing where the run has already ended. */
export function endRun(tx: Tx, id: string, end: RunEnd, now: number): void {
  tx.update(runs)
    .set({ ...end, finishedAt: now })
    .where(and(eq(runs.id, id), eq(runs.status, 'running')))
    .run();
}

export function markLogWritten(db: Tx, id: string, now: number): void {
  db.update(runs).set({ logWrittenAt: now }).where(eq(runs.id, id)).run();
}

/**
 * Runs left `running` by a process that died become `interrupted`. Cycles: call it while holding the lease; dry runs: at the
 * start of the server.
 */
export function closeInterruptedRuns(db: Tx, queue: 'cycles' | 'dry runs', now: number): void {
  const open = reads(db).running.all({ dryRun: flag(queue === 'dry runs') });
  for (const { id } of open)
    endRun(
      db,
      id,
      {
        status: 'interrupted',
        reason: 'process_died',
        ...sentence('processEnded'),
        counts: countOutcomes(db, id),
        traffic: {},
        warnings: [],
      },
      now,
    );
}

/**
 * Closes the cycles of a dead process where nobody has the lease, so that no page goes on saying that they run. Call it where this
 * process is in no cycle: one of its own that has slept would be told that its lease was taken.
 */
export function closeAbandonedCycles(db: Db, now: number): void {
  if (!reads(db).running.get({ dryRun: flag(false) })) return;
  const closeUnlessHeld = (tx: Tx) => {
    if (endDeadLease(tx, now)) closeInterruptedRuns(tx, 'cycles', now);
  };
  db.transaction(closeUnlessHeld, { behavior: 'immediate' });
}

/** Runs that ended with outcomes but whose log file is not written yet. */
export function runsWithoutLog(db: Tx, limit: number): Run[] {
  return reads(db).withoutLog.all({ limit });
}
