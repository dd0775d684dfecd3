/** “Why has this person no mailbox?” What each cause rests on; what Microsoft 365 answers is tried in tests/graph/diagnosis. */
import { describe, expect, test } from 'vitest';
import { diagnose } from '#lib/domain/diagnosis/diagnose.ts';
import { factsSchema, type ReadingName } from '#lib/domain/diagnosis/facts.ts';
import { sayingText } from '#lib/domain/diagnosis/sayings.ts';
import {
  AT,
  account,
  BASE,
  bo,
  type Change,
  cited,
  deletedBo,
  facts,
  failed,
  HOUR,
  holder,
  licence,
  MAILBOX_PLAN,
  MINUTE,
  NO_ACCOUNT,
  organisation,
  overdue,
  plan,
  record,
  sku,
  TEAMS,
  unlicensed,
  upn,
} from './sample-facts.ts';

describe('a cause rests on', () => {
  const state = { name: 'Plan 1', groupId: null, error: 'CountViolation' };
  const lastSyncAt = AT - 5.5 * HOUR;
  const silence = ['mailboxSettings', 'silence', { code: 'MailboxNotEnabledForRESTAPI' }];
  test.each<[string, Change, unknown[]]>([
    [
      'what is missing and the last synchronisation',
      NO_ACCOUNT,
      [
        ['userPrincipalName', 'noAccount', { upn }],
        ['onPremisesLastSyncDateTime', 'lastSync', { at: AT - 20 * MINUTE }],
      ],
    ],
    [
      'the last synchronisation, in full hours',
      { ...NO_ACCOUNT, organisation: organisation({ lastSyncAt }) },
      [
        ['onPremisesLastSyncDateTime', 'lastSyncLongAgo', { at: lastSyncAt, hours: 5 }],
        ['userPrincipalName', 'noAccount', { upn }],
      ],
    ],
    [
      'who is among the deleted',
      { ...NO_ACCOUNT, deleted: [deletedBo] },
      [['deletedItems', 'amongDeleted', { name: 'Bo Baker', at: AT - HOUR }]],
    ],
    [
      'who is called so',
      { ...NO_ACCOUNT, namesakes: [bo] },
      [['onPremisesUserPrincipalName', 'hasName', { upn: bo.userPrincipalName }]],
    ],
    [
      'who has the address',
      { ...NO_ACCOUNT, addressHolders: [holder] },
      [
        ['proxyAddresses', 'hasAddress', { name: 'Bo Baker', upn: bo.userPrincipalName, address: upn }],
        ['userPrincipalName', 'noAccount', { upn }],
      ],
    ],
    [
      'the verified domains',
      { ...NO_ACCOUNT, userPrincipalName: 'a@b.example' },
      [
        ['verifiedDomains', 'unverified', { domain: 'b.example', verified: 'contoso.example, fabrikam.example' }],
        ['userPrincipalName', 'noAccount', { upn: 'a@b.example' }],
      ],
    ],
    [
      'both who took the name and whose it was to be',
      { namesakes: [bo] },
      [
        ['onPremisesUserPrincipalName', 'hasSameName', { upn: bo.userPrincipalName }],
        ['userPrincipalName', 'nameBelongsTo', { name: 'Ada Able' }],
      ],
    ],
    [
      'the start date and that nothing is licensed',
      {
        account: unlicensed({ accountEnabled: false }),
        record: record({ state: 'awaiting_start', startDate: '2026-12-01', wantedSkus: [] }),
      },
      [
        ['startDate', 'waitsForStart', { day: '2026-12-01' }],
        ['accountEnabled', 'enabledUnlicensed', { isEnabled: false }],
      ],
    ],
    ['the first day', { account: unlicensed({ hireAt: AT + 1 }) }, [['employeeHireDate', 'hireDate', { at: AT + 1 }]]],
    [
      'the licence that failed and its seats',
      { account: failed('CountViolation'), skus: [sku({ free: 0 })] },
      [
        ['licenseAssignmentStates', 'licenceState', state],
        ['subscribedSkus', 'noSeatFree', { licence: 'Plan 1' }],
      ],
    ],
    [
      'the licence by its id where its name was not read',
      { account: failed('CountViolation'), skus: 'unread' },
      [['licenseAssignmentStates', 'licenceState', { ...state, name: 'e1' }]],
    ],
    [
      'the seats of the mapped licence',
      { account: unlicensed(), record: record(), skus: [sku({ free: 0 })] },
      [
        ['subscribedSkus', 'noSeatFreeOfWanted', { licence: 'Plan 1' }],
        ['licenseAssignmentStates', 'noLicence'],
      ],
    ],
    [
      'the group and the seats that are free',
      { account: failed('Other', { groupId: 'g' }) },
      [
        ['licenseAssignmentStates', 'licenceState', { name: 'Plan 1', groupId: 'g', error: 'Other' }],
        ['subscribedSkus', 'seatsFree', { licence: 'Plan 1', n: 5 }],
      ],
    ],
    [
      'the group alone where licences were not read',
      { account: failed('Other', { groupId: 'g' }), skus: 'unread' },
      [['licenseAssignmentStates', 'licenceState', { name: 'e1', groupId: 'g', error: 'Other' }]],
    ],
    [
      'the location',
      { account: failed('ProhibitedInUsageLocationViolation') },
      [
        ['licenseAssignmentStates', 'licenceState', { ...state, error: 'ProhibitedInUsageLocationViolation' }],
        ['usageLocation', 'location', { location: 'DE' }],
      ],
    ],
    [
      'the subscription that ended',
      {
        account: account({ assignedPlans: [plan('Suspended')] }),
        skus: [TEAMS, sku(), sku({ name: 'Trial', isUsable: false })],
      },
      [
        ['assignedPlans', 'planIs', { status: 'Suspended' }],
        ['subscribedSkus', 'subscriptionOff', { licence: 'Trial' }],
      ],
    ],
    [
      'the plan alone where every subscription with it is usable',
      { account: account({ assignedPlans: [plan('Suspended')] }), skus: [{ ...TEAMS, isUsable: false }, sku()] },
      [['assignedPlans', 'planIs', { status: 'Suspended' }]],
    ],
    [
      'the plan alone where licences were not read',
      { account: account({ assignedPlans: [plan('Suspended')] }), skus: 'unread' },
      [['assignedPlans', 'planIs', { status: 'Suspended' }]],
    ],
    [
      'what is turned off',
      { account: account({ licences: [licence({ disabledPlans: [MAILBOX_PLAN] })], assignedPlans: [] }) },
      [
        ['licenseAssignmentStates', 'planTurnedOff', { licence: 'Plan 1' }],
        ['subscribedSkus', 'includesMailbox', { licence: 'Plan 1' }],
      ],
    ],
    [
      'the licences that work',
      { account: account({ licences: [licence({ skuId: 'teams' }), licence({ skuId: 'phone' })], assignedPlans: [] }) },
      [
        ['licenseAssignmentStates', 'workingLicences', { licences: 'Teams, Phone' }],
        ['subscribedSkus', 'withoutMailbox', { licences: 'Teams, Phone' }],
      ],
    ],
    [
      'what synchronisation reports, and who has it',
      {
        account: account({
          synchronisationErrors: [{ category: 'PropertyConflict', property: 'mail', value: upn, at: null }],
        }),
        addressHolders: [holder],
      },
      [
        [
          'onPremisesProvisioningErrors',
          'synchronisationReports',
          { category: 'PropertyConflict', property: 'mail', value: upn },
        ],
        ['proxyAddresses', 'hasAddress', { name: 'Bo Baker', upn: bo.userPrincipalName, address: upn }],
      ],
    ],
    [
      'who else was deleted',
      { deleted: [deletedBo] },
      [['deletedItems', 'deletedHolds', { name: 'Bo Baker', at: AT - HOUR }]],
    ],
    [
      'the words of Exchange Online',
      { account: account({ exchangeErrors: [{ text: 'Alias in use', at: AT }] }) },
      [['serviceProvisioningErrors', 'exchangeReports', { at: AT, text: 'Alias in use' }]],
    ],
    [
      'what Exchange Online answers',
      { mailbox: { kind: 'on_premises', code: 'Elsewhere' } },
      [['mailboxSettings', 'saysOnPremises', { code: 'Elsewhere' }]],
    ],
    [
      'what Exchange Online has done, its silence and the address',
      { account: overdue({ exchangePlans: [{ provisioningStatus: 'Success' }] }) },
      [['provisionedPlans', 'exchangeWorked'], silence, ['proxyAddresses', 'synchronisedAddress', { address: upn }]],
    ],
    [
      'the health of the service',
      { health: { status: 'investigating' } },
      [['healthOverviews', 'healthIs', { status: 'investigating' }]],
    ],
    [
      'the plan, what Exchange Online has done of it, and its silence',
      {
        account: overdue({ exchangePlans: [{ provisioningStatus: 'PendingInput' }, { provisioningStatus: 'Error' }] }),
      },
      [
        ['assignedPlans', 'planEnabled', { at: AT - 25 * HOUR }],
        ['provisionedPlans', 'exchangeShows', { statuses: 'PendingInput, Error' }],
        silence,
      ],
    ],
    [
      'nothing that Exchange Online has done',
      { account: overdue() },
      [
        ['assignedPlans', 'planEnabled', { at: AT - 25 * HOUR }],
        ['provisionedPlans', 'exchangeShows', { statuses: null }],
        silence,
      ],
    ],
    [
      'the plan and a silence without a code',
      { mailbox: { kind: 'silent', code: '' } },
      [
        ['assignedPlans', 'planEnabled', { at: AT - HOUR }],
        ['mailboxSettings', 'silence', { code: '404' }],
      ],
    ],
  ])('%s', (_, change, expected) => expect(cited(change)).toEqual(expected));
});

describe('what was not read', () => {
  const unread = (change: Change) => diagnose(facts(change)).unread;
  const NAMES = Object.keys(BASE) as ReadingName[];

  test('is told, each with its reason', () => {
    for (const reading of NAMES)
      expect(unread({ [reading]: 'unread' })).toEqual([{ reading, why: `${reading} refused` }]);
    expect(unread(Object.fromEntries(NAMES.map((name) => [name, 'unread']))).map(({ reading }) => reading)).toEqual(
      NAMES,
    );
  });

  test('is not the mailbox of nobody', () => {
    expect(unread({ account: null, mailbox: 'unread' })).toEqual([]);
    expect(unread({ account: 'unread', mailbox: 'unread' })).toHaveLength(2);
    expect(unread({ account: null, deleted: 'unread' })).toHaveLength(1);
  });
});

test('facts come back from the database as they were read', () => {
  const call = { call: 'GET /users', status: 200, code: null, requestId: 'r', clientRequestId: 'c', at: AT };
  const full = facts({
    account: overdue({
      synchronisationErrors: [{ category: 'PropertyConflict', property: 'mail', value: upn, at: AT }],
      exchangeErrors: [{ text: 'Alias in use', at: AT }],
      exchangePlans: [{ provisioningStatus: 'Success' }],
    }),
    namesakes: [bo],
    addressHolders: [holder],
    deleted: [deletedBo],
    record: record(),
    health: 'unread',
  });
  for (const name of ['account', 'health'] as const) full[name].calls.push(call);
  const stored = JSON.parse(JSON.stringify(full));
  expect(factsSchema.parse(stored)).toEqual(full);
  expect(factsSchema.parse(JSON.parse(JSON.stringify(facts())))).toEqual(facts());
  expect(factsSchema.safeParse({ ...stored, skus: stored.namesakes }).success).toBe(false);
});

test('a cause names the requests that gave its facts', () => {
  const read = facts({ account: account({ exchangeErrors: [{ text: 'Alias in use', at: null }] }) });
  const call = { call: 'GET /users', status: 200, code: null, requestId: 'r', clientRequestId: 'c', at: AT };
  read.account.calls.push(call);
  expect(diagnose(read)).toMatchObject({ kind: 'certain', causes: [{ evidence: [{ calls: [call] }] }] });
});

test('a time is told to the minute in UTC, and none that is not known', () => {
  expect(sayingText(['amongDeleted', { name: 'Bo Baker', at: AT }])).toContain('2026-11-27 12:00 UTC');
  expect(sayingText(['amongDeleted', { name: 'Bo Baker', at: null }])).not.toMatch(/UTC|\d/);
});
