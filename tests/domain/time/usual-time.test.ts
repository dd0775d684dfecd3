import { expect, test } from 'vitest';
import { usualTime } from '#lib/domain/time/usual-time.ts';

const upTo = (n: number) => Array.from({ length: n }, (_, at) => n - at);

test('half of the people took at most the median, and 19 of 20 at most the longer time', () => {
  const durations = { synchronisation: upTo(20), mailbox: upTo(100) };
  expect(usualTime('awaiting_sync', durations)).toEqual({
    step: 'synchronisation',
    medianMs: 10,
    p95Ms: 19,
    people: 20,
  });
  expect(usualTime('awaiting_mailbox', durations)).toEqual({ step: 'mailbox', medianMs: 50, p95Ms: 95, people: 100 });
});

test('numbers are put in order as numbers, and of few people the slowest counts', () => {
  const synchronisation = [100, 9, 20, 3, 1000];
  expect(usualTime('awaiting_sync', { synchronisation, mailbox: [] })).toMatchObject({ medianMs: 20, p95Ms: 1000 });
});

test('nothing is said of fewer than five people, or of a state that waits for neither', () => {
  const durations = { synchronisation: upTo(4), mailbox: upTo(5) };
  expect(usualTime('awaiting_sync', durations)).toBeNull();
  expect(usualTime('awaiting_mailbox', durations)).not.toBeNull();
  expect(usualTime('held', durations)).toBeNull();
});
