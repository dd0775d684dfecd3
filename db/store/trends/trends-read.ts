/** What the trends are drawn from: arrivals and openings by the hour, how long steps took, seats by day. */
import { and, asc, desc, gte, isNotNull, sql } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { seatDays } from '#db/schema/mappings.ts';
import { people } from '#db/schema/people.ts';
import { peopleGroups } from '#db/store/people/people-counts.ts';
import type { PersonState } from '#lib/domain/states.ts';
import type { HourCount } from '#lib/domain/time/trends.ts';

const HOUR_MS = 3_600_000;

/** Who arrived since a time, by hour and present state: group by group, so that an index holds all of it. */
export function arrivalsByHour(db: Tx, since: number): (HourCount & { state: PersonState })[] {
  const groups = peopleGroups(db).map(({ state, reason, employeeTypeKey }) => [state, reason, employeeTypeKey]);
  return db.all(sql`
    select p.state as state, p.first_seen_at / ${HOUR_MS} as hour, count(*) as people
    from json_each(${JSON.stringify(groups)}) g cross join people p indexed by people_arrival
      on p.state = g.value ->> 0 and p.reason = g.value ->> 1 and p.employee_type_key = g.value ->> 2
    where p.first_seen_at >= ${since} group by 1, 2`);
}

interface Taken {
  firstSeenAt: number;
  licensedAt: number;
  mailboxReadyAt: number | null;
}

/** The newest people licensed since a time, at most `limit`. */
export function licensedSince(db: Tx, since: number, limit: number): Taken[] {
  return db
    .select({
      firstSeenAt: people.firstSeenAt,
      licensedAt: sql<number>`${people.licensedAt}`,
      mailboxReadyAt: people.mailboxReadyAt,
    })
    .from(people)
    .where(and(isNotNull(people.licensedAt), gte(people.licensedAt, since)))
    .orderBy(desc(people.licensedAt))
    .limit(limit)
    .all();
}

/** Seats of each licence as the last run of a day read them, since a day (`2026-11-27`), in order. */
export function seatsByDay(db: Tx, since: string) {
  return db.select().from(seatDays).where(gte(seatDays.day, since)).orderBy(asc(seatDays.day)).all();
}
