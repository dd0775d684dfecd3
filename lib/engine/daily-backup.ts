/** Makes the daily backup when Settings say so, and keeps what became of it. */
import path from 'node:path';
import { BACKUPS } from '#db/snapshot.ts';
import { readBackupState, writeBackupState } from '#db/store/system/backups.ts';
import { readSettings } from '#db/store/system/settings.ts';
import { backupName } from '#lib/data-folder/backup-drill.ts';
import { identityFrom } from '#lib/data-folder/open-data.ts';
import { log } from '#lib/log.ts';
import { isDue } from '#lib/schedule/schedule.ts';
import { inThread } from '#lib/worker/thread.ts';
import type { Engine } from './create-engine.ts';
import { whenUnlocked } from './when-unlocked.ts';

/** After a failure, such as a full disk. */
const RETRY_MS = 3_600_000;

/** One backup where it is time for one; the first soon after the first start. Never throws for a disk that is full. */
export async function backUpDaily({ db, env }: Pick<Engine, 'db' | 'env'>, now: number): Promise<void> {
  const { backupTime, backupsKept, timeZone } = readSettings(db, env);
  const state = readBackupState(db);
  if (backupTime === '' || !isTime(backupTime, timeZone, state, now)) return;
  const { dataDir, databaseFile } = env;
  const file = path.join(dataDir, BACKUPS, backupName(now));
  try {
    const place = { dataDir, databaseFile, file, now };
    const { people } = await inThread(db, 'backUp', { ...place, identity: identityFrom(env), kept: backupsKept });
    await whenUnlocked(db);
    writeBackupState(db, { lastGood: { at: now, file: path.basename(file), people }, problem: null }, now);
  } catch (error) {
    const message = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    log.error({ err: error }, 'the daily backup failed; it will be tried again in an hour');
    await whenUnlocked(db);
    writeBackupState(db, { ...state, problem: { at: now, message } }, now);
  }
}

function isTime(
  backupTime: string,
  timeZone: string,
  { lastGood, problem }: ReturnType<typeof readBackupState>,
  now: number,
) {
  // What lies ahead was recorded before the clock was set back: nobody knows how long ago.
  if ((problem ?? lastGood ?? { at: 0 }).at > now) return true;
  if (problem) return now - problem.at >= RETRY_MS;
  const [hours, minutes] = backupTime.split(':').map(Number);
  return isDue(`${minutes} ${hours} * * *`, timeZone, lastGood?.at ?? 0, now);
}
