/** Pasted lists of people, so that each has an address. */
import { eq } from 'drizzle-orm';
import { z } from 'zod';
import type { Tx } from '#db/client.ts';
import { lists } from '#db/schema.ts';

export function addList(tx: Tx, list: { id: string; names: readonly string[]; createdBy: string }, now: number): void {
  tx.insert(lists)
    .values({ ...list, createdAt: now })
    .run();
}

/** The names as pasted; null: there is no such list. */
export function listNames(db: Tx, id: string): string[] | null {
  const row = db.select({ names: lists.names }).from(lists).where(eq(lists.id, id)).get();
  return row ? z.array(z.string()).parse(row.names) : null;
}
