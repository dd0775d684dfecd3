import { isUtf8 } from 'node:buffer';
import { describe, expect, test } from 'vitest';
import { decodeBlocks } from '#lib/intake/csv/encoding/decode.ts';
import { detectEncoding, isPlainUtf8 } from '#lib/intake/csv/encoding/detect.ts';
import { guessedOf } from '#lib/intake/csv/encoding/formats.ts';
import { encode } from '#tests/intake/build.ts';

function inBlocks(bytes: Uint8Array, size: number): Uint8Array[] {
  const blocks: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += size) blocks.push(bytes.subarray(at, at + size));
  return blocks;
}

const latin1 = (text: string) => Buffer.from(text, 'latin1');
const SIZES = [1, 2, 3, 5, 8, 64, 1000];
/** Long enough to be taken for bytes of text, whatever follows. */
const HEADER = 'CN,UserPrincipalName,EmployeeType\n';

/** Where the parts of UTF-8 begin and end: Unicode, table 3-7. */
const EDGES = [
  0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc1, 0xc2, 0xdf, 0xe0, 0xe1, 0xed, 0xef, 0xf0, 0xf1, 0xf4, 0xf5,
];

function* sequences(): Generator<number[]> {
  for (const first of EDGES)
    for (const second of EDGES) {
      yield [first, second, 0x41];
      if (first < 0xc0) continue;
      for (const third of [0x41, 0x80, 0xbf, 0xc2]) {
        yield [first, second, third, 0x41];
        if (first >= 0xf0) for (const fourth of [0x41, 0x80, 0xbf, 0xc2]) yield [first, second, third, fourth, 0x41];
      }
    }
}

test('exactly what is valid UTF-8 is taken for it', () => {
  const wrong = [...sequences()].filter((sequence) => {
    const bytes = Buffer.concat([latin1(HEADER), Uint8Array.from(sequence)]);
    const detected = detectEncoding([bytes]);
    const isTaken = detected.kind === 'ok' && detected.encoding === 'UTF-8';
    return isTaken !== isUtf8(bytes) || isPlainUtf8(inBlocks(bytes, HEADER.length + 1)) !== isUtf8(bytes);
  });
  expect(wrong).toEqual([]);
});

describe('the fast look at a file says yes where all of it is UTF-8', () => {
  const text = `${HEADER}Zoë € 😀 Łuk\n`;
  test.each(SIZES)('in blocks of %i bytes', (size) => {
    expect(isPlainUtf8(inBlocks(Buffer.from(text), size))).toBe(true);
    for (const odd of ['\xe9', '\x00', '\xe2\x82', '\xf0\x9f\x98', '\x80'].map(latin1))
      for (const bytes of [Buffer.concat([Buffer.from(text), odd]), Buffer.concat([odd, Buffer.from(text)])])
        expect(isPlainUtf8(inBlocks(bytes, size))).toBe(false);
  });

  test('also where nothing is in it, or its second block begins as an archive does', () => {
    expect(isPlainUtf8([])).toBe(true);
    expect(isPlainUtf8([latin1('CN,UPN\n'), latin1('PK\x03\x04')])).toBe(true);
    expect(isPlainUtf8([latin1('PK\x03\x05')])).toBe(true);
  });
});

describe('a mark at the beginning decides, whatever follows', () => {
  const text = '姓名，帐户，类型，姓名，帐户';
  test.each([
    ['UTF-16LE', true, { kind: 'ok', encoding: 'UTF-16LE' }],
    ['UTF-16BE', true, { kind: 'ok', encoding: 'UTF-16BE' }],
    ['UTF-8', true, { kind: 'ok', encoding: 'UTF-8' }],
  ] as const)('%s', (encoding, withMark, detected) => {
    const bytes = encode(text, encoding, withMark);
    expect(detectEncoding([bytes])).toEqual(detected);
    expect([...decodeBlocks(inBlocks(bytes, 3), encoding)].join('')).toBe(text);
  });

  test.each(['Person,UPN,Type\n', 'PK\x03\x05,UPN,Type\n', 'PKW,UPN,Type\n'])('%j begins as text does', (header) => {
    expect(detectEncoding([latin1(header)])).toEqual({ kind: 'ok', encoding: 'UTF-8' });
  });

  test.each(['\xff', '\xff\xff', '\xfe\xfe', '\xef\xbb\xbe', '\xef\xbb', '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe0'])(
    '%j is not such a mark',
    (opening) => {
      const detected = detectEncoding([latin1(`${opening}${HEADER}`)]);
      expect(detected.kind === 'ok' ? detected.encoding : detected.problem.message).not.toMatch(
        /UTF-16[BL]|marked|\.xls/,
      );
    },
  );
});

describe('UTF-16 without a mark is known by its opening', () => {
  const nul = { kind: 'fault', problem: { line: 1, message: expect.stringContaining('NUL character') } };
  test.each([
    ['a stray NUL at an even place', `A${'\0'},UPN,Type\n${HEADER.repeat(20)}`, nul],
    ['a stray NUL at an odd place', `CN${'\0'},UPN,Type\n${HEADER.repeat(20)}`, nul],
    [
      'bytes that are in neither order',
      'a\0\0b'.repeat(30),
      { kind: 'fault', problem: { message: expect.stringContaining('mixes encodings') } },
    ],
    ['two of three units in one order', 'a\0b\0\0c'.repeat(30), { kind: 'fault' }],
    ['two of three units in the other order', '\0a\0bc\0'.repeat(30), { kind: 'fault' }],
    [
      'a long first block',
      'C\0N\0,\0U\0P\0N\0,\0T\0\n\0'.concat('a\0'.repeat(500)),
      { kind: 'ok', encoding: 'UTF-16LE' },
    ],
    ['a short file', 'a\0b\0', { kind: 'ok', encoding: 'UTF-16LE' }],
    ['a short file in the other order', '\0a\0b', { kind: 'ok', encoding: 'UTF-16BE' }],
  ])('%s', (_, bytes, detected) => expect(detectEncoding([latin1(bytes)])).toMatchObject(detected));
});

describe('an old file of Office is told from one with a password, wherever its blocks are cut', () => {
  const start = Buffer.from('d0cf11e0a1b11ae1', 'hex');
  const fileWith = (name: string) =>
    Buffer.concat([start, Buffer.alloc(50), Buffer.from(name, 'utf16le'), Buffer.alloc(50)]);
  test.each([8, 20, 33, 64, 1000])('in blocks of %i bytes', (size) => {
    for (const [name, said] of [
      ['EncryptedPackage', 'password'],
      ['Workbook', 'Excel 97'],
    ] as const)
      expect(detectEncoding(inBlocks(fileWith(name), size))).toMatchObject({
        kind: 'fault',
        problem: { line: 1, message: expect.stringContaining(said) },
      });
  });
});

describe('what is wrong in bytes of text is told with the line', () => {
  const faultOf = (bytes: Uint8Array | string, size = 1000) => {
    const detected = detectEncoding(inBlocks(typeof bytes === 'string' ? latin1(bytes) : bytes, size));
    return detected.kind === 'fault' ? detected.problem : detected;
  };
  const utf8 = (text: string) => Buffer.from(text).toString('latin1');

  test.each([
    ['after an empty first line', `\n${HEADER}${utf8('Zoë\n')}J\xf6rg\n`, 3, 4],
    ['after lines of old Macs', `${HEADER.trim()}\r${utf8('Zoë\r')}J\xf6rg\r`, 2, 3],
    ['after lines of Windows', `${HEADER.trim()}\r\n${utf8('Zoë\r\n')}J\xf6rg\r\n`, 2, 3],
    ['behind a letter at the end of a line', `${HEADER}J\xe9\n${utf8('Zoë\n')}\n`, 3, 2],
    ['in the middle of a character of three bytes', `${HEADER}${utf8('Zoë\n')}\xe2\x82\nx`, 2, 3],
    ['at the end of the file', `${HEADER}${utf8('Zoë\n')}\n\xf6`, 2, 4],
    ['at the first of them', `${HEADER}${utf8('Zoë\nZoë\n')}J\xf6rg\nJ\xf6rg\n${utf8('Zoë\n')}`, 2, 4],
  ])('two encodings %s', (_, bytes, inUtf8, other) => {
    for (const size of SIZES)
      expect(faultOf(bytes, size)).toMatchObject({
        line: other,
        message: expect.stringContaining(`line ${inUtf8} is UTF-8, line ${other} is not`),
      });
  });

  test('a NUL with single bytes around it, and UTF-16 behind a line of single bytes', () => {
    expect(faultOf(`${HEADER}a\n\nb\0,b@b.example,E\nc\0\n`)).toMatchObject({
      line: 4,
      message: expect.stringContaining('NUL'),
    });
    expect(faultOf(`${HEADER}${encode('Ada,a@b.example,E\n', 'UTF-16LE').toString('latin1')}`)).toMatchObject({
      line: 2,
      message: expect.stringContaining('from line 2 on it is UTF-16'),
    });
  });

  test('a closing quotation mark behind é is Windows-1252, and no beginning of UTF-8', () => {
    expect(faultOf(`${HEADER}\x93Ren\xe9\x94,r@b.example,E\n`)).toEqual({ kind: 'ok', encoding: 'Windows-1252' });
  });

  test('a code page that is a guess names the others', () => {
    expect(faultOf(`${HEADER}Dvo\xf8\xe1k,d@b.example,E\n`)).toEqual({
      kind: 'ok',
      encoding: 'Windows-1250',
      others: expect.arrayContaining(['Windows-1252']),
    });
  });
});

for (const encoding of ['UTF-16LE', 'UTF-16BE'] as const)
  describe(encoding, () => {
    const units = (text: string) => Buffer.concat([encode(HEADER, encoding, true), encode(text, encoding)]);
    const detect = (...parts: (string | Uint8Array)[]) =>
      detectEncoding([
        Buffer.concat([units(''), ...parts.map((part) => (typeof part === 'string' ? encode(part, encoding) : part))]),
      ]);
    const ok = { kind: 'ok', encoding };

    test.each(['\u{10000}', '\u{10ffff}', '\ud7ff\ue000', '😀\n😀'])('%j is whole', (text) =>
      expect(detect(text)).toEqual(ok),
    );

    test.each([
      ['a\n\n\ud800b\nc', 4],
      ['a\r\n\udbffb\n', 3],
      ['\r\r\udc00\n', 4],
      ['\n\udfff\n', 3],
      ['a\n\ud83d\ud83d\ude00\n', 3],
      ['a\n\ude00\ud83d\n', 3],
      ['a\nb\n\ud83d', 4],
      ['\ud800b\n\ud800b\n', 2],
    ])('half a character in %j', (text, line) =>
      expect(detect(text)).toMatchObject({ problem: { line, message: expect.stringContaining('half a character') } }),
    );

    test('a file that ends within a unit', () => {
      const cut = units('a\nb').subarray(0, -1);
      expect(detectEncoding([cut])).toMatchObject({
        problem: { line: 3, message: expect.stringContaining('partly written') },
      });
    });

    test('a NUL is told with its line', () => {
      expect(detect('a\nb\0\n\0')).toMatchObject({ problem: { line: 3, message: expect.stringContaining('NUL') } });
    });

    describe('a line of single bytes among them is told', () => {
      const row = latin1('Bo,bo@b.example,E\r\n\r\n ');
      const told = { problem: { line: 3, message: expect.stringContaining('it is UTF-16, but line 3 is not') } };
      test.each([
        ['in the middle', ['Ada\n', row, 'Cy\n']],
        ['at the end', ['Ada\n', latin1('Bo,bo@b.example,E.')]],
        ['of sixteen bytes', ['Ada\n', latin1('bo@contoso.exam~'), '\n']],
        ['with blanks in it', ['Ada\n', latin1('  bo@contoso.ex  '), '\n']],
      ])('%s', (_, parts) => expect(detect(...parts)).toMatchObject(told));
    });

    test.each([
      ['eight letters of Chinese and Japanese that are two plain bytes each', '田中山木本大東字,田中山木本大東字\n'],
      ['one of them with the byte of an @', '田䁀,田中\n田䁀,田中\n田䁀,田中\n'],
      ['seven and a comma', '䁀中山木本大東,䁀中山木本大東\n'],
      [
        'among letters that begin or end with a byte that is none',
        '䁀中山木ἀ大東字本中一䁀中山木\u407f本大東字\u7f40本大\u1f40字中\u401f山木\n',
      ],
    ])('%s are letters', (_, text) => expect(detect(text)).toEqual(ok));
  });

describe('each code page is decoded by its own table', () => {
  test.each([
    ['Windows-1252', 'M\xfcller \x80', 'Müller €'],
    ['Windows-1250', 'Dvo\xf8\xe1k', 'Dvořák'],
    ['Windows-1251', '\xc8\xe2\xe0\xed', 'Иван'],
    ['Windows-1254', 'Y\xfdld\xfdz', 'Yıldız'],
    ['MacRoman', 'M\x9fller', 'Müller'],
    ['CP850', 'M\x81ller', 'Müller'],
  ] as const)('%s', (codePage, bytes, text) => {
    expect([...decodeBlocks(inBlocks(latin1(bytes), 3), codePage)].join('')).toBe(text);
    expect(guessedOf(codePage)).toBe(codePage);
  });

  test.each(['UTF-8', 'UTF-16LE', 'UTF-16BE', 'XLSX'] as const)('%s has none', (format) =>
    expect(guessedOf(format)).toBeNull(),
  );
});
