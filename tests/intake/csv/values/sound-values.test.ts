import { describe, expect, test } from 'vitest';
import type { KnownColumn } from '#lib/domain/newcomer.ts';
import { matchColumns } from '#lib/intake/csv/columns/columns.ts';
import { EXTRA_LIMIT } from '#lib/intake/csv/limits.ts';
import { extrasOf } from '#lib/intake/csv/rows/extras.ts';
import { isSound, validateRow } from '#lib/intake/csv/rows/validate.ts';

describe('a value that may be suggested leaves neither problem nor doubt', () => {
  test.each<[KnownColumn | null, string, boolean]>([
    ['UserPrincipalName', 'ada@contoso.example', true],
    ['UserPrincipalName', 'ada@contoso', false],
    ['UserPrincipalName', '', false],
    ['CN', 'Ada Test', true],
    ['CN', 'Łucja Żak', true],
    ['CN', '', false],
    ['CN', 'x'.repeat(256), true],
    ['CN', 'x'.repeat(257), false],
    ['CN', 'Ada\u0007Test', false],
    ['CN', 'Ada\u2028Test', false],
    ['CN', 'Ada Lоvelace', false],
    ['CN', 'JÃ¼rgen', false],
    ['EmployeeType', 'E', true],
    ['EmployeeType', '', false],
    ['EmployeeType', 'dito', false],
    ['EmployeeType', 'x'.repeat(64), true],
    ['EmployeeType', 'x'.repeat(65), false],
    ['EmployeeType', 'Beschr&auml;nkt', false],
    ['UsageLocation', 'DE', true],
    ['UsageLocation', 'Germany', true],
    ['UsageLocation', 'n/a', true],
    ['UsageLocation', 'Atlantis', false],
    ['StartDate', '2026-03-04', true],
    ['StartDate', '', true],
    ['StartDate', '3/4/2026', false],
    [null, 'first\r\nsecond\tthird', true],
    [null, 'x\u001by', false],
    [null, 'x'.repeat(EXTRA_LIMIT), true],
    [null, 'x'.repeat(EXTRA_LIMIT + 1), false],
  ])('%s', (column, value, sound) =>
    expect([value.slice(0, 20), isSound(column, value)]).toEqual([value.slice(0, 20), sound]),
  );

  test('a date that can be read in two ways is sound where the file shows which', () => {
    expect(isSound('StartDate', '3/4/2026', { slashed: 'day_first', dotted: 'day_first' })).toBe(true);
  });
});

describe('columns that mean nothing to us are handed on as they are', () => {
  const { header } = matchColumns(['Room', 'CN', 'UPN', 'Type', 'Note'], null);

  test.each([
    ['as they are', [' 5 ', 'Ada', 'a@b.example', 'E', 'one\r\ntwo\tthree'], [' 5 ', 'one\r\ntwo\tthree']],
    ['what no text may hold is left out', ['5\u0000', 'Ada', 'a@b.example', 'E', 'x\u001b[0m'], ['', '']],
    [
      'as long as a cell of a spreadsheet',
      ['5', 'Ada', 'a@b.example', 'E', 'x'.repeat(EXTRA_LIMIT)],
      ['5', 'x'.repeat(EXTRA_LIMIT)],
    ],
    ['a longer one is left out', ['5', 'Ada', 'a@b.example', 'E', 'x'.repeat(EXTRA_LIMIT + 1)], ['5', '']],
    ['a cell that is missing', ['5', 'Ada', 'a@b.example', 'E'], ['5', '']],
  ])('%s', (_, fields, extras) => expect(extrasOf(header, fields)).toEqual(extras));

  test('a file that has none has nothing to hand on', () => {
    expect(extrasOf(matchColumns(['CN', 'UPN', 'Type'], null).header, ['Ada', 'a@b.example', 'E'])).toBeNull();
  });

  test.each([
    ['x'.repeat(EXTRA_LIMIT), []],
    ['x'.repeat(EXTRA_LIMIT + 1), ['Note is too long: 32768 characters, at most 32767']],
    ['ab\u0000', ['Note contains the control character U+0000 at position 3']],
  ])('what is left out is told', (note, doubts) => {
    const result = validateRow(header, ['5', 'Ada', 'a@b.example', 'E', note]);
    expect(result).toMatchObject({ kind: 'ok', doubts: doubts.map((message) => ({ column: 'Note', message })) });
  });
});
