/** A list that comes every night goes on with a name that an operator has corrected. */
import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import type { Db } from '#db/client.ts';
import { people } from '#db/schema/people.ts';
import { editPerson, type PersonValues } from '#db/store/people/person-edits.ts';
import { emptyDatabase, importBytes, NOW, storedEvents, storedPeople, storedRows } from './build.ts';

const LIST = { sourceKind: 'drop_folder', receivedFrom: 'idm' } as const;
const DAY = 86_400_000;
const WRONG = 'ada@contoso.example';
const RIGHT = 'ada.able@contoso.example';
const OLGA = { name: 'Olga', key: 'demo/olga' };

const row = (upn = WRONG, type = 'E', name = 'Ada Able') => `CN,UPN,EmployeeType\n${name},${upn},${type}\n`;
const directory = (upn = WRONG) => `sn;givenName;UPN;EmployeeType\nAble;Ada;${upn};E\n`;
const dated = (night: number, upn = WRONG) => `CN,UPN,EmployeeType,At\n"Able, A.",${upn},E,0${night}:00\n`;

function drop(db: Db, text: string, night: number, more = {}) {
  const imported = importBytes(db, text, { ...LIST, name: `list-${night}.csv`, now: NOW + night * DAY, ...more });
  expect(imported.rows).toBe(imported.accepted + imported.duplicates + imported.rejected.length);
  return imported;
}

function correct(db: Db, change: Partial<PersonValues>, night = 0): void {
  const person = db.select().from(people).where(eq(people.id, 1)).get();
  if (!person) throw new Error('nobody');
  const changes = [
    { column: 'UserPrincipalName', before: person.userPrincipalName, after: change.userPrincipalName ?? '' },
  ];
  expect(editPerson(db, person, { ...person, ...change }, changes, OLGA, NOW + night * DAY + 1000)).toBe(true);
}

const shown = (db: Db) =>
  storedPeople(db).map(({ upnKey, employeeType, state }) => [upnKey.split('@')[0], employeeType, state]);
const doubts = (db: Db) => storedRows(db).flatMap(({ problems }) => JSON.parse(problems ?? '[]'));

/** Somebody whose name was corrected after the first night. */
function corrected(text = row(), change: Partial<PersonValues> = {}): Db {
  const db = emptyDatabase();
  drop(db, text, 0);
  correct(db, { userPrincipalName: RIGHT, ...change });
  return db;
}

test.each(['queued', 'needs_attention', 'provisioned', 'dismissed'])(
  'its row is the same person every night, who stays %s and what the operator said',
  (state) => {
    const db = corrected(row(), { employeeType: 'N' });
    db.$client.exec(`update people set state = '${state}'`);
    const events = storedEvents(db).length;
    for (const night of [1, 2, 3])
      expect(drop(db, row(), night)).toMatchObject({ accepted: 0, duplicates: 1, rejected: [] });
    expect(shown(db)).toEqual([['ada.able', 'N', state]]);
    expect([storedRows(db).length, storedEvents(db).length]).toEqual([1, events + 3]);
  },
);

test('also where another column changes every night; the row says whom it counts for', () => {
  const db = corrected(dated(0), { employeeType: 'N' });
  for (const night of [1, 2]) drop(db, dated(night), night);
  expect(shown(db)).toEqual([['ada.able', 'N', 'queued']]);
  expect(doubts(db).map(({ message }) => message)).toEqual(
    [1, 2].map(() => `Olga has corrected this UserPrincipalName to ${RIGHT}, whom the row counts for`),
  );
});

test('also where several lists go on with the wrong name, each in its own way, and one of them has the right one at last', () => {
  const db = emptyDatabase();
  const nightOf = [row(), directory(), dated(1)];
  for (const text of nightOf) drop(db, text, 0);
  correct(db, { userPrincipalName: RIGHT });
  for (const night of [1, 2]) for (const text of nightOf) drop(db, text, night);
  for (const text of [row(RIGHT), directory(), dated(2)]) drop(db, text, 3);
  expect(shown(db)).toEqual([['ada.able', 'E', 'queued']]);
});

test('a name corrected twice, and one corrected back', () => {
  const db = corrected();
  correct(db, { userPrincipalName: 'ada.b@contoso.example' });
  drop(db, row(), 1);
  drop(db, row(RIGHT), 2);
  expect(shown(db)).toEqual([['ada.b', 'E', 'queued']]);
  correct(db, { userPrincipalName: WRONG }, 2);
  for (const upn of [WRONG, RIGHT, 'ada.b@contoso.example']) drop(db, row(upn), 3);
  expect(shown(db)).toEqual([['ada', 'E', 'queued']]);
});

test('what the row says that is new counts for the person of the right name', () => {
  const db = corrected();
  drop(db, row(WRONG, 'N'), 1);
  expect(shown(db)).toEqual([['ada.able', 'E', 'held']]);
  db.$client.exec("update people set state = 'provisioned', licensed_at = 1");
  drop(db, row(WRONG, 'X'), 2);
  expect(shown(db)).toEqual([['ada.able', 'X', 'provisioned']]);
});

test.each([
  ['another name is in the row', row(WRONG, 'E', 'Ada Baker'), 1, {}],
  ['nobody has named the person for two months', row(), 60, {}],
  ['an operator brings the list', row(), 1, { sourceKind: 'upload', receivedFrom: 'Olga' }],
])('it is somebody new where %s', (_, text, night, more) => {
  const db = corrected();
  expect(drop(db, text, night, more)).toMatchObject({ accepted: 1 });
  expect(shown(db)).toEqual([
    ['ada.able', 'E', 'queued'],
    ['ada', 'E', 'queued'],
  ]);
  expect(drop(db, text, night + 1)).toMatchObject({ accepted: 0, duplicates: 1 });
});

test.each([
  ['before', (rows: string[]) => rows],
  ['after', (rows: string[]) => rows.toReversed()],
])('a name that was corrected to somebody else’s is found out by the row of that one, also %s it', (_, inOrder) => {
  const db = corrected();
  const [header, ada] = row().split('\n');
  const list = [header, ...inOrder([ada ?? '', `Berta Baker,${RIGHT},N`]), ''].join('\n');
  for (const night of [1, 2]) drop(db, list, night);
  expect(shown(db)).toContainEqual(['ada.able', 'E', 'held']);
  expect(shown(db)).toContainEqual(['ada', 'E', 'queued']);
  expect(storedPeople(db)[0]?.displayName).toBe('Berta Baker');
});
