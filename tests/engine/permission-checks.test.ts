import { describe, expect, test } from 'vitest';
import { evaluatePermission, type Need, type PermissionEvidence } from '#lib/engine/doctor/permission-checks.ts';

const DEMO = { kind: 'demo' } as const;
const judge = (...[need, roles, shown]: [Need, string[] | null, PermissionEvidence]) =>
  evaluatePermission(need, roles, shown, DEMO);

const WORKS = { kind: 'works' } as const;
const REFUSED = { kind: 'refused', why: '403 Authorization_RequestDenied' } as const;

describe('a permission', () => {
  test.each([
    ['is granted in the token and works', 'users', ['User.Read.All'], WORKS, 'ok'],
    ['is covered by a stronger one', 'assign', ['User.ReadWrite.All'], null, 'ok'],
    ['is not in the token', 'assign', ['User.Read.All'], null, 'failed'],
    ['is not in the token, and only some people need it', 'location', ['User.Read.All'], null, 'warning'],
    ['is not in the token, though the call works still', 'mailbox', [], WORKS, 'failed'],
    ['is in the token, and yet Graph refuses', 'mailbox', ['MailboxSettings.Read'], REFUSED, 'failed'],
    ['shows by the call where the token says nothing', 'users', null, WORKS, 'ok'],
    ['shows by the refusal where the token says nothing', 'users', null, REFUSED, 'failed'],
    ['does not show at all', 'assign', null, null, 'skipped'],
  ] as const)('%s', (_what, need, roles, shown, status) => {
    expect(judge(need, roles === null ? null : [...roles], shown).status).toBe(status);
  });

  test('that is missing is named with what it costs and how to consent', () => {
    expect(judge('assign', [], null)).toMatchObject({
      message: 'LicenseAssignment.ReadWrite.All is missing: nobody can be licensed.',
      fix: expect.stringContaining('Grant admin consent'),
    });
    expect(judge('mailbox', null, REFUSED).message).toContain('MailboxSettings.Read is missing');
  });

  test('that Graph refuses though it is granted is no matter of consent alone', () => {
    expect(judge('mailbox', ['MailboxSettings.Read'], REFUSED).fix).toContain('application access policy');
  });
});

test('the way to consent names the app, or the way of managed identities', () => {
  const fix = (identity: Parameters<typeof evaluatePermission>[3]) =>
    evaluatePermission('mail', [], null, identity).fix;
  expect(fix({ kind: 'app', clientId: '1234' })).toContain('1234');
  expect(fix({ kind: 'managed' })).toContain('New-MgServicePrincipalAppRoleAssignment');
});
