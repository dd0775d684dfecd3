import { expect, test } from 'vitest';
import { playbookOf, quoted } from '#lib/domain/reasons/playbook.ts';
import { REASON_CATALOGUE } from '#lib/domain/reasons/reason-catalogue.ts';

const UPN = 'ada.test@contoso.example';
const OUTSIDE = ['tenant_admin', 'directory_admin', 'exchange_admin'];
const everyReason = Object.entries(REASON_CATALOGUE);

test('what is mended in Microsoft 365 or in Active Directory has commands, the account, its mailbox and an article', () => {
  const mendedOutside = everyReason.filter(([, { fixedBy }]) => OUTSIDE.includes(fixedBy));
  expect(mendedOutside.length).toBeGreaterThan(20);
  for (const [reason] of mendedOutside) {
    const playbook = playbookOf(reason, UPN);
    expect(playbook?.script.split('\n').length, reason).toBeGreaterThan(1);
    expect(playbook?.pages, reason).toEqual(expect.arrayContaining(['account', 'mailbox']));
  }
});

test('every article is on Microsoft Learn, and every page and command is named once', () => {
  const playbooks = everyReason.flatMap(([reason]) => playbookOf(reason, UPN) ?? []);
  for (const { article, script, pages } of playbooks) {
    expect(article.href).toMatch(/^https:\/\/learn\.microsoft\.com\/[a-z0-9/-]+$/);
    for (const list of [pages, script.split('\n')]) expect(new Set(list).size).toBe(list.length);
    expect(script.startsWith(`$upn = '${UPN}'\n`)).toBe(true);
  }
});

test.each(['provisioned', 'queued', 'rejected', 'a_reason_of_an_earlier_version'])(
  '%s: there is nothing to do in Microsoft 365',
  (reason) => expect(playbookOf(reason, UPN)).toBeNull(),
);

test.each([
  ["o'neil@contoso.example", "'o''neil@contoso.example'"],
  ['o\u2019neil@contoso.example', "'o\u2019\u2019neil@contoso.example'"],
  ['\u201a;\u2018\u201b', "'\u201a\u201a;\u2018\u2018\u201b\u201b'"],
  ['$(Remove-Item x)`"@contoso.example', "'$(Remove-Item x)`\"@contoso.example'"],
])('%s ends no text of PowerShell and starts no command', (upn, expected) => {
  expect(quoted(upn)).toBe(expected);
  expect(playbookOf('no_seat', upn)?.script.split('\n')[0]).toBe(`$upn = ${expected}`);
});
