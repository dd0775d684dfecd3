import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeBlocks } from '#lib/intake/csv/encoding/decode.ts';
import { detectEncoding, isPlainUtf8 } from '#lib/intake/csv/encoding/detect.ts';
import type { Encoding } from '#lib/intake/csv/encoding/formats.ts';
import { encode } from '#tests/intake/build.ts';

function inBlocks(bytes: Uint8Array, size: number): Uint8Array[] {
  const blocks: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += size) blocks.push(bytes.subarray(at, at + size));
  return blocks;
}

function decoded(bytes: Uint8Array, encoding: Encoding, size = 7): string {
  return [...decodeBlocks(inBlocks(bytes, size), encoding)].join('');
}

const HEADER = 'CN,UserPrincipalName,EmployeeType\r\n';
const ROW = 'Zoë Müller-Łuk,zoe@contoso.example,E\r\n';

describe('every encoding a CSV comes in is recognised and decoded without loss', () => {
  const cases: [string, Encoding, boolean][] = [
    ['UTF-8', 'UTF-8', false],
    ['UTF-8 with a byte-order mark', 'UTF-8', true],
    ['UTF-16 LE with a byte-order mark', 'UTF-16LE', true],
    ['UTF-16 LE without one', 'UTF-16LE', false],
    ['UTF-16 BE with a byte-order mark', 'UTF-16BE', true],
    ['UTF-16 BE without one', 'UTF-16BE', false],
  ];
  test.each(cases)('%s', (_name, encoding, withMark) => {
    const bytes = encode(HEADER + ROW.repeat(50), encoding, withMark);
    expect(detectEncoding(inBlocks(bytes, 512))).toEqual({ kind: 'ok', encoding });
    expect(decoded(bytes, encoding)).toBe(HEADER + ROW.repeat(50));
  });

  test('Windows-1252, with the characters that Latin-1 does not have', () => {
    const text = `${HEADER}Žofie “O’Hara” – Müller €,z@contoso.example,E\r\n`;
    const bytes = encode(text, 'Windows-1252');
    expect(detectEncoding([bytes])).toEqual({ kind: 'ok', encoding: 'Windows-1252' });
    expect(decoded(bytes, 'Windows-1252')).toBe(text);
  });

  test('one accented byte in the last line of a long file decides', () => {
    const bytes = Buffer.concat([Buffer.from(HEADER + 'A,a@b.example,E\n'.repeat(10_000)), Buffer.from([0xe9])]);
    expect(detectEncoding(inBlocks(bytes, 65_536))).toEqual({ kind: 'ok', encoding: 'Windows-1252' });
  });

  test('UTF-16 whose names are Cyrillic is still UTF-16', () => {
    const text = `${HEADER}${'Дмитрий Константинович,d@contoso.example,E\r\n'.repeat(20)}`;
    expect(detectEncoding([encode(text, 'UTF-16LE')])).toEqual({ kind: 'ok', encoding: 'UTF-16LE' });
    expect(detectEncoding([encode(text, 'UTF-16BE')])).toEqual({ kind: 'ok', encoding: 'UTF-16BE' });
  });

  test('an empty file is no fault of encoding', () => {
    expect(detectEncoding([])).toEqual({ kind: 'ok', encoding: 'UTF-8' });
  });
});

test('any Unicode text survives UTF-8 and UTF-16, wherever the blocks are cut', () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 60 }).filter((s) => !/[\0\uFEFF]/.test(s));
  fc.assert(
    fc.property(
      text,
      fc.integer({ min: 1, max: 9 }),
      fc.constantFrom<Encoding>('UTF-8', 'UTF-16LE', 'UTF-16BE'),
      (body, size, encoding) => {
        const whole = HEADER + body;
        const bytes = encode(whole, encoding);
        expect(detectEncoding(inBlocks(bytes, Math.max(size, 64)))).toEqual({ kind: 'ok', encoding });
        expect(decoded(bytes, encoding, size)).toBe(whole);
      },
    ),
  );
});

test('Cyrillic of DOS is read, although some of its letters look like UTF-8 by chance', () => {
  const names = Buffer.from('88a2a0ad208fa5e2e0aea20a8eabeca3a02091aca8e0adaea2a00a', 'hex');
  const found = detectEncoding([names]);
  expect(found).toMatchObject({ kind: 'ok', encoding: 'CP866' });
  expect(decoded(names, 'CP866', 3)).toBe('Иван Петров\nОльга Смирнова\n');
});

describe('bytes that could garble a name refuse the file and name the line', () => {
  const utf8 = Buffer.from(`${HEADER}Zoë,z@contoso.example,E\r\n`);
  const latin = Buffer.from([0x4a, 0xf6, 0x72, 0x67, 0x0a]);
  const cases: [string, Buffer, number, RegExp][] = [
    ['UTF-8 and Windows-1252 mixed', Buffer.concat([utf8, latin]), 3, /mixes encodings: line 2 .* line 3/],
    ['the other way round', Buffer.concat([latin, utf8]), 1, /mixes encodings: line 3 .* line 1/],
    [
      'bytes that are words in no code page',
      Buffer.from([0x61, 0x0d, 0x62, 0x81, 0x9d, 0x8f, 0x90, 0x62, 0x0a]),
      2,
      /neither UTF-8/,
    ],
    [
      'Chinese of an old code page, some of which looks like UTF-8',
      Buffer.from('610a78cdf5d0a1c3f70a', 'hex'),
      2,
      /neither UTF-8/,
    ],
    ['both in one line', Buffer.from([0xc3, 0xab, 0x2c, 0xf6, 0x72, 0x67, 0x0a]), 1, /neither UTF-8/],
    ['a UTF-8 mark with other bytes', Buffer.from([0xef, 0xbb, 0xbf, 0x61, 0x0a, 0xe9, 0x0a]), 2, /marked as UTF-8/],
    ['UTF-8 that breaks off', Buffer.concat([utf8, Buffer.from([0xc3])]), 3, /partly written/],
    ['NUL in text', Buffer.from(`${HEADER}A,a@b.example,E\nB\0,b@b.example,E\n`), 3, /NUL/],
    ['a block of NULs, as a half-written file has', Buffer.alloc(4096), 1, /NUL/],
    ['NUL in UTF-16', encode(`${HEADER}a\0b`, 'UTF-16LE', true), 2, /NUL/],
    ['half a surrogate pair', encode(`${HEADER}a\ud83db`, 'UTF-16LE', true), 2, /not valid UTF-16/],
    ['half a unit of UTF-16', encode(`${HEADER}ab`, 'UTF-16LE', true).subarray(0, -1), 2, /partly written/],
    ['an old workbook', Buffer.from('d0cf11e0a1b11ae10000', 'hex'), 1, /workbook of Excel 97/],
  ];
  test.each(cases)('%s', (_name, bytes, line, message) => {
    expect(detectEncoding(inBlocks(bytes, 512))).toMatchObject({
      kind: 'fault',
      problem: { line, column: null, message: expect.stringMatching(message) },
    });
  });
});

test('an archive is no text: it is left to the reader of workbooks', () => {
  const archive = Buffer.from([0x50, 0x4b, 0x03, 0x04, 1, 2, 3]);
  expect(isPlainUtf8([archive])).toBe(false);
  expect(detectEncoding([archive])).toEqual({ kind: 'ok', encoding: 'XLSX' });
});

/** Tables with their bytes, written by the codecs of Python. */
const EAST_ASIAN_FILES: [Encoding, text: string, base64: string][] = [
  [
    'Shift_JIS',
    '氏名,ユーザー プリンシパル名,社員区分,入社日\r\n山田 太郎,taro@contoso.example,正社員,2026/04/01\r\n髙橋 表予ソ,hana@contoso.example,ﾊﾟｰﾄ,2026/04/01\r\n',
    'joGWvCyDhoFbg1WBWyCDdoOKg5ODVoNwg4uWvCyO0Ij1i+aVqiyT/I7Qk/oNCo5Sk2Mgkb6YWSx0YXJvQGNvbnRvc28uZXhhbXBsZSyQs47QiPUsMjAyNi8wNC8wMQ0K7uCLtCCVXJdcg1wsaGFuYUBjb250b3NvLmV4YW1wbGUsyt+wxCwyMDI2LzA0LzAxDQo=',
  ],
  [
    'GB18030',
    '姓名,用户主体名称,员工类型\r\n王小明,wang@contoso.example,全职\r\n㐂镕,li@contoso.example,实习生\r\n',
    '0NXD+yzTw7un1vfM5cP7s8Ys1LG5pMDg0M0NCs310KHD9yx3YW5nQGNvbnRvc28uZXhhbXBsZSzIq9awDQqBOe8x6UYsbGlAY29udG9zby5leGFtcGxlLMq1z7DJ+g0K',
  ],
  [
    'Big5',
    '顯示名稱,使用者主體名稱,員工類型\r\n陳大文,chan@contoso.example,全職\r\n許功蓋,hsu@contoso.example,兼職\r\n',
    'xeOl3KZXutksqM+lzqrMpUTF6aZXutksrfukdcP+q6wNCrOvpGqk5SxjaGFuQGNvbnRvc28uZXhhbXBsZSyl/sK+DQqzXKVcu1wsaHN1QGNvbnRvc28uZXhhbXBsZSyt3cK+DQo=',
  ],
  [
    'EUC-KR',
    '이름,사용자 계정 이름,직원 유형\r\n김민수,kim@contoso.example,정규직\r\n이서연,lee@contoso.example,계약직\r\n',
    'wMy4pyy757/rwNogsOjBpCDAzLinLMH3v/ggwK/H/A0Ksei5zrz2LGtpbUBjb250b3NvLmV4YW1wbGUswaSx1MH3DQrAzLytv6wsbGVlQGNvbnRvc28uZXhhbXBsZSyw6L7gwfcNCg==',
  ],
];

test.each(EAST_ASIAN_FILES)(
  '%s is read where its header names a column, wherever the blocks are cut',
  (encoding, text, base64) => {
    const bytes = Buffer.from(base64, 'base64');
    expect(detectEncoding([bytes])).toEqual({ kind: 'ok', encoding });
    for (const size of [1, 2, 5, 64]) expect(decoded(bytes, encoding, size)).toBe(text);
  },
);

describe('what may be something else than the code page of its header is refused', () => {
  const [[, japanese, base64] = ['UTF-8', '', ''] as const] = EAST_ASIAN_FILES;
  const bytes = Buffer.from(base64, 'base64');
  test.each([
    ['rows in UTF-8', Buffer.concat([bytes, Buffer.from(japanese.split('\r\n')[1] ?? '')])],
    ['a western name in UTF-8', Buffer.concat([bytes, Buffer.from('Zo\u00eb M\u00fcller,z@contoso.example,E\r\n')])],
    ['a byte that it does not have', Buffer.concat([bytes, Buffer.from([0x41, 0xa0, 0xff, 0x2c, 0x0a])])],
    ['a character cut in two', Buffer.concat([bytes, Buffer.from([0x8e])])],
  ])('%s', (_, other) => expect(detectEncoding([other])).toMatchObject({ kind: 'fault' }));
});

/** Likewise, with an English header. */
const BY_FAMILY_NAMES: [Encoding, text: string, base64: string][] = [
  [
    'Shift_JIS',
    'CN,UserPrincipalName,EmployeeType\r\n山田 太郎,taro@contoso.example,正社員\r\n佐藤花子,hana@contoso.example,パート\r\n鈴木\u3000一郎,ichi@contoso.example,正社員\r\n',
    'Q04sVXNlclByaW5jaXBhbE5hbWUsRW1wbG95ZWVUeXBlDQqOUpNjIJG+mFksdGFyb0Bjb250b3NvLmV4YW1wbGUskLOO0Ij1DQqNspOhidSOcSxoYW5hQGNvbnRvc28uZXhhbXBsZSyDcIFbg2cNCpfpltiBQIjqmFksaWNoaUBjb250b3NvLmV4YW1wbGUskLOO0Ij1DQo=',
  ],
  [
    'GB18030',
    'CN,UserPrincipalName,EmployeeType\r\n王小明,wang@contoso.example,全职\r\n李娜,li@contoso.example,E\r\n欧阳娜娜,ou@contoso.example,实习生\r\n',
    'Q04sVXNlclByaW5jaXBhbE5hbWUsRW1wbG95ZWVUeXBlDQrN9dChw/csd2FuZ0Bjb250b3NvLmV4YW1wbGUsyKvWsA0KwO7EyCxsaUBjb250b3NvLmV4YW1wbGUsRQ0KxbfR9MTIxMgsb3VAY29udG9zby5leGFtcGxlLMq1z7DJ+g0K',
  ],
  [
    'Big5',
    'CN,UserPrincipalName,EmployeeType\r\n陳大文,chan@contoso.example,全職\r\n許功蓋,hsu@contoso.example,E\r\n張惠妹,chang@contoso.example,兼職\r\n',
    'Q04sVXNlclByaW5jaXBhbE5hbWUsRW1wbG95ZWVUeXBlDQqzr6RqpOUsY2hhbkBjb250b3NvLmV4YW1wbGUspf7Cvg0Ks1ylXLtcLGhzdUBjb250b3NvLmV4YW1wbGUsRQ0KsWm0ZqlmLGNoYW5nQGNvbnRvc28uZXhhbXBsZSyt3cK+DQo=',
  ],
  [
    'EUC-KR',
    'CN,UserPrincipalName,EmployeeType\r\n김민수,kim@contoso.example,정규직\r\n이서연,lee@contoso.example,E\r\n박지성,park@contoso.example,계약직\r\n',
    'Q04sVXNlclByaW5jaXBhbE5hbWUsRW1wbG95ZWVUeXBlDQqx6LnOvPYsa2ltQGNvbnRvc28uZXhhbXBsZSzBpLHUwfcNCsDMvK2/rCxsZWVAY29udG9zby5leGFtcGxlLEUNCrnawfa8uixwYXJrQGNvbnRvc28uZXhhbXBsZSyw6L7gwfcNCg==',
  ],
  [
    'Shift_JIS',
    'CN,UserPrincipalName,EmployeeType\r\n山田 太郎,taro@contoso.example,E\r\n',
    'Q04sVXNlclByaW5jaXBhbE5hbWUsRW1wbG95ZWVUeXBlDQqOUpNjIJG+mFksdGFyb0Bjb250b3NvLmV4YW1wbGUsRQ0K',
  ],
  [
    'GB18030',
    'CN,UserPrincipalName,EmployeeType\r\n王小明,wang@contoso.example,E\r\n',
    'Q04sVXNlclByaW5jaXBhbE5hbWUsRW1wbG95ZWVUeXBlDQrN9dChw/csd2FuZ0Bjb250b3NvLmV4YW1wbGUsRQ0K',
  ],
  [
    'EUC-KR',
    'CN,UserPrincipalName,EmployeeType\r\n김민수,kim@contoso.example,E\r\n',
    'Q04sVXNlclByaW5jaXBhbE5hbWUsRW1wbG95ZWVUeXBlDQqx6LnOvPYsa2ltQGNvbnRvc28uZXhhbXBsZSxFDQo=',
  ],
];

test.each(BY_FAMILY_NAMES)(
  '%s is read where family names tell it, wherever the blocks are cut, and leaves a doubt: %j',
  (encoding, text, base64) => {
    const bytes = Buffer.from(base64, 'base64');
    const detected = detectEncoding([bytes]);
    expect(detected).toMatchObject({ kind: 'ok', encoding });
    expect(detected.kind === 'ok' && detected.others?.length).toBeGreaterThan(0);
    for (const size of [1, 2, 5, 64]) {
      expect(detectEncoding(inBlocks(bytes, size))).toMatchObject({ kind: 'ok', encoding });
      expect(decoded(bytes, encoding, size)).toBe(text);
    }
  },
);

describe('family names tell nothing', () => {
  const [[, chinese] = ['UTF-8', ''] as const] = BY_FAMILY_NAMES.filter(([encoding]) => encoding === 'GB18030');
  const bytesOf = (encoding: Encoding) =>
    Buffer.from(BY_FAMILY_NAMES.find(([one]) => one === encoding)?.[2] ?? '', 'base64');
  test.each([
    ['beside names in UTF-8', Buffer.concat([bytesOf('GB18030'), Buffer.from(chinese)])],
    ['where a byte does not fit', Buffer.concat([bytesOf('Shift_JIS'), Buffer.from([0x41, 0xa0, 0xff, 0x2c, 0x0a])])],
    ['beside those of another code page', Buffer.concat([bytesOf('Big5'), bytesOf('EUC-KR')])],
    ['beside western names', Buffer.concat([bytesOf('GB18030'), Buffer.from('J\xfcrgen M\xfcller,j@x,E\n', 'latin1')])],
  ])('%s', (_, other) => {
    const detected = detectEncoding([other]);
    expect(detected.kind === 'ok' ? detected.encoding : 'refused').not.toMatch(/JIS|GB|Big|EUC/);
  });
});

const PAGES: Record<string, string> = {
  'windows-1252': 'de fr es it pt nl sv da nb fi is ca',
  'windows-1250': 'pl cs sk hu ro hr sl sq',
  'windows-1251': 'ru uk bg sr mk be',
  'windows-1253': 'el',
  'windows-1254': 'tr',
  'windows-1255': 'he',
  'windows-1256': 'ar fa',
  'windows-1257': 'lt lv et',
  'windows-874': 'th',
  'koi8-r': 'ru',
  ibm866: 'ru',
  'iso-8859-5': 'ru',
  macintosh: 'de fr es it',
};

test.each(
  Object.entries(PAGES).flatMap(([page, languages]) =>
    languages.split(' ').map((language) => [page, language] as const),
  ),
)('no words in %s of the language %s are taken for Chinese, Japanese or Korean', (page, language) => {
  const bytes = Uint8Array.from({ length: 128 }, (_, index) => index + 128);
  const high = new TextDecoder(page).decode(bytes);
  const countries = new Intl.DisplayNames([language], { type: 'region', fallback: 'none' });
  const letters = Array.from({ length: 26 }, (_, index) => String.fromCharCode(65 + index));
  const words = letters.flatMap((a) => letters.flatMap((b) => countries.of(a + b) ?? []));
  const odd = words.filter(
    (word) => /\P{ASCII}/u.test(word) && [...word].every((one) => one < '\x80' || high.includes(one)),
  );
  expect(odd.length).toBeGreaterThan(5);
  for (const [index, word] of odd.entries()) {
    const text = `CN,UserPrincipalName\n${word},a@b.example\n${odd[(index + 7) % odd.length]},c@b.example\n`;
    const file = Buffer.from([...text].map((one) => (one < '\x80' ? one.charCodeAt(0) : 0x80 + high.indexOf(one))));
    const detected = detectEncoding([file]);
    expect([word, detected.kind === 'ok' ? detected.encoding : '']).not.toEqual([
      word,
      expect.stringMatching(/JIS|GB|Big|EUC/),
    ]);
  }
});
