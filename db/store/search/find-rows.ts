/** Searches rows by any part of what stands in them: those that stayed out, and those of people. */
import { and, or, sql } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { searchProgress } from '#db/schema/people.ts';
import { containing, trigramsOf } from './trigrams.ts';

/** The newest rows are scanned one by one where they are not in the index yet: about 10 ms. */
const NEWEST = 10_000;
const CANDIDATES = 100;
const MOST_WORDS = 8;

/** SQLite folds case for ASCII only, so "özil" is also tried as "ÖZIL" and "Özil". */
function spellings(text: string): string[] {
  if (/^[\x20-\x7e]*$/.test(text)) return [text];
  const lower = text.toLowerCase();
  return [lower, text.toUpperCase(), lower.replace(/(?<!\p{L})\p{L}/gu, (letter) => letter.toUpperCase())];
}

/** The query for the index: the trigrams of each spelling. Null: the text is too short. */
function indexQuery(text: string): string | null {
  const queries = new Set<string>();
  for (const spelling of [text, ...spellings(text)]) {
    const lower = spelling.toLowerCase();
    // The index folds case letter by letter: a letter whose lower case is two letters is searched as it is.
    const query = trigramsOf([...lower].length === [...spelling].length ? lower : spelling);
    if (query === null) return null;
    queries.add(query);
  }
  return [...queries].join(' OR ');
}

const wordsOf = (text: string) =>
  text
    .split(/[\s,;]+/)
    .filter((word) => word !== '')
    .slice(0, MOST_WORDS);

/** True of rows `r` that contain each of the words. */
const hasWords = (words: readonly string[]) =>
  and(
    ...words.map((word) =>
      or(...spellings(word).map((spelling) => sql`r.raw like ${containing(spelling)} escape '\\'`)),
    ),
  );

/** Shorter words would find almost anybody. */
const SHORTEST = 3;

/** People whose row contains each word of the text in any cell, such as a personnel number; the newest, of the newest rows. */
export function peopleByCells(db: Tx, text: string, limit: number): number[] {
  const words = wordsOf(text);
  if (words.every((word) => word.length < SHORTEST)) return [];
  const rows = db.all<{ id: number }>(sql`select r.person_id as id from intake_rows r
    where r.id > (select coalesce(max(id), 0) from intake_rows) - ${NEWEST} and r.person_id is not null and ${hasWords(words)}
    order by r.id desc limit ${CANDIDATES}`);
  return [...new Set(rows.map(({ id }) => id))].slice(0, limit);
}

/** The ids of the cases whose row contains each word of the text: open ones first, then the newest, of the newest hundred that do. */
export function findRowCases(db: Tx, text: string, limit: number): number[] {
  const { newest } = db.get<{ newest: number }>(sql`select coalesce(max(id), 0) as newest from row_cases`);
  const words = wordsOf(text);
  const queries = words.flatMap((word) => indexQuery(word) ?? []).map((query) => `(${query})`);
  const query = queries.length === 0 ? null : queries.join(' AND ');
  const upTo = query === null ? 0 : (db.select().from(searchProgress).get()?.casesUpTo ?? 0);
  const fits = hasWords(words);
  if (words.length === 0) return [];
  const scanned = sql`select c.id, c.status from row_cases c cross join intake_rows r on r.id = c.row_id
    where c.id > ${Math.max(upTo, newest - NEWEST)} and ${fits} order by c.id desc limit ${CANDIDATES}`;
  const indexed = sql`select c.id, c.status from row_search s cross join intake_rows r on r.id = s.rowid
    cross join row_cases c on c.row_id = r.id
    where s.row_search match ${query} and c.id <= ${upTo} and ${fits} order by s.rowid desc limit ${CANDIDATES}`;
  const parts =
    query === null
      ? sql`select * from (${scanned})`
      : sql`select * from (${scanned}) union all select * from (${indexed})`;
  return db
    .all<{ id: number }>(sql`select id from (${parts}) order by status = 'open' desc, id desc limit ${limit}`)
    .map(({ id }) => id);
}
