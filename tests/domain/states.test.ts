import { expect, test } from 'vitest';
import { CLOSED_STATES, canMove, HUMAN_STATES, isClosed, PATIENT_STATES, PERSON_STATES } from '#lib/domain/states.ts';

test('every state is closed, goes on by itself or needs somebody, and only one of them', () => {
  expect([...CLOSED_STATES, ...PATIENT_STATES, ...HUMAN_STATES].sort()).toEqual([...PERSON_STATES].sort());
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

test('a licence that was sent and does not show yet, or could not be sent, ends what was waited for before', () => {
  const back = PERSON_STATES.filter((from) => from !== 'queued' && canMove(from, 'queued', 'cycle'));
  expect(back).toEqual(['awaiting_sync', 'awaiting_start', 'awaiting_seat', 'needs_attention']);
});

test('an operator has anybody checked again who is not done, and closes anybody who is not closed', () => {
  const open = PERSON_STATES.filter((state) => !isClosed(state));
  for (const from of open) {
    expect([from, canMove(from, 'queued', 'operator'), canMove(from, 'dismissed', 'operator')]).toEqual([
      from,
      true,
      true,
    ]);
  }
  expect(canMove('dismissed', 'queued', 'operator')).toBe(true);
  for (const from of ['provisioned', 'already_provisioned'] as const)
    for (const to of ['queued', 'dismissed'] as const) expect(canMove(from, to, 'operator')).toBe(false);
});

test('only who is held can be refused by an operator', () => {
  const refused = PERSON_STATES.filter(
    (from) => from !== 'needs_attention' && canMove(from, 'needs_attention', 'operator'),
  );
  expect(refused).toEqual(['held']);
});

test('a dismissal is undone to where the person stood, which was not done, and nothing else is undone', () => {
  for (const to of PERSON_STATES) expect(canMove('dismissed', to, 'undo')).toBe(!isClosed(to) || to === 'dismissed');
  for (const from of PERSON_STATES.filter((state) => state !== 'dismissed'))
    for (const to of PERSON_STATES) expect(canMove(from, to, 'undo')).toBe(from === to);
});

test('rows that disagree hold whoever has no licence yet, and nobody else', () => {
  const held = PERSON_STATES.filter((from) => from !== 'held' && canMove(from, 'held', 'intake'));
  expect(held).toEqual(['queued', 'awaiting_sync', 'awaiting_start', 'awaiting_seat', 'needs_attention']);
});

test('a mailbox is open only when the cycle has seen it', () => {
  for (const cause of ['operator', 'undo', 'intake'] as const)
    for (const from of PERSON_STATES)
      for (const to of ['provisioned', 'already_provisioned'] as const)
        expect(canMove(from, to, cause)).toBe(from === to);
});
