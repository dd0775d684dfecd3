import { expect, test } from 'vitest';
import { newerDraft } from '#app/(console)/upload/[id]/newer-draft.ts';
import { sayingTheSame, tableColumns } from '#app/(console)/upload/[id]/rows/table-columns.ts';
import { Turns } from '#app/(console)/upload/[id]/turns.ts';
import type { DraftDetail, ReviewRow } from '#lib/services/drafts/drafts.ts';

test('a change that is made while another is under way waits for it, and is made', async () => {
  const turns = new Turns();
  const done: string[] = [];
  const first = Promise.withResolvers<boolean>();
  const answers = [
    turns.take(async () => {
      const isDone = await first.promise;
      done.push('first');
      return isDone;
    }),
    turns.take(async () => done.push('second') > 0),
  ];
  await Promise.resolve();
  expect(done).toEqual([]);
  first.resolve(true);
  expect(await Promise.all(answers)).toEqual([true, true]);
  expect(done).toEqual(['first', 'second']);
});

test('what waited for a change that was refused is not made, and is told so; what is asked for afterwards is', async () => {
  const turns = new Turns();
  const sent: number[] = [];
  const send = (n: number, isDone: boolean) => turns.take(async () => sent.push(n) > 0 && isDone);
  expect(await Promise.all([send(1, false), send(2, true), send(3, true)])).toEqual([false, null, null]);
  expect(await send(4, true)).toBe(true);
  expect(sent).toEqual([1, 4]);
});

test('a change that fails unexpectedly does not hold up the next', async () => {
  const turns = new Turns();
  await expect(turns.take(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await turns.take(async () => true)).toBe(true);
});

const rowOf = (line: number, cells: string[], corrected: ReviewRow['corrected'] = []): ReviewRow => ({
  line,
  cells,
  raw: null,
  verdict: 'ok',
  notes: [],
  duplicateOf: null,
  corrected,
});

test('changed rows take the place of those that are held; the others stay as they are', () => {
  const held = { isWhole: true, reviewId: 'a', rows: [rowOf(2, ['A']), rowOf(3, ['B']), rowOf(4, ['C'])] };
  const answer = { isWhole: false, reviewId: 'b', rows: [rowOf(3, ['Bo']), rowOf(5, ['D'])] };
  const newer = newerDraft(held as DraftDetail, answer as DraftDetail);
  expect(newer).toMatchObject({ isWhole: true, reviewId: 'b' });
  expect(newer.rows.map(({ line, cells }) => [line, cells?.[0]])).toEqual([
    [2, 'A'],
    [3, 'Bo'],
    [4, 'C'],
    [5, 'D'],
  ]);
  expect(newer.rows[0]).toBe(held.rows[0]);
  expect(newerDraft(null, { ...answer, isWhole: true } as DraftDetail).rows).toBe(answer.rows);
});

test('of a corrected cell the rows are counted that still say what it said', () => {
  const corrected = [{ at: 1, from: 'X9', by: 'Ada' }];
  const rows = [rowOf(2, ['A', 'E'], corrected), rowOf(3, ['X9', 'X9']), rowOf(4, ['C', 'X9']), rowOf(5, ['D', 'E'])];
  expect([...sayingTheSame(rows)]).toEqual([['1\nX9', 2]]);
});

const MENU = 220;
const MARGINS = 2 * 32 + 2;
const SCROLL_BAR = 15;

test('a page of 1440 px has room for the columns of any file, however many it has', () => {
  const known = { UserPrincipalName: 1, CN: 0, EmployeeType: 2, UsageLocation: 3, StartDate: 4 };
  for (let width = 5; width < 60; width++) {
    const names = Array.from({ length: width }, (_, at) => `Column of the file ${at}`);
    const { widths, apart, together } = tableColumns({ columns: known, names }, true, String);
    expect(widths.reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(1440 - MENU - MARGINS - SCROLL_BAR);
    expect([...apart, ...together].sort((a, b) => a - b)).toEqual(names.map((_, at) => at));
  }
});
