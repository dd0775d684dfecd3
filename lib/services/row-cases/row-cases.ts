/** Rows that stayed out and files refused whole, for the web: the list, and one with what to do about it. */
import { z } from 'zod';
import type { Db } from '#db/client.ts';
import { ROW_CASE_STATUSES, type RowCaseStatus } from '#db/schema/row-cases.ts';
import {
  type CaseRow,
  caseById,
  countCases,
  nextOpenCase,
  openCasesOfFile,
  pageOfCases,
} from '#db/store/row-cases/row-cases-read.ts';
import { findRowCases } from '#db/store/search/find-rows.ts';
import type { Operator } from '#lib/auth/operator.ts';
import { readRow } from '#lib/intake/csv/parse.ts';
import type { ReviewNote } from '#lib/intake/draft/review.ts';
import { database } from '#lib/services/http/database.ts';
import { authorise, parseInput, ServiceError } from '#lib/services/http/errors.ts';
import { type Page, paged, pageSchema, textSchema } from '#lib/services/http/listing.ts';
import type { Language } from '#lib/words/languages.ts';
import { type InWords, inWords } from '#lib/words/sentences.ts';
import { type RowCaseItem, toItems } from './case-item.ts';
import { alikeKey, type CaseReviewer, caseReviewer } from './case-review.ts';

export type { RowCaseItem };

type NoteInWords = InWords<ReviewNote>;

export interface RowCaseList extends Page<RowCaseItem> {
  query: RowCasesQuery;
  /** Of the file that is chosen, of those that were found, or of all. */
  counts: Record<RowCaseStatus, number>;
}

export interface RowCaseDetail extends RowCaseItem {
  /** The row as it is in the file; null for a whole file. */
  raw: string | null;
  /** What the columns of the file are called. */
  names: readonly string[];
  /** The cells as they are, one for each column; empty ones where the row cannot be split into the columns. */
  cells: readonly string[];
  isSplit: boolean;
  /** For a row that a delimiter inside a value shifted: the cells that were probably meant. */
  meant: { cells: readonly string[]; pattern: string } | null;
  notes: NoteInWords[];
  /** For each suggestion by `at|pattern`: how many open rows of the file have the same mistake, this one included. */
  alike: Record<string, number>;
  /** False: the file is long, and only its first open rows were looked at for `alike`. */
  isAlikeExact: boolean;
  /** Another open case of the file; null: it was the last one. */
  nextOpen: number | null;
}

/** `?status=closed&file=…&q=…&page=…`. Invalid values count as absent. */
const rowCasesQuerySchema = z.object({
  status: z.enum(ROW_CASE_STATUSES).catch('open').default('open'),
  file: textSchema,
  q: textSchema,
  page: pageSchema,
});
type RowCasesQuery = z.infer<typeof rowCasesQuerySchema>;

const idInput = z.object({ id: z.coerce.number().int().positive() });

/** One page of cases in order of arrival. `input` is the address's search parameters (`rowCasesQuerySchema`). */
export function listRowCases(operator: Operator | null, input: unknown, language: Language = 'en'): RowCaseList {
  authorise(operator, 'people:read');
  const query = parseInput(rowCasesQuerySchema, input);
  const db = database();
  if (query.q !== null) return { ...foundCases(db, query, query.q, language), query };
  const number = (status: RowCaseStatus) => countCases(db, { status, fileId: query.file });
  const counts = { open: number('open'), corrected: number('corrected'), closed: number('closed') };
  const filter = { status: query.status, fileId: query.file };
  const page = paged(counts[query.status], query.page, (offset, limit) =>
    toItems(db, pageOfCases(db, filter, offset, limit), language),
  );
  return { ...page, query, counts };
}

/** So many rows are shown of those that contain a text: open ones first, then the newest. */
const FOUND_LIMIT = 100;

function foundCases(
  db: Db,
  { status, file }: RowCasesQuery,
  text: string,
  language: Language,
): Omit<RowCaseList, 'query'> {
  const rows = findRowCases(db, text, FOUND_LIMIT).flatMap((id) => caseById(db, id) ?? []);
  const found = rows.filter(({ fileId }) => file === null || fileId === file);
  const withStatus = (one: RowCaseStatus) => found.filter((row) => row.status === one);
  const number = (one: RowCaseStatus) => withStatus(one).length;
  const items = toItems(db, withStatus(status), language);
  const counts = { open: number('open'), corrected: number('corrected'), closed: number('closed') };
  return { items, total: items.length, page: 1, pageCount: 1, counts };
}

/** So many open rows of a file are compared while a page waits. */
const COMPARED = 200;

/** One case with its cells, what is wrong with each, and suggestions. `input`: `{ id }`. Throws `not_found`. */
export function readRowCase(operator: Operator | null, input: unknown, language: Language = 'en'): RowCaseDetail {
  authorise(operator, 'people:read');
  const db = database();
  const row = caseById(db, parseInput(idInput, input).id);
  const [item] = row ? toItems(db, [row], language) : [];
  const reviewer = row && caseReviewer(db, row.fileId);
  if (!row || !item || !reviewer) throw new ServiceError('not_found', ['noRow']);
  const { cells, notes } = reviewer.review(row);
  const shifted = notes.find(({ at, suggestions }) => at === null && suggestions.length > 0)?.suggestions[0];
  const meant = shifted && readRow(shifted.to, reviewer.file.table.delimiter);
  return {
    ...item,
    raw: row.raw,
    names: reviewer.file.names,
    cells: cells ?? reviewer.file.names.map(() => ''),
    isSplit: cells !== null,
    meant: meant ? { cells: meant, pattern: shifted.pattern } : null,
    notes: notes.map((note) => inWords(language, note)),
    ...countAlike(db, reviewer, row, notes),
    nextOpen: nextOpenCase(db, row),
  };
}

const keysOf = (notes: readonly ReviewNote[]) =>
  notes.flatMap(({ at, suggestions }) => suggestions.map(({ pattern }) => alikeKey(at, pattern)));

function countAlike(
  db: Db,
  reviewer: CaseReviewer,
  row: CaseRow,
  notes: readonly ReviewNote[],
): Pick<RowCaseDetail, 'alike' | 'isAlikeExact'> {
  const alike: Record<string, number> = Object.fromEntries(keysOf(notes).map((key) => [key, 0]));
  if (row.status !== 'open' || Object.keys(alike).length === 0) return { alike: {}, isAlikeExact: true };
  let compared = 0;
  for (const other of openCasesOfFile(db, row.fileId)) {
    if (++compared > COMPARED) break;
    for (const key of keysOf(reviewer.review(other).notes)) if (key in alike) alike[key] = (alike[key] ?? 0) + 1;
  }
  return { alike, isAlikeExact: compared <= COMPARED };
}
