import fc from 'fast-check';
import { expect, test } from 'vitest';
import { editDistance, isOneEdit, nearMatches } from '#lib/domain/text/similarity.ts';

test.each([
  ['', 'abc', 3],
  ['ab', 'ba', 1],
  ['abcd', 'badc', 2],
  ['ab', 'bc', 2],
  ['abc', 'bad', 2],
  ['a', 'ba', 1],
  ['temp', 'tepm', 1],
  ['😀a', '😀b', 1],
])('from %j to %j and back it is %i letters', (a, b, edits) => {
  expect(editDistance(a, b)).toBe(edits);
  expect(editDistance(b, a)).toBe(edits);
});

const like = (type: string, ...known: string[]) =>
  nearMatches(
    type,
    known.map((employeeType, index) => ({ employeeType, rank: known.length - index })),
  ).map(({ employeeType }) => employeeType);

test('what differs only in case, accents and signs comes before longer forms and typing errors, whatever the ranks', () => {
  expect(like('temp', 'TÉMP!', 'Tempo', 'Tmep')).toEqual(['TÉMP!', 'Tempo', 'Tmep']);
});

test('the end of a type is not meant by it, nor is a name of signs alone', () => {
  expect(like('Staff', 'Contract Staff', '--')).toEqual([]);
  expect(like('--', 'Staff')).toEqual([]);
});

test('as many errors are forgiven as the shorter of both can have', () => {
  expect(like('HRM', 'HXYM')).toEqual([]);
  expect(like('HRMS', 'HXYMS', 'HRXS')).toEqual(['HRXS', 'HXYMS']);
});

test('one edit is told as the distance tells it, of any two words', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 6 });
  fc.assert(
    fc.property(word, word, (a, b) => isOneEdit(a, b) === editDistance(a, b) <= 1),
    { numRuns: 3000 },
  );
});
