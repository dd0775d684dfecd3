/** Composition of the engine, for the server and the command line alike: database, Graph, mail, and the running of one run. */
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import type { Db } from '#db/client.ts';
import { countDryLooks } from '#db/store/dry-looks.ts';
import { LEASE_RENEWAL_MS, releaseLease, renewLease, takeLease } from '#db/store/lease.ts';
import { countLooks } from '#db/store/looks-read.ts';
import { seedMappings } from '#db/store/mappings.ts';
import { chosenPeople, recentWrites } from '#db/store/people.ts';
import {
  beginRun,
  cancelRequest,
  closeInterruptedRuns,
  endRun,
  nextBeside,
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
import { noTraffic, type Traffic } from '#lib/directory/transport.ts';
import type { Env } from '#lib/env.ts';
import { CHECKED_PEOPLE, type newcomersOfDraft } from '#lib/intake/draft.ts';
import { claimDropFolder } from '#lib/intake/drop-folder.ts';
import { inThread } from '#lib/intake/thread.ts';
import { log } from '#lib/log.ts';
import { probeIntervalMs } from '#lib/provisioning/core/backoff.ts';
import type { RunReason } from '#lib/provisioning/core/reasons.ts';
import { type CycleContext, LeaseLostError, lookAtPeople } from '#lib/provisioning/cycle.ts';
import { UnderWay } from '#lib/provisioning/under-way.ts';
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
  /** Whom the runs of this process are working on. */
  underWay: UnderWay;
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
  const signIn = () => createCredential(graph.credential, graph.authorityHost);
  const directory = createDirectory({
    baseUrl: graph.baseUrl,
    credential: signIn(),
    renewCredential: signIn,
    writesPer150s: env.graph.writesPer150s,
    unitsPer10s: env.graph.unitsPer10s,
    recentWritesAt: recentWrites(db, now - (timing?.writeWindowMs ?? 150_000)),
    timing: { replicationMs: env.graph.replicationMs, ...timing },
  });
  return { db, env, directory, publicUrl, underWay: new UnderWay() };
}

export type RunOutcome = { kind: 'busy' } | { kind: 'ended'; run: Run };

/** How often a working run looks whether an operator cancels it. */
const CANCEL_LOOK_MS = 500;

class CancelledError extends Error {
  override name = 'CancelledError';
}

/**
 * Runs a queued run (its id), or a new one, to its end. `busy`: another process is in a cycle; a queued run stays queued, a new one
 * is not stored. A dry run writes nothing, so it needs no lease and works beside a cycle. Throws only for a broken database.
 */
export async function executeRun(
  engine: Engine,
  queued: string | RunRequest,
  signal: AbortSignal,
): Promise<RunOutcome> {
  const { db } = engine;
  const isDryRun = typeof queued === 'string' ? (readRun(db, queued)?.dryRun ?? false) : (queued.dryRun ?? false);
  if (isDryRun) return carryOut(engine, queued, { signal, assertLease: () => {} });
  const holder = randomUUID();
  if (!takeLease(db, holder, Date.now())) return { kind: 'busy' };
  const lost = new AbortController();
  const stopBeating = every(LEASE_RENEWAL_MS, 'the lease could not be renewed', () => {
    if (!renewLease(db, holder, Date.now())) lost.abort(new LeaseLostError('the lease was taken over'));
  });
  try {
    closeInterruptedRuns(db, 'cycles', Date.now());
    const conditions: Conditions = {
      signal: AbortSignal.any([signal, lost.signal]),
      assertLease: () => {
        if (!renewLease(db, holder, Date.now())) throw new LeaseLostError('the lease was taken over');
      },
    };
    const beside = carryOutBeside(engine, conditions);
    try {
      return await carryOut(engine, queued, conditions);
    } finally {
      await beside.end();
    }
  } finally {
    stopBeating();
    releaseLease(db, holder);
  }
}

/** Does something again and again until the returned function is called; what it throws is logged and tried again. */
function every(ms: number, problem: string, work: () => void): () => void {
  const timer = setInterval(() => {
    try {
      work();
    } catch (error) {
      log.warn({ err: error }, `${problem} just now; it is tried again`);
    }
  }, ms);
  return () => clearInterval(timer);
}

type Conditions = Pick<CycleContext, 'signal' | 'assertLease'>;

/** How often it is seen whether an operator asks for something beside a working cycle. */
const BESIDE_LOOK_MS = 100;

/** Carries out at once what operators ask for about certain people, and watches mailboxes, while a cycle is at work: nobody who waits on the phone waits for a backlog. */
function carryOutBeside(engine: Engine, conditions: Conditions): { end(): Promise<void> } {
  const underWay = new Set<Promise<void>>();
  const stop = every(BESIDE_LOOK_MS, 'it could not be seen what operators ask for', () => {
    const next = nextBeside(engine.db);
    if (!next || conditions.signal.aborted) return;
    const work: Promise<void> = carryOut(engine, next.id, conditions)
      .then(
        () => undefined,
        (error: unknown) => log.error({ runId: next.id, err: error }, 'a run beside a cycle failed'),
      )
      .finally(() => underWay.delete(work));
    underWay.add(work);
  });
  return {
    async end() {
      stop();
      await Promise.all(underWay);
    },
  };
}

/** From `queued` to the recorded end. */
async function carryOut(engine: Engine, queued: string | RunRequest, conditions: Conditions): Promise<RunOutcome> {
  const { db } = engine;
  const runId = typeof queued === 'string' ? queued : db.transaction((tx) => requestRun(tx, queued, Date.now()));
  if (!beginRun(db, runId, Date.now())) return { kind: 'busy' };
  const run = readRun(db, runId);
  if (!run) throw new Error(`run ${runId} is gone`);
  const cancelled = new AbortController();
  const stopLooking = every(CANCEL_LOOK_MS, 'it could not be seen whether the run is cancelled', () => {
    const by = cancelRequest(db, runId);
    if (by !== null) cancelled.abort(new CancelledError(`${by} cancelled the run.`));
  });
  const traffic = noTraffic();
  try {
    const signal = AbortSignal.any([conditions.signal, cancelled.signal]);
    const end = await conduct(engine, run, { ...conditions, signal }, traffic);
    const now = Date.now();
    db.transaction((tx) => {
      const counts = run.dryRun ? countDryLooks(tx, run.id) : countLooks(tx, run.id);
      endRun(tx, run.id, { ...end, counts, traffic: { ...traffic } }, now);
      if (!run.dryRun) enqueueReport(tx, engine, run.id, now);
    });
    if (!run.dryRun) await writeRunLogs(engine, now);
    return { kind: 'ended', run: readRun(db, runId) ?? run };
  } finally {
    stopLooking();
  }
}

type End = Pick<RunEnd, 'status' | 'reason' | 'message' | 'warnings'>;

/** Takes the drop folder in, then looks at people. Every fault outside becomes the end of the run, with a reason. */
async function conduct(engine: Engine, run: Run, conditions: Conditions, traffic: Traffic): Promise<End> {
  const { signal } = conditions;
  const { db, env, directory } = engine;
  const settings = readSettings(db, env);
  const expiry = credentialWarning(env.graph.credential, Date.now());
  const warnings: string[] = expiry ? [expiry] : [];
  const ended = (status: RunEnd['status'], reason: RunReason | null, message: string | null): End => ({
    status,
    reason,
    message,
    warnings,
  });
  try {
    const readsDropFolder = run.trigger !== 'watch' && run.selection === null && !run.dryRun;
    const takeInMore = async () => {
      const said = readsDropFolder ? await takeInFiles(engine, run, settings.dropFolder, signal) : [];
      warnings.push(...said.filter((warning) => !warnings.includes(warning)));
    };
    await takeInMore();
    const quarantine = readQuarantine(db);
    const isByClock = run.trigger === 'schedule' || run.trigger === 'watch';
    if (quarantine && isByClock && Date.now() < quarantine.nextProbeAt)
      return ended('stopped', 'waiting_for_graph', `${quarantine.message} Graph is asked again soon.`);
    const draft = run.draftId === null ? null : await newcomersTo(engine, run.draftId);
    const errand = { urgent: isUrgent(db, run), traffic };
    const underWay = run.dryRun ? null : engine.underWay;
    const question = { run, settings, draft, errand, underWay, takeInMore };
    const result = await lookAtPeople({ db, directory, ...question, ...conditions });
    if (quarantine && result.askedGraph) writeQuarantine(db, null, Date.now());
    if (signal.aborted) return ended('stopped', stopReason(signal), stopMessage(signal));
    return ended('completed', null, null);
  } catch (error) {
    if (error instanceof DirectoryError) {
      writeQuarantine(db, worsen(readQuarantine(db), error, Date.now()), Date.now());
      log.warn({ runId: run.id, reason: error.kind }, error.message);
      return ended('stopped', error.kind, error.message);
    }
    if (error instanceof LeaseLostError || signal.aborted)
      return ended('stopped', stopReason(signal), stopMessage(signal));
    log.error({ runId: run.id, err: error }, 'the run failed');
    return ended('failed', 'unexpected', `An unexpected error ended the run. Its id in the server log is ${run.id}.`);
  }
}

/** More people than this are a backlog themselves. */
const URGENT_PEOPLE = 300;

/** True where an operator waits for the answer: a dry run, or a look at a few people. */
function isUrgent(db: Db, run: Run): boolean {
  return run.dryRun || (run.selection !== null && chosenPeople(db, run.id).size <= URGENT_PEOPLE);
}

function stopReason(signal: AbortSignal): RunReason {
  if (signal.reason instanceof CancelledError) return 'cancelled';
  return signal.reason instanceof LeaseLostError ? 'lease_lost' : 'stopped_by_signal';
}

function stopMessage({ reason }: AbortSignal): string {
  const why = reason instanceof CancelledError ? reason.message : 'The run was stopped.';
  return `${why} What was under way is recorded, and the next run goes on.`;
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

/** The first people of a draft: more than a dry run of a moment could look at are not asked for. */
function newcomersTo({ db, env }: Engine, draftId: string): Promise<ReturnType<typeof newcomersOfDraft>> {
  return inThread(db, 'newcomersOfDraft', { dataDir: env.dataDir, draftId, limit: CHECKED_PEOPLE });
}

/** Gives the warnings: files that could not be read or moved, a share that is away. */
async function takeInFiles({ db, env }: Engine, run: Run, folder: string, signal: AbortSignal): Promise<string[]> {
  const result = await claimDropFolder({
    db,
    dataDir: env.dataDir,
    folder,
    isOurs: folder.startsWith(path.join(env.dataDir, path.sep)),
    settleMs: env.fileSettleMs,
    now: Date.now(),
    runId: run.id,
    signal,
  });
  return [...(result.problem ? [result.problem] : []), ...result.warnings];
}
