/** The checks of the set-up and how their results are worded, on the web and on the command line alike. Pure. */
import { z } from 'zod';

const CHECK_STATUSES = ['ok', 'warning', 'failed', 'skipped'] as const;
export type CheckStatus = (typeof CHECK_STATUSES)[number];

export const SETUP_STEPS = ['connect', 'permissions', 'folder', 'licences', 'schedule', 'reports', 'dry-run'] as const;
export type SetupStep = (typeof SETUP_STEPS)[number];

/** Every check in the order in which it is made, with the step of the guided set-up it belongs to. */
const STEP_OF = {
  sign_in: 'connect',
  organisation: 'connect',
  credential: 'connect',
  secrets: 'connect',
  web_sign_in: 'connect',
  look_up_people: 'permissions',
  assign_licences: 'permissions',
  set_location: 'permissions',
  read_licences: 'permissions',
  watch_mailboxes: 'permissions',
  send_mail: 'permissions',
  drop_folder: 'folder',
  read_folder: 'folder',
  write_folder: 'folder',
  processed_folder: 'folder',
  scanner: 'folder',
  licences: 'licences',
  mapping: 'licences',
  schedule: 'schedule',
  scheduler: 'schedule',
  safety_limit: 'schedule',
  database: 'schedule',
  disk: 'schedule',
  private_files: 'schedule',
  history: 'schedule',
  backups: 'schedule',
  log_forward: 'schedule',
  addresses: 'reports',
  mail_server: 'reports',
} as const satisfies Record<string, SetupStep>;

export type CheckCode = keyof typeof STEP_OF;
const CHECK_CODES = Object.keys(STEP_OF) as [CheckCode, ...CheckCode[]];

export const checkResultSchema = z.object({
  code: z.enum(CHECK_CODES),
  status: z.enum(CHECK_STATUSES),
  title: z.string(),
  /** One or two sentences: what was found. */
  message: z.string(),
  /** What to do about it; null where there is nothing to do. */
  fix: z.string().nullable(),
  /** What title, message and fix are made from, for other languages; missing in a result of an earlier release. */
  said: z.unknown().optional(),
});
export type CheckResult = z.infer<typeof checkResultSchema>;

export function stepOf(code: CheckCode): SetupStep {
  return STEP_OF[code];
}

/** Sorted in the order of the guided set-up. */
export function inSetupOrder(results: readonly CheckResult[]): CheckResult[] {
  return results.toSorted((a, b) => CHECK_CODES.indexOf(a.code) - CHECK_CODES.indexOf(b.code));
}

/** The worst status found; skipped checks do not count. */
export function worstStatus(results: readonly Pick<CheckResult, 'status'>[]): 'ok' | 'warning' | 'failed' {
  if (results.some(({ status }) => status === 'failed')) return 'failed';
  return results.some(({ status }) => status === 'warning') ? 'warning' : 'ok';
}

/** Something that cycles do in Graph, and the application permissions that allow it: any one is enough, the first is the one to ask for. */
export interface RequiredPermission {
  code: CheckCode;
  title: string;
  anyOf: readonly [string, ...string[]];
  /** What does not work without it, as a clause. */
  without: string;
  /** How serious it is to lack it. */
  severity: 'failed' | 'warning';
}

const DIRECTORY = ['Directory.Read.All', 'Directory.ReadWrite.All'] as const;

export const REQUIRED_PERMISSIONS = {
  users: {
    code: 'look_up_people',
    title: 'Look up people',
    anyOf: ['User.Read.All', 'User.ReadWrite.All', ...DIRECTORY],
    without: 'nobody from a file can be found in Microsoft 365',
    severity: 'failed',
  },
  assign: {
    code: 'assign_licences',
    title: 'Assign licences',
    anyOf: ['LicenseAssignment.ReadWrite.All', 'User.ReadWrite.All', 'Directory.ReadWrite.All'],
    without: 'nobody can be licensed',
    severity: 'failed',
  },
  location: {
    code: 'set_location',
    title: 'Set the usage location',
    anyOf: ['User.ReadWrite.All', 'Directory.ReadWrite.All'],
    without: 'people whose account has no usage location yet cannot be licensed',
    severity: 'warning',
  },
  licences: {
    code: 'read_licences',
    title: 'Read licences and seats',
    anyOf: ['LicenseAssignment.Read.All', 'Organization.Read.All', 'Organization.ReadWrite.All', ...DIRECTORY],
    without: 'free seats cannot be counted, so nothing is assigned',
    severity: 'failed',
  },
  mailbox: {
    code: 'watch_mailboxes',
    title: 'Check that a mailbox answers',
    anyOf: ['MailboxSettings.Read', 'MailboxSettings.ReadWrite'],
    without: 'it cannot be seen whether a mailbox is open',
    severity: 'failed',
  },
  mail: {
    code: 'send_mail',
    title: 'Send reports',
    anyOf: ['Mail.Send'],
    without: 'reports cannot be sent through Microsoft Graph',
    severity: 'failed',
  },
} as const satisfies Record<string, RequiredPermission>;

const STATUS_LABELS: Record<CheckStatus, string> = {
  ok: 'OK',
  warning: 'WARNING',
  failed: 'FAILED',
  skipped: 'SKIPPED',
};

/** The results as lines for a terminal. */
export function checkLines(results: readonly CheckResult[]): string[] {
  return results.flatMap(({ status, title, message, fix }) => [
    `${`${STATUS_LABELS[status]}:`.padEnd(9)} ${title}. ${message}`,
    ...(fix ? [`          → ${fix}`] : []),
  ]);
}

/** How many checks were made, and how many of them found something. */
export function countResults(
  results: readonly Pick<CheckResult, 'status'>[],
): Record<'failed' | 'warnings' | 'made', number> {
  const count = (wanted: CheckStatus) => results.filter(({ status }) => status === wanted).length;
  return { failed: count('failed'), warnings: count('warning'), made: results.length - count('skipped') };
}

/** `All checks passed (20).`, or how many failed. */
export function summaryText(results: readonly CheckResult[]): string {
  const { failed, warnings, made } = countResults(results);
  if (failed === 0 && warnings === 0) return `All checks passed (${made}).`;
  const parts = [
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(warnings > 0 ? [warnings === 1 ? '1 warning' : `${warnings} warnings`] : []),
  ];
  return `${made} checks: ${parts.join(', ')}.`;
}
