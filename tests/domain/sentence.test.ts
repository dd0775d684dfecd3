import { describe, expect, test } from 'vitest';
import { partOf, SENTENCES, saidIn, sentence, within } from '#lib/domain/sentences/sentence.ts';

const known = sentence('isEmpty', { what: 'CN' });
const unknown = { message: 'CN is odd.' };

test('a value may be nothing, which is no sentence within another', () => {
  const values = { line: 3, column: 'StartDate', before: null, after: '2026-11-02', newestWins: true };
  expect(sentence('firstLineSays', values).message).toContain('2026-11-02');
});

describe('a sentence of which nobody knows what it was made from', () => {
  test('stands within another one as it is, others are said again', () => {
    expect(partOf(unknown)).toBe('CN is odd.');
    expect(partOf(known)).toEqual({ say: ['isEmpty', { what: 'CN' }] });
    expect(sentence('together', { problems: [partOf(unknown), partOf(known)] }).message).toBe(
      `${unknown.message}; ${known.message}.`,
    );
  });

  test('makes what it is a part of one that cannot be said in other languages', () => {
    const whole = sentence('together', { problems: [partOf(known)] });
    expect(within(whole, [known, known])).toBe(whole);
    for (const parts of [[unknown], [known, unknown], [unknown, known]])
      expect(within(whole, parts)).toEqual({ message: whole.message });
  });
});

test('a sentence is not said without a value that it needs, or by a name that is no sentence', () => {
  expect(saidIn(SENTENCES, known)).toBe(known.message);
  expect(saidIn(SENTENCES, { said: ['isEmpty', {}] })).toBeNull();
  expect(saidIn(SENTENCES, { said: ['toString', {}] })).toBeNull();
  expect(saidIn(SENTENCES, {})).toBeNull();
});
