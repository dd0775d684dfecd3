import { describe, expect, test } from 'vitest';
import { type CodePage, fromLatin1, guessCodePage, readAnew } from '#lib/intake/csv/code-pages.ts';
import { decodeBlocks, detectEncoding } from '#lib/intake/csv/decode.ts';

/** Names with their bytes as Latin-1 text, written down from the tables of the code pages. */
const NAMES: [CodePage, string, latin1: string][] = [
  ['Windows-1250', 'Łucja Żak', '\xa3ucja \xafak'],
  ['Windows-1250', 'Świątek', '\x8cwi\xb9tek'],
  ['Windows-1250', 'Dvořák', 'Dvo\xf8\xe1k'],
  ['Windows-1250', 'Erdős', 'Erd\xf5s'],
  ['Windows-1250', 'Kryńska', 'Kry\xf1ska'],
  ['MacRoman', 'Müller', 'M\x9fller'],
  ['MacRoman', 'Köhler', 'K\x9ahler'],
  ['MacRoman', 'García', 'Garc\x92a'],
  ['MacRoman', 'François', 'Fran\x8dois'],
  ['CP850', 'Müller', 'M\x81ller'],
  ['CP850', 'Jörg', 'J\x94rg'],
  ['CP850', 'Peña', 'Pe\xa4a'],
  ['Windows-1251', 'Иван Петров', '\xc8\xe2\xe0\xed \xcf\xe5\xf2\xf0\xee\xe2'],
];

const words = (latin1: string) => latin1.split(' ').filter((word) => /[\x80-\xff]/.test(word));

test.each(NAMES)('%s: %s is read, and leaves a doubt', (codePage, name, latin1) => {
  const guess = guessCodePage(words(latin1));
  expect(guess?.codePage).toBe(codePage);
  expect(fromLatin1(latin1, codePage)).toBe(name);
  expect(guess?.others.length).toBeGreaterThan(0);
});

test.each([
  'Müller',
  'Jörg',
  'Peña',
  'Beneš',
  'Žofie',
  'Zoë O’Probe',
  'François',
  'João Conceição',
  'Hélène',
  'Anaïs',
  'Niccolò',
  'Þórður',
  'Bergström',
  'MÜLLER',
  'Strauß',
  'Kjær',
  'Brûlé',
  'Œuvrard',
  '“Núñez”',
  'Müller – 5 €',
])('Windows-1252: %s is read without a doubt', (name) => {
  const high = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';
  const byteOf = (letter: string) => (high.includes(letter) ? 0x80 + high.indexOf(letter) : letter.charCodeAt(0));
  const bytes = Buffer.from([...name].map(byteOf));
  expect(detectEncoding([Buffer.concat([Buffer.from('CN\n'), bytes])])).toEqual({
    kind: 'ok',
    encoding: 'Windows-1252',
  });
  expect([...decodeBlocks([bytes], 'Windows-1252')].join('')).toBe(name);
});

test('the words of a whole file tell together: one that is certain decides for those that are not', () => {
  // Alone, `Novè` could be Italian.
  expect(guessCodePage(['Nov\xe8'])).toEqual({ codePage: 'Windows-1252', others: [] });
  expect(guessCodePage(['Nov\xe8', '\xafak'])?.codePage).toBe('Windows-1250');
});

test('a text is read anew in another code page', () => {
  expect(readAnew('Łucja Żak', 'Windows-1250', 'Windows-1252')).toBe('£ucja ¯ak');
  expect(readAnew('Ada', 'Windows-1250', 'CP850')).toBe('Ada');
});

describe('mixed encodings are refused as such, with the line', () => {
  const header = 'CN,UserPrincipalName,EmployeeType\r\n';
  const row = 'Bo Test,bo.test@contoso.example,N\r\n';
  test.each([
    [
      'UTF-16 after a short text',
      Buffer.concat([Buffer.from(header), Buffer.from(row, 'utf16le')]),
      2,
      /from line 2 on it is UTF-16/,
    ],
    [
      'UTF-16 after a long text',
      Buffer.concat([Buffer.from(header + row.repeat(200)), Buffer.from(row, 'utf16le')]),
      202,
      /from line 202 on it is UTF-16/,
    ],
    [
      'single bytes after UTF-16',
      Buffer.concat([Buffer.from(`\ufeff${header}${row}`, 'utf16le'), Buffer.from(row)]),
      3,
      /it is UTF-16, but line 3 is not/,
    ],
  ])('%s', (_, bytes, line, message) => {
    expect(detectEncoding([bytes])).toMatchObject({
      kind: 'fault',
      problem: { line, column: null, message: expect.stringMatching(message) },
    });
  });

  test('long names in Chinese are no single bytes', () => {
    const text = `\ufeff${header}${'愀戀挀搀攀昀最栀椀樀,a@contoso.example,N\r\n'.repeat(3)}`;
    expect(detectEncoding([Buffer.from(text, 'utf16le')])).toEqual({ kind: 'ok', encoding: 'UTF-16LE' });
  });
});
