/** What runs say of themselves: why one ended early, what went wrong on its way, and what lies unread in the drop folder. English; German in `lib/words/de/run-sentences.ts`. Pure. */
import { REQUIRED_PERMISSIONS } from '#lib/domain/setup-checks.ts';

const quoted = (text: string) => JSON.stringify(text);

/** `why`: of the operating system, or of whoever refused. */
const FOLDER_SENTENCES = {
  folderUnreadable: ({ folder, why }: { folder: string; why: string }) =>
    `The drop folder ${folder} cannot be read: ${why}.`,
  folderUnusable: ({ name, why }: { name: string; why: string }) =>
    `The folder ${name} cannot be used, so files stay in the drop folder: ${why}.`,
  restNotLookedAt: ({ why }: { why: string }) => `The other files in the drop folder could not be checked: ${why}.`,
  fileNotImported: ({ name, why }: { name: string; why: string }) => `${name} could not be imported or moved: ${why}.`,
  copyMissing: ({ name, folder }: { name: string; folder: string }) =>
    `${name} was imported in part, and its copy is missing from ${folder}: drop the file again.`,
  restNotImported: ({ name, why }: { name: string; why: string }) =>
    `The rest of ${name} could not be imported: ${why}.`,
  moveNotCompleted: ({ name, why }: { name: string; why: string }) =>
    `The move of ${name} could not be completed: ${why}.`,
  notCompared: ({ name, why }: { name: string; why: string }) =>
    `${name} could not be compared with what was imported: ${why}.`,
  fileUnreadable: ({ name, why }: { name: string; why: string }) => `${name} cannot be read: ${why}.`,
  symbolicLink: ({ name }: { name: string }) =>
    `${name} is a symbolic link and was left alone: only regular files are read.`,
  notRegular: ({ name }: { name: string }) => `${name} is not a regular file and was left alone.`,
  nameUnreadable: ({ name }: { name: string }) =>
    `${name} no longer exists, or its name cannot be read here: rename it.`,
  hardLink: ({ name }: { name: string }) =>
    `${name} has a second name (a hard link) and was left alone: only files with one name are read.`,
  endlessFile: ({ name, gigabytes }: { name: string; gigabytes: number }) =>
    `${name} has ${gigabytes.toLocaleString('en')} GB and was left alone: no list of people is that long.`,
  openElsewhere: ({ name }: { name: string }) =>
    `${name} is open for writing in another program, so it is not read yet.`,
  scannerSilent: ({ why }: { why: string }) =>
    `The malware scanner does not answer, so files wait in the drop folder: ${why}.`,
  noVerdict: ({ name, why }: { name: string; why: string }) =>
    `${name} waits, because the malware scanner gave no verdict on it: ${why}.`,
  cutRow: ({ line, name }: { line: number; name: string }) =>
    `Line ${line} of ${name} was cut when it was imported, and now says something else: check the person it names.`,
  changedAfterMove: ({ name }: { name: string }) =>
    `${name} changed after it had been moved, so it is read again as a new file.`,
  removedWhileRead: ({ name }: { name: string }) => `${name} was removed while it was being read.`,
  changedWhileImported: ({ name }: { name: string }) =>
    `${name} changed or was replaced while it was being imported. It will be read again.`,
  nameTaken: ({ name, stored }: { name: string; stored: string }) => `${name} was not moved: ${stored} already exists.`,
  noRealFolder: ({ name, folder }: { name: string; folder: string }) =>
    `${name} was not moved: ${folder} is not a real folder.`,
  folderReplaced: ({ name, folder }: { name: string; folder: string }) =>
    `${name} was not moved: ${folder} was replaced.`,
  moreWarnings: ({ n, kept }: { n: number; kept: number }) =>
    `There ${n === 1 ? 'is 1 more warning' : `are ${n.toLocaleString('en')} more warnings`} about the drop folder; only the first ${kept} are kept.`,

  /** `files`: the first of them, each with what to do. */
  otherFiles: ({ files, more }: { files: readonly string[]; more: number }) =>
    `Only .csv and .xlsx files directly in the drop folder are read. For an hour or more these were left: ${files.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`,
  /** Parts of the one before. */
  otherFile: ({ name, advice }: { name: string; advice: string }) => `${quoted(name)} (${advice})`,
  saveAsWorkbookOrCsv: () => 'save it as .xlsx or CSV',
  unpackIt: () => 'unpack it',
  writeItAgain: () => 'perhaps its transfer broke off: write it again',
  renameToCsv: () => 'rename it to .csv if it holds people',
  moveFilesUp: () => 'a folder: move its files up',
  moveElsewhere: () => 'move it elsewhere',
};

const END_SENTENCES = {
  certificateExpired: ({ path }: { path: string }) =>
    `The certificate ${path} has expired: replace it here and in Entra ID.`,
  certificateExpires: ({ path, days }: { path: string; days: number }) =>
    `The certificate ${path} expires in ${days === 1 ? '1 day' : `${days} days`}: replace it here and in Entra ID.`,
  certificateUnreadable: ({ path }: { path: string }) => `The certificate ${path} cannot be read.`,

  graphAgainSoon: ({ why }: { why: string }) => `${why} Graph will be called again soon.`,
  runCancelled: ({ by }: { by: string }) =>
    `${by} cancelled the run. Work in progress has been recorded, and the next run continues.`,
  runStopped: () => 'The run was stopped. Work in progress has been recorded, and the next run continues.',
  processEnded: () => 'The process ended in the middle of the run. The next cycle continues where it stopped.',
  runFailed: ({ id }: { id: string }) =>
    `An unexpected error ended the run. The server log has details under id ${id}.`,

  signInFailed: ({ why }: { why: string }) => `Sign-in to Microsoft Graph failed: ${why}`,
  tokenRefused: () => 'Microsoft Graph refused the access token (401).',
  signInsThrottled: () => 'Microsoft Entra ID is throttling sign-ins (429), so there is no access token.',
  entraSilent: () => 'Microsoft Entra ID does not answer, so there is no access token.',
  graphSilent: ({ why }: { why: string }) => `Microsoft Graph is not responding: ${why}.`,
  graphThrottles: () => 'Microsoft Graph keeps throttling our requests (429).',
  /** `call`: what was asked for, as Graph names it; `minutes`: after which it is asked for again. */
  putOff: ({ call, why, minutes }: { call: string; why: string; minutes: number }) =>
    `${call} was left out, and everything else went on: ${why}. It is tried again, but not within ${minutes} minutes.`,
  graphAnswered: ({ status, permission }: { status: number; permission: string }) =>
    `Microsoft Graph answered ${status} for ${permission}.`,
  licencesUnreadable: () => 'Microsoft Graph returned unreadable licences.',
  noLicencesNamed: () => 'Microsoft Graph named no licence at all, although it had named some before.',
  permissionMissing: ({ permission, why }: { permission: string; why: string }) => `${permission} is missing: ${why}`,
  userPermissionMissing: ({ why }: { why: string }) => `User.ReadWrite.All (or User.Read.All) is missing: ${why}`,
  batchRefused: () => 'Graph refused the batch (403).',
  /** `n`: how many accounts were refused; `access`: to what. */
  accountsRefused: ({
    permission,
    n,
    access,
  }: {
    permission: string;
    n: number;
    access: keyof typeof REQUIRED_PERMISSIONS;
  }) =>
    `${permission} is missing: Microsoft 365 refused ${n === 1 ? 'an account' : `${n} accounts`} and allowed none (403), so ${REQUIRED_PERMISSIONS[access].without}.`,
  mostCallsFailed: ({ failed, all }: { failed: number; all: number }) =>
    `Most calls to Microsoft Graph failed (${failed} of ${all}), so the run was stopped.`,
};

export const RUNS = { ...FOLDER_SENTENCES, ...END_SENTENCES };
