/** Adds new people to the search index, a few at a time, in the order of their ids. After a crash, the next call continues. */
import type { Db } from '#db/client.ts';

/** About 2 ms of work, and as much for merging what was added before. */
const BATCH_SIZE = 500;
/** Index pages merged with every step, so that the index never has to be merged all at once. */
const MERGED_PAGES = 32;

/** How many people are not in the index yet. */
export function countUnindexed(db: Db): number {
  return (
    db.$client
      .prepare<[], number>('select (select coalesce(max(id), 0) from people) - (select up_to from search_progress)')
      .pluck()
      .get() ?? 0
  );
}

/** Adds the next few people to the index, in a short transaction; false where all are in it. */
export function indexNextPeople(db: Db): boolean {
  const raw = db.$client;
  const step = raw.transaction((): boolean => {
    const upTo = raw.prepare<[], number>('select up_to from search_progress').pluck().get() ?? 0;
    const last = raw
      .prepare<[number], number | null>(
        `select max(id) from (select id from people where id > ? order by id limit ${BATCH_SIZE})`,
      )
      .pluck()
      .get(upTo);
    if (last === null || last === undefined) return false;
    raw
      .prepare(
        `insert into people_search (rowid, display_name, upn_key)
         select id, display_name, upn_key from people where id > ? and id <= ?`,
      )
      .run(upTo, last);
    raw.exec(`insert into people_search (people_search, rank) values ('merge', ${MERGED_PAGES})`);
    raw.prepare('update search_progress set up_to = ?').run(last);
    return true;
  });
  return step.immediate();
}
