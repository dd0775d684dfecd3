/** When a thread that writes lets others write. */
import { expect, test } from 'vitest';
import { otherWriters } from '#lib/worker/other-writers.ts';
import { type TaskMessage, YIELD } from '#lib/worker/protocol.ts';

const PROGRESS = { fileId: 'f1', rows: 1, total: 2 };

function writers(answersAtOnce: boolean) {
  const shared = new SharedArrayBuffer(8);
  const cells = new Int32Array(shared);
  const told: TaskMessage['kind'][] = [];
  const answer = () => Atomics.add(cells, YIELD, 1);
  const report = ({ kind }: TaskMessage) => {
    told.push(kind);
    if (answersAtOnce && kind === 'turn') answer();
  };
  return { ...otherWriters(report, shared, () => {}), told, answer };
}

test('a server that comes round is not waiting, however often it is asked', () => {
  const { isAwaited, told } = writers(true);
  expect(Array.from({ length: 1000 }, isAwaited)).not.toContain(true);
  expect(told).toHaveLength(1000);
});

test('a server that does not come round may be waiting, until it does', () => {
  const { isAwaited, told, answer } = writers(false);
  expect(isAwaited()).toBe(false);
  while (!isAwaited());
  expect(told).toEqual(['turn']);
  answer();
  expect(isAwaited()).toBe(false);
  expect(told).toEqual(['turn', 'turn']);
});

test('a yield ends when the server has come round after it, and for one that never does in a while', () => {
  const quick = writers(true);
  quick.yieldToWriters(PROGRESS);
  expect(quick.told).toEqual(['progress', 'turn']);
  const stuck = writers(false);
  stuck.yieldToWriters(PROGRESS);
  expect(stuck.told).toEqual(['progress', 'turn']);
  // The late answer to the first turn is none to the second.
  stuck.answer();
  while (!stuck.isAwaited());
});
