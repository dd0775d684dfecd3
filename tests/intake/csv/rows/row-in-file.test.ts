import { describe, expect, test } from 'vitest';
import { matchColumns } from '#lib/intake/csv/columns/columns.ts';
import { readRow } from '#lib/intake/csv/parse.ts';
import { byLine, type Correction, type RowPart } from '#lib/intake/csv/rows/corrections.ts';
import { type Table, validateTableRow } from '#lib/intake/csv/rows/validation-context.ts';
import { UNKNOWN_ORDER } from '#lib/intake/csv/values/date-order.ts';
import { emptyDatabase, importBytes, storedRows } from '#tests/intake/build.ts';

const { header } = matchColumns(['CN', 'UPN', 'Type', 'StartDate'], null);

function tableOf(more: Partial<Table> = {}, corrections: readonly Correction[] = []): Table {
  return {
    header,
    delimiter: ',',
    corrections: byLine(corrections),
    codePages: null,
    dates: UNKNOWN_ORDER,
    today: '2026-03-01',
    ...more,
  };
}

function rowOf(raw: string, problem: RowPart['problem'] = null): RowPart {
  return { kind: 'row', line: 2, raw, fields: readRow(raw, ','), problem };
}

const ADA = 'Ada Able,ada@contoso.example,E,';

describe('names and types of a file whose code page is a guess', () => {
  const codePages: Table['codePages'] = { read: 'Windows-1252', others: ['Windows-1250', 'MacRoman'] };
  const doubtsOf = (raw: string, more: Partial<Table>) => {
    const row = validateTableRow(tableOf(more), rowOf(raw));
    return row.kind === 'ok' ? row.doubts.map(({ column, message }) => [column, message]) : row.kind;
  };

  test.each([
    [
      'are told with what else they may be',
      'Jiøí Novák,jiri@contoso.example,E,',
      { codePages },
      [
        [
          'CN',
          expect.stringMatching(
            /CN.*"Jiøí Novák".*Windows-1252.*"Jiří Novák" in Windows-1250.*"Ji¯Ì Nov·k" in MacRoman/,
          ),
        ],
      ],
    ],
    [
      'are told once for each column, with the code pages that make a difference',
      'José Able,jose@contoso.example,Geschäft,',
      { codePages },
      [
        ['CN', expect.stringMatching(/^(?!.*Windows-1250).*"JosÈ Able" in MacRoman/)],
        ['EmployeeType', expect.stringMatching(/^(?!.*Windows-1250).*"Gesch‰ft" in MacRoman/)],
      ],
    ],
    ['are no doubt where every code page reads the same', ADA, { codePages }, []],
    ['are no doubt in a file whose encoding is known', 'Jiøí Novák,jiri@contoso.example,E,', {}, []],
    [
      'are told after what else is doubtful',
      'José Able,jose@contoso.example,,soon',
      { codePages },
      [
        ['EmployeeType', 'EmployeeType is empty'],
        ['StartDate', expect.stringContaining('not a date')],
        ['CN', expect.stringContaining('MacRoman')],
      ],
    ],
  ])('%s', (_, raw, more, doubts) => expect(doubtsOf(raw, more)).toEqual(doubts));
});

test('the dates of a row are read as the other rows of the file show', () => {
  const row = validateTableRow(
    tableOf({ dates: { slashed: 'month_first', dotted: 'day_first' } }),
    rowOf(`${ADA}3/4/2026`),
  );
  expect(row).toMatchObject({ kind: 'ok', newcomer: { startDate: '2026-03-04' } });
});

describe('a row that cannot be split', () => {
  test.each([
    ['is rejected for what its quotes say', { message: 'The quotes are wrong' }, 'The quotes are wrong'],
    ['is rejected even where nobody said why', null, 'The row cannot be read'],
  ])('%s', (_, problem, message) => {
    expect(validateTableRow(tableOf(), rowOf('"Ada"x,b', problem))).toMatchObject({
      kind: 'rejected',
      fields: null,
      changes: [],
      problems: [{ column: null, message }],
    });
  });

  test('is somebody once it was retyped, with what was retyped before what was read otherwise', () => {
    const retyped = { line: 2, column: null, to: ` ${ADA}5.1.2026`, by: 'Olga' };
    expect(validateTableRow(tableOf({}, [retyped]), rowOf('"Ada"x,b', { message: 'x' }))).toMatchObject({
      kind: 'ok',
      fields: [' Ada Able', 'ada@contoso.example', 'E', '5.1.2026'],
      newcomer: { displayName: 'Ada Able', startDate: '2026-01-05' },
      changes: [
        { column: 'Row', from: '"Ada"x,b', to: retyped.to, what: 'corrected by Olga' },
        { column: 'CN', what: 'trimmed' },
        { column: 'StartDate', to: '2026-01-05' },
      ],
    });
  });

  test.each(['"Ada"x,b', '"Ada,b', '', 'a,b\nc,d'])('retyped as %j it is rejected again, and says so', (to) => {
    const result = validateTableRow(tableOf({}, [{ line: 2, column: null, to, by: 'Olga' }]), rowOf(ADA));
    expect(result).toMatchObject({
      kind: 'rejected',
      fields: null,
      changes: [{ column: 'Row', from: ADA, to }],
      problems: [{ column: null, message: 'The corrected row cannot be read: check its quotes' }],
    });
  });
});

test('a corrected cell that is still wrong rejects the row, with the fields as corrected', () => {
  const by = 'Olga';
  const corrections = [
    { line: 3, column: 0, to: 'Somebody else', by },
    { line: 2, column: 1, to: 'ada', by },
    { line: 2, column: 0, to: 'Ada Test', by: 'Otto' },
    { line: 2, column: 2, to: 'E', by },
    { line: 2, column: 9, to: 'x', by },
  ];
  expect(validateTableRow(tableOf({}, corrections), rowOf(ADA))).toMatchObject({
    kind: 'rejected',
    fields: ['Ada Test', 'ada', 'E', ''],
    changes: [
      { column: 'UserPrincipalName', from: 'ada@contoso.example', to: 'ada', what: 'corrected by Olga' },
      { column: 'CN', from: 'Ada Able', to: 'Ada Test', what: 'corrected by Otto' },
    ],
    problems: [{ column: 'UserPrincipalName', message: 'UserPrincipalName has no @' }],
  });
});

test('a row in its own width is handed on as it is, a shorter one is filled up, a longer one cut', () => {
  const as = (raw: string) => {
    const row = rowOf(raw);
    return [validateTableRow(tableOf(), row).fields, row.fields] as const;
  };
  const [same, before] = as(ADA);
  expect(same).toBe(before);
  expect(as('Ada,ada@contoso.example,E')[0]).toEqual(['Ada', 'ada@contoso.example', 'E', '']);
  expect(as(`${ADA},,`)[0]).toEqual(['Ada Able', 'ada@contoso.example', 'E', '']);
});

test.each(['CN,UPN,Type', 'CN,Type,UPN', 'UPN,Type,CN'])(
  'a row that ends before the last column of %s is no row of its table',
  (names) => {
    const { header } = matchColumns([...names.split(','), 'StartDate'], null);
    expect(validateTableRow(tableOf({ header }), { ...rowOf('x'), fields: ['a', 'b'] })).toMatchObject({
      kind: 'rejected',
      problems: [{ column: null, message: 'The row has too few fields: 2, where the header has 4' }],
    });
  },
);

describe('a file that ends within its last row', () => {
  const doubts = (...lines: string[]) => {
    const db = emptyDatabase();
    const imported = importBytes(db, ['CN,UPN,EmployeeType,UsageLocation,StartDate', ...lines].join('\n'));
    expect(imported.rejected).toEqual([]);
    return storedRows(db).map(({ problems }) =>
      JSON.parse(problems ?? '[]').map(({ said }: { said: [string] }) => said[0]),
    );
  };
  const [ada, bo] = ['Ada,ada@contoso.example,E,DE,2026-09-01', 'Bo,bo@contoso.example,E,,'];
  const cy = 'Cy,cy@contoso.example,N';

  test('is told where that row alone has fewer fields than the header', () => {
    expect(doubts(ada, cy)).toEqual([[], ['perhapsCut']]);
    expect(doubts(ada, bo, `${cy},D`)).toEqual([[], [], ['notACountry', 'perhapsCut']]);
  });

  test.each([
    ['the row has all its fields', [ada, bo, `${cy},,`]],
    ['a line break follows it', [ada, bo, cy, '']],
    ['others are as short', [ada, 'Bo,bo@contoso.example,E', cy]],
    ['nothing shows how its program writes rows', [cy]],
  ])('is not where %s', (_, lines) => expect(doubts(...lines).flat()).toEqual([]));
});
