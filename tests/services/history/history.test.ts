import { beforeEach, describe, expect, test } from 'vitest';
import { events } from '#db/schema/events.ts';
import { fileCounts, intakeFiles, intakeRows } from '#db/schema/files.ts';
import { people } from '#db/schema/people.ts';
import { settings } from '#db/schema/system.ts';
import { recordSignIn } from '#db/store/system/operators.ts';
import { saveSettings } from '#db/store/system/settings.ts';
import { readEnv } from '#lib/env.ts';
import { exportHistory, listHistory, readDeed } from '#lib/services/history/history.ts';
import { kindText } from '#lib/services/history/history-labels.ts';
import { sayIn } from '#lib/words/dictionary.ts';
import { rewriteHistory } from '#tests/support/rewrite-history.ts';
import { addFile, addPerson, openServicesDatabase, operator } from '#tests/support/services-world.ts';

const db = openServicesDatabase();
const viewer = operator('Viewer');
const DAY = 24 * 3_600_000;
const START = Date.parse('2026-11-01T00:00:00Z');

beforeEach(() => {
  rewriteHistory(db, () => db.delete(events).run());
  for (const table of [intakeRows, fileCounts, intakeFiles, people, settings]) db.delete(table).run();
});

/** Stores an event of an operator unless the test says otherwise. */
function add(change: Partial<typeof events.$inferInsert> & { kind: string }): number {
  const usual = { at: START, actor: 'Ann', actorKey: 'demo/ann', message: change.kind };
  return db
    .insert(events)
    .values({ ...usual, ...change })
    .returning()
    .get().id;
}
const engine = { actor: 'engine', actorKey: null };
const idm = { actor: 'idm', actorKey: null };

/** Entries as a page shows them, under the title of their kind. */
const titled = <Entry extends { kind: string }>(entry: Entry) => ({
  ...entry,
  title: kindText(sayIn('en', 'eventKinds'), entry.kind),
});

const kinds = (input: unknown) => listHistory(viewer, input).entries.map(({ kind }) => kind);

describe('who', () => {
  beforeEach(() => {
    add({ kind: 'person.retried' });
    add({ kind: 'settings.changed', actor: 'Bob', actorKey: 'demo/bob' });
    add({ kind: 'person.moved', ...engine });
    add({ kind: 'person.asked_again', ...engine });
    add({ kind: 'file.accepted', ...idm });
    add({ kind: 'person.accepted', ...idm });
    add({ kind: 'file.accepted' });
    add({ kind: 'person.accepted' });
  });

  test.each([
    { input: {}, shown: ['file.accepted', 'settings.changed', 'person.retried'] },
    { input: { who: 'operators', what: 'people' }, shown: ['person.accepted', 'person.retried'] },
    { input: { who: 'demo/bob' }, shown: ['settings.changed'] },
    { input: { who: 'demo/ann' }, shown: ['file.accepted', 'person.retried'] },
    { input: { who: 'engine' }, shown: ['person.asked_again', 'person.moved'] },
    { input: { who: 'idm' }, shown: ['file.accepted'] },
    { input: { who: 'idm', what: 'people' }, shown: ['person.accepted'] },
    { input: { who: 'nobody' }, shown: [] },
  ])('$input', ({ input, shown }) => {
    expect(kinds(input)).toEqual(shown);
  });

  test('everyone is everything', () => {
    expect(kinds({ who: 'everyone' })).toHaveLength(8);
  });

  test('it is said where the rows of files are left out', () => {
    expect(listHistory(viewer, {}).withoutRows).toBe(true);
    for (const input of [{ who: 'everyone' }, { what: 'people' }, { who: 'engine' }])
      expect(listHistory(viewer, input).withoutRows).toBe(false);
  });
});

test.each([
  { what: 'people', shown: ['person.noted', 'person.approved'] },
  { what: 'approvals', shown: ['person.approved'] },
  { what: 'files', shown: ['draft.created', 'file.rejected'] },
  { what: 'runs', shown: ['run.cancelled'] },
  { what: 'mappings', shown: ['mapping.published'] },
  { what: 'settings', shown: ['setup.tested', 'settings.changed'] },
  { what: 'sign-ins', shown: ['operator.signed_in'] },
  { what: 'access', shown: ['data.exported', 'action.refused'] },
  { what: 'nonsense', shown: expect.arrayContaining(['robot.turned_off']) },
])('what: $what', ({ what, shown }) => {
  for (const kind of ['person.approved', 'file.rejected', 'run.cancelled', 'mapping.published', 'settings.changed'])
    add({ kind });
  for (const kind of ['action.refused', 'data.exported']) add({ kind });
  for (const kind of ['operator.signed_in', 'setup.tested', 'draft.created', 'person.noted', 'robot.turned_off'])
    add({ kind });
  expect(kinds({ what })).toEqual(shown);
});

test('dates are whole days, both ends within, also where events were stored after later ones', () => {
  const HOUR = 3_600_000;
  add({ kind: 'robot.day0', at: START });
  add({ kind: 'robot.day2', at: START + 2 * DAY });
  add({ kind: 'robot.day1_late', at: START + 2 * DAY - 1 });
  add({ kind: 'robot.day3', at: START + 3 * DAY });
  add({ kind: 'robot.day2_late', at: START + 3 * DAY - 20 * HOUR });
  const shown = (input: unknown) => kinds(input).toSorted();
  expect(shown({ from: '2026-11-02', to: '2026-11-02' })).toEqual(['robot.day1_late']);
  expect(shown({ from: '2026-11-03', to: '2026-11-03' })).toEqual(['robot.day2', 'robot.day2_late']);
  expect(shown({ from: '2026-11-04' })).toEqual(['robot.day3']);
  expect(shown({ to: '2026-11-01', who: 'everyone' })).toEqual(['robot.day0']);
  expect(shown({ from: '2027-01-01' })).toEqual([]);
  for (const from of ['yesterday', '0000-01-01', '9999-12-31']) expect(shown({ from, to: from })).toHaveLength(5);
});

test('days are days in the time zone of Settings, in the list and in the export', () => {
  add({ kind: 'robot.before', at: Date.parse('2026-11-01T22:59:59.999Z') });
  add({ kind: 'robot.first', at: Date.parse('2026-11-01T23:00:00Z') });
  add({ kind: 'robot.last', at: Date.parse('2026-11-02T22:59:59.999Z') });
  add({ kind: 'robot.after', at: Date.parse('2026-11-02T23:00:00Z') });
  const day = { what: 'nonsense', from: '2026-11-02', to: '2026-11-02' };
  expect(kinds(day)).toEqual(['robot.after', 'robot.last']);
  saveSettings(db, readEnv(), { timeZone: 'Europe/Berlin' }, { name: 'Ann', key: 'demo/ann' }, START + 2 * DAY);
  expect(kinds(day)).toEqual(['robot.last', 'robot.first']);
  expect(listHistory(viewer, day).timeZone).toBe('Europe/Berlin');
  const exported = [...exportHistory(viewer, day)].join('');
  expect(exported).toContain('robot.first');
  expect(exported).not.toContain('robot.after');
});

test('a person is found by name or UserPrincipalName, with the rows of files that name it', () => {
  const { id } = addPerson(db, { displayName: 'Grace Hopper', userPrincipalName: 'grace@contoso.example' });
  const another = addPerson(db);
  add({ kind: 'person.accepted', personId: id });
  add({ kind: 'person.retried', personId: id });
  add({ kind: 'person.moved', personId: id, ...engine });
  add({ kind: 'person.retried', personId: another.id });
  expect(kinds({ q: 'hopper' })).toEqual(['person.retried', 'person.accepted']);
  expect(kinds({ q: 'GRACE@', who: 'everyone' })).toEqual(['person.moved', 'person.retried', 'person.accepted']);
  expect(kinds({ q: 'grace', what: 'approvals' })).toEqual([]);
  expect(listHistory(viewer, { q: 'nobody' })).toMatchObject({ entries: [], found: { people: 0, isCapped: false } });
});

test('pages follow each other without a gap, and the last one says so', () => {
  const ids = Array.from({ length: 120 }, (_, n) => add({ kind: n % 2 ? 'person.retried' : 'run.requested' }));
  const seen: number[] = [];
  let before: number | null = null;
  do {
    const { entries, older } = listHistory(viewer, { before });
    seen.push(...entries.map(({ id }) => id));
    before = older;
  } while (before !== null);
  expect(seen).toEqual(ids.toReversed());
});

test('an entry has its person, file, states, and before and after', () => {
  const { id } = addPerson(db, { displayName: 'Grace' });
  const fileId = addFile(db, { name: 'a.csv', actorKey: 'demo/ann' }, [id]);
  const data = { name: 'paused', before: false, after: true };
  add({ kind: 'settings.changed', data });
  add({ kind: 'person.approved', personId: id, fromState: 'held', toState: 'queued', runId: 'run-1' });
  expect(listHistory(viewer, {}).entries.map(titled)).toMatchObject([
    { title: 'Approved', person: { displayName: 'Grace' }, fromState: 'held', toState: 'queued', runId: 'run-1' },
    {
      title: 'Setting changed',
      changes: [{ what: 'Paused', before: 'no', after: 'yes' }],
      person: null,
      isOperator: true,
    },
    { title: 'File imported', file: { id: fileId, name: 'a.csv' } },
  ]);
});

test('a sign-in is in the history, and its operator can be chosen', () => {
  const who = { tenantId: 'demo', objectId: 'ann', name: 'Ann', email: 'ann@demo.example' };
  recordSignIn(db, { ...who, role: 'Admin' }, START);
  recordSignIn(db, { ...who, role: null }, START + 1);
  const { entries, operators } = listHistory(viewer, { what: 'sign-ins', who: 'demo/ann' });
  expect(entries.map(({ message }) => message)).toEqual([
    'Ann signed in, without a role in this app.',
    'Ann signed in as Admin.',
  ]);
  expect(operators).toEqual([{ key: 'demo/ann', name: 'Ann' }]);
});

describe('the export', () => {
  const lines = (input: unknown) => [...exportHistory(viewer, input)].join('').split('\r\n');

  test('has the same entries as the list, for a spreadsheet that runs none of them', () => {
    const { id } = addPerson(db, { displayName: '=HYPERLINK("x")', userPrincipalName: 'eve@contoso.example' });
    add({ kind: 'person.noted', personId: id, message: '+1 "yes"' });
    add({ kind: 'person.moved', ...engine });
    const [header, line, end] = lines({});
    expect(header).toMatch(/^\uFEFFId,Time,Who,Address,What,/);
    expect(line).toMatch(
      /,2026-11-01T00:00:00.000Z,Ann,ann@demo.example,Note,"'=HYPERLINK\(""x""\)",eve@contoso.example,"'\+1 ""yes"""/,
    );
    expect(end).toBe('');
  });

  test('continues over many slices, older than the end of the list', () => {
    const ids = Array.from({ length: 2500 }, () => add({ kind: 'run.requested' }));
    const told = lines({ before: ids[2400] })
      .slice(1, -1)
      .map((line) => Number(line.split(',')[0]));
    expect(told).toEqual(ids.slice(0, 2400).toReversed());
  });
});

test('an operator has a name and an address, and is none of the programs, whatever the name', () => {
  const signIn = {
    tenantId: 'demo',
    objectId: 'imitator',
    name: 'engine',
    email: 'imitator@demo.example',
    role: 'Viewer',
  };
  recordSignIn(db, signIn, START);
  add({ kind: 'person.moved', ...engine });
  expect(listHistory(viewer, { who: 'everyone' }).entries).toMatchObject([
    { actor: 'engine', isOperator: false, address: null },
    { actor: 'engine', isOperator: true, address: 'imitator@demo.example' },
  ]);
});

describe('a deed done to many people', () => {
  const bulk = (count: number, change: Partial<typeof events.$inferInsert> = {}) =>
    db.transaction(() =>
      Array.from({ length: count }, (_, n) => {
        const personId = addPerson(db, { state: n % 2 ? 'queued' : 'dismissed' }).id;
        add({
          kind: 'person.dismissed',
          personId,
          fromState: n % 2 ? 'held' : 'queued',
          toState: 'dismissed',
          ...change,
        });
        return personId;
      }),
    );

  test('is one entry with everybody counted, and the next page begins with the next deed', () => {
    const first = add({ kind: 'settings.changed' });
    for (let n = 0; n < 55; n += 1) add({ kind: 'run.requested', at: START + n });
    bulk(286);
    add({ kind: 'run.requested', at: START + 1 });
    const page = listHistory(viewer, {});
    expect(page.entries.slice(0, 3).map(titled)).toMatchObject([
      { title: 'Run requested', count: 0 },
      { title: 'Dismissed', count: 286, fromState: null, toState: 'dismissed' },
      { title: 'Run requested', count: 0 },
    ]);
    const rest = listHistory(viewer, { before: page.older });
    expect(rest.entries.at(-1)).toMatchObject({ id: first });
    expect(page.entries.length + rest.entries.length).toBe(1 + 55 + 1 + 1);
  });

  test('ends where another begins at the same moment, and at the end of the history', () => {
    bulk(120);
    bulk(70, { message: 'another reason' });
    expect(listHistory(viewer, {}).entries.map(({ count }) => count)).toEqual([70, 120]);
    expect(listHistory(viewer, {}).older).toBeNull();
  });

  test('with values that differed before says so', () => {
    for (const before of ['US', null]) {
      const personId = addPerson(db).id;
      add({ kind: 'person.edited', personId, data: { changes: [{ column: 'UsageLocation', before, after: 'DE' }] } });
    }
    expect(listHistory(viewer, {}).entries).toMatchObject([
      { count: 2, changes: [{ what: 'UsageLocation', before: 'different values', after: 'DE' }] },
    ]);
  });

  test('has a page with what has become of each person', () => {
    const ids = bulk(61);
    bulk(2, { message: 'another reason' });
    const [, { id } = { id: 0 }] = listHistory(viewer, {}).entries;
    const deed = readDeed(viewer, { id, page: '2' });
    expect({ ...deed, entry: titled(deed.entry) }).toMatchObject({
      entry: { title: 'Dismissed' },
      people: { total: 61, pageCount: 2 },
    });
    expect(deed.people.items.map((person) => person.id)).toEqual(ids.toReversed().slice(50));
    expect(deed.states).toMatchObject({ dismissed: 31, queued: 30 });
    expect(() => readDeed(viewer, { id: 1_000_000 })).toThrow('no such entry');
  });
});
