/** Guesses what a column that is not used may mean, by its name and its first values: a question to an operator, never an answer. Pure. */
import { KNOWN_COLUMNS, type KnownColumn } from '#lib/domain/newcomer.ts';
import { readCountry } from '#lib/domain/text/countries.ts';
import { ALIASES, columnKey } from '#lib/intake/csv/columns/column-names.ts';
import type { Header } from '#lib/intake/csv/columns/columns.ts';
import { isSound } from '#lib/intake/csv/rows/validate.ts';
import { readDate } from '#lib/intake/csv/values/dates.ts';
import { nearest } from './nearest.ts';

export interface UnusedColumn {
  at: number;
  name: string;
  /** A meaning that no other column of the file has; null: no guess. */
  guess: KnownColumn | null;
}

const SAMPLES = 50;
/** Some cells of nearly every column are odd. */
const MOST = 0.9;

/** The first filled cells of each column, as the rows go by. */
export class ColumnSamples {
  readonly #cells: string[][] = [];

  see(fields: readonly string[]): void {
    for (const [at, field] of fields.entries()) {
      const cells = this.#cells[at] ?? [];
      const cell = cells.length < SAMPLES ? field.trim() : '';
      if (cell !== '') this.#cells[at] = [...cells, cell];
    }
  }

  of(at: number): readonly string[] {
    return this.#cells[at] ?? [];
  }
}

/** What a name must hold for its values to count: many columns hold countries and dates. */
const HINTS: Partial<Record<KnownColumn, RegExp>> = {
  UsageLocation: /usage|nutzung|verwendung|land|country|location|standort|nation|pays|pais|paese|utilis|uso/,
  StartDate: /start|begin|eintritt|antritt|hire|join|entry|entree|debut|inicio|inizio|ingress|first|erster/,
};
/** Somebody else's, or another time of life. */
const OTHERWISE =
  /birth|geburt|naiss|nacim|nascita|exit|austritt|leav|end(?:date|datum)|manager|vorgesetz|chef|supervisor|privat|prive/;

/** The columns that mean nothing to us, in their order. `employeeTypes`: those that are mapped. */
export function unusedColumns(
  header: Header,
  samples: ColumnSamples,
  employeeTypes: readonly string[],
): UnusedColumn[] {
  const free = KNOWN_COLUMNS.filter((column) => header.at[column] === null);
  const types = new Set(employeeTypes.map((type) => type.toLowerCase()));
  const unused = header.extras.filter(({ at }) => !header.nameAt.includes(at));
  return unused.map(({ name, at }) => ({ at, name, guess: guessOf(name, samples.of(at), free, types) }));
}

function guessOf(
  name: string,
  cells: readonly string[],
  free: readonly KnownColumn[],
  types: ReadonlySet<string>,
): KnownColumn | null {
  const key = columnKey(name);
  if (OTHERWISE.test(key)) return null;
  const says: Record<KnownColumn, (cell: string) => boolean> = {
    UserPrincipalName: (cell) => cell.includes('@') && isSound('UserPrincipalName', cell),
    EmployeeType: (cell) => types.has(cell.toLowerCase()),
    UsageLocation: (cell) => readCountry(cell) !== null,
    StartDate: (cell) => readDate(cell, { slashed: 'day_first', dotted: 'day_first' }).kind === 'ok',
    CN: () => false,
  };
  const most = (column: KnownColumn) => cells.filter(says[column]).length >= MOST * cells.length;
  const byValues = (column: KnownColumn) => cells.length > 0 && most(column) && (HINTS[column]?.test(key) ?? true);
  const bySpelling = (column: KnownColumn) =>
    key.length >= 4 &&
    nearest(key, ALIASES[column]) !== null &&
    (column === 'CN' || cells.length === 0 || most(column));
  return free.find(byValues) ?? free.find(bySpelling) ?? null;
}
