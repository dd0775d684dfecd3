import { describe, expect, test } from 'vitest';
import { matchColumns } from '#lib/intake/csv/columns/columns.ts';
import { validateRow } from '#lib/intake/csv/rows/validate.ts';
import { DateOrderFinder } from '#lib/intake/csv/values/date-order.ts';
import { readDate } from '#lib/intake/csv/values/dates.ts';

const { header } = matchColumns(
  ['CN', 'UserPrincipalName', 'EmployeeType', 'UsageLocation', 'StartDate', 'Note'],
  null,
);

function rowOf({ cn = 'Ada Able', type = 'E', location = '', start = '', note = '' }) {
  return validateRow(header, [cn, 'ada@contoso.example', type, location, start, note]);
}

describe('a name is taken out of what programs wrap it in, and that is noted', () => {
  test.each([
    ['CN=Test\\, Ada,OU=New,DC=contoso,DC=example', 'Test, Ada'],
    ['cn=Ada Able,ou=x', 'Ada Able'],
    ['CN="Test, Ada",OU=x', 'Test, Ada'],
    ['CN=\\c5\\81ucja \\+ Co,OU=x', 'Łucja + Co'],
    ['CN=Ada Able+UID=7,OU=x', 'Ada Able'],
    ['Ada\nAble', 'Ada Able'],
    ['Ada\r\n\tAble\r\n', 'Ada Able'],
    ['Ada\u00a0 Able', 'Ada Able'],
    ["X'c5817563 6a61'", "X'c5817563 6a61'"],
    ["X'c581756361'", 'Łuca'],
  ])('%j', (cn, name) => {
    const result = rowOf({ cn });
    expect(result).toMatchObject({ kind: 'ok', doubts: [], newcomer: { displayName: name } });
    expect(result.changes.length > 0).toBe(cn !== name);
  });

  test.each(['Coop=Ada', 'CNN', 'Xaver', "X'zz'", 'Ada, Able'])('%s stays as it is', (cn) => {
    expect(rowOf({ cn })).toMatchObject({ newcomer: { displayName: cn }, changes: [] });
  });
});

test.each([
  'NULL',
  'N/A',
  'n.a.',
  '-',
  '--',
  'none',
  'TBD',
  '?',
  '(null)',
  '\\N',
  '0000-00-00',
  '00.00.0000',
  '#BEZUG!',
  'Err:502',
  ' ',
])('%j is empty in an optional column, without a doubt', (nothing) => {
  expect(rowOf({ location: nothing, start: nothing })).toMatchObject({
    kind: 'ok',
    doubts: [],
    newcomer: { usageLocation: null, startDate: null },
  });
});

test.each(['NULL', '\\N', '#N/A', '(null)'])(
  '%j is what a program writes for nothing, in a name and a type too',
  (nothing) => {
    expect(rowOf({ cn: nothing, type: nothing })).toMatchObject({
      kind: 'ok',
      doubts: [{ message: 'CN is empty' }, { message: 'EmployeeType is empty' }],
      newcomer: { displayName: '', employeeType: '' },
    });
  },
);

test('NA is Namibia, not nothing', () => {
  expect(rowOf({ location: 'NA' })).toMatchObject({ newcomer: { usageLocation: 'NA' } });
});

describe('nobody is rejected for what decides nothing: it is left empty, with a doubt', () => {
  test.each([
    ['a country', { location: 'EN' }, { usageLocation: undefined }, 'UsageLocation "EN" is not a country'],
    ['a number for a country', { location: '276' }, { usageLocation: undefined }, 'UsageLocation "276"'],
    ['a date', { start: 'soon' }, { startDate: undefined }, 'StartDate "soon" is not a date'],
    ['two dates', { start: '3/4/2026' }, { startDate: undefined }, 'StartDate "3/4/2026" can be read as two dates'],
    ['an escape in a note', { note: 'x\u001by' }, {}, 'Note contains the control character'],
    ['no name', { cn: '' }, { displayName: '' }, 'CN is empty'],
    ['no type', { type: ' ' }, { employeeType: '' }, 'EmployeeType is empty'],
  ])('%s', (_, row, newcomer, doubt) => {
    expect(rowOf(row)).toMatchObject({
      kind: 'ok',
      newcomer,
      doubts: [{ message: expect.stringContaining(doubt) }],
    });
  });
});

describe('rows as wide as tools make them', () => {
  const { header: narrow } = matchColumns(['CN', 'UPN', 'Type', 'StartDate', 'Note'], null);
  test.each([
    [['Ada', 'ada@b.example', 'E', '', '', '', ' ', '\u00a0']],
    [['Ada', 'ada@b.example', 'E']],
    [['Ada', 'ada@b.example', 'E', '']],
  ])('%j is somebody', (fields) => expect(validateRow(narrow, fields).kind).toBe('ok'));

  test.each([
    [['Ada', 'ada@b.example', 'E', '', '', '', 'x'], 'too many fields: 7'],
    [['Ada', 'ada@b.example'], 'too few fields: 2'],
  ])('%j is not', (fields, message) =>
    expect(validateRow(narrow, fields)).toMatchObject({
      kind: 'rejected',
      problems: [{ message: expect.stringContaining(message) }],
    }),
  );
});

describe('a note with an address in it is a note, one with a row in it is not', () => {
  const { header: noted } = matchColumns(['CN', 'UPN', 'Type', 'Address'], null);
  test.each([
    ['Main Street 1, Building 2, Room 3\r\nFront desk: desk@contoso.example, extension 5', 'ok'],
    ['Main Street 1, Building 2, Room 3\r\ndesk@contoso.example, extension 5', 'ok'],
    ['Main Street 1\nBo Test,bo@contoso.example,E,x', 'rejected'],
  ])('%j', (note, kind) => expect(validateRow(noted, ['Ada', 'ada@b.example', 'E', note]).kind).toBe(kind));
});

describe('dates in the forms of HR systems', () => {
  test.each([
    ['20260105'],
    ['05-JAN-26'],
    ['2026-01-05-08:00'],
    ['20260105000000.0Z'],
    ['46027'],
    ['46027.33'],
    ['2026005'],
    ['2026-005'],
    ['126005'],
    ['26005'],
    ['05.01.26'],
    ['05.01.2026 00:00:00'],
    ['2026-01-05T00:00:00.0000000Z'],
    ['Jan  5 2026 12:00AM'],
    ['Mon Jan 05 00:00:00 CET 2026'],
    ['Montag, 5. Januar 2026'],
    ['1/5/2026 12:00:00 AM', 'month_first'],
    ['05/01/26', 'day_first'],
    ['5 janvier 2026'],
    ['5 de enero de 2026'],
    ['5 stycznia 2026'],
    ['5 stycznia 2026 r.'],
    ['2026年1月5日'],
    ['/Date(1767571200000)/'],
  ] as const)('%s is 5 January 2026', (text, slashed = undefined) => {
    expect(readDate(text, { slashed: slashed ?? null, dotted: 'day_first' })).toEqual({
      kind: 'ok',
      date: '2026-01-05',
    });
  });
});

describe('day and month are read by the other rows of the file', () => {
  const orderOf = (...texts: string[]) => {
    const finder = new DateOrderFinder();
    for (const text of texts) finder.see(text);
    return finder.order();
  };
  test.each([
    [['3/4/2026', '3/23/2026 12:00:00 AM'], { slashed: 'month_first', dotted: 'day_first' }],
    [['3/4/2026', '23-3-26'], { slashed: null, dotted: 'day_first' }],
    [['3/4/2026', '23/3/26'], { slashed: 'day_first', dotted: 'day_first' }],
    [['23/3/2026', '3/23/2026'], { slashed: null, dotted: 'day_first' }],
    [['3.23.2026'], { slashed: null, dotted: 'month_first' }],
    [['2026-01-05', '3/4/2026', '', 'soon'], { slashed: null, dotted: 'day_first' }],
  ] as const)('%j', (texts, order) => expect(orderOf(...texts)).toEqual(order));
});
