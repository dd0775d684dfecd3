import { describe, expect, test } from 'vitest';
import type { AssignedLicence } from '#lib/domain/account.ts';
import { decide } from '#lib/domain/decision/decide.ts';
import type { Observation, Tenant } from '#lib/domain/decision/observation.ts';
import { classify } from '#lib/domain/decision/situation.ts';
import type { Decision } from '#lib/domain/decision/verdict.ts';
import { waitingTimes } from '#lib/domain/decision/waiting-times.ts';
import type { Person } from '#lib/domain/person.ts';
import { REASON_CATALOGUE } from '#lib/domain/reasons/reason-catalogue.ts';
import { INCONCLUSIVE_REASONS, isReasonCode } from '#lib/domain/reasons/reasons.ts';
import { notesText } from '#lib/domain/reasons/said.ts';
import {
  answers,
  EXCHANGE_S_FOUNDATION,
  EXCHANGE_S_STANDARD,
  found,
  heldLicence,
  KIOSK,
  mapping,
  NOW,
  observation,
  PLAN_1,
  person,
  silent,
  sku,
  tenant,
} from '#tests/support/builders.ts';

const DAY = 24 * 3_600_000;
const { start } = tenant();
const held = (change: Partial<AssignedLicence> = {}) => heldLicence(PLAN_1, change);

function decideFor(change: Partial<Observation>, tenantChange: Partial<Tenant> = {}): Decision {
  const one = observation(change);
  return decide(classify(one, tenant(tenantChange)), one.person, NOW);
}

/** `state/reason` of a decision that settles the person; `license` for one that writes. */
function short(decision: Decision): string {
  return decision.kind === 'settle' ? `${decision.verdict.state}/${decision.verdict.reason}` : 'license';
}

const cases: [guarantee: string, change: Partial<Observation>, expected: string, tenantChange?: Partial<Tenant>][] = [
  ['a ready account is licensed', {}, 'license'],
  [
    'not synchronised is a waiting state',
    { lookup: { kind: 'absent' }, probe: null },
    'awaiting_sync/not_synchronised',
  ],
  [
    'not synchronised for over 7 days needs attention',
    { lookup: { kind: 'absent' }, probe: null, person: person({ firstSeenAt: NOW - 8 * DAY }) },
    'needs_attention/never_synchronised',
  ],
  [
    'a look-up that fails keeps the state',
    { lookup: { kind: 'unknown', why: 'no answer in time' }, person: person({ state: 'awaiting_sync' }) },
    'awaiting_sync/lookup_failed',
  ],
  [
    'several candidates are never chosen between',
    { lookup: { kind: 'several', accounts: [] } },
    'needs_attention/several_accounts',
  ],
  ['a guest gets no licence', { lookup: found({ isGuest: true }) }, 'needs_attention/account_is_guest'],
  ['an unknown mailbox is never written to', { probe: { kind: 'unknown', why: 'refused' } }, 'queued/mailbox_unknown'],
  ['a mailbox nobody asked about is unknown', { probe: null }, 'queued/mailbox_unknown'],
  [
    'a lookup that fails for over 24 hours asks a human',
    { lookup: { kind: 'unknown', why: 'no answer in time' }, person: person({ stateSince: NOW - DAY - 1 }) },
    'needs_attention/unknown_too_long',
  ],
  [
    'a lookup that fails for 24 hours may still be answered',
    { lookup: { kind: 'unknown', why: 'no answer in time' }, person: person({ stateSince: NOW - DAY }) },
    'queued/lookup_failed',
  ],
  [
    'access refused to the mailbox of somebody who is not licensed is a case of its own',
    { probe: { kind: 'denied', why: 'Access is denied.' } },
    'needs_attention/mailbox_denied',
  ],
  [
    'access refused to a mailbox that is opening is waited out for 24 hours',
    {
      probe: { kind: 'denied', why: 'Access is denied.' },
      person: person({ state: 'awaiting_mailbox', licensedAt: NOW - DAY }),
    },
    'awaiting_mailbox/mailbox_unknown',
  ],
  [
    'access refused to a mailbox for over 24 hours after the licence asks a human',
    {
      probe: { kind: 'denied', why: 'Access is denied.' },
      person: person({ state: 'awaiting_mailbox', licensedAt: NOW - DAY - 1 }),
    },
    'needs_attention/mailbox_denied',
  ],
  [
    'and goes on asking while nothing changes',
    {
      probe: { kind: 'denied', why: 'Access is denied.' },
      person: person({ state: 'needs_attention', reason: 'mailbox_denied', licensedAt: NOW - 5 * DAY }),
    },
    'needs_attention/mailbox_denied',
  ],
  [
    'an open, licensed mailbox is already provisioned, not an error',
    { probe: answers, lookup: found({ licences: [held()] }) },
    'already_provisioned/mailbox_open_licensed',
  ],
  [
    'an open mailbox without a licence is never closed: a human is asked',
    { probe: answers },
    'needs_attention/mailbox_open_unlicensed',
  ],
  [
    'a shared mailbox is said to be one, with a licence or without',
    { probe: { kind: 'answers', purpose: 'shared' }, lookup: found({ licences: [held()] }) },
    'needs_attention/mailbox_of_nobody',
  ],
  [
    'who is done and named again stays so while account and licence are there',
    {
      person: person({ state: 'provisioned', reason: 'provisioned' }),
      lookup: found({ licences: [held()] }),
      probe: { kind: 'not_probed' },
    },
    'provisioned/provisioned',
  ],
  [
    'who is done and has lost licence and mailbox is asked about',
    { person: person({ state: 'provisioned', reason: 'provisioned', licensedAt: NOW - DAY }) },
    'needs_attention/licence_removed',
  ],
  [
    'who is done, named again and without an account waits as a newcomer does',
    { person: person({ state: 'provisioned', firstSeenAt: NOW - 400 * DAY }), lookup: { kind: 'absent' }, probe: null },
    'awaiting_sync/not_synchronised',
  ],
  [
    'provisioned only where we licensed and the mailbox answers',
    { probe: answers, person: person({ state: 'awaiting_mailbox', licensedAt: NOW - 1 }) },
    'provisioned/provisioned',
  ],
  [
    'a mailbox that opened on somebody else’s licence is not ours',
    { probe: answers, person: person({ state: 'awaiting_mailbox' }), lookup: found({ licences: [held()] }) },
    'already_provisioned/mailbox_opened_elsewhere',
  ],
  [
    'a licence of others that they took away while the mailbox opened is asked about, not replaced by ours',
    { person: person({ state: 'awaiting_mailbox', accountId: 'a1', stateSince: NOW - DAY }) },
    'needs_attention/licence_removed',
  ],
  [
    'nor is it after a human was asked about the mailbox',
    { person: person({ state: 'needs_attention', reason: 'mailbox_late', accountId: 'a1' }) },
    'needs_attention/licence_removed',
  ],
  [
    'within the hour it may come back, from another group for example',
    { person: person({ state: 'awaiting_mailbox', reason: 'mailbox_opening_elsewhere', accountId: 'a1' }) },
    'awaiting_mailbox/mailbox_opening_elsewhere',
  ],
  [
    'an account that came in the place of the one with the licence is licensed',
    { person: person({ state: 'awaiting_mailbox', accountId: 'a2', stateSince: NOW - DAY }) },
    'license',
  ],
  [
    'a licence that is there directly is not assigned again',
    { lookup: found({ licences: [held()] }) },
    'awaiting_mailbox/mailbox_opening_elsewhere',
  ],
  [
    'a licence that came through a group is not assigned again',
    { lookup: found({ licences: [held({ source: 'group' })] }) },
    'awaiting_mailbox/mailbox_opening_elsewhere',
  ],
  [
    'another licence that already makes a mailbox is not paid twice',
    { lookup: found({ enabledPlanIds: [EXCHANGE_S_STANDARD] }) },
    'awaiting_mailbox/mailbox_opening_elsewhere',
  ],
  [
    'a group licence that failed is explained',
    { lookup: found({ licences: [held({ source: 'group', error: 'MutuallyExclusiveViolation' })] }) },
    'needs_attention/service_plans_conflict',
  ],
  [
    'a group licence that failed for want of a seat is explained while seats are free',
    { lookup: found({ licences: [held({ source: 'group', groupId: 'g1', error: 'CountViolation' })] }) },
    'needs_attention/group_licence_failed',
  ],
  [
    'a group licence that failed for want of a seat waits while there is none',
    { lookup: found({ licences: [held({ source: 'group', groupId: 'g1', error: 'CountViolation' })] }) },
    'awaiting_seat/no_seat',
    { skus: [sku({ consumedUnits: 10 })] },
  ],
  [
    'an address conflict on the licence is explained',
    { lookup: found({ licences: [held({ error: 'UniquenessViolation' })] }) },
    'needs_attention/proxy_address_conflict',
  ],
  [
    'an address conflict in synchronisation is explained before a seat is taken',
    {
      lookup: found({
        synchronisationErrors: [
          { category: 'PropertyConflict', property: 'ProxyAddresses', value: 'SMTP:ada@contoso.example' },
        ],
      }),
    },
    'needs_attention/proxy_address_conflict',
  ],
  [
    'a licence whose Exchange plan is turned off brings no mailbox',
    { lookup: found({ licences: [held({ disabledPlans: [EXCHANGE_S_STANDARD] })] }) },
    'needs_attention/mailbox_plan_off',
  ],
  ['a disabled account is licensed like any other', { lookup: found({ accountEnabled: false }) }, 'license'],
  [
    'a disabled account takes no seat where Settings say to wait until it is enabled',
    { lookup: found({ accountEnabled: false }) },
    'awaiting_start/account_disabled',
    { start: { ...start, waitUntilEnabled: true } },
  ],
  [
    'an operator who says "License now" does not wait until the account is enabled',
    { lookup: found({ accountEnabled: false }), person: person({ licenseNowBy: 'Demo Operator' }) },
    'license',
    { start: { ...start, waitUntilEnabled: true } },
  ],
  ['a start date in ten days is licensed now', { person: person({ startDate: '2026-12-02' }) }, 'license'],
  [
    'a start date more than 30 days ahead is waited for, and nothing is written',
    { person: person({ startDate: '2026-12-25' }) },
    'awaiting_start/before_start',
  ],
  [
    'a licence of others that is gone again is not missed before one is due',
    { person: person({ startDate: '2026-12-25', state: 'awaiting_mailbox', accountId: 'a1', stateSince: NOW - DAY }) },
    'awaiting_start/before_start',
  ],
  [
    'an account that is not there yet is not missed before the licence is due',
    { person: person({ startDate: '2027-03-01', firstSeenAt: NOW - 60 * DAY }), lookup: { kind: 'absent' } },
    'awaiting_start/before_start',
  ],
  [
    'an account that is not there has the usual time from the day on which the licence is due',
    { person: person({ startDate: '2026-12-01', firstSeenAt: NOW - 60 * DAY }), lookup: { kind: 'absent' } },
    'awaiting_sync/not_synchronised',
  ],
  ['a start date that is past is not waited for', { person: person({ startDate: '2020-01-01' }) }, 'license'],
  [
    'with "at once" nobody waits for a start date',
    { person: person({ startDate: '2027-12-25' }) },
    'license',
    { start: { ...start, leadTime: 'at_once' } },
  ],
  [
    'a mapping may license people earlier than Settings',
    { person: person({ startDate: '2026-12-25' }), mapping: mapping({ leadTime: 60 }) },
    'license',
  ],
  [
    'a mapping may license people later than Settings',
    { person: person({ startDate: '2026-12-02' }), mapping: mapping({ leadTime: 3 }) },
    'awaiting_start/before_start',
  ],
  [
    'an operator who says "License now" does not wait for the start date',
    { person: person({ startDate: '2027-12-25', licenseNowBy: 'Demo Operator' }) },
    'license',
  ],
  [
    'what needs a human is told before the start date',
    { person: person({ startDate: '2027-12-25' }), mapping: null },
    'needs_attention/type_unmapped',
  ],
  [
    'a mailbox that is open is noticed before the start date',
    { person: person({ startDate: '2027-12-25' }), probe: answers },
    'needs_attention/mailbox_open_unlicensed',
  ],
  [
    'an empty EmployeeType needs somebody to fill it in',
    { mapping: null, person: person({ employeeType: '' }) },
    'needs_attention/employee_type_missing',
  ],
  [
    'an empty EmployeeType is reported before there is an account',
    { mapping: null, person: person({ employeeType: '' }), lookup: { kind: 'absent' } },
    'needs_attention/employee_type_missing',
  ],
  ['an unmapped EmployeeType is not lost', { mapping: null }, 'needs_attention/type_unmapped'],
  [
    'a licence that the tenant does not have is named',
    { mapping: mapping({ licences: [{ skuPartNumber: 'SPE_E5', disabledPlans: [] }] }) },
    'needs_attention/sku_not_in_tenant',
  ],
  [
    'a suspended subscription is named',
    {},
    'needs_attention/sku_suspended',
    { skus: [sku({ capabilityStatus: 'Suspended' })] },
  ],
  [
    'a licence with only EXCHANGE_S_FOUNDATION makes no mailbox',
    {},
    'needs_attention/makes_no_mailbox',
    {
      skus: [
        sku({ servicePlans: [{ servicePlanId: EXCHANGE_S_FOUNDATION, servicePlanName: 'EXCHANGE_S_FOUNDATION' }] }),
      ],
    },
  ],
  [
    'a mapping that turns the mailbox plan off makes no mailbox',
    { mapping: mapping({ licences: [{ skuPartNumber: 'EXCHANGESTANDARD', disabledPlans: [EXCHANGE_S_STANDARD] }] }) },
    'needs_attention/makes_no_mailbox',
  ],
  [
    'a mapping with a service plan the licence lacks is named',
    { mapping: mapping({ licences: [{ skuPartNumber: 'EXCHANGESTANDARD', disabledPlans: [EXCHANGE_S_FOUNDATION] }] }) },
    'needs_attention/service_plan_unknown',
  ],
  [
    'an on-premises mailbox is never licensed',
    { probe: { kind: 'on_premises' } },
    'needs_attention/mailbox_on_premises',
  ],
  [
    'a synchronised account with an address but no mailbox is licensed: in hybrid organisations that is every newcomer',
    { lookup: found({ mail: 'ada@contoso.example' }) },
    'license',
  ],
  [
    'where some newcomers get a mailbox on-premises, a human decides on such an account',
    { lookup: found({ mail: 'ada@contoso.example' }) },
    'needs_attention/mailbox_maybe_on_premises',
    { licenseAccountsWithAddress: false },
  ],
  [
    'such an account is licensed where an operator says "License anyway"',
    { lookup: found({ mail: 'ada@contoso.example' }), person: person({ licenseAnywayBy: 'Demo Operator' }) },
    'license',
    { licenseAccountsWithAddress: false },
  ],
  [
    'such an account is licensed where its mapping says so',
    { lookup: found({ mail: 'ada@contoso.example' }), mapping: mapping({ licenseAccountsWithAddress: true }) },
    'license',
    { licenseAccountsWithAddress: false },
  ],
  [
    'a mapping may ask a human although Settings do not',
    { lookup: found({ mail: 'ada@contoso.example' }), mapping: mapping({ licenseAccountsWithAddress: false }) },
    'needs_attention/mailbox_maybe_on_premises',
  ],
  [
    'a cloud-only account with an address is licensed',
    { lookup: found({ mail: 'ada@contoso.example', isSynchronised: false }) },
    'license',
  ],
  [
    'a mailbox that has not opened after 24 hours needs attention',
    {
      person: person({ state: 'awaiting_mailbox', licensedAt: NOW - DAY - 1 }),
      lookup: found({ licences: [held()] }),
    },
    'needs_attention/mailbox_late',
  ],
  [
    'a licence that vanishes right after our write is a stale read',
    { person: person({ state: 'awaiting_mailbox', licensedAt: NOW - 60_000 }) },
    'awaiting_mailbox/mailbox_opening',
  ],
  [
    'a licence that was taken away later is not fought over',
    { person: person({ state: 'awaiting_mailbox', licensedAt: NOW - DAY / 2 }) },
    'needs_attention/licence_removed',
  ],
];

describe('decide', () => {
  test.each(cases)('%s', (_guarantee, change, expected, tenantChange = {}) => {
    expect(short(decideFor(change, tenantChange))).toBe(expected);
  });

  test('what Help says about the state of each reason is what is decided', () => {
    const settled = cases.map(([, , expected]) => expected.split('/')).filter((parts) => parts.length === 2);
    const untrue = settled.filter(([state, code = '']) => {
      if (!isReasonCode(code)) return true;
      const { states } = REASON_CATALOGUE[code];
      return states !== 'unchanged' && !states.some((one) => one === state);
    });
    expect(settled.length).toBeGreaterThan(25);
    expect(untrue).toEqual([]);
    const unchanged = Object.entries(REASON_CATALOGUE).filter(([, { states }]) => states === 'unchanged');
    expect(unchanged.map(([code]) => code).toSorted()).toEqual(INCONCLUSIVE_REASONS.toSorted());
  });

  test.each([
    ['row', { person: person({ usageLocation: 'DE' }) }, 'DE'],
    ['mapping', {}, 'US'],
    ['default', { mapping: mapping({ usageLocation: null }) }, 'GB'],
  ] as const)('a blank usage location is set from the %s', (source, change, value) => {
    expect(decideFor(change)).toMatchObject({ kind: 'license', location: { source, value } });
  });

  test('a usage location that is set is never overwritten, and a different one in the row is said', () => {
    const decision = decideFor({ lookup: found({ usageLocation: 'FR' }), person: person({ usageLocation: 'DE' }) });
    expect(decision).toMatchObject({ kind: 'license', location: null });
    expect(decision.kind === 'license' && notesText(decision.notes)).toContain('FR');
  });

  test('a location that an operator set for the person replaces the one of the account, once', () => {
    const byOperator = person({ usageLocation: 'DE', locationSetBy: 'Demo Operator' });
    expect(decideFor({ lookup: found({ usageLocation: 'FR' }), person: byOperator })).toMatchObject({
      kind: 'license',
      location: { value: 'DE', source: 'operator' },
      notes: [],
    });
    expect(decideFor({ lookup: found({ usageLocation: 'de' }), person: byOperator })).toMatchObject({ location: null });
  });

  test('a licence that does not work in the present country is assigned anew with the one an operator set', () => {
    const prohibited = held({ error: 'ProhibitedInUsageLocationViolation' });
    const lookup = found({ usageLocation: 'CU', licences: [prohibited] });
    expect(decideFor({ lookup })).toMatchObject({ verdict: { reason: 'usage_location_not_allowed' } });
    const byOperator = person({ usageLocation: 'DE', locationSetBy: 'Demo Operator' });
    expect(decideFor({ lookup, person: byOperator })).toMatchObject({
      kind: 'license',
      addLicenses: [{ skuId: PLAN_1 }],
      location: { value: 'DE' },
    });
  });

  test('Exchange Online is asked once to work on an account whose mailbox is overdue', () => {
    const lookup = found({ licences: [held()] });
    const licensed = (waitedMs: number, change: Partial<Person> = {}) =>
      decideFor({ lookup, person: person({ state: 'awaiting_mailbox', licensedAt: NOW - waitedMs, ...change }) });
    const asked = { healing: { kind: 'retry_provisioning', accountId: 'a1' } };
    expect(licensed(DAY / 2 + 1)).toMatchObject({ ...asked, verdict: { state: 'awaiting_mailbox' } });
    expect(licensed(DAY + 1)).toMatchObject({ ...asked, verdict: { reason: 'mailbox_late' } });
    for (const decision of [
      licensed(DAY / 2),
      licensed(DAY + 1, { provisioningRetriedAt: NOW - 1 }),
      licensed(DAY + 1, { accountId: 'another' }),
    ])
      expect(decision).not.toHaveProperty('healing');
  });

  test('a group licence is asked for once, and the group is named', () => {
    const lookup = found({ licences: [held({ source: 'group', groupId: 'g1', error: 'CountViolation' })] });
    const decision = decideFor({ lookup });
    expect(decision).toMatchObject({
      healing: { kind: 'reprocess_licences', accountId: 'a1' },
      verdict: { nextCheckAt: NOW },
    });
    expect(decision.kind === 'settle' && decision.verdict.message).toContain('the group g1');
    const again = decideFor({ lookup, person: person({ licencesReprocessedAt: NOW - 1 }) });
    expect(again).toMatchObject({ verdict: { reason: 'group_licence_failed', nextCheckAt: NOW + DAY / 4 } });
    expect(again).not.toHaveProperty('healing');
  });

  test.each([
    ['not known', 0, DAY / 2],
    ['known', DAY / 24, DAY / 12],
    ['short', 1000, DAY / 144],
    ['longer than the limit', 2 * DAY, DAY],
  ])('own times %s: when Exchange Online is asked again', (_name, usualMs, expected) => {
    const settings = { syncLimitDays: 7, mailboxLimitHours: 24, attentionCheckHours: 6 };
    expect(waitingTimes(settings, usualMs).mailboxRetryMs).toBe(expected);
  });

  test('only the licences of a mapping that are missing are added', () => {
    const kiosk = sku({ skuId: KIOSK, skuPartNumber: 'EXCHANGEDESKLESS', servicePlans: [] });
    const decision = decideFor(
      {
        mapping: mapping({
          licences: [
            { skuPartNumber: 'exchangestandard', disabledPlans: [] },
            { skuPartNumber: 'EXCHANGEDESKLESS', disabledPlans: [] },
          ],
        }),
        lookup: found({ licences: [held({ skuId: KIOSK })] }),
      },
      { skus: [sku(), kiosk] },
    );
    expect(decision).toMatchObject({ kind: 'license', addLicenses: [{ skuId: PLAN_1 }] });
  });

  test('the mailbox is checked after 1, 2, 5, 10 and then every 15 minutes', () => {
    const minutes = [0, 1, 2, 3, 4, 5].map((mailboxChecks) => {
      const decision = decideFor({
        person: person({ state: 'awaiting_mailbox', licensedAt: NOW, mailboxChecks }),
        lookup: found({ licences: [held()] }),
        probe: silent,
      });
      return decision.kind === 'settle' && ((decision.verdict.nextCheckAt ?? 0) - NOW) / 60_000;
    });
    expect(minutes).toEqual([1, 2, 5, 10, 15, 15]);
  });
});
