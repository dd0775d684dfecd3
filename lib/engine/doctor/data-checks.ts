/** Checks of the data folder: who may read it, whether there is a backup, and whether the history is whole. */
import path from 'node:path';
import type { Db } from '#db/client.ts';
import { readBackupState } from '#db/store/system/backups.ts';
import { readCheckpointState } from '#db/store/system/checkpoints.ts';
import { openRunLogs, openToOthers } from '#lib/data-folder/private-files.ts';
import type { Settings } from '#lib/domain/settings.ts';
import { type CheckResult, checkResult } from '#lib/domain/setup-checks.ts';
import type { Env } from '#lib/env.ts';
import { PROCESSED } from '#lib/intake/drop-folder/move.ts';
import { inThread } from '#lib/worker/thread.ts';

const HOUR_MS = 3_600_000;
/** A day, and what a late start may cost. */
const FRESH_HOURS = 36;

export async function privateFilesFinding(
  { dataDir, dropFolder }: Pick<Env, 'dataDir' | 'dropFolder'>,
  settings: Pick<Settings, 'dropFolder'>,
): Promise<CheckResult> {
  const title = 'Who may read the data';
  const logs = await openRunLogs(path.join(settings.dropFolder, PROCESSED));
  const open = [...openToOthers(dataDir, dropFolder), ...logs];
  const [first] = open;
  if (!first)
    return checkResult('private_files', title, [
      'ok',
      `Only the service’s account can read ${dataDir} and the logs of runs.`,
    ]);
  return checkResult('private_files', title, [
    'warning',
    `Others on this machine can read ${open.length === 1 ? first : `${first} and ${open.length - 1} more`}.`,
    'Give the files to the account that runs AutoProvision, with mode 600 (folders 700).',
  ]);
}

export function backupFinding(db: Db, { backupTime }: Settings, now: number): CheckResult {
  const title = 'Backups';
  const { lastGood, problem } = readBackupState(db);
  const last = lastGood ? `The last good one is ${lastGood.file}.` : 'There is no good one.';
  if (problem)
    return checkResult('backups', title, [
      'warning',
      `The last backup failed: ${problem.message} ${last}`,
      'It is tried again every hour. Free some space, or look at the server’s log.',
    ]);
  if (backupTime === '')
    return checkResult('backups', title, [
      'warning',
      `No backup is made. ${last}`,
      'Set a time in Settings, or run `npm run cli -- backup FILE` from a scheduler of your own.',
    ]);
  if (!lastGood)
    return checkResult('backups', title, ['skipped', 'None yet: the server makes the first one soon after it starts.']);
  if (now - lastGood.at > FRESH_HOURS * HOUR_MS)
    return checkResult('backups', title, ['warning', last, 'A running server makes one a day: see that it runs.']);
  return checkResult('backups', title, [
    'ok',
    `${last} It was restored into a scratch folder, with ${lastGood.people} people.`,
  ]);
}

/** Walks the whole history, outside the server's main thread: some 10 seconds for a million events. */
export async function historyFinding(db: Db, { dataDir, auditFolder }: Env): Promise<CheckResult> {
  const title = 'History';
  const { chain, problems } = await inThread(db, 'checkHistory', { dataDir, auditFolder });
  const [first] = problems;
  if (first && problems.every(({ eventId }) => eventId === null))
    return checkResult('history', title, [
      'warning',
      `The history is whole in itself, but not all checkpoints could be compared. ${first.message}`,
      'Connect AUDIT_FOLDER and let the service’s account read and create files there; the next run writes a checkpoint.',
    ]);
  if (first)
    return checkResult('history', title, [
      'failed',
      `The history is not whole. ${first.message}`,
      'Keep database and checkpoints as they are, and find out who could write to them; `npm run cli -- audit verify` says more.',
    ]);
  const { problem } = readCheckpointState(db);
  if (problem && auditFolder !== null)
    return checkResult('history', title, [
      'warning',
      `The history is whole, but no checkpoint could be written to AUDIT_FOLDER since ${new Date(problem.at).toISOString()}: ${problem.message}.`,
      'Connect the folder again and let the service’s account create files there; the next run writes one.',
    ]);
  return checkResult('history', title, [
    'ok',
    `All ${chain.events} events are as they were recorded${auditFolder === null ? '; no folder elsewhere keeps checkpoints of them' : ''}.`,
  ]);
}
