/** Generates files as the systems of the field write them, and damaged ones: encodings × delimiters × quoting × headers × widths × damage. */
import fc from 'fast-check';
import type { Encoding } from '#lib/intake/csv/encoding/formats.ts';

/** `other`: no row of ours; the parser that is not ours says what it is. */
type RowKind = 'as written' | 'quote damage';

interface GeneratedRow {
  text: string;
  kind: RowKind;
}

type Damage =
  | { kind: 'none' }
  /** The bytes end here. */
  | { kind: 'cut'; share: number }
  /** A quote opens in this row and is never closed. */
  | { kind: 'open quote'; row: number }
  /** A NUL stands in this row. */
  | { kind: 'nul'; row: number }
  /** Before this row stands one of another system, in another encoding. */
  | { kind: 'mixed'; row: number };

export interface GeneratedFile {
  encoding: Encoding;
  withMark: boolean;
  delimiter: string;
  eol: string;
  /** Lines above the header. */
  above: readonly string[];
  header: readonly string[];
  headerText: string;
  rows: readonly GeneratedRow[];
  /** Between the last row and the end of the file. */
  end: string;
  damage: Damage;
}

const COLUMNS = {
  upn: [
    'UserPrincipalName',
    'userPrincipalName',
    'UPN',
    'User Principal Name',
    'user_principal_name',
    'Benutzerprinzipalname',
    'UserPrincipalName (required)',
    'UPN*',
  ],
  name: ['CN', 'cn', 'DisplayName', 'Full Name', 'Anzeigename', 'Name [displayName] Required'],
  type: ['EmployeeType', 'employeeType', 'Employee Type', 'Mitarbeitertyp', '*EmployeeType'],
};
const EXTRAS = [
  'Department',
  'Büro',
  'Cost centre',
  'Note',
  'Note',
  '',
  'Manager',
  'Straße',
  'Phone',
  'Remark 1',
  'Remark 2',
];
const WORDS = [
  'Anna',
  'Müller',
  'Jürgen',
  'Größe',
  'Zoë',
  'José',
  'François',
  'Smith',
  'van Dyk',
  "O'Neill",
  'Weiß',
  'Bär',
  'Li',
];
const TITLES = ['Export of newcomers', '# written by HR', 'Stand: heute', ''];
const DOMAIN = 'contoso.example';

const word = fc.constantFrom(...WORDS);
const blanks = fc.constantFrom('', '', '', ' ', '  ');
const pick = (names: readonly string[]) => fc.constantFrom(...names);

interface Style {
  delimiter: string;
  eol: string;
  quoting: 'needed' | 'all' | 'some';
  padded: boolean;
}

function written(cell: string, { delimiter, eol, quoting, padded }: Style, chance: boolean): string {
  const needed = cell.includes(delimiter) || cell.includes('"') || cell.includes(eol) || /[\r\n]/.test(cell);
  if (!needed && !(quoting === 'all' || (quoting === 'some' && chance))) return cell;
  const quoted = `"${cell.replaceAll('"', '""')}"`;
  return padded ? ` ${quoted} ` : quoted;
}

const nameOf = (style: Style) =>
  fc
    .tuple(blanks, word, fc.constantFrom(' ', ', ', ' "Z" ', style.delimiter, '-'), word, blanks)
    .map((parts) => parts.join(''));
const noteOf = (style: Style) =>
  fc.oneof(
    fc.constant(''),
    word,
    fc
      .tuple(word, fc.constantFrom(style.eol, style.delimiter, '""', ' " ', `${style.eol}${style.eol}`), word)
      .map((p) => p.join('')),
  );
const address = fc
  .record({ n: fc.nat({ max: 40 }), dot: fc.boolean(), upper: fc.boolean(), before: blanks, behind: blanks })
  .map(({ n, dot, upper, before, behind }) => {
    const local = dot ? `p.${n}` : `p.${n}-x`;
    return `${before}${upper ? local.toUpperCase() : local}@${DOMAIN}${behind}`;
  });
/** Not an address in any organisation. */
const noAddress = fc.constantFrom(
  '',
  'nobody',
  'a b@contoso.example',
  'a@b@contoso.example',
  'a@contoso',
  '@contoso.example',
  'a@',
  'ä@contoso.example',
);
const employeeType = fc.constantFrom('E', 'N', 'Employee', 'Contractor', ' E ', '');

/** `at`: which column holds what; null: one that means nothing to us. */
function rowOf(at: readonly ('upn' | 'name' | 'type' | null)[], style: Style): fc.Arbitrary<GeneratedRow> {
  const cells = (upn: fc.Arbitrary<string>) =>
    fc.tuple(
      ...at.map((column) =>
        column === 'upn' ? upn : column === 'name' ? nameOf(style) : column === 'type' ? employeeType : noteOf(style),
      ),
    );
  const line = (row: fc.Arbitrary<string[]>) =>
    fc.tuple(row, fc.infiniteStream(fc.boolean())).map(([texts, chances]): GeneratedRow => {
      const some = chances.take(texts.length);
      return {
        kind: 'as written',
        text: texts.map((cell) => written(cell, style, some.next().value === true)).join(style.delimiter),
      };
    });
  const person = cells(address);
  const damaged = line(person).map(
    ({ text }): GeneratedRow => ({
      kind: 'quote damage',
      text: `"Anna"x${style.delimiter}${text.split(/[\r\n]/)[0]?.replaceAll('"', '') ?? ''}`,
    }),
  );
  return fc.oneof(
    { weight: 70, arbitrary: line(person) },
    { weight: 10, arbitrary: line(cells(noAddress)) },
    {
      weight: 5,
      arbitrary: line(fc.tuple(person, fc.nat({ max: at.length })).map(([row, left]) => row.slice(0, left))),
    },
    {
      weight: 5,
      arbitrary: line(fc.tuple(person, fc.constantFrom('', ' ', 'x')).map(([row, more]) => [...row, '', more])),
    },
    {
      weight: 4,
      arbitrary: fc
        .constantFrom('', '  ', style.delimiter, style.delimiter.repeat(3))
        .map((text): GeneratedRow => ({ kind: 'as written', text })),
    },
    { weight: 4, arbitrary: damaged },
  );
}

const encodings = fc.constantFrom<[Encoding, boolean]>(
  ['UTF-8', false],
  ['UTF-8', true],
  ['UTF-16LE', true],
  ['UTF-16LE', false],
  ['UTF-16BE', true],
  ['UTF-16BE', false],
  ['Windows-1252', false],
);

const styles: fc.Arbitrary<Style> = fc.record({
  delimiter: fc.constantFrom(',', ';', '\t', '|'),
  eol: fc.constantFrom('\n', '\r\n', '\r'),
  quoting: fc.constantFrom('needed', 'needed', 'all', 'some'),
  padded: fc.boolean(),
});

function damages(rows: number): fc.Arbitrary<Damage> {
  const row = fc.nat({ max: Math.max(0, rows - 1) });
  return fc.oneof(
    { weight: 8, arbitrary: fc.constant<Damage>({ kind: 'none' }) },
    {
      weight: 2,
      arbitrary: fc.double({ min: 0, max: 1, noNaN: true }).map((share): Damage => ({ kind: 'cut', share })),
    },
    { weight: 1, arbitrary: row.map((at): Damage => ({ kind: 'open quote', row: at })) },
    { weight: 1, arbitrary: row.map((at): Damage => ({ kind: 'nul', row: at })) },
    { weight: 2, arbitrary: row.map((at): Damage => ({ kind: 'mixed', row: at })) },
  );
}

export const generatedFile: fc.Arbitrary<GeneratedFile> = fc
  .record({
    style: styles,
    encoding: encodings,
    names: fc.tuple(pick(COLUMNS.upn), pick(COLUMNS.name), pick(COLUMNS.type)),
    extras: fc.subarray(EXTRAS),
    order: fc.infiniteStream(fc.nat({ max: 1000 })),
    above: fc.oneof(
      { weight: 4, arbitrary: fc.constant([]) },
      { weight: 1, arbitrary: fc.array(pick(TITLES), { maxLength: 2 }) },
    ),
    declared: fc.nat({ max: 9 }),
    end: fc.constantFrom('', 'eol', 'eol', 'eol', 'blank lines', 'mark'),
  })
  .chain(({ style, encoding: [encoding, withMark], names: [upn, name, type], extras, order, above, declared, end }) => {
    const columns = [
      { of: 'upn' as const, name: upn },
      { of: 'name' as const, name },
      { of: 'type' as const, name: type },
      ...extras.map((extra) => ({ of: null, name: extra })),
    ];
    const keys = [...order.take(columns.length)];
    const shuffled = columns
      .map((column, index) => ({ column, key: keys[index] ?? 0 }))
      .sort((a, b) => a.key - b.key)
      .map(({ column }) => column);
    const { delimiter, eol } = style;
    const header = shuffled.map((column) => column.name);
    const rows = fc.array(
      rowOf(
        shuffled.map((column) => column.of),
        style,
      ),
      { minLength: 1, maxLength: 12 },
    );
    return rows.chain((made) =>
      damages(made.length).map((damage) => ({
        encoding,
        withMark,
        delimiter,
        eol,
        header,
        rows: made,
        damage,
        above: declared === 0 ? [`sep=${delimiter}`] : above,
        headerText: header.map((cell) => written(cell, style, true)).join(delimiter),
        end: end === '' ? '' : end === 'eol' ? eol : end === 'mark' ? `${eol}\u001a` : eol + eol + eol,
      })),
    );
  });
