/** Checks of what lies on this machine: the drop folder, the database, the disk. */
import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, renameSync, rmSync, statfsSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Db } from '#db/client.ts';
import { type CheckResult, finding } from '#lib/domain/setup-checks.ts';
import { PROCESSED } from '#lib/intake/move.ts';
import { inThread } from '#lib/worker/thread.ts';

const TITLES = {
  drop_folder: 'Drop folder',
  read_folder: 'Read the drop folder',
  write_folder: 'Write to the drop folder',
  processed_folder: 'Move files to Processed',
} as const;

const SYSTEM_LABELS: Record<string, string> = {
  ENOENT: 'there is no such folder (ENOENT)',
  ENOTDIR: 'there is a file in its place (ENOTDIR)',
  EEXIST: 'there is a file in its place (EEXIST)',
  EACCES: 'access is denied (EACCES)',
  EPERM: 'access is denied (EPERM)',
  EROFS: 'it can only be read (EROFS)',
  ENOSPC: 'the disk is full (ENOSPC)',
};

/** Null where it works; else what the system says. */
function attempt(work: () => void): string | null {
  try {
    work();
    return null;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    return SYSTEM_LABELS[code] ?? (error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error));
  }
}

/** Does in small what a cycle does: lists the folder, puts a file of its own there, moves it to `Processed` and deletes it. */
export function folderFindings(folder: string): CheckResult[] {
  const missing = attempt(() => {
    if (!statSync(folder).isDirectory()) throw new Error('it is not a folder');
  });
  const after = (why: string) =>
    (['read_folder', 'write_folder', 'processed_folder'] as const).map((code) =>
      finding(code, TITLES[code], ['skipped', why]),
    );
  if (missing !== null)
    return [
      finding('drop_folder', TITLES.drop_folder, [
        'failed',
        `The drop folder ${folder} cannot be used: ${missing}.`,
        'Create the folder or connect the share, give the account that runs AutoProvision the right to read and change it, or name another folder in Settings.',
      ]),
      ...after('Not tested: the folder is not there.'),
    ];
  return [finding('drop_folder', TITLES.drop_folder, ['ok', `${folder} is there.`]), ...accessFindings(folder)];
}

const RIGHTS = 'Give the account that runs AutoProvision the right to read, create, rename and delete there.';

function accessFindings(folder: string): CheckResult[] {
  // A name with a dot in front and without .csv: neither a cycle nor a file listing takes it for a file of people.
  const name = `.autoprovision-test-${randomUUID()}`;
  const [own, moved] = [path.join(folder, name), path.join(folder, PROCESSED, name)];
  let csvFiles = 0;
  const unread = attempt(() => {
    csvFiles = readdirSync(folder).filter((file) => /^[^.].*\.csv$/i.test(file)).length;
  });
  const unwritten = attempt(() => writeFileSync(own, '', { flag: 'wx' }));
  const unmoved = attempt(() => {
    mkdirSync(path.join(folder, PROCESSED), { recursive: true });
    if (unwritten === null) renameSync(own, moved);
    else writeFileSync(moved, '', { flag: 'wx' });
  });
  for (const file of [own, moved]) attempt(() => rmSync(file, { force: true }));
  const lie = csvFiles === 1 ? '1 CSV file lies there now.' : `${csvFiles} CSV files lie there now.`;
  const files = csvFiles === 0 ? 'No CSV file lies there now.' : lie;
  return [
    finding(
      'read_folder',
      TITLES.read_folder,
      unread === null ? ['ok', files] : ['failed', `${folder} cannot be read: ${unread}.`, RIGHTS],
    ),
    finding(
      'write_folder',
      TITLES.write_folder,
      unwritten === null
        ? ['ok', 'A file can be created and deleted there.']
        : ['failed', `${folder} cannot be written to: ${unwritten}.`, RIGHTS],
    ),
    finding(
      'processed_folder',
      TITLES.processed_folder,
      unmoved === null
        ? ['ok', `A file can be moved to ${path.join(folder, PROCESSED)}.`]
        : ['failed', `Nothing can be moved to ${path.join(folder, PROCESSED)}: ${unmoved}.`, RIGHTS],
    ),
  ];
}

const GIB = 1024 ** 3;
const DISK_WARNING_BYTES = GIB;
const DISK_FAILURE_BYTES = GIB / 10;

/** Free space where the database lies. */
export function diskFinding(dataDir: string): CheckResult {
  const title = 'Free disk space';
  let free = 0;
  const problem = attempt(() => {
    const { bavail, bsize } = statfsSync(dataDir);
    free = bavail * bsize;
  });
  if (problem !== null) return finding('disk', title, ['warning', `It cannot be seen: ${problem}.`]);
  const words = `${(free / GIB).toFixed(1)} GB are free at ${dataDir}.`;
  if (free >= DISK_WARNING_BYTES) return finding('disk', title, ['ok', words]);
  const status = free < DISK_FAILURE_BYTES ? 'failed' : 'warning';
  return finding('disk', title, [status, words, 'Make room, or move DATA_DIR to a larger disk, before it is full.']);
}

/** Asks SQLite whether the database file is sound, beside the server's own thread: it takes a second for 100,000 people. */
export async function databaseFinding(db: Db): Promise<CheckResult> {
  const title = 'Database';
  let graphMessage: string;
  try {
    graphMessage = await inThread(db, 'quickCheck', {});
  } catch (error) {
    graphMessage = error instanceof Error ? error.message : String(error);
  }
  if (graphMessage === 'ok') return finding('database', title, ['ok', 'SQLite finds it sound.']);
  return finding('database', title, [
    'failed',
    `SQLite finds it damaged: ${graphMessage}.`,
    'Stop the server, keep a copy of the file as it is, and restore the last backup.',
  ]);
}
