import { describe, expect, test } from 'vitest';
import { readTable } from '#lib/intake/csv/parse.ts';
import { type RawRecord, RECORD_LIMIT, RecordReader } from '#lib/intake/csv/records.ts';
import { splitRecords } from '#lib/intake/csv/split.ts';

function recordsOf(pieces: Iterable<string>): RawRecord[] {
  const reader = new RecordReader(pieces);
  const records: RawRecord[] = [];
  for (let record = reader.next(','); record; record = reader.next(',')) {
    records.push(record);
    if (record.kind === 'fault') break;
  }
  return records;
}

function inPieces(text: string, size: number): string[] {
  return Array.from({ length: Math.ceil(text.length / size) }, (_, at) => text.slice(at * size, (at + 1) * size));
}

/** Each record as its line and text, or its line and what is wrong with it. */
const short = (records: readonly RawRecord[]) =>
  records.map((record) =>
    record.kind === 'record'
      ? [record.line, record.problem?.message ?? record.text]
      : [record.problem.line, record.problem.column, record.problem.message],
  );

const follows = (position: number, character: string) =>
  `Character ${position} of the line, "${character}", follows a closing quote: double a quote ("") that is part of the value`;

describe('where each record ends, and what is wrong with its quotes, whatever pieces its text arrives in', () => {
  test.each<[string, unknown[]]>([
    [
      'a,b\nc\r\nd\re',
      [
        [1, 'a,b'],
        [2, 'c'],
        [3, 'd'],
        [4, 'e'],
      ],
    ],
    [
      '\r\r\n\n\rx',
      [
        [1, ''],
        [2, ''],
        [3, ''],
        [4, ''],
        [5, 'x'],
      ],
    ],
    ['a\r', [[1, 'a']]],
    [
      '"a\r\nb"\nx\n',
      [
        [1, '"a\r\nb"'],
        [3, 'x'],
      ],
    ],
    [
      '"a\rb"\nx\n',
      [
        [1, '"a\rb"'],
        [3, 'x'],
      ],
    ],
    [
      '"a\nb\n"\nx\n',
      [
        [1, '"a\nb\n"'],
        [4, 'x'],
      ],
    ],
    ['"a\n', [[1, 1, expect.stringContaining('never closed')]]],
    [
      'x\n"a ""b""',
      [
        [1, 'x'],
        [2, 1, expect.stringContaining('never closed')],
      ],
    ],
    [
      'x\ny,"b","a\r\nc\n\nd',
      [
        [1, 'x'],
        [2, 7, expect.stringContaining('never closed')],
      ],
    ],
    [
      'x\n"a\rb",  "c\nd',
      [
        [1, 'x'],
        [3, 6, expect.stringContaining('never closed')],
      ],
    ],
    [
      '"A" "x",b\ny',
      [
        [1, expect.stringContaining('Character 5 of the line')],
        [2, 'y'],
      ],
    ],
    [
      '"A"  x "y" z\ny',
      [
        [1, follows(6, 'x')],
        [2, 'y'],
      ],
    ],
    [
      'a"b",c""d, e"\ny',
      [
        [1, 'a"b",c""d, e"'],
        [2, 'y'],
      ],
    ],
    [
      'x\n"a\r\nbc"  de,f\n',
      [
        [1, 'x'],
        [3, 6, expect.stringContaining('"d" follows a closing quote, in a row that spans lines 2 to 3')],
      ],
    ],
  ])('%j', (text, records) => {
    for (let size = 1; size <= text.length; size++) expect(short(recordsOf(inPieces(text, size)))).toEqual(records);
  });

  test('looking ahead changes nothing, whatever delimiter it was done with', () => {
    const text = 'a;"b\nc";d\r\n"e,f"\ng\n';
    for (let size = 1; size <= text.length; size++) {
      const reader = new RecordReader(inPieces(text, size));
      const seen = [',', ';'].map((delimiter) =>
        reader.ahead(() => [1, 2, 3].map(() => reader.next(delimiter as ',' | ';'))),
      );
      expect(short((seen[1] ?? []).filter((record) => record !== null))).toEqual([
        [1, 'a;"b\nc";d'],
        [3, '"e,f"'],
        [4, 'g'],
      ]);
      expect(reader.peek(',')).toMatchObject({ line: 1, text: 'a;"b' });
      expect(reader.next(';')).toMatchObject({ line: 1, text: 'a;"b\nc";d' });
      expect(reader.ahead(() => [reader.next(','), reader.next(',')])).toMatchObject([{ line: 3 }, { line: 4 }]);
      expect(reader.next(',')).toMatchObject({ line: 3, text: '"e,f"' });
      expect(reader.next(',')).toMatchObject({ line: 4, text: 'g' });
      expect(reader.next(',')).toBeNull();
    }
  });
});

describe('a record of more than a million characters is none', () => {
  test('as soon as so much was read, and the rest is not', () => {
    let read = 0;
    function* endless() {
      yield '"';
      for (; read < 1000; read++) yield 'x'.repeat(10_000);
    }
    expect(short(recordsOf(endless()))).toEqual([[1, 1, expect.stringContaining('never closed')]]);
    expect(read).toBeLessThan(200);
  });

  test('one of just a million is', () => {
    expect(short(recordsOf(['x'.repeat(RECORD_LIMIT), '\ny']))).toEqual([
      [1, 'x'.repeat(RECORD_LIMIT)],
      [2, 'y'],
    ]);
  });

  test('short ones are, however far down in one piece of text', () => {
    const rows = 'x'.repeat(1000).concat('\n').repeat(2000);
    expect(recordsOf([rows]).filter(({ kind }) => kind === 'record')).toHaveLength(2000);
  });
});

test.each(['x\n\u001a', 'x\u001a', 'x\n\u001a  ', 'x\n\u001a\u001a\u001a', '\n\u001a'])(
  'of %j the end-of-file character of DOS is no record',
  (text) => {
    const before = text.slice(0, text.indexOf('\u001a')).trim();
    for (const pieces of [[text], inPieces(text, 1)])
      expect(
        recordsOf(pieces)
          .map((record) => (record.kind === 'record' ? record.text : '?'))
          .join(''),
      ).toBe(before);
  },
);

test('it is no row either where a line end stands behind it', () => {
  // Of a short file the end is known before its first row is handed out.
  for (const count of [1, 100]) {
    const parts = [...readTable([`CN,UPN,Type\n${'Ada,ada@b.example,E\n'.repeat(count)}\u001a\r\n \n`])];
    expect(parts.map((part) => part.kind === 'row' && part.fields?.length)).toEqual([false, ...Array(count).fill(3)]);
  }
});

test('one in the middle is text', () => {
  expect(short(recordsOf(['x\u001ay\nz\n']))).toEqual([
    [1, 'x\u001ay'],
    [2, 'z'],
  ]);
});

test.each([
  ['a""b, "c"', ['a""b', 'c']],
  [' "a"", ""b" , "c"', ['a", "b', 'c']],
  ['  "a, ""b""",  "c" , d', ['a, "b"', 'c', ' d']],
  ['a "b" c, "d"', ['a "b" c', 'd']],
  ['"", " "" ", ""', ['', ' " ', '']],
])('the fields of %j', (text, fields) => expect(splitRecords([text], ',')).toEqual([fields]));
