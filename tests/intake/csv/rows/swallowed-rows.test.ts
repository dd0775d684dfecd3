import { describe, expect, test } from 'vitest';
import { matchColumns } from '#lib/intake/csv/columns/columns.ts';
import { validateRow } from '#lib/intake/csv/rows/validate.ts';

/** The problems of a row under these names, or its kind where there are none. */
function problemsOf(names: string, fields: readonly string[]) {
  const { header, problems } = matchColumns(names.split(','), null);
  expect(problems).toEqual([]);
  const result = validateRow(header, fields);
  return result.kind === 'rejected' ? result.problems.map(({ column, message }) => [column, message]) : result.kind;
}

const swallowed = (column: string, upn: string) => [
  [column, `${column} spans several lines and contains ${upn}, as if a quote had swallowed a row: check the quotes`],
];

const ADA = ['Ada Able', 'ada@contoso.example', 'E'];

describe('a name, a type, a country or a date over several lines with an address in it has swallowed a row', () => {
  const names = 'CN,UPN,Type,UsageLocation,StartDate,Note';
  test.each([
    ['CN', 0, 'Ada\nBo,bo@contoso.example,E'],
    ['CN', 0, 'Ada\r\nBo; "bo@contoso.example" ;E'],
    ['CN', 0, 'Ada\rBo\tbo@contoso.example'],
    ['CN', 0, 'ada@contoso.example|E\nBo'],
    ['EmployeeType', 2, 'E\nBo,bo@contoso.example,E'],
    ['UsageLocation', 3, 'DE\nBo,bo@contoso.example,E'],
    ['StartDate', 4, '\n""bo@contoso.example""'],
  ])('%s (%i): %j', (column, at, cell) => {
    const upn = /\w+@contoso\.example/.exec(cell)?.[0] ?? '';
    const problems = problemsOf(names, [...ADA, '', '', ''].with(at, cell));
    expect(problems).toEqual(expect.arrayContaining(swallowed(column, upn)));
  });

  test('a long address is shortened', () => {
    const upn = `${'b'.repeat(80)}@contoso.example`;
    expect(problemsOf(names, [`Ada\n${upn}`, ...ADA.slice(1), '', '', ''])).toEqual(swallowed('CN', 'b'.repeat(60)));
  });

  test.each([
    ['a name over several lines without one', ['Ada\nAble', ...ADA.slice(1), '', '', '']],
    [
      'a name that is an address, beside a note over two lines',
      ['ada@contoso.example', ...ADA.slice(1), '', '', 'one\ntwo'],
    ],
    ['an address with a line break behind it', ['Ada', 'ada@contoso.example\r\n', 'E', '', '', '']],
  ])('%s is somebody', (_, fields) => expect(problemsOf(names, fields)).toBe('ok'));
});

describe('a note has swallowed a row where a line of it is as wide as a row, with the address where the header has it', () => {
  test.each([
    ['the row after it', 'CN,UPN,Type,Note', [...ADA, 'x\nBo,bo@contoso.example,E,y']],
    [
      'the row after it, up to the cell where the quote ends',
      'CN,UPN,Type,Note,Room',
      [...ADA, 'x\nBo,bo@contoso.example,E,y', '5'],
    ],
    ['one row and a half', 'CN,UPN,Type,Note', [...ADA, 'x\nBo,bo@contoso.example,E,y\nCy']],
    ['lines as old Macs end them', 'CN,UPN,Type,Note', [...ADA, 'x\rBo,bo@contoso.example,E,y\rCy']],
    ['the rest of its own row', 'Note,CN,UPN,Type', ['x,Bo,bo@contoso.example,E\nCy', ...ADA]],
    [
      'the rest of its own row, behind a comma of its text',
      'Note,CN,UPN,Type',
      ['x, y,Bo,bo@contoso.example,E\nCy', ...ADA],
    ],
    [
      'the rest of its own row, from the third cell on',
      'Room,CN,Note,UPN,Type',
      ['5', 'Ada', 'x,bo@contoso.example,E\n6', ...ADA.slice(1)],
    ],
    ['quoted cells with blanks around them', 'CN,UPN,Type,Note', [...ADA, 'x\n"Bo" , "bo@contoso.example" , "E" , y']],
    ['one of two notes', 'Room,CN,UPN,Type,Note', ['5\n6', ...ADA, 'x\n5,Bo,bo@contoso.example,E,y']],
  ])('%s', (_, names, fields) => expect(problemsOf(names, fields)).toEqual(swallowed('Note', 'bo@contoso.example')));

  test.each([
    ['too narrow a line', 'CN,UPN,Type,Note', [...ADA, 'x\nBo,bo@contoso.example']],
    ['an address on a line of its own', 'CN,UPN,Type,Note', [...ADA, 'see\nbo@contoso.example\nfloor 3']],
    [
      'an address at the beginning',
      'CN,UPN,Type,Note',
      [...ADA, 'bo@contoso.example, room 5, floor 3, house 2\nNorth'],
    ],
    ['an address on the one line there is', 'CN,UPN,Type,Note', [...ADA, 'x,Bo,bo@contoso.example,E']],
    [
      'a last line that ends before the cells behind it',
      'CN,UPN,Type,Note,Room',
      [...ADA, 'x\nBo,bo@contoso.example', '5'],
    ],
    ['a line between that is too narrow', 'CN,UPN,Type,Note,Room', [...ADA, 'x\nBo,bo@contoso.example,E,y\nz', '5']],
    ['an address after a word in its piece', 'CN,UPN,Type,Note', [...ADA, 'x\na,Mail: bo@contoso.example,c,d']],
  ])('%s is a note', (_, names, fields) => expect(problemsOf(names, fields)).toBe('ok'));
});
