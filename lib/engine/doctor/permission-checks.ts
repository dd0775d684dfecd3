/** Evaluates the permissions that the app has in Microsoft Graph. Pure. */
import { type CheckResult, REQUIRED_PERMISSIONS } from '#lib/domain/setup-checks.ts';
import type { Message } from '#lib/words/findings.ts';
import { finding } from './finding.ts';

/** The app's identity towards Graph: decides where a permission is granted. */
export type AppIdentity = { kind: 'app'; clientId: string } | { kind: 'managed' } | { kind: 'demo' };

/** How Graph answered a call that needs the permission; null: no call can show it without writing. */
export type PermissionEvidence = { kind: 'works' } | { kind: 'refused'; why: string } | null;

export type Need = keyof typeof REQUIRED_PERMISSIONS;

/** What does not work without it. */
const MISSING = {
  users: 'missingUsers',
  assign: 'missingAssign',
  location: 'missingLocation',
  licences: 'missingLicences',
  mailbox: 'missingMailbox',
  mail: 'missingMail',
} as const satisfies Record<Need, Message[0]>;

/** How to grant a permission, step by step. */
function consentTo(permission: string, identity: AppIdentity): Message {
  switch (identity.kind) {
    case 'managed':
      return ['consentManaged', { permission }];
    case 'app':
      return ['consentForApp', { permission, id: identity.clientId }];
    case 'demo':
      return ['consent', { permission }];
  }
}

/**
 * Evaluates one permission by the token's own list, where it has one, and by how Graph answered a call. Entra ID and Exchange
 * may refuse what the token grants; then the refusal counts.
 */
export function evaluatePermission(
  need: Need,
  roles: readonly string[] | null,
  evidence: PermissionEvidence,
  identity: AppIdentity,
): CheckResult {
  const { code, anyOf, severity } = REQUIRED_PERMISSIONS[need];
  const [wanted] = anyOf;
  const granted = roles === null ? undefined : anyOf.find((permission) => roles.includes(permission));
  const consent = consentTo(wanted, identity);
  if (roles !== null && granted === undefined)
    return finding(code, severity, [[MISSING[need], { permission: wanted }]], { fix: consent });
  if (evidence?.kind === 'refused') {
    const { why } = evidence;
    return granted
      ? finding(code, severity, [['grantedButRefused', { permission: granted, why }]], { fix: ['waitForConsent'] })
      : finding(code, severity, [['missingByRefusal', { permission: wanted, why }]], { fix: consent });
  }
  if (granted) return finding(code, 'ok', [['granted', { permission: granted }]]);
  if (evidence?.kind === 'works') return finding(code, 'ok', [['answersCall']]);
  return finding(code, 'skipped', [['onlyAWriteShows', { permission: wanted }]]);
}
