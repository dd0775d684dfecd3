/** Views of the people list that operators keep under a name, each for itself. */
import { and, asc, eq } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { savedViews } from '#db/schema/operators.ts';

export interface SavedView {
  id: string;
  name: string;
  href: string;
}

export function viewsOf(db: Tx, operatorKey: string): SavedView[] {
  return db
    .select({ id: savedViews.id, name: savedViews.name, href: savedViews.href })
    .from(savedViews)
    .where(eq(savedViews.operatorKey, operatorKey))
    .orderBy(asc(savedViews.name))
    .all();
}

/** A view with the same name is replaced. */
export function putView(tx: Tx, operatorKey: string, { id, name, href }: SavedView, now: number): void {
  tx.insert(savedViews)
    .values({ id, operatorKey, name, href, createdAt: now })
    .onConflictDoUpdate({ target: [savedViews.operatorKey, savedViews.name], set: { href } })
    .run();
}

/** False where this operator has no such view. */
export function deleteView(tx: Tx, operatorKey: string, id: string): boolean {
  const deleted = tx.delete(savedViews).where(and(eq(savedViews.operatorKey, operatorKey), eq(savedViews.id, id)));
  return deleted.run().changes > 0;
}
