/** People waiting for a seat. */
import { sql } from 'drizzle-orm';
import type { Db, Tx } from '#db/client.ts';
import { NEEDED_AT } from '#db/store/people/people.ts';
import { peopleGroups, totalPeople } from '#db/store/people/people-counts.ts';

export interface WaitingPerson {
  id: number;
  displayName: string;
  firstSeenAt: number;
  startDate: string | null;
}

/** People of these EmployeeTypes who wait for a seat, in the order in which they get one. */
export function waitingForSeat(db: Db, typeKeys: readonly string[], limit: number) {
  const groups = typeKeys.length === 0 ? [] : peopleGroups(db, { states: ['awaiting_seat'], employeeTypes: typeKeys });
  const first = db.all<WaitingPerson>(sql`
    select id, display_name as displayName, first_seen_at as firstSeenAt, start_date as startDate from people
    where state = 'awaiting_seat' and reason in (select value from json_each(${JSON.stringify(groups.map(({ reason }) => reason))}))
      and employee_type_key in (select value from json_each(${JSON.stringify(typeKeys)}))
    order by ${sql.raw(NEEDED_AT)}, id limit ${limit}`);
  return { total: totalPeople(groups), people: first };
}

/** The place of somebody who waits for a seat among everybody of these EmployeeTypes who does, in the order in which they get one. */
export function placeAmongWaiting(
  db: Tx,
  typeKeys: readonly string[],
  personId: number,
): { place: number; of: number } {
  const neededAt = sql.raw(NEEDED_AT);
  return db.get<{ place: number; of: number }>(sql`
    select count(*) as "of",
      sum((${neededAt}, id) <= (select ${neededAt}, id from people where id = ${personId})) as place
    from people
    where state = 'awaiting_seat' and employee_type_key in (select value from json_each(${JSON.stringify(typeKeys)}))`);
}
