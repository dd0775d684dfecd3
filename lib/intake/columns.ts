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

export type HeaderResult = { kind: 'ok'; header: Header } | { kind: 'fault'; message: string };

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

/** Reads a header. A required column that is missing, or a meaning that two columns claim, refuses the file: guessing would shift people. */
export function readHeader(fields: readonly string[]): HeaderResult {
  const keys = fields.map(columnKey);
  const at: Header['at'] = {
    UserPrincipalName: null,
    CN: null,
    EmployeeType: null,
    UsageLocation: null,
    StartDate: null,
  };
  const problems: string[] = [];
  for (const column of KNOWN_COLUMNS) {
    const found = ALIASES[column].flatMap((alias) => keys.flatMap((key, index) => (key === alias ? [index] : [])));
    const rivals = TAKES_BEST.has(column) ? found.filter((index) => keys[index] === keys[found[0] ?? -1]) : found;
    if (rivals.length > 1)
      problems.push(`the column ${column} is there ${rivals.length} times (${quoted(fields, rivals)})`);
    at[column] = found[0] ?? null;
  }
  const taken = new Set(Object.values(at));
  const extras = fields.flatMap((field, index) =>
    taken.has(index) ? [] : [{ name: field.trim() || `column ${index + 1}`, at: index }],
  );
  for (const name of new Set(extras.map((extra) => extra.name))) {
    const same = extras.filter((extra) => extra.name === name);
    if (same.length > 1) problems.push(`the column "${name}" is there ${same.length} times`);
  }
  const missing = REQUIRED_COLUMNS.filter((column) => at[column] === null);
  if (missing.length > 0)
    problems.push(
      `the column${missing.length > 1 ? 's' : ''} ${missing.join(', ')} ${missing.length > 1 ? 'are' : 'is'} missing (found: ${quoted(fields, fields.keys())})`,
    );
  if (problems.length === 0) return { kind: 'ok', header: { width: fields.length, at, extras } };
  return { kind: 'fault', message: `In the header ${problems.join(', and ')}.` };
}

function quoted(fields: readonly string[], indexes: Iterable<number>): string {
  const names = [...indexes].slice(0, 20).map((index) => JSON.stringify((fields[index] ?? '').trim().slice(0, 60)));
  return names.join(', ');
}
