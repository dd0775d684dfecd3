import { describe, expect, test } from 'vitest';
import type { Newcomer } from '#lib/domain/newcomer.ts';
import { decides, differences } from '#lib/intake/csv/rows/differences.ts';

const ADA: Newcomer = {
  userPrincipalName: 'Ada.Test@contoso.example',
  displayName: 'Ada Test',
  employeeType: 'E',
  usageLocation: 'DE',
  startDate: '2026-03-04',
};

describe('two rows about one person differ where both say something, and say something else', () => {
  test.each<[string, Partial<Newcomer>, Partial<Newcomer>, ReturnType<typeof differences>]>([
    ['the same row', {}, {}, []],
    ['the address in other letters', {}, { userPrincipalName: 'ADA.TEST@CONTOSO.EXAMPLE' }, []],
    [
      'another address',
      {},
      { userPrincipalName: 'Ada.New@contoso.example' },
      [{ column: 'UserPrincipalName', before: 'ada.test@contoso.example', after: 'ada.new@contoso.example' }],
    ],
    [
      'another name and type, in other letters',
      {},
      { displayName: 'ada test', employeeType: 'e' },
      [
        { column: 'CN', before: 'Ada Test', after: 'ada test' },
        { column: 'EmployeeType', before: 'E', after: 'e' },
      ],
    ],
    ['an empty name and type say nothing', {}, { displayName: '', employeeType: '' }, []],
    ['a name where there was none', { displayName: '' }, {}, [{ column: 'CN', before: null, after: 'Ada Test' }]],
    ['an empty country and date say nothing', {}, { usageLocation: null, startDate: null }, []],
    ['columns that the new file does not have', {}, { usageLocation: undefined, startDate: undefined }, []],
    [
      'columns that the earlier file did not have',
      { usageLocation: undefined, startDate: undefined },
      { startDate: null },
      [{ column: 'UsageLocation', before: null, after: 'DE' }],
    ],
  ])('%s', (_, before, after, found) => {
    expect(differences({ ...ADA, ...before }, { ...ADA, ...after })).toEqual(found);
  });
});

describe('a difference decides about the licence where both rows name another country or kind of employment', () => {
  test.each([
    ['UsageLocation', 'DE', 'FR', true],
    ['UsageLocation', 'DE', 'DE', false],
    ['UsageLocation', null, 'FR', false],
    ['UsageLocation', 'DE', null, false],
    ['EmployeeType', 'Employee', 'External', true],
    ['EmployeeType', 'Employee', ' EMPLOYEE', false],
    ['CN', 'Ada Test', 'Ada Able', false],
    ['StartDate', '2026-03-04', '2026-04-01', false],
    ['Department', 'DE', 'FR', false],
  ])('%s from %j to %j: %j', (column, before, after, does) => expect(decides({ column, before, after })).toBe(does));
});
