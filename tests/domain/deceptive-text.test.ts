import fc from 'fast-check';
import { expect, test } from 'vitest';
import { deceptionIn, visiblePieces } from '#lib/domain/deceptive-text.ts';

const shown = (text: string) =>
  visiblePieces(text)
    .map((piece) => piece.text)
    .join('');

test.each([
  ['Ann\u202Egpj.exe', 'Ann‹U+202E›gpj.exe', 'contains the invisible character U+202E at position 4'],
  ['Ada\u200BMin', 'Ada‹U+200B›Min', 'contains the invisible character U+200B at position 4'],
  ['E\u{E0041}', 'E‹U+E0041›', 'contains the invisible character U+E0041 at position 2'],
  ['A\u3164', 'A‹U+3164›', 'contains the invisible character U+3164 at position 2'],
  ['pаypal', 'pаypal', 'mixes Latin and Cyrillic letters in one word'],
  ['Αdmin', 'Αdmin', 'mixes Latin and Greek letters in one word'],
])('%j is shown as %s', (text, visible, doubt) => {
  expect(shown(text)).toBe(visible);
  expect(deceptionIn(text)).toBe(doubt);
});

test.each(['Jürgen Müller', 'Анна Иванова', 'Anna Иванова', 'محمد', 'می\u200Cخواهم', '山田 太郎', 'Zoë', 'Ελένη'])(
  '%s is a name like any other',
  (name) => {
    expect(shown(name)).toBe(name);
    expect(deceptionIn(name)).toBeNull();
  },
);

test('what is shown holds nothing invisible but the joiners of a script, and loses no letter', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(shown(text)).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u200b\u200e\u200f\u{e0000}-\u{e007f}]/u);
      const marks = visiblePieces(text).filter(({ isMark }) => !isMark);
      expect(marks.map((piece) => piece.text).join('').length).toBeLessThanOrEqual(text.length);
    }),
    { numRuns: 300 },
  );
});
