import { describe, expect, test } from 'vitest';
import type { KnownColumn } from '#lib/domain/newcomer.ts';
import { isSound } from '#lib/intake/csv/rows/validate.ts';
import { distance, nearest } from '#lib/intake/draft/nearest.ts';
import { suggest } from '#lib/intake/draft/suggest.ts';

const USAGE = { domains: ['contoso.com', 'fabrikam.example'], employeeTypes: ['E', 'N', 'Contractor'] };

const suggestions = (column: KnownColumn | null, value: string) =>
  suggest(column, value, USAGE, (candidate) => isSound(column, candidate)).map(({ to }) => to);

test.each([
  ['a slip in the domain', 'ada@contoso.con', ['ada@contoso.com']],
  ['two letters swapped', 'ada@conotso.com', ['ada@contoso.com']],
  ['a domain cut short', 'ada@fabrikam', ['ada@fabrikam.example']],
  ['an umlaut', 'jürgen@contoso.com', ['juergen@contoso.com']],
  ['an umlaut of two code points', 'ju\u0308rgen@contoso.com', ['juergen@contoso.com']],
  ['accents', 'zoë.šapek@contoso.com', ['zoe.sapek@contoso.com']],
  ['a sharp s', 'groß@contoso.com', ['gross@contoso.com']],
  ['a blank inside', 'ada able@contoso.com', ['ada.able@contoso.com', 'adaable@contoso.com']],
  ['a blank around the @', 'ada @ contoso.com', ['ada@contoso.com']],
  ['a dot at the end', 'ada@contoso.com.', ['ada@contoso.com']],
  ['a dot before the @', 'ada.@contoso.com', ['ada@contoso.com']],
  ['two dots', 'ada..able@contoso.com', ['ada.able@contoso.com']],
  ['a comma for a dot', 'ada@contoso,com', ['ada@contoso.com']],
  ['no domain', 'ada.able', ['ada.able@contoso.com']],
  ['nothing after the @', 'ada@', ['ada@contoso.com']],
  ['(at)', 'ada(at)contoso.com', ['ada@contoso.com']],
  ['a dot for the @', 'ada.contoso.com', ['ada@contoso.com']],
  ['an address as mail programs copy it', 'Ada Able <ada@contoso.com>', ['ada@contoso.com']],
  ['a mail link', 'mailto:ada@contoso.com', ['ada@contoso.com']],
  ['everything at once', 'jürgen müller@contoso.con', ['juergen.mueller@contoso.com', 'juergenmueller@contoso.com']],
  ['nothing to go by', '', []],
  ['a domain like none we know', 'ada@northwind.example', []],
])('a UserPrincipalName with %s', (_, value, meant) => {
  expect(suggestions('UserPrincipalName', value)).toEqual(meant);
});

test.each([
  ['Terminated', ['']],
  ['Löschen', ['']],
  ['TRUE', ['']],
  ['x', ['']],
  ['2025-06-30', ['']],
  ['30.06.25', ['']],
  ['Active', []],
])('a column that says %s of the row can be left out where somebody leaves', (value, meant) => {
  expect(suggestions(null, value)).toEqual(meant);
});

test('the same slip has the same pattern, another one has not', () => {
  const patternOf = (value: string) =>
    suggest('UserPrincipalName', value, USAGE, (candidate) => isSound('UserPrincipalName', candidate))[0]?.pattern;
  expect(patternOf('ada@contoso.con')).toBe(patternOf('bob@contoso.con'));
  expect(patternOf('ada@contoso.con')).not.toBe(patternOf('ada@contoso.co'));
  expect(patternOf('ada@contoso.con')).not.toBe(patternOf('ädä@contoso.con'));
});

test.each([
  ['UsageLocation', 'Germany', ['DE']],
  ['UsageLocation', 'Deutschland', ['DE']],
  ['UsageLocation', 'États-Unis', ['US']],
  ['UsageLocation', 'UK', ['GB']],
  ['UsageLocation', 'AUT', ['AT']],
  ['UsageLocation', 'Germny', ['DE']],
  ['UsageLocation', 'Atlantis', ['']],
  ['EmployeeType', 'E.', ['E']],
  ['EmployeeType', 'contracter', ['Contractor']],
  ['EmployeeType', 'Employee', ['E']],
  ['EmployeeType', 'X', []],
  ['EmployeeType', '', []],
  ['CN', 'Ada\u0007 Able', ['Ada Able']],
  ['CN', '', []],
] as const)('%s %j', (column, value, meant) => {
  expect(suggestions(column, value).slice(0, 1)).toEqual(meant);
});

test.each([
  ['03/04/2026', ['2026-04-03', '2026-03-04', '']],
  ['04.03.26', ['2026-03-04', '2026-04-03', '']],
  ['20260304', ['2026-03-04', '']],
  ['4. März 2026', ['2026-03-04', '']],
  ['04-Mar-26', ['2026-03-04', '']],
  ['March 4, 2026', ['2026-03-04', '']],
  ['46085', ['2026-03-04', '']],
  ['soon', ['']],
])('StartDate %s', (value, meant) => {
  expect(suggestions('StartDate', value)).toEqual(meant);
});

test('a column we only hand back loses its control characters', () => {
  expect(suggestions(null, 'room\u00001')).toEqual(['room 1']);
});

describe('distance', () => {
  test.each([
    ['contoso', 'contoso', 0],
    ['contoso', 'contosso', 1],
    ['contoso', 'conotso', 1],
    ['abc', 'xyz', 3],
    ['a', 'abcdefgh', 3],
  ])('%s %s', (a, b, steps) => {
    expect(Math.min(distance(a, b, 5), 3)).toBe(steps);
  });

  test('short words have no near ones: a code of one letter is no slip of another', () => {
    expect(nearest('C', ['E', 'N'])).toBeNull();
  });
});
