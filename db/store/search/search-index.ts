/**
 * Adds new people, and rows that stayed out, to the search index, a few at a time, in the order of their ids. After a crash, the next
 * call continues.
 */
import { type Db, oncePerConnection } from '#db/client.ts';

/** About 2 ms of work, and as much for merging what was added before. */
const BATCH_SIZE = 500;
/** Index pages merged with every step, so that the index never has to be merged all at once. */
const MERGED_PAGES = 32;

interface Index {
  /** The table whose ids say what is new, and how far the index is. */
  table: 'people' | 'row_cases';
  progress: 'up_to' | 'cases_up_to';
  search: 'people_search' | 'row_search';
  /** What is added of those after one id and up to another. */
  add: string;
}

const PEOPLE: Index = {
  table: 'people',
  progress: 'up_to',
  search: 'people_search',
  add: `insert into people_search (rowid, words)
    select id, search_words(display_name, upn_key) from people where id > ? and id <= ?`,
};
const ROWS: Index = {
  table: 'row_cases',
  progress: 'cases_up_to',
  search: 'row_search',
  add: `insert into row_search (rowid, raw)
    select r.id, r.raw from row_cases c cross join intake_rows r on r.id = c.row_id where c.id > ? and c.id <= ?`,
};

/** How many people and rows are not in the index yet. */
export function countUnindexed(db: Db): number {
  return unindexed(db).reduce((sum, left) => sum + (left.get() ?? 0), 0);
}

/** Asked every minute. */
const unindexed = oncePerConnection((client) =>
  [PEOPLE, ROWS].map(({ table, progress }) =>
    client
      .prepare<[], number>(
        `select (select coalesce(max(id), 0) from ${table}) - (select ${progress} from search_progress)`,
      )
      .pluck(),
  ),
);

/** Adds the next few people to the index, in a short transaction; false where all are in it. */
export const indexNextPeople = (db: Db): boolean => indexNext(db, PEOPLE);

/** Likewise the next few rows that stayed out. */
export const indexNextRows = (db: Db): boolean => indexNext(db, ROWS);

function indexNext(db: Db, { table, progress, search, add }: Index): boolean {
  const raw = db.$client;
  const step = raw.transaction((): boolean => {
    const upTo = raw.prepare<[], number>(`select ${progress} from search_progress`).pluck().get() ?? 0;
    const last = raw
      .prepare<[number], number | null>(
        `select max(id) from (select id from ${table} where id > ? order by id limit ${BATCH_SIZE})`,
      )
      .pluck()
      .get(upTo);
    if (last === null || last === undefined) return false;
    raw.prepare(add).run(upTo, last);
    raw.exec(`insert into ${search} (${search}, rank) values ('merge', ${MERGED_PAGES})`);
    raw.prepare(`update search_progress set ${progress} = ?`).run(last);
    return true;
  });
  return step.immediate();
}
