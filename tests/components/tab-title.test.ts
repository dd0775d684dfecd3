import { expect, test } from 'vitest';
import { percentOf, titleWith } from '#components/live/tab-title.ts';

test.each([
  ['Runs – AutoProvision', 42, '42 % · Runs – AutoProvision'],
  ['42 % · Runs – AutoProvision', 43, '43 % · Runs – AutoProvision'],
  ['100 % · Runs', null, 'Runs'],
  ['Runs', null, 'Runs'],
  ['5 % off · Runs', null, '5 % off · Runs'],
])('%j with %j is %j', (title, percent, wanted) => {
  expect(titleWith(title, percent)).toBe(wanted);
});

test.each([
  [0, 0, null],
  [0, 7, 0],
  [1, 3, 33],
  [299, 300, 99],
  [300, 300, 100],
])('%i of %i people is %j percent', (peopleDone, peopleDue, percent) => {
  expect(percentOf({ peopleDone, peopleDue })).toBe(percent);
});
