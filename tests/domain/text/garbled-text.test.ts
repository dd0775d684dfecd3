import { expect, test } from 'vitest';
import { damageIn, ungarbled } from '#lib/domain/text/garbled-text.ts';

test.each([
  ['UTF-8 that was read as Windows-1252', 'MÃ¼ller', 'Müller'],
  ['also where it has a sign of Windows-1252', 'Å½ofie Dvoâ€™Å™Ã¡k', 'Žofie Dvo’řák'],
  ['also where Windows-1252 has no sign for the byte', 'Ã\u0081gnes', 'Ágnes'],
  ['also right behind ASCII', 'ZoÃ«', 'Zoë'],
  ['entities by name', 'J&ouml;rg Stra&szlig;e &amp; S&oslash;n', 'Jörg Straße & Søn'],
  [
    'entities by name, in capitals',
    '&Ouml;zlem &AElig;gir &OElig;uvre &Aring;sa &ETH;ora &THORN;or',
    'Özlem Ægir Œuvre Åsa Ðora Þor',
  ],
  ['entities of small letters', '&aelig;&oelig;&oslash;&aring;&eth;&thorn;', 'æœøåðþ'],
  ['entities of signs', '&lt;Ada&gt;&nbsp;&quot;D&apos;Or&quot;', '<Ada> "D’Or"'],
  ['every accent', '&eacute;&egrave;&ecirc;&atilde;&uuml;&ccedil;&scaron;', 'éèêãüçš'],
  ['entities by number', 'M&#252;ller M&#xfc;ller &#X141;uk', 'Müller Müller Łuk'],
  ['a blank by number', 'Ada&#32;Able', 'Ada Able'],
  ['UTF-8 that was read twice as Windows-1252', 'JÃƒÂ¼rgen', 'Jürgen'],
  ['UTF-8 that was read as the code page of DOS', 'J├╝rgen M├╝├ƒig', 'Jürgen Müßig'],
  ['UTF-7', 'J+APw-rgen +AUEA8w-d+AXo-', 'Jürgen Łódź'],
  ['quoted-printable', 'J=C3=BCrgen', 'Jürgen'],
  ['quoted-printable of Windows', 'J=FCrgen =D6zt=FCrk', 'Jürgen Öztürk'],
  ['as in a web address of Windows', 'J%FCrgen', 'Jürgen'],
  ['as in the header of a mail', '=?UTF-8?Q?J=C3=BCrgen_M=C3=BCller?=', 'Jürgen Müller'],
  ['as there in Base64', '=?ISO-8859-1?B?TfxsbGVy?=', 'Müller'],
  ['as in XML', 'J_x00fc_rgen_x0020_M_x00fc_ller', 'Jürgen Müller'],
  ['the end of a line as Excel writes it', 'Ada_x000D_', 'Ada'],
  ['DOS that was read as Windows', 'J”rg Stra„ler', 'Jörg Straäler'],
  ['also at the end of a word', 'Andr‚ Pe¤a', 'André Peña'],
  ['Windows that was read as DOS', 'M³ller J÷rg Stra▀e', 'Müller Jörg Straße'],
  ['as in a web address', 'J%C3%BCrgen %C5%81ukasz', 'Jürgen Łukasz'],
  ['as in JSON', 'J\\u00fcrgen \\u0141ukasz', 'Jürgen Łukasz'],
  ['as Python shows bytes', 'J\\xc3\\xbcrgen', 'Jürgen'],
  ['an apostrophe as MySQL escapes it', "Pat O\\'Test", "Pat O'Test"],
  ['an apostrophe as SQL doubles it', "Pat O''Test", "Pat O'Test"],
  ['a comma as in a distinguished name', 'Test\\, Ada', 'Test, Ada'],
  ['the last of all characters', '&#x10FFFF;', '\u{10ffff}'],
])('%s: %s', (_, text, was) => {
  expect(ungarbled(text)).toBe(was);
  expect(damageIn(text, 'CN')).toMatchObject({ message: expect.stringContaining(JSON.stringify(was)) });
});

test.each([
  'Ada Able',
  'Müller',
  'Łucja',
  'Žofie',
  'Ã',
  'R&D',
  'A & B; C',
  '&nosuch;',
  '&toString;',
  '&avalueOf;',
  '&#31;',
  '&#x110000;',
  '&#xd800;',
  '&#xdfff;',
  '&gracute',
  'Ada +Test-Able',
  'Ada+APx-',
  'Ada+Tes-Able',
  '100%C3',
  'A=B9=',
  'C\\u0041D',
  'CONTOSO\\ada',
  "''Ada''",
  'O´brien',
  '“Ada” Able',
  'Ada „Adi“ Able',
  'Ada » Able',
  'Müller • Sohn',
  'Łukasz…Test',
  'a=b',
  'max_x',
  'A_x0007_',
  'A_xd800_',
])('%j is sound, or nothing better is known', (text) => {
  expect(ungarbled(text)).toBe(text);
  expect(damageIn(text, 'CN')).toBeNull();
});

test('a word of a mail in an encoding that nobody knows stays as it stands', () => {
  expect(ungarbled('=?x-nobody?B?TfxsbGVy?=')).toBe('=?x-nobody?B?TfxsbGVy?=');
});

test('a letter that a program could not read is told: nobody knows what it was', () => {
  expect(damageIn('M\ufffdller', 'CN')).toMatchObject({ message: expect.stringContaining('CN') });
});

test.each(['J?rgen', '?ukasz Test', 'Beno?', 'Beno? Test', 'M??ig'])('%j may have lost a letter', (text) => {
  expect(damageIn(text, 'CN')).toMatchObject({
    message: 'CN has a question mark in a word, as programs write for a letter that they cannot keep',
  });
});

test.each(['=A1&" "&B1', '=HYPERLINK("https://hr.contoso.example","Ada")', '=VLOOKUP(A2;Names!A:B;2;0)'])(
  '%j is a formula that nobody calculated',
  (text) => {
    expect(damageIn(text, 'CN')).toMatchObject({ message: 'CN is a formula, not what it results in' });
  },
);
