/** “Why has this person no mailbox?” A plan with a mailbox works, or a mailbox answers. */
import { describe, expect, test } from 'vitest';
import { diagnose } from '#lib/domain/diagnosis/diagnose.ts';
import {
  AT,
  account,
  cited,
  deletedBo,
  facts,
  HOUR,
  holder,
  OTHER_PLAN,
  overdue,
  plan,
  tried,
  unlicensed,
  upn,
  verdict,
} from './sample-facts.ts';

describe('a plan with a mailbox works', () => {
  const provisioned = { exchangePlans: [{ provisioningStatus: 'Success' }] };
  const conflict = (category: string, property: string) => ({
    account: account({ synchronisationErrors: [{ category, property, value: upn, at: null }] }),
  });
  const reported = { exchangeErrors: [{ text: 'Alias in use', at: null }] };
  tried([
    ['since an hour', {}, 'likely: mailbox_opening likely'],
    [
      'the licence came a moment ago, its plans show later',
      { account: account({ assignedPlans: [] }) },
      'likely: mailbox_opening likely',
    ],
    [
      'only plans of something else show yet',
      { account: account({ assignedPlans: [plan('Enabled', AT, OTHER_PLAN)] }) },
      'likely: mailbox_opening likely',
    ],
    [
      'beside one that was taken away',
      { account: account({ assignedPlans: [plan('Deleted'), plan('Enabled')] }) },
      'likely: mailbox_opening likely',
    ],
    [
      'since a day',
      { account: overdue({ assignedPlans: [plan('Enabled', AT - 24 * HOUR)] }) },
      'likely: mailbox_opening likely',
    ],
    [
      'for longer than a day',
      { account: overdue({ assignedPlans: [plan('Enabled', AT - 24 * HOUR - 1)] }) },
      'likely: exchange_not_started likely',
    ],
    [
      'nobody knows since when',
      { account: account({ assignedPlans: [plan('Enabled', null)] }) },
      'likely: mailbox_opening likely',
    ],
    ['the mailbox was not asked', { mailbox: 'unread' }, 'unknown'],
    [
      'the mailbox is on-premises',
      { mailbox: { kind: 'on_premises', code: 'MailboxNotHostedInExchangeOnline' } },
      'certain: mailbox_on_premises',
    ],
    [
      'Exchange Online has worked, and a synchronised address has no mailbox',
      { account: overdue(provisioned) },
      'likely: mailbox_on_premises likely, exchange_not_started possible',
    ],
    ['the same within a day', { account: account(provisioned) }, 'likely: mailbox_opening likely'],
    [
      'the same of an account that is not synchronised',
      { account: overdue({ ...provisioned, isSynchronised: false }) },
      'likely: exchange_not_started likely',
    ],
    [
      'the same without an address',
      { account: overdue({ ...provisioned, addresses: [] }) },
      'likely: exchange_not_started likely',
    ],
    [
      'the same where Exchange Online has not finished',
      { account: overdue({ exchangePlans: [{ provisioningStatus: 'PendingActivation' }] }) },
      'likely: exchange_not_started likely',
    ],
    [
      'Exchange Online has trouble',
      { health: { status: 'serviceDegradation' } },
      'likely: service_incident likely, mailbox_opening possible',
    ],
    [
      'Exchange Online has trouble, but nothing is licensed',
      { account: unlicensed(), health: { status: 'serviceDegradation' } },
      'certain: no_licence',
    ],
    ['its health was not read', { health: 'unread' }, 'likely: mailbox_opening likely'],
    ['Exchange Online reports an error', { account: account(reported) }, 'certain: exchange_error'],
    [
      'Exchange Online reported an error, but nothing is licensed',
      { account: unlicensed(reported) },
      'likely: no_licence conclusive, exchange_error possible',
    ],
    [
      'synchronisation reports its address elsewhere',
      conflict('PropertyConflict', 'ProxyAddresses'),
      'likely: address_conflict conclusive, mailbox_opening likely',
    ],
    [
      'synchronisation reports its mail elsewhere',
      conflict('PropertyConflict', 'mail'),
      'likely: address_conflict conclusive, mailbox_opening likely',
    ],
    [
      'synchronisation reports its name elsewhere',
      conflict('PropertyConflict', 'UserPrincipalName'),
      'likely: address_conflict conclusive, mailbox_opening likely',
    ],
    [
      'synchronisation reports a number elsewhere',
      conflict('PropertyConflict', 'employeeId'),
      'likely: mailbox_opening likely',
    ],
    ['synchronisation reports something else', conflict('DataValidation', 'mail'), 'likely: mailbox_opening likely'],
    [
      'another account has the address',
      { addressHolders: [{ ...holder, id: 'a' }, holder] },
      'likely: address_conflict likely, mailbox_opening likely',
    ],
    ['the address is its own', { addressHolders: [{ ...holder, id: 'a' }] }, 'likely: mailbox_opening likely'],
    [
      'an error alone, while addresses were not read',
      { account: account(reported), addressHolders: 'unread' },
      'likely: exchange_error conclusive',
    ],
    [
      'a deleted account has the address',
      { deleted: [{ ...deletedBo, id: 'a' }, deletedBo] },
      'likely: deleted_holds_address likely, mailbox_opening possible',
    ],
    [
      'a deleted account has the address, but nothing is licensed',
      { account: unlicensed(), deleted: [deletedBo] },
      'likely: no_licence conclusive, deleted_holds_address possible',
    ],
    ['the deleted account is itself', { deleted: [{ ...deletedBo, id: 'a' }] }, 'likely: mailbox_opening likely'],
    [
      'an error alone, while the deleted were not read',
      { account: account(reported), deleted: 'unread' },
      'likely: exchange_error conclusive',
    ],
    [
      'an error alone, while the mailbox was not asked',
      { account: account(reported), mailbox: 'unread' },
      'likely: exchange_error conclusive',
    ],
    [
      'an error alone, while the health was not read',
      { account: account(reported), health: 'unread' },
      'likely: exchange_error conclusive',
    ],
    [
      'two errors, the one to be mended first comes first',
      {
        account: account({
          ...reported,
          synchronisationErrors: conflict('PropertyConflict', 'mail').account.synchronisationErrors,
        }),
      },
      'likely: address_conflict conclusive, exchange_error conclusive',
    ],
    [
      'no licence, and the mailbox was not asked',
      { account: unlicensed(), mailbox: 'unread' },
      'likely: no_licence conclusive',
    ],
  ]);

  test.each([
    'serviceRestored',
    'postIncidentReviewPublished',
    'falsePositive',
    'resolvedExternal',
    'mitigatedExternal',
    'Resolved',
  ])('%s is no trouble any more', (status) =>
    expect(verdict(diagnose(facts({ health: { status } })))).toBe('likely: mailbox_opening likely'),
  );
  test.each([
    'investigating',
    'extendedRecovery',
    'verifyingService',
    'notResolved',
    'serviceRestoredPartly',
    'noFalsePositive',
  ])('%s is trouble', (status) =>
    expect(verdict(diagnose(facts({ health: { status } })))).toBe(
      'likely: service_incident likely, mailbox_opening possible',
    ),
  );
});

describe('a mailbox answers', () => {
  const open = (code = 'user') => ({ mailbox: { kind: 'answers' as const, code } });
  tried([
    ['without any licence', { ...open(), account: unlicensed() }, 'certain: no_licence'],
    [
      'while its subscription is suspended',
      { ...open(), account: account({ assignedPlans: [plan('Suspended')] }) },
      'certain: licence_suspended',
    ],
    ['which is shared', open('shared'), 'certain: mailbox_of_nobody'],
    [
      'which is a room without a licence',
      { ...open('room'), account: unlicensed() },
      'likely: mailbox_of_nobody conclusive, no_licence conclusive',
    ],
    ['linked to an account elsewhere', open('linked'), 'mailbox_open'],
    [
      'while the licence came a moment ago',
      { ...open(), account: account({ assignedPlans: [] }), skus: 'unread' },
      'mailbox_open',
    ],
    [
      'whatever is said of on-premises',
      { ...open(), account: overdue({ exchangePlans: [{ provisioningStatus: 'Success' }] }) },
      'mailbox_open',
    ],
  ]);
  test('and what is missing beside it is cited', () => {
    expect(cited({ ...open(), account: unlicensed() })).toEqual([
      ['licenseAssignmentStates', 'noLicence'],
      ['mailboxSettings', 'answersUnlicensed'],
    ]);
    expect(cited(open('shared'))).toEqual([['mailboxSettings', 'mailboxIs', { purpose: 'shared' }]]);
  });
});

test('a mailbox that answers needs no cause', () => {
  const diagnosis = diagnose(facts({ mailbox: { kind: 'answers', code: '' } }));
  expect(diagnosis).toMatchObject({ kind: 'mailbox_open', unread: [] });
  expect('evidence' in diagnosis && [diagnosis.evidence.fact, ...diagnosis.evidence.saying]).toEqual([
    'mailboxSettings',
    'answers',
  ]);
});
