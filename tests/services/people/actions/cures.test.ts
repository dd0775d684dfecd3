import { expect, test } from 'vitest';
import { REASON_CATALOGUE } from '#lib/domain/reasons/reason-catalogue.ts';
import type { ReasonCode } from '#lib/domain/reasons/reason-facts.ts';
import type { PersonState } from '#lib/domain/states.ts';
import { cureOf, portalOf } from '#lib/services/people/actions/cures.ts';

test.each<[PersonState, ReasonCode, ReturnType<typeof cureOf>]>([
  ['needs_attention', 'type_unmapped', { kind: 'map', employeeType: 'C' }],
  ['needs_attention', 'service_plan_dependency', { kind: 'map', employeeType: 'C' }],
  ['awaiting_seat', 'no_seat', { kind: 'seats' }],
  ['needs_attention', 'usage_location_not_allowed', { kind: 'location' }],
  ['needs_attention', 'employee_type_missing', { kind: 'correct' }],
  ['held', 'safety_limit', { kind: 'approve' }],
  ['held', 'rows_disagree', { kind: 'none' }],
  ['needs_attention', 'licence_removed', { kind: 'act', action: 'retry' }],
  ['awaiting_start', 'before_start', { kind: 'act', action: 'license_now' }],
])('%s, %s: what mends the cause stands first', (state, reason, cure) => {
  expect(cureOf(state, reason, 'C')).toEqual(cure);
});

test('no cause that somebody of the organisation has to mend leaves the first button open', () => {
  const needsSomebody = Object.entries(REASON_CATALOGUE).filter(
    ([, { states, fixedBy }]) => fixedBy !== 'nobody' && states !== 'unchanged' && states.includes('needs_attention'),
  );
  expect(needsSomebody.length).toBeGreaterThan(20);
  const withoutFirst = needsSomebody.filter(
    ([reason]) => cureOf('needs_attention', reason, 'C').kind === 'none' && portalOf(reason) === null,
  );
  expect(withoutFirst.map(([reason]) => reason)).toEqual([]);
});

test('where a retry alone changes nothing, the place in Microsoft’s admin centres stands first', () => {
  for (const [reason, page] of [
    ['account_is_guest', 'account'],
    ['never_synchronised', 'synchronisation'],
    ['mailbox_on_premises', 'mailbox'],
  ] as const) {
    expect(cureOf('needs_attention', reason, 'C')).toEqual({ kind: 'none' });
    expect(portalOf(reason)).toBe(page);
  }
  expect(portalOf('licence_removed')).toBeNull();
});
