import { describe, expect, test } from 'vitest';
import { readSaid, saidWithEvent, storedSaid, type Told, tell, withNotes } from '#lib/domain/reasons/said.ts';

const open = tell('provisioned');
const retried = tell('retried', { by: 'Ann' });

describe('notes', () => {
  test('follow the sentence, and no notes change nothing', () => {
    const noted = withNotes(retried, [['request_id', { id: 'r1' }]]);
    expect(noted.message.startsWith(`${retried.message} `)).toBe(true);
    expect(noted.message).toContain('r1');
    expect(withNotes(retried, [])).toBe(retried);
  });

  test('follow a sentence of which nobody knows any more what it was made from', () => {
    const noted = withNotes<Told>({ message: 'Of an earlier release.' }, [['request_id', { id: 'r1' }]]);
    expect(noted.message).toMatch(/^Of an earlier release\. .*r1/);
    expect(noted.said).toBeUndefined();
  });
});

test('nothing is stored where nothing is known, or where the code says it all', () => {
  expect(storedSaid(undefined)).toBeNull();
  expect(storedSaid(open.said)).toBeNull();
  expect(storedSaid(withNotes(open, [['request_id', { id: 'r1' }]]).said)).not.toBeNull();
  expect(storedSaid(retried.said)).not.toBeNull();
});

test.each([
  [{ said: [['retried', { by: 'Ann' }]] }, [['retried', { by: 'Ann' }]]],
  [{ written: [] }, null],
  [null, null],
  ['of an earlier release', null],
])('with an event %j is kept %j', (data, kept) => expect(saidWithEvent(data)).toEqual(kept));

describe('what was stored is said again in any language', () => {
  const read = (stored: unknown, reason = 'retried', message = 'Stored.') => readSaid(stored, { reason, message });
  const said = [['retried', { by: 'Ann' }]];

  test('as text of the database and as it lies in an event', () => {
    expect(read(JSON.stringify(said))).toEqual(said);
    expect(read(said)).toEqual(said);
    const noted = [...said, ['request_id', { id: 'r1' }]];
    expect(read(noted)).toEqual(noted);
  });

  test.each([
    ['a reason of another version', [['of_tomorrow', {}]], 'of_tomorrow'],
    ['the sentence of another reason', said, 'approved'],
    ['facts that are missing', [['retried', {}]], 'retried'],
    ['facts of another kind', [['retried', { by: 7 }]], 'retried'],
    ['a note of another version', [...said, ['of_tomorrow', {}]], 'retried'],
    ['a note that is the name of something else', [...said, ['toString', {}]], 'retried'],
    ['a note with facts of another kind', [...said, ['request_id', { id: 7 }]], 'retried'],
    ['another shape', { retried: 'Ann' }, 'retried'],
    ['no sentence', [], 'retried'],
    ['a sentence without facts', [['retried']], 'retried'],
    ['nothing, where facts are needed', null, 'retried'],
  ])('not with %s', (_, stored, reason) => expect(read(stored, reason)).toBeNull());

  test('from its code alone, where its text is the one of this version', () => {
    expect(read(null, 'provisioned', open.message)).toEqual([['provisioned', {}]]);
    expect(read(null, 'provisioned', 'Of an earlier release.')).toBeNull();
  });

  test('of a long import, by how its text begins', () => {
    const queued = [['queued', {}]];
    expect(read(null, 'queued', 'Accepted from a.csv, line 2.')).toEqual(queued);
    expect(read(null, 'queued', 'Dropped again in b.csv, line 3.')).toEqual(queued);
    expect(read(null, 'queued', 'Was Accepted from a.csv.')).toBeNull();
    expect(read(null, 'provisioned', 'Accepted from a.csv, line 2.')).toBeNull();
  });
});
