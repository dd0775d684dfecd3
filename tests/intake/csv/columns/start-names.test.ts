/** Start dates under names that nobody listed: whoever begins in half a year is not licensed today. */
import { describe, expect, test } from 'vitest';
import { mayBeStart, saysStart } from '#lib/intake/csv/columns/start-names.ts';
import { emptyDatabase, importBytes, storedPeople, storedRows } from '#tests/intake/build.ts';

describe('the words of a name say that it means the first day', () => {
  test.each([
    ...['Start', 'Starts on', 'Begin', 'Planned start date', 'PositionStartDate', 'Contract start', 'start_date_utc'],
    ...['Employee start date', 'Date started', 'Date of entry', 'Activation date', 'Valid from', 'Start date 1'],
    ...['Vertragsbeginn', 'Beginn der Tätigkeit', 'Beschäftigt ab', 'Eintrittsdat.', '1. Arbeitstag', 'gültig ab'],
    ...['Date début contrat', 'Prise de poste', 'Fecha prevista de inicio', 'Data inizio rapporto', 'Dat. nástupu'],
    ...[
      'Ngày bắt đầu',
      'Tanggal mulai kerja',
      'Tarikh mula',
      'Datum početka rada',
      'Datum začetka dela',
      'Датум почетка',
    ],
    ...['Начална дата', 'Дата на постъпване', 'Дата выхода на работу', 'Дата начала работы', 'Дата прийому на роботу'],
    ...[
      'Ημ/νία Πρόσληψης',
      'Ημ. Έναρξης',
      'Göreve Başlama Tarihi',
      'Munkaviszony kezdete',
      'Belépés napja',
      'Data începerii',
    ],
    ...[
      'Sākuma datums',
      'Pradžios data',
      'Alguskuupäev',
      'Upphafsdagur',
      "Data d'inici",
      'Deň nástupu',
      'Datum zaposlenja',
    ],
    ...[
      'Första arbetsdag',
      'Tiltrædelse',
      'Työsuhteen alkamispäivä',
      'Eerste werkdag',
      'Data de entrada',
      'Premier jour',
      'DOJ',
    ],
    ...[
      'תאריך תחילת עבודה',
      'تاريخ المباشرة',
      'تاريخ بدء العمل',
      'วันเริ่มงาน',
      '勤務開始日',
      '入社予定',
      '採用年月日',
      '到岗日期',
    ],
    ...['预计入职日期', '預計到職日', '입사 예정일', '근무시작일'],
  ])('%s', (name) => expect(saysStart(name)).toBe(true));

  test.each([
    ...['', 'Date', 'Entry', 'Hire', 'Effective', 'Start page', 'Start salary', 'Department start', 'New starter'],
    ...['Contract end', 'Start of probation', 'Contract signing date', 'Original hire date', 'Startgehalt', 'ab'],
    ...['Manager start date', 'Previous start date', 'Hiring manager'],
    ...[
      'Formula',
      'Дата увольнения',
      'Дата рождения',
      '利用開始日',
      '退社日',
      '退職予定日',
      '离职日期',
      '퇴사일',
      'Ngày sinh',
    ],
    ...[
      'Data nașterii',
      'Datum rođenja',
      'Doğum tarihi',
      'Ημερομηνία λήξης',
      'วันเกิด',
      'תאריך סיום',
      'تاريخ الميلاد',
      'Rada',
      'Data',
    ],
  ])('%j does not', (name) => expect(saysStart(name)).toBe(false));

  test.each(['Valid until', 'Contract end', 'Vertragsende', 'Expires', 'Birthday', 'Date de fin', 'Scadenza'])(
    'nor could %s be the first day at all',
    (name) => expect(mayBeStart(name)).toBe(false),
  );
});

const imported = (columns: string, values: string) => {
  const db = emptyDatabase();
  importBytes(db, `CN;UPN;EmployeeType;${columns}\nAda;ada@contoso.example;E;${values}\n`);
  const [person] = storedPeople(db);
  const [row] = storedRows(db);
  const notes = db.$client.prepare<[], string | null>('select notes from intake_files').pluck().get() ?? '';
  return { startDate: person?.startDate, doubts: row?.problems ?? '', notes, row };
};

test('a column is read by the words of its name, below every name that is surer, and the file says so', () => {
  const words = imported('Start;End', '2026-09-01;2027-08-31');
  expect(words.startDate).toBe('2026-09-01');
  expect(words.notes).toContain('The column \\"Start\\" is read as the StartDate.');
  const surer = imported('Contract start;Hire date', '2026-04-01;2026-09-01');
  expect(surer.startDate).toBe('2026-09-01');
  expect(surer.notes).not.toContain('is read as');
});

test.each([
  ['StartDate;HireDate', ';2026-09-01'],
  ['StartDate;HireDate', 'TBD;01.09.2026'],
  ['Hire date;Contract start', '?;2026-09-01'],
  ['StartDate;Joining date;Begin', ';;2026-09-01'],
])('where a row leaves %s empty (%s), the next column that says it counts', (columns, values) => {
  const { startDate, row } = imported(columns, values);
  expect(startDate).toBe('2026-09-01');
  expect(row?.changes).toContain('read from another column');
});

test.each([
  ['StartDate;Revised start date', '2026-03-10;2026-09-01'],
  ['Start date (planned);Start date (actual)', '2026-03-10;2026-09-01'],
  ['NewStartDate;StartDate', '2026-09-01;2026-03-10'],
  ['Eintrittsdatum;Neues Eintrittsdatum', '10.03.2026;01.09.2026'],
  ['Vertragsbeginn;Tatsächlicher Beginn', '10.03.2026;01.09.2026'],
  ["Date d'entrée;Nouvelle date d'entrée", '10/03/2026;1 sept. 2026'],
  ['Eintritt;Revidierter Eintritt', '10.03.2026;01.09.2026'],
  ['入社日;変更後の入社日', '2026/3/10;2026/9/1'],
])('of %s the one that was revised counts', (columns, values) => {
  const { startDate, notes } = imported(columns, values);
  expect(startDate).toBe('2026-09-01');
  expect(notes).toContain('is read as the StartDate');
});

test('where it is empty the one before counts, and its rows show how days are written', () => {
  const db = emptyDatabase();
  const rows = ['a;10/05/2026;', 'b;13/06/2026;', 'c;01/04/2026;05/06/2026'].map((row) =>
    row.replace(/(.)/, 'Ada;$1@contoso.example;E'),
  );
  importBytes(db, ['CN;UPN;EmployeeType;Start date;New start date', ...rows].join('\n'));
  expect(storedPeople(db).map(({ startDate }) => startDate)).toEqual(['2026-05-10', '2026-06-13', '2026-06-05']);
});

test('the start date of a new hire is no revised one', () => {
  expect(imported('StartDate;New hire start date', '2026-09-01;2026-03-10').startDate).toBe('2026-09-01');
});

test('a later day to come in another such column is doubted', () => {
  expect(imported('StartDate;Contract start', '2026-03-10;2026-09-01')).toMatchObject({
    startDate: '2026-03-10',
    doubts: expect.stringContaining(
      'Contract start names a later day, \\"2026-09-01\\", but StartDate says 2026-03-10',
    ),
  });
  expect(imported('StartDate;Original hire date', '2026-09-01;2019-03-10').doubts).toBe('');
});

test('a date that cannot be read is doubted, and no other column counts in its place where it says nothing', () => {
  expect(imported('StartDate;Start', '2026-03-05;08:00')).toMatchObject({ startDate: '2026-03-05', doubts: '' });
  expect(imported('StartDate;Start', ';08:00')).toMatchObject({ startDate: null, doubts: '' });
});

test.each([
  ['Start month;Start year', '5;2026', '2026-05-01'],
  ['Month of hire;Year of hire', 'Sept;2026', '2026-09-01'],
  ['Start day;Start month;Start year', '7;5;2026', '2026-05-07'],
  ['Eintrittsjahr;Eintrittsmonat;Eintrittstag', '26;Mai;7', '2026-05-07'],
  ['Start date (month);Start date (year)', '05;2026', '2026-05-01'],
  ["Mois d'entrée;Année d'entrée", 'mai;2026', '2026-05-01'],
  ['入社年;入社月;入社日', '2026年;5月;7日', '2026-05-07'],
  ['Start month;Start year;Start date (old)', '5;2026;2025-01-01', '2026-05-01'],
  ['Start month;Start year', ';', null],
  ['Start month;Start year', 'TBD;n/a', null],
])('a first day in several columns, %s, is read from them: %s', (columns, values, startDate) =>
  expect(imported(columns, values)).toMatchObject({ startDate, doubts: '' }),
);

test.each([
  ['Start month;Start year', '5;', 'notADate', '5'],
  ['Start month;Start year', ';2026', 'notADate', '2026'],
  ['Start month;Start year', '13;2026', 'notADate', '13 2026'],
  ['Start day;Start month;Start year', '31;2;2026', 'noSuchDay', '2026-02-31'],
])('parts of a first day that make none are doubted: %s, %s', (columns, values, doubt, text) => {
  const { startDate, doubts } = imported(columns, values);
  expect(startDate).toBeNull();
  expect(JSON.parse(doubts)).toMatchObject([{ column: 'StartDate', said: [doubt, { text }] }]);
});

test('the file says which columns a first day was made of', () =>
  expect(imported('Start month;Start year', '5;2026').notes).toContain(
    'StartDate is made of \\"Start year\\", \\"Start month\\".',
  ));

test('a column with the whole first day counts before the parts of it', () => {
  const columns = 'Start month;Start year;Hire date';
  expect(imported(columns, '5;2026;2026-05-09')).toMatchObject({ startDate: '2026-05-09', doubts: '' });
  expect(imported('Birth month;Birth year', '5;1990')).toMatchObject({ startDate: null, doubts: '' });
});

test('a date that cannot be read is not said to be empty, also of somebody whose date is known', () => {
  const db = emptyDatabase();
  for (const date of ['2026-09-01', 'soon'])
    importBytes(db, `CN,UPN,EmployeeType,StartDate\nAda,a@contoso.example,E,${date}\n`);
  expect(storedPeople(db)).toMatchObject([{ startDate: '2026-09-01' }]);
  expect(JSON.parse(storedRows(db)[1]?.problems ?? '')).toMatchObject([
    { message: expect.stringContaining('"soon" is not a date') },
  ]);
});

test.each([
  ['Von', '2026-09-01'],
  ['extensionAttribute5', '01.09.2026'],
  ['Go-live', '9/21/2026'],
  ['When', '1 September 2026'],
  ['Zeitpunkt', '1. Sept. 2026'],
  ['Von', 'Di 01.09.2026'],
  ['Cohort', '01-Sep-26'],
  ['DOA', 'September 1, 2026'],
  ['日付', '2026年9月1日'],
])('a day to come in a column that nobody knows, %s, is doubted beside the person', (column, value) => {
  const { startDate, doubts } = imported(column, value);
  expect(startDate).toBeNull();
  expect(doubts).toContain(`${column} names a day to come`);
});

test.each([
  ['a day that has passed', 'Von', '2025-09-01'],
  ['what may have passed', 'Von', '3/4/2026'],
  ['a number', 'Number', '46266'],
  ['an end', 'Contract end', '2026-12-31'],
  ['what stands beside a start date', 'StartDate;Review', '2026-03-04;2026-12-31'],
  ['what an empty start date stands beside', 'StartDate;Renewal of the badge', ';2026-12-31'],
])('%s is not', (_, columns, values) => {
  expect(imported(columns, values).doubts).toBe('');
});
