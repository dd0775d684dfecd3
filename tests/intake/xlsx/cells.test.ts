/** What the cells of a workbook say, and where they stand. */
import { strToU8 } from 'fflate';
import { describe, expect, test } from 'vitest';
import { emptyDatabase, importBytes, NOW, storedPeople } from '../build.ts';
import { ANNA, BEN, type Cell, HEADER, imported, number, type WorkbookSpec, workbook } from './build.ts';

/** What the row with these further cells holds in its further columns. */
function read(cells: readonly Cell[], more: Partial<WorkbookSpec> = {}): unknown[] {
  const names = cells.map((_, index) => `Extra ${index + 1}`);
  const { rows } = imported({
    ...more,
    sheets: [
      {
        name: 'People',
        rows: [
          [...HEADER, ...names],
          [...ANNA, ...cells],
        ],
      },
    ],
  });
  return Object.values(JSON.parse(rows[0]?.extras ?? '{}'));
}

describe('cells are read as they are shown', () => {
  test('shared, inline and rich texts, without the reading above Japanese names, and escaped characters', () => {
    const strings = [
      '<si><t>plain</t></si>',
      '<si><r><rPr><b/></rPr><t>ri</t></r><r><t xml:space="preserve">ch </t></r></si>',
      '<si><t>東京</t><rPh sb="0" eb="2"><t>とうきょう</t></rPh></si>',
      '<si><t>a_x000D_b_x005F_x0041_</t></si>',
    ];
    const shared = strings.map((_, index) => ({ xml: `<c r="REF" t="s"><v>${index}</v></c>` }));
    const rich = { xml: '<c r="REF" t="inlineStr"><is><r><t>in</t></r><r><t>line &amp; </t></r></is></c>' };
    expect(read([...shared, rich], { strings })).toEqual(['plain', 'rich ', '東京', 'a\rb_x0041_', 'inline & ']);
  });

  test('a text that a program wrote as the value of an inline cell', () => {
    const cells = ['Ada &amp; Bo', 'a_x000D_b'].map((text) => ({ xml: `<c r="REF" t="inlineStr"><v>${text}</v></c>` }));
    expect(read([...cells, { xml: '<c r="REF" t="inlineStr"/>' }, 'last'])).toEqual(['Ada & Bo', 'a\rb', '', 'last']);
  });

  test('dates as dates, by built-in and custom formats, with a time where they have one', () => {
    const formats = [
      14,
      22,
      'dd.mm.yyyy',
      '[$-407]d. mmmm yyyy;@',
      'yyyy\\-mm\\-dd hh:mm',
      20,
      '0.00',
      '"day" 0',
      '[h]:mm',
    ];
    const cells = formats.map((_, index) => number(index === 5 ? 0.5 : index === 1 ? 46027.75 : 46027, index + 1));
    expect(read(cells, { formats })).toEqual([
      '2026-01-05',
      '2026-01-05T18:00:00',
      '2026-01-05',
      '2026-01-05',
      '2026-01-05',
      '12:00:00',
      '46027',
      '46027',
      '2026-01-05',
    ]);
  });

  test('dates that count from 1904 are not four years off', () => {
    const sheets = [
      {
        name: 'People',
        rows: [
          [...HEADER, 'StartDate'],
          [...ANNA, number(44565, 1)],
          [...BEN, { xml: '<c r="REF" t="d"><v>2026-01-05</v></c>' }],
        ],
      },
    ];
    for (const date1904 of [true, false])
      expect(imported({ sheets, date1904, formats: [14] }).people.map(({ startDate }) => startDate)).toEqual([
        date1904 ? '2026-01-05' : '2022-01-04',
        '2026-01-05',
      ]);
  });

  test('bare numbers as start dates count like the dates of their workbook', () => {
    const sheets = [
      {
        name: 'People',
        rows: [
          [...HEADER, 'StartDate', 'Cost centre'],
          [...ANNA, number(44565), number(44565)],
        ],
      },
    ];
    for (const date1904 of [true, false]) {
      const { people, rows } = imported({ sheets, date1904 });
      expect(people.map(({ startDate }) => startDate)).toEqual([date1904 ? '2026-01-05' : '2022-01-04']);
      expect(rows.map(({ extras }) => extras)).toEqual(['["44565"]']);
    }
  });

  test('the days around the leap day that Excel invented', () => {
    expect(read([number(1, 1), number(59, 1), number(60, 1), number(61, 1), number(-1, 1)], { formats: [14] })).toEqual(
      ['1900-01-01', '1900-02-28', '1900-02-29', '1900-03-01', '-1'],
    );
  });

  test('long numbers without an exponent, without the noise behind the fifteenth digit, and with the zeros of their format', () => {
    const cells = [
      number('1.2345678901234499E+19'),
      number('123456789012345'),
      number('0.10000000000000001'),
      number('1.5E-7'),
      number('-1E+21'),
      number(42, 1),
      number('1.0'),
    ];
    const padded = ['[$-407]00000', '00000;-00000', '00000_)', '00000.0', '00000\\-0'].map((_, n) => number(42, n + 1));
    expect(read(padded, { formats: ['[$-407]00000', '00000;-00000', '00000_)', '00000.0', '00000\\-0'] })).toEqual([
      ...['00042', '00042', '00042', '42', '42'],
    ]);
    expect(read(cells, { formats: ['00000'] })).toEqual([
      '12345678901234500000',
      '123456789012345',
      '0.1',
      '0.00000015',
      '-1000000000000000000000',
      '00042',
      '1',
    ]);
  });

  test('booleans, errors, and the results of formulas that were calculated when the file was saved; none is calculated here', () => {
    const cells = [
      { xml: '<c r="REF" t="b"><v>1</v></c>' },
      { xml: '<c r="REF" t="e"><v>#N/A</v></c>' },
      { xml: '<c r="REF" t="str"><f>A2&amp;"@contoso.example"</f><v>Anna@contoso.example</v></c>' },
      { xml: '<c r="REF"><f>1+1</f><v>3</v></c>' },
      { xml: '<c r="REF" t="str"><f>WEBSERVICE("http://127.0.0.1:1/")</f><v></v></c>' },
    ];
    expect(read(cells)).toEqual(['TRUE', '#N/A', 'Anna@contoso.example', '3', '']);
  });

  test('a formula that was never calculated is empty, and the file says so', () => {
    const { people, notes } = imported({
      sheets: [
        {
          name: 'People',
          rows: [HEADER, ['Anna', 'anna@contoso.example', { xml: '<c r="REF"><f>UPPER("e")</f></c>' }]],
        },
      ],
    });
    expect(people).toMatchObject([{ employeeType: '' }]);
    expect(notes).toContain('Cell C2 holds a formula');
  });

  test('rows of nothing but formulas that were never calculated are open, each by its line and every time they come', () => {
    const formulas = HEADER.map((_, index) => ({ xml: `<c r="REF"><f>Data!${'ABC'[index]}2</f><v/></c>` }));
    const calculated = HEADER.map(() => ({ xml: '<c r="REF" t="str"><f>""</f><v></v></c>' }));
    const title = { xml: '<c r="REF"><f>"Newcomers "&amp;YEAR(NOW())</f></c>' };
    const rows = [[title], HEADER, formulas, ANNA, calculated, formulas];
    const bytes = workbook({ sheets: [{ name: 'People', rows }] });
    const db = emptyDatabase();
    for (const night of [1, 2]) {
      const result = importBytes(db, bytes, { name: `night${night}.xlsx`, now: NOW + night });
      expect(result.rejected).toMatchObject(
        [3, 6].map((line) => ({ line, problem: expect.stringContaining(`first in cell A${line}`) })),
      );
    }
    expect(db.$client.prepare("select count(*) from row_cases where status = 'open'").pluck().get()).toBe(4);
    expect(storedPeople(db)).toMatchObject([{ displayName: 'Anna' }]);
  });

  test('boxes that nobody ticked beside such formulas say nothing, and a header of them is no empty file', () => {
    const formulas = HEADER.map(() => ({ xml: '<c r="REF"><f>Data!A2</f></c>' }));
    const box = { xml: '<c r="REF" t="b"><v>0</v></c>' };
    const rows = [
      [...HEADER, 'Done'],
      [...formulas, box],
      [null, null, null, box],
    ];
    expect(imported({ sheets: [{ name: 'People', rows }] }).result).toMatchObject({ rows: 1, rejected: [{ line: 2 }] });
    expect(imported({ sheets: [{ name: 'People', rows: [formulas, formulas] }] }).result).toMatchObject({
      status: 'rejected',
      problem: { message: expect.stringContaining('nothing but formulas') },
    });
  });

  describe('what is struck through', () => {
    const styles = `<styleSheet><fonts><font/><font><strike/></font><font><strike val="0"/></font></fonts>
      <cellXfs><xf fontId="0"/><xf fontId="1"/><xf fontId="2"/></cellXfs><dxfs><dxf><font><strike/></font></dxf></dxfs></styleSheet>`;
    const struck = (text: string, style = 1): Cell => ({
      xml: `<c r="REF" s="${style}" t="inlineStr"><is><t>${text}</t></is></c>`,
    });
    const rich = (xml: string): Cell => ({ xml: `<c r="REF" t="inlineStr"><is>${xml}</is></c>` });
    const of = (...rows: Cell[][]) =>
      imported({
        sheets: [{ name: 'People', rows: [[...HEADER, 'Note'], ...rows] }],
        parts: { 'xl/styles.xml': strToU8(styles) },
      });

    test('keeps its row out, until somebody says otherwise', () => {
      const { people, result } = of(
        ['Ada', 'ada@contoso.example', 'E', 'first floor'],
        ['Ben', 'ben@contoso.example', 'E', 'not coming'].map((text) => struck(text)),
        ['Cy', struck('cy@contoso.example'), 'E', 'withdrawn'],
        [struck('Di'), 'di@contoso.example', 'E', struck('second floor')],
      );
      expect(people.map(({ displayName }) => displayName)).toEqual(['Ada']);
      expect(result).toMatchObject({ rows: 4, accepted: 1 });
      expect(result.rejected.map(({ problem }) => problem)).toEqual(
        Array(3).fill('The row is struck through: someone may have taken it out on purpose.'),
      );
    });

    test('but not beside what stands, nor in a style that says no', () => {
      const { people } = of(
        ['Ada', 'ada@contoso.example', 'E', struck('old room')],
        ['Ben', 'ben@contoso.example', 'E'].map((text) => struck(text, 2)),
      );
      expect(people.map(({ displayName }) => displayName)).toEqual(['Ada', 'Ben']);
    });

    test('of a text is left out, which the file says', () => {
      const { people, notes } = imported({
        sheets: [
          { name: 'People', rows: [HEADER, [{ xml: '<c r="REF" t="s"><v>0</v></c>' }, 'ada@contoso.example', 'E']] },
        ],
        strings: ['<si><r><rPr><strike/></rPr><t>Able</t></r><r><t>Bond, Ada</t></r></si>'],
      });
      expect(people).toMatchObject([{ displayName: 'Bond, Ada' }]);
      expect(notes).toContain(String.raw`\"AbleBond, Ada\" was read as \"Bond, Ada\"`);
    });

    test('is no part of a text that goes on without it', () => {
      const { people } = of([
        rich('<r><rPr><strike/></rPr><t>Ada Able</t></r><r><t xml:space="preserve"> Ada Bond</t></r>'),
        rich(
          '<r><t>ada.bond</t></r><r><rPr><strike/></rPr><t>.able</t></r><r><rPr><b/></rPr><t>@contoso.example</t></r>',
        ),
        rich('<r><rPr><strike/></rPr><t>E</t></r>'),
      ]);
      expect(people).toMatchObject([
        { displayName: 'Ada Bond', upnKey: 'ada.bond@contoso.example', employeeType: 'E' },
      ]);
    });
  });

  test('the value of cells merged over several rows stands in each of them', () => {
    const { people, notes } = imported({
      sheets: [
        {
          name: 'People',
          rows: [HEADER, ANNA, ['Ben', 'ben@contoso.example', null], ['Cy', 'cy@contoso.example', 'N']],
          after: '<mergeCells count="1"><mergeCell ref="C2:C3"/></mergeCells>',
        },
      ],
    });
    expect(people.map(({ employeeType }) => employeeType)).toEqual(['E', 'E', 'N']);
    expect(notes).toContain('merged');
  });

  test('ranges that overlap, as no program writes them, cost no more than one in each column', () => {
    const rows = [HEADER, ...Array.from({ length: 5000 }, (_, n) => ['Ada', `ada${n}@contoso.example`, 'E', ''])];
    const range = (_: unknown, n: number) => `<mergeCell ref="A2:A${100_000 + n}"/>`;
    const bytesWith = (ranges: number) => {
      const after = `<mergeCells>${Array.from({ length: ranges }, range).join('')}</mergeCells>`;
      return workbook({ sheets: [{ name: 'People', rows, after }] });
    };
    const cost = (bytes: Uint8Array) => {
      const before = process.cpuUsage();
      expect(imported(bytes).people).toHaveLength(5000);
      return process.cpuUsage(before).user;
    };
    const [one, many] = [bytesWith(1), bytesWith(30_000)];
    const alone = cost(one);
    // Each of them for each row takes twelve times as much.
    expect(cost(many)).toBeLessThan(5 * alone);
  });

  test('a row with nothing of its own beside merged cells is as blank as in a CSV', () => {
    const { people, result } = imported({
      sheets: [
        {
          name: 'People',
          rows: [[...HEADER, 'Department'], [...ANNA, 'Sales'], [null, null, null, { xml: '<c r="REF"/>' }], BEN],
          after: '<mergeCells count="1"><mergeCell ref="D2:D4"/></mergeCells>',
        },
      ],
    });
    expect(people).toHaveLength(2);
    expect(result).toMatchObject({ rows: 2, rejected: [] });
  });

  test('elements with a prefix, rows and cells without an address, and parts whose names are spelled otherwise', () => {
    const main = 'xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
    const cell = (text: string) => `<x:c t="inlineStr"><x:is><x:t>${text}</x:t></x:is></x:c>`;
    const row = (cells: readonly string[]) => `<x:row>${cells.map(cell).join('')}</x:row>`;
    const sheet = `<?xml version="1.0"?><x:worksheet ${main}><x:sheetData>${row(HEADER)}${row(ANNA)}</x:sheetData></x:worksheet>`;
    const { people, rows } = imported({
      sheets: [{ name: 'People', rows: [] }],
      parts: { 'xl/worksheets/sheet1.xml': strToU8(sheet), '[Content_Types].xml': strToU8('<Types/>') },
    });
    expect(people).toMatchObject([{ displayName: 'Anna' }]);
    expect(rows).toMatchObject([{ line: 2 }]);
  });
});

test.each<[string, boolean]>([
  ['<row r="3" spans="1:3" hidden="1" x14ac:dyDescent="0.2">BEN</row>', true],
  ['<x:row hidden="true" r="3">BEN</x:row>', true],
  ['<row r="3" hidden="0">BEN</row>', false],
  ['<row r="3">BEN</row><row r="9" hidden="1"/>', false],
  ['<row r="3">BEN</row><row r="4"><c r="A4" t="str"><v>row hidden="1"</v></c></row>', false],
])('rows that a filter hides are read, and the file says so: %s', (row, isTold) => {
  const cells = (line: number, texts: readonly string[]) =>
    texts.map((text, at) => `<c r="${'ABC'[at]}${line}" t="str"><v>${text}</v></c>`).join('');
  const [header, anna] = [HEADER, ANNA].map((texts, at) => `<row r="${at + 1}">${cells(at + 1, texts)}</row>`);
  const columns = '<cols><col min="1" max="1" hidden="1"/></cols>';
  for (const blanks of [0, 65_500, 131_000]) {
    const rows = `${header}${anna}${' '.repeat(blanks)}${row.replace('BEN', cells(3, BEN))}`;
    const sheet = `<worksheet xmlns:x="m" xmlns:x14ac="a">${columns}<sheetData>${rows}</sheetData></worksheet>`;
    const parts = { 'xl/worksheets/sheet1.xml': strToU8(sheet) };
    const { people, notes } = imported({ sheets: [{ name: 'People', rows: [] }], parts });
    expect(people.map(({ displayName }) => displayName)).toEqual(['Anna', 'Ben']);
    expect(notes.includes('hidden, by a filter')).toBe(isTold);
  }
});

describe('rows and cells stand where their references say', () => {
  const cell = (address: string | null, text: string) =>
    `<c${address === null ? '' : ` r="${address}"`} t="inlineStr"><is><t>${text}</t></is></c>`;
  const row = (line: number | null, ...cells: string[]) =>
    `<row${line === null ? '' : ` spans="1:3" r="${line}"`}>${cells.join('')}</row>`;
  const at = (line: number, texts: readonly string[]) =>
    texts.map((text, index) => cell(`${'ABC'[index]}${line}`, text));
  const without = (texts: readonly string[]) => texts.map((text) => cell(null, text));

  function linesIn(rows: readonly string[]) {
    const sheet = strToU8(`<worksheet><sheetData>${rows.join('')}</sheetData></worksheet>`);
    const spec = { sheets: [{ name: 'People', rows: [] }], parts: { 'xl/worksheets/sheet1.xml': sheet } };
    const { people, result, rows: stored } = imported(spec);
    expect(result).toMatchObject({ status: 'accepted', accepted: people.length, rejected: [] });
    return stored.map(({ line, raw }) => `${line} ${raw}`);
  }

  const [anna, ben] = [ANNA.join(','), BEN.join(',')];

  test.each<[string, string[], string[]]>([
    [
      'rows that go back, the header last',
      [row(4, ...at(4, BEN)), row(2, ...at(2, ANNA)), row(1, ...at(1, HEADER))],
      [`2 ${anna}`, `4 ${ben}`],
    ],
    [
      'cells that go back',
      [row(1, ...at(1, HEADER)), row(2, ...at(2, ANNA).reverse()), row(3, ...at(3, BEN))],
      [`2 ${anna}`, `3 ${ben}`],
    ],
    ['no references', [row(null, ...without(HEADER)), row(null, ...without(ANNA))], [`2 ${anna}`]],
    ['rows without a number', [row(null, ...at(3, HEADER)), row(null, ...at(7, ANNA))], [`7 ${anna}`]],
    [
      'rows without a number that go back',
      [row(null, ...at(7, ANNA)), row(null, ...at(3, HEADER)), row(null, ...at(5, BEN))],
      [`5 ${ben}`, `7 ${anna}`],
    ],
    ['cells without an address', [row(2, ...without(HEADER)), row(5, ...without(ANNA))], [`5 ${anna}`]],
    [
      'two rows of one number are two rows',
      [row(1, ...at(1, HEADER)), row(2, ...at(2, ANNA)), row(2, ...at(2, BEN))],
      [`2 ${anna}`, `3 ${ben}`],
    ],
    ['rows that count from 0', [row(0, ...without(HEADER)), row(1, ...without(ANNA))], [`2 ${anna}`]],
  ])('%s', (_, rows, lines) => expect(linesIn(rows)).toEqual(lines));

  test('one row far down that belongs further up', () => {
    const upn = (n: number) => ['Ada', `ada${n}@contoso.example`, 'E'];
    const rows = Array.from({ length: 3000 }, (_, n) => row(n + 3, ...at(n + 3, upn(n + 3))));
    const lines = linesIn([row(1, ...at(1, HEADER)), ...rows, row(2, ...at(2, upn(2)))]);
    expect(lines.map((line) => Number.parseInt(line, 10))).toEqual(Array.from({ length: 3001 }, (_, n) => n + 2));
    expect(lines[0]).toBe('2 Ada,ada2@contoso.example,E');
  });
});
