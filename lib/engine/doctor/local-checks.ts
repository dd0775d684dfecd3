/** Checks of this machine: the drop folder, the database, the disk. */
import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, renameSync, rmSync, statfsSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Db } from '#db/client.ts';
import { otherFilesText } from '#lib/domain/other-files.ts';
import { type CheckResult, checkResult } from '#lib/domain/setup-checks.ts';
import { INTAKE_NAME } from '#lib/intake/drop-folder/drop-folder.ts';
import { PROCESSED } from '#lib/intake/drop-folder/move.ts';
import { findOtherFiles } from '#lib/intake/drop-folder/other-files.ts';
import { inThread } from '#lib/worker/thread.ts';

const TITLES = {
  drop_folder: 'Drop folder',
  read_folder: 'Read the drop folder',
  write_folder: 'Write to the drop folder',
  processed_folder: 'Move files to Processed',
} as const;

const SYSTEM_LABELS: Record<string, string> = {
  ENOENT: 'there is no such folder (ENOENT)',
  ENOTDIR: 'there is a file with this name (ENOTDIR)',
  EEXIST: 'there is a file with this name (EEXIST)',
  EACCES: 'access is denied (EACCES)',
  EPERM: 'access is denied (EPERM)',
  EROFS: 'it is read-only (EROFS)',
  ENOSPC: 'the disk is full (ENOSPC)',
};

/** Null where it works; otherwise the system's error. */
function attempt(work: () => void): string | null {
  try {
    work();
    return null;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    return SYSTEM_LABELS[code] ?? (error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error));
  }
}

/** A cycle in miniature: lists the folder, creates a file there, moves it to `Processed` and deletes it. */
export function folderFindings(folder: string): CheckResult[] {
  const missing = attempt(() => {
    if (!statSync(folder).isDirectory()) throw new Error('it is not a folder');
  });
  const skipRest = (why: string) =>
    (['read_folder', 'write_folder', 'processed_folder'] as const).map((code) =>
      checkResult(code, TITLES[code], ['skipped', why]),
    );
  if (missing !== null)
    return [
      checkResult('drop_folder', TITLES.drop_folder, [
        'failed',
        `The drop folder ${folder} cannot be used: ${missing}.`,
        'Create the folder or connect the share, give the account that runs AutoProvision the right to read and change it, or choose another folder in Settings.',
      ]),
      ...skipRest('Not tested: the folder does not exist.'),
    ];
  return [checkResult('drop_folder', TITLES.drop_folder, ['ok', `${folder} exists.`]), ...accessFindings(folder)];
}

const RIGHTS = 'Give the account that runs AutoProvision the right to read, create, rename and delete there.';

function accessFindings(folder: string): CheckResult[] {
  // A name with a leading dot and without .csv: neither a cycle nor a file listing takes it for an intake file.
  const name = `.autoprovision-test-${randomUUID()}`;
  const [created, moved] = [path.join(folder, name), path.join(folder, PROCESSED, name)];
  let toRead = 0;
  let others: string | null = null;
  const readError = attempt(() => {
    const names = readdirSync(folder);
    const now = Date.now();
    toRead = names.filter((file) => INTAKE_NAME.test(file)).length;
    others = otherFilesText(findOtherFiles(folder, names, [], now), now);
  });
  const writeError = attempt(() => writeFileSync(created, '', { flag: 'wx' }));
  const moveError = attempt(() => {
    mkdirSync(path.join(folder, PROCESSED), { recursive: true });
    if (writeError === null) renameSync(created, moved);
    else writeFileSync(moved, '', { flag: 'wx' });
  });
  for (const file of [created, moved]) attempt(() => rmSync(file, { force: true }));
  const found =
    toRead === 1 ? 'There is 1 file to import in it now.' : `There are ${toRead} files to import in it now.`;
  const files = toRead === 0 ? 'There is no file to import in it now.' : found;
  return [
    checkResult(
      'read_folder',
      TITLES.read_folder,
      readError !== null
        ? ['failed', `${folder} cannot be read: ${readError}.`, RIGHTS]
        : others === null
          ? ['ok', files]
          : ['warning', `${files} ${others}`, 'Rename, convert or move them: nobody in them is known here.'],
    ),
    checkResult(
      'write_folder',
      TITLES.write_folder,
      writeError === null
        ? ['ok', 'A file can be created and deleted there.']
        : ['failed', `${folder} cannot be written to: ${writeError}.`, RIGHTS],
    ),
    checkResult(
      'processed_folder',
      TITLES.processed_folder,
      moveError === null
        ? ['ok', `A file can be moved to ${path.join(folder, PROCESSED)}.`]
        : ['failed', `Files cannot be moved to ${path.join(folder, PROCESSED)}: ${moveError}.`, RIGHTS],
    ),
  ];
}

const GIB = 1024 ** 3;
const DISK_WARNING_BYTES = GIB;
const DISK_FAILURE_BYTES = GIB / 10;

/** Free space on the disk of the database. */
export function diskFinding(dataDir: string): CheckResult {
  const title = 'Free disk space';
  let free = 0;
  const problem = attempt(() => {
    const { bavail, bsize } = statfsSync(dataDir);
    free = bavail * bsize;
  });
  if (problem !== null) return checkResult('disk', title, ['warning', `The free space could not be read: ${problem}.`]);
  const text = `${(free / GIB).toFixed(1)} GB free at ${dataDir}.`;
  if (free >= DISK_WARNING_BYTES) return checkResult('disk', title, ['ok', text]);
  const status = free < DISK_FAILURE_BYTES ? 'failed' : 'warning';
  return checkResult('disk', title, [
    status,
    text,
    'Free some space, or move DATA_DIR to a larger disk, before it is full.',
  ]);
}

/** Asks SQLite whether the database file is intact, outside the server's main thread: it takes a second for 100,000 people. */
export async function databaseFinding(db: Db): Promise<CheckResult> {
  const title = 'Database';
  let result: string;
  try {
    result = await inThread(db, 'quickCheck', {});
  } catch (error) {
    result = error instanceof Error ? error.message : String(error);
  }
  if (result === 'ok') return checkResult('database', title, ['ok', 'SQLite reports it intact.']);
  return checkResult('database', title, [
    'failed',
    `SQLite reports damage: ${result}.`,
    'Stop the server, keep a copy of the file as it is, and restore the last backup.',
  ]);
}
