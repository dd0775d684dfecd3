/** The background work of a server process: ticks once a minute, picks up queued runs within a second, sends mail, drains on SIGTERM. */
import cron from 'node-cron';
import { type Db, hardlyWaiting, sharedDatabase } from '#db/client.ts';
import type { RunTrigger } from '#db/schema/runs.ts';
import { mailboxIsDue } from '#db/store/people/people.ts';
import {
  closeAbandonedCycles,
  closeInterruptedRuns,
  cycleIsRunning,
  nextQueuedRun,
  queuedCycle,
  queuedTriggers,
  requestRun,
  watchIsRunning,
} from '#db/store/runs/runs.ts';
import { mendClock } from '#db/store/system/clock.ts';
import { readQuarantine, readSchedulerState, writeSchedulerState } from '#db/store/system/engine-state.ts';
import { readSettings } from '#db/store/system/settings.ts';
import { runRequestedChecks } from '#lib/engine/doctor/doctor.ts';
import { readEnv, readServerEnv } from '#lib/env.ts';
import { log } from '#lib/log.ts';
import { watchScanner } from '#lib/scan/scanner.ts';
import { isInMaintenance } from '#lib/schedule/maintenance.ts';
import { isDue } from '#lib/schedule/schedule.ts';
import { createEngine, type Engine } from './create-engine.ts';
import { backUpDaily } from './daily-backup.ts';
import { readDiagnoses } from './diagnosis.ts';
import { type OpenDemoTenant, openGraphAccess } from './graph-access.ts';
import { cleanUpDaily } from './retention.ts';
import { sendReports } from './run-report.ts';
import { executeRun } from './run-worker.ts';
import { indexNewcomers } from './search-index.ts';

/** How often to check for runs that an operator queued. */
const POLL_MS = 200;
/** How often to check for mailboxes that are due: those due in between share a run. */
const WATCH_MS = 5000;
/** A tick that is so late is not waited for. */
const LATE_TICK_MS = 65_000;
/** Pauses after work that failed as a whole. */
const FIRST_RETRY_MS = 5000;
const LONGEST_RETRY_MS = 30_000;

export interface Scheduler {
  /** Finishes what is in progress, records it and releases everything. */
  stop(): Promise<void>;
}

const shared = globalThis as typeof globalThis & { autoprovisionScheduler?: Promise<Scheduler> };

/** Starts the one scheduler of this process; a second call returns the same one. */
export function startScheduler(openDemoTenant: OpenDemoTenant): Promise<Scheduler> {
  shared.autoprovisionScheduler ??= start(openDemoTenant);
  return shared.autoprovisionScheduler;
}

async function start(openDemoTenant: OpenDemoTenant): Promise<Scheduler> {
  const env = readServerEnv();
  const db = sharedDatabase(env.databaseFile);
  const graph = await openGraphAccess(env, openDemoTenant);
  const engine = createEngine({ db, readEnv, graph, publicUrl: env.publicUrl });
  closeInterruptedRuns(db, 'dry runs', Date.now());
  const stopping = new AbortController();
  const worker = startWorker(engine, stopping.signal);
  const poll = setInterval(worker.wake, POLL_MS);
  const retention = oneAtATime('retention', stopping.signal, () => cleanUpDaily(engine, stopping.signal));
  const backup = oneAtATime('backup', stopping.signal, () => backUpDaily(engine, Date.now()));
  const search = oneAtATime('search index', stopping.signal, () => indexNewcomers(db, stopping.signal));
  const scanner = oneAtATime('malware scanner', stopping.signal, () => watchScanner(env.scanner));
  let tickedAt = 0;
  const everyMinute = () => {
    tickedAt = Date.now();
    tick(engine, worker.wake);
    retention.wake();
    backup.wake();
    search.wake();
    scanner.wake();
  };
  const ticker = cron.schedule('* * * * *', everyMinute, { timezone: 'UTC' });
  everyMinute();
  const watch = setInterval(() => {
    // The ticker waits for a time of day: a clock that was set back would keep it waiting until that comes again.
    if (Math.abs(Date.now() - tickedAt) > LATE_TICK_MS) everyMinute();
    else watchMailboxes(engine, worker.wake);
  }, WATCH_MS);
  return {
    async stop() {
      clearInterval(poll);
      clearInterval(watch);
      await ticker.stop();
      stopping.abort(new Error('the server is stopping'));
      await Promise.all([worker.idle(), retention.idle(), backup.idle(), search.idle(), scanner.idle()]);
      await graph.close();
      db.$client.close();
    },
  };
}

/** Queues a watch if a mailbox is due, between two ticks of the minute; never a second one. */
export function watchMailboxes(engine: Engine, wake: () => void, now = Date.now()): void {
  const { db, env } = engine;
  try {
    if (!mailboxIsDue(db, now) || readQuarantine(db) !== null) return;
    const { paused, maintenance, timeZone } = readSettings(db, env);
    if (paused || isInMaintenance(maintenance, timeZone, now) || !mayQueueWatch(db)) return;
    hardlyWaiting(db, () => requestRun(db, { trigger: 'watch', requestedBy: 'schedule' }, now));
  } catch (error) {
    log.error({ err: error }, 'mailboxes could not be watched; it will be retried in a moment');
  }
  wake();
}

/** A queued cycle checks mailboxes as well, but a long one at work must not keep them from being watched. One watch at a time. */
function mayQueueWatch(db: Db): boolean {
  const queued = queuedTriggers(db);
  return !queued.includes('watch') && !watchIsRunning(db) && (queued.length === 0 || cycleIsRunning(db));
}

/** One tick per minute: queues a cycle if the schedule is due, or a watch if only a mailbox is due; never a second of either. */
export function tick(engine: Engine, wake: () => void, now = Date.now()): void {
  const { db, env } = engine;
  try {
    const mend = () => db.transaction((tx) => mendClock(tx, now), { behavior: 'immediate' });
    const setBackMs = hardlyWaiting(db, mend);
    if (setBackMs > 0) log.warn({ setBackMs }, 'the clock was set back; next checks were moved with it');
    const settings = readSettings(db, env);
    // A new installation, or one whose clock was set back, is due at once.
    const servedUntil = Math.min(readSchedulerState(db)?.servedUntil ?? 0, now);
    const quarantine = readQuarantine(db);
    const scheduleIsDue = isDue(settings.schedule, settings.timeZone, servedUntil, now);
    const probeIsDue = quarantine !== null && quarantine.nextProbeAt <= now;
    const watchIsDue = quarantine === null && mailboxIsDue(db, now);
    // A time that falls into the maintenance window is caught up on after it.
    const inMaintenance = isInMaintenance(settings.maintenance, settings.timeZone, now);
    writeSchedulerState(db, { servedUntil: scheduleIsDue && !inMaintenance ? now : servedUntil, lastTickAt: now });
    if (inMaintenance || settings.paused) return;
    const queueRun = (trigger: RunTrigger) => requestRun(db, { trigger, requestedBy: 'schedule' }, now);
    if ((scheduleIsDue || probeIsDue) && !queuedCycle(db)) queueRun('schedule');
    else if (watchIsDue && mayQueueWatch(db)) queueRun('watch');
  } catch (error) {
    log.error({ err: error }, 'the tick of the scheduler failed; it will be retried in a minute');
  }
  wake();
}

/** Executes the queued runs one after the other. */
async function workOff(engine: Engine, queue: 'cycles' | 'dry runs', signal: AbortSignal): Promise<void> {
  for (let run = nextQueuedRun(engine.db, queue); run && !signal.aborted; run = nextQueuedRun(engine.db, queue)) {
    const outcome = await executeRun(engine, run.id, signal);
    // Another process is in a cycle: the run stays queued, the next poll tries again.
    if (outcome.kind === 'busy') break;
  }
}

/**
 * Processes queued runs one after the other. Dry runs and mail run beside them: neither an operator's request nor a slow mail
 * server holds up a cycle, or waits for one.
 */
function startWorker(engine: Engine, signal: AbortSignal) {
  const cycles = oneAtATime('cycles', signal, async () => {
    await workOff(engine, 'cycles', signal);
    // Whoever was killed while nothing may begin (paused, in maintenance) is not to stand as running until something does.
    hardlyWaiting(engine.db, () => closeAbandonedCycles(engine.db, Date.now()));
  });
  const dryRuns = oneAtATime('dry runs', signal, () => workOff(engine, 'dry runs', signal));
  const mail = oneAtATime('mail', signal, () => sendReports(engine, signal));
  const checks = oneAtATime('set-up tests', signal, () => runRequestedChecks(engine, signal));
  const causes = oneAtATime('diagnoses', signal, () => readDiagnoses(engine, true, signal));
  const queues = [cycles, dryRuns, mail, checks, causes];
  return {
    wake: () => {
      for (const { wake } of queues) wake();
    },
    idle: async () => void (await Promise.all(queues.map(({ idle }) => idle()))),
  };
}

/**
 * Starts `work` unless it is already running. What it throws is logged, and a wake tries again after a pause that doubles: each try
 * on a locked database holds up every page for as long as SQLite waits for the lock.
 */
export function oneAtATime(name: string, signal: AbortSignal, work: () => Promise<unknown>) {
  let busy: Promise<unknown> | null = null;
  let pauseMs = 0;
  let triesAgainAt = 0;
  return {
    wake: () => {
      if (busy || signal.aborted || performance.now() < triesAgainAt) return;
      busy = work()
        .then(() => {
          pauseMs = 0;
        })
        .catch((error: unknown) => {
          log.error({ err: error }, `${name} failed; it will be retried`);
          pauseMs = Math.min(Math.max(2 * pauseMs, FIRST_RETRY_MS), LONGEST_RETRY_MS);
          triesAgainAt = performance.now() + pauseMs;
        })
        .finally(() => {
          busy = null;
        });
    },
    idle: async () => void (await busy),
  };
}
