/** Merges the newest UserPrincipalNames and names into the large index of each, a few at a time and in their order. */
import type Sqlite from 'better-sqlite3';
import { type Db, oncePerConnection } from '#db/client.ts';

/** About 5 ms of work where each goes to a page of its own. */
const BATCH_SIZE = 500;

/** After so many new people a merge is worth it: what is new is then still some two hundred pages, and the merging is shared by many. */
export const MERGE_PEOPLE = 10_000;
/** Of more people than 120,000 more are merged at a time, as few keys would go to each page of the large index. */
const MERGE_SHARE = 12;

const lastPerson = oncePerConnection((client) =>
  client.prepare<[], number | null>('select max(id) from people').pluck(),
);

/** How many new people are merged at a time. */
export function mergeAfter(db: Db): number {
  return Math.max(MERGE_PEOPLE, Math.floor((lastPerson(db).get() ?? 0) / MERGE_SHARE));
}

/** Prepares the next batch of one index, of which `key` are the columns of its key; what it prepares returns false where nothing is new. */
function prepareBatch(client: Sqlite.Database, index: 'upn_index' | 'name_index', key: string) {
  const last = client
    .prepare<[], unknown[]>(
      `select * from (select ${key} from new_${index} order by ${key} limit ${BATCH_SIZE}) order by ${key.replaceAll(/\w+/g, '$& desc')} limit 1`,
    )
    .raw();
  const isInBatch = `(${key}) <= (${key.replaceAll(/\w+/g, '?')})`;
  const add = client.prepare(`insert into ${index} select * from new_${index} where ${isInBatch} order by ${key}`);
  const remove = client.prepare(`delete from new_${index} where ${isInBatch}`);
  return (): boolean => {
    const upTo = last.get();
    if (upTo === undefined) return false;
    add.run(upTo);
    remove.run(upTo);
    return true;
  };
}

const batches = oncePerConnection((client) => [
  client.transaction(prepareBatch(client, 'upn_index', 'upn_key')),
  client.transaction(prepareBatch(client, 'name_index', 'display_name, person_id')),
]);

/** Merges the next few, in a short transaction; false where nothing is left. After a crash, the next call continues. */
export function mergeNext(db: Db): boolean {
  return batches(db).some((merge) => merge.immediate());
}
