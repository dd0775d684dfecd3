/** People waiting for a seat. */
import { asc, inArray } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { people } from '#db/schema.ts';
import { peopleGroups, totalPeople } from '#db/store/people/people-counts.ts';
import { takeFirst } from '#db/store/people/people-matching.ts';
import { idsInOrder } from '#db/store/people/people-order.ts';

/** People of these EmployeeTypes who wait for a seat, first come first. */
export function waitingForSeat(db: Db, typeKeys: readonly string[], limit: number) {
  const groups = typeKeys.length === 0 ? [] : peopleGroups(db, { states: ['awaiting_seat'], employeeTypes: typeKeys });
  const ids = takeFirst(idsInOrder(db, groups, { by: 'arrival', direction: 'asc' }), limit);
  const first = db
    .select({ id: people.id, displayName: people.displayName, firstSeenAt: people.firstSeenAt })
    .from(people)
    .where(inArray(people.id, ids))
    .orderBy(asc(people.firstSeenAt), asc(people.id))
    .all();
  return { total: totalPeople(groups), people: first };
}
