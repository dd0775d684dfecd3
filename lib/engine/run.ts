/** What one run does: imports files, checks people, and turns every external fault into an ending with a reason. */
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Db } from '#db/client.ts';
import { chosenPeople } from '#db/store/people/people.ts';
import type { Run, RunEnd } from '#db/store/runs/runs.ts';
import {
  type Quarantine,
  readQuarantine,
  readSchedulerState,
  readSettings,
  writeQuarantine,
  writeSchedulerState,
} from '#db/store/system/settings.ts';
import { probeIntervalMs } from '#lib/domain/decision/waiting-times.ts';
import type { RunReason } from '#lib/domain/reasons.ts';
import { type CycleContext, LeaseLostError } from '#lib/engine/cycle/cycle-context.ts';
import { processPeople } from '#lib/engine/cycle/process-people.ts';
import { credentialWarning } from '#lib/graph/http/credential.ts';
import { DirectoryError } from '#lib/graph/http/errors.ts';
import type { Traffic } from '#lib/graph/http/transport.ts';
import { CHECKED_PEOPLE, type newcomersOfDraft } from '#lib/intake/draft/draft.ts';
import { claimDropFolder } from '#lib/intake/drop-folder/drop-folder.ts';
import { log } from '#lib/log.ts';
import { scannerAt } from '#lib/scan/scanner.ts';
import { inThread } from '#lib/worker/thread.ts';
import type { Engine } from './create-engine.ts';
import { whenUnlocked } from './when-unlocked.ts';

/** An operator cancelled the run. */
export class CancelledError extends Error {
  override name = 'CancelledError';
}

/** The conditions of a run: the signal that stops it, and the check that no other process has taken over. */
export interface Conditions extends Pick<CycleContext, 'signal' | 'assertLease'> {
  /** False where another process has taken over: asked before every write to Microsoft 365. */
  mayWrite: () => boolean;
}

type End = Pick<RunEnd, 'status' | 'reason' | 'message' | 'warnings'>;

/** Imports the drop folder, then checks people. Never throws; `traffic` counts the calls to Graph. */
export async function performRun(engine: Engine, run: Run, conditions: Conditions, traffic: Traffic): Promise<End> {
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
    const importNewFiles = async () => {
      const newWarnings = readsDropFolder ? await importDropFolder(engine, run, settings.dropFolder, signal) : [];
      warnings.push(...newWarnings.filter((warning) => !warnings.includes(warning)));
    };
    await whenUnlocked(db, signal);
    await importNewFiles();
    const quarantine = readQuarantine(db);
    const isScheduled = run.trigger === 'schedule' || run.trigger === 'watch';
    if (quarantine && isScheduled && Date.now() < quarantine.nextProbeAt)
      return ended('stopped', 'waiting_for_graph', `${quarantine.message} Graph will be called again soon.`);
    const draft = run.draftId === null ? null : await draftNewcomers(engine, run.draftId, signal);
    const requestContext = { urgent: isUrgent(db, run), traffic, mayWrite: conditions.mayWrite };
    const personLocks = run.dryRun ? null : engine.personLocks;
    const options = { run, settings, draft, requestContext, personLocks, importNewFiles };
    const result = await processPeople({ db, directory, ...options, ...conditions });
    await whenUnlocked(db, signal);
    if (quarantine && result.calledGraph) endQuarantine(db, run);
    if (signal.aborted) return ended('stopped', stopReason(signal), stopMessage(signal));
    return ended('completed', null, null);
  } catch (error) {
    if (error instanceof DirectoryError) {
      await whenUnlocked(db, signal);
      writeQuarantine(db, nextQuarantine(readQuarantine(db), error, Date.now()), Date.now());
      log.warn({ runId: run.id, number: run.number, reason: error.kind }, error.message);
      return ended('stopped', error.kind, error.message);
    }
    if (error instanceof LeaseLostError || signal.aborted)
      return ended('stopped', stopReason(signal), stopMessage(signal));
    log.error({ runId: run.id, err: error }, 'the run failed');
    return ended(
      'failed',
      'unexpected',
      `An unexpected error ended the run. The server log has details under id ${run.id}.`,
    );
  }
}

/** More people than this are a backlog of their own. */
const URGENT_PEOPLE = 300;

/** True where an operator waits for the answer: a dry run, or a check of a few people. */
function isUrgent(db: Db, run: Run): boolean {
  return run.dryRun || (run.selection !== null && chosenPeople(db, run.id).size <= URGENT_PEOPLE);
}

function stopReason(signal: AbortSignal): RunReason {
  if (signal.reason instanceof CancelledError) return 'cancelled';
  return signal.reason instanceof LeaseLostError ? 'lease_lost' : 'stopped_by_signal';
}

function stopMessage({ reason }: AbortSignal): string {
  const why = reason instanceof CancelledError ? reason.message : 'The run was stopped.';
  return `${why} Work in progress has been recorded, and the next run continues.`;
}

/** The first success ends it for everybody: where only some were checked, a cycle over the others is due at once. */
function endQuarantine(db: Db, run: Run): void {
  const now = Date.now();
  writeQuarantine(db, null, now);
  const isCycle = run.selection === null && run.trigger !== 'watch' && !run.dryRun;
  const state = readSchedulerState(db);
  if (!isCycle && state) writeSchedulerState(db, { ...state, servedUntil: 0 });
}

function nextQuarantine(before: Quarantine | null, error: DirectoryError, now: number): Quarantine {
  const failures = (before?.failures ?? 0) + 1;
  return {
    since: before?.since ?? now,
    failures,
    reason: error.kind,
    message: error.message,
    nextProbeAt: now + probeIntervalMs(failures),
  };
}

/** The first people of a draft, as many as a dry run checks at once. */
function draftNewcomers(
  { db, env }: Engine,
  draftId: string,
  signal: AbortSignal,
): Promise<ReturnType<typeof newcomersOfDraft>> {
  return inThread(db, 'newcomersOfDraft', { dataDir: env.dataDir, draftId, limit: CHECKED_PEOPLE }, { signal });
}

/** Returns the warnings: files that could not be read or moved, or an unreachable share. */
async function importDropFolder({ db, env }: Engine, run: Run, folder: string, signal: AbortSignal): Promise<string[]> {
  const settleMs = env.fileSettleMs;
  const scan = scannerAt(env.scanner);
  const isOurs = folder.startsWith(path.join(env.dataDir, path.sep));
  const place = { db, runTask: inThread, dataDir: env.dataDir, folder, isOurs, settleMs, runId: run.id, signal, scan };
  const claimNow = async (): Promise<{ warnings: string[]; ahead?: number }> => {
    const { problem, warnings, ahead } = await claimDropFolder({ ...place, now: Date.now() });
    return { warnings: [...(problem ? [problem] : []), ...warnings], ...(ahead === undefined ? {} : { ahead }) };
  };
  const first = await claimNow();
  if (first.ahead === undefined) return first.warnings;
  // By their own times these files would wait for ever: they are watched for as long as others have to be unchanged.
  await sleep(settleMs, undefined, { signal }).catch(() => {});
  return signal.aborted ? first.warnings : [...new Set([...first.warnings, ...(await claimNow()).warnings])];
}
