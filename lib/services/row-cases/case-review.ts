/** What is known about the rows of a file that stayed out: their cells, what is wrong with them, and what was probably meant. */
import type { Tx } from '#db/client.ts';
import { recentDomains } from '#db/store/files/drafts.ts';
import { mappingsInForce } from '#db/store/mappings/mappings.ts';
import type { CaseRow } from '#db/store/row-cases/row-cases-read.ts';
import type { KnownColumn } from '#lib/domain/newcomer.ts';
import { type ReviewNote, reviewContext, reviewRow } from '#lib/intake/draft/review.ts';
import { type CaseTable, caseTable, rawRow, validateCase } from '#lib/intake/row-case.ts';

interface CaseReview {
  /** Null where the row cannot be split into the columns of its file. */
  cells: readonly string[] | null;
  notes: ReviewNote[];
}

const SHOWN = 80;

/** Reads cases as their files were read; each file is prepared once. */
export function caseReader(db: Tx) {
  const tables = new Map<string, CaseTable>();
  const tableOf = (fileId: string): CaseTable | null => {
    const known = tables.get(fileId) ?? caseTable(db, fileId);
    if (known) tables.set(fileId, known);
    return known;
  };
  const cellsOf = (row: CaseRow): { file: CaseTable; cells: readonly string[] | null } | null => {
    const [file, raw] = [tableOf(row.fileId), rawRow(row)];
    if (!file || !raw) return null;
    const { fields } = validateCase(file, raw);
    return { file, cells: fields?.length === file.table.header.width ? fields : null };
  };
  return {
    tableOf,
    /** The cell of a known column; null where there is none, or nothing in it. */
    cell(row: CaseRow, column: KnownColumn): string | null {
      const read = cellsOf(row);
      const at = read?.file.table.header.at[column] ?? null;
      return (at === null ? null : read?.cells?.[at]?.trim()) || null;
    },
    /** What to call it: by its name, its address or its beginning. */
    nameOf(row: CaseRow): string {
      const name = this.cell(row, 'CN') ?? this.cell(row, 'UserPrincipalName');
      return name ?? (row.raw?.trim().slice(0, SHOWN) || row.fileName);
    },
  };
}

export interface CaseReviewer {
  file: CaseTable;
  review(row: CaseRow): CaseReview;
}

/** Reviews the rows of one file as an upload is reviewed. Null: there is no such file. */
export function caseReviewer(db: Tx, fileId: string): CaseReviewer | null {
  const file = caseTable(db, fileId);
  if (!file) return null;
  const employeeTypes = [...mappingsInForce(db).values()].map(({ employeeType }) => employeeType);
  const context = reviewContext(file.table, { employeeTypes, domains: recentDomains(db) }, new Map());
  return {
    file,
    review(row) {
      const raw = rawRow(row);
      if (!raw) return { cells: null, notes: [] };
      const validated = validateCase(file, raw);
      const isSplit = validated.fields?.length === file.table.header.width;
      return { cells: isSplit ? validated.fields : null, notes: reviewRow(context, raw.raw, validated) };
    },
  };
}

/** What makes two mistakes alike: where they are, and what would correct them. */
export function alikeKey(at: number | null, pattern: string): string {
  return `${at ?? 'row'}|${pattern}`;
}
