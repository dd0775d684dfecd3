/** Who waits for a seat. */
import { and, asc, count, eq, inArray } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { people } from '#db/schema.ts';

/** People of some EmployeeTypes who wait for a seat, first come first. */
export function waitingForSeat(db: Tx, typeKeys: readonly string[], limit: number) {
  if (typeKeys.length === 0) return { total: 0, people: [] };
  const which = and(eq(people.state, 'awaiting_seat'), inArray(people.employeeTypeKey, [...typeKeys]));
  const total = db.select({ n: count() }).from(people).where(which).get()?.n ?? 0;
  const first = db
    .select({ id: people.id, displayName: people.displayName, firstSeenAt: people.firstSeenAt })
    .from(people)
    .where(which)
    .orderBy(asc(people.firstSeenAt), asc(people.id))
    .limit(limit)
    .all();
  return { total, people: first };
}
