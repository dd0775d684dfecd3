/** Checks of the data folder: who may read it, and whether there is a backup. */
import type { Db } from '#db/client.ts';
import { readBackupState } from '#db/store/system/backups.ts';
import { openToOthers } from '#lib/data-folder/private-files.ts';
import type { Settings } from '#lib/domain/settings.ts';
import { type CheckResult, checkResult } from '#lib/domain/setup-checks.ts';
import type { Env } from '#lib/env.ts';

const HOUR_MS = 3_600_000;
/** A day, and what a late start may cost. */
const FRESH_HOURS = 36;

export function privateFilesFinding({ dataDir, dropFolder }: Pick<Env, 'dataDir' | 'dropFolder'>): CheckResult {
  const title = 'Who may read the data';
  const open = openToOthers(dataDir, dropFolder);
  const [first] = open;
  if (!first) return checkResult('private_files', title, ['ok', `Only the service’s account can read ${dataDir}.`]);
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
