/** The same person in two rows, of one file or of two. */
import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import type { Db } from '#db/client.ts';
import { fileRows } from '#db/schema/files.ts';
import { settings } from '#db/schema/system.ts';
import { intakeStore } from '#db/store/files/import.ts';
import { COLUMN_FIELDS, KNOWN_COLUMNS, type KnownColumn } from '#lib/domain/newcomer.ts';
import { isClosed, PERSON_STATES } from '#lib/domain/states.ts';
import { emptyDatabase, importBytes, NOW, storedEvents, storedFiles, storedPeople, storedRows } from './build.ts';

const HEADER = 'CN,UserPrincipalName,EmployeeType\n';
const LATER = NOW + 3_600_000;

/** As saved in Settings. */
function letNewestRowWin(db: Db): void {
  db.insert(settings).values({ key: 'settings.newestRowWins', value: true, updatedAt: NOW, updatedBy: 'Ada' }).run();
}

describe('the same person twice', () => {
  test('in one file: the person keeps what the first row says and is held, and the second says where it disagrees', () => {
    const db = emptyDatabase();
    importBytes(db, `${HEADER}Anna,anna@contoso.example,E\nAnna,anna@contoso.example,N\n`);
    expect(storedPeople(db)).toMatchObject([{ employeeType: 'E', state: 'held', revision: 1 }]);
    expect(JSON.parse(storedRows(db)[1]?.problems ?? '')).toMatchObject([
      {
        column: 'EmployeeType',
        message: 'EmployeeType is "N" here, but an earlier row of this file says "E": someone has to choose',
      },
    ]);
    expect(storedEvents(db).map(({ kind }) => kind)).toEqual(['person.disputed', 'file.accepted']);
  });

  test.each([
    [false, 'CN is "Anna B" here, but an earlier row of this file says "Anna", which is used', 'Anna'],
    [true, 'CN is "Anna B" here, which is used; an earlier row of this file says "Anna"', 'Anna B'],
  ])('in one file, the newest row wins: %s. It is said which row is used', (newestWins, message, name) => {
    const db = emptyDatabase();
    if (newestWins) letNewestRowWin(db);
    const type = newestWins ? 'N' : 'E';
    importBytes(db, `${HEADER}Anna,anna@contoso.example,E\nAnna B,anna@contoso.example,${type}\n`);
    expect(storedRows(db)[1]?.problems).toContain(JSON.stringify(message).slice(1, -1));
    expect(storedPeople(db)).toMatchObject([{ displayName: name }]);
  });

  test('in a later file, where Settings say so: the newest row is right, and what it changed is an event', () => {
    const db = emptyDatabase();
    letNewestRowWin(db);
    importBytes(db, 'CN,UPN,Type,UsageLocation,StartDate\nAnna,anna@contoso.example,E,DE,2026-03-04\n');
    db.$client.exec(
      "insert into mappings (id, employee_type, employee_type_key, version, licences, created_at, created_by) values (7, 'E', 'e', 1, '[]', 0, 'x'); update people set mapping_id = 7",
    );
    importBytes(db, 'CN,UPN,Type,UsageLocation\nAnna Able,anna@contoso.example,N,FR\n', {
      name: 'later.csv',
      now: LATER,
    });
    expect(storedPeople(db)).toMatchObject([
      // The later file has no StartDate column, so the date stays; the mapping belonged to the former EmployeeType.
      {
        displayName: 'Anna Able',
        employeeType: 'N',
        usageLocation: 'FR',
        startDate: '2026-03-04',
        nextCheckAt: LATER,
        mappingId: null,
      },
    ]);
    const changed = storedEvents(db).find(({ kind }) => kind === 'person.changed');
    expect(JSON.parse(changed?.data ?? '')).toEqual({
      changes: [
        { column: 'CN', before: 'Anna', after: 'Anna Able' },
        { column: 'EmployeeType', before: 'E', after: 'N' },
        { column: 'UsageLocation', before: 'DE', after: 'FR' },
      ],
      row: { file: 'later.csv', line: 2 },
    });
    expect(storedRows(db)[1]).toMatchObject({ verdict: 'duplicate', duplicateOfRowId: 1 });
  });

  test('every known column of a file is kept with the person, and a later file changes it', () => {
    const db = emptyDatabase();
    letNewestRowWin(db);
    const values: Record<KnownColumn, [first: string, later: string]> = {
      UserPrincipalName: ['anna@contoso.example', 'anna@contoso.example'],
      CN: ['Anna', 'Anna Able'],
      EmployeeType: ['E', 'N'],
      UsageLocation: ['DE', 'FR'],
      StartDate: ['2026-03-04', '2026-05-06'],
    };
    for (const index of [0, 1] as const) {
      const row = KNOWN_COLUMNS.map((column) => values[column][index]);
      importBytes(db, `${KNOWN_COLUMNS.join()}\n${row.join()}\n`, { name: `${index}.csv`, now: NOW + index });
      const kept = intakeStore(db).findPerson('anna@contoso.example');
      expect(KNOWN_COLUMNS.map((column) => kept?.[COLUMN_FIELDS[column]])).toEqual(row);
    }
  });

  test.each(PERSON_STATES)(
    'dropped again while %s, with something new: checked again where that is allowed, and the event is stored with it',
    (state) => {
      const db = emptyDatabase();
      importBytes(db, `${HEADER}Anna,anna@contoso.example,E\n`);
      db.$client.prepare('update people set state = ?, revision = 3, next_check_at = null').run(state);
      importBytes(db, `${HEADER}Annabel,anna@contoso.example,E\n`, { name: 'again.csv', now: LATER });
      // Whoever is done is verified first.
      const moves = ['needs_attention', 'dismissed'].includes(state);
      expect(storedPeople(db)).toMatchObject([
        { state: moves ? 'queued' : state, revision: moves ? 5 : 4, nextCheckAt: state === 'held' ? null : LATER },
      ]);
      expect(storedEvents(db).filter(({ kind }) => kind === 'person.dropped_again')).toMatchObject([
        { personId: 1, fromState: moves ? state : null, toState: moves ? 'queued' : null },
      ]);
    },
  );

  test.each(PERSON_STATES)(
    'dropped again while %s, word for word: reopens nobody; who is waited for or done is checked, and no event is stored',
    (state) => {
      const db = emptyDatabase();
      importBytes(db, `${HEADER}Anna,anna@contoso.example,E\n`);
      db.$client.prepare('update people set state = ?, revision = 3, next_check_at = null').run(state);
      const events = storedEvents(db).length;
      const again = importBytes(db, `${HEADER}Anna,anna@contoso.example,E\n`, { name: 'again.csv', now: LATER });
      const stays = ['held', 'needs_attention', 'dismissed'].includes(state);
      expect(storedPeople(db)).toMatchObject([{ state, revision: 3, nextCheckAt: stays ? null : LATER }]);
      expect(again).toMatchObject({ rows: 1, accepted: 0, duplicates: 1 });
      expect(storedEvents(db).slice(events)).toMatchObject([{ kind: 'file.accepted', personId: null }]);
    },
  );

  test.each(PERSON_STATES)(
    'a row that says that this person leaves, while %s: told and nothing changed where nothing is left to do, else open until somebody says more',
    (state) => {
      const db = emptyDatabase();
      const header = 'CN,UserPrincipalName,EmployeeType,UsageLocation,Status\n';
      importBytes(db, `${header}Anna,anna@contoso.example,E,DE,Active\n`);
      db.$client.prepare('update people set state = ?, revision = 3, next_check_at = null').run(state);
      const isDone = isClosed(state);
      for (const night of [1, 2, 3]) {
        const left = importBytes(db, `${header}Anna L.,anna@contoso.example,N,FR,Terminated\n`, { now: NOW + night });
        expect(left).toMatchObject(
          isDone ? { duplicates: 1, rejected: [] } : { duplicates: 0, rejected: [{ line: 2 }] },
        );
      }
      expect(storedPeople(db)).toMatchObject([
        { displayName: 'Anna', employeeType: 'E', usageLocation: 'DE', state, revision: 3 },
      ]);
      expect(storedRows(db)[1]?.problems).toContain('Status says \\"Terminated\\"');
      importBytes(db, `${header}Annabel,anna@contoso.example,E,DE,Active\n`, { now: NOW + 9 });
      expect(storedPeople(db)).toMatchObject([{ displayName: 'Annabel' }]);
    },
  );

  test('a row that says that somebody leaves who still waits for a licence says where the waiting is ended', () => {
    const db = emptyDatabase();
    const header = 'CN,UserPrincipalName,EmployeeType,Status\n';
    importBytes(db, `${header}Anna,anna@contoso.example,E,Active\n`);
    const leaves = (person: string, night: number) =>
      importBytes(db, `${header}${person},E,Terminated\n`, { name: `${night}.csv`, now: NOW + night }).rejected[0]
        ?.problem;
    const told = /gets no licence; Anna is waiting under People all the same and may get a licence: dismiss/;
    expect(leaves('Anna,anna@contoso.example', 1)).toMatch(told);
    expect(leaves('Ben,ben@contoso.example', 2)).toMatch(/gets no licence\.$/);
    db.$client.exec("update people set state = 'awaiting_mailbox', licensed_at = 1");
    expect(leaves('Anna,anna@contoso.example', 3)).toMatch(/gets no licence\.$/);
  });

  test.each([
    ['capitals', 'ANNA ABLE,Anna@Contoso.example,e'],
    ['blanks', 'Anna  Able ,anna@contoso.example, E'],
    ['the way of composing letters', `Anna Able,anna@contoso.example,E`.normalize('NFD')],
  ])('a row that differs in nothing but %s reopens nobody who was dismissed', (_, row) => {
    const db = emptyDatabase();
    importBytes(db, `${HEADER}Anna Able,anna@contoso.example,E\n`);
    db.$client.exec("update people set state = 'dismissed', next_check_at = null");
    importBytes(db, `${HEADER}${row}\n`, { name: 'again.csv', now: LATER });
    expect(storedPeople(db)).toMatchObject([{ displayName: 'Anna Able', employeeType: 'E', state: 'dismissed' }]);
    importBytes(db, `${HEADER}Anna Abel,anna@contoso.example,E\n`, { name: 'new.csv', now: LATER + 1 });
    expect(storedPeople(db)).toMatchObject([{ displayName: 'Anna Abel', state: 'queued' }]);
  });

  test.each(['', 'TBD', 'NULL', '-', '#N/A', '#BEZUG!', 'Err:502'])(
    '%j takes away neither a known date nor a known country, and the row says that they stay',
    (value) => {
      const db = emptyDatabase();
      const header = 'CN,UserPrincipalName,EmployeeType,UsageLocation,StartDate\n';
      importBytes(db, `${header}Anna,anna@contoso.example,E,DE,2026-09-01\n`);
      importBytes(db, `${header}Anna B,anna@contoso.example,E,${value},${value}\n`, { name: 'again.csv', now: LATER });
      expect(storedPeople(db)).toMatchObject([{ displayName: 'Anna B', usageLocation: 'DE', startDate: '2026-09-01' }]);
      expect(storedRows(db)[1]?.problems).toContain('StartDate is empty here; what was known before stays: 2026-09-01');
    },
  );

  test('a row that says nothing but that a date is open reopens nobody who was dismissed', () => {
    const db = emptyDatabase();
    const header = 'CN,UserPrincipalName,EmployeeType,StartDate\n';
    importBytes(db, `${header}Anna,anna@contoso.example,E,2026-09-01\n`);
    db.$client.exec("update people set state = 'dismissed', next_check_at = null");
    importBytes(db, `${header}Anna,anna@contoso.example,E,TBD\n`, { name: 'again.csv', now: LATER });
    expect(storedPeople(db)).toMatchObject([{ state: 'dismissed' }]);
  });

  test.each([
    ['the same row, which is read better now', 'CN,UPN,EmployeeType,Beginn', 'Anna,anna@contoso.example,E,2026-09-01'],
    ['a first day that has passed', 'CN,UPN,EmployeeType,HireDate', 'Anna,anna@contoso.example,E,2019-09-01'],
  ])('%s reopens nobody who was dismissed', (what, header, row) => {
    const db = emptyDatabase();
    if (what.startsWith('the same')) importBytes(db, `${header}\n${row}\n`);
    else importBytes(db, `${HEADER}Anna,anna@contoso.example,E\n`);
    db.$client.exec("update people set state = 'dismissed', next_check_at = null, start_date = null, row_hash = 0");
    importBytes(db, `${header}\n${row}\n`, { name: 'again.csv', now: LATER });
    expect(storedPeople(db)).toMatchObject([{ state: 'dismissed' }]);
    const begins = 'CN,UPN,EmployeeType,StartDate\nAnna,anna@contoso.example,E,2026-10-01\n';
    importBytes(db, begins, { name: 'new.csv', now: LATER + 1 });
    expect(storedPeople(db)).toMatchObject([{ state: 'queued', startDate: '2026-10-01' }]);
  });

  test('a name that is spelled in other capitals is taken over for whoever is waited for', () => {
    const db = emptyDatabase();
    importBytes(db, `${HEADER}ANNA MCLEAN,anna@contoso.example,E\n`);
    importBytes(db, `${HEADER}Anna McLean,anna@contoso.example,E\n`, { name: 'again.csv', now: LATER });
    expect(storedPeople(db)).toMatchObject([{ displayName: 'Anna McLean', state: 'queued' }]);
  });

  test('what an operator corrected outlives the list of the next night, until the IDM says something new', () => {
    const db = emptyDatabase();
    importBytes(db, `${HEADER}Anna,anna@contoso.example,Q\n`);
    db.$client.prepare("update people set employee_type = 'E', employee_type_key = 'e'").run();
    importBytes(db, `${HEADER}Anna,anna@contoso.example,Q\n`, { name: 'night.csv', now: LATER });
    expect(storedPeople(db)).toMatchObject([{ employeeType: 'E' }]);
    importBytes(db, `${HEADER}Anna,anna@contoso.example,N\n`, { name: 'next.csv', now: LATER + 1 });
    expect(storedPeople(db)).toMatchObject([{ employeeType: 'E', state: 'held' }]);
  });

  test('a list that repeats what is known costs at most 60 bytes a row, and every row is there to be read', () => {
    const db = emptyDatabase();
    const rows = Array.from({ length: 1000 }, (_, n) => `Anna Number ${n},anna${n}@contoso.example,E`);
    const text = `${HEADER}${rows.join('\n')}\n`;
    const size = () => Number(db.$client.pragma('page_count', { simple: true })) * 4096;
    importBytes(db, text);
    const before = size();
    const nights = 4;
    for (let night = 1; night <= nights; night += 1)
      importBytes(db, text, { name: `night${night}.csv`, now: LATER + night });
    expect((size() - before) / (nights * rows.length)).toBeLessThan(60);
    const [last] = storedFiles(db).slice(-1);
    const read = db
      .select()
      .from(fileRows)
      .where(eq(fileRows.fileId, last?.id ?? ''))
      .orderBy(fileRows.line)
      .all();
    expect(read.map(({ line, raw, verdict }) => `${line} ${raw} ${verdict}`)).toEqual(
      rows.map((row, index) => `${index + 2} ${row} duplicate`),
    );
  });
});

describe('a further row of one file adds what the rows before it left empty', () => {
  const header = 'CN,UPN,EmployeeType,UsageLocation,StartDate\n';
  const imported = (db: Db, ...rows: string[]) => importBytes(db, `${header}${rows.join('\n')}\n`, { now: LATER });
  const shown = (db: Db) =>
    storedPeople(db).map((one) =>
      [one.displayName, one.employeeType, one.usageLocation, one.startDate, one.state].join(),
    );

  test.each([
    ['a first day', 'Ada,a@contoso.example,E,DE,', 'Ada,a@contoso.example,E,DE,2026-09-01'],
    ['a type', 'Ada,a@contoso.example,,DE,2026-09-01', 'Ada,a@contoso.example,E,,'],
    ['a name and a country', ',a@contoso.example,E,,2026-09-01', 'Ada,a@contoso.example,E,DE,'],
  ])('%s', (_, first, second) => {
    const db = emptyDatabase();
    expect(imported(db, first, second)).toMatchObject({ accepted: 1, duplicates: 1 });
    expect(shown(db)).toEqual(['Ada,E,DE,2026-09-01,queued']);
    expect(storedRows(db)[1]?.problems ?? '').not.toContain('earlier row');
  });

  test('and replaces nothing that they say', () => {
    const db = emptyDatabase();
    imported(
      db,
      'Ada,a@contoso.example,E,DE,',
      'Ada,a@contoso.example,N,DE,2026-09-01',
      'Ada,a@contoso.example,E,DE,2026-05-01',
    );
    expect(shown(db)).toEqual(['Ada,E,DE,2026-09-01,held']);
  });

  test('but not again what an operator has emptied since, and of nobody who is done', () => {
    const db = emptyDatabase();
    const rows = ['Ada,a@contoso.example,E,DE,', 'Ada,a@contoso.example,E,DE,2026-09-01'];
    imported(db, ...rows);
    db.$client.exec('update people set start_date = null');
    imported(db, ...rows);
    expect(shown(db)).toEqual(['Ada,E,DE,,queued']);
    db.$client.exec(`update people set state = 'dismissed', next_check_at = null`);
    imported(db, 'Ada,a@contoso.example,E,DE,', 'Ada,a@contoso.example,E,DE,2026-10-01');
    expect(shown(db)).toEqual(['Ada,E,DE,,dismissed']);
  });
});
