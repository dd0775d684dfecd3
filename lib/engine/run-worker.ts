/** Executes runs: one cycle at a time across all processes, operators' requests beside it, and the recorded end of each. */
import { randomUUID } from 'node:crypto';
import { hardlyWaiting } from '#db/client.ts';
import { countDryRunOutcomes } from '#db/store/outcomes/dry-run-outcomes.ts';
import { countOutcomes } from '#db/store/outcomes/outcomes-read.ts';
import { noteUnknown } from '#db/store/people/unknown.ts';
import { holdsLease, LEASE_RENEWAL_MS, releaseLease, renewLease, takeLease } from '#db/store/runs/lease.ts';
import {
  beginRun,
  cancelRequest,
  closeInterruptedRuns,
  endRun,
  nextConcurrentRun,
  type Run,
  type RunRequest,
  readRun,
  requestRun,
} from '#db/store/runs/runs.ts';
import { readSettings } from '#db/store/system/settings.ts';
import { waitingTimes } from '#lib/domain/decision/waiting-times.ts';
import type { RunReason } from '#lib/domain/reasons/reasons.ts';
import { LeaseLostError } from '#lib/engine/cycle/cycle-context.ts';
import { noTraffic } from '#lib/graph/http/transport.ts';
import { log } from '#lib/log.ts';
import type { Engine } from './create-engine.ts';
import { readDiagnoses } from './diagnosis.ts';
import { CancelledError, type Conditions, performRun } from './run.ts';
import { enqueueReport, leaveCheckpoint, writeRunLogs } from './run-report.ts';
import { whenUnlocked } from './when-unlocked.ts';

export type RunResult = { kind: 'busy' } | { kind: 'ended'; run: Run };

/** How often a run checks whether an operator has cancelled it. */
const CANCEL_POLL_MS = 500;

/**
 * Executes a queued run (its id), or a new one, to its end. `busy`: another process is in a cycle; a queued run stays queued, a
 * new one is not stored. A dry run writes nothing, so it needs no lease and runs beside a cycle. Throws only for a broken
 * database.
 */
export async function executeRun(engine: Engine, queued: string | RunRequest, signal: AbortSignal): Promise<RunResult> {
  const { db } = engine;
  const isDryRun = typeof queued === 'string' ? (readRun(db, queued)?.dryRun ?? false) : (queued.dryRun ?? false);
  if (isDryRun) return runQueued(engine, queued, { signal, assertLease: () => {}, mayWrite: () => true });
  const holder = randomUUID();
  await whenUnlocked(db, signal);
  if (!takeLease(db, holder, Date.now())) return { kind: 'busy' };
  const lost = new AbortController();
  const stopRenewing = every(LEASE_RENEWAL_MS, 'the lease could not be renewed', () => {
    const isOurs = hardlyWaiting(db, () => renewLease(db, holder, Date.now()));
    if (!isOurs) lost.abort(new LeaseLostError('the lease was taken over'));
  });
  try {
    closeInterruptedRuns(db, 'cycles', Date.now());
    const conditions: Conditions = {
      signal: AbortSignal.any([signal, lost.signal]),
      assertLease: () => {
        if (!renewLease(db, holder, Date.now())) throw new LeaseLostError('the lease was taken over');
      },
      mayWrite: () => {
        const holds = holdsLease(db, holder, Date.now());
        if (!holds) lost.abort(new LeaseLostError('the lease was taken over'));
        return holds;
      },
    };
    const concurrent = runConcurrentRequests(engine, conditions);
    try {
      return await runQueued(engine, queued, conditions);
    } finally {
      await concurrent.end();
    }
  } finally {
    stopRenewing();
    await whenUnlocked(db, signal);
    releaseLease(db, holder);
  }
}

/** Repeats `work` until the returned function is called; what it throws is logged, and the next tick tries again. */
function every(ms: number, problem: string, work: () => void): () => void {
  const timer = setInterval(() => {
    try {
      work();
    } catch (error) {
      log.warn({ err: error }, `${problem}; it will be retried`);
    }
  }, ms);
  return () => clearInterval(timer);
}

/** How often to check for operators' requests beside a working cycle. */
const OPERATOR_POLL_MS = 100;

/**
 * Executes operators' requests about certain people, and mailbox watches, while a cycle is running, so that nobody on the phone
 * waits for a backlog.
 */
function runConcurrentRequests(engine: Engine, conditions: Conditions): { end(): Promise<void> } {
  const inProgress = new Set<Promise<void>>();
  const stop = every(OPERATOR_POLL_MS, "operators' requests could not be read", () => {
    const next = nextConcurrentRun(engine.db);
    if (!next || conditions.signal.aborted) return;
    const work: Promise<void> = runQueued(engine, next.id, conditions)
      .then(
        () => undefined,
        (error: unknown) => log.error({ runId: next.id, err: error }, 'a concurrent run failed'),
      )
      .finally(() => inProgress.delete(work));
    inProgress.add(work);
  });
  return {
    async end() {
      stop();
      await Promise.all(inProgress);
    },
  };
}

/** Microsoft 365 could not be asked, or did not answer. */
const WITHOUT_ANSWERS: readonly string[] = [
  'sign_in_failed',
  'permission_missing',
  'graph_down',
  'waiting_for_graph',
  'most_calls_failed',
] satisfies RunReason[];

function isWithoutAnswers({ reason }: { reason: string | null }): boolean {
  return reason !== null && WITHOUT_ANSWERS.includes(reason);
}

/** From `queued` to the recorded end. */
async function runQueued(engine: Engine, queued: string | RunRequest, conditions: Conditions): Promise<RunResult> {
  const { db } = engine;
  await whenUnlocked(db, conditions.signal);
  // In one transaction: killed in between, a new run would stay queued with nobody to execute it.
  const { runId, run } = db.transaction((tx) => {
    const id = typeof queued === 'string' ? queued : requestRun(tx, queued, Date.now());
    return { runId: id, run: beginRun(tx, id, Date.now()) ? readRun(tx, id) : null };
  });
  if (!run) return { kind: 'busy' };
  const cancelled = new AbortController();
  const stopPolling = every(CANCEL_POLL_MS, 'the cancel request could not be read', () => {
    const by = cancelRequest(db, runId);
    if (by !== null) cancelled.abort(new CancelledError(by));
  });
  const traffic = noTraffic();
  try {
    const signal = AbortSignal.any([conditions.signal, cancelled.signal]);
    const end = await performRun(engine, run, { ...conditions, signal }, traffic);
    await whenUnlocked(db, conditions.signal);
    const now = Date.now();
    db.transaction((tx) => {
      const counts = run.dryRun ? countDryRunOutcomes(tx, run.id) : countOutcomes(tx, run.id);
      endRun(tx, run.id, { ...end, counts, traffic: { ...traffic } }, now);
      if (isWithoutAnswers(end) && !run.dryRun && run.selection === null)
        noteUnknown(tx, run.id, end.message ?? '', waitingTimes(readSettings(db, engine.env)).mailboxLimitMs, now);
      if (!run.dryRun) enqueueReport(tx, engine, run.id, now);
    });
    if (!run.dryRun) {
      await writeRunLogs(engine, now);
      await readDiagnoses(engine, false, signal);
    }
    await whenUnlocked(db, conditions.signal);
    await leaveCheckpoint(engine, now);
    return { kind: 'ended', run: readRun(db, runId) ?? run };
  } finally {
    stopPolling();
  }
}
