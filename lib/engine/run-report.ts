/** What a run leaves behind: the report mail, the log file and a checkpoint of the history. None can make a run fail. */
import { closeSync, fdatasyncSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';
import type { Db, Tx } from '#db/client.ts';
import { enqueueMail, recoverInterruptedMail } from '#db/store/mail/outbox.ts';
import {
  countArrivals,
  filesOfRuns,
  newAttentionCases,
  newestReports,
  previousEndReason,
  unreportedRuns,
  unreportedSince,
} from '#db/store/mail/report.ts';
import { countOutcomes, eachOutcome } from '#db/store/outcomes/outcomes-read.ts';
import { countCasesOfRun } from '#db/store/row-cases/row-cases-read.ts';
import { markLogWritten, type Run, readRun, runsWithoutLog } from '#db/store/runs/runs.ts';
import { readQuarantine } from '#db/store/system/engine-state.ts';
import { readSettings } from '#db/store/system/settings.ts';
import { composeCheckpoint, writeCheckpoint } from '#lib/audit/checkpoints.ts';
import { makeRunLogsPrivate } from '#lib/data-folder/private-files.ts';
import type { MailTransport } from '#lib/domain/mail.ts';
import type { RunReason } from '#lib/domain/reasons/reasons.ts';
import type { MailLanguage } from '#lib/domain/settings.ts';
import { graphTransport } from '#lib/graph/send-mail.ts';
import { statIfExists } from '#lib/intake/drop-folder/folder.ts';
import { PROCESSED } from '#lib/intake/drop-folder/move.ts';
import { firstRowsLeftOut, rowsLeftOut } from '#lib/intake/rows/case-names.ts';
import { log } from '#lib/log.ts';
import { composeReport, PEOPLE_SHOWN, ROWS_SHOWN } from '#lib/notify/report.ts';
import { attachableLog, inBlocks, runLogLines } from '#lib/notify/run-log.ts';
import { smtpTransport } from '#lib/notify/smtp.ts';
import type { Engine } from './create-engine.ts';
import { sendDueMail } from './outbox.ts';
import { FLOOD, reportIsDue } from './report-pace.ts';

/** Log files written at the end of one run at most; the rest follow with the next. */
const LOGS_AT_ONCE = 50;

/** Endings that resolve themselves, or that somebody asked for. */
const UNREPORTED_ENDINGS: readonly RunReason[] = [
  'waiting_for_graph',
  'cancelled',
  'stopped_by_signal',
  'lease_lost',
  'process_died',
];

/** Stores the report of a run that has news, where there are recipients. Call it in the transaction that ends the run. */
export function enqueueReport(tx: Tx, engine: Engine, runId: string, now: number): void {
  try {
    const settings = readSettings(tx, engine.env);
    const { reportSender, reportRecipients } = settings;
    if (reportRecipients.length === 0 || !reportIsDue(settings, newestReports(tx, FLOOD.reports, now), now)) return;
    const run = readRun(tx, runId);
    const report = run ? composeRunReport(tx, engine, run, settings.mailLanguage, now) : null;
    if (!report) return;
    if (reportSender === '') {
      log.warn({ runId }, 'the report is not mailed: Settings have recipients but no sender');
      return;
    }
    const people = Object.values(countOutcomes(tx, runId)).reduce((sum, n) => sum + n, 0);
    const attached = attachableLog(logOf(tx, runId), people + countCasesOfRun(tx, runId));
    enqueueMail(
      tx,
      {
        ...report,
        key: `run.${runId}`,
        runId,
        sender: reportSender,
        recipients: reportRecipients,
        attachment: attached === null ? null : { name: `${runId}.log`, text: attached },
      },
      now,
    );
  } catch (error) {
    log.error({ runId, err: error }, 'the report could not be written; the run is not affected');
  }
}

/** Null where there is none, or it cannot be signed: a report goes without. */
function checkpointNote(tx: Tx, dataDir: string, now: number): string | null {
  try {
    return composeCheckpoint(tx, dataDir, now)?.note ?? null;
  } catch (error) {
    log.error({ err: error }, 'the report goes without a checkpoint of the history');
    return null;
  }
}

/** Signs how far the history has come, where something was added to it. Never throws. */
export async function leaveCheckpoint({ db, env }: Engine, now: number): Promise<void> {
  try {
    await writeCheckpoint(db, env, now);
  } catch (error) {
    log.error({ err: error }, 'the checkpoint of the history could not be written; the next run writes one');
  }
}

function composeRunReport(tx: Tx, { publicUrl, env }: Engine, run: Run, language: MailLanguage, now: number) {
  const runIds = [...new Set([run.id, ...unreportedRuns(tx, now)])];
  const span = { runIds, since: unreportedSince(tx, now) };
  // A stop that was news when no report was due is told now.
  const stopped = endIsNews(tx, run) ? run : newestStop(tx, runIds);
  return composeReport({
    language,
    run: stopped ?? run,
    endIsNews: stopped !== null,
    arrivals: countArrivals(tx, span),
    needHuman: newAttentionCases(tx, span, PEOPLE_SHOWN),
    rows: firstRowsLeftOut(tx, runIds, ROWS_SHOWN),
    files: filesOfRuns(tx, runIds),
    publicUrl,
    checkpoint: checkpointNote(tx, env.dataDir, now),
  });
}

/** The newest of these runs whose end is news; null: none. */
function newestStop(tx: Tx, runIds: readonly string[]): Run | null {
  const runs = runIds.flatMap((id) => readRun(tx, id) ?? []).sort((a, b) => b.requestedAt - a.requestedAt);
  return runs.find((run) => endIsNews(tx, run)) ?? null;
}

/** A run stopped by Graph is reported once, not every quarter of an hour while Graph is unavailable. */
function endIsNews(tx: Tx, run: Run): boolean {
  const { reason } = run;
  const isQuiet = reason === null || UNREPORTED_ENDINGS.some((unreported) => unreported === reason);
  return !isQuiet && previousEndReason(tx, run) !== reason;
}

/** Logs of a database are written one after the other, whichever run asks. */
const logQueues = new WeakMap<Db, Promise<void>>();

/** Writes `Processed/<run id>.log` for every run without one. A failure is a warning, and retried after the next run. Never throws. */
export function writeRunLogs(engine: Engine, now: number): Promise<void> {
  const queue = (logQueues.get(engine.db) ?? Promise.resolve()).then(() => writeMissingLogs(engine, now));
  logQueues.set(engine.db, queue);
  return queue;
}

/** The folders whose logs of an earlier release this process has looked at. */
const lookedAt = new Set<string>();

async function writeMissingLogs({ db, env }: Engine, now: number): Promise<void> {
  try {
    const folder = path.join(readSettings(db, env).dropFolder, PROCESSED);
    if (!lookedAt.has(folder)) await makeRunLogsPrivate(folder);
    lookedAt.add(folder);
    for (const { id } of runsWithoutLog(db, LOGS_AT_ONCE)) {
      try {
        await writeRunLog(db, folder, id);
        markLogWritten(db, id, now);
      } catch (error) {
        log.warn({ runId: id, err: error }, 'the log of the run could not be written; it will be retried');
      }
    }
  } catch (error) {
    log.error({ err: error }, 'the logs of runs could not be written; they will be retried');
  }
}

/** Everybody whom the run checked, then what stayed out of its files. */
function* logOf(db: Tx, runId: string) {
  yield* eachOutcome(db, runId);
  yield* rowsLeftOut(db, runId);
}

/** Written under another name first, so that nobody reads half a log; a file planted under that name is not written to. */
async function writeRunLog(db: Db, folder: string, runId: string): Promise<void> {
  // Only the last folder: a share that is away must not be made anew.
  if (!statIfExists(folder)) mkdirSync(folder);
  if (!statIfExists(folder)?.isDirectory()) throw new Error(`${folder} is not a real folder`);
  const partial = path.join(folder, `${runId}.log.part`);
  rmSync(partial, { force: true });
  const descriptor = openSync(partial, 'wx', 0o600);
  try {
    for (const lines of inBlocks(runLogLines(logOf(db, runId)))) {
      writeSync(descriptor, lines);
      // A log can be very long: other work gets its turn in between.
      await breathe();
    }
    fdatasyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  renameSync(partial, path.join(folder, `${runId}.log`));
}

/** The databases whose interrupted mails this process has already recovered. */
const recovered = new WeakSet<Db>();

/** Sends the reports that are due. Never throws; what could not be sent is retried later. */
export async function sendReports(engine: Engine, signal: AbortSignal): Promise<void> {
  try {
    if (!recovered.has(engine.db)) {
      recoverInterruptedMail(engine.db);
      recovered.add(engine.db);
    }
    const transport = availableTransport(engine);
    if (transport) await sendDueMail({ db: engine.db, transport, now: Date.now, signal });
  } catch (error) {
    log.error({ err: error }, 'reports could not be sent; they will be retried');
  }
}

/** Null while Graph is known to be unavailable: a POST without an answer would have to count as sent. */
function availableTransport({ db, env, directory }: Engine): MailTransport | null {
  if (env.mail.transport === 'smtp' && env.mail.smtp) return smtpTransport(env.mail.smtp);
  const isGraphDown = ['graph_down', 'most_calls_failed'].includes(readQuarantine(db)?.reason ?? '');
  return isGraphDown ? null : graphTransport(directory.post);
}
