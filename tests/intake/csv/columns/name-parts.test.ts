/** The name in two columns or more, as exports of personnel systems and directories have it. */
import { describe, expect, test } from 'vitest';
import { caseById } from '#db/store/row-cases/row-cases-read.ts';
import { matchColumns } from '#lib/intake/csv/columns/columns.ts';
import { ColumnSamples, unusedColumns } from '#lib/intake/draft/guess-columns.ts';
import { caseNames } from '#lib/intake/rows/case-names.ts';
import { emptyDatabase, importBytes, storedFiles, storedPeople, storedRows } from '#tests/intake/build.ts';

const REST = ['UserPrincipalName', 'EmployeeType'];

/** Who is taken in from one row below such columns. */
function taken(columns: string, cells: string) {
  const db = emptyDatabase();
  const imported = importBytes(db, `${columns};${REST.join(';')}\n${cells};ada@contoso.example;E\n`);
  const notes = db.$client.prepare<[], string | null>('select notes from intake_files').pluck().get() ?? '';
  return { db, imported, names: storedPeople(db).map(({ displayName }) => displayName), notes };
}

describe('the name is made of its parts', () => {
  test.each([
    ['First name;Last name', 'Ada;Able', 'Ada Able'],
    ['Nachname;Vorname', 'Able;Ada', 'Ada Able'],
    ['Prénom;Nom', 'Ada;Able', 'Ada Able'],
    ['Nom;Cognoms', 'Ada;Able', 'Ada Able'],
    ['Nome;Cognome', 'Ada;Able', 'Ada Able'],
    ['Nombre;Primer apellido;Segundo apellido', 'Ana;García;García', 'Ana García García'],
    ['Achternaam;Voorvoegsel;Voornaam', 'Berg;van der;Jan', 'Jan van der Berg'],
    ['Фамилия;Имя;Отчество', 'Абл;Ада;Петровна', 'Ада Абл'],
    ['Imię;Nazwisko', 'Ada;Żak', 'Ada Żak'],
    ['givenName;sn', 'Ada;Able', 'Ada Able'],
    ['FIRST_NAME;LAST_NAME', ' Ada ;NULL', 'Ada'],
    ['Legal First Name;Legal Last Name;Preferred First Name', 'Ada;Able;Adi', 'Ada Able'],
    ['First name [givenName] Required;Last name [surname] Required', 'Ada;Able', 'Ada Able'],
    ['worker.firstName;worker.lastName;manager.firstName;manager.lastName', 'Ada;Able;Bo;Boss', 'Ada Able'],
    ['Emergency contact first name;First name;Last name', 'Cy;Ada;Able', 'Ada Able'],
    ['姓;名', '山田;太郎', '山田 太郎'],
    ['이름;성', '철수;김', '김 철수'],
    ['Vezetéknév;Keresztnév', 'Nagy;Ada', 'Nagy Ada'],
    ['="First name";="Last name"', '="Ada";="Able"', 'Ada Able'],
  ])('%s', (columns, cells, name) => {
    const { names, notes } = taken(columns, cells);
    expect(names).toEqual([name]);
    expect(notes).toContain('No column has the whole name: CN is made of');
  });

  test.each([
    ['Vorname;Name', 'Ada;Able', 'Ada Able'],
    ['Name;Vorname', 'Able;Ada', 'Ada Able'],
    ['Name;Surname', 'Ada;Able', 'Ada Able'],
    ['Vorname;Name', 'Ada;Ada Able', 'Ada Able'],
    ['First name;Name', 'Ada;"Able, Ada"', 'Able, Ada'],
    ['Név;Keresztnév', 'Nagy;Ada', 'Nagy Ada'],
  ])('of a column called no more than Name as well: %s, %s', (columns, cells, name) =>
    expect(taken(columns, cells).names).toEqual([name]),
  );
});

test.each([
  ['First name;Last name;Name', 'Ada;Able;Ada B. Able', 'Ada B. Able'],
  ['First name;Last name;Display name', 'Ada;Able;Able (Ada)', 'Able (Ada)'],
  ['Name;Preferred first name', 'Ada Able;Adi', 'Ada Able'],
  ['Name;SN', 'Ada Able;4711', 'Ada Able'],
  ['Name;Имя', 'Ada Able;Ада Абл', 'Ada Able'],
])('a column with the whole name counts: %s', (columns, cells, name) => {
  const { names, notes } = taken(columns, cells);
  expect(names).toEqual([name]);
  expect(notes).not.toContain('made of');
});

test.each([
  ['First name;Last name;CN', 'Ada;Able;', 'Ada Able'],
  ['Display name;Nachname;Vorname', ';Able;Ada', 'Ada Able'],
  ['CN;givenName;sn', 'NULL;Ada;', 'Ada'],
  ['Name;First name;Last name', ' ;Ada;Able', 'Ada Able'],
])('a row that leaves the whole name empty has the parts of it: %s', (columns, cells, name) => {
  const { db, names } = taken(columns, cells);
  expect(names).toEqual([name]);
  const [row] = storedRows(db);
  expect(row?.problems).toBeNull();
  expect(row?.changes).toContain('read from another column');
});

test('neither the parts of other people nor endless ones are the name of somebody without one', () => {
  const columns = 'Display name;Manager first name;Manager last name';
  expect(taken(columns, ';Bo;Boss').names).toEqual(['ada@contoso.example']);
  const long = 'x'.repeat(9000);
  expect(taken('Display name;First name;Last name', `;${long};Able`).names).toEqual(['Able']);
});

test.each([
  'First name;Department',
  'Last name;Birth name',
  'First name;First name;Last name',
  'Spouse first name;Spouse last name',
])('the parts are not known for certain: %s', (columns) =>
  expect(taken(columns, 'a;b;c').imported.problem?.message).toContain('the column CN is missing'),
);

test('a row taken out by hand stays out, whichever part stands first; an endless part is told', () => {
  const db = emptyDatabase();
  const long = 'x'.repeat(9000);
  const { rejected } = importBytes(
    db,
    `Last name,First name,UPN,EmployeeType\n#Able,Ada,ada@contoso.example,E\nBerg,${long},bo@contoso.example,E\n`,
  );
  expect(rejected).toEqual([
    { line: 2, problem: expect.stringContaining('CN begins with #') },
    { line: 3, problem: expect.stringContaining('CN is too long: 9000') },
  ]);
  const [first] = db.$client.prepare<[], number>('select id from row_cases order by id').pluck().all();
  const found = caseById(db, first ?? 0);
  expect(found && caseNames(db).of(found).name).toBe('Ada #Able');
  expect(storedFiles(db)).toMatchObject([{ status: 'accepted' }]);
});

test('a part that is missing at the end of a row is empty', () => {
  const db = emptyDatabase();
  const { rejected } = importBytes(
    db,
    'UPN,EmployeeType,First name,Last name\nada@contoso.example,E,Ada\nbo@contoso.example,E\n',
  );
  expect(storedPeople(db).map(({ displayName }) => displayName)).toEqual(['Ada']);
  expect(rejected).toMatchObject([{ line: 3 }]);
});

test('another header below, with the parts in other columns, is another table', () => {
  const db = emptyDatabase();
  importBytes(
    db,
    'First name,Last name,Note,UPN,EmployeeType\nAda,Able,,ada@contoso.example,E\nNote,Last name,First name,UPN,EmployeeType\n,Berg,Bo,bo@contoso.example,E\n',
  );
  expect(storedRows(db).map(({ verdict }) => verdict)).toEqual(['accepted', 'rejected', 'rejected']);
});

test('an operator who chose one of them for CN means both; any other choice is theirs', () => {
  const names = ['First name', 'Last name', 'Known as', ...REST];
  const at = (choice: Parameters<typeof matchColumns>[1]) => matchColumns(names, choice).header.nameAt;
  expect(at({ CN: 1, UserPrincipalName: 3 })).toEqual([0, 1]);
  expect([at({ CN: 2 }), at({ CN: 0 }), at({ CN: null }), at({ UsageLocation: 0 })]).toEqual([[2], [0], [], []]);
  const { header } = matchColumns(names, null);
  expect(unusedColumns(header, new ColumnSamples(), []).map(({ name }) => name)).toEqual(['Known as']);
});

describe('one column that names both parts has the whole name', () => {
  test.each([
    ...[
      'Vorname Nachname',
      'Name und Vorname',
      'Vor- und Zuname',
      'Last Name, First Name',
      'Last, First',
      'First and last name',
    ],
    ...[
      'Prénom et nom',
      'Nom de famille, prénom',
      'Apellidos y nombre',
      'Nombres y apellidos',
      'För- och efternamn',
      'For- og efternavn',
    ],
    ...[
      'Ime i prezime',
      'Ime in priimek',
      'Meno a priezvisko',
      'Nume și prenume',
      'Adı ve Soyadı',
      'İsim Soyisim',
      'Vardas, pavardė',
    ],
    ...[
      'Vārds uzvārds',
      'Фамилия Имя Отчество',
      'Прізвище, ім’я',
      'Όνομα και επώνυμο',
      'Họ và tên',
      'First/Middle/Last name',
    ],
    ...['Last name & first name (required)', 'Name Vorname', 'Title, First Name, Last Name'],
  ])('%s', (name) =>
    expect(matchColumns([name, ...REST], null)).toMatchObject({ header: { nameAt: [0] }, problems: [] }),
  );

  test.each([
    ...[
      'Vorname / First name',
      'Nachname / Last name',
      'Manager first and last name',
      'Emergency contact first name last name',
    ],
    ...['Ime / Name', 'First name', 'Name of school', 'Old first name last name', 'Last name first letter'],
  ])('%s does not', (name) => expect(matchColumns([name, ...REST], null).header.at.CN).toBeNull());

  test('in two languages it is still the part that it names', () => {
    const columns = ['Name / Surname', 'Vorname / First name', ...REST];
    expect(matchColumns(columns, null).header.nameAt).toEqual([1, 0]);
  });

  test('beside a surer name it is none', () =>
    expect(matchColumns(['Last, First', 'Display name', ...REST], null).header.nameAt).toEqual([1]));
});
