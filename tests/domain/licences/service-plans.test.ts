import { expect, test } from 'vitest';
import { knownPlanName, MAILBOX_PLAN_IDS, servicePlanText } from '#lib/domain/licences/service-plans.ts';
import { EXCHANGE_S_STANDARD } from '#tests/support/builders.ts';

test('every plan that makes a mailbox has a name people know, each its own', () => {
  const names = [...MAILBOX_PLAN_IDS].map(knownPlanName);
  expect(names.filter((name) => !name?.startsWith('Exchange Online'))).toEqual([]);
  expect(new Set(names).size).toBe(MAILBOX_PLAN_IDS.size);
});

test('a known plan is said with its raw name, an unknown one by its raw name alone', () => {
  const plan = (servicePlanId: string, servicePlanName: string) => servicePlanText({ servicePlanId, servicePlanName });
  expect(plan(EXCHANGE_S_STANDARD, 'EXCHANGE_S_STANDARD')).toBe('Exchange Online (Plan 1) [EXCHANGE_S_STANDARD]');
  expect(plan('some-id', 'SOME_NEW_PLAN')).toBe('SOME_NEW_PLAN');
});
