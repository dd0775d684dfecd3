/** Which situation somebody is in: whatever is unknown or forbids a write comes before whatever asks for one. */
import { describe, expect, test } from 'vitest';
import type { AssignedLicence } from '#lib/domain/account.ts';
import type { Observation, Tenant } from '#lib/domain/decision/observation.ts';
import { classify } from '#lib/domain/decision/situation.ts';
import { probeIntervalMs, waitingTimes } from '#lib/domain/decision/waiting-times.ts';
import { planKey } from '#lib/domain/licences/plan-key.ts';
import type { Person } from '#lib/domain/person.ts';
import {
  accountOf,
  answers,
  EXCHANGE_S_STANDARD,
  found,
  heldLicence,
  KIOSK,
  mapping,
  NOW,
  observation,
  PLAN_1,
  person,
  sku,
  tenant,
} from '#tests/support/builders.ts';

const FLOW = 'f30db892-07e9-47e9-837c-80727f46fd3d';
const kiosk = sku({ skuId: KIOSK, skuPartNumber: 'EXCHANGEDESKLESS' });
const SKUS = [sku(), kiosk, sku({ skuId: FLOW, skuPartNumber: 'FLOW_FREE', servicePlans: [] })];

const withLicences = (...licences: AssignedLicence[]) => found({ licences });

function situation(change: Partial<Observation> = {}, tenantChange: Partial<Tenant> = {}) {
  return classify(observation(change), tenant({ skus: SKUS, ...tenantChange }));
}
const kind = (change: Partial<Observation> = {}, tenantChange: Partial<Tenant> = {}) =>
  situation(change, tenantChange).kind;

describe('an account that is not there', () => {
  const absent = (userPrincipalName: string, verifiedDomains: string[]) =>
    kind({ lookup: { kind: 'absent' }, probe: null, person: person({ userPrincipalName }) }, { verifiedDomains });

  test('is waited for, where its domain is one of the tenant', () => {
    expect(absent('ada@CONTOSO.example', ['contoso.example'])).toBe('account_missing');
    expect(absent('ada@fabrikam.example', ['contoso.example'])).toBe('domain_not_verified');
    expect(absent('ada@corp.local', ['corp.local'])).toBe('account_missing');
  });

  test('is waited for, where the domains are not known, unless nobody could verify this one', () => {
    expect(absent('ada@fabrikam.example', [])).toBe('account_missing');
    for (const end of ['local', 'lan', 'internal', 'corp'])
      expect(absent(`ada@ad.${end}`, [])).toBe('domain_not_verified');
    expect(absent('ada@local.example', [])).toBe('account_missing');
    expect(absent('ada@ad.local.example', [])).toBe('account_missing');
  });

  test('is waited for, whether its EmployeeType is mapped or not; an empty one is to be filled in, unless a mapping is fixed', () => {
    const typed = (employeeType: string, mapped = {}) =>
      kind({ lookup: { kind: 'absent' }, probe: null, person: person({ employeeType }), ...mapped });
    expect(typed('Z', { mapping: null })).toBe('account_missing');
    expect(typed(' ', { mapping: null })).toBe('type_missing');
    expect(typed(' ')).toBe('account_missing');
  });

  test('may have been deleted', () => {
    expect(situation({ lookup: { kind: 'deleted', at: NOW }, probe: null })).toEqual({
      kind: 'account_deleted',
      at: NOW,
    });
  });
});

describe('a name that belongs to somebody else', () => {
  const bo = found({ displayName: 'Bo Birch' });
  const ada = (change: Partial<Person> = {}) => person({ displayName: 'Ada Alder', ...change });

  test('is asked about', () => {
    expect(kind({ lookup: bo, person: ada() })).toBe('name_taken');
    const twin = accountOf({ id: 'a2' });
    expect(situation({ lookup: { ...found(), twin } as Observation['lookup'] })).toMatchObject({
      kind: 'name_taken',
      twin,
    });
  });

  test('is not, where an operator said so, we licensed, or this account was done', () => {
    for (const change of [{ licenseAnywayBy: 'Olga' }, { licensedAt: NOW }] satisfies Partial<Person>[])
      expect(kind({ lookup: bo, person: ada(change) })).not.toBe('name_taken');
    const done = { state: 'provisioned', accountId: 'a1' } as const;
    expect(kind({ lookup: bo, person: ada(done) })).not.toBe('name_taken');
    expect(kind({ lookup: bo, person: ada({ ...done, accountId: null }) })).not.toBe('name_taken');
    expect(kind({ lookup: bo, person: ada({ ...done, accountId: 'another' }) })).toBe('name_taken');
  });
});

describe('the mailbox', () => {
  test('that was not read says why', () => {
    expect(situation({ probe: { kind: 'unknown', why: 'timeout' } })).toMatchObject({ why: 'timeout' });
    expect(situation({ probe: { kind: 'denied', why: 'Access is denied.' } })).toMatchObject({
      why: 'Access is denied.',
    });
  });

  test('of a room or device is one, whatever the licences', () => {
    const room = { kind: 'answers', purpose: 'room' } as const;
    expect(situation({ probe: room, lookup: withLicences(heldLicence(KIOSK)) })).toMatchObject({
      kind: 'mailbox_open',
      licensed: true,
      purpose: 'room',
    });
  });

  test('that is open without a licence is licensed only on an operator’s word, once', () => {
    const anyway = { licenseAnywayBy: 'Olga' };
    expect(situation({ probe: answers })).toMatchObject({ kind: 'mailbox_open', licensed: false });
    expect(kind({ probe: answers, person: person(anyway) })).toBe('ready');
    expect(kind({ probe: answers, person: person({ ...anyway, licensedAt: NOW }) })).toBe('mailbox_open');
    expect(kind({ probe: answers, person: person({ ...anyway, state: 'already_provisioned' }) })).toBe('mailbox_open');
    expect(kind({ probe: { kind: 'answers', purpose: 'shared' }, person: person(anyway) })).toBe('mailbox_open');
    expect(kind({ probe: answers, person: person(anyway), lookup: withLicences(heldLicence(PLAN_1)) })).toBe(
      'mailbox_open',
    );
  });

  test('of somebody who is done still holds with licence and mailbox, open or opening', () => {
    const done = person({ state: 'provisioned', accountId: 'a1' });
    const licensed = withLicences(heldLicence(PLAN_1));
    expect(kind({ person: done, lookup: licensed, probe: answers })).toBe('still_holds');
    expect(kind({ person: done, lookup: licensed })).toBe('still_holds');
    // Switched off with its subscription, which is no news of one person; another EmployeeType is.
    const off = withLicences(heldLicence(PLAN_1, { error: 'Disabled' }));
    for (const probe of [answers, { kind: 'silent', code: '' } as const]) {
      expect(kind({ person: done, lookup: off, probe })).toBe('still_holds');
      expect(kind({ person: { ...done, licensedAsType: 'N' }, lookup: off, probe })).toBe('licence_error');
    }
    expect(kind({ person: done, lookup: licensed, probe: { kind: 'on_premises' } })).toBe('mailbox_on_premises');
    expect(kind({ person: done, probe: answers })).toBe('mailbox_open');
    expect(kind({ person: person({ ...done, accountId: 'another' }), lookup: licensed })).toBe('mailbox_opening');
  });

  test('that is opening says through whom, and of which licence', () => {
    const opening = (...licences: AssignedLicence[]) => situation({ lookup: withLicences(...licences) });
    expect(opening(heldLicence(PLAN_1))).toMatchObject({ through: 'direct', licences: 'Exchange Online (Plan 1)' });
    expect(opening(heldLicence(PLAN_1, { source: 'group' }))).toMatchObject({ through: 'group' });
    expect(opening(heldLicence(PLAN_1, { source: 'group' }), heldLicence(FLOW))).toMatchObject({
      through: 'direct',
      licences: 'Exchange Online (Plan 1) and Microsoft Power Automate Free',
    });
    const plansOnly = situation({ lookup: found({ enabledPlanIds: [EXCHANGE_S_STANDARD] }) });
    expect(plansOnly).toMatchObject({ through: 'direct', licences: 'The licence' });
  });
});

describe('taking our own licence off and on', () => {
  const given = {
    givenLicences: ['EXCHANGESTANDARD', 'FLOW_FREE'],
    licensedAt: NOW,
    state: 'awaiting_mailbox',
  } as const;
  const opening = (who: Partial<Person>, ...licences: AssignedLicence[]) =>
    situation({ person: person({ ...given, ...who }), lookup: withLicences(...licences) });
  const off = heldLicence(PLAN_1, { disabledPlans: ['other-plan'] });
  const again = {
    kind: 'ready',
    due: null,
    waitsUntilEnabled: false,
    location: null,
    differingLocation: null,
    addLicenses: [{ skuId: PLAN_1, skuPartNumber: 'EXCHANGESTANDARD', disabledPlans: ['other-plan'] }],
    removeLicenses: [{ skuId: PLAN_1, skuPartNumber: 'EXCHANGESTANDARD' }],
  };

  test('is offered for what we gave directly and what makes a mailbox, as it is', () => {
    expect(opening({}, off, heldLicence(FLOW))).toMatchObject({ kind: 'mailbox_opening', reassignment: again });
    expect(opening({}, heldLicence(PLAN_1, { source: 'both' }))).toMatchObject({ reassignment: null });
    expect(opening({ givenLicences: [] }, off)).toMatchObject({ reassignment: null });
    expect(opening({ givenLicences: ['FLOW_FREE'] }, off, heldLicence(FLOW))).toMatchObject({ reassignment: null });
  });

  test('leaves the licence of others, and what of ours is turned off, as it is', () => {
    expect(opening({}, heldLicence(KIOSK), off)).toMatchObject({ reassignment: again });
  });

  test('is not offered twice, nor to whom a mailbox opened before', () => {
    expect(opening({ reassignedAt: NOW }, off)).toMatchObject({ reassignment: null });
    expect(opening({ mailboxReadyAt: NOW }, off)).toMatchObject({ reassignment: null });
  });

  test('is done on an operator’s word, and then put on again where it was seen gone', () => {
    expect(opening({ choice: 'reassign' }, off)).toMatchObject(again);
    expect(opening({ choice: 'replace' }, off)).toMatchObject({ kind: 'mailbox_opening' });
    expect(opening({ choice: 'reassign', reassignedAt: NOW })).toMatchObject({ kind: 'ready', removeLicenses: [] });
    expect(opening({ choice: 'reassign' })).toMatchObject({ kind: 'licence_gone' });
    expect(opening({ reassignedAt: NOW })).toMatchObject({ kind: 'licence_gone' });
    expect(opening({ state: 'queued' })).toMatchObject({ kind: 'ready' });
    expect(opening({ licensedAt: null, accountId: 'another' })).toMatchObject({ kind: 'ready' });
  });
});

describe('a licence that failed for want of a seat', () => {
  const failed = (change: object, who: Partial<Person> = {}, tenantChange: Partial<Tenant> = {}) =>
    situation(
      { person: person(who), lookup: withLicences(heldLicence(PLAN_1, { error: 'CountViolation', ...change })) },
      tenantChange,
    );
  const group = { source: 'group', groupId: 'g1' };

  test('through a group is the group’s, unless an operator has it assigned directly', () => {
    expect(failed(group)).toMatchObject({
      kind: 'group_licence_failed',
      groupId: 'g1',
      licence: 'Exchange Online (Plan 1)',
    });
    expect(failed(group, { choice: 'assign_directly' }).kind).toBe('ready');
    expect(failed(group, { choice: 'assign_directly', unknownSince: NOW }).kind).toBe('ready');
    expect(failed(group, {}, { skus: [sku({ consumedUnits: 10 })] })).toMatchObject({
      kind: 'licence_error',
      hasSeat: false,
    });
    expect(failed({ ...group, error: 'DependencyViolation' })).toMatchObject({ kind: 'licence_error', hasSeat: true });
  });

  test('directly is assigned again, and told once where that is not seen', () => {
    expect(failed({}).kind).toBe('ready');
    expect(failed({}, { unknownSince: NOW }).kind).toBe('licence_error');
    expect(failed({}, { state: 'needs_attention', reason: 'seat_not_taken' }).kind).toBe('licence_error');
    expect(failed({}, { state: 'needs_attention', reason: 'licence_refused' }).kind).toBe('ready');
    expect(failed({}, { state: 'queued', reason: 'seat_not_taken' }).kind).toBe('ready');
  });

  test('is told of that licence and its own seats, whatever others there are', () => {
    const change = {
      lookup: withLicences(heldLicence(KIOSK, { error: 'CountViolation' })),
      mapping: mapping({ licences: [{ skuPartNumber: 'EXCHANGEDESKLESS', disabledPlans: [] }] }),
    };
    expect(situation(change, { skus: [sku(), { ...kiosk, consumedUnits: 10 }] })).toMatchObject({
      kind: 'licence_error',
      licence: 'Exchange Online Kiosk',
      hasSeat: false,
    });
  });

  test('of a licence that is not mapped is nobody’s case', () => {
    expect(kind({ lookup: withLicences(heldLicence(KIOSK, { error: 'CountViolation' })) })).toBe('ready');
  });
});

describe('a licence that does not work in the present country', () => {
  const prohibited = (error: string, who: Partial<Person>, usageLocation: string | null = 'cu') =>
    kind({ person: person(who), lookup: found({ usageLocation, licences: [heldLicence(PLAN_1, { error })] }) });
  const set = { usageLocation: 'DE', locationSetBy: 'Olga' };

  test('is assigned again with another one that an operator set', () => {
    expect(prohibited('ProhibitedInUsageLocationViolation', set)).toBe('ready');
    expect(prohibited('ProhibitedInUsageLocationViolation', { ...set, usageLocation: 'CU' })).toBe('licence_error');
    expect(prohibited('ProhibitedInUsageLocationViolation', { ...set, locationSetBy: null })).toBe('licence_error');
    expect(prohibited('ProhibitedInUsageLocationViolation', { ...set, usageLocation: null })).toBe('licence_error');
    expect(prohibited('DependencyViolation', set)).toBe('licence_error');
    expect(prohibited('ProhibitedInUsageLocationViolation', set, null)).toBe('ready');
  });
});

describe('another licence than the mapped one', () => {
  const differs = (who: Partial<Person> = {}, change: Partial<Observation> = {}) =>
    situation({ person: person(who), lookup: withLicences(heldLicence(KIOSK)), ...change });

  test('is named, with what an operator may have done about it', () => {
    expect(differs({ givenLicences: ['EXCHANGEDESKLESS'], licensedAsType: 'N' })).toMatchObject({
      kind: 'licence_differs',
      typeBefore: 'N',
      held: 'Exchange Online Kiosk',
      plan: { kind: 'ready', addLicenses: [{ skuId: PLAN_1 }], removeLicenses: [{ skuId: KIOSK }] },
    });
    expect(differs({ licensedAsType: 'E' })).toMatchObject({ typeBefore: null, plan: { removeLicenses: [] } });
    expect(differs({}, { probe: answers }).kind).toBe('licence_differs');
    expect(differs({}, { probe: { kind: 'on_premises' } }).kind).toBe('mailbox_on_premises');
  });

  test('is replaced by the plan that an operator agreed to, and by no other', () => {
    const asked = differs();
    if (asked.kind !== 'licence_differs') throw new Error('not asked');
    const heldPlan = planKey(asked.plan);
    expect(differs({ choice: 'replace', heldPlan }).kind).toBe('ready');
    expect(differs({ choice: 'replace', heldPlan: null }).kind).toBe('ready');
    expect(differs({ choice: 'replace', heldPlan: 'another' }).kind).toBe('licence_differs');
    expect(differs({ choice: 'assign_directly', heldPlan }).kind).toBe('licence_differs');
    const done = { state: 'provisioned', licensedAsType: 'N', choice: 'replace', heldPlan } as const;
    expect(differs(done).kind).toBe('licence_differs');
  });

  test('cannot be weighed where the new EmployeeType is not mapped', () => {
    const unmapped = { mapping: null, lookup: withLicences(heldLicence(PLAN_1)) };
    expect(differs({ employeeType: 'Z', licensedAsType: 'E' }, unmapped)).toMatchObject({
      kind: 'type_unmapped',
      typeBefore: 'E',
    });
    expect(differs({ employeeType: ' ', licensedAsType: 'E' }, unmapped).kind).toBe('mailbox_opening');
    expect(differs({ employeeType: 'E', licensedAsType: 'E' }, unmapped).kind).toBe('mailbox_opening');
    expect(
      differs({ employeeType: 'Z', licensedAsType: 'E' }, { lookup: withLicences(heldLicence(PLAN_1)) }).kind,
    ).toBe('mailbox_opening');
  });

  test('that is only a part of the mapped ones gets the others', () => {
    const both = mapping({
      licences: ['EXCHANGESTANDARD', 'FLOW_FREE'].map((skuPartNumber) => ({ skuPartNumber, disabledPlans: [] })),
    });
    expect(differs({}, { mapping: both, lookup: withLicences(heldLicence(PLAN_1)) })).toMatchObject({
      kind: 'ready',
      addLicenses: [{ skuId: FLOW }],
      removeLicenses: [],
    });
  });
});

describe('a licence that failed through a group, with the mailbox open without one', () => {
  const open = (
    change: Partial<AssignedLicence>,
    probe: Observation['probe'] = answers,
    tenantChange: Partial<Tenant> = {},
  ) =>
    situation(
      { lookup: withLicences(heldLicence(PLAN_1, { error: 'DependencyViolation', ...change })), probe },
      tenantChange,
    );
  const group = { source: 'group', groupId: 'g1' } as const;

  test('is the group’s, which can be asked again', () => {
    expect(open(group)).toMatchObject({ kind: 'licence_error', groupId: 'g1' });
    expect(open({ ...group, error: 'CountViolation' })).toMatchObject({ kind: 'group_licence_failed', groupId: 'g1' });
  });

  test('is nobody’s case where no seat is free, where it was direct, or where the mailbox is no person’s', () => {
    const full = { skus: [sku({ consumedUnits: 10 })] };
    expect(open({ ...group, error: 'CountViolation' }, answers, full)).toMatchObject({ kind: 'mailbox_open' });
    expect(open({})).toMatchObject({ kind: 'mailbox_open', licensed: false });
    expect(open(group, { kind: 'on_premises' }).kind).toBe('mailbox_on_premises');
    expect(open(group, { kind: 'answers', purpose: 'shared' })).toMatchObject({
      kind: 'mailbox_open',
      licensed: false,
    });
  });
});

test('a licence that failed through a group does not matter where another one has opened the mailbox', () => {
  const failed = heldLicence(PLAN_1, { error: 'DependencyViolation', source: 'group', groupId: 'g1' });
  const lookup = found({ enabledPlanIds: [EXCHANGE_S_STANDARD], licences: [failed] });
  expect(situation({ lookup, probe: answers })).toMatchObject({ kind: 'mailbox_open', licensed: true });
});

describe('a subscription that is suspended', () => {
  const suspended = { ...kiosk, capabilityStatus: 'Suspended' };
  const noMailbox = sku({ skuId: FLOW, skuPartNumber: 'FLOW_FREE', servicePlans: [] });
  const opening = (licences: AssignedLicence[], skus: Tenant['skus']) =>
    situation({ lookup: withLicences(...licences), mapping: null }, { skus });

  test('opens no mailbox, unless another licence does', () => {
    expect(opening([heldLicence(FLOW), heldLicence(KIOSK)], [sku(), noMailbox, suspended])).toMatchObject({
      kind: 'mapping_unusable',
      problem: { kind: 'sku_suspended', skuPartNumber: 'EXCHANGEDESKLESS' },
    });
    expect(opening([heldLicence(KIOSK), heldLicence(PLAN_1)], [sku(), suspended]).kind).toBe('mailbox_opening');
  });

  test('does not matter where nothing of it makes a mailbox for this account', () => {
    const off = heldLicence(KIOSK, { disabledPlans: [EXCHANGE_S_STANDARD] });
    expect(opening([off, heldLicence(PLAN_1)], [suspended, sku()]).kind).toBe('mailbox_opening');
    expect(opening([heldLicence(PLAN_1)], [suspended, sku()]).kind).toBe('mailbox_opening');
  });

  test('does not matter for a mailbox that is open', () => {
    const open = { lookup: withLicences(heldLicence(KIOSK)), mapping: null, probe: answers };
    expect(situation(open, { skus: [suspended] }).kind).toBe('mailbox_open');
  });
});

test('only a conflict over an address keeps somebody from a licence, not any other report of synchronisation', () => {
  const reported = (category: string, property: string) =>
    kind({ lookup: found({ synchronisationErrors: [{ category, property, value: 'ada@contoso.example' }] }) });
  expect(reported('PropertyConflict', 'ProxyAddresses')).toBe('proxy_address_conflict');
  expect(reported('PropertyConflict', 'UserPrincipalName')).toBe('ready');
  expect(reported('ObjectLocked', 'ProxyAddresses')).toBe('ready');
});

test.each(['SMTP:ada@contoso.example', 'smtp:ada@contoso.example', 'ada@contoso.example'])(
  'the address of a conflict is named as people write it: %s',
  (value) => {
    const conflict = { category: 'PropertyConflict', property: 'ProxyAddresses', value };
    expect(situation({ lookup: found({ synchronisationErrors: [conflict] }) })).toMatchObject({
      kind: 'proxy_address_conflict',
      value: 'ada@contoso.example',
    });
  },
);

describe('who is ready', () => {
  test('does not wait where an operator answered', () => {
    const { start } = tenant();
    const waits = { start: { ...start, waitUntilEnabled: true } };
    const disabled = found({ accountEnabled: false });
    expect(situation({ lookup: disabled }, waits)).toMatchObject({ waitsUntilEnabled: true });
    expect(situation({ lookup: found() }, waits)).toMatchObject({ waitsUntilEnabled: false });
    expect(situation({ lookup: disabled })).toMatchObject({ waitsUntilEnabled: false });
    for (const told of [{ licenseNowBy: 'Olga' }, { choice: 'assign_directly' }] satisfies Partial<Person>[]) {
      const who = person({ ...told, startDate: '2027-12-25' });
      expect(situation({ lookup: disabled, person: who }, waits)).toMatchObject({
        waitsUntilEnabled: false,
        due: null,
      });
    }
  });

  test('keeps the location of the account, and hears where the row says another', () => {
    const differing = (usageLocation: string | null, ofAccount: string | null) =>
      situation({ person: person({ usageLocation }), lookup: found({ usageLocation: ofAccount }) });
    expect(differing('DE', 'FR')).toMatchObject({ location: null, differingLocation: 'DE' });
    expect(differing('DE', 'de')).toMatchObject({ location: null, differingLocation: null });
    expect(differing(null, 'FR')).toMatchObject({ location: null, differingLocation: null });
    expect(differing('DE', null)).toMatchObject({ location: { value: 'DE' }, differingLocation: null });
  });

  test('is asked about an address before a licence, unless everything else says no', () => {
    const address = found({ mail: 'ada@contoso.example' });
    expect(kind({ lookup: address }, { licenseAccountsWithAddress: false })).toBe('mailbox_on_premises');
    expect(kind({ lookup: found() }, { licenseAccountsWithAddress: false })).toBe('ready');
    expect(kind({ lookup: address, mapping: null }, { licenseAccountsWithAddress: false })).toBe('mailbox_on_premises');
  });
});

test('the pauses of Graph and the times from Settings, in milliseconds', () => {
  const minutes = [0, 1, 2, 3, 4, 5, 6, 7, 8, 99].map((failures) => probeIntervalMs(failures) / 60_000);
  expect(minutes).toEqual([1, 1, 2, 5, 10, 15, 30, 60, 60, 60]);
  expect(waitingTimes({ syncLimitDays: 3, mailboxLimitHours: 12, attentionCheckHours: 2 })).toEqual({
    syncLimitMs: 3 * 24 * 3_600_000,
    mailboxLimitMs: 12 * 3_600_000,
    mailboxRetryMs: 6 * 3_600_000,
    attentionCheckMs: 2 * 3_600_000,
  });
});
