import { expect, test } from 'vitest';
import { mayBeSamePerson } from '#lib/domain/text/names.ts';

test.each([
  ['Ana de la Cruz', 'Maria de la Fuente'],
  ['Piet van den Berg', 'Jan van Dijk'],
  ['Karl von Stein', 'Otto von Bach'],
])('a particle that families share makes “%s” and “%s” no one person', (one, other) => {
  expect(mayBeSamePerson(one, other)).toBe(false);
});

test.each([
  ['Ana de la Cruz', 'Cruz, Ana'],
  ['Van Li', 'Li Van'],
  ['Le Van', 'Van Le'],
  ['Jan van Dijk', 'van Dijk, J.'],
])('“%s” may be “%s”', (one, other) => {
  expect(mayBeSamePerson(one, other)).toBe(true);
});
