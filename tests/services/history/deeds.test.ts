import { expect, test } from 'vitest';
import { groupEvents, type HistoryEntry } from '#lib/services/history/deeds.ts';

function entry(id: number, change: Partial<HistoryEntry> = {}): HistoryEntry {
  return {
    id,
    at: 1000,
    actor: 'Ann',
    isOperator: true,
    address: 'ann@contoso.example',
    kind: 'person.approved',
    message: 'Ann approved the licence.',
    reason: null,
    fromState: 'held',
    toState: 'queued',
    changes: [],
    data: null,
    person: { id, displayName: `Person ${id}`, userPrincipalName: `p${id}@contoso.example` },
    runId: null,
    runNumber: null,
    file: null,
    ...change,
  };
}

const shape = (entries: HistoryEntry[]) =>
  groupEvents(entries).map((one) => [one.entry.id, ...one.people.map(({ id }) => id)]);

test('the same action at one moment is shown once, with everybody it was done to', () => {
  expect(shape([entry(3), entry(2), entry(1)])).toEqual([[3, 3, 2, 1]]);
});

test.each<Partial<HistoryEntry>>([
  { at: 1001 },
  { actor: 'Bob' },
  { kind: 'person.rejected' },
  { message: 'Ann said no: another reason' },
  { toState: 'dismissed' },
  { runId: 'run-1' },
  { person: null },
  { changes: [{ what: 'EmployeeType', before: 'E', after: 'N' }] },
])('another deed stands for itself: %j', (change) => {
  expect(groupEvents([entry(2, change), entry(1)])).toHaveLength(2);
  expect(groupEvents([entry(2), entry(1, change)])).toHaveLength(2);
});
