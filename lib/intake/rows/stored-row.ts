/** What a stored row says, as it was imported: with the corrections that operators made before and after. */
import { columnName } from '#lib/intake/csv/columns/columns.ts';
import { byLine, type Correction, WHOLE_ROW } from '#lib/intake/csv/rows/corrections.ts';
import type { ValidatedRow } from '#lib/intake/csv/rows/validation-context.ts';
import { type CaseTable, validateCase } from './case-table.ts';

export interface StoredRow {
  line: number;
  raw: string;
  /** What was changed in it when it was stored, and by whom. */
  changes: readonly { column: string; to: string; what: string }[];
}

const CORRECTED = /^corrected by (.*)$/s;

/** Reads the row by the rules of its file. */
export function readStoredRow(file: CaseTable, { line, raw, changes }: StoredRow): ValidatedRow {
  const { header, corrections } = file.table;
  const made = changes.flatMap(({ column: name, to, what }): Correction[] => {
    const [, by] = CORRECTED.exec(what) ?? [];
    const at = file.names.findIndex((_, index) => columnName(header, index) === name);
    if (by === undefined || (at < 0 && name !== WHOLE_ROW)) return [];
    return [{ line, column: name === WHOLE_ROW ? null : at, to, by }];
  });
  const all = byLine([...(corrections.get(line) ?? []), ...made]);
  return validateCase({ ...file, table: { ...file.table, corrections: all } }, { line, raw, problems: [] });
}
