/** Keeps the search index up to date with new people while the server is idle. */
import type { Db } from '#db/client.ts';
import { unfinishedFiles } from '#db/store/files/import-progress.ts';
import { countUnindexed } from '#db/store/search/search-index.ts';
import { StoppedError } from '#lib/intake/import-request.ts';
import { inThread } from '#lib/worker/thread.ts';

/** Below this many, people are searched one by one fast enough and not worth a thread. */
const FEW = 5000;

/** Adds newcomers to the index, where there are many and no file is being stored. The next call continues an interrupted one. */
export async function indexNewcomers(db: Db, signal: AbortSignal): Promise<void> {
  if (countUnindexed(db) <= FEW || unfinishedFiles(db).length > 0) return;
  try {
    await inThread(db, 'indexPeople', {}, { signal });
  } catch (error) {
    if (!(error instanceof StoppedError)) throw error;
  }
}
