import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, test } from 'vitest';
import { csvLine } from '#lib/services/http/csv.ts';

test.each([
  { cells: ['a', 1, null, ''], line: 'a,1,,\r\n' },
  { cells: ['say "hi"', 'a,b', 'x;y'], line: '"say ""hi""","a,b","x;y"\r\n' },
  { cells: ['two\nlines', ' blank first'], line: '"two\nlines"," blank first"\r\n' },
  { cells: [-5, 0.5], line: '-5,0.5\r\n' },
])('$line', ({ cells, line }) => {
  expect(csvLine(cells)).toBe(line);
});

test('another delimiter is quoted too', () => {
  expect(csvLine(['a~b', 'c'], { delimiter: '~' })).toBe('"a~b"~c\r\n');
});

describe('a formula is made harmless', () => {
  test.each([
    '=1+1',
    '+1',
    '-1',
    '@SUM(A1)',
    ' =1',
    '\u00A0=1',
    '\t=1',
    '\u200B=1',
    '\uFEFF+1',
    '\u202E@a',
    '\tx',
    '\rx',
    '＝1',
    '＋1',
    '－1',
    '＠a',
  ])('%j', (cell) => {
    expect(csvLine([cell]).replace(/^"/, '').startsWith("'")).toBe(true);
    expect(csvLine([cell], { guard: false })).not.toContain("'");
  });

  test.each(['a=b', 'x@contoso.example', '1-2', "O'Hara", ''])('%j is none', (cell) => {
    expect(csvLine([cell])).toBe(`${cell}\r\n`);
  });
});

test('whatever is written without the guard is read back as it was', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme' }), { minLength: 2 }), (cells) => {
      // The delimiter is given: what a reader guesses from one line is its own affair.
      expect(Papa.parse(csvLine(cells, { guard: false }), { delimiter: ',' }).data[0]).toEqual(cells);
    }),
  );
});

test('whatever separates the lists of a reader, and however it takes quotes, no cell begins like a formula', () => {
  const cell = fc.string({ unit: fc.constantFrom(...'=+-@＝,;|\t\r\n"\'a1 ') });
  const separator = fc.constantFrom(',', ';', '\t', '|');
  const isFormula = (text: unknown) => /^[=+\-@＝]/.test(String(text));
  fc.assert(
    fc.property(fc.array(cell, { minLength: 1 }), separator, separator, (cells, delimiter, read) => {
      const line = csvLine(cells, { delimiter });
      const quoted = Papa.parse<string[]>(line, { delimiter: read }).data.flat();
      const literal = line.split(/[\r\n"]/).flatMap((part) => part.split(read));
      expect([...quoted, ...literal].filter(isFormula)).toEqual([]);
    }),
  );
});
