import { hash } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import type { Db } from '#db/client.ts';
import { rowCases } from '#db/schema/row-cases.ts';
import { reopenCase, settleCase } from '#db/store/row-cases/row-cases.ts';
import { saveSettings } from '#db/store/system/settings.ts';
import { cleanUpDaily } from '#lib/engine/retention.ts';
import { readEnv } from '#lib/env.ts';
import { whyClosedIn } from '#lib/words/sentences.ts';
import {
  emptyDatabase,
  importBytes,
  NOW,
  storedEvents,
  storedFiles,
  storedPeople,
  storedRows,
  tempFolder,
} from './build.ts';

const HEADER = 'CN,UserPrincipalName,EmployeeType\n';
const SCANNER = 'Scanner,scanner@@contoso.example,E\n';
const HANA = { name: 'Hana', key: 'entra/hana' };

const LIST = { sourceKind: 'drop_folder', receivedFrom: 'idm' } as const;

let nights = 0;

/** The list of everybody, as it comes every night, with one newcomer more. */
function night(db: Db, rows: string, header = HEADER): ReturnType<typeof importBytes> {
  nights += 1;
  const newcomer = `New ${nights},new${nights}@contoso.example,E\n`;
  return importBytes(db, `${header}${rows}${newcomer}`, {
    ...LIST,
    name: `list-${nights}.csv`,
    now: NOW + nights * 1000,
  });
}

function casesOf(db: Db, fileId: string) {
  const { id, revision, status, settledBy, why } = rowCases;
  const ofFile = db.select({ id, revision, status, settledBy, why }).from(rowCases).where(eq(rowCases.fileId, fileId));
  return ofFile.orderBy(id).all();
}

function onlyCase(db: Db, fileId: string) {
  const [only, ...others] = casesOf(db, fileId);
  if (!only || others.length > 0) throw new Error('one case was expected');
  return only;
}

test('a row that stayed out and comes again every night is one open case: the first', () => {
  const db = emptyDatabase();
  const [first, second, third] = [night(db, SCANNER), night(db, SCANNER), night(db, SCANNER)];
  expect([first, second, third].map(({ rejected }) => rejected.length)).toEqual([1, 1, 1]);
  expect(onlyCase(db, first.id)).toMatchObject({ status: 'open' });
  const why = `It came before, word for word, as line 2 of ${first.name}, and is decided there.`;
  for (const again of [second, third])
    expect(onlyCase(db, again.id)).toMatchObject({ status: 'closed', settledBy: 'AutoProvision', why });
  expect(storedEvents(db).filter(({ kind }) => kind === 'row.closed')).toMatchObject([
    {
      message: `engine closed line 2 of ${second.name}: it came before, word for word, and is decided where it first came`,
    },
    { message: expect.stringContaining(third.name) },
  ]);
});

test('a row that an operator closed does not come back with the list of the next night', () => {
  const db = emptyDatabase();
  const first = night(db, SCANNER);
  settleCase(db, onlyCase(db, first.id), { status: 'closed', by: HANA, at: NOW, why: 'a device' });
  expect(onlyCase(db, night(db, SCANNER).id)).toMatchObject({
    status: 'closed',
    why: expect.stringContaining(first.name),
  });
});

test('a row that an operator corrected is that person, and comes back as nobody else', () => {
  const db = emptyDatabase();
  const first = night(db, SCANNER);
  settleCase(db, onlyCase(db, first.id), { status: 'corrected', by: HANA, at: NOW });
  const people = storedPeople(db).length;
  expect(onlyCase(db, night(db, SCANNER).id)).toMatchObject({ status: 'closed' });
  expect(storedPeople(db)).toHaveLength(people + 1);
});

test('a repeated row that somebody opened again is the one that later lists repeat', () => {
  const db = emptyDatabase();
  night(db, SCANNER);
  const second = night(db, SCANNER);
  expect(reopenCase(db, onlyCase(db, second.id))).toBe(true);
  expect(onlyCase(db, night(db, SCANNER).id).why).toContain(`line 2 of ${second.name}`);
});

test('a row that is missing from the lists of some nights is not asked about again when it is back', () => {
  const db = emptyDatabase();
  const first = night(db, SCANNER);
  settleCase(db, onlyCase(db, first.id), { status: 'closed', by: HANA, at: NOW, why: 'a device' });
  for (const without of ['', 'Plotter,plotter@@contoso.example,E\n', '']) night(db, without);
  expect(onlyCase(db, night(db, SCANNER).id)).toMatchObject({
    status: 'closed',
    why: expect.stringContaining(`line 2 of ${first.name}`),
  });
});

test('of several lists with a row the newest counts, also where the row was missing in between', () => {
  const db = emptyDatabase();
  night(db, SCANNER);
  const second = night(db, SCANNER);
  expect(reopenCase(db, onlyCase(db, second.id))).toBe(true);
  night(db, '');
  expect(onlyCase(db, night(db, SCANNER).id).why).toContain(`line 2 of ${second.name}`);
});

test('a row says something else where one letter, the header or its sender is another: a case of its own', () => {
  const db = emptyDatabase();
  night(db, SCANNER);
  expect(onlyCase(db, night(db, SCANNER.replace('Scanner', 'Scanners')).id)).toMatchObject({ status: 'open' });
  expect(onlyCase(db, night(db, SCANNER, 'DisplayName,UserPrincipalName,EmployeeType\n').id)).toMatchObject({
    status: 'open',
  });
  const other = importBytes(db, `${HEADER}${SCANNER}`, {
    name: 'other.csv',
    receivedFrom: 'somebody',
    now: NOW + 90_000,
  });
  expect(onlyCase(db, other.id)).toMatchObject({ status: 'open' });
});

test('the same row twice in one file is two cases, and the next list repeats both', () => {
  const db = emptyDatabase();
  const first = night(db, SCANNER + SCANNER);
  expect(casesOf(db, first.id).map(({ status }) => status)).toEqual(['open', 'open']);
  expect(casesOf(db, night(db, SCANNER + SCANNER).id).map(({ status }) => status)).toEqual(['closed', 'closed']);
});

test('old data goes, but no row that stayed out: what a later one says of the first stays true, and the next list repeats both', async () => {
  const db = emptyDatabase();
  const env = readEnv({ DATA_DIR: tempFolder() });
  const [first, second] = [night(db, SCANNER), night(db, SCANNER)];
  settleCase(db, onlyCase(db, first.id), { status: 'closed', by: HANA, at: NOW, why: 'a device' });
  const before = [casesOf(db, first.id), casesOf(db, second.id)];
  saveSettings(db, env, { historyYears: 1 }, HANA, NOW);
  // The history of whoever is open is kept.
  db.$client.exec("update people set state = 'provisioned', next_check_at = null");
  const later = NOW + 5 * 365 * 86_400_000;
  const deleted = await cleanUpDaily({ db, env }, new AbortController().signal, later);
  expect(deleted?.events).toBeGreaterThan(0);
  expect([casesOf(db, first.id), casesOf(db, second.id)]).toEqual(before);
  const named = /line (\d+) of (.+?), and/.exec(before[1]?.[0]?.why ?? '');
  const kept = storedRows(db).find(({ fileId, line }) => fileId === first.id && line === Number(named?.[1]));
  expect([kept?.raw, storedFiles(db)[0]?.name]).toEqual([SCANNER.trim(), named?.[2]]);
  expect(onlyCase(db, night(db, SCANNER).id)).toMatchObject({ status: 'closed', why: before[1]?.[0]?.why });
});

describe('a row that says the same in all that counts is the same row', () => {
  /** What became of the row of a list that comes on several nights; `of` writes it as it is on each of them. */
  function settledOn(columns: string, of: (night: number) => string): string[] {
    const db = emptyDatabase();
    return [1, 2, 3].map((day) => {
      const name = `night-${day}.csv`;
      const text = `${columns}\n${of(day)}\n`;
      const { id } = importBytes(db, text, { ...LIST, name, now: NOW + (day - 1) * 86_400_000 });
      return casesOf(db, id)
        .map(({ status, why }) => `${status} ${/line \d+ of .*csv/.exec(why ?? '')?.[0] ?? ''}`.trim())
        .join();
    });
  }
  const FIRST_COUNTS = ['open', 'closed line 2 of night-1.csv', 'closed line 2 of night-1.csv'];
  const ALL_OPEN = ['open', 'open', 'open'];
  const KNOWN = 'CN,UserPrincipalName,EmployeeType';

  test.each([
    [
      'a time beside an address',
      `${KNOWN},ExportedAt`,
      (n: number) => `Scan,scan@@contoso.example,E,2026-03-0${n + 3} 02:00`,
    ],
    ['a run number beside a name', `${KNOWN},Run`, (n: number) => `Scan,scan,E,run ${n}`],
    ['a number of the row', `No.,${KNOWN}`, (n: number) => `${n},Anna Able,,E`],
    [
      'the day of the export without an address',
      `${KNOWN},Changed`,
      (n: number) => `Anna Able,,E,2026-03-0${n + 3}T02:00:00Z`,
    ],
    [
      'a time beside somebody who leaves',
      `${KNOWN},Status,At`,
      (n: number) => `A,a@contoso.example,E,Terminated,${n}:00`,
    ],
    ['a count below the table', KNOWN, (n: number) => `Total,${n + 56},`],
    ['a count in one cell', KNOWN, (n: number) => `(${n + 56} rows affected)`],
    ['a time below the table', KNOWN, (n: number) => `Generated on 2026-03-0${n} at 02:0${n},,`],
  ])('%s', (_, columns, of) => expect(settledOn(columns, of)).toEqual(FIRST_COUNTS));

  test.each([
    ['another name', `${KNOWN},Run`, (n: number) => `Scan ${n},scan@@contoso.example,E,1`],
    ['another type', `${KNOWN},Run`, (n: number) => `Scan,scan@@contoso.example,E${n},1`],
    ['another address', `${KNOWN},Run`, (n: number) => `Scan,scan${n}@@contoso.example,E,1`],
    ['another number of staff, without an address', `${KNOWN},PersonnelNo`, (n: number) => `Anna Able,,E,${n}`],
    ['another day of birth, without an address', `${KNOWN},Born`, (n: number) => `Anna Able,,E,199${n}-03-04`],
    ['another word of leaving', `${KNOWN},Status`, (n: number) => `A,a@contoso.example,E,Terminated (${n})`],
    [
      'other rows swallowed by a note',
      `${KNOWN},Note`,
      (n: number) => `A,a@contoso.example,E,"x\nB,b${n}@contoso.example,E,y"`,
    ],
    ['a device whose name begins as a total does', KNOWN, (n: number) => `Page printer ${n},,E`],
    ['nothing but numbers that may be of anybody', `${KNOWN},PersonnelNo`, (n: number) => `,,,${n}`],
  ])('%s is another row', (_, columns, of) => expect(settledOn(columns, of)).toEqual(ALL_OPEN));

  describe('whatever the order of the columns and their quotes', () => {
    const nights = (...texts: string[]) => {
      const db = emptyDatabase();
      return texts.map((text, day) => {
        const { id } = importBytes(db, text, { ...LIST, name: `night-${day + 1}.csv`, now: NOW + day * 86_400_000 });
        return casesOf(db, id)
          .map(({ status, why }) => `${status} ${/line \d+ of .*csv/.exec(why ?? '')?.[0] ?? ''}`.trim())
          .join();
      });
    };

    test.each([
      ['in another order', `EmployeeType,Note,UserPrincipalName,CN\nE,a,scan@@contoso.example,Scan\n`],
      ['quoted', '"CN","UserPrincipalName","EmployeeType","Note"\n"Scan","scan@@contoso.example","E","a"\n'],
      ['with semicolons', 'Note;CN;UserPrincipalName;EmployeeType\nb;Scan;scan@@contoso.example;E\n'],
    ])('%s', (_, other) => {
      const first = `${KNOWN},Note\nScan,scan@@contoso.example,E,a\n`;
      expect(nights(first, other, first)).toEqual(FIRST_COUNTS);
    });

    test('a row of another width, newly quoted', () =>
      expect(nights(`${KNOWN}\nA,B,a@contoso.example,E\n`, `${KNOWN}\n"A","B","a@contoso.example","E"\n`)).toEqual(
        FIRST_COUNTS.slice(0, 2),
      ));

    test('the name in two columns', () =>
      expect(
        nights(
          'First name,Last name,UPN,EmployeeType\nAda,Able,ada,E\n',
          'Last name,First name,UPN,EmployeeType\nAble,Ada,ada,E\n',
          'Last name,First name,UPN,EmployeeType\nAble,Bo,ada,E\n',
        ),
      ).toEqual([...FIRST_COUNTS.slice(0, 2), 'open']));

    test('the same words below other columns say something else, and so does one more column', () => {
      const row = 'scan,scan,E\n';
      expect(
        nights(`${KNOWN}\n${row}`, `UserPrincipalName,EmployeeType,CN\n${row}`, `${KNOWN},Note\nscan,scan,E,\n`),
      ).toEqual(ALL_OPEN);
    });
  });

  test('it is not said to have come word for word, also where the night before it did', () => {
    const db = emptyDatabase();
    const rows = ['02:00', '03:00', '03:00'].map((at, night) =>
      importBytes(db, `${KNOWN},At\nScan,scan,E,${at}\n`, { ...LIST, name: `n${night}.csv`, now: NOW + night }),
    );
    const why = 'It came before, with the same in all that counts, as line 2 of n0.csv, and is decided there.';
    expect(rows.map(({ id }) => onlyCase(db, id).why)).toEqual([null, why, why]);
    expect(whyClosedIn('de', why)).toMatch(/in allem Wesentlichen gleich, als Zeile 2 von n0\.csv/);
    expect(storedEvents(db).filter(({ kind }) => kind === 'row.closed')).toMatchObject(
      [1, 2].map(() => ({ message: expect.stringContaining('with the same in all that counts') })),
    );
  });
});

describe('a file that is refused every day for the same reason', () => {
  const dropped = (db: Db, text: string, day: number, more = {}) => {
    const { id } = importBytes(db, text, { ...LIST, name: `day-${day}.csv`, now: NOW + day, ...more });
    return onlyCase(db, id);
  };

  test.each([['an empty one'], ['one without our columns']])('is asked about once: %s', (what) => {
    const text = what === 'an empty one' ? '' : 'Room,Floor\n1,2\n';
    const db = emptyDatabase();
    expect(dropped(db, text, 1)).toMatchObject({ status: 'open' });
    const why = 'It came before, byte for byte, as day-1.csv, and is decided there.';
    for (const day of [2, 3])
      expect(dropped(db, text, day)).toMatchObject({ status: 'closed', settledBy: 'AutoProvision', why });
    expect(whyClosedIn('de', why)).toMatch(/Byte für Byte als day-1\.csv/);
    expect(storedEvents(db).at(-1)).toMatchObject({
      kind: 'row.closed',
      message: `engine closed day-3.csv: ${why}`,
    });
  });

  test('is asked about anew with one byte more, by another way, or where it is refused for something else', () => {
    const db = emptyDatabase();
    const refusal = (reason: string) => ({ line: 1, column: null, message: reason, said: undefined });
    const text = 'Room,Floor\n1,2\n';
    dropped(db, text, 1);
    expect(dropped(db, `${text}\n`, 2)).toMatchObject({ status: 'open' });
    expect(dropped(db, text, 3, { sourceKind: 'upload', receivedFrom: 'Hana' })).toMatchObject({ status: 'open' });
    const sha256 = hash('sha256', text);
    const scanned = { sha256, refusal: refusal('It holds malware.') };
    expect(dropped(db, text, 4, { scanned })).toMatchObject({ status: 'open' });
  });
});
