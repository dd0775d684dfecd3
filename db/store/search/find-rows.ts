/** Searches rows that stayed out by any part of what stands in them. */
import { or, sql } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { searchProgress } from '#db/schema.ts';
import { containing, indexQuery, spellings } from '#db/store/people/people-search.ts';

/** The newest rows are scanned one by one where they are not in the index yet: about 10 ms. */
const NEWEST = 10_000;

/** The ids of the cases whose row contains the text: open ones first, then the newest, of the newest hundred that do. */
export function findRowCases(db: Tx, text: string, limit: number): number[] {
  const { newest } = db.get<{ newest: number }>(sql`select coalesce(max(id), 0) as newest from row_cases`);
  const query = indexQuery(text);
  const upTo = query === null ? 0 : (db.select().from(searchProgress).get()?.casesUpTo ?? 0);
  const fits = or(...spellings(text).map((spelling) => sql`r.raw like ${containing(spelling)} escape '\\'`));
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

const CANDIDATES = 100;
