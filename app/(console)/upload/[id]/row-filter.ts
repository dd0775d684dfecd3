/** Which rows of an upload are shown. Pure. */
import type { DraftDetail, ReviewRow } from '#lib/services/drafts/drafts.ts';

export const NARROWINGS = [
  { name: null, word: 'All rows', count: ({ rows }: DraftDetail['counts']) => rows },
  { name: 'problems', word: 'With problems', count: ({ rejected }: DraftDetail['counts']) => rejected },
  { name: 'warnings', word: 'With warnings', count: ({ warned }: DraftDetail['counts']) => warned },
  { name: 'known', word: 'Known already', count: ({ known }: DraftDetail['counts']) => known },
  { name: 'duplicates', word: 'Duplicates', count: ({ duplicate }: DraftDetail['counts']) => duplicate },
] as const;

export type Narrowing = (typeof NARROWINGS)[number]['name'];

/** From the address; nonsense is "all". */
export function narrowingOf(text: string | null): Narrowing {
  return NARROWINGS.find(({ name }) => name === text)?.name ?? null;
}

const KEEPS: Record<NonNullable<Narrowing>, (row: ReviewRow) => boolean> = {
  problems: ({ verdict }) => verdict === 'rejected',
  warnings: ({ notes }) => notes.some(({ kind }) => kind === 'warning'),
  known: ({ verdict }) => verdict === 'known',
  duplicates: ({ verdict }) => verdict === 'duplicate',
};

export function narrowed(rows: ReviewRow[], show: Narrowing): ReviewRow[] {
  return show === null ? rows : rows.filter(KEEPS[show]);
}
