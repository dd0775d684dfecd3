import { expect, test } from 'vitest';
import { CLOSED_STATES, canMove, HUMAN_STATES, PERSON_STATES, WAITING_STATES } from '#lib/domain/states.ts';

test('every state is closed, waiting or for an operator, and only one of them', () => {
  expect([...CLOSED_STATES, ...WAITING_STATES, ...HUMAN_STATES].sort()).toEqual([...PERSON_STATES].sort());
});

test('the engine never leaves dismissed or held by itself', () => {
  for (const from of ['dismissed', 'held'] as const)
    for (const to of PERSON_STATES) expect(canMove(from, to, 'cycle')).toBe(from === to);
});

test('only an operator dismisses, and never somebody whose mailbox is open', () => {
  for (const from of PERSON_STATES) {
    expect(canMove(from, 'dismissed', 'cycle')).toBe(from === 'dismissed');
    expect(canMove(from, 'dismissed', 'intake')).toBe(from === 'dismissed');
  }
  expect(canMove('provisioned', 'dismissed', 'operator')).toBe(false);
  expect(canMove('needs_attention', 'dismissed', 'operator')).toBe(true);
});

test('a row that says something new reopens whoever was dismissed or is stuck; who is done is verified by the cycle', () => {
  for (const from of ['needs_attention', 'dismissed'] as const) expect(canMove(from, 'queued', 'intake')).toBe(true);
  for (const from of ['provisioned', 'already_provisioned'] as const) {
    expect(canMove(from, 'queued', 'intake')).toBe(false);
    expect(canMove(from, 'awaiting_sync', 'cycle')).toBe(true);
    expect(canMove(from, 'needs_attention', 'cycle')).toBe(true);
  }
});
