/** Checks of the data folder: who may read it, whether there is a backup, and whether the history is whole. */
import path from 'node:path';
import type { Db } from '#db/client.ts';
import { readBackupState } from '#db/store/system/backups.ts';
import { readCheckpointState } from '#db/store/system/checkpoints.ts';
import { openRunLogs, openToOthers } from '#lib/data-folder/private-files.ts';
import type { Settings } from '#lib/domain/settings.ts';
import type { CheckResult } from '#lib/domain/setup-checks.ts';
import type { Env } from '#lib/env.ts';
import { PROCESSED } from '#lib/intake/drop-folder/move.ts';
import type { Message } from '#lib/words/findings.ts';
import { inThread } from '#lib/worker/thread.ts';
import { finding } from './finding.ts';

const HOUR_MS = 3_600_000;
/** A day, and what a late start may cost. */
const FRESH_HOURS = 36;

export async function privateFilesFinding(
  { dataDir, dropFolder }: Pick<Env, 'dataDir' | 'dropFolder'>,
  settings: Pick<Settings, 'dropFolder'>,
): Promise<CheckResult> {
  const logs = await openRunLogs(path.join(settings.dropFolder, PROCESSED));
  const open = [...openToOthers(dataDir, dropFolder), ...logs];
  const [file] = open;
  if (!file) return finding('private_files', 'ok', [['onlyService', { folder: dataDir }]]);
  const told: Message = open.length === 1 ? ['othersRead', { file }] : ['othersReadMore', { file, n: open.length - 1 }];
  return finding('private_files', 'warning', [told], { fix: ['makePrivate'] });
}

export function backupFinding(db: Db, { backupTime }: Settings, now: number): CheckResult {
  const { lastGood, problem } = readBackupState(db);
  const last: Message = lastGood ? ['lastBackup', { file: lastGood.file }] : ['noGoodBackup'];
  if (problem)
    return finding('backups', 'warning', [['backupFailed', { problem: problem.message }], last], {
      fix: ['backupAgain'],
    });
  if (backupTime === '') return finding('backups', 'warning', [['noBackupTime'], last], { fix: ['setBackupTime'] });
  if (!lastGood) return finding('backups', 'skipped', [['firstBackupSoon']]);
  if (now - lastGood.at > FRESH_HOURS * HOUR_MS) return finding('backups', 'warning', [last], { fix: ['oneADay'] });
  return finding('backups', 'ok', [last, ['backupRestored', { n: lastGood.people }]]);
}

/** Walks the whole history, outside the server's main thread: some 10 seconds for a million events. */
export async function historyFinding(db: Db, { dataDir, auditFolder }: Env): Promise<CheckResult> {
  const { chain, problems } = await inThread(db, 'checkHistory', { dataDir, auditFolder });
  const [first] = problems;
  if (first && problems.every(({ eventId }) => eventId === null))
    return finding('history', 'warning', [['historyNotCompared', { problem: first.message }]], {
      fix: ['connectAuditFolder'],
    });
  if (first)
    return finding('history', 'failed', [['historyBroken', { problem: first.message }]], { fix: ['keepEvidence'] });
  const { problem } = readCheckpointState(db);
  if (problem && auditFolder !== null) {
    const since = new Date(problem.at).toISOString();
    return finding('history', 'warning', [['noCheckpoint', { since, problem: problem.message }]], {
      fix: ['connectAgain'],
    });
  }
  return finding('history', 'ok', [[auditFolder === null ? 'historyOnlyHere' : 'historyWhole', { n: chain.events }]]);
}
