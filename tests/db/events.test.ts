import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { openDatabase } from '#db/client.ts';
import { events } from '#db/schema/events.ts';
import { people } from '#db/schema/people.ts';
import { recordEvent } from '#db/store/events/record-event.ts';
import { movePerson } from '#db/store/people/transition.ts';
import type { NewEvent } from '#lib/domain/events.ts';
import { addPerson } from '#tests/support/services-world.ts';

const db = openDatabase(':memory:');
const ROOT = path.join(import.meta.dirname, '..', '..');
const ann = { name: 'Ann', key: 'demo/ann' };
const stored = (id: number) => db.select().from(people).where(eq(people.id, id)).get();
const eventsOf = (id: number) => db.select().from(events).where(eq(events.personId, id)).all();

/** The files of our own code, outside the tests, whose text matches. */
function filesWith(pattern: RegExp): string[] {
  return ['app', 'components', 'db', 'lib'].flatMap((folder) =>
    readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .map((name) => path.join(folder, name))
      .filter((name) => /\.tsx?$/.test(name) && pattern.test(readFileSync(path.join(ROOT, name), 'utf8'))),
  );
}

test('an event keeps what its kind tells, inside a transaction and outside one', () => {
  const change = { name: 'paused', before: false, after: true };
  const told: NewEvent = { kind: 'settings.changed', at: 7, actor: ann, message: 'Ann changed it.', data: change };
  const ids = [recordEvent(db, told), db.transaction((tx) => recordEvent(tx, told))];
  const row = { at: 7, actor: 'Ann', actorKey: 'demo/ann', kind: 'settings.changed', data: change };
  for (const id of ids)
    expect(db.select().from(events).where(eq(events.id, id)).get()).toMatchObject({ ...row, personId: null });
});

test('an event is never changed, deleted or replaced', () => {
  const id = recordEvent(db, { kind: 'mail.tested', at: 7, actor: ann, message: 'Ann sent a mail.' });
  const before = db.select().from(events).where(eq(events.id, id)).get();
  for (const attempt of [
    'update events set message = message where id = ?',
    'delete from events where id = ?',
    "insert or replace into events (id, at, actor, kind, message) values (?, 1, 'x', 'x', 'x')",
  ])
    expect(() => db.$client.prepare(attempt).run(id), attempt).toThrow('events are append-only');
  expect(db.select().from(events).where(eq(events.id, id)).get()).toEqual(before);
});

test('an event of another shape than its kind has does not compile', () => {
  const about = { at: 7, actor: ann, message: 'Something happened.' };
  const wrong = [
    // @ts-expect-error: there is no such kind
    { kind: 'person.retired', ...about, personId: 1 },
    // @ts-expect-error: a note is about somebody
    { kind: 'person.noted', ...about },
    // @ts-expect-error: there is no such reason
    { kind: 'person.retried', ...about, personId: 1, fromState: 'held', toState: 'queued', reason: 'retryed' },
    // @ts-expect-error: a file has an id
    { kind: 'file.accepted', ...about, runId: null, data: {} },
  ] satisfies NewEvent[];
  expect(wrong).toHaveLength(4);
});

test('events are added in one place, and states are moved in one', () => {
  expect(filesWith(/insert into events|insert\(events\)/)).toEqual(['db/store/events/record-event.ts']);
  const setsState = /update people set(?:(?!where)[^;])*\bstate = |update\(people\)(?:(?!where)[^;])*\bstate:/;
  expect(filesWith(setsState)).toEqual([]);
  expect(filesWith(/'state = @to'/)).toEqual(['db/store/people/transition.ts']);
});

const retry = (person: { id: number; state: 'held' | 'dismissed' | 'queued'; revision: number }) =>
  movePerson(
    db,
    {
      cause: 'operator',
      person,
      to: 'queued',
      reason: 'retried',
      message: 'Ann asked.',
      nextCheckAt: 9,
      at: 9,
      values: { closedBy: null },
    },
    { kind: 'person.retried', actor: ann },
  );

test('a move takes the person on, with its event', () => {
  const { id } = addPerson(db, { state: 'dismissed', closedBy: 'Bob', revision: 3 });
  expect(retry({ id, state: 'dismissed', revision: 3 })).toBe(true);
  const moved = { state: 'queued', stateSince: 9, reason: 'retried', message: 'Ann asked.', nextCheckAt: 9 };
  expect(stored(id)).toMatchObject({ ...moved, closedBy: null, revision: 4 });
  expect(eventsOf(id)).toMatchObject([
    { kind: 'person.retried', fromState: 'dismissed', toState: 'queued', reason: 'retried', message: 'Ann asked.' },
  ]);
});

test.each([
  { what: 'of another revision', seen: { state: 'dismissed', revision: 2 } },
  { what: 'of another state', seen: { state: 'held', revision: 3 } },
] as const)('a person $what than was seen is left alone', ({ seen }) => {
  const { id } = addPerson(db, { state: 'dismissed', revision: 3 });
  const before = stored(id);
  expect(retry({ id, ...seen })).toBe(false);
  expect([stored(id), eventsOf(id)]).toEqual([before, []]);
});

test('a move that the table of moves does not have is refused', () => {
  const { id } = addPerson(db, { state: 'provisioned', revision: 3 });
  const person = { id, state: 'provisioned', revision: 3 } as const;
  const undo = { cause: 'undo', person, to: 'queued', reason: 'queued', message: 'x', nextCheckAt: 9, at: 9 } as const;
  expect(movePerson(db, undo, { kind: 'person.dismissal_undone', actor: ann })).toBe(false);
  expect(stored(id)).toMatchObject({ state: 'provisioned', revision: 3 });
});

test('what an operator changes counts where the state stays; a check of the engine does not', () => {
  const { id } = addPerson(db, { state: 'queued', revision: 3, stateSince: 1 });
  const check = { reason: 'queued', message: 'As before.', nextCheckAt: 5, at: 5 } as const;
  const person = { id, state: 'queued', revision: 3 } as const;
  expect(movePerson(db, { cause: 'cycle', person, to: 'queued', ...check }, null)).toBe(true);
  expect(stored(id)).toMatchObject({ message: 'As before.', stateSince: 1, revision: 3 });
  expect(retry(person)).toBe(true);
  expect(stored(id)).toMatchObject({ stateSince: 9, revision: 4 });
});
