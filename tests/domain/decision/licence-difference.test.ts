import { describe, expect, test } from 'vitest';
import type { AssignedLicence } from '#lib/domain/account.ts';
import { givenOf, hasOtherType, licenceDifference } from '#lib/domain/decision/licence-difference.ts';
import { resolveMapping } from '#lib/domain/licences/mapping.ts';
import type { Person } from '#lib/domain/person.ts';
import {
  accountOf,
  EXCHANGE_S_STANDARD,
  heldLicence,
  KIOSK,
  mapping,
  PLAN_1,
  person,
  sku,
} from '#tests/support/builders.ts';

const FLOW = 'f30db892-07e9-47e9-837c-80727f46fd3d';
const ENTERPRISE = '19ec0d23-8335-4cbd-94ac-6050e30712fa';
const kiosk = sku({ skuId: KIOSK, skuPartNumber: 'EXCHANGEDESKLESS' });
const flow = sku({ skuId: FLOW, skuPartNumber: 'FLOW_FREE', servicePlans: [] });
const enterprise = sku({ skuId: ENTERPRISE, skuPartNumber: 'EXCHANGEENTERPRISE' });
const SKUS = [sku(), kiosk, enterprise, flow];
const PLAN_1_AND_FLOW = mapping({
  licences: ['EXCHANGESTANDARD', 'FLOW_FREE'].map((skuPartNumber) => ({ skuPartNumber, disabledPlans: [] })),
});

function difference(licences: AssignedLicence[], who: Partial<Person> = {}, mapped = mapping()) {
  return licenceDifference(person(who), accountOf({ licences }), resolveMapping(mapped, SKUS), SKUS);
}

describe('nothing differs', () => {
  test('where the mapped licences are there, whatever else is', () => {
    expect(difference([heldLicence(PLAN_1), heldLicence(KIOSK)])).toBeNull();
  });

  test('where no licence makes a mailbox yet', () => {
    expect(difference([])).toBeNull();
    expect(difference([heldLicence(FLOW)])).toBeNull();
  });

  test('where the other licence does not work, or its mailbox is turned off', () => {
    expect(difference([heldLicence(KIOSK, { error: 'CountViolation' })])).toBeNull();
    expect(difference([heldLicence(KIOSK, { disabledPlans: [EXCHANGE_S_STANDARD] })])).toBeNull();
  });

  test('where there is no mapping, or none that can be used', () => {
    const account = accountOf({ licences: [heldLicence(KIOSK)] });
    expect(licenceDifference(person(), account, null, SKUS)).toBeNull();
    expect(licenceDifference(person(), account, { kind: 'makes_no_mailbox' }, SKUS)).toBeNull();
  });
});

test('of several mapped licences the missing ones are added, once one with a mailbox is there', () => {
  expect(difference([heldLicence(PLAN_1)], {}, PLAN_1_AND_FLOW)).toEqual({ kind: 'incomplete' });
  expect(difference([heldLicence(FLOW)], {}, PLAN_1_AND_FLOW)).toEqual({ kind: 'incomplete' });
  expect(difference([heldLicence(PLAN_1), heldLicence(FLOW)], {}, PLAN_1_AND_FLOW)).toBeNull();
  expect(difference([], {}, PLAN_1_AND_FLOW)).toBeNull();
});

describe('what is missing of several mapped licences', () => {
  const missesFlow = (who: Partial<Person>) => difference([heldLicence(PLAN_1)], who, PLAN_1_AND_FLOW);

  test('is added to nobody who is licensed or done: somebody took it away, or mapped it since', () => {
    expect(missesFlow({ state: 'provisioned', licensedAt: 1 })).toBeNull();
    expect(missesFlow({ state: 'already_provisioned', licensedAsType: 'E' })).toBeNull();
    expect(missesFlow({ state: 'awaiting_mailbox', licensedAt: 1, licensedAsType: 'E' })).toBeNull();
  });

  test('is asked about where the EmployeeType is another one by now, and what was there stays', () => {
    const asked = { kind: 'other', isMapped: true, held: [sku()], removable: [] };
    const changed = { licensedAsType: 'N', licensedAt: 1, givenLicences: ['EXCHANGESTANDARD'] };
    expect(missesFlow({ state: 'provisioned', ...changed })).toMatchObject(asked);
    expect(missesFlow({ state: 'awaiting_mailbox', ...changed })).toMatchObject(asked);
    expect(missesFlow({ state: 'awaiting_mailbox', ...changed, choice: 'keep' })).toBeNull();
  });
});

test('a mapped licence is no other one, although its mailbox is on against the mapping', () => {
  const withoutMailbox = mapping({
    licences: [
      { skuPartNumber: 'EXCHANGEDESKLESS', disabledPlans: [EXCHANGE_S_STANDARD] },
      { skuPartNumber: 'EXCHANGESTANDARD', disabledPlans: [] },
    ],
  });
  expect(difference([heldLicence(KIOSK)], {}, withoutMailbox)).toEqual({ kind: 'incomplete' });
});

test('nobody is asked about another licence where a mapped one makes the mailbox', () => {
  const licences = [heldLicence(PLAN_1), heldLicence(KIOSK)];
  expect(difference(licences, {}, PLAN_1_AND_FLOW)).toEqual({ kind: 'incomplete' });
});

describe('another licence with a mailbox', () => {
  const other = { kind: 'other', held: [kiosk], missing: [{ skuPartNumber: 'EXCHANGESTANDARD' }], removable: [] };

  test('is asked about', () => {
    expect(difference([heldLicence(KIOSK)])).toMatchObject(other);
    expect(difference([heldLicence(KIOSK), heldLicence(FLOW)])).toMatchObject(other);
  });

  test('is not, where an operator decided to keep it', () => {
    expect(difference([heldLicence(KIOSK)], { choice: 'keep' })).toBeNull();
    expect(difference([heldLicence(KIOSK)], { choice: 'replace' })).toMatchObject(other);
  });

  test('of somebody who is done is news only with another EmployeeType', () => {
    expect(difference([heldLicence(KIOSK)], { state: 'provisioned', licensedAsType: 'e' })).toBeNull();
    expect(difference([heldLicence(KIOSK)], { state: 'provisioned' })).toBeNull();
    expect(difference([heldLicence(KIOSK)], { state: 'provisioned', licensedAsType: 'N' })).toMatchObject(other);
  });

  test('can be taken away only where we gave it, directly', () => {
    const given = { givenLicences: ['exchangedeskless', 'FLOW_FREE'] };
    const removable = [{ skuId: KIOSK, skuPartNumber: 'EXCHANGEDESKLESS' }];
    expect(difference([heldLicence(KIOSK), heldLicence(FLOW)], given)).toMatchObject({ removable });
    const two = [heldLicence(KIOSK), heldLicence(ENTERPRISE)];
    expect(difference(two, given)).toMatchObject({ held: [kiosk, enterprise], removable });
    expect(difference([heldLicence(KIOSK, { source: 'both' })], given)).toMatchObject({ removable });
    expect(difference([heldLicence(KIOSK, { source: 'group' })], given)).toMatchObject({ removable: [] });
  });
});

test('what we gave and is still there, not through a group alone', () => {
  const account = accountOf({ licences: [heldLicence(PLAN_1), heldLicence(FLOW, { source: 'group' })] });
  const given = { givenLicences: ['ExchangeStandard', 'EXCHANGEDESKLESS', 'FLOW_FREE'] };
  expect(givenOf(given, account, SKUS)).toEqual([{ skuId: PLAN_1, skuPartNumber: 'EXCHANGESTANDARD' }]);
  expect(givenOf({ givenLicences: [] }, account, SKUS)).toEqual([]);
});

test('the EmployeeType for which somebody was licensed is compared without case', () => {
  expect(hasOtherType(person({ licensedAsType: ' e ' }))).toBe(false);
  expect(hasOtherType(person({ licensedAsType: 'N' }))).toBe(true);
  expect(hasOtherType(person({ licensedAsType: null }))).toBe(false);
});
