import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { deceptionIn, lookAlikes } from '#lib/domain/text/deceptive-text.ts';
import { visiblePieces } from '#lib/domain/text/hidden-characters.ts';
import { randomCases } from '#tests/support/runner/random-cases.ts';

const shown = (text: string) =>
  visiblePieces(text)
    .map((piece) => piece.text)
    .join('');

test.each([
  ['Ann\u202Egpj.exe', 'Ann‹U+202E›gpj.exe', 'contains the invisible character U+202E at position 4'],
  ['Ada\u200BMin', 'Ada‹U+200B›Min', 'contains the invisible character U+200B at position 4'],
  ['E\u{E0041}', 'E‹U+E0041›', 'contains the invisible character U+E0041 at position 2'],
  ['E\u{E0000}', 'E‹U+E0000›', 'contains the invisible character U+E0000 at position 2'],
  ['A\u3164', 'A‹U+3164›', 'contains the invisible character U+3164 at position 2'],
  ['pаypal', 'pаypal', 'mixes Latin and Cyrillic letters in one word'],
  ['Αdmin', 'Αdmin', 'mixes Latin and Greek letters in one word'],
])('%j is shown as %s', (text, visible, doubt) => {
  expect(shown(text)).toBe(visible);
  expect(deceptionIn(text, 'CN')?.message).toBe(`CN ${doubt}`);
});

test.each(['Jürgen Müller', 'Анна Иванова', 'Anna Иванова', 'محمد', 'می\u200Cخواهم', '山田 太郎', 'Zoë', 'Ελένη'])(
  '%s is a name like any other',
  (name) => {
    expect(shown(name)).toBe(name);
    expect(deceptionIn(name, 'CN')).toBeNull();
  },
);

test('what nobody sees is marked as such, and no piece is empty', () => {
  expect(visiblePieces('Ann\u202E\u200Bgpj\u200B')).toEqual([
    { text: 'Ann', isMark: false },
    { text: '‹U+202E›', isMark: true },
    { text: '‹U+200B›', isMark: true },
    { text: 'gpj', isMark: false },
    { text: '‹U+200B›', isMark: true },
  ]);
  expect(visiblePieces('Zoë')).toEqual([{ text: 'Zoë', isMark: false }]);
  expect(visiblePieces('')).toEqual([]);
});

test('what is shown holds nothing invisible but the joiners of a script, and loses no letter', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(shown(text)).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u200b\u200e\u200f\u{e0000}-\u{e007f}]/u);
      const marks = visiblePieces(text).filter(({ isMark }) => !isMark);
      expect(marks.map((piece) => piece.text).join('').length).toBeLessThanOrEqual(text.length);
    }),
    { numRuns: randomCases(300) },
  );
});

describe('a domain that looks like one of ours', () => {
  const OURS = ['contoso.example', 'mail.contoso.example', 'born-mill.example', 'ab.de'];

  test.each([
    ['contos0.example', 'contoso.example'],
    ['c0nt0s0.example', 'contoso.example'],
    ['contosso.example', 'contoso.example'],
    ['cnotoso.example', 'contoso.example'],
    ['con-toso.example', 'contoso.example'],
    ['contoso-example', 'contoso.example'],
    ['rnail.contoso.example', 'mail.contoso.example'],
    ['bom-mi11.example', 'born-mill.example'],
  ])('%s is taken for %s', (domain, meant) => expect(lookAlikes(OURS)(domain)).toBe(meant));

  test.each([...OURS, 'fabrikam.example', 'contoso.de', 'eu.contoso.example', 'ab.fr', 'ac.de', ''])(
    '%s is taken for none',
    (domain) => expect(lookAlikes(OURS)(domain)).toBeNull(),
  );

  test.each([
    ['contosso.exemple', 'a letter too many and another one wrong'],
    ['coxyoso.example', 'two letters wrong'],
    ['cotnso.example', 'two letters swapped and one left out'],
    ['cotnxoso.example', 'two letters swapped and one put in'],
    ['papapa-bank.example', 'two letters more, which repeat what is there'],
    ['pa-bank.example', 'two letters less, which stood twice'],
  ])('%s is another name: %s', (domain) => {
    expect(lookAlikes(['contoso.example', 'papa-bank.example'])(domain)).toBeNull();
  });

  const label = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,12}[a-z0-9])?$/);
  const domains = fc.array(
    fc.tuple(label, label).map((labels) => labels.join('.')),
    { minLength: 1, maxLength: 6 },
  );
  const DISGUISES: [from: string, to: string][] = [
    ['o', '0'],
    ['l', '1'],
    ['i', 'l'],
    ['s', '5'],
    ['b', '8'],
    ['m', 'rn'],
    ['w', 'vv'],
    ['d', 'cl'],
  ];

  test('any disguise of any letters is told, any single slip in a long one too, and never one of ours', () => {
    const disguises = fc.tuple(domains, fc.subarray(DISGUISES, { minLength: 1 }));
    fc.assert(
      fc.property(disguises, fc.nat(), fc.stringMatching(/^[a-z0-9]$/), ([ours, worn], place, letter) => {
        const find = lookAlikes(ours);
        expect(ours.map(find).every((found) => found === null)).toBe(true);
        const [own = ''] = ours;
        const at = place % own.length;
        const disguised = worn.reduce((text, [from, to]) => text.replaceAll(from, to), own);
        const slips = [
          `${own.slice(0, at)}${letter}${own.slice(at)}`,
          `${own.slice(0, at)}${letter}${own.slice(at + 1)}`,
        ];
        for (const other of [disguised, ...(own.length < 8 ? [] : [...slips, own.slice(0, at) + own.slice(at + 1)])])
          if (!ours.includes(other)) expect(ours).toContain(find(other));
      }),
      { numRuns: randomCases(300) },
    );
  });
});
