import { describe, expect, test } from 'vitest';
import {
  type CodePage,
  fromLatin1,
  guessCodePage,
  readAnew,
  WordCollector,
} from '#lib/intake/csv/encoding/code-pages.ts';
import { decodeBlocks } from '#lib/intake/csv/encoding/decode.ts';
import { detectEncoding } from '#lib/intake/csv/encoding/detect.ts';

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
  // At the end of a word é, ä and ò of DOS are quotes and a bullet of Windows.
  ['CP850', 'André', 'Andr\x82'],
  ['CP850', 'Niemelä', 'Niemel\x84'],
  ['CP850', 'Niccolò', 'Niccol\x95'],
  ['ISO-8859-15', 'Lecœur', 'Lec\xbdur'],
  ['ISO-8859-15', 'Žic', '\xb4ic'],
  ['Windows-1251', 'Иван Петров', '\xc8\xe2\xe0\xed \xcf\xe5\xf2\xf0\xee\xe2'],
  ['Windows-1253', 'Γιώργος Παππάς', '\xc3\xe9\xfe\xf1\xe3\xef\xf2 \xd0\xe1\xf0\xf0\xdc\xf2'],
  ['KOI8-R', 'Иван Петров', '\xe9\xd7\xc1\xce \xf0\xc5\xd4\xd2\xcf\xd7'],
  ['CP866', 'Иван Петров', '\x88\xa2\xa0\xad \x8f\xa5\xe2\xe0\xae\xa2'],
  [
    'Windows-1253',
    'ΠΑΠΑΔΟΠΟΥΛΟΣ ΓΕΩΡΓΙΟΣ',
    '\xd0\xc1\xd0\xc1\xc4\xcf\xd0\xcf\xd5\xcb\xcf\xd3 \xc3\xc5\xd9\xd1\xc3\xc9\xcf\xd3',
  ],
  ['Windows-1253', 'ΜΑΡΙΑ ΝΙΚΟΛΑΪΔΗ', '\xcc\xc1\xd1\xc9\xc1 \xcd\xc9\xca\xcf\xcb\xc1\xda\xc4\xc7'],
  ['Windows-1255', 'דוד לוי', '\xe3\xe5\xe3 \xec\xe5\xe9'],
  ['Windows-1255', 'מרים כהן', '\xee\xf8\xe9\xed \xeb\xe4\xef'],
  ['Windows-1256', 'علي حسن', '\xda\xe1\xed \xcd\xd3\xe4'],
  ['Windows-1256', 'فاطمة العلوي', '\xdd\xc7\xd8\xe3\xc9 \xc7\xe1\xda\xe1\xe6\xed'],
  ['Windows-874', 'สมชาย ใจดี', '\xca\xc1\xaa\xd2\xc2 \xe3\xa8\xb4\xd5'],
  ['Windows-1251', 'сотрудник штатный', '\xf1\xee\xf2\xf0\xf3\xe4\xed\xe8\xea \xf8\xf2\xe0\xf2\xed\xfb\xe9'],
  ['Windows-1251', 'ИВАНОВ ПЁТР', '\xc8\xc2\xc0\xcd\xce\xc2 \xcf\xa8\xd2\xd0'],
  ['Windows-1251', 'Шмидт', '\xd8\xec\xe8\xe4\xf2'],
  ['KOI8-R', 'ПЕТРОВ ИГОРЬ', '\xf0\xe5\xf4\xf2\xef\xf7 \xe9\xe7\xef\xf2\xf8'],
  ['CP866', 'ПЕТРОВ ИГОРЬ', '\x8f\x85\x92\x90\x8e\x82 \x88\x83\x8e\x90\x9c'],
  ['Windows-1253', 'Γιώργος', '\xc3\xe9\xfe\xf1\xe3\xef\xf2'],
  // Small letters among capitals, or capitals among small ones, in every other code page.
  ['MacRoman', 'KÖHLER', 'K\x85HLER'],
  ['CP850', 'MÜLLER', 'M\x9aLLER'],
  ['Windows-1250', 'ŁUKASZ', '\xa3UKASZ'],
  ['Windows-1250', 'Źrebiec', '\x8frebiec'],
  ['Windows-1250', 'Đorđević', '\xd0or\xf0evi\xe6'],
  ['Windows-1250', 'Žďár', '\x8e\xef\xe1r'],
  ['Windows-1250', 'Wałęsa', 'Wa\xb3\xeasa'],
  ['Windows-1250', 'Ľubica', '\xbcubica'],
  ['Windows-1254', 'Şükrü Yıldız', '\xde\xfckr\xfc Y\xfdld\xfdz'],
  ['Windows-1254', 'İbrahim Çağlar', '\xddbrahim \xc7a\xf0lar'],
  ['Windows-1251', 'ИВАНОВА', '\xc8\xc2\xc0\xcd\xce\xc2\xc0'],
  ['Windows-1251', 'Ђорђе Јовановић', '\x80\xee\xf0\x90\xe5 \xa3\xee\xe2\xe0\xed\xee\xe2\xe8\x9e'],
  ['MacRoman', 'João Conceição', 'Jo\x8bo Concei\x8d\x8bo'],
  ['MacRoman', 'Crème Brûlée', 'Cr\x8fme Br\x9el\x8ee'],
  ['MacRoman', 'Señor Núñez', 'Se\x96or N\x9c\x96ez'],
  ['CP850', 'Þórður', '\xe8\xa2r\xd0ur'],
  ['CP850', 'Åsa Björk', '\x8fsa Bj\x94rk'],
  // What would be a sign behind the name in Windows-1252 is its last letter.
  ['MacRoman', 'Zoë', 'Zo\x91'],
  ['MacRoman', 'Strauß', 'Strau\xa7'],
];

const words = (latin1: string) => latin1.split(' ').filter((word) => /[\x80-\xff]/.test(word));

test.each(NAMES)('%s: %s is read, and leaves a doubt', (codePage, name, latin1) => {
  const guess = guessCodePage(words(latin1));
  expect(guess?.codePage).toBe(codePage);
  expect(fromLatin1(latin1, codePage)).toBe(name);
  expect(guess?.others.length).toBeGreaterThan(0);
});

/** A word alone may be one of several code pages; those of a file tell. */
const FILES: [CodePage, string, latin1: string][] = [
  ['ISO-8859-2', 'Łukasz Świątek Małgorzata Dąbrowski', '\xa3ukasz \xa6wi\xb1tek Ma\xb3gorzata D\xb1browski'],
  ['ISO-8859-2', 'Šárka Růžena Žaneta Tomáš', '\xa9\xe1rka R\xf9\xbeena \xaeaneta Tom\xe1\xb9'],
  ['ISO-8859-2', 'Ľubomír Ďuriš Šťastný', '\xa5ubom\xedr \xcfuri\xb9 \xa9\xbbastn\xfd'],
  ['ISO-8859-2', 'Željko Šime Mandžukić', '\xaeeljko \xa9ime Mand\xbeuki\xe6'],
  ['CP852', 'Łukasz Świątek Małgorzata Dąbrowski', '\x9dukasz \x97wi\xa5tek Ma\x88gorzata D\xa5browski'],
  ['CP852', 'Jiří Dvořák Přemysl Čapek', 'Ji\xfd\xa1 Dvo\xfd\xa0k P\xfdemysl \xacapek'],
  ['CP852', 'Győző Szűcs Erdős Kovács', 'Gy\x8bz\x8b Sz\xfbcs Erd\x8bs Kov\xa0cs'],
  ['CP852', 'Željko Đorđe Čović', '\xa6eljko \xd1or\xd0e \xacovi\x86'],
  [
    'Windows-1257',
    'Žydrūnas Šarūnas Ąžuolas Čiurlionis Jūratė Vaičiūnaitė',
    '\xdeydr\xfbnas \xd0ar\xfbnas \xc0\xfeuolas \xc8iurlionis J\xfbrat\xeb Vai\xe8i\xfbnait\xeb',
  ],
  [
    'Windows-1257',
    'Jānis Kārlis Ģirts Šķēle Bērziņš Ēriks',
    'J\xe2nis K\xe2rlis \xccirts \xd0\xed\xe7le B\xe7rzi\xf2\xf0 \xc7riks',
  ],
  [
    'ISO-8859-5',
    'Иванов Анна Щербакова',
    '\xb8\xd2\xd0\xdd\xde\xd2 \xb0\xdd\xdd\xd0 \xc9\xd5\xe0\xd1\xd0\xda\xde\xd2\xd0',
  ],
  [
    'ISO-8859-5',
    'Георги Димитър Йорданка',
    '\xb3\xd5\xde\xe0\xd3\xd8 \xb4\xd8\xdc\xd8\xe2\xea\xe0 \xb9\xde\xe0\xd4\xd0\xdd\xda\xd0',
  ],
];

test.each(FILES)('%s: a file with %s is read', (codePage, names, latin1) => {
  expect(guessCodePage(words(latin1))?.codePage).toBe(codePage);
  expect(fromLatin1(latin1, codePage)).toBe(names);
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
  '“Jörg Lindö”',
  '„Jörg Lindö”',
  '”Åsa Lindö”',
  '„Jörg“ • ‚Zoë‘',
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
  expect(guessCodePage(['Nov\xe8'])).toEqual({ codePage: 'Windows-1252', others: [], isOtherScript: false, oddity: 0 });
  expect(guessCodePage(['Nov\xe8', '\xafak'])?.codePage).toBe('Windows-1250');
});

test.each<[string, string, CodePage, CodePage[]]>([
  ['that of the west, in which most programs would show it', 'Garc\x92a', 'MacRoman', ['Windows-1252', 'CP852']],
  ['and the next likely one', 'M\x9fller', 'MacRoman', ['Windows-1252', 'CP852']],
  ['what a closing quote is that nothing opened', 'Malm\x94', 'MacRoman', ['Windows-1252', 'CP850']],
  ['none in which a byte is no character', 'M\x81ller', 'CP850', ['MacRoman']],
  ['none in which the words are the same', 'Wa\xb3\xeasa', 'Windows-1250', ['Windows-1252']],
])('the doubt names %s', (_, latin1, codePage, others) => {
  expect(guessCodePage([latin1])).toMatchObject({ codePage, others });
});

describe('words with a byte above ASCII tell, and nothing else of a file', () => {
  const collected = (latin1: string) => {
    const collector = new WordCollector();
    for (const byte of Buffer.from(latin1, 'latin1')) collector.push(byte);
    return collector.found();
  };

  test('letters of both cases belong to a word; what stands between words does not', () => {
    expect(collected('AZaz\xe9,@Zo\x80`b{\xe9}[\xff]5\xe9Z')).toEqual(['AZaz\xe9', 'Zo\x80', '\xe9', '\xff', '\xe9Z']);
    expect(collected('Ada,ada@contoso.example\r\n')).toEqual([]);
  });

  test('each word once, however often it is written', () => {
    expect(collected('Zo\xeb Zo\xeb Ren\xe9e Zo\xeb')).toEqual(['Zo\xeb', 'Ren\xe9e']);
  });

  test('of an endless word and of endlessly many no more than is needed', () => {
    expect(collected('\xe9'.repeat(1000))).toEqual(['\xe9'.repeat(60)]);
    const many = Array.from(
      { length: 3000 },
      (_, n) => `\xe9${n.toString(26).replace(/\d/g, (digit) => 'ABCDEFGHIJ'.charAt(Number(digit)))}`,
    );
    expect(collected(many.join(' '))).toEqual(many.slice(0, 2000));
  });
});

test('a text is read anew in another code page', () => {
  expect(readAnew('Łucja Żak', 'Windows-1250', 'Windows-1252')).toBe('£ucja ¯ak');
  expect(readAnew('Ada', 'Windows-1250', 'CP850')).toBe('Ada');
  // The first letter above ASCII, and one that the code page does not have.
  expect(readAnew('€ я', 'Windows-1250', 'CP850')).toBe('Ç я');
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
    [
      'words of UTF-8 beside others of Windows-1251, on every line that has any',
      Buffer.concat([
        Buffer.from(header + row),
        Buffer.from('\xc8\xe2\xe0\xed ', 'latin1'),
        Buffer.from('Петров,ivan@contoso.example,N\r\n'),
      ]),
      3,
      /some words of this line are UTF-8/,
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
