/** Composition of the engine, for the server and the command line alike: database, Graph, mail, and the running of one run. */
import { randomUUID } from 'node:crypto';
import type { Db } from '#db/client.ts';
import { LEASE_RENEWAL_MS, releaseLease, renewLease, takeLease } from '#db/store/lease.ts';
import { seedMappings } from '#db/store/mappings.ts';
import type { LookResult } from '#db/store/people.ts';
import { recentWrites } from '#db/store/people.ts';
import {
  beginRun,
  closeInterruptedRuns,
  countOutcomes,
  endRun,
  type Run,
  type RunEnd,
  type RunRequest,
  readRun,
  requestRun,
} from '#db/store/runs.ts';
import { type Quarantine, readQuarantine, readSettings, writeQuarantine } from '#db/store/settings.ts';
import { createCredential, credentialWarning } from '#lib/directory/credential.ts';
import { createDirectory, type Directory, type DirectoryTiming } from '#lib/directory/directory.ts';
import { DirectoryError } from '#lib/directory/errors.ts';
import type { Env } from '#lib/env.ts';
import { claimDropFolder } from '#lib/intake/drop-folder.ts';
import { log } from '#lib/log.ts';
import { probeIntervalMs } from '#lib/provisioning/core/backoff.ts';
import type { RunReason } from '#lib/provisioning/core/reasons.ts';
import { LeaseLostError, lookAtPeople } from '#lib/provisioning/cycle.ts';
import { enqueueReport, writeRunLogs } from '#lib/run-report.ts';

/** How to reach Graph: the real one, or the demo tenant that the caller started. */
export interface GraphAccess {
  baseUrl: string;
  authorityHost: string | null;
  credential: NonNullable<Env['graph']['credential']>;
}

export interface Engine {
  db: Db;
  env: Env;
  directory: Directory;
  publicUrl: string;
}

export interface EngineOptions {
  db: Db;
  env: Env;
  graph: GraphAccess;
  publicUrl: string;
  timing?: Partial<DirectoryTiming>;
}

/** Puts an engine together; nothing is asked of Graph yet. */
export function createEngine({ db, env, graph, publicUrl, timing }: EngineOptions): Engine {
  const now = Date.now();
  seedMappings(db, now);
  const directory = createDirectory({
    baseUrl: graph.baseUrl,
    credential: createCredential(graph.credential, graph.authorityHost),
    writesPer150s: env.graph.writesPer150s,
    unitsPer10s: env.graph.unitsPer10s,
    recentWritesAt: recentWrites(db, now - (timing?.writeWindowMs ?? 150_000)),
    timing: { replicationMs: env.graph.replicationMs, ...timing },
  });
  return { db, env, directory, publicUrl };
}

export type RunOutcome = { kind: 'busy' } | { kind: 'ended'; run: Run; dryLooks: LookResult[] };

/**
 * Runs a queued run (its id), or a new one, to its end. `busy`: another process is in a cycle; a queued run stays queued, a new one
 * is not stored. Throws only for a broken database.
 */
export async function executeRun(
  engine: Engine,
  queued: string | RunRequest,
  signal: AbortSignal,
): Promise<RunOutcome> {
  const { db } = engine;
  const holder = randomUUID();
  if (!takeLease(db, holder, Date.now())) return { kind: 'busy' };
  const lost = new AbortController();
  const heartbeat = setInterval(() => {
    try {
      if (!renewLease(db, holder, Date.now())) lost.abort(new LeaseLostError('the lease was taken over'));
    } catch (error) {
      log.warn({ err: error }, 'the lease could not be renewed just now; it is tried again');
    }
  }, LEASE_RENEWAL_MS);
  try {
    closeInterruptedRuns(db, Date.now());
    const runId = typeof queued === 'string' ? queued : requestRun(db, queued, Date.now());
    if (!beginRun(db, runId, Date.now())) return { kind: 'busy' };
    const run = readRun(db, runId);
    if (!run) throw new Error(`run ${runId} is gone`);
    const assertLease = () => {
      if (!renewLease(db, holder, Date.now())) throw new LeaseLostError('the lease was taken over');
    };
    const before = { ...engine.directory.traffic };
    const { end, dryLooks } = await conduct(engine, run, AbortSignal.any([signal, lost.signal]), assertLease);
    const after = engine.directory.traffic;
    const traffic = Object.fromEntries(
      Object.entries(after).map(([name, value]) => [name, value - (before[name as keyof typeof after] ?? 0)]),
    );
    const now = Date.now();
    db.transaction((tx) => {
      endRun(
        tx,
        run.id,
        { ...end, counts: run.dryRun ? countLooks(dryLooks) : countOutcomes(tx, run.id), traffic },
        now,
      );
      if (!run.dryRun) enqueueReport(tx, engine, run.id, now);
    });
    writeRunLogs(engine, now);
    return { kind: 'ended', run: readRun(db, runId) ?? run, dryLooks };
  } finally {
    clearInterval(heartbeat);
    releaseLease(db, holder);
  }
}

function countLooks(looks: readonly LookResult[]): RunEnd['counts'] {
  const counts: RunEnd['counts'] = {};
  for (const { verdict } of looks) counts[verdict.state] = (counts[verdict.state] ?? 0) + 1;
  return counts;
}

type End = Pick<RunEnd, 'status' | 'reason' | 'message' | 'warnings'>;

/** Takes the drop folder in, then looks at people. Every fault outside becomes the end of the run, with a reason. */
async function conduct(
  engine: Engine,
  run: Run,
  signal: AbortSignal,
  assertLease: () => void,
): Promise<{ end: End; dryLooks: LookResult[] }> {
  const { db, env, directory } = engine;
  const settings = readSettings(db, env);
  const expiry = credentialWarning(env.graph.credential, Date.now());
  const warnings: string[] = expiry ? [expiry] : [];
  let dryLooks: LookResult[] = [];
  const ended = (status: RunEnd['status'], reason: RunReason | null, message: string | null) => ({
    end: { status, reason, message, warnings },
    dryLooks,
  });
  try {
    if (run.trigger !== 'watch' && !run.dryRun) warnings.push(...takeInFiles(engine, run));
    const quarantine = readQuarantine(db);
    const isByClock = run.trigger === 'schedule' || run.trigger === 'watch';
    if (quarantine && isByClock && Date.now() < quarantine.nextProbeAt)
      return ended('stopped', 'waiting_for_graph', `${quarantine.message} Graph is asked again soon.`);
    const result = await lookAtPeople({ db, run, directory, settings, signal, assertLease });
    dryLooks = result.dryLooks;
    if (quarantine && result.askedGraph) writeQuarantine(db, null, Date.now());
    if (signal.aborted) return ended('stopped', stopReason(signal), 'The run was stopped; the next one goes on.');
    return ended('completed', null, null);
  } catch (error) {
    if (error instanceof DirectoryError) {
      writeQuarantine(db, worsen(readQuarantine(db), error, Date.now()), Date.now());
      log.warn({ runId: run.id, reason: error.kind }, error.message);
      return ended('stopped', error.kind, error.message);
    }
    if (error instanceof LeaseLostError || signal.aborted)
      return ended('stopped', stopReason(signal), 'The run was stopped; the next one goes on.');
    log.error({ runId: run.id, err: error }, 'the run failed');
    return ended('failed', 'unexpected', `An unexpected error ended the run. Its id in the server log is ${run.id}.`);
  }
}

function stopReason(signal: AbortSignal): RunReason {
  return signal.reason instanceof LeaseLostError ? 'lease_lost' : 'stopped_by_signal';
}

function worsen(before: Quarantine | null, error: DirectoryError, now: number): Quarantine {
  const failures = (before?.failures ?? 0) + 1;
  return {
    since: before?.since ?? now,
    failures,
    reason: error.kind,
    message: error.message,
    nextProbeAt: now + probeIntervalMs(failures),
  };
}

/** Gives the warnings: files that could not be read or moved, a share that is away. */
function takeInFiles({ db, env }: Engine, run: Run): string[] {
  const result = claimDropFolder({
    db,
    folder: env.dropFolder,
    settleMs: env.fileSettleMs,
    now: Date.now(),
    runId: run.id,
  });
  return [...(result.problem ? [result.problem] : []), ...result.warnings];
}
