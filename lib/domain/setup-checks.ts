/** What a test of the set-up looks at and how its findings are said, on the web and on the command line alike. Pure. */
import { z } from 'zod';

export const CHECK_STATUSES = ['ok', 'warning', 'failed', 'skipped'] as const;
export type CheckStatus = (typeof CHECK_STATUSES)[number];

export const SETUP_STEPS = ['connect', 'permissions', 'folder', 'licences', 'schedule', 'reports', 'dry-run'] as const;
export type SetupStep = (typeof SETUP_STEPS)[number];

/** Every check, in the order in which they are made, with the step of the guided set-up that it belongs to. */
const STEP_OF = {
  sign_in: 'connect',
  organisation: 'connect',
  credential: 'connect',
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
  licences: 'licences',
  mapping: 'licences',
  schedule: 'schedule',
  scheduler: 'schedule',
  safety_limit: 'schedule',
  database: 'schedule',
  disk: 'schedule',
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
});
export type CheckResult = z.infer<typeof checkResultSchema>;

export function stepOf(code: CheckCode): SetupStep {
  return STEP_OF[code];
}

/** In the order of the guided set-up, however they were found. */
export function inOrder(results: readonly CheckResult[]): CheckResult[] {
  return results.toSorted((a, b) => CHECK_CODES.indexOf(a.code) - CHECK_CODES.indexOf(b.code));
}

/** A finding of one check. */
export function finding(
  code: CheckCode,
  title: string,
  [status, message, fix = null]: readonly [CheckStatus, string, (string | null)?],
): CheckResult {
  return { code, status, title, message, fix };
}

/** The worst that was found; skipped counts for nothing. */
export function worstStatus(results: readonly Pick<CheckResult, 'status'>[]): 'ok' | 'warning' | 'failed' {
  if (results.some(({ status }) => status === 'failed')) return 'failed';
  return results.some(({ status }) => status === 'warning') ? 'warning' : 'ok';
}

/** Who the app is towards Graph: decides where a permission is granted. */
export type AppIdentity = { kind: 'app'; clientId: string } | { kind: 'managed' } | { kind: 'demo' };

/** How to grant a permission, step by step. */
export function consentText(permission: string, identity: AppIdentity): string {
  if (identity.kind === 'managed')
    return `A managed identity gets its permissions by PowerShell: New-MgServicePrincipalAppRoleAssignment for the identity, with the app role ${permission} of Microsoft Graph. Then test again.`;
  const app = identity.kind === 'app' ? ` with the application (client) ID ${identity.clientId}` : '';
  return `Microsoft Entra admin centre → App registrations → the app${app} → API permissions → Add a permission → Microsoft Graph → Application permissions → ${permission} → Add. Then choose “Grant admin consent” there, which an administrator with the right to consent must do, and test again.`;
}

/** One thing that cycles do in Graph, and the application permissions of which one is enough, the one to ask for first. */
export interface Need {
  code: CheckCode;
  title: string;
  anyOf: readonly [string, ...string[]];
  /** What does not work without it, as a clause. */
  without: string;
  /** How bad it is to do without it. */
  lack: 'failed' | 'warning';
}

const DIRECTORY = ['Directory.Read.All', 'Directory.ReadWrite.All'] as const;

export const NEEDS = {
  users: {
    code: 'look_up_people',
    title: 'Look people up',
    anyOf: ['User.Read.All', 'User.ReadWrite.All', ...DIRECTORY],
    without: 'nobody from a file can be found in Microsoft 365',
    lack: 'failed',
  },
  assign: {
    code: 'assign_licences',
    title: 'Assign licences',
    anyOf: ['LicenseAssignment.ReadWrite.All', 'User.ReadWrite.All', 'Directory.ReadWrite.All'],
    without: 'nobody can be licensed',
    lack: 'failed',
  },
  location: {
    code: 'set_location',
    title: 'Set the usage location',
    anyOf: ['User.ReadWrite.All', 'Directory.ReadWrite.All'],
    without: 'people whose account has no usage location yet cannot be licensed',
    lack: 'warning',
  },
  licences: {
    code: 'read_licences',
    title: 'Read licences and seats',
    anyOf: ['LicenseAssignment.Read.All', 'Organization.Read.All', 'Organization.ReadWrite.All', ...DIRECTORY],
    without: 'free seats cannot be counted, so nothing is assigned',
    lack: 'failed',
  },
  mailbox: {
    code: 'watch_mailboxes',
    title: 'See that a mailbox answers',
    anyOf: ['MailboxSettings.Read', 'MailboxSettings.ReadWrite'],
    without: 'it cannot be seen whether a mailbox is open',
    lack: 'failed',
  },
  mail: {
    code: 'send_mail',
    title: 'Send reports',
    anyOf: ['Mail.Send'],
    without: 'reports cannot be sent through Microsoft Graph',
    lack: 'failed',
  },
} as const satisfies Record<string, Need>;

/** How Graph took a call that needs the permission; null: no call can show it without writing. */
export type Shown = { kind: 'works' } | { kind: 'refused'; why: string } | null;

/**
 * Judges one permission: by the token's own list where it names one, and by what a call answered. Entra ID and Exchange may refuse
 * what the token promises, and then the refusal is right.
 */
export function judgePermission(
  need: Need,
  roles: readonly string[] | null,
  shown: Shown,
  identity: AppIdentity,
): CheckResult {
  const { code, title, anyOf, without, lack } = need;
  const [wanted] = anyOf;
  const granted = roles === null ? undefined : anyOf.find((permission) => roles.includes(permission));
  const consent = consentText(wanted, identity);
  if (roles !== null && granted === undefined)
    return finding(code, title, [lack, `${wanted} is missing: ${without}.`, consent]);
  if (shown?.kind === 'refused') {
    const message = granted
      ? `${granted} is granted, and yet Microsoft Graph refused: ${shown.why}`
      : `${wanted} is missing: Microsoft Graph refused (${shown.why}).`;
    const fix = granted
      ? 'A consent may take some minutes to count everywhere: wait, then test again. If it stays, look for an application access policy in Exchange Online that keeps this app out.'
      : consent;
    return finding(code, title, [lack, message, fix]);
  }
  if (granted) return finding(code, title, ['ok', `${granted} is granted.`]);
  if (shown?.kind === 'works') return finding(code, title, ['ok', 'Microsoft Graph answers this call.']);
  return finding(code, title, [
    'skipped',
    `The access token does not name its permissions, and only a write would show whether ${wanted} is there.`,
  ]);
}

const MARKS: Record<CheckStatus, string> = { ok: 'OK', warning: 'WARNING', failed: 'FAILED', skipped: 'SKIPPED' };

/** The findings as lines for a terminal. */
export function findingLines(results: readonly CheckResult[]): string[] {
  return results.flatMap(({ status, title, message, fix }) => [
    `${`${MARKS[status]}:`.padEnd(9)} ${title}. ${message}`,
    ...(fix ? [`          → ${fix}`] : []),
  ]);
}

/** `All checks passed (20).` or how many did not. */
export function summaryText(results: readonly CheckResult[]): string {
  const count = (wanted: CheckStatus) => results.filter(({ status }) => status === wanted).length;
  const [failed, warnings, made] = [count('failed'), count('warning'), results.length - count('skipped')];
  if (failed === 0 && warnings === 0) return `All checks passed (${made}).`;
  const parts = [
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(warnings > 0 ? [warnings === 1 ? '1 warning' : `${warnings} warnings`] : []),
  ];
  return `${made} checks: ${parts.join(', ')}.`;
}
