/** What is said and when it is looked at again, situation by situation. */
import { describe, expect, test } from 'vitest';
import { decide } from '#lib/domain/decision/decide.ts';
import type { Situation } from '#lib/domain/decision/situation.ts';
import type { Verdict } from '#lib/domain/decision/verdict.ts';
import { planKey } from '#lib/domain/licences/plan-key.ts';
import type { Person } from '#lib/domain/person.ts';
import { notesText } from '#lib/domain/reasons/said.ts';
import { accountOf, KIOSK, NOW, PLAN_1, person } from '#tests/support/builders.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const SIX_HOURS = NOW + 6 * HOUR;

const plan1 = { skuId: PLAN_1, skuPartNumber: 'EXCHANGESTANDARD', disabledPlans: [] };
const kiosk = { skuId: KIOSK, skuPartNumber: 'EXCHANGEDESKLESS', disabledPlans: [] };
const ready = (change: Partial<Situation & { kind: 'ready' }> = {}): Situation & { kind: 'ready' } => ({
  kind: 'ready',
  account: accountOf(),
  due: null,
  waitsUntilEnabled: false,
  addLicenses: [plan1],
  removeLicenses: [],
  location: null,
  differingLocation: null,
  ...change,
});

function decisionFor(situation: Situation, who: Partial<Person> = {}) {
  return decide(situation, person(who), NOW);
}

function verdictFor(situation: Situation, who: Partial<Person> = {}): Verdict {
  const decision = decisionFor(situation, who);
  if (decision.kind !== 'settle') throw new Error('It was to be licensed.');
  return decision.verdict;
}

const standing = (situation: Situation, who: Partial<Person> = {}) => {
  const { state, reason } = verdictFor(situation, who);
  return `${state}/${reason}`;
};

const broken = (error: string, hasSeat = true): Situation => {
  const account = accountOf({ usageLocation: 'CU', mail: 'ada@contoso.example' });
  return { kind: 'licence_error', account, error, licence: 'Exchange Online (Plan 1)', hasSeat, groupId: null };
};

const open = (change: Partial<Situation & { kind: 'mailbox_open' }> = {}): Situation => ({
  kind: 'mailbox_open',
  account: accountOf(),
  licensed: true,
  purpose: 'user',
  ...change,
});

const SAID: [situation: Situation, who: Partial<Person>, standing: string, says: string, nextCheckAt: number | null][] =
  [
    [broken('CountViolation'), {}, 'needs_attention/seat_not_taken', 'Exchange Online (Plan 1)', SIX_HOURS],
    [broken('CountViolation', false), {}, 'awaiting_seat/no_seat', 'Exchange Online (Plan 1)', NOW],
    [
      broken('MutuallyExclusiveViolation'),
      {},
      'needs_attention/service_plans_conflict',
      'MutuallyExclusiveViolation',
      SIX_HOURS,
    ],
    [broken('DependencyViolation'), {}, 'needs_attention/service_plan_dependency', 'DependencyViolation', SIX_HOURS],
    [broken('ProhibitedInUsageLocationViolation'), {}, 'needs_attention/usage_location_not_allowed', 'CU', SIX_HOURS],
    [broken('UniquenessViolation'), {}, 'needs_attention/proxy_address_conflict', 'An address of this', SIX_HOURS],
    [broken('SomethingNew'), {}, 'needs_attention/licence_refused', 'SomethingNew', SIX_HOURS],
    [
      { kind: 'mapping_unusable', account: accountOf(), problem: { kind: 'sku_suspended', skuPartNumber: 'SPE_E3' } },
      {},
      'needs_attention/sku_suspended',
      'Microsoft 365 E3',
      SIX_HOURS,
    ],
    [
      { kind: 'mapping_unusable', account: accountOf(), problem: { kind: 'makes_no_mailbox' } },
      { employeeType: 'Temp' },
      'needs_attention/makes_no_mailbox',
      'Temp',
      SIX_HOURS,
    ],
    [
      {
        kind: 'mapping_unusable',
        account: accountOf(),
        problem: { kind: 'service_plan_unknown', skuPartNumber: 'SPE_E3', servicePlanId: 'plan-9' },
      },
      {},
      'needs_attention/service_plan_unknown',
      'plan-9',
      SIX_HOURS,
    ],
    [{ kind: 'lookup_failed', why: 'no answer' }, {}, 'queued/lookup_failed', 'no answer', NOW],
    [
      { kind: 'mailbox_unknown', account: accountOf(), why: 'no answer' },
      { unknownSince: NOW - DAY - 1 },
      'needs_attention/unknown_too_long',
      '24 hours',
      NOW,
    ],
    [
      { kind: 'mailbox_denied', account: accountOf(), why: 'Access is denied.' },
      {},
      'needs_attention/mailbox_denied',
      'Access is denied.',
      SIX_HOURS,
    ],
    [
      { kind: 'mailbox_denied', account: accountOf(), why: 'Access is denied.' },
      { state: 'awaiting_mailbox', licensedAt: NOW },
      'awaiting_mailbox/mailbox_unknown',
      'access was refused: Access is denied.',
      NOW,
    ],
    [
      { kind: 'account_missing', due: null },
      { firstSeenAt: NOW - 9 * DAY - 1 },
      'needs_attention/never_synchronised',
      '9 days',
      SIX_HOURS,
    ],
    [{ kind: 'account_missing', due: null }, { firstSeenAt: NOW - 7 * DAY }, 'awaiting_sync/not_synchronised', '', NOW],
    [
      { kind: 'domain_not_verified', domain: 'corp.local' },
      {},
      'needs_attention/domain_not_verified',
      'corp.local',
      SIX_HOURS,
    ],
    [{ kind: 'several_accounts', count: 3 }, {}, 'needs_attention/several_accounts', '3', SIX_HOURS],
    [
      {
        kind: 'name_taken',
        account: accountOf({ displayName: 'Bo' }),
        twin: accountOf({ userPrincipalName: 'ada1@contoso.example' }),
      },
      {},
      'needs_attention/name_belongs_to_another',
      'ada1@contoso.example',
      SIX_HOURS,
    ],
    [
      { kind: 'name_taken', account: accountOf({ displayName: 'Bo' }), twin: null },
      {},
      'needs_attention/name_belongs_to_another',
      'Bo',
      SIX_HOURS,
    ],
    [
      { kind: 'mailbox_on_premises', account: accountOf({ mail: 'a@b.example' }), certain: false },
      {},
      'needs_attention/mailbox_maybe_on_premises',
      'a@b.example',
      SIX_HOURS,
    ],
    [
      {
        kind: 'mailbox_on_premises',
        account: accountOf({ proxyAddresses: ['x500:/o=B', 'smtp:y@b.example', 'SMTP:x@b.example'] }),
        certain: false,
      },
      {},
      'needs_attention/mailbox_maybe_on_premises',
      'the address x@b.example but',
      SIX_HOURS,
    ],
    [
      { kind: 'mailbox_plan_off', account: accountOf(), skuPartNumber: 'EXCHANGESTANDARD' },
      {},
      'needs_attention/mailbox_plan_off',
      'Exchange Online (Plan 1)',
      SIX_HOURS,
    ],
    [
      { kind: 'proxy_address_conflict', account: accountOf(), value: 'smtp:x@b.example' },
      {},
      'needs_attention/proxy_address_conflict',
      'x@b.example',
      SIX_HOURS,
    ],
    [
      { kind: 'type_unmapped', account: accountOf(), typeBefore: null },
      { employeeType: 'Z' },
      'needs_attention/type_unmapped',
      'Z',
      SIX_HOURS,
    ],
    [open({ licensed: false }), {}, 'needs_attention/mailbox_open_unlicensed', '', SIX_HOURS],
    [open({ purpose: 'room' }), {}, 'needs_attention/mailbox_of_nobody', 'room', SIX_HOURS],
  ];

test.each(SAID)('%o of %o is %s', (situation, who, expected, says, nextCheckAt) => {
  const { state, reason, message, nextCheckAt: next } = verdictFor(situation, who);
  expect({ standing: `${state}/${reason}`, next }).toEqual({ standing: expected, next: nextCheckAt });
  expect(message).toContain(says);
});

describe('an on-premises mailbox', () => {
  const certain: Situation = { kind: 'mailbox_on_premises', account: accountOf(), certain: true };
  test('says whether we had licensed before it was known', () => {
    expect(verdictFor(certain, { licensedAt: NOW - DAY }).message).toContain('opens none in Exchange Online');
    expect(verdictFor(certain).message).toContain('AutoProvision assigned no licence');
    expect(standing(certain)).toBe('needs_attention/mailbox_on_premises');
  });
});

describe('an open mailbox', () => {
  test('is ours where we licensed, and the licence shows or may not show yet', () => {
    expect(standing(open(), { licensedAt: NOW - DAY })).toBe('provisioned/provisioned');
    expect(standing(open({ licensed: false }), { licensedAt: NOW - HOUR + 1 })).toBe('provisioned/provisioned');
    expect(standing(open({ licensed: false }), { licensedAt: NOW - HOUR })).toMatch(/mailbox_open_unlicensed/);
  });

  test('that no licence covers is no sign that a write without an answer arrived: it may have been there before', () => {
    const unlicensed = open({ licensed: false });
    expect(standing(unlicensed, { unsettledWriteAt: NOW - HOUR + 1 })).toBe('queued/readback_pending');
    expect(standing(unlicensed, { unsettledWriteAt: NOW - HOUR })).toMatch(/mailbox_open_unlicensed/);
    expect(standing(open({ purpose: 'shared', licensed: false }), { unsettledWriteAt: NOW })).toMatch(
      /readback_pending/,
    );
  });

  test('that others licensed says whether it was waited for', () => {
    expect(standing(open())).toBe('already_provisioned/mailbox_open_licensed');
    expect(standing(open(), { state: 'awaiting_mailbox' })).toBe('already_provisioned/mailbox_opened_elsewhere');
    const late = { state: 'needs_attention', reason: 'mailbox_late', mailboxChecks: 90 } as const;
    for (const asked of [late, { ...late, state: 'queued', reason: 'retried' } as const])
      expect(standing(open(), asked)).toBe('already_provisioned/mailbox_opened_elsewhere');
    expect(standing(open(), { licencesReprocessedAt: NOW })).toBe('already_provisioned/mailbox_opened_elsewhere');
    // Ours is known once it shows.
    for (const lost of [{ unsettledWriteAt: NOW }, { isWriteUnseen: true }])
      expect(standing(open(), lost)).toBe('already_provisioned/mailbox_open_licensed');
  });

  test('of another licence than this row’s is no reason to say what AutoProvision did for other rows, or before', () => {
    expect(verdictFor(open()).message).toMatch(/already: nothing had to be assigned\.$/);
    const awaited = { state: 'awaiting_mailbox' } as const;
    expect(verdictFor(open(), awaited).message).toContain('did not assign the licence for this row');
  });

  test('that was converted after it had opened was no shared one when we licensed', () => {
    const licensed = { licensedAt: NOW - DAY };
    const shared = open({ purpose: 'shared' });
    expect(verdictFor(shared, licensed).message).toContain('had assigned the licence before that could be seen');
    const { message } = verdictFor(shared, { ...licensed, state: 'provisioned' });
    expect(message).toMatch(/Nothing was changed\.$/);
  });
});

describe('a deleted account', () => {
  const deleted = (at: number | null): Situation => ({ kind: 'account_deleted', at });
  const at = Date.UTC(2026, 10, 20, 23);

  test('needs somebody, with the day until which it can be restored', () => {
    expect(verdictFor(deleted(at))).toMatchObject({
      state: 'needs_attention',
      reason: 'account_deleted',
      message: expect.stringContaining('until 20 December 2026'),
      nextCheckAt: SIX_HOURS,
    });
    expect(verdictFor(deleted(null), { unknownSince: NOW - HOUR }).message).not.toContain('December');
  });

  describe.each([true, false])(
    'that is not among the deleted ones, or these cannot be read, unlisted: %s',
    (isUnlisted) => {
      const gone: Situation = { kind: 'account_deleted', at: null, ...(isUnlisted && { isUnlisted }) };

      test('may be hidden by a read that lags: for an hour nobody is moved, and it is looked at every minute', () => {
        for (const state of ['queued', 'awaiting_mailbox', 'held'] as const) {
          const said = verdictFor(gone, { state, unknownSince: NOW - HOUR + 1 });
          expect(said).toMatchObject({ state, reason: 'lookup_failed', nextCheckAt: NOW + MINUTE });
          expect(said.message).not.toContain('undefined');
        }
        expect(standing(gone)).toBe('queued/lookup_failed');
        expect(standing(gone, { state: 'needs_attention', reason: 'no_seat' })).toBe('needs_attention/lookup_failed');
      });

      test('is taken for deleted after that, and stays so', () => {
        expect(standing(gone, { unknownSince: NOW - HOUR })).toBe('needs_attention/account_deleted');
        const asked = { state: 'needs_attention', reason: 'account_deleted' } as const;
        expect(standing(gone, asked)).toBe('needs_attention/account_deleted');
      });

      test('of somebody who was done is waited for anew at once', () => {
        expect(standing(gone, { state: 'provisioned' })).toBe('awaiting_sync/not_synchronised');
      });
    },
  );

  test('of somebody who was done and is named again is waited for anew', () => {
    const again = verdictFor(deleted(at), { state: 'provisioned' });
    expect(again).toMatchObject({ state: 'awaiting_sync', reason: 'not_synchronised', nextCheckAt: NOW });
    expect(again.message).toContain('can be restored, with its mailbox, until 20 December 2026');
    expect(verdictFor(deleted(null), { state: 'provisioned' }).message).not.toContain('deleted');
  });
});

describe('a mailbox that is opening', () => {
  const opening = (change: Partial<Situation & { kind: 'mailbox_opening' }> = {}): Situation => ({
    kind: 'mailbox_opening',
    account: accountOf(),
    through: 'direct',
    licences: 'Exchange Online (Plan 1)',
    reassignment: null,
    ...change,
  });
  const waits = { state: 'awaiting_mailbox', licensedAt: NOW - MINUTE } as const;
  const late = { state: 'awaiting_mailbox', licensedAt: NOW - DAY - 1 } as const;

  test('is said to be ours, or through whom it came', () => {
    expect(verdictFor(opening(), waits)).toMatchObject({
      reason: 'mailbox_opening',
      message: expect.stringContaining('Exchange Online (Plan 1)'),
    });
    expect(verdictFor(opening(), { unsettledWriteAt: NOW }).reason).toBe('mailbox_opening');
    expect(verdictFor(opening())).toMatchObject({
      reason: 'mailbox_opening_elsewhere',
      message: expect.stringContaining('assigned directly'),
    });
    expect(verdictFor(opening({ through: 'group' })).message).toContain('through a group');
  });

  test('on a licence without a name is told in the words of the reader’s language, not in English ones', () => {
    expect(verdictFor(opening({ licences: 'The licence' }), waits).said?.[0]).toEqual([
      'mailbox_opening',
      { licences: null },
    ]);
  });

  test('for exactly a day is still waited for, and then says what Exchange Online reports', () => {
    expect(standing(opening(), { ...late, licensedAt: NOW - DAY })).toBe('awaiting_mailbox/mailbox_opening');
    const said = (account: ReturnType<typeof accountOf>) => verdictFor(opening({ account }), late).message;
    expect(verdictFor(opening(), late)).toMatchObject({
      state: 'needs_attention',
      reason: 'mailbox_late',
      message: expect.stringMatching(/24 hours.*Exchange Online reports no error of its own/s),
      nextCheckAt: SIX_HOURS,
    });
    expect(said(accountOf({ exchangeErrors: ['No such forest.'] }))).toContain(
      'Exchange Online reports: No such forest.',
    );
    expect(said(accountOf({ mail: 'a@b.example' }))).toContain('may be on-premises');
    expect(said(accountOf({ mail: 'a@b.example', isSynchronised: false }))).toContain('no error of its own');
  });

  test('that others licensed is awaited from when it was first seen', () => {
    expect(standing(opening(), { state: 'awaiting_mailbox', stateSince: NOW - DAY - 1 })).toMatch(/mailbox_late/);
    expect(standing(opening(), { state: 'queued', stateSince: NOW - DAY - 1 })).toMatch(/mailbox_opening_elsewhere/);
  });

  test('stays asked about once it was, and only for that', () => {
    const asked = { state: 'needs_attention', reason: 'mailbox_late', licensedAt: NOW } as const;
    expect(standing(opening(), asked)).toBe('needs_attention/mailbox_late');
    expect(standing(opening(), { ...asked, reason: 'licence_refused' })).toBe('awaiting_mailbox/mailbox_opening');
    expect(standing(opening(), { ...asked, state: 'queued' })).toBe('awaiting_mailbox/mailbox_opening');
    expect(standing(opening(), { ...asked, accountId: 'another' })).toBe('awaiting_mailbox/mailbox_opening');
  });

  test('late offers to take our own licences off and on, where that is possible', () => {
    const again = ready({ removeLicenses: [plan1] });
    expect(decisionFor(opening({ reassignment: again }), late)).toMatchObject({ heldPlan: planKey(again) });
    expect(decisionFor(opening(), late)).not.toHaveProperty('heldPlan');
    expect(decisionFor(opening({ reassignment: again }), waits)).not.toHaveProperty('heldPlan');
  });
});

describe('another licence', () => {
  const differs = (typeBefore: string | null, change = {}): Situation => ({
    kind: 'licence_differs',
    account: accountOf(),
    typeBefore,
    held: 'Exchange Online Kiosk',
    isMapped: false,
    plan: ready(change),
  });

  test('is asked about, with what would be added and taken away', () => {
    const decision = decisionFor(differs(null, { removeLicenses: [kiosk] }));
    expect(decision).toMatchObject({
      verdict: { state: 'needs_attention', reason: 'other_licence', nextCheckAt: SIX_HOURS },
      heldPlan: planKey(ready({ removeLicenses: [kiosk] })),
    });
    const [kept, removed] = [verdictFor(differs(null)), verdictFor(differs(null, { removeLicenses: [kiosk] }))];
    expect(kept.message).toContain('Exchange Online Kiosk');
    expect(kept.message).toContain('Exchange Online (Plan 1)');
    expect(kept.message).toContain('AutoProvision did not assign Exchange Online Kiosk');
    expect(removed.message).toContain('can take it away');
  });

  test('after another EmployeeType names both', () => {
    const verdict = verdictFor(differs('N'), { employeeType: 'E', licensedAt: NOW });
    expect(verdict.reason).toBe('licence_differs');
    expect(verdict.message).toMatch(/\bN\b.*\bE\b/s);
  });

  test('right after our own write is a read from before it', () => {
    const fresh = { licensedAt: NOW - HOUR + 1 };
    expect(verdictFor(differs(null), { ...fresh, state: 'awaiting_mailbox' })).toMatchObject({
      reason: 'mailbox_opening',
      message: expect.stringContaining('Exchange Online Kiosk'),
      nextCheckAt: NOW + MINUTE,
    });
    const done = { ...fresh, state: 'provisioned', reason: 'provisioned', message: 'Open.' } as const;
    expect(verdictFor(differs(null), done)).toEqual({ ...done, licensedAt: undefined, nextCheckAt: NOW });
    expect(standing(differs(null), { licensedAt: NOW - HOUR })).toMatch(/other_licence/);
  });
});

describe('a licence that is gone', () => {
  const gone: Situation = { kind: 'licence_gone', account: accountOf(), due: null };

  test('shortly after our write is looked for again in a minute; later it was removed', () => {
    expect(verdictFor(gone, { state: 'awaiting_mailbox', licensedAt: NOW - HOUR + 1 })).toMatchObject({
      reason: 'mailbox_opening',
      message: expect.stringContaining('The licence'),
      nextCheckAt: NOW + MINUTE,
    });
    expect(verdictFor(gone, { state: 'awaiting_mailbox', licensedAt: NOW - HOUR })).toMatchObject({
      state: 'needs_attention',
      reason: 'licence_removed',
      nextCheckAt: SIX_HOURS,
    });
  });

  test('leaves who was done just now as they are', () => {
    const done = { state: 'provisioned', reason: 'provisioned', message: 'Open.' } as const;
    expect(verdictFor(gone, { ...done, licensedAt: NOW })).toEqual({ ...done, nextCheckAt: NOW });
    expect(standing(gone, { ...done, licensedAt: NOW - DAY })).toBe('needs_attention/licence_removed');
  });
});

test('who is done and still holds is left as it stands, and not looked at again', () => {
  const holds: Situation = { kind: 'still_holds', account: accountOf() };
  expect(verdictFor(holds, { state: 'already_provisioned', reason: null, message: 'Open.' })).toEqual({
    state: 'already_provisioned',
    reason: 'provisioned',
    message: 'Open.',
    nextCheckAt: null,
  });
  expect(verdictFor(holds, { state: 'dismissed', reason: 'dismissed' }).reason).toBe('dismissed');
});

describe('who is ready', () => {
  const due = (at: number) => ({ at, day: '2026-12-01' });

  test('waits for the day, and is looked at once a day at least', () => {
    const starts = { startDate: '2026-12-15' };
    expect(verdictFor(ready({ due: due(NOW + HOUR) }), starts)).toMatchObject({
      state: 'awaiting_start',
      reason: 'before_start',
      message: expect.stringMatching(/15 December 2026.*1 December 2026/s),
      nextCheckAt: NOW + HOUR,
    });
    expect(verdictFor(ready({ due: due(NOW + 9 * DAY) }), starts).nextCheckAt).toBe(NOW + DAY);
    expect(decisionFor(ready({ due: due(NOW) }), starts).kind).toBe('license');
    expect(decisionFor(ready({ due: due(NOW + HOUR) }), { startDate: null }).kind).toBe('license');
  });

  test('is not written to again where the location was refused and is still missing, until somebody asks', () => {
    const location = { value: 'DE', source: 'row' } as const;
    const refused = { state: 'needs_attention', reason: 'location_refused', message: 'Refused.' } as const;
    expect(verdictFor(ready({ location }), refused)).toEqual({ ...refused, nextCheckAt: SIX_HOURS });
    expect(decisionFor(ready(), refused).kind).toBe('license');
    expect(decisionFor(ready({ location }), { ...refused, state: 'queued' }).kind).toBe('license');
    expect(decisionFor(ready({ location }), { ...refused, reason: 'licence_refused' }).kind).toBe('license');
  });

  test('waits until the account is enabled where that is asked for, looked at in every cycle', () => {
    const verdict = verdictFor(ready({ waitsUntilEnabled: true }));
    expect(verdict).toMatchObject({ state: 'awaiting_start', reason: 'account_disabled', nextCheckAt: NOW });
  });

  test.each([
    ['without a start date', null, { stateSince: NOW - 30 * DAY }, { stateSince: NOW - 30 * DAY - 1 }],
    ['after the first day', '2026-11-10', { stateSince: NOW - 7 * DAY }, { stateSince: NOW - 7 * DAY - 1 }],
    ['before the first day', '2026-11-16', { stateSince: NOW - 90 * DAY }, null],
  ])('of an account that nobody enables, found %s, is asked about', (_when, startDate, early, late) => {
    const disabled = ready({ waitsUntilEnabled: true });
    const waits = { state: 'awaiting_start', startDate } as const;
    expect(standing(disabled, { startDate, stateSince: NOW - 90 * DAY })).toBe('awaiting_start/account_disabled');
    expect(standing(disabled, { ...waits, ...early })).toBe('awaiting_start/account_disabled');
    if (late === null) return;
    expect(verdictFor(disabled, { ...waits, ...late })).toMatchObject({
      state: 'needs_attention',
      message: expect.stringContaining('is still disabled'),
      nextCheckAt: NOW,
    });
    const asked = { state: 'needs_attention', reason: 'account_disabled', startDate } as const;
    expect(standing(disabled, asked)).toBe('needs_attention/account_disabled');
  });

  test('is told which location the account keeps', () => {
    const account = accountOf({ usageLocation: 'FR' });
    const decision = decisionFor(ready({ account, differingLocation: 'DE' }));
    expect(decision.kind === 'license' && notesText(decision.notes)).toBe(
      'The row says DE, the account keeps its usage location FR.',
    );
    expect(decisionFor(ready({ account }))).toMatchObject({ notes: [], addLicenses: [plan1] });
  });
});

test('no answer leaves whoever is held, done or asked about where they are, however long it lasts', () => {
  const unanswered: Situation = { kind: 'lookup_failed', why: 'no answer' };
  const long = { unknownSince: NOW - 9 * DAY };
  for (const state of ['held', 'provisioned', 'needs_attention'] as const)
    expect(standing(unanswered, { ...long, state })).toBe(`${state}/lookup_failed`);
  for (const state of ['queued', 'awaiting_sync', 'awaiting_seat'] as const)
    expect(standing(unanswered, { ...long, state })).toBe('needs_attention/unknown_too_long');
  // A licence of long ago does not count for somebody who is queued again.
  expect(standing(unanswered, { state: 'queued', licensedAt: NOW - 9 * DAY })).toBe('queued/lookup_failed');
  // Whoever has waited for something else for long was not without an answer so long.
  expect(standing(unanswered, { state: 'awaiting_sync', stateSince: NOW - 9 * DAY })).toBe(
    'awaiting_sync/lookup_failed',
  );
});

describe('a licence that failed', () => {
  const account = accountOf({ usageLocation: 'DE' });
  const failed = (error: string, groupId: string | null, hasSeat = true): Situation => ({
    ...{ kind: 'licence_error', account, error, licence: 'Exchange Online (Plan 1)', hasSeat, groupId },
  });
  const healing = { kind: 'reprocess_licences', accountId: account.id };

  test('through a group is asked for again once, and looked at by the next cycle', () => {
    const asked = decisionFor(failed('DependencyViolation', 'g1'));
    expect(asked).toMatchObject({
      healing,
      verdict: { state: 'needs_attention', reason: 'service_plan_dependency', nextCheckAt: NOW },
    });
    const again = decisionFor(failed('DependencyViolation', 'g1'), { licencesReprocessedAt: NOW - HOUR });
    expect(again).not.toHaveProperty('healing');
    expect(again).toMatchObject({ verdict: { nextCheckAt: SIX_HOURS } });
  });

  test('directly, or for want of a seat that is still not free, is not asked for again', () => {
    for (const one of [failed('DependencyViolation', null), failed('CountViolation', 'g1', false)])
      expect(decisionFor(one)).not.toHaveProperty('healing');
    expect(standing(failed('CountViolation', 'g1', false))).toBe('awaiting_seat/no_seat');
  });
});

describe('what was refused or stopped', () => {
  const heldPlan = planKey(ready());
  const asked = (reason: Person['reason'], who: Partial<Person> = {}, plan: Parameters<typeof ready>[0] = {}) =>
    decisionFor(ready(plan), { state: 'needs_attention', reason, message: 'As before.', heldPlan, ...who });

  test.each(['usage_location_not_allowed', 'service_plans_conflict', 'service_plan_dependency'] as const)(
    'for good (%s) is not written again by itself, and stays said',
    (reason) => {
      expect(asked(reason)).toEqual({
        kind: 'settle',
        verdict: { state: 'needs_attention', reason, message: 'As before.', nextCheckAt: SIX_HOURS },
        heldPlan,
      });
    },
  );

  test.each([
    // Since when it is refused, at what age of that the last check was: at what age the next write is.
    [0, 15 * MINUTE],
    [15 * MINUTE - 1, 15 * MINUTE],
    [15 * MINUTE, HOUR],
    [HOUR, 6 * HOUR],
    [6 * HOUR, DAY],
    [DAY, 2 * DAY],
    [9 * DAY + 1, 10 * DAY],
  ])(
    'for want of access or in words that nobody understands, checked at the age of %i ms, is written again at %i ms',
    (checked, next) => {
      for (const reason of ['access_denied', 'licence_refused'] as const) {
        const at = (age: number) => asked(reason, { stateSince: NOW - age, lastCheckAt: NOW - age + checked });
        expect(at(next).kind).toBe('license');
        const early = at(next - 1);
        expect(early).toMatchObject({
          kind: 'settle',
          heldPlan,
          verdict: { nextCheckAt: NOW + 1, message: 'As before.' },
        });
        expect(at(checked)).toMatchObject({ verdict: { nextCheckAt: Math.min(SIX_HOURS, NOW + next - checked) } });
      }
    },
  );

  test('is written where somebody asks, where something else would be written, or where nobody knows what was', () => {
    expect(asked('licence_refused', { state: 'queued' }).kind).toBe('license');
    expect(asked('licence_refused', {}, { addLicenses: [kiosk] }).kind).toBe('license');
    expect(asked('licence_refused', { heldPlan: null }).kind).toBe('license');
    expect(asked('unknown_too_long').kind).toBe('license');
  });

  test('by a colleague who took the licence away stays so', () => {
    const stopped = asked('licence_removed', { heldPlan: null });
    expect(stopped).toMatchObject({ kind: 'settle', verdict: { reason: 'licence_removed' } });
    expect(stopped).not.toHaveProperty('heldPlan');
  });

  test('because of the location is written once the account has one', () => {
    const location = { value: 'DE', source: 'row' } as const;
    expect(asked('location_refused', {}, { location }).kind).toBe('settle');
    expect(asked('location_refused').kind).toBe('license');
  });
});
