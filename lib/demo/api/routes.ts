/** The Graph calls that the demo tenant supports: where each is, what it costs, which permission it needs. */
import { type Answer, denied, mailboxDenied } from './answers.ts';
import {
  assign,
  type GraphCall,
  getUser,
  listDeleted,
  listDomains,
  listHealth,
  listLicenceDetails,
  listOrganisation,
  listSkus,
  listUsers,
  mailboxPurpose,
  mailboxSettings,
  patchUser,
  reprocess,
  retryProvisioning,
  sendMail,
} from './calls.ts';

interface Route {
  method: 'GET' | 'POST' | 'PATCH';
  /** Path without version; group 1 or 2 is the user. */
  pattern: RegExp;
  /** One of these application permissions is enough (graph-permissions: least and higher). */
  permissions: readonly string[];
  /** Resource units without `$select` and `$top`; 0: Outlook, which has its own budgets. */
  units: number;
  isWrite?: true;
  isLicenceWrite?: true;
  /** Exchange Online has its own wording for a refusal. */
  isMailbox?: true;
  answer: (call: GraphCall) => Answer;
}

const DIRECTORY = ['Directory.Read.All', 'Directory.ReadWrite.All'];
const READ_USER = ['User.Read.All', 'User.ReadWrite.All', ...DIRECTORY];
const WRITE_USER = ['User.ReadWrite.All', 'Directory.ReadWrite.All'];
const READ_ORGANISATION = ['Organization.Read.All', 'Organization.ReadWrite.All', ...DIRECTORY];
const READ_MAILBOX = ['MailboxSettings.Read', 'MailboxSettings.ReadWrite'];

const user = (rest: string) => new RegExp(`^/users(?:/([^/']+)|\\('((?:[^']|'')+)'\\))${rest}$`, 'i');

/** Every call the demo tenant knows. */
export const ROUTES: readonly Route[] = [
  { method: 'GET', pattern: /^\/users$/i, permissions: READ_USER, units: 2, answer: listUsers },
  { method: 'GET', pattern: user(''), permissions: READ_USER, units: 1, answer: getUser },
  { method: 'PATCH', pattern: user(''), permissions: WRITE_USER, units: 1, isWrite: true, answer: patchUser },
  {
    method: 'POST',
    pattern: user('/(?:microsoft\\.graph\\.)?assignLicense'),
    permissions: ['LicenseAssignment.ReadWrite.All', ...WRITE_USER],
    units: 1,
    isWrite: true,
    isLicenceWrite: true,
    answer: assign,
  },
  {
    method: 'POST',
    pattern: user('/retryServiceProvisioning'),
    permissions: ['User.ManageIdentities.All', ...WRITE_USER],
    units: 1,
    isWrite: true,
    answer: retryProvisioning,
  },
  {
    method: 'POST',
    pattern: user('/reprocessLicenseAssignment'),
    permissions: ['LicenseAssignment.ReadWrite.All', ...WRITE_USER],
    units: 1,
    isWrite: true,
    answer: reprocess,
  },
  {
    method: 'GET',
    pattern: /^\/directory\/deletedItems\/(?:microsoft\.)?graph\.user$/i,
    permissions: READ_USER,
    units: 2,
    answer: listDeleted,
  },
  {
    method: 'GET',
    pattern: user('/licenseDetails'),
    permissions: ['LicenseAssignment.Read.All', ...READ_USER],
    units: 2,
    answer: listLicenceDetails,
  },
  {
    method: 'GET',
    pattern: user('/mailboxSettings'),
    permissions: READ_MAILBOX,
    units: 0,
    isMailbox: true,
    answer: mailboxSettings,
  },
  {
    method: 'GET',
    pattern: user('/mailboxSettings/userPurpose'),
    permissions: READ_MAILBOX,
    units: 0,
    isMailbox: true,
    answer: mailboxPurpose,
  },
  {
    method: 'POST',
    pattern: user('/sendMail'),
    permissions: ['Mail.Send'],
    units: 0,
    isMailbox: true,
    answer: sendMail,
  },
  {
    method: 'GET',
    pattern: /^\/subscribedSkus$/i,
    permissions: ['LicenseAssignment.Read.All', ...READ_ORGANISATION],
    units: 3,
    answer: listSkus,
  },
  {
    method: 'GET',
    pattern: /^\/organization$/i,
    permissions: ['User.Read.All', ...READ_ORGANISATION],
    units: 1,
    answer: listOrganisation,
  },
  {
    method: 'GET',
    pattern: /^\/admin\/serviceAnnouncement\/healthOverviews$/i,
    permissions: ['ServiceHealth.Read.All'],
    units: 1,
    answer: listHealth,
  },
  {
    method: 'GET',
    pattern: /^\/domains$/i,
    permissions: ['Domain.Read.All', 'Domain.ReadWrite.All', 'Directory.Read.All'],
    units: 1,
    answer: listDomains,
  },
];

/** The route for a call and the user in its path; null: Graph has no such resource here. */
export function findRoute(method: string, path: string): { route: Route; who: string } | null {
  for (const route of ROUTES) {
    const match = route.method === method ? route.pattern.exec(path) : null;
    if (!match) continue;
    const [, segment, literal] = match;
    return { route, who: segment === undefined ? decode(literal ?? '').replaceAll("''", "'") : decode(segment) };
  }
  return null;
}

/** Resource units of a call: `$select` and a small `$top` save one each; the minimum is one (graph-facts §1). */
export function unitsOf({ units }: Route, query: URLSearchParams): number {
  const top = query.get('$top');
  return Math.max(1, units - (query.has('$select') ? 1 : 0) - (top !== null && Number(top) < 20 ? 1 : 0));
}

/** The 403 for a call without permission. */
export function refusePermission(route: Route): Answer {
  return route.isMailbox ? mailboxDenied() : denied();
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
