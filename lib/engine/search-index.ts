/** Keeps the index of the search up with the people who come in, when there is nothing better to do. */
import type { Db } from '#db/client.ts';
import { unfinishedFiles } from '#db/store/files/import.ts';
import { outsideIndex } from '#db/store/search/search-index.ts';
import { StoppedError } from '#lib/intake/request.ts';
import { inThread } from '#lib/worker/thread.ts';

/** So few are looked through one by one in no time, and are not worth a thread. */
const FEW = 5000;

/** Puts newcomers into the index, where they are many and no file is being stored. What a stop cuts short the next call goes on with. */
export async function indexNewcomers(db: Db, signal: AbortSignal): Promise<void> {
  if (outsideIndex(db) <= FEW || unfinishedFiles(db).length > 0) return;
  try {
    await inThread(db, 'indexPeople', {}, { signal });
  } catch (error) {
    if (!(error instanceof StoppedError)) throw error;
  }
}
