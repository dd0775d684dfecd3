/** What a row that stayed out says in all that counts: exports write the time, a number or a count beside the same row every night. */
import { KNOWN_COLUMNS } from '#lib/domain/newcomer.ts';
import { addDays, dayAt } from '#lib/domain/time/days.ts';
import { columnKey } from '#lib/intake/csv/columns/column-names.ts';
import { columnName, type Header } from '#lib/intake/csv/columns/columns.ts';
import { readRow } from '#lib/intake/csv/parse.ts';
import { fitted } from '#lib/intake/csv/rows/width.ts';
import { possibleDates } from '#lib/intake/csv/values/dates.ts';
import type { CaseTable } from './case-table.ts';

export interface RowThatStayedOut {
  raw: string;
  /** When its file came, ms UTC. */
  receivedAt: number;
  /** The columns that kept it out; null: the row as a whole. */
  columns: readonly (string | null)[];
}

/** Lines below a table that only count or date it. */
const TRAILER =
  /^[\s"'*=#(-]*(?:\d+ (?:rows?|records?|lines?|zeilen|sätze)|(?:grand )?totals?|sum|summe|gesamt|anzahl|count|rows?|records?|zeilen|trailer|footer|trl|page|seite|eof|generated|created on|exported|printed|erstellt|exportiert|gedruckt|stand)(?![\p{L}\p{M}])/iu;
const ROW_NUMBERS = new Set([
  'no',
  'nr',
  'row',
  'rowno',
  'rownr',
  'rownumber',
  'line',
  'lineno',
  'linenumber',
  'seq',
  'seqno',
  'sequence',
  'index',
  'pos',
  'lfd',
  'lfdnr',
  'laufendenummer',
  'zeile',
  'zeilennummer',
  'column1',
  '',
]);
/** A time at which somebody exported or changed something lies so near the day on which the file came. */
const DAYS_NEAR = 2;
const DATED = /^\d[\d./-]{7,}/;

/** What rows of a file mean, to be compared: those that mean the same are decided together, whatever the order of their columns; null: it cannot be told. */
export function meaningsIn({ table, names, hasHeader }: CaseTable): (row: RowThatStayedOut) => string | null {
  const { header, delimiter } = table;
  const keys = names.map(columnKey);
  const columns = names.map((_, at) => columnKey(columnName(header, at)));
  const counting = countingColumns(header);
  const counts = new Set([...counting.values(), ...header.nameAt, ...header.namePartsAt]);
  // A note says something else every night: it counts where it keeps the row out.
  const notes = new Map(header.leaverColumns.flatMap(({ name, at, kind }) => (kind === 'note' ? [[at, name]] : [])));
  return (row) => {
    const split = hasHeader ? readRow(row.raw, delimiter) : null;
    const fields = split && fitted(header, split).map((field) => field.trim());
    const cell = (at: number | null) => fields?.[at ?? -1] ?? '';
    const isWhole = fields?.length === header.width;
    const isTrailer = !row.raw.includes('@') && TRAILER.test(row.raw);
    if (isTrailer && (!isWhole || cell(header.at.EmployeeType) === ''))
      return `trailer ${row.raw.replace(/\d+/g, '0')}`;
    if (!fields?.some((field) => field !== '')) return null;
    if (!isWhole || !row.columns.every((column) => column !== null && counting.has(column)))
      return JSON.stringify([keys, fields]);
    const upn = cell(header.at.UserPrincipalName);
    const isNamed = upn.includes('@') || (upn !== '' && header.nameAt.some((at) => cell(at) !== ''));
    const isIdleNote = (at: number) => notes.has(at) && !row.columns.includes(notes.get(at) ?? null);
    const said = fields.flatMap((field, at) => {
      // Without an address the other columns tell one from another.
      const isSaid =
        (counts.has(at) && !isIdleNote(at)) ||
        !(isNamed || isRowNumber(at, names, field) || isNear(field, row.receivedAt, table));
      return isSaid && field !== '' ? [[columns[at], field]] : [];
    });
    return said.length > 0 ? JSON.stringify(said.sort()) : null;
  };
}

function countingColumns({ at, leaverColumns, otherStarts }: Header): Map<string, number> {
  const known = KNOWN_COLUMNS.flatMap((column): [string, number][] => {
    const index = at[column];
    return index === null ? [] : [[column, index]];
  });
  return new Map([...known, ...[...leaverColumns, ...otherStarts].map((one): [string, number] => [one.name, one.at])]);
}

const isRowNumber = (at: number, names: readonly string[], field: string) =>
  /^\s*\d+\s*$/.test(field) && ROW_NUMBERS.has(columnKey(names[at] ?? '').replace(/[^\p{L}\d]/gu, ''));

function isNear(field: string, receivedAt: number, { dates }: CaseTable['table']): boolean {
  const text = field.trim();
  if (!DATED.test(text)) return false;
  const [first, last] = [-DAYS_NEAR, DAYS_NEAR].map((days) => addDays(dayAt(receivedAt, 'UTC'), days));
  return possibleDates(text, dates).some((day) => day >= (first ?? '') && day <= (last ?? ''));
}
