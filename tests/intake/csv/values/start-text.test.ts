/** Start dates with words around them, as spans, months and weeks: whoever begins in half a year is not licensed today. */
import { describe, expect, test } from 'vitest';
import { UNKNOWN_ORDER } from '#lib/intake/csv/values/date-order.ts';
import { readDate } from '#lib/intake/csv/values/dates.ts';
import { readStartDate } from '#lib/intake/csv/values/start-text.ts';
import { emptyDatabase, importBytes, storedPeople, storedRows } from '#tests/intake/build.ts';

const read = (text: string) => readStartDate(text, UNKNOWN_ORDER);

test.each([
  ...[
    '2026-09-01',
    '1.9.2026',
    'ab 01.09.2026',
    'ab dem 1.9.2026',
    'from 2026-09-01',
    'ca. 01.09.2026',
    '>= 2026-09-01',
  ],
  ...['à partir du 1 septembre 2026', 'frühestens 1. September 2026', 'from: Sep 1, 2026', '01.09.2026 oder später'],
  ...['2026-09-01 (planned)', '01.09.2026 (geplant)', '2026-09-01?', '2026-09-01, tbc', 'ab 1.9.2026 vorbehaltlich'],
  ...['2026-09-01 - 2027-08-31', '01.09.2026 – 31.08.2027', '01.09.2026–31.08.2027', '2026-09-01/2027-08-31'],
  ...[
    '1.9.2026 bis 31.8.2027',
    'from 1 Sep 2026 to 31 Aug 2027',
    '2026-09-01 to open end',
    '01.09.2026 bis unbefristet',
  ],
  ...['week of 2026-09-01', 'w/c 1 Sep 2026', 'vsl. 1.9.2026', '2026-09-01*', '01.09.2026;'],
  ...[
    'nicht vor 01.09.2026',
    'w.e.f. 01.09.2026',
    'postponed to 1 Sep 2026',
    'planned from 2026-09-01',
    'after 01.09.2026',
  ],
  ...[
    '01.09.2026 oder 15.09.2026',
    '01.09.2026 um 9 Uhr',
    '1.9.2026 à 9h',
    '2026-09-01 08:00 CEST',
    '2026_09_01',
    "1.9.'26",
  ],
  ...[
    '2026-09-01-00.00.00.000000',
    "{ts '2026-09-01 00:00:00'}",
    "DATE '2026-09-01'",
    '#2026-09-01#',
    'ISODate("2026-09-01")',
  ],
  ...[
    'Sep-26',
    "Sept '26",
    'September, 2026',
    '2026年9月',
    '202609',
    '09 2026',
    'early September 2026',
    'Anfang 09/2026',
  ],
  ...['1 сен 2026', '1-вер-26', '1 أيلول 2026', '1 სექ 2026', '1 rugs 2026'],
  ...['2026-09', '09/2026', '9.2026', 'September 2026', 'Sept. 2026', 'ab September 2026', 'sep-2026'],
])('%s begins on 1 September 2026', (text) => expect(read(text)).toEqual({ kind: 'ok', date: '2026-09-01' }));

test.each([
  ['KW 36/2026', '2026-08-31'],
  ['2026-W36', '2026-08-31'],
  ['2026-W36-3', '2026-09-02'],
  ['week 1 2026', '2025-12-29'],
  ['CW53/2026', '2026-12-28'],
  ['KW 36/26', '2026-08-31'],
  ['36. KW 2026', '2026-08-31'],
  ['Kalenderwoche 36 (2026)', '2026-08-31'],
  ['calendar week 36, 2026', '2026-08-31'],
  ['2026 W 36', '2026-08-31'],
])('of a week the Monday counts: %s', (text, date) => expect(read(text)).toEqual({ kind: 'ok', date }));

test.each([
  ['Mitte September 2026', '2026-09-11'],
  ['end of September 2026', '2026-09-21'],
  ['abril 2026', '2026-04-01'],
  ['leden 2027', '2027-01-01'],
])('of a part of a month the day before which nobody begins, and no word is half a month: %s', (text, date) =>
  expect(read(text)).toEqual({ kind: 'ok', date }),
);

test.each([
  ['Q3 2026', '2026-07-01'],
  ['2026-Q3', '2026-07-01'],
  ['3. Quartal 2026', '2026-07-01'],
  ['ab Q4/26', '2026-10-01'],
  ['IV квартал 2026', '2026-10-01'],
  ['second quarter 2026', '2026-04-01'],
  ['H2 2026', '2026-07-01'],
  ['1. Halbjahr 2027', '2027-01-01'],
])('of a part of a year its first day, with a doubt: %s', (text, date) =>
  expect(read(text)).toMatchObject({
    kind: 'ok',
    date,
    doubt: { message: expect.stringContaining(`is no day: its first one is used, ${date}`) },
  }),
);

test('such a doubt stands beside the person, whose licence waits for that day', () => {
  const db = emptyDatabase();
  importBytes(db, 'CN,UPN,EmployeeType,StartDate\nAda,ada@contoso.example,E,Q4 2026\n');
  expect(storedPeople(db)).toMatchObject([{ startDate: '2026-10-01' }]);
  expect(storedRows(db)[0]?.problems).toContain('is no day');
});

test('a row that says how to fill in the column shows how its days are written', () => {
  const db = emptyDatabase();
  importBytes(
    db,
    'CN,UPN,EmployeeType,StartDate\nfull name,text,E or N,DD/MM/YYYY\nAda,ada@contoso.example,E,05/06/2026\n',
  );
  expect(storedPeople(db)).toMatchObject([{ startDate: '2026-06-05' }]);
});

describe('what says no first day is none', () => {
  test.each([
    ...[
      'soon',
      'asap',
      'bis 25.12.2026',
      'spätestens 01.09.2026',
      '25.12.2026 (neu)',
      'Room 5, 2026',
      '2026',
      'Q5 2026',
      '3. Halbjahr 2026',
      'Summer 2026',
      'Q3 FY26',
      'Ende 31.08.2027',
      'before 01.09.2026',
    ],
    ...['13/2026', '00/2026', 'KW 0/2026', 'KW 54/2026', 'Monday 2026', '2026-09-01 - soon', '2027-08-31 - 2026-09-01'],
    ...['2026-09-01 - 2026-10-01 - 2026-11-01', 'ab', '?', '- 2026-09-01', '31.02.2026 (planned)', 'x'.repeat(5000)],
  ])('%s', (text) => expect(read(text)).toMatchObject({ kind: 'fault' }));
});

test('two readings stay two, whatever stands around them', () => {
  for (const text of ['3/4/2026', 'from 3/4/2026', '3/4/2026 - 31/8/2027'])
    expect(read(text)).toMatchObject({ kind: 'fault', dates: ['2026-04-03', '2026-03-04'] });
});

test('an end is no start: of a month that somebody leaves in, no day has passed before its end', () =>
  expect(readDate('06/2025', UNKNOWN_ORDER).kind).toBe('fault'));

test('such a cell of a file is the start date, and what it was is kept beside the person', () => {
  const db = emptyDatabase();
  importBytes(db, 'CN,UPN,EmployeeType,StartDate\nAda,ada@contoso.example,E,ab September 2026\n');
  expect(storedPeople(db)).toMatchObject([{ startDate: '2026-09-01' }]);
  expect(JSON.parse(storedRows(db)[0]?.changes ?? '')).toMatchObject([{ from: 'ab September 2026', to: '2026-09-01' }]);
});

describe('days that a spreadsheet took for months', () => {
  const starts = (...dates: string[]) => {
    const db = emptyDatabase();
    const rows = dates.map((date, n) => `Ada,ada${n}@contoso.example,E,${date}\n`);
    importBytes(db, `CN,UPN,EmployeeType,StartDate\n${rows.join('')}`);
    const doubts = storedRows(db).map(({ problems }) => problems !== null);
    return { dates: storedPeople(db).map(({ startDate }) => startDate), doubts };
  };

  test('are doubted where only the days after the 12th are still text', () => {
    expect(starts('2026-05-06', '2026-09-03', '2026-07-07', '13/06/2026', '28/09/2026')).toEqual({
      dates: ['2026-05-06', '2026-09-03', '2026-07-07', '2026-06-13', '2026-09-28'],
      doubts: [true, true, false, false, false],
    });
  });

  test.each([
    ['a real date after the 12th', ['2026-05-06', '2026-09-15', '2026-09-03', '13/06/2026']],
    ['a text before it', ['2026-05-06', '2026-09-03', '13/06/2026', '01/06/2026']],
    ['one day of the month alone', ['2026-05-01', '2026-09-01', '15/06/2026']],
    ['no text at all', ['2026-05-06', '2026-09-03']],
    ['months first', ['2026-05-06', '2026-09-03', '06/13/2026']],
  ])('but not beside %s', (_, dates) => expect(starts(...dates).doubts).not.toContain(true));
});
