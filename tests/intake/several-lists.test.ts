/** Several lists that come every night, each with the same people written in its own way. */
import { describe, expect, test } from 'vitest';
import type { Db } from '#db/client.ts';
import { emptyDatabase, importBytes, NOW, storedEvents, storedPeople, storedRows } from './build.ts';

const LIST = { sourceKind: 'drop_folder', receivedFrom: 'idm' } as const;
const HR = (name = 'Able, Ada', type = 'E') => `CN,UPN,EmployeeType\n"${name}",ada@contoso.example,${type}\n`;
const DIRECTORY = (type = 'E') => `givenName;sn;UPN;EmployeeType\nAda;Able;ada@contoso.example;${type}\n`;

let nights = 0;

function drop(db: Db, text: string, more = {}) {
  nights += 1;
  return importBytes(db, text, { ...LIST, name: `list-${nights}.csv`, now: NOW + nights * 43_200_000, ...more });
}

const become = (db: Db, state: string) =>
  db.$client.exec(`update people set state = '${state}', next_check_at = null, licensed_at = null`);
const shown = (db: Db) =>
  storedPeople(db).map(({ displayName, employeeType, state }) => [displayName, employeeType, state]);

test.each(['dismissed', 'provisioned', 'needs_attention'])(
  'whoever is %s stays so, however often lists that write a name in two ways come again',
  (state) => {
    const db = emptyDatabase();
    drop(db, HR());
    drop(db, DIRECTORY());
    become(db, state);
    const [events, rows] = [storedEvents(db).length, storedRows(db).length];
    for (const text of [HR(), DIRECTORY(), HR(), DIRECTORY()])
      expect(drop(db, text)).toMatchObject({ accepted: 0, duplicates: 1, rows: 1 });
    expect(shown(db)).toEqual([['Ada Able', 'E', state]]);
    expect([storedEvents(db).length, storedRows(db).length]).toEqual([events + 4, rows]);
  },
);

test('a time that another column has every night makes no other row of it', () => {
  const db = emptyDatabase();
  const hr = (night: number) => `CN,UPN,EmployeeType,At\n"Able, Ada",ada@contoso.example,E,${night}:00\n`;
  drop(db, hr(1));
  drop(db, DIRECTORY());
  become(db, 'dismissed');
  for (const night of [2, 3]) for (const text of [hr(night), DIRECTORY()]) drop(db, text);
  expect(shown(db)).toEqual([['Ada Able', 'E', 'dismissed']]);
});

test('what a list says that is new counts, also where it says again what it said before that', () => {
  const db = emptyDatabase();
  drop(db, HR());
  drop(db, DIRECTORY());
  become(db, 'dismissed');
  drop(db, HR('Baker, Ada'));
  expect(shown(db)).toEqual([['Baker, Ada', 'E', 'queued']]);
  drop(db, DIRECTORY());
  expect(shown(db)).toEqual([['Baker, Ada', 'E', 'queued']]);
  drop(db, HR());
  expect(shown(db)).toEqual([['Able, Ada', 'E', 'queued']]);
});

test('a list takes back what it alone said, also where another list repeats in between what is right', () => {
  const db = emptyDatabase();
  const [hr, directory] = [
    (day: string) => `CN,UPN,EmployeeType,StartDate\nAda Able,ada@contoso.example,E,${day}\n`,
    (day: string) => `givenName;sn;UPN;EmployeeType;StartDate\nAda;Able;ada@contoso.example;E;${day}\n`,
  ];
  for (const text of [hr('2026-06-01'), directory('2026-06-01'), hr('2026-06-01'), directory('2026-05-01')])
    drop(db, text);
  expect(storedPeople(db)[0]?.startDate).toBe('2026-05-01');
  for (const text of [hr('2026-06-01'), directory('2026-06-01')]) drop(db, text);
  expect(storedPeople(db)[0]?.startDate).toBe('2026-06-01');
});

test('a list that contradicts another about the type asks once, whichever comes again', () => {
  const db = emptyDatabase();
  drop(db, HR());
  drop(db, DIRECTORY('N'));
  expect(shown(db)).toEqual([['Ada Able', 'E', 'held']]);
  const events = storedEvents(db).filter(({ kind }) => kind === 'person.disputed').length;
  for (const text of [HR(), DIRECTORY('N'), HR(), DIRECTORY('N')]) drop(db, text);
  expect(shown(db)).toEqual([['Ada Able', 'E', 'held']]);
  expect(storedEvents(db).filter(({ kind }) => kind === 'person.disputed')).toHaveLength(events);
});

test('whoever brings a list by hand or from elsewhere means it', () => {
  for (const more of [{ sourceKind: 'upload', receivedFrom: 'Hana' }, { receivedFrom: 'somebody' }] as const) {
    const db = emptyDatabase();
    drop(db, HR(), more);
    drop(db, DIRECTORY());
    become(db, 'dismissed');
    drop(db, HR(), more.receivedFrom === 'Hana' ? more : {});
    expect(shown(db)).toEqual([['Able, Ada', 'E', 'queued']]);
  }
});

describe('two lists of one header', () => {
  const list = (name: string, type = 'E') => `CN,UPN,EmployeeType\n${name},ada@contoso.example,${type}\n`;
  const hr = (db: Db, text = list('Ada Able')) => drop(db, text, { name: `HR_${nights}.csv` });
  const sap = (db: Db, text = list('Able Ada')) => drop(db, text, { name: `sap-${nights}-export.csv` });

  test.each(['dismissed', 'provisioned'])('that write a name each in its own way leave whoever is %s so', (state) => {
    const db = emptyDatabase();
    hr(db);
    sap(db);
    become(db, state);
    const [events, rows] = [storedEvents(db).length, storedRows(db).length];
    for (let night = 2; night <= 4; night += 1) {
      hr(db);
      sap(db);
    }
    expect(shown(db)).toEqual([['Able Ada', 'E', state]]);
    expect([storedEvents(db).length, storedRows(db).length]).toEqual([events + 6, rows]);
  });

  test('count with what either says that is new, and with every other type', () => {
    const db = emptyDatabase();
    hr(db);
    sap(db);
    hr(db, list('Ada Baker'));
    sap(db);
    expect(shown(db)).toEqual([['Ada Baker', 'E', 'queued']]);
    become(db, 'provisioned');
    db.$client.exec('update people set licensed_at = 1');
    sap(db, list('Able Ada', 'N'));
    hr(db, list('Ada Baker'));
    expect(shown(db)[0]?.[1]).toBe('E');
  });

  test('that contradict each other reopen nobody who was dismissed for it', () => {
    const db = emptyDatabase();
    hr(db);
    sap(db, list('Able Ada', 'N'));
    become(db, 'dismissed');
    for (let night = 2; night <= 4; night += 1) {
      hr(db);
      sap(db, list('Able Ada', 'N'));
    }
    expect(shown(db)[0]?.[2]).toBe('dismissed');
  });
});
