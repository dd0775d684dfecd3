/** Which rows of an upload are shown. Pure. */
import type { DraftDetail, ReviewRow } from '#lib/services/drafts/drafts.ts';

export const ROW_FILTERS = [
  { name: null, count: ({ rows }: DraftDetail['counts']) => rows },
  { name: 'problems', count: ({ rejected }: DraftDetail['counts']) => rejected },
  { name: 'warnings', count: ({ warned }: DraftDetail['counts']) => warned },
  { name: 'known', count: ({ known }: DraftDetail['counts']) => known },
  { name: 'duplicates', count: ({ duplicate }: DraftDetail['counts']) => duplicate },
] as const;

export type RowFilter = (typeof ROW_FILTERS)[number]['name'];

/** From the address; nonsense is "all". */
export function rowFilterOf(text: string | null): RowFilter {
  return ROW_FILTERS.find(({ name }) => name === text)?.name ?? null;
}

const KEEPS: Record<NonNullable<RowFilter>, (row: ReviewRow) => boolean> = {
  problems: ({ verdict }) => verdict === 'rejected',
  warnings: ({ notes }) => notes.some(({ kind }) => kind === 'warning'),
  known: ({ verdict }) => verdict === 'known',
  duplicates: ({ verdict }) => verdict === 'duplicate',
};

export function filtered(rows: ReviewRow[], show: RowFilter): ReviewRow[] {
  return show === null ? rows : rows.filter(KEEPS[show]);
}
