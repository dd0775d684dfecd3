/**
 * Who moves the write-ahead log on to the database. While a thread writes, that thread does: a commit of the server that came upon a
 * long log would move all of it while pages wait (63 and 95 ms with a million rows; without it 46 and 41).
 */
import type { Db } from '#db/client.ts';

/** Pages of the log, 4 kB each, before a thread moves them. With more, a small write of the server has more to wait for: it flushes the thread's pages too. */
export const THREAD_PAGES = 4000;
/** Out of a thread's reach, and yet a limit should it hang. */
const SERVER_PAGES = 2 * THREAD_PAGES;

interface Left {
  works: number;
  /** What the server's connection does on its own. */
  pages: unknown;
}

const left = new WeakMap<Db['$client'], Left>();

/** Carries out `work`, and lets the connection of `db` leave the log to others until the last such work is over. */
export async function leaveCheckpoints<T>({ $client }: Db, work: () => Promise<T>): Promise<T> {
  const there = left.get($client) ?? { works: 0, pages: $client.pragma('wal_autocheckpoint', { simple: true }) };
  left.set($client, there);
  there.works++;
  $client.pragma(`wal_autocheckpoint = ${SERVER_PAGES}`);
  try {
    return await work();
  } finally {
    there.works--;
    if (there.works === 0) {
      left.delete($client);
      if ($client.open) $client.pragma(`wal_autocheckpoint = ${there.pages}`);
    }
  }
}
