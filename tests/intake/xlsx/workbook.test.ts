import { strToU8, unzipSync, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { storedFiles } from '../build.ts';
import { ANNA, BEN, HEADER, imported, workbook } from './build.ts';

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
    ['an .xlsb that names no main part', zipSync({ 'xl/workbook.bin': new Uint8Array(9) }), /binary workbook/],
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
