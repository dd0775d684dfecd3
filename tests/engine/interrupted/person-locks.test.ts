import { expect, test } from 'vitest';
import { PersonLocks } from '#lib/engine/cycle/person-locks.ts';

test('whoever was released early and is locked by another run stays locked when the first one ends', async () => {
  const locks = new PersonLocks();
  const cycle = locks.claim([1, 2]);
  cycle.release([1]);
  const watch = locks.claim([1, 2]);
  expect(watch).toMatchObject({ claimed: [1], locked: [2] });
  cycle.release();
  expect(locks.claim([1, 2])).toMatchObject({ claimed: [2], locked: [1] });
  let isReleased = false;
  const waited = locks.released([1]).then(() => {
    isReleased = true;
  });
  await new Promise(setImmediate);
  expect(isReleased).toBe(false);
  watch.release();
  await waited;
  expect(locks.claim([1]).claimed).toEqual([1]);
});
