/** Pasted lists of people, so that each has an address. */
import { and, eq, gte, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Tx } from '#db/client.ts';
import { lists } from '#db/schema/people.ts';

export function addList(tx: Tx, list: { id: string; names: readonly string[]; createdBy: string }, now: number): void {
  tx.insert(lists)
    .values({ ...list, createdAt: now })
    .run();
}

/** How many bytes the lists of somebody take that are not older than the id `since`. */
export function bytesOfLists(db: Tx, createdBy: string, since: string): number {
  const bytes = sql<number>`coalesce(sum(octet_length(${lists.names})), 0)`;
  const theirs = and(gte(lists.id, since), eq(lists.createdBy, createdBy));
  return db.select({ bytes }).from(lists).where(theirs).get()?.bytes ?? 0;
}

/** The names as pasted; null: there is no such list. */
export function listNames(db: Tx, id: string): string[] | null {
  const row = db.select({ names: lists.names }).from(lists).where(eq(lists.id, id)).get();
  return row ? z.array(z.string()).parse(row.names) : null;
}
