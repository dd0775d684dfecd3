/** Which column means what: finds the columns we know by name or alias, in any order and case. */

export const KNOWN_COLUMNS = ['UserPrincipalName', 'CN', 'EmployeeType', 'UsageLocation', 'StartDate'] as const;
export type KnownColumn = (typeof KNOWN_COLUMNS)[number];
const REQUIRED_COLUMNS: readonly KnownColumn[] = ['UserPrincipalName', 'CN', 'EmployeeType'];

/** Names as `columnKey` gives them, best first. A bare "Country" or "Location" is left out: it often holds a name, not a code. */
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

/** Exports of Active Directory carry CN, Name and DisplayName side by side: the best-known one counts, the others are extras. */
const TAKES_BEST: ReadonlySet<KnownColumn> = new Set(['CN']);

export interface Header {
  /** How many fields a row must have. */
  width: number;
  /** Where each known column stands; null where the file does not have it. */
  at: Record<KnownColumn, number | null>;
  /** The columns that mean nothing to us, by the name they have in the file. */
  extras: readonly { name: string; at: number }[];
}

/** Which column of the file an operator says holds what, by its index; null: the file does not have it. What is not named is found by name. */
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
 * Finds each known column, by hand first and by name else. A required column that is missing, or a meaning that two columns
 * claim, is a problem: guessing would shift people.
 */
export function matchColumns(
  fields: readonly string[],
  choice: ColumnChoice | null,
): { header: Header; problems: string[] } {
  const problems: string[] = [];
  const at = choice === null ? foundByName(fields, [], problems) : chosenColumns(fields, choice, problems);
  const taken = new Set(Object.values(at));
  const named = fields.flatMap((field, index) =>
    taken.has(index) ? [] : [{ name: field.trim() || `column ${index + 1}`, at: index }],
  );
  const extras = choice === null ? named : toldApart(named);
  for (const name of new Set(extras.map((extra) => extra.name))) {
    const same = extras.filter((extra) => extra.name === name);
    if (same.length > 1) problems.push(`the column "${name}" is there ${same.length} times`);
  }
  const missing = REQUIRED_COLUMNS.filter((column) => at[column] === null);
  if (missing.length > 0)
    problems.push(
      `the column${missing.length > 1 ? 's' : ''} ${missing.join(', ')} ${missing.length > 1 ? 'are' : 'is'} missing (found: ${quoted(fields, fields.keys())})`,
    );
  return { header: { width: fields.length, at, extras }, problems };
}

/** The name of a column of the file: what it means to us, else what the file calls it. */
export function columnName(header: Header, index: number): string {
  const known = KNOWN_COLUMNS.find((column) => header.at[column] === index);
  return known ?? header.extras.find(({ at }) => at === index)?.name ?? `column ${index + 1}`;
}

/** Finds columns by their names. `settled` are the meanings an operator has decided on: their names count for nothing. */
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
    const rivals = TAKES_BEST.has(column) ? found.filter((index) => keys[index] === keys[found[0] ?? -1]) : found;
    if (rivals.length > 1)
      problems.push(`the column ${column} is there ${rivals.length} times (${quoted(fields, rivals)})`);
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
  // A column given a meaning by hand has no other one by its name.
  for (const column of KNOWN_COLUMNS) if (!settled.includes(column) && owners.has(at[column] ?? -1)) at[column] = null;
  return at;
}

/** Where an operator looks on, columns of the same name are numbered instead of refused. */
function toldApart(extras: readonly { name: string; at: number }[]): { name: string; at: number }[] {
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
