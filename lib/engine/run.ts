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
  writeQuarantine,
  writeSchedulerState,
} from '#db/store/system/engine-state.ts';
import { readSettings } from '#db/store/system/settings.ts';
import { probeIntervalMs } from '#lib/domain/decision/waiting-times.ts';
import type { RunReason } from '#lib/domain/reasons/reasons.ts';
import { partOf, type Sentence, sentence, within } from '#lib/domain/sentences/sentence.ts';
import { type CycleContext, LeaseLostError } from '#lib/engine/cycle/cycle-context.ts';
import { processPeople } from '#lib/engine/cycle/process-people.ts';
import { credentialWarning } from '#lib/graph/http/credential.ts';
import { DirectoryError } from '#lib/graph/http/errors.ts';
import type { Traffic } from '#lib/graph/http/transport.ts';
import type { PutOff } from '#lib/graph/request-context.ts';
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
  readonly by: string;

  constructor(by: string) {
    super(`${by} cancelled the run.`);
    this.by = by;
  }
}

/** The conditions of a run: the signal that stops it, and the check that no other process has taken over. */
export interface Conditions extends Pick<CycleContext, 'signal' | 'assertLease'> {
  /** False where another process has taken over: asked before every write to Microsoft 365. */
  mayWrite: () => boolean;
}

type End = Pick<RunEnd, 'status' | 'reason' | 'message' | 'said' | 'warnings'>;

/** Imports the drop folder, then checks people. Never throws; `traffic` counts the calls to Graph. */
export async function performRun(engine: Engine, run: Run, conditions: Conditions, traffic: Traffic): Promise<End> {
  const { signal } = conditions;
  const { db, env, directory } = engine;
  const settings = readSettings(db, env);
  const expiry = credentialWarning(env.graph.credential, Date.now());
  // By what they say, so that none is said twice.
  const ofFolder = new Map<string, Sentence>();
  const ofCalls = new Map<string, Sentence>();
  const ended = (status: RunEnd['status'], reason: RunReason | null, why: Sentence | null): End => ({
    status,
    reason,
    message: why?.message ?? null,
    said: why?.said ?? null,
    warnings: [...(expiry ? [expiry] : []), ...firstOf([...ofFolder.values()]), ...ofCalls.values()],
  });
  try {
    const readsDropFolder = run.trigger !== 'watch' && run.selection === null && !run.dryRun;
    const importNewFiles = async () => {
      if (!readsDropFolder) return;
      for (const warning of await importDropFolder(engine, run, settings.dropFolder, signal))
        ofFolder.set(warning.message, warning);
    };
    await whenUnlocked(db, signal);
    await importNewFiles();
    const quarantine = readQuarantine(db);
    const isScheduled = run.trigger === 'schedule' || run.trigger === 'watch';
    if (quarantine && isScheduled && Date.now() < quarantine.nextProbeAt)
      return ended(
        'stopped',
        'waiting_for_graph',
        within(sentence('graphAgainSoon', { why: partOf(quarantine) }), [quarantine]),
      );
    const draft = run.draftId === null ? null : await draftNewcomers(engine, run.draftId, signal);
    const onPutOff = (putOff: PutOff) => {
      const warning = sentence('putOff', putOff);
      if (ofCalls.has(warning.message)) return;
      ofCalls.set(warning.message, warning);
      log.warn({ runId: run.id, number: run.number }, warning.message);
    };
    const requestContext = { urgent: isUrgent(db, run), traffic, mayWrite: conditions.mayWrite, onPutOff };
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
      return ended('stopped', error.kind, error.sentence);
    }
    if (error instanceof LeaseLostError || signal.aborted)
      return ended('stopped', stopReason(signal), stopMessage(signal));
    log.error({ runId: run.id, err: error }, 'the run failed');
    return ended('failed', 'unexpected', sentence('runFailed', { id: run.id }));
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

function stopMessage({ reason }: AbortSignal): Sentence {
  return reason instanceof CancelledError ? sentence('runCancelled', { by: reason.by }) : sentence('runStopped');
}

/** So many are kept with a run: whoever can write to the share could have each run keep megabytes. */
const KEPT_WARNINGS = 100;

function firstOf(warnings: readonly Sentence[]): Sentence[] {
  const n = warnings.length - KEPT_WARNINGS;
  if (n <= 0) return [...warnings];
  return [...warnings.slice(0, KEPT_WARNINGS), sentence('moreWarnings', { n, kept: KEPT_WARNINGS })];
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
    ...error.sentence,
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
async function importDropFolder(
  { db, env }: Engine,
  run: Run,
  folder: string,
  signal: AbortSignal,
): Promise<Sentence[]> {
  const settleMs = env.fileSettleMs;
  const scan = scannerAt(env.scanner);
  const isOurs = folder.startsWith(path.join(env.dataDir, path.sep));
  const place = { db, runTask: inThread, dataDir: env.dataDir, folder, isOurs, settleMs, runId: run.id, signal, scan };
  const claimNow = async (): Promise<{ warnings: Sentence[]; ahead?: number }> => {
    const { problem, warnings, ahead } = await claimDropFolder({ ...place, now: Date.now() });
    return { warnings: [...(problem ? [problem] : []), ...warnings], ...(ahead === undefined ? {} : { ahead }) };
  };
  const first = await claimNow();
  if (first.ahead === undefined) return first.warnings;
  // By their own times these files would wait for ever: they are watched for as long as others have to be unchanged.
  await sleep(settleMs, undefined, { signal }).catch(() => {});
  if (signal.aborted) return first.warnings;
  return [...first.warnings, ...(await claimNow()).warnings];
}
