import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { matchColumns } from '#lib/intake/csv/columns/columns.ts';
import { readTable } from '#lib/intake/csv/parse.ts';
import { BY_NAME, type Matching, type TablePart } from '#lib/intake/csv/table.ts';

function read(text: string, matching: Partial<Matching> = {}): TablePart[] {
  return [...readTable([text], { ...BY_NAME, ...matching })];
}

const rowsOf = (parts: readonly TablePart[]) => parts.flatMap((part) => (part.kind === 'row' ? [part.fields] : []));
const faultOf = (parts: readonly TablePart[]) =>
  parts.flatMap((part) => (part.kind === 'fault' ? [part.problem] : []))[0];

const ADA = 'Ada Test,ada.test@contoso.example,E\n';

describe('the exact name wins over an alias, and what decides nothing is never refused', () => {
  test.each([
    ['Type,CN,UserPrincipalName,EmployeeType', { EmployeeType: 3, CN: 1, UserPrincipalName: 2 }],
    ['UPN,UserPrincipalName,CN,Type', { UserPrincipalName: 1 }],
    ['Name,UPN,Mitarbeitertyp,Type', { EmployeeType: 2 }],
    ['CN,UPN,Type,c,co,countryCode,Country', { UsageLocation: 3 }],
    ['CN,UPN,Type,co', { UsageLocation: 3 }],
    ['CN,UPN,Type,countryCode', { UsageLocation: null }],
    ['CN,UPN,Type,StartDate,HireDate', { StartDate: 3 }],
    ['CN,UPN,Type,HireDate,HireDate', { StartDate: 3 }],
    ['CN,UserPrincipalName (old),UserPrincipalName,EmployeeType', { UserPrincipalName: 2 }],
    ['CN,UserPrincipalName,EmployeeType (code),EmployeeType [HR]\t,EmployeeType', { EmployeeType: 4 }],
  ])('%s', (names, at) => {
    const match = matchColumns(names.split(','), null);
    expect(match.problems).toEqual([]);
    expect(match.header.at).toMatchObject(at);
  });

  // Unknown, the column would be passed over, and everybody licensed at once.
  test.each(
    `First day of work|Employment Start Date|Date hired|Most Recent Hire Date|Einstellungsdatum|Eintritt|Dienstantritt|Arbeitsbeginn|Date d’arrivée|Date dâ€™entrÃ©e
     Fecha de contratación|Data inizio|Data de contratação|Indiensttreding|Data rozpoczęcia pracy|Nástup|Tillträdesdatum|İşe giriş tarihi`.split(
      /\||\n\s+/,
    ),
  )('%s is the first day', (name) =>
    expect(matchColumns(['CN', 'UPN', 'EmployeeType', name], null).header.at.StartDate).toBe(3),
  );

  test.each([
    'Employee Name|User Principal Name|Employee Type',
    'Vor- und Nachname|UPN|Mitarbeitertyp',
    'Nachname, Vorname|UPN|Mitarbeitertyp',
    'Nazwisko i imię|UPN|Typ pracownika',
    'Cognome e nome|UPN|Tipo di dipendente',
    '`cn`|`userPrincipalName`|`employeeType`',
    '="CN"|="UserPrincipalName"|="EmployeeType"',
    'Vollst&auml;ndiger Name|UPN|BeschÃ¤ftigungsart',
    'Display_x0020_Name|UPN|Employee_x0020_Type_x000D_',
  ])('%s are the columns of a person', (names) =>
    expect(matchColumns(names.split('|'), null)).toMatchObject({
      problems: [],
      header: { at: { CN: 0, UserPrincipalName: 1, EmployeeType: 2 } },
    }),
  );

  test.each([
    'CN,UserPrincipalName (old),EmployeeType',
    'CN,UPN [previous],EmployeeType',
    'CN,old.userPrincipalName,EmployeeType',
    'CN,UserPrincipalName (bisher),EmployeeType',
    'CN,UserPrincipalName（旧）,EmployeeType',
    'CN,UserPrincipalName,EmployeeType (former)',
    'CN (alt),UserPrincipalName,EmployeeType',
  ])('%s: what was there before is not what is there now', (names) => {
    const { problems } = matchColumns(names.split(','), null);
    expect(problems.map(({ said }) => said?.[0])).toEqual(['columnsMissing']);
  });

  test('a name of this organisation counts, whatever words it has', () => {
    const match = matchColumns(['CN', 'UPN (old)', 'Type'], null, { UserPrincipalName: ['UPN (old)'] });
    expect(match.problems).toEqual([]);
    expect(match.header.at.UserPrincipalName).toBe(1);
  });

  test.each([
    ['CN,UPN,Type,Start date (old),Start date (new)', { StartDate: 4 }],
    ['CN,UPN,Type,Start date (old)', { StartDate: null }],
    ['Name (old),Name (new),UPN,Type', { CN: 1 }],
    ['CN,UserPrincipalName (old),User logon name,Type', { UserPrincipalName: 2 }],
    ['CN,UPN,UPN (old),Type', { UserPrincipalName: 1 }],
    ['CN,UPN,EmployeeType (previous),Employee category,Mitarbeitertyp', { EmployeeType: 4 }],
  ])('%s: what was there before decides nothing', (names, at) => {
    const match = matchColumns(names.split(','), null);
    expect([match.problems, match.notes]).toEqual([[], []]);
    expect(match.header.at).toMatchObject(at);
  });

  test('two columns of one unknown name are kept apart', () => {
    const { header, problems } = matchColumns(['CN', 'UPN', 'Type', 'Department', 'Department', 'Department'], null);
    expect(problems).toEqual([]);
    expect(header.extras.map(({ name }) => name)).toEqual(['Department', 'Department (2)', 'Department (3)']);
  });

  test.each([
    'CN,cn,UPN,Type',
    'CN,UPN,UPN,Type',
    'CN,UPN,Benutzerprinzipalname,Type',
    'CN,UPN,Emptype,Mitarbeiterart',
    'CN,UserPrincipalName (old),UserPrincipalName (new),Type',
  ])('%s is refused: guessing would shift people', (names) =>
    expect(matchColumns(names.split(','), null).problems).toHaveLength(1),
  );
});

test.each([
  ['Polish', 'Imię i nazwisko;Główna nazwa użytkownika;Typ pracownika;Data zatrudnienia'],
  ['Czech', 'Jméno a příjmení;Hlavní název uživatele;Typ zaměstnance;Datum nástupu'],
  ['Swedish', 'Visningsnamn;Användarens huvudnamn;Anställningstyp;Startdatum'],
  ['Danish', 'Vist navn;Brugerens hovednavn;Medarbejdertype;Ansættelsesdato'],
  ['Norwegian', 'Visningsnavn;Brukerhovednavn;Ansattype;Startdato'],
  ['Finnish', 'Näyttönimi;Käyttäjän päänimi;Työntekijätyyppi;Aloituspäivä'],
  ['Hungarian', 'Megjelenített név;Egyszerű felhasználónév;Alkalmazott típusa;Belépés dátuma'],
  ['Turkish', 'Ad Soyad;Kullanıcı asıl adı;Çalışan tipi;İşe başlama tarihi'],
  ['Romanian', 'Nume afișat;Nume principal utilizator;Tip angajat;Data angajării'],
  ['Portuguese', 'Nome para exibição;Nome UPN;Tipo de colaborador;Data de admissão'],
  ['Dutch', 'Weergavenaam;Gebruikersprincipalnaam;Type medewerker;Datum in dienst'],
  ['Hungarian beside ours', 'Név;UserPrincipalName;EmployeeType;StartDate'],
])('the names of the columns are known in %s', (_, names) => {
  const { header, problems } = matchColumns(names.split(';'), null);
  expect(problems).toEqual([]);
  expect(header.at).toMatchObject({ CN: 0, UserPrincipalName: 1, EmployeeType: 2, StartDate: 3 });
});

describe('what programs put around the names of columns is understood', () => {
  const decorations: [string, (name: string) => string][] = [
    ['a star', (name) => `${name}*`],
    ['a star before', (name) => `* ${name}`],
    ['(required)', (name) => `${name} (required)`],
    ['Required', (name) => `${name} Required`],
    ['brackets', (name) => `Something [${name}] Required`],
    ['a colon', (name) => `${name}:`],
    ['quotes', (name) => `'${name}'`],
    ['a mark', (name) => `\ufeff${name}`],
    ['a path', (name) => `user.${name}`],
    ['a hash', (name) => `#${name}`],
  ];
  test.each(decorations)('%s', (_, decorate) => {
    const names = ['CN', 'UserPrincipalName', 'EmployeeType', 'UsageLocation', 'StartDate'].map(decorate);
    expect(matchColumns(names, null)).toMatchObject({
      problems: [],
      header: { at: { CN: 0, UserPrincipalName: 1, EmployeeType: 2, UsageLocation: 3, StartDate: 4 } },
    });
  });
});

test('names of an organisation are understood, and the exact name still wins', () => {
  const aliases = { UserPrincipalName: ['Email'], EmployeeType: ['Vertrag (Art)'] };
  expect(matchColumns(['Name', 'E-Mail', 'Vertrag (Art)'], null, aliases)).toMatchObject({
    problems: [],
    header: { at: { UserPrincipalName: 1, EmployeeType: 2 } },
  });
  expect(matchColumns(['Name', 'UserPrincipalName', 'Email', 'Type'], null, aliases).header.at.UserPrincipalName).toBe(
    1,
  );
});

describe('lines above the header are skipped, and reported', () => {
  test.each([
    ['a title', 'New hires report\n'],
    ['a title that is as wide', 'New hires report,,\n'],
    ['comments', '# exported by the IDM\n# 2026-01-05\n'],
    ['a version', 'version:v1.0,,\n'],
    ['a title with a semicolon', 'Report; newcomers; January\n\n'],
    ['who to ask', 'Questions: hr@contoso.example\n'],
  ])('%s', (_, above) => {
    const parts = read(`${above}CN,UserPrincipalName,EmployeeType\n${ADA}`);
    expect(rowsOf(parts)).toEqual([['Ada Test', 'ada.test@contoso.example', 'E']]);
    expect(parts[0]).toMatchObject({ kind: 'header', notes: [{ message: expect.stringContaining('skipped') }] });
  });

  test('whoever stands above the header is a row like all others', () => {
    const parts = read(`${ADA}CN,UserPrincipalName,EmployeeType\nBo,bo@contoso.example,N\n`);
    expect(rowsOf(parts).map((fields) => fields?.[0])).toEqual(['Ada Test', 'Bo']);
    expect(parts.flatMap((part) => (part.kind === 'row' ? [part.line] : []))).toEqual([1, 3]);
  });
});

describe('a file without a header never loses its first person', () => {
  const two = `${ADA}Bo,bo@contoso.example,N,Sales\n`;

  test('nothing agreed: it is refused, and says what is missing', () => {
    expect(faultOf(read(two))).toMatchObject({
      line: 1,
      message: expect.stringMatching(
        /has no header.*"Ada Test.*UserPrincipalName, CN, EmployeeType are missing.*Settings/,
      ),
    });
  });

  test.each([two, two.replaceAll(',', ';'), two.replaceAll(',', '\t')])('an agreed order names its columns', (text) => {
    const parts = read(text, { order: ['CN', 'UserPrincipalName', 'EmployeeType', 'Department'] });
    expect(rowsOf(parts).map((fields) => fields?.[0])).toEqual(['Ada Test', 'Bo']);
    expect(parts[0]).toMatchObject({
      header: { at: { CN: 0, UserPrincipalName: 1, EmployeeType: 2 }, extras: [{ name: 'Department', at: 3 }] },
      notes: [{ message: expect.stringContaining('agreed') }],
    });
  });

  test('by hand: it asks first, and then its first line is a row', () => {
    const asking = read(two, { tolerant: true, choice: {} });
    expect(asking[0]).toMatchObject({
      problems: [{ message: expect.stringContaining('no header') }, expect.anything()],
    });
    const choice = { CN: 0, UserPrincipalName: 1, EmployeeType: 2 };
    const chosen = read(two, { choice });
    expect(chosen[0]).toMatchObject({ problems: [], header: { at: choice } });
    expect(rowsOf(chosen).map((fields) => fields?.[0])).toEqual(['Ada Test', 'Bo']);
  });
});

test.each([',', ';', '\t', '|'])(
  'quoted names that nobody knows, %j between them, are no wrong quotes: an operator can choose among them',
  (between) => {
    const names = ['Employee #', 'Whole, as written; Middle', 'Work\nEmail', 'Status'];
    const row = ['1', 'Test, Ada', 'ada.test@contoso.example', 'E'];
    const text = [names, row].map((cells) => `${cells.map((cell) => `"${cell}"`).join(between)}\n`).join('');
    expect(faultOf(read(text))?.message).toMatch(
      /^In the header the columns UserPrincipalName, CN, EmployeeType are missing/,
    );
    const chosen = read(text, { tolerant: true, choice: { CN: 1, UserPrincipalName: 2, EmployeeType: 3 } });
    expect(chosen[0]).toMatchObject({ kind: 'header', delimiter: between, names, problems: [] });
    expect(rowsOf(chosen)).toEqual([row]);
  },
);

test.each([',', ';'])(
  'titles above names that nobody knows, %j between them, are passed over: an operator can choose among the names',
  (between) => {
    const lines = (...rows: string[][]) => rows.map((cells) => `${cells.join(between)}\n`).join('');
    const names = ['Worker', 'Work Email', 'Worker Type'];
    const row = ['Ada Test', 'ada.test@contoso.example', 'E'];
    const text = `New hires\n${lines(['Generated', '', ''], names, row)}`;
    expect(faultOf(read(text))).toMatchObject({
      line: 3,
      message: expect.stringContaining('(found: "Worker", "Work Email"'),
    });
    const chosen = read(text, { tolerant: true, choice: { CN: 0, UserPrincipalName: 1, EmployeeType: 2 } });
    expect(chosen[0]).toMatchObject({ kind: 'header', delimiter: between, names, problems: [] });
    expect(rowsOf(chosen)).toEqual([row]);
  },
);

test('a file of which each line is one quoted cell is refused, and says so', () => {
  expect(faultOf(read('"CN,""UserPrincipalName"",""EmployeeType"""\n"A,""a@b.example"",""E"""\n'))).toMatchObject({
    line: 1,
    message: expect.stringContaining('one quoted cell'),
  });
});

describe('what stands around values is read as it is meant', () => {
  test('a blank before an opening quote', () => {
    expect(rowsOf(read('CN, UPN, Type\n"Test, ""Adi"" Ada", "a@b.example",  "E" \n'))).toEqual([
      ['Test, "Adi" Ada', 'a@b.example', 'E'],
    ]);
  });

  test.each([
    ['several blanks', '   '],
    ['a tab', '\t'],
    ['a tab and a blank', '\t '],
    ['a no-break space', '\u00a0'],
    ['a narrow no-break space', '\u202f'],
    ['the blank of Chinese and Japanese', '\u3000'],
    ['a byte-order mark, where files were joined', '\ufeff'],
  ])('%s before an opening quote, and behind a closing one', (_, blank) => {
    const cells = ['"Test, Ada"', '"a@b.example"', '"E"'].map((cell) => `${blank}${cell}`);
    const behind = ['"Test, Ben"', '"b@b.example"', '"E"'].map((cell) => `${cell}${blank}`);
    expect(rowsOf(read(`CN,UPN,Type\n${cells.join(',')}\n${behind.join(',')}\n`))).toEqual([
      ['Test, Ada', 'a@b.example', 'E'],
      ['Test, Ben', 'b@b.example', 'E'],
    ]);
  });

  test('a tab that separates is no blank', () => {
    expect(rowsOf(read('CN\tUPN\tNote\tType\n"Test\tAda"\t"a@b.example"\t\t"E"\n'))).toEqual([
      ['Test\tAda', 'a@b.example', '', 'E'],
    ]);
  });

  test('the end-of-file character of DOS at the end is passed over', () => {
    expect(rowsOf(read(`CN,UPN,Type\n${ADA}\u001a`))).toHaveLength(1);
    expect(rowsOf(read(`CN,UPN,Type\n${ADA.trim()}\u001a`))).toEqual([['Ada Test', 'ada.test@contoso.example', 'E']]);
  });

  test('blanks before quotes change no value, whatever the values are', () => {
    const value = fc.string({ unit: fc.constantFrom('a', '"', ',', ' ', '\n', "'") }).map((text) => `a${text}`);
    const rows = fc.array(fc.tuple(value, value, value, fc.nat(3)), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(rows, (all) => {
        const body = all.map(([a, b, c, blanks]) =>
          [a, b, c].map((text) => `${' '.repeat(blanks)}"${text.replaceAll('"', '""')}"`).join(','),
        );
        expect(rowsOf(read(`CN,UPN,Type\n${body.join('\n')}\n`))).toEqual(all.map(([a, b, c]) => [a, b, c]));
      }),
    );
  });
});
