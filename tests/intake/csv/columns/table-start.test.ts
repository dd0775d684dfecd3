import { describe, expect, test } from 'vitest';
import { columnName, matchColumns } from '#lib/intake/csv/columns/columns.ts';
import { readTable } from '#lib/intake/csv/parse.ts';
import { BY_NAME, type Matching, type TablePart } from '#lib/intake/csv/table.ts';

/** How a file begins: the delimiter, the names, what is said of them, and the lines of its rows; or why it is refused. */
function startOf(text: string, matching: Partial<Matching> = {}) {
  const parts: TablePart[] = [...readTable([text], { ...BY_NAME, ...matching })];
  const [header, last] = [parts[0], parts.at(-1)];
  if (last?.kind === 'fault') return [last.problem.line, last.problem.message];
  if (header?.kind !== 'header') return null;
  const { delimiter, names, notes, problems } = header;
  return {
    delimiter,
    names,
    said: [...problems, ...notes].map(({ message }) => message),
    lines: parts.flatMap((part) => (part.kind === 'row' ? [part.line] : [])),
  };
}

const NAMES = ['CN', 'UPN', 'Type'];
const HEADER = 'CN,UPN,Type\n';
const ADA = 'Ada Test,ada@b.example,E\n';
const ORDER = ['CN', 'UserPrincipalName', 'EmployeeType'];
const inOrder = 'The file has no header: its columns were read in the order agreed in Settings.';
const passed = (line: string) => `One line above the header was skipped: "${line}".`;

describe('the line that database programs draw below the names of the columns is nobody', () => {
  const said = ['The line below the header was skipped: it only underlines the names of the columns.'];

  test.each([
    ['sqlcmd', '--,--,----\n'],
    ['SQL*Plus', '-----------,------------------,----\n'],
    ['psql', '------+------+-----\n'],
    ['with blanks', ' --- , === , ---\n'],
  ])('%s', (_, line) => {
    expect(startOf(`${HEADER}${line}${ADA}`)).toEqual({ delimiter: ',', names: NAMES, said, lines: [3] });
  });

  test.each(['-,-,-\n', 'x--,--,--\n', '--,1,--\n'])('%j is a row', (line) => {
    expect(startOf(`${HEADER}${line}${ADA}`)).toMatchObject({ said: [], lines: [2, 3] });
  });
});

describe('what Excel and PowerShell write above a table is passed over in silence, in its first line only', () => {
  test.each([
    ['sep=,\n', ',', [], 3],
    ['SEP=, \t\n', ',', [], 3],
    ['"sep=,"\n', ',', [], 3],
    ['#TYPE Selected.User\n', ',', [], 3],
    ['\n', ',', [], 3],
    ['\nsep=;\n', ',', [passed('sep=;')], 4],
    ['\n#TYPE x\n', ',', [passed('#TYPE x')], 4],
    ['Delimiter sep=;\n', ',', [passed('Delimiter sep=;')], 3],
    ['sep=; is meant\n', ',', [passed('sep=; is meant')], 3],
    ['Users #TYPE \n', ',', [passed('Users #TYPE')], 3],
    ['\u007f\n', ',', [passed('\u007f')], 3],
  ])('%j', (above, delimiter, said, line) => {
    expect(startOf(`${above}${HEADER}${ADA}`)).toEqual({ delimiter, names: NAMES, said, lines: [line] });
  });

  test.each([
    ['sep=\n', 'The line "sep=" declares ""; use a comma, semicolon, tab or vertical bar.'],
    ['sep=/\n', 'The line "sep=" declares "/"; use a comma, semicolon, tab or vertical bar.'],
  ])('%j refuses the file', (above, message) => expect(startOf(`${above}${HEADER}${ADA}`)).toEqual([1, message]));

  test('a delimiter that was named counts, even where another one would find the columns', () => {
    expect(startOf(`sep=;\n${HEADER}${ADA}`)).toEqual([
      2,
      expect.stringContaining('are missing (found: "CN,UPN,Type")'),
    ]);
    expect(startOf('sep=,\n,,,\n,,,\n')).toEqual([2, 'The header cannot be read.']);
  });
});

describe('titles above a table without a header', () => {
  const titled = (line: string) => `One line above the first row was skipped: "${line}".`;

  test('are passed over, and nobody below them is lost', () => {
    expect(startOf(`New hires\n\n${ADA}Bo Test,bo@b.example,N\n`, { order: ORDER })).toEqual({
      delimiter: ',',
      names: ORDER,
      said: [titled('New hires'), inOrder],
      lines: [3, 4],
    });
    expect(startOf(`New hires\n${ADA}`)).toEqual([
      2,
      expect.stringContaining('its first line, "Ada Test,ada@b.example,E"'),
    ]);
  });

  test('are none where they may be names of columns, or where each line is an address alone', () => {
    expect(startOf(`Who,Where\n${ADA}`, { order: ORDER })).toEqual([
      1,
      expect.stringContaining('are missing (found: "Who"'),
    ]);
    expect(startOf('Address\nada@b.example\n')).toEqual([1, expect.stringContaining('are missing (found: "Address")')]);
  });
});

describe('titles above the header', () => {
  const titles = (count: number, length = 0) => `${'Title'.padEnd(length, '.')}\n`.repeat(count);

  test('five of them are shown, shortened', () => {
    const above = `  Report  \n${'x'.repeat(200)}\n${titles(5)}`;
    expect(startOf(`${above}${HEADER}`)).toMatchObject({
      said: [
        `7 lines above the header were skipped: "Report", "${'x'.repeat(80)}", "Title", "Title", "Title" and 2 more.`,
      ],
    });
  });

  test('whoever stands among them is a row, and no title', () => {
    expect(startOf(`Title\n${ADA}${HEADER}${ADA}`)).toEqual({
      delimiter: ',',
      names: NAMES,
      said: [passed('Title')],
      lines: [2, 4],
    });
  });

  test('the header is one of the first forty lines, within 262,144 characters', () => {
    expect(startOf(`${titles(39)}${HEADER}${ADA}`)).toMatchObject({ names: NAMES, lines: [41] });
    expect(startOf(`${titles(40)}${HEADER}${ADA}`)).toEqual([
      1,
      expect.stringContaining('are missing (found: "Title")'),
    ]);
    expect(startOf(`${titles(4, 65_533)}${HEADER}${ADA}`)).toMatchObject({ names: NAMES, lines: [6] });
    expect(startOf(`${titles(4, 65_534)}${HEADER}${ADA}`)).toEqual([1, expect.stringContaining('are missing')]);
  });

  test('a line that is too long, has a wrong quote or too many columns is none, and hides no header', () => {
    for (const above of ['x'.repeat(70_000), '"New" hires', ','.repeat(1500)])
      expect(startOf(`Title\n${above}\n${HEADER}${ADA}`)).toMatchObject({ names: NAMES, said: [passed('Title')] });
  });

  test('no more than these lines are read to find it', () => {
    let read = 0;
    function* lines() {
      yield HEADER;
      for (; read < 200; read++) yield ADA;
    }
    expect(readTable(lines()).next().value).toMatchObject({ kind: 'header' });
    expect(read).toBeLessThanOrEqual(40);
  });
});

describe('the header is the line that names most of what is needed', () => {
  test.each([
    ['a title that names one of them', 'Type,of,report\n', NAMES],
    ['a line that names two', 'CN,UPN,x\n', NAMES],
  ])('%s does not count above a whole one', (_, above, names) => {
    expect(startOf(`${above}${HEADER}${ADA}`)).toMatchObject({ names });
  });

  test('where none is whole, it is the first that names most', () => {
    expect(startOf(`Title\nCN,Room,x\nCN,UPN,x\nUPN,CN,y\n`)).toEqual([
      3,
      expect.stringContaining('(found: "CN", "UPN", "x")'),
    ]);
  });

  test('below somebody only a whole one counts', () => {
    expect(startOf(`${ADA}Bo,Type,UPN\n`)).toEqual([1, expect.stringContaining('The file has no header')]);
    // Nor is somebody below taken for the names of the columns, whose address is none.
    for (const below of ['Bo,Type,UPN', 'Bo Test,bo(at)b.example,E'])
      expect(startOf(`Title\n${ADA}${below}\n`)).toEqual([2, expect.stringContaining('The file has no header')]);
    expect(startOf(`${ADA}${HEADER}`)).toMatchObject({ names: NAMES, lines: [1] });
  });

  test.each([
    ['two delimiters make as many fields: the first one', 'Wer,Was;Wo\nx\n', '"Wer", "Was;Wo"'],
    ['one makes more', 'Wer,Was;Wo;Wann\nx\n', '"Wer,Was", "Wo", "Wann"'],
    ['titles as wide as a part of the rows', `Report,2026\n,,\nWer,Konto,Art\n${ADA}`, '"Wer", "Konto", "Art"'],
    [
      'twenty of the names are shown, shortened',
      `${`${'y'.repeat(99)} ,`.repeat(20)}z\n`,
      `${`"${'y'.repeat(60)}", `.repeat(19)}"${'y'.repeat(60)}")`,
    ],
  ])('where no name is known: %s', (_, text, found) => {
    expect(startOf(text)).toEqual([expect.any(Number), expect.stringContaining(`are missing (found: ${found}`)]);
  });

  test('a wrong quote in the first line is said, one further down is not, and neither is one where the line could be split', () => {
    expect(startOf('"Wer" x\n')).toEqual([1, expect.stringContaining('In the header: Character 7 of the line, "x"')]);
    expect(startOf('"Wer\nWas')).toEqual([1, expect.stringContaining('never closed')]);
    expect(startOf('Wer\n"Was" x\n')).toEqual([1, expect.stringContaining('are missing (found: "Wer")')]);
    expect(startOf('Wer\n"Was\n')).toEqual([1, expect.stringContaining('are missing (found: "Wer")')]);
    expect(startOf('"Wer","Was"\n')).toEqual([1, expect.stringContaining('are missing (found: "Wer", "Was")')]);
  });

  test.each([
    ['"CN,UPN,Type"\n', 'one quoted cell'],
    ['  "CN;UPN"\n', 'one quoted cell'],
    ['"CN"\n', 'UserPrincipalName, EmployeeType are missing'],
    ['"Wer,Was"\n', 'are missing'],
    ['"Wer ""so"" x"\n', 'are missing'],
    ['Wer\n', 'are missing'],
    ['"CN;UPN;Type","Was"\n', 'are missing'],
  ])('%j: %s', (text, why) => expect(startOf(text)).toEqual([1, expect.stringContaining(why)]));
});

describe('a file whose first line is somebody', () => {
  test.each([
    ['semicolons', 'Ada;ada@b.example;E\n', ';', ORDER, [1]],
    ['as many commas as make no address of a cell', 'Ada Test;ada@b.example;E,x,y,z,w\n', ';', ORDER, [1]],
    ['blanks around the address', 'Ada, ada@b.example , E\n', ',', ORDER, [1]],
    ['a comment above', `# of hr@b.example\n#\n${ADA}`, ',', ORDER, [3]],
    ['more cells than were agreed', 'Ada Test,ada@b.example,E,x,y\n', ',', [...ORDER, 'Column 4', 'Column 5'], [1]],
  ])('is read in the agreed order: %s', (_, text, delimiter, names, lines) => {
    expect(startOf(text, { order: ORDER })).toEqual({ delimiter, names, said: [inOrder], lines });
  });

  test('is read as wide as was agreed', () => {
    expect(startOf(ADA, { order: [...ORDER, 'Room'] })).toMatchObject({ names: [...ORDER, 'Room'], lines: [1] });
  });

  test('is read by hand where that is chosen, and says so', () => {
    const choice = { CN: 0, UserPrincipalName: 1, EmployeeType: 2 };
    expect(startOf(ADA, { choice })).toEqual({
      delimiter: ',',
      names: ['Column 1', 'Column 2', 'Column 3'],
      said: ['The file has no header: its columns were read by hand.'],
      lines: [1],
    });
  });

  test('is refused otherwise, with as much of it as fits', () => {
    const [, message] = Object.values(startOf(`${'x'.repeat(200)},ada@b.example,E\n`) ?? []);
    expect(message).toContain(`its first line, "${'x'.repeat(120)}", names someone already`);
    expect(startOf('# only a comment\n')).toEqual([
      1,
      expect.stringContaining('are missing (found: "# only a comment")'),
    ]);
  });
});

describe('which column is which', () => {
  const match = (...names: string[]) => matchColumns(names, null);
  const said = ({ problems, notes }: ReturnType<typeof matchColumns>) =>
    [...problems, ...notes].map(({ message }) => message);

  test('a name longer than 256 characters means something only where no other does, is shortened, and that is noted', () => {
    const long = (length: number) => `${' '.repeat(3)}UPN (${'x'.repeat(length - 6)}) `;
    const fits = match('CN', 'Type', long(252));
    expect(fits).toMatchObject({ problems: [], notes: [], header: { at: { UserPrincipalName: 2 } } });
    const { header, problems, notes } = match('CN', 'UPN', 'Type', long(257), long(300), long(256));
    expect(said({ header, problems, notes })).toEqual([
      'In the header 2 names are longer than 256 characters and shortened.',
    ]);
    // Shortened they are the same, so the others are numbered.
    expect(header.extras.map(({ name }) => name.replace(/x+/, 'x'))).toEqual(['UPN (x', 'UPN (x (2)', 'UPN (x)']);
    expect(header.extras.map(({ name }) => name.length)).toEqual([256, 260, 256]);
  });

  test('where two may mean what decides nothing the first one counts, and that is noted', () => {
    expect(said(match('CN', 'UPN', 'Type', 'HireDate', 'HireDate'))).toEqual([
      'In the header the column StartDate appears 2 times ("HireDate", "HireDate"): in each row the first one with a date counts.',
    ]);
    expect(said(match('CN', 'UPN', 'Type', 'HireDate', 'StartDate'))).toEqual([]);
  });

  test('an alias of an organisation that is nothing but marks names no column', () => {
    const { header } = matchColumns(['CN', 'UPN', 'Type', '*', ''], null, { StartDate: ['*', ''] });
    expect(header).toMatchObject({ at: { StartDate: null }, extras: [{ name: '*' }, { name: 'column 5' }] });
  });

  test.each([
    [{ CN: -1 }, ['the column CN is missing (found: "CN", "UPN", "Type")']],
    [{ CN: 3 }, ['the column CN is missing (found: "CN", "UPN", "Type")']],
    [{ CN: 2, EmployeeType: 2 }, ['"Type" is chosen for both CN and EmployeeType']],
    [{ CN: 1, UserPrincipalName: 0 }, []],
  ])('chosen by hand: %j', (choice, problems) => {
    expect(matchColumns(NAMES, choice).problems.map(({ message }) => message)).toEqual(problems);
  });

  test('columns of one name are numbered past the names that are taken', () => {
    expect(match('CN', 'UPN', 'Type', 'x', 'x (2)', 'x', 'x', 'CN (2)').header.extras.map(({ name }) => name)).toEqual([
      'x',
      'x (2)',
      'x (3)',
      'x (4)',
      'CN (2)',
    ]);
  });

  test('a column is called by its meaning, its name in the file, or its number', () => {
    const { header } = match('Room', 'CN', 'UPN', 'Typ', 'Note');
    expect([0, 1, 2, 3, 4, 5].map((at) => columnName(header, at))).toEqual([
      'Room',
      'CN',
      'UserPrincipalName',
      'EmployeeType',
      'Note',
      'column 6',
    ]);
  });

  test.each([
    'Login (UPN)',
    'Login <UPN>',
    '(UPN) Login',
    'a.b.UPN',
    'urn:ietf/x/UPN',
    'AD\\UPN',
    'Login {UPN} (short)',
    'UPN (mandatory)',
    'UPN <pflicht>',
    '„UPN“',
    'User-Principal_Name:',
  ])('%s means the UserPrincipalName', (name) => expect(match('CN', 'Type', name).header.at.UserPrincipalName).toBe(2));

  test.each(['UPN.old.x', 'Login UPN', 'UPN/2', 'Login (the UPN)'])('%s does not', (name) => {
    expect(match('CN', 'Type', name).header.at.UserPrincipalName).toBeNull();
  });
});
