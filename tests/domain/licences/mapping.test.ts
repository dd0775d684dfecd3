import { expect, test } from 'vitest';
import {
  isRememberedNote,
  mappedLicencesSchema,
  REMEMBERED_NOTE,
  resolveMapping,
  SEEDED_MAPPINGS,
} from '#lib/domain/licences/mapping.ts';
import { knownPlanName, PLAN_IDS } from '#lib/domain/licences/service-plans.ts';
import { EXCHANGE_S_FOUNDATION, EXCHANGE_S_STANDARD, mapping, sku } from '#tests/support/builders.ts';

test('a new installation maps E and N as the script did that it replaces: whole licences, in the US', () => {
  const whole = (skuPartNumber: string) => [{ skuPartNumber, disabledPlans: [] }];
  expect(SEEDED_MAPPINGS).toEqual([
    { employeeType: 'E', licences: whole('EXCHANGESTANDARD'), usageLocation: 'US' },
    { employeeType: 'N', licences: whole('EXCHANGEDESKLESS'), usageLocation: 'US' },
  ]);
});

test('a mapping names one licence or more, with all service plans unless some are named', () => {
  expect(mappedLicencesSchema.parse([{ skuPartNumber: 'SPE_E3' }])).toEqual([
    { skuPartNumber: 'SPE_E3', disabledPlans: [] },
  ]);
  const two = [
    { skuPartNumber: 'SPE_E3', disabledPlans: ['a', 'b'] },
    { skuPartNumber: 'TEAMS', disabledPlans: [] },
  ];
  expect(mappedLicencesSchema.parse(two)).toEqual(two);
  for (const odd of [[], [{ skuPartNumber: '' }], [{ disabledPlans: [] }]])
    expect(mappedLicencesSchema.safeParse(odd).success).toBe(false);
});

test('a service plan that is off is known where the licence has it among others, whatever the case of its id', () => {
  const servicePlans = [EXCHANGE_S_STANDARD, EXCHANGE_S_FOUNDATION].map((servicePlanId) => ({
    servicePlanId,
    servicePlanName: 'PLAN',
  }));
  const off = (...disabledPlans: string[]) =>
    resolveMapping(mapping({ licences: [{ skuPartNumber: 'EXCHANGESTANDARD', disabledPlans }] }), [
      sku({ servicePlans }),
    ]);
  expect(off(EXCHANGE_S_FOUNDATION.toUpperCase())).toMatchObject({
    kind: 'ok',
    licences: [{ disabledPlans: [EXCHANGE_S_FOUNDATION], makesMailbox: true }],
  });
  expect(off(EXCHANGE_S_STANDARD)).toEqual({ kind: 'makes_no_mailbox' });
  expect(off('nobody-knows')).toMatchObject({ kind: 'service_plan_unknown', servicePlanId: 'nobody-knows' });
});

test('every service plan that the program names itself has a name that people know', () => {
  const names = Object.values(PLAN_IDS).map(knownPlanName);
  expect(names).not.toContain(null);
  expect(new Set(names).size).toBe(names.length);
  expect(knownPlanName('nobody-knows')).toBeNull();
});

test.each([
  [REMEMBERED_NOTE, true],
  ['License anyway, remembered for everybody with this EmployeeType.', true],
  ['License anyway', false],
])('the note %j is the one of what was remembered: %s', (note, is) => expect(isRememberedNote(note)).toBe(is));
