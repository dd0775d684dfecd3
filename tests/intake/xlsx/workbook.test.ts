import { strToU8, unzipSync, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { readTable } from '#lib/intake/csv/parse.ts';
import { fileRecords } from '#lib/intake/file-records.ts';
import { emptyDatabase, importBytes, NOW, storedFiles, storedPeople, storedRows } from '../build.ts';
import { type Cell, HEADER, number, type WorkbookSpec, workbook } from './build.ts';

const ANNA = ['Anna', 'anna@contoso.example', 'E'];
const BEN = ['Ben', 'ben@contoso.example', 'N'];

function imported(spec: WorkbookSpec | Uint8Array) {
  const db = emptyDatabase();
  const result = importBytes(db, spec instanceof Uint8Array ? spec : workbook(spec), { name: 'people.xlsx' });
  const notes = db.$client.prepare<[], string | null>('select notes from intake_files').pluck().get();
  return { db, result, people: storedPeople(db), rows: storedRows(db), notes: notes ?? '' };
}

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

describe('a workbook goes through the same door as a CSV', () => {
  test('its rows become people, with their numbers in the sheet and the row as text', () => {
    const { result, people, rows, db } = imported({
      sheets: [{ name: 'People', rows: { 3: HEADER, 5: ANNA, 9: ['Ben, the second', 'ben@contoso.example', 'N'] } }],
    });
    expect(result).toMatchObject({ status: 'accepted', rows: 2, accepted: 2, rejected: [] });
    expect(people.map(({ displayName }) => displayName)).toEqual(['Anna', 'Ben, the second']);
    expect(rows.map(({ line, raw }) => [line, raw])).toEqual([
      [5, 'Anna,anna@contoso.example,E'],
      [9, '"Ben, the second",ben@contoso.example,N'],
    ]);
    expect(storedFiles(db)).toMatchObject([{ encoding: 'XLSX', delimiter: ',' }]);
  });

  test('header aliases, lines above the header, blank rows and columns too many are understood as in a CSV', () => {
    const { people, notes } = imported({
      sheets: [
        {
          name: 'People',
          rows: [
            ['Newcomers of March'],
            ['Full name', 'UPN', 'Type', 'c'],
            ['', null, ' '],
            [...ANNA, 'Germany', '', ''],
          ],
        },
      ],
    });
    expect(people).toMatchObject([{ displayName: 'Anna', employeeType: 'E', usageLocation: 'DE' }]);
    expect(notes).toContain('Newcomers of March');
  });

  test('a row that no person can be made of is rejected with its line, and cells left empty at the end are empty', () => {
    const { result, people } = imported({
      sheets: [{ name: 'People', rows: [HEADER, ANNA, ['Nobody', 'no address', 'E'], ['Ben', 'ben@contoso.example']] }],
    });
    expect(result.rejected).toMatchObject([{ line: 3, problem: expect.stringContaining('UserPrincipalName') }]);
    expect(people.map(({ employeeType }) => employeeType)).toEqual(['E', '']);
  });

  test('a sheet whose rows are whole lines of a CSV in one cell each is refused as such a CSV is', () => {
    const { result } = imported({
      sheets: [{ name: 'People', rows: [[HEADER.join(';')], [ANNA.join(';')]] }],
    });
    expect(result).toMatchObject({
      status: 'rejected',
      problem: { message: expect.stringContaining('one quoted cell') },
    });
  });
});

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
    const ranges = Array.from({ length: 30_000 }, (_, n) => `<mergeCell ref="A2:A${100_000 + n}"/>`);
    const after = `<mergeCells>${ranges.join('')}</mergeCells>`;
    const startedAt = performance.now();
    expect(imported({ sheets: [{ name: 'People', rows, after }] }).people).toHaveLength(5000);
    // Each of them for each row would take half a minute.
    expect(performance.now() - startedAt).toBeLessThan(10_000);
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

test.each([
  ['worksheets/Tabelle ü.xml', 'xl/worksheets/Tabelle ü.xml'],
  ['./worksheets/a%20b.xml', 'xl/worksheets/a b.xml'],
  ['..\\data\\100%.xml', 'data/100%.xml'],
  ['/other/sheet.xml', 'other/sheet.xml'],
  ['//[/sheet.xml', '[/sheet.xml'],
])('a sheet that is referred to as %s is found', (target, name) => {
  const whole = unzipSync(workbook({ sheets: [{ name: 'People', rows: [HEADER, ANNA] }] }));
  const { 'xl/worksheets/sheet1.xml': sheet = new Uint8Array(), ...parts } = whole;
  const links = strToU8(`<Relationships><Relationship Id="s1" Type="x/worksheet" Target="${target}"/></Relationships>`);
  const { people } = imported(zipSync({ ...parts, 'xl/_rels/workbook.xml.rels': links, [name]: sheet }));
  expect(people).toMatchObject([{ displayName: 'Anna' }]);
});

describe('the sheet that names people is read, and the others are told', () => {
  test('the one with the header, though it is not the first', () => {
    const { people, notes } = imported({
      sheets: [
        { name: 'Read me', rows: [['How to fill this in']] },
        { name: 'People', rows: [HEADER, ANNA] },
        { name: 'Old', state: 'hidden', rows: [HEADER, BEN] },
        { name: 'Empty', rows: [] },
      ],
    });
    expect(people).toMatchObject([{ displayName: 'Anna' }]);
    expect(notes).toContain(
      '"People\\" was read. The other sheets, 1 of them hidden, were not: \\"Read me\\", \\"Old\\"',
    );
  });

  test('one other sheet is told in the singular', () => {
    const { notes } = imported({
      sheets: [
        { name: 'People', rows: [HEADER, ANNA] },
        { name: 'Types', rows: [['E']] },
      ],
    });
    expect(notes).toContain('The sheet \\"People\\" was read. The other sheet was not: \\"Types\\".');
  });

  test('two sheets that name people are refused: nobody is left out silently', () => {
    const { result, people } = imported({
      sheets: [
        { name: 'Berlin', rows: [HEADER, ANNA] },
        { name: 'Munich', rows: [HEADER, BEN] },
      ],
    });
    expect(result).toMatchObject({
      status: 'rejected',
      problem: { message: expect.stringMatching(/2 sheets.*"Berlin", "Munich".*file of its own/) },
    });
    expect(people).toEqual([]);
  });

  test.each([
    ['only a hidden sheet', [{ name: 'Old', state: 'veryHidden', rows: [HEADER, ANNA] }], /hidden sheet "Old".*Unhide/],
    ['nothing', [{ name: 'Sheet1', rows: [] }], /workbook is empty/],
    [
      'other columns',
      [
        {
          name: 'Sheet1',
          rows: [
            ['Name', 'Mail'],
            ['Anna', 'x'],
          ],
        },
      ],
      /columns? UserPrincipalName/,
    ],
  ] as const)('a workbook with %s says so', (_, sheets, message) => {
    expect(imported({ sheets }).result).toMatchObject({
      status: 'rejected',
      problem: { message: expect.stringMatching(message) },
    });
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

describe('a bomb is noticed before it goes off', () => {
  const spaces = (bytes: number) => new Uint8Array(bytes).fill(32);
  const rowsOf = (cells: string) => `<worksheet><sheetData><row r="1">${cells}</row></sheetData></worksheet>`;
  const people = { name: 'People', rows: [HEADER, ANNA] };
  const withSheet = (bytes: Uint8Array) => workbook({ sheets: [people], parts: { 'xl/worksheets/sheet1.xml': bytes } });

  /** The same archive, whose directory and local headers claim another size for a part. */
  function lying(bytes: Uint8Array, name: string, size: number): Uint8Array {
    const copy = Buffer.from(bytes);
    let at = -1;
    for (let found = copy.indexOf(name); found >= 0; found = copy.indexOf(name, found + 1)) at = found;
    copy.writeUInt32LE(size, at - 22);
    return copy;
  }

  const sheet1 = 'xl/worksheets/sheet1.xml';

  test.each<[string, () => Uint8Array, RegExp]>([
    ['a part that packs beyond reason', () => withSheet(spaces(64 * 1024 * 1024)), /unpacks to far more/],
    ['one that says it is small', () => lying(withSheet(spaces(64 * 1024 * 1024)), sheet1, 1000), /damaged/],
    [
      'one that says it is huge',
      () => lying(workbook({ sheets: [people] }), sheet1, 0x7fffffff),
      /unpacks to far more/,
    ],
    [
      'ten thousand parts and one',
      () =>
        workbook({
          sheets: [people],
          parts: Object.fromEntries(Array.from({ length: 10_001 }, (_, n) => [`${n}`, new Uint8Array()])),
        }),
      /more than 10,000 parts/,
    ],
    ['elements in elements without end', () => withSheet(strToU8(`<worksheet>${'<a>'.repeat(5000)}`)), /damaged/],
    [
      'one attribute without end',
      () => withSheet(Buffer.concat([strToU8('<worksheet a="'), spaces(3 * 1024 * 1024)])),
      /damaged/,
    ],
    [
      'entities that multiply',
      () =>
        withSheet(
          strToU8(`<!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>${rowsOf('<c t="str"><v>&b;</v></c>')}`),
        ),
      /declares a document type/,
    ],
    ['an entity nobody declared', () => withSheet(strToU8(rowsOf('<c t="str"><v>&b;</v></c>'))), /damaged/],
    [
      'a row beyond the last',
      () =>
        withSheet(
          strToU8('<worksheet><sheetData><row r="1048577"><c t="str"><v>x</v></c></row></sheetData></worksheet>'),
        ),
      /more than 1,048,576 rows/,
    ],
    [
      'more rows in no order than are held in memory',
      () =>
        withSheet(
          strToU8(
            `<worksheet><sheetData>${Array.from({ length: 100_001 }, (_, n) => `<row r="${200_000 - n}"><c t="str"><v>x</v></c></row>`).join('')}</sheetData></worksheet>`,
          ),
        ),
      /damaged/,
    ],
    ['a text that is not there', () => withSheet(strToU8(rowsOf('<c t="s"><v>7</v></c>'))), /damaged/],
  ])('%s', (_, bytes, message) => {
    const { result, people: stored } = imported(bytes());
    expect(result).toMatchObject({ status: 'rejected', problem: { message: expect.stringMatching(message) } });
    expect(stored).toEqual([]);
  });

  test('a value in the last column and a cell beyond the limit reject their rows, not the others', () => {
    const long = 'x'.repeat(32_768);
    const { result, people: stored } = imported({
      sheets: [
        {
          name: 'People',
          rows: [
            HEADER,
            [...ANNA, { xml: '<c r="XFD2" t="str"><v>x</v></c>' }],
            ['Cy', 'cy@contoso.example', 'E', long],
            BEN,
          ],
        },
      ],
    });
    expect(result.rejected).toMatchObject([
      { line: 2, problem: expect.stringContaining('column XFD') },
      { line: 3, problem: expect.stringContaining('Cell D3 is longer than 32,767') },
    ]);
    expect(stored).toMatchObject([{ displayName: 'Ben' }]);
  });

  test('a row that is longer than all that is read costs no more than that, and rejects itself alone', () => {
    const strings = [`<si><t>${'x'.repeat(32_767)}</t></si>`];
    const long = { xml: '<c r="REF" t="s"><v>0</v></c>' };
    const header = [...HEADER, ...Array.from({ length: 900 }, (_, n) => `Note ${n}`)];
    const rows = [header, [...ANNA, ...Array.from({ length: 900 }, () => long)], BEN];
    const { result, rows: stored } = imported({ sheets: [{ name: 'People', rows }], strings });
    const length = 900 * 32_767 + ANNA.join('').length;
    expect(result.rejected).toMatchObject([{ line: 2, problem: expect.stringContaining(`${length} characters`) }]);
    expect(stored.map(({ raw }) => raw.slice(0, 10))).toEqual(['Anna,anna@', 'Ben,ben@co']);
    expect(stored[0]?.raw.length).toBeLessThan(100_000);
  });

  test('a first row with nothing but a value in the last column is passed over like a title', () => {
    const rows = [[{ xml: '<c r="XFD1" t="str"><v>x</v></c>' }], HEADER, ANNA];
    expect(imported({ sheets: [{ name: 'People', rows }] }).people).toMatchObject([{ displayName: 'Anna' }]);
  });

  test('what a transfer adds behind an archive is no part of it, anything else is none of its ends', () => {
    const whole = Buffer.from(workbook({ sheets: [people] }));
    const read = (behind: string) => imported(Buffer.concat([whole, Buffer.from(behind)])).people.length;
    expect(['\r\n', '\n', '\x1a', '\0'.repeat(700)].map(read)).toEqual([1, 1, 1, 1]);
    expect(read('\nx')).toBe(0);
  });

  test('an archive cut anywhere, or with any byte of its directory changed, is refused or read whole', () => {
    const whole = workbook({ sheets: [people] });
    const reading = (bytes: Uint8Array) => [...readTable(fileRecords([], bytes, 'XLSX', {}))];
    const wholeParts = reading(whole);
    expect(wholeParts.map(({ kind }) => kind)).toEqual(['header', 'row']);
    for (let length = 5; length < whole.length; length += 7)
      expect(reading(whole.subarray(0, length)).at(-1)?.kind, `cut at ${length}`).toBe('fault');
    let refused = 0;
    for (let at = 4; at < whole.length; at++) {
      const changed = Uint8Array.from(whole);
      changed[at] = (changed[at] ?? 0) ^ 0x41;
      const parts = reading(changed);
      if (parts.at(-1)?.kind === 'fault') refused++;
      else expect(parts, `byte ${at}`).toEqual(wholeParts);
    }
    expect(refused).toBeGreaterThan(whole.length / 4);
  });
});

describe('what is no workbook says what it is and what to do', () => {
  const compound = (text: string) =>
    Buffer.concat([
      Buffer.from('d0cf11e0a1b11ae1', 'hex'),
      Buffer.alloc(70_000),
      Buffer.from(text, 'utf16le'),
      Buffer.alloc(500),
    ]);
  const rels = (target: string) =>
    strToU8(`<Relationships><Relationship Id="a" Type="x/officeDocument" Target="${target}"/></Relationships>`);
  test.each<[string, Uint8Array, RegExp]>([
    ['a password', compound('EncryptedPackage'), /protected with a password.*without one/],
    ['an .xls', compound('Workbook'), /Excel 97 to 2003.*save it as/],
    [
      'an .ods',
      zipSync({ mimetype: strToU8('application/vnd.oasis.opendocument.spreadsheet'), 'content.xml': strToU8('<a/>') }),
      /OpenDocument/,
    ],
    [
      'an .xlsb',
      zipSync({ '_rels/.rels': rels('xl/workbook.bin'), 'xl/workbook.bin': new Uint8Array(9) }),
      /binary workbook/,
    ],
    [
      'a .docx',
      zipSync({ '_rels/.rels': rels('word/document.xml'), 'word/document.xml': strToU8('<a/>') }),
      /another Office program, such as Word/,
    ],
    ['a .docx that names no main part', zipSync({ 'word/document.xml': strToU8('<a/>') }), /such as Word/],
    ['a .pptx that names no main part', zipSync({ 'ppt/presentation.xml': strToU8('<a/>') }), /such as Word/],
    ['a .zip', zipSync({ 'people.csv': strToU8(`${HEADER}\n${ANNA}\n`) }), /ZIP archive. Unpack/],
    ['a few bytes that begin like one', Buffer.from([0x50, 0x4b, 0x03, 0x04, 1, 2, 3]), /workbook is damaged/],
    ['a picture', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), /./],
  ])('%s', (_, bytes, message) => {
    const { result, db } = imported(bytes);
    expect(result).toMatchObject({ status: 'rejected', problem: { message: expect.stringMatching(message) } });
    expect(storedFiles(db)).toMatchObject([{ status: 'rejected' }]);
    expect(storedFiles(db)[0]?.encoding).not.toBe('XLSX');
  });
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
