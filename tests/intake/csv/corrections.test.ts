import { describe, expect, test } from 'vitest';
import { type ColumnChoice, matchColumns } from '#lib/intake/csv/columns/columns.ts';
import { readRow } from '#lib/intake/csv/parse.ts';
import { emptyDatabase, importBytes, storedPeople, storedRows } from '#tests/intake/build.ts';

describe('columns matched by hand', () => {
  test.each<[string, string[], ColumnChoice, Record<string, number | null>, string[]]>([
    [
      'what is not named is found by its name',
      ['CN', 'Mail', 'Type'],
      { UserPrincipalName: 1 },
      { CN: 0, EmployeeType: 2 },
      [],
    ],
    [
      'a meaning that two columns claim is settled',
      ['CN', 'UPN', 'Type', 'Typ'],
      { EmployeeType: 3 },
      { EmployeeType: 3 },
      [],
    ],
    ['a column has one meaning only', ['CN', 'UPN', 'Type'], { StartDate: 2 }, { EmployeeType: null }, ['missing']],
    ['one column for two meanings is a problem', ['CN', 'UPN', 'Type'], { CN: 1, UserPrincipalName: 1 }, {}, ['both']],
    ['a place outside the file is none', ['CN', 'UPN', 'Type'], { CN: 9 }, { CN: null }, ['missing']],
    [
      'an optional column can be left out',
      ['CN', 'UPN', 'Type', 'StartDate'],
      { StartDate: null },
      { StartDate: null },
      [],
    ],
  ])('%s', (_, names, choice, at, problems) => {
    const match = matchColumns(names, choice);
    expect(match.header.at).toMatchObject(at);
    expect(match.problems.map(({ message }) => message)).toEqual(
      problems.map((problem) => expect.stringContaining(problem)),
    );
  });

  test('columns of the same name are told apart instead of refused', () => {
    const { header, problems } = matchColumns(['CN', 'UPN', 'Type', 'Note', 'Note'], {});
    expect(problems).toEqual([]);
    expect(header.extras).toEqual([
      { name: 'Note', at: 3 },
      { name: 'Note (2)', at: 4 },
    ]);
    expect(matchColumns(['CN', 'UPN', 'Type', 'Note', 'Note'], null)).toMatchObject({
      header: { extras: header.extras },
    });
  });
});

test.each([
  ['a,b,c', ['a', 'b', 'c']],
  ['"a,b",c', ['a,b', 'c']],
  ['"a\nb",c', ['a\nb', 'c']],
  ['a,b\nc,d', null],
  ['"a"x,b', null],
  ['"a,b', null],
])('a row that was typed: %j', (text, fields) => {
  expect(readRow(text, ',')).toEqual(fields);
});

test('corrections are applied while the file is imported, and the rows stay as they came', () => {
  const db = emptyDatabase();
  const by = 'Olga Operator';
  const text = 'Who,UPN,Type\nDoe, Jane,jane@contoso.example,E\nBob,bob,E\n';
  const taken = importBytes(db, text, {
    operatorCorrections: {
      columns: { CN: 0 },
      corrections: [
        { line: 2, column: null, to: '"Doe, Jane",jane@contoso.example,E', by },
        { line: 3, column: 1, to: ' bob@contoso.example', by },
        { line: 9, column: 1, to: 'nowhere', by },
        { line: 3, column: 7, to: 'nowhere', by },
      ],
    },
  });
  expect(taken).toMatchObject({ rows: 2, accepted: 2, rejected: [] });
  expect(storedPeople(db).map((person) => [person.displayName, person.upnKey])).toEqual([
    ['Doe, Jane', 'jane@contoso.example'],
    ['Bob', 'bob@contoso.example'],
  ]);
  const [first, second] = storedRows(db);
  expect(first?.raw).toBe('Doe, Jane,jane@contoso.example,E');
  expect(JSON.parse(second?.changes ?? '')).toEqual([
    { column: 'UserPrincipalName', from: 'bob', to: ' bob@contoso.example', what: 'corrected by Olga Operator' },
    { column: 'UserPrincipalName', from: ' bob@contoso.example', to: 'bob@contoso.example', what: 'trimmed' },
  ]);
});
