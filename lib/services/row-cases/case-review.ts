/** What is known about the rows of a file that stayed out: their cells, what is wrong with them, and what was probably meant. */
import type { Tx } from '#db/client.ts';
import { recentDomains } from '#db/store/files/drafts.ts';
import { mappingsInForce } from '#db/store/mappings/mappings.ts';
import type { CaseRow } from '#db/store/row-cases/row-cases-read.ts';
import { type ReviewNote, reviewContext, reviewRow } from '#lib/intake/draft/review.ts';
import { type CaseTable, caseTable, validateCase } from '#lib/intake/rows/case-table.ts';
import { rawRow } from '#lib/intake/rows/row-case.ts';

interface CaseReview {
  /** Null where the row cannot be split into the columns of its file. */
  cells: readonly string[] | null;
  notes: ReviewNote[];
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
