import { describe, expect, test } from 'vitest';
import { matchColumns } from '#lib/intake/csv/columns/columns.ts';
import { correctRow } from '#lib/intake/csv/rows/corrections.ts';
import { validateRow } from '#lib/intake/csv/rows/validate.ts';

const { header } = matchColumns(['CN', 'UPN', 'Type', 'UsageLocation'], null);

function rowOf(...fields: string[]) {
  const result = validateRow(header, fields);
  if (result.kind === 'rejected') throw new Error(result.problems.map(({ message }) => message).join());
  const { displayName, userPrincipalName, employeeType, usageLocation } = result.newcomer;
  return { values: [displayName, userPrincipalName, employeeType, usageLocation], changes: result.changes };
}

describe('marks by which Excel takes a cell for text are taken off where the whole row has them', () => {
  test.each([
    ['before each', ["'Ada", "'a@b.example", "'E", "'DE"], ['Ada', 'a@b.example', 'E', 'DE']],
    ['around each', ["'Ada'", "'a@b.example'", "'E'", "'DE'"], ['Ada', 'a@b.example', 'E', 'DE']],
    [
      'around each, and the other columns have none',
      ["'Ada'", "'a@b.example'", "'E'", 'DE'],
      ['Ada', 'a@b.example', 'E', 'DE'],
    ],
    [
      'around what is required, before the rest',
      ["'Ada'", "'a@b.example'", "'E'", "'DE"],
      ['Ada', 'a@b.example', 'E', 'DE'],
    ],
    ['before each, and one name ends so', ["'James'", "'a@b.example", "'E", ''], ["James'", 'a@b.example', 'E', null]],
    ['before each that is filled', ["'Ada", "'a@b.example", '', ''], ['Ada', 'a@b.example', '', null]],
    ['nothing but marks', ["'", "'a@b.example", "'", ''], ['', 'a@b.example', '', null]],
    ['before a name alone', ["'s Gravesande", 'a@b.example', 'E', ''], ["'s Gravesande", 'a@b.example', 'E', null]],
    ['around a name alone', ["'Ada'", 'a@b.example', 'E', ''], ["'Ada'", 'a@b.example', 'E', null]],
    ['before an address alone', ['Ada', "'a@b.example", 'E', ''], ['Ada', "'a@b.example", 'E', null]],
    ['typographic quotes around each', ['“Ada”', '“a@b.example”', '“E”', '“DE”'], ['Ada', 'a@b.example', 'E', 'DE']],
    ['German quotes around each', ['„Ada“', '„a@b.example“', '„E“', ''], ['Ada', 'a@b.example', 'E', null]],
    ['plain quotes around each', ['"Ada"', '"a@b.example"', '"E"', ''], ['Ada', 'a@b.example', 'E', null]],
    ['plain quotes around a name alone', ['"Ada"', 'a@b.example', 'E', ''], ['"Ada"', 'a@b.example', 'E', null]],
    ['guillemets around each', ['«Ada»', '«a@b.example»', '«E»', ''], ['Ada', 'a@b.example', 'E', null]],
    ['typographic quotes around a name alone', ['“Ada”', 'a@b.example', 'E', ''], ['“Ada”', 'a@b.example', 'E', null]],
    ['before the only filled cell', ['', "'a@b.example", '', ''], ['', "'a@b.example", '', null]],
  ])('%s', (_, fields, values) => expect(rowOf(...fields).values).toEqual(values));

  test.each([
    ['="007"', '007'],
    ['="say ""E"""', 'say "E"'],
    ['=""', ''],
    ['="E" ', '="E"'],
    ['="E"&"x"', '="E"&"x"'],
    ['x="E"', 'x="E"'],
    ['=E', '=E'],
  ])('%j is the type %j', (cell, type) => expect(rowOf('Ada', 'a@b.example', cell, '').values[2]).toBe(type));

  test('both at once, and each is noted', () => {
    const { values, changes } = rowOf('="Ada"', 'a@b.example', 'E', '');
    expect(values).toEqual(['Ada', 'a@b.example', 'E', null]);
    expect(changes).toEqual([
      { column: 'CN', from: '="Ada"', to: 'Ada', what: 'without the marks that make it a text in Excel' },
    ]);
    expect(rowOf("'Ada", "'a@b.example", "'E", '').changes.map(({ column, to }) => [column, to])).toEqual([
      ['UserPrincipalName', 'a@b.example'],
      ['CN', 'Ada'],
      ['EmployeeType', 'E'],
    ]);
  });
});

describe('an address is read without what mail programs and directories write around it', () => {
  test.each([
    'mailto:a@b.example',
    'MAILTO: a@b.example',
    'SMTP:a@b.example',
    'smtp:a@b.example',
    '<a@b.example>',
    'Ada Able <a@b.example>',
    '"Able, Ada" <a@b.example>;',
    'Ada Able <mailto:a@b.example>',
    'Ada Öhm < a@b.example >',
    'a@b.example;',
    ' a@b.example, ',
    'a@b.example<mailto:a@b.example>',
    'a@b.example <mailto:A@b.example>',
    '[a@b.example](mailto:a@b.example)',
  ])('%s', (cell) => {
    const { values, changes } = rowOf('Ada', cell, 'E', '');
    expect(values).toEqual(['Ada', 'a@b.example', 'E', null]);
    expect(changes.at(-1)).toEqual({
      column: 'UserPrincipalName',
      from: cell.trim(),
      to: 'a@b.example',
      what: 'without what stood around the address',
    });
  });

  test.each([
    'a@b.example;c@d.example',
    'Ada <a@b.example> Bob <c@d.example>',
    'a@b.example <c@d.example>',
    'a@b.example<mailto:c@b.example>',
    'a@b.example<mailto:a@b.example.com>',
    'sip:a@b.example',
    '<a@b.example',
    'a b@c.example;',
  ])('%s is not one address, and stays out as it is', (cell) => {
    const result = validateRow(header, ['Ada', cell, 'E', '']);
    expect(result).toMatchObject({ kind: 'rejected', problems: [{ column: 'UserPrincipalName' }], changes: [] });
  });
});

describe('a number before each row, which the header does not name (R), is passed over', () => {
  const { header: three } = matchColumns(['CN', 'UserPrincipalName', 'EmployeeType'], null);
  const read = (...fields: string[]) =>
    correctRow(
      { header: three, delimiter: ',' },
      { kind: 'row', line: 2, raw: fields.join(','), fields, problem: null },
      new Map(),
    );

  test('and noted', () => {
    const { part, changes } = read('17', 'Ada', 'a@b.example', 'E');
    expect(part.fields).toEqual(['Ada', 'a@b.example', 'E']);
    expect(changes).toEqual([{ column: 'Row', from: '17', to: '', what: 'without the row number before it' }]);
  });

  test.each([
    [['17', 'Ada', 'Able', 'a@b.example']],
    [['Ada', 'a@b.example', 'E', 'a@b.example']],
    [['17', 'a@b.example', 'a@b.example', 'E']],
    [['x17', 'Ada', 'a@b.example', 'E']],
  ])('%j has one cell too many', (fields) => {
    expect(read(...fields)).toMatchObject({ part: { fields }, changes: [] });
  });

  test('also where the address of a manager stands right before that of the person, who would be the manager otherwise', () => {
    const { header: five } = matchColumns(['CN', 'Manager mail', 'UPN', 'EmployeeType', 'StartDate'], null);
    const fields = ['17', 'Ada', 'boss@b.example', 'a@b.example', 'E', ''];
    const row = { kind: 'row', line: 2, raw: fields.join(','), fields, problem: null } as const;
    expect(correctRow({ header: five, delimiter: ',' }, row, new Map()).part.fields).toEqual(fields.slice(1));
  });

  test.each(['EmployeeID', 'EmployeeType', 'StartDate'])('a number that %s may hold is no row number', (first) => {
    const fourth = first === 'EmployeeType' ? 'City' : 'EmployeeType';
    const { header: four } = matchColumns([first, 'CN', 'UserPrincipalName', fourth], null);
    const fields = ['1001', 'Able', ' Ada', 'a@b.example', 'E'];
    const row = { kind: 'row', line: 2, raw: fields.join(','), fields, problem: null } as const;
    expect(correctRow({ header: four, delimiter: ',' }, row, new Map())).toMatchObject({
      part: { fields },
      changes: [],
    });
  });
});

describe('what csvde and directories write is read, once it is whole', () => {
  test.each([
    ["X'41646120c3964d'", 'Ada ÖM', 'decoded from the hexadecimal form of csvde'],
    ["x'416461'", 'Ada', 'decoded from the hexadecimal form of csvde'],
    ["X'416461' ", 'Ada', 'decoded from the hexadecimal form of csvde'],
    ['CN=Ada Able ,OU=x', 'Ada Able', 'the CN of a distinguished name'],
    ['CN= Ada Able', 'Ada Able', 'the CN of a distinguished name'],
    ['CN="Able; Ada" ,OU=x', 'Able; Ada', 'the CN of a distinguished name'],
    ['CN=Ada\\2C Able', 'Ada, Able', 'the CN of a distinguished name'],
    // An escaped backslash before what would be a byte.
    ['CN=Ada\\\\Able', 'Ada\\Able', 'the CN of a distinguished name'],
    ['CN=Ada Able\\ ,OU=x', 'Ada Able', 'the CN of a distinguished name'],
    ['CN=Ada\\c3\\96\\+B\\c3\\9c', 'AdaÖ+BÜ', 'the CN of a distinguished name'],
  ])('the name %j is %j', (cell, name, what) => {
    const { values, changes } = rowOf(cell, 'a@b.example', 'E', '');
    expect(values[0]).toBe(name);
    expect(changes).toEqual([{ column: 'CN', from: cell, to: name, what }]);
  });

  test.each([
    "X'c3'",
    "X'4164616'",
    "X'416461'x",
    "Élan X'416461'",
    'CN=,OU=x',
    'CN="",OU=x',
    'Élan CN=Ada',
    'Élan DCN=Ada',
  ])('the name %j stays as it is', (cell) => {
    expect(rowOf(cell, 'a@b.example', 'E', '')).toMatchObject({
      values: [cell, 'a@b.example', 'E', null],
      changes: [],
    });
  });

  test('only a name can be a distinguished one', () => {
    expect(rowOf('Ada', 'a@b.example', 'CN=E,OU=x', '').values[2]).toBe('CN=E,OU=x');
  });
});

describe('blanks around a value are taken off, and nothing else is touched', () => {
  test.each([
    [' Ada Able', 'Ada Able'],
    ['Ada Able ', 'Ada Able'],
    ['\u3000Ada\u00a0\u00a0Able\u2800', 'Ada Able'],
    ['Ada  Able', 'Ada  Able'],
    ['A', 'A'],
    ['Ada\u0085Able', 'Ada Able'],
    ['Xenia', 'Xenia'],
    ['Cora', 'Cora'],
    ['~!', '~!'],
  ])('%j is %j', (cell, name) => {
    const { values, changes } = rowOf(cell, 'a@b.example', 'E', '');
    expect(values[0]).toBe(name);
    expect(changes.map(({ from, to }) => [from, to])).toEqual(cell === name ? [] : [[cell, name]]);
  });
});

describe('what only a program writes is nothing in a name or a type; what somebody may be called is not', () => {
  test.each([
    'NULL',
    'null',
    '\\N',
    'NaN',
    'undefined',
    '(null)',
    '<NULL>',
    '(empty)',
    '<not set>',
    '(notset)',
    'N/A',
    'n/a',
    '#N/A',
    '#n/a',
    '#N/V',
    '#VALUE!',
    '#DIV/0!',
    '#NAME?',
    '-',
    '---',
    '–',
    '?',
    '???',
  ])('%s is nothing', (cell) => {
    const { values, changes } = rowOf(cell, 'a@b.example', 'E', '');
    expect(values[0]).toBe('');
    expect(changes).toEqual([{ column: 'CN', from: cell, to: '', what: 'read as empty' }]);
  });

  test.each([
    'Null',
    'Nan',
    'None',
    'Dr. NULL',
    'NULLmeier',
    '----',
    '????',
    'undefined x',
    'not set',
    '(nothing)',
    'N/AB',
  ])('%s is a name', (cell) => expect(rowOf(cell, 'a@b.example', 'E', '').values[0]).toBe(cell));

  test.each(['To be determined', 'N / A', 'n . a .', 'T.B.D.', 'NOT\u00a0AVAILABLE', '(Not Set)', 'Néant', '– ', ' 0'])(
    'a country %j is none',
    (cell) => expect(rowOf('Ada', 'a@b.example', 'E', cell).values[3]).toBeNull(),
  );
});

test.each([
  ['de', 'DE', 'upper-cased'],
  ['Germany', 'DE', 'read as a country'],
  ['DEU', 'DE', 'read as a country'],
  ['tbd', '', 'read as empty'],
])('how the country %s became %j is noted as "%s"', (cell, to, what) => {
  expect(rowOf('Ada', 'a@b.example', 'E', cell).changes).toEqual([{ column: 'UsageLocation', from: cell, to, what }]);
});
