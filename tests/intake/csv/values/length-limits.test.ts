import { describe, expect, test } from 'vitest';
import { matchColumns } from '#lib/intake/csv/columns/columns.ts';
import { CELL_LIMIT, CELL_WORK, COLUMN_LIMIT, ROW_LIMIT } from '#lib/intake/csv/limits.ts';
import { dateOrderOf, readRow, readTable } from '#lib/intake/csv/parse.ts';
import type { FileProblem } from '#lib/intake/csv/problem.ts';
import { validateRow } from '#lib/intake/csv/rows/validate.ts';
import { BY_NAME, type TablePart } from '#lib/intake/csv/table.ts';

const HEADER = 'CN,UPN,Type\n';

/** What each part says: the fields or the problem of a row, or why the file is refused. */
function said(parts: Iterable<TablePart>) {
  return [...parts].flatMap((part): (string | FileProblem)[] => {
    if (part.kind === 'header') return [];
    if (part.kind === 'fault') return [part.problem];
    return [part.fields?.join('|') ?? part.problem?.message ?? ''];
  });
}

describe('nothing looks into a cell longer than 8,192 characters', () => {
  const { header } = matchColumns(['CN', 'UPN', 'Type', 'UsageLocation', 'StartDate', 'Note'], null);
  const row = ['Ada', 'ada@b.example', 'E', 'DE', '2026-03-04', ''];
  const tooLong = (column: string) => ({
    column,
    message: `${column} is too long: 8193 characters, at most 8192`,
  });

  test.each([
    [0, 'CN'],
    [1, 'UserPrincipalName'],
    [2, 'EmployeeType'],
  ])('in column %i, that decides who it is, it rejects the row, and nothing else is said of it', (at, column) => {
    for (const character of ['x', 'ü', ' '])
      expect(validateRow(header, row.with(at, character.repeat(CELL_LIMIT + 1)))).toMatchObject({
        kind: 'rejected',
        changes: [],
        problems: [tooLong(column)],
      });
  });

  test('in the others it is left empty, and told', () => {
    const long = 'x'.repeat(CELL_LIMIT + 1);
    const result = validateRow(header, row.with(3, long).with(4, long).with(5, long));
    expect(result).toMatchObject({ kind: 'ok', newcomer: { usageLocation: undefined, startDate: undefined } });
    expect(result.kind === 'ok' && result.doubts).toMatchObject([tooLong('UsageLocation'), tooLong('StartDate')]);
    expect(validateRow(header, row.with(3, long).with(0, long))).toMatchObject({
      problems: [tooLong('CN'), tooLong('UsageLocation')],
    });
  });

  test('a value in so many blanks is read', () => {
    const padded = `Ada${' '.repeat(CELL_LIMIT - 3)}`;
    expect(validateRow(header, row.with(0, padded))).toMatchObject({ kind: 'ok', newcomer: { displayName: 'Ada' } });
  });

  test('what is said of an unreadable country is short', () => {
    expect(validateRow(header, row.with(3, `Atlantis ${'x'.repeat(100)}`))).toMatchObject({
      doubts: [{ message: expect.stringContaining(`"Atlantis ${'x'.repeat(51)}"`) }],
    });
  });

  test.each([
    ['CN', 'x'.repeat(256), 'ok'],
    ['CN', 'ü'.repeat(256), 'ok'],
    ['CN', 'ü'.repeat(257), 'rejected'],
    ['EmployeeType', 'ü'.repeat(64), 'ok'],
    ['EmployeeType', 'ü'.repeat(65), 'rejected'],
  ] as const)('a %s of the length of %s', (column, value, kind) => {
    expect(validateRow(header, row.with(column === 'CN' ? 0 : 2, value)).kind).toBe(kind);
  });
});

describe('a row longer than 65,536 characters is not split', () => {
  const rowOf = (length: number) => `Ada,a@b.example,${'x'.repeat(length - 16)}`;
  const blankOf = (length: number) => ' '.repeat(length);

  test('it is rejected with its length, and its sisters are read', () => {
    expect(said(readTable([`${HEADER}${rowOf(ROW_LIMIT + 1)}\n${rowOf(20)}\n`]))).toEqual([
      'The row is too long: 65537 characters, at most 65536',
      'Ada|a@b.example|xxxx',
    ]);
    expect(said(readTable([`${HEADER}${rowOf(ROW_LIMIT)}\n`]))[0]).toMatch(/^Ada\|a@b\.example\|x+$/);
  });

  test('a blank line is no row, however long', () => {
    expect(said(readTable([`${HEADER}${blankOf(ROW_LIMIT + 1)}\n${rowOf(20)}\n`]))).toEqual(['Ada|a@b.example|xxxx']);
  });

  test('a row that is typed is not longer either', () => {
    expect(readRow(rowOf(ROW_LIMIT), ',')).toHaveLength(3);
    expect(readRow(rowOf(ROW_LIMIT + 1), ',')).toBeNull();
  });

  test('as the first line it refuses the file', () => {
    const names = `${HEADER.trim()},`.padEnd(ROW_LIMIT, 'x');
    expect([...readTable([names])][0]).toMatchObject({ kind: 'header' });
    expect(said(readTable([`${names}x\n`]))).toMatchObject([
      { line: 1, message: expect.stringContaining('65537 characters') },
    ]);
  });

  test('a line with more than a thousand columns is no header', () => {
    const names = (width: number) => `${HEADER.trim()}${',x'.repeat(width - 3)}\n`;
    expect([...readTable([names(COLUMN_LIMIT)])][0]).toMatchObject({ kind: 'header', header: { width: 1000 } });
    expect(said(readTable([names(COLUMN_LIMIT + 1)]))).toMatchObject([
      { line: 1, message: 'This line has 1001 columns, at most 1000 are read.' },
    ]);
  });

  test('a header that is too wide is told as such, also where people stand below it', () => {
    const wide = `${HEADER.trim()}${',x'.repeat(COLUMN_LIMIT)}\n`;
    expect(said(readTable([`${wide}Ada,a@b.example,E\n`]))).toMatchObject([
      { line: 1, message: 'This line has 1003 columns, at most 1000 are read.' },
    ]);
  });
});

describe('a file is read up to a limit of work: its characters, and ten for each cell', () => {
  const rows = ['Ada,a@b.example,E', 'Bo,b@b.example,E'];
  const text = `${HEADER}${rows.join('\n')}\n`;
  const work = rows.join('').length + rows.length * 3 * CELL_WORK;

  test('just within it is read, just above it is refused, and the line is told', () => {
    expect(said(readTable([text], BY_NAME, work))).toEqual(['Ada|a@b.example|E', 'Bo|b@b.example|E']);
    expect(said(readTable([text], BY_NAME, work - 1)).at(-1)).toMatchObject({
      line: 3,
      column: null,
      message: 'The file is too long to be read at once: split it before this line.',
    });
  });
});

describe('rows are handed out while a file is read, so that it need not be held in memory', () => {
  test.each([
    ['short rows', 5000, 10],
    ['long rows', 100, 2000],
  ])('%s', (_, count, length) => {
    let read = 0;
    function* pieces() {
      yield HEADER;
      for (; read < count; read++) yield `Ada ${read},a@b.example,${'E'.repeat(length)}\n`;
    }
    const rows = readTable(pieces());
    expect(rows.next().value?.kind).toBe('header');
    // Of a file that begins with nobody we know the first lines are looked through for a header.
    const before = read;
    expect(rows.next().value).toMatchObject({ kind: 'row', line: 2 });
    expect(read - before).toBeLessThan(count / 4);
    const lines = [...rows].map((part) => (part.kind === 'row' ? part.line : null));
    expect(lines).toEqual(Array.from({ length: count - 1 }, (_, index) => index + 3));
  });
});

describe('how its dates are written is asked of the whole file', () => {
  const orderOf = (text: string) => dateOrderOf(readTable([text]));
  test.each([
    [
      'one of many rows shows it',
      'CN,UPN,Type,StartDate\nA,a@b.example,E,3/4/2026\nB,b@b.example,E,3/31/2026\n',
      'month_first',
    ],
    ['nothing shows it', 'CN,UPN,Type,StartDate\nA,a@b.example,E,3/4/2026\n', null],
    ['only other columns show it', 'CN,UPN,Type,Left\nA,a@b.example,E,3/31/2026\n', null],
    ['the name of the column is no date', 'CN,UPN,Type,3/31/2026,StartDate\nA,a@b.example,E,,\n', null],
    [
      'a row that cannot be split and one that is short say nothing',
      'CN,UPN,Type,StartDate\n"A"x,a,E,3/31/2026\nB,b@b.example,E\nC,c@b.example,E,31/3/2026\n',
      'day_first',
    ],
  ])('%s', (_, text, slashed) => expect(orderOf(text)).toEqual({ slashed, dotted: 'day_first' }));

  test('a file without such a column is not read for it', () => {
    let read = 0;
    function* pieces() {
      yield HEADER;
      for (; read < 1000; read++) yield 'Ada,a@b.example,E\n';
    }
    expect(dateOrderOf(readTable(pieces()))).toEqual({ slashed: null, dotted: 'day_first' });
    expect(read).toBeLessThan(100);
  });
});

test.each([
  ['', null],
  ['a', ['a']],
  ['"a" "b"', null],
  ['a,b\n', ['a', 'b']],
  ['"', null],
])('of a typed text %j the row is %j', (text, fields) => expect(readRow(text, ',')).toEqual(fields));
