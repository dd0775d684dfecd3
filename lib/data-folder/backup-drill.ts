/** A backup counts as good when it has been restored: into a scratch folder, with the program that would restore it. */
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { openDatabase } from '#db/client.ts';
import type { Identity } from '#db/store/system/identity.ts';
import { type Backup, BackupError, type BackupPlace, backUp } from './backup.ts';
import { restore } from './restore.ts';

const PREFIX = 'autoprovision-';
const SCRATCH = '.drill-';

export interface BackupRequest extends BackupPlace {
  identity: Identity;
  /** So many of the backups in the folder of `file` are kept. */
  kept: number;
}

/** The name of a daily backup. */
export function backupName(now: number): string {
  return `${PREFIX}${new Date(now).toISOString().slice(0, 19).replaceAll(':', '-')}.db`;
}

/** Makes a backup, tries it, and deletes the oldest. Throws `BackupError`; then none is deleted. */
export async function backUpAndTry({ identity, kept, ...place }: BackupRequest): Promise<Backup> {
  const folder = path.dirname(place.file);
  clearScratch(folder);
  const backup = await backUp(place);
  drill(backup, identity, place.now);
  const all = readdirSync(folder).filter((name) => name.startsWith(PREFIX) && name.endsWith('.db'));
  // What was made while the clock ran ahead is older than its name says.
  const isOlder = (name: string) => name > path.basename(place.file);
  const byAge = [...all.filter(isOlder).toSorted(), ...all.filter((name) => !isOlder(name)).toSorted()];
  for (const old of byAge.slice(0, -kept)) rmSync(path.join(folder, old));
  return backup;
}

/** A process that was killed leaves its scratch folder behind, as large as the data. */
function clearScratch(folder: string): void {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder))
    if (name.startsWith(SCRATCH)) rmSync(path.join(folder, name), { recursive: true, force: true });
}

function drill(backup: Backup, identity: Identity, now: number): void {
  const scratch = mkdtempSync(path.join(path.dirname(backup.file), SCRATCH));
  try {
    const databaseFile = path.join(scratch, 'autoprovision.db');
    restore({ dataDir: scratch, databaseFile, file: backup.file, identity, now });
    const db = openDatabase(databaseFile);
    try {
      const people = db.$client.prepare<[], number>('select count(*) from people').pluck().get();
      if (people !== backup.people)
        throw new BackupError(`${backup.file} holds ${backup.people} people, restored ${people}.`);
    } finally {
      db.$client.close();
    }
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
