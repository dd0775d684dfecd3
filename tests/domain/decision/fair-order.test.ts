import { describe, expect, test } from 'vitest';
import { fairOrder, type QueuedPerson } from '#lib/domain/decision/fair-order.ts';

const of = (fileId: string | null, from: number, count: number): QueuedPerson[] =>
  Array.from({ length: count }, (_, n) => ({ id: from + n, fileId, neededAt: 1000 - n }));

describe('while there are seats for everybody', () => {
  test('files take turns of 100 people, each in its order of arrival', () => {
    const order = fairOrder([...of('long', 1, 250), ...of('short', 1001, 3), ...of(null, 2001, 101)], true);
    const ids = (from: number, count: number) => Array.from({ length: count }, (_, n) => from + n);
    expect(order).toEqual([
      ...ids(1, 100),
      ...ids(1001, 3),
      ...ids(2001, 100),
      ...ids(101, 100),
      2101,
      ...ids(201, 50),
    ]);
  });

  test('people of one file whose rows are scattered stay one file', () => {
    const [a, b, c] = [of('one', 1, 1), of('two', 2, 1), of('one', 3, 1)];
    expect(fairOrder([...a, ...b, ...c], true)).toEqual([1, 3, 2]);
  });

  test('nobody is nobody', () => {
    expect(fairOrder([], true)).toEqual([]);
  });
});

describe('where seats are scarce', () => {
  test('whoever needs the licence first comes first, and of two at once the one who arrived first', () => {
    const people = [
      { id: 1, fileId: 'a', neededAt: 30 },
      { id: 4, fileId: 'b', neededAt: 10 },
      { id: 3, fileId: 'a', neededAt: 20 },
      { id: 2, fileId: 'b', neededAt: 20 },
    ];
    expect(fairOrder(people, false)).toEqual([4, 2, 3, 1]);
  });
});
