/** Checks of this machine: the drop folder, the database, the disk. */
import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, renameSync, rmSync, statfsSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Db } from '#db/client.ts';
import { otherFilesSentence } from '#lib/domain/other-files.ts';
import type { Sentence } from '#lib/domain/sentences/sentence.ts';
import type { CheckResult } from '#lib/domain/setup-checks.ts';
import { INTAKE_NAME } from '#lib/intake/drop-folder/drop-folder.ts';
import { PROCESSED } from '#lib/intake/drop-folder/move.ts';
import { findOtherFiles } from '#lib/intake/drop-folder/other-files.ts';
import type { Clause, Message } from '#lib/words/findings.ts';
import { inThread } from '#lib/worker/thread.ts';
import { finding } from './finding.ts';

const SYSTEM_ERRORS: Record<string, 'noSuchFolder' | 'fileInTheWay' | 'accessDenied' | 'readOnly' | 'diskFull'> = {
  ENOENT: 'noSuchFolder',
  ENOTDIR: 'fileInTheWay',
  EEXIST: 'fileInTheWay',
  EACCES: 'accessDenied',
  EPERM: 'accessDenied',
  EROFS: 'readOnly',
  ENOSPC: 'diskFull',
};

/** Null where it works; otherwise the system's error, in our words where we have some. */
function attempt(work: () => void): Clause | string | null {
  try {
    work();
    return null;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const known = SYSTEM_ERRORS[code];
    if (known) return [known, { code }];
    return error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
  }
}

/** A cycle in miniature: lists the folder, creates a file there, moves it to `Processed` and deletes it. */
export function folderFindings(folder: string): CheckResult[] {
  let isFolder = false;
  const problem = attempt(() => {
    isFolder = statSync(folder).isDirectory();
  });
  if (problem === null && isFolder)
    return [finding('drop_folder', 'ok', [['folderExists', { folder }]]), ...accessFindings(folder)];
  return [
    finding('drop_folder', 'failed', [['folderUnusable', { folder, why: problem ?? ['notAFolder'] }]], {
      fix: ['createFolder'],
    }),
    ...(['read_folder', 'write_folder', 'processed_folder'] as const).map((code) =>
      finding(code, 'skipped', [['folderMissing']]),
    ),
  ];
}

function accessFindings(folder: string): CheckResult[] {
  // A name with a leading dot and without .csv: neither a cycle nor a file listing takes it for an intake file.
  const name = `.autoprovision-test-${randomUUID()}`;
  const processed = path.join(folder, PROCESSED);
  const [created, moved] = [path.join(folder, name), path.join(processed, name)];
  let toRead = 0;
  let others: Sentence | null = null;
  const readError = attempt(() => {
    const names = readdirSync(folder);
    const now = Date.now();
    toRead = names.filter((file) => INTAKE_NAME.test(file)).length;
    others = otherFilesSentence(findOtherFiles(folder, names, [], now), now);
  });
  const writeError = attempt(() => writeFileSync(created, '', { flag: 'wx' }));
  const moveError = attempt(() => {
    mkdirSync(processed, { recursive: true });
    if (writeError === null) renameSync(created, moved);
    else writeFileSync(moved, '', { flag: 'wx' });
  });
  for (const file of [created, moved]) attempt(() => rmSync(file, { force: true }));
  const fix: Message = ['giveRights'];
  return [
    readError === null
      ? contentFinding(toRead, others)
      : finding('read_folder', 'failed', [['folderUnread', { folder, why: readError }]], { fix }),
    writeError === null
      ? finding('write_folder', 'ok', [['fileCreated']])
      : finding('write_folder', 'failed', [['folderUnwritten', { folder, why: writeError }]], { fix }),
    moveError === null
      ? finding('processed_folder', 'ok', [['fileMoved', { folder: processed }]])
      : finding('processed_folder', 'failed', [['filesUnmoved', { folder: processed, why: moveError }]], { fix }),
  ];
}

function contentFinding(toRead: number, others: Sentence | null): CheckResult {
  const files: Message = ['filesToImport', { n: toRead }];
  return others === null
    ? finding('read_folder', 'ok', [files])
    : finding('read_folder', 'warning', [files, ['otherFiles', { text: others }]], { fix: ['moveOtherFiles'] });
}

const GIB = 1024 ** 3;
const DISK_WARNING_BYTES = GIB;
const DISK_FAILURE_BYTES = GIB / 10;

/** Free space on the disk of the database. */
export function diskFinding(dataDir: string): CheckResult {
  let free = 0;
  const why = attempt(() => {
    const { bavail, bsize } = statfsSync(dataDir);
    free = bavail * bsize;
  });
  if (why !== null) return finding('disk', 'warning', [['spaceUnknown', { why }]]);
  const told: Message = ['spaceFree', { gigabytes: Math.round((free / GIB) * 10) / 10, folder: dataDir }];
  if (free >= DISK_WARNING_BYTES) return finding('disk', 'ok', [told]);
  return finding('disk', free < DISK_FAILURE_BYTES ? 'failed' : 'warning', [told], { fix: ['freeSpace'] });
}

/** Asks SQLite whether the database file is intact, outside the server's main thread: it takes a second for 100,000 people. */
export async function databaseFinding(db: Db): Promise<CheckResult> {
  let why: string;
  try {
    why = await inThread(db, 'quickCheck', {});
  } catch (error) {
    why = error instanceof Error ? error.message : String(error);
  }
  return why === 'ok'
    ? finding('database', 'ok', [['databaseIntact']])
    : finding('database', 'failed', [['databaseDamaged', { why }]], { fix: ['restoreBackup'] });
}
