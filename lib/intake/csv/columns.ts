/** Maps columns to their meaning: finds the known columns by name or alias, in any order and case. */

export const KNOWN_COLUMNS = ['UserPrincipalName', 'CN', 'EmployeeType', 'UsageLocation', 'StartDate'] as const;
export type KnownColumn = (typeof KNOWN_COLUMNS)[number];
const REQUIRED_COLUMNS: readonly KnownColumn[] = ['UserPrincipalName', 'CN', 'EmployeeType'];

/** Names as `columnKey` returns them, best first. A bare "Country" or "Location" is left out: it often holds a name, not a code. */
const ALIASES: Record<KnownColumn, readonly string[]> = {
  UserPrincipalName: [
    'userprincipalname',
    'upn',
    'userprincipal',
    'userlogonname',
    'benutzerprinzipalname',
    'benutzerprinzipal',
    'nomprincipaldelutilisateur',
    'nomprincipalutilisateur',
    'nombreprincipaldeusuario',
    'nombreprincipaldelusuario',
    'nomeprincipaleutente',
    'nomeprincipaldousuario',
    'gebruikersprincipalnaam',
  ],
  CN: [
    'cn',
    'commonname',
    'displayname',
    'fullname',
    'name',
    'anzeigename',
    'vollstandigername',
    'vollername',
    'nomcomplet',
    'nomaffiche',
    'nombrecompleto',
    'nombreparamostrar',
    'nomecompleto',
    'nomevisualizzato',
    'weergavenaam',
    'volledigenaam',
  ],
  EmployeeType: [
    'employeetype',
    'emptype',
    'type',
    'mitarbeitertyp',
    'mitarbeiterart',
    'beschaftigungsart',
    'typ',
    'typedemploye',
    'typeemploye',
    'tipodeempleado',
    'tipoempleado',
    'tipodipendente',
    'tipodefuncionario',
    'medewerkertype',
  ],
  UsageLocation: [
    'usagelocation',
    'countrycode',
    'nutzungsstandort',
    'verwendungsstandort',
    'landercode',
    'laendercode',
    'lieudutilisation',
    'emplacementdutilisation',
    'ubicaciondeuso',
    'codicepaese',
    'landcode',
  ],
  StartDate: [
    'startdate',
    'hiredate',
    'employeehiredate',
    'eintrittsdatum',
    'startdatum',
    'datedentree',
    'datededebut',
    'fechadeinicio',
    'datadiinizio',
    'datadeinicio',
    'begindatum',
  ],
};

/** Exports from Active Directory contain CN, Name and DisplayName side by side: the first match counts, the others are extras. */
const BEST_MATCH_ONLY: ReadonlySet<KnownColumn> = new Set(['CN']);

export interface Header {
  /** How many fields a row must have. */
  width: number;
  /** The index of each known column; null where the file does not have it. */
  at: Record<KnownColumn, number | null>;
  /** The columns we do not know, by their names in the file. */
  extras: readonly { name: string; at: number }[];
}

/** The column index an operator chose for a meaning; null: the file does not have it. Meanings not listed are matched by name. */
export type ColumnChoice = Partial<Record<KnownColumn, number | null>>;

/** The key by which column names are compared: without case, accents, blanks, `_`, `-`, `.` and apostrophes. */
export function columnKey(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\s\p{M}\p{Cf}_.'’-]/gu, '');
}

/** How many of the required columns these fields name: tells the right delimiter from the wrong ones. */
export function countRequired(fields: readonly string[]): number {
  const keys = new Set(fields.map(columnKey));
  return REQUIRED_COLUMNS.filter((column) => ALIASES[column].some((alias) => keys.has(alias))).length;
}

/**
 * Finds each known column, first by the operator's choice, then by name. A missing required column, or two columns with the
 * same meaning, is a problem: guessing would assign values to the wrong people.
 */
export function matchColumns(
  fields: readonly string[],
  choice: ColumnChoice | null,
): { header: Header; problems: string[] } {
  const problems: string[] = [];
  const at = choice === null ? foundByName(fields, [], problems) : chosenColumns(fields, choice, problems);
  const used = new Set(Object.values(at));
  const named = fields.flatMap((field, index) =>
    used.has(index) ? [] : [{ name: field.trim() || `column ${index + 1}`, at: index }],
  );
  const extras = choice === null ? named : numbered(named);
  for (const name of new Set(extras.map((extra) => extra.name))) {
    const same = extras.filter((extra) => extra.name === name);
    if (same.length > 1) problems.push(`the column "${name}" appears ${same.length} times`);
  }
  const missing = REQUIRED_COLUMNS.filter((column) => at[column] === null);
  if (missing.length > 0)
    problems.push(
      `the column${missing.length > 1 ? 's' : ''} ${missing.join(', ')} ${missing.length > 1 ? 'are' : 'is'} missing (found: ${quoted(fields, fields.keys())})`,
    );
  return { header: { width: fields.length, at, extras }, problems };
}

/** The name of a column of the file: its meaning where known, otherwise the name in the file. */
export function columnName(header: Header, index: number): string {
  const known = KNOWN_COLUMNS.find((column) => header.at[column] === index);
  return known ?? header.extras.find(({ at }) => at === index)?.name ?? `column ${index + 1}`;
}

/** Finds columns by their names. `settled` are the meanings an operator has decided on: for these the names do not count. */
function foundByName(fields: readonly string[], settled: readonly KnownColumn[], problems: string[]): Header['at'] {
  const keys = fields.map(columnKey);
  const at: Header['at'] = {
    UserPrincipalName: null,
    CN: null,
    EmployeeType: null,
    UsageLocation: null,
    StartDate: null,
  };
  for (const column of KNOWN_COLUMNS) {
    if (settled.includes(column)) continue;
    const found = ALIASES[column].flatMap((alias) => keys.flatMap((key, index) => (key === alias ? [index] : [])));
    const rivals = BEST_MATCH_ONLY.has(column) ? found.filter((index) => keys[index] === keys[found[0] ?? -1]) : found;
    if (rivals.length > 1)
      problems.push(`the column ${column} appears ${rivals.length} times (${quoted(fields, rivals)})`);
    at[column] = found[0] ?? null;
  }
  return at;
}

function chosenColumns(fields: readonly string[], choice: ColumnChoice, problems: string[]): Header['at'] {
  const settled = KNOWN_COLUMNS.filter((column) => choice[column] !== undefined);
  const at = foundByName(fields, settled, problems);
  const owners = new Map<number, KnownColumn>();
  for (const column of settled) {
    const index = choice[column] ?? null;
    if (index === null || index < 0 || index >= fields.length) continue;
    const owner = owners.get(index);
    if (owner) problems.push(`${quoted(fields, [index])} is chosen for both ${owner} and ${column}`);
    owners.set(index, column);
    at[column] = index;
  }
  // A column given a meaning by an operator has no other meaning by its name.
  for (const column of KNOWN_COLUMNS) if (!settled.includes(column) && owners.has(at[column] ?? -1)) at[column] = null;
  return at;
}

/** In a review, columns with the same name are numbered instead of refused. */
function numbered(extras: readonly { name: string; at: number }[]): { name: string; at: number }[] {
  const used = new Set<string>(KNOWN_COLUMNS);
  return extras.map(({ name, at }) => {
    let free = name;
    for (let n = 2; used.has(free); n++) free = `${name} (${n})`;
    used.add(free);
    return { name: free, at };
  });
}

function quoted(fields: readonly string[], indexes: Iterable<number>): string {
  const names = [...indexes].slice(0, 20).map((index) => JSON.stringify((fields[index] ?? '').trim().slice(0, 60)));
  return names.join(', ');
}
