/** Adds new people, and rows that stayed out, to the indexes, in the indexing thread. */
import type { Db } from '#db/client.ts';
import { mergeNext } from '#db/store/people/merge-index.ts';
import { indexNextPeople, indexNextRows } from '#db/store/search/search-index.ts';
import type { ImportHooks } from '#lib/intake/import-request.ts';

/** A crash loses the last steps at worst, which are then done again: nothing waits for the disk. */
export function indexPeople(db: Db, yieldToWriters: NonNullable<ImportHooks['yieldToWriters']>): void {
  db.$client.pragma('synchronous = NORMAL');
  while (indexNextPeople(db) || indexNextRows(db) || mergeNext(db)) yieldToWriters({ fileId: '', rows: 0, total: 0 });
}
