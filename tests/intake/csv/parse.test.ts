import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readTable } from '#lib/intake/csv/parse.ts';
import { DELIMITERS, RARE_DELIMITERS, RECORD_LIMIT } from '#lib/intake/csv/records.ts';
import type { TablePart } from '#lib/intake/csv/table.ts';

function inPieces(text: string, size: number): string[] {
  const pieces: string[] = [];
  for (let at = 0; at < text.length; at += size) pieces.push(text.slice(at, at + size));
  return pieces;
}

function read(text: string, size = 65_536): TablePart[] {
  return [...readTable(inPieces(text, size))];
}

/** The rows as `[line, fields or problem]`. */
function rowsOf(text: string): [number, readonly string[] | string | null][] {
  return read(text).flatMap((part) =>
    part.kind === 'row' ? [[part.line, part.fields ?? part.problem?.message ?? null]] : [],
  );
}

function faultOf(text: string) {
  const last = read(text).at(-1);
  return last?.kind === 'fault' ? last.problem : null;
}

const HEADER = 'CN,UserPrincipalName,EmployeeType';

test('any values round-trip through every delimiter and line end, wherever the text is cut', () => {
  // Letters first, so that no row is blank; the rest is anything a quoted field may hold.
  const value = fc
    .string({ unit: fc.constantFrom('a', 'é', '"', ',', ';', '\t', '|', '\n', '\r', ' ', "'", '=') })
    .map((rest) => `x${rest}`);
  const table = fc.array(fc.tuple(value, value, value), { maxLength: 12 });
  const layout = fc.record({
    delimiter: fc.constantFrom(...DELIMITERS, ...RARE_DELIMITERS),
    lineEnd: fc.constantFrom('\n', '\r\n', '\r'),
    lastEnd: fc.boolean(),
    size: fc.integer({ min: 1, max: 40 }),
  });
  fc.assert(
    fc.property(table, layout, (rows, { delimiter, lineEnd, lastEnd, size }) => {
      const quote = (field: string) =>
        /["\r\n]/.test(field) || field.includes(delimiter) ? `"${field.replaceAll('"', '""')}"` : field;
      const lines = [HEADER.split(','), ...rows].map((fields) => fields.map(quote).join(delimiter));
      const parts = read(lines.join(lineEnd) + (lastEnd ? lineEnd : ''), size);
      expect(parts[0]).toMatchObject({ kind: 'header', delimiter });
      expect(parts.slice(1).map((part) => (part.kind === 'row' ? part.fields : part))).toEqual(rows);
    }),
  );
});

describe('what stands before the header does not break it', () => {
  test.each([
    ['sep= of Excel', 'sep=;\r\nCN;UPN;Type\r\nA;a@b.example;E\r\n', 3],
    ['sep= in quotes', '"sep=|"\nCN|UPN|Type\nA|a@b.example|E\n', 3],
    ['sep= with a tab', 'sep=\t\nCN\tUPN\tType\nA\ta@b.example\tE\n', 3],
    ['#TYPE of PowerShell', '#TYPE Selected.User\n"CN","UPN","Type"\n"A","a@b.example","E"\n', 3],
    ['blank lines', '\n \t\nCN,UPN,Type\n\nA,a@b.example,E\n', 5],
  ])('%s', (_name, text, line) => {
    expect(rowsOf(text)).toEqual([[line, ['A', 'a@b.example', 'E']]]);
  });

  test('sep= with something that is no delimiter refuses the file', () => {
    expect(faultOf('sep=/\nCN/UPN/Type\n')).toMatchObject({ line: 1, message: expect.stringContaining('"/"') });
  });
});

test('the delimiter is the one by which the known columns are found, not the most frequent character', () => {
  const text = 'CN;UPN;Type;"a,b,c,d,e,f"\n"Doe, John, Jr., PhD";a@b.example;E;x\n';
  expect(read(text)[0]).toMatchObject({ kind: 'header', delimiter: ';' });
  expect(rowsOf(text)).toEqual([[2, ['Doe, John, Jr., PhD', 'a@b.example', 'E', 'x']]]);
});

test('line numbers are those of an editor, also after quoted line breaks', () => {
  const text = `${HEADER},Note\nA,a,E,"one\r\ntwo\rthree\n"\nB,b,E,x\n`;
  expect(rowsOf(text).map(([line]) => line)).toEqual([2, 6]);
});

test('blank lines and rows of nothing but delimiters are not rows', () => {
  expect(rowsOf(`${HEADER}\n\n,,\n  \n"","",""\n\u00a0,\u200b,\nA,a,E\n\n`)).toEqual([[7, ['A', 'a', 'E']]]);
});

test('blanks after a closing quote are forgiven, in the last row too', () => {
  expect(rowsOf(`${HEADER}\n"A" ,"a","E" \n"B","b","E" `)).toEqual([
    [2, ['A', 'a', 'E']],
    [3, ['B', 'b', 'E']],
  ]);
});

test('a wrong quote on one line rejects that row, names the place, and keeps its sisters', () => {
  expect(rowsOf(`${HEADER}\n"A" x,a,E\nB "Bo" B,b,E\n"C","c"c,E`)).toEqual([
    [2, expect.stringMatching(/^Character 5 of the line, "x", follows a closing quote/)],
    [3, ['B "Bo" B', 'b', 'E']],
    [4, expect.stringContaining('Character 8 of the line, "c"')],
  ]);
});

describe('a structure that cannot be trusted refuses the whole file and names the place', () => {
  const cases: [string, string, { line: number; column: number | null; message: RegExp }][] = [
    ['a quote never closed', `${HEADER}\nA,a,E\nB,"b,E\nC,c,E\n`, { line: 3, column: 3, message: /never closed/ }],
    [
      'a quote never closed that starts after a quoted line break',
      `${HEADER},N\nA,a,"E\nE","x\nB,b,E,y\n`,
      { line: 3, column: 4, message: /never closed/ },
    ],
    [
      'an open quote that swallowed the next row',
      `${HEADER}\n"A,a,E\n"B",b,E\n`,
      { line: 3, column: 2, message: /lines 2 to 3/ },
    ],
    ['a quote never closed in the header', 'CN,"UPN,Type\nA,a,E\n', { line: 1, column: 4, message: /never closed/ }],
    ['no header: empty', '', { line: 1, column: null, message: /file is empty/ }],
    ['no header: only blank lines', '\r\n \r\n', { line: 1, column: null, message: /file is empty/ }],
    ['a missing column', 'CN;UPN\nA;a\n', { line: 1, column: null, message: /EmployeeType is missing.*"CN", "UPN"/ }],
    [
      'missing columns',
      'a\nb\n',
      { line: 1, column: null, message: /UserPrincipalName, CN, EmployeeType are missing/ },
    ],
    [
      'a column twice',
      'CN,UPN,Type,cn\n',
      { line: 1, column: null, message: /column CN appears 2 times \("CN", "cn"\)/ },
    ],
    [
      'a column twice under two names',
      '\nUPN,Benutzerprinzipalname,CN,Type\n',
      { line: 2, column: null, message: /UserPrincipalName appears 2 times/ },
    ],
  ];
  test.each(cases)('%s', (_name, text, { line, column, message }) => {
    expect(faultOf(text)).toMatchObject({ line, column, message: expect.stringMatching(message) });
  });

  test('a row longer than a million characters', () => {
    const long = 'x'.repeat(RECORD_LIMIT + 1);
    expect(faultOf(`${HEADER}\nA,${long},E\nB,b,E\n`)).toMatchObject({ line: 2, message: /longer than a million/ });
    expect(faultOf(`${HEADER}\nA,"${long},E\nB,b,E\n`)).toMatchObject({ line: 2, column: 3, message: /never closed/ });
  });
});

describe('columns are found by name or alias, in any order and case', () => {
  test.each([
    ['UserPrincipalName,CN,EmployeeType'],
    ['employeetype,USERPRINCIPALNAME,cn'],
    ['User Principal Name,Display Name,Employee Type'],
    ['user_principal_name,common-name,employee.type'],
    [' UPN ,"Name",Type'],
    ['Benutzerprinzipalname,Anzeigename,Mitarbeitertyp'],
    ['Benutzer-Prinzipalname,Vollständiger Name,Beschäftigungsart'],
    ["Nom principal de l'utilisateur,Nom complet,Type d’employé"],
  ])('%s', (header) => {
    const start = read(`${header},Cost centre\n`)[0];
    expect(start).toMatchObject({ kind: 'header', header: { width: 4, extras: [{ name: 'Cost centre', at: 3 }] } });
  });

  test('an export of Active Directory with CN, Name and DisplayName side by side takes CN and keeps the others', () => {
    const start = read('DisplayName,Name,CN,UserPrincipalName,EmployeeType\n')[0];
    expect(start).toMatchObject({
      header: {
        at: { CN: 2 },
        extras: [
          { name: 'DisplayName', at: 0 },
          { name: 'Name', at: 1 },
        ],
      },
    });
  });

  test('a column without a name is kept under its number', () => {
    expect(read('CN,UPN,Type,,\n')[0]).toMatchObject({
      header: { extras: [{ name: 'column 4' }, { name: 'column 5' }] },
    });
  });
});
