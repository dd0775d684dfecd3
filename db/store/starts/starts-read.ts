/** Who starts from a day on, in groups, and the names of some of them. */
import { and, desc, eq, inArray, isNull, notInArray, sql } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { people } from '#db/schema/people.ts';
import { REASONS_WITHOUT_SEAT } from '#lib/domain/licences/seats.ts';
import type { PersonState } from '#lib/domain/states.ts';

export interface StartCount {
  startDate: string;
  state: PersonState;
  employeeTypeKey: string;
  isLicensed: boolean;
  /** By their reason, nobody has to buy a seat for them. */
  needNoSeat: boolean;
  people: number;
}

/** Everybody who starts on `from` or later (`2026-11-02`), except those who were dismissed. */
export function countStarts(db: Tx, from: string): StartCount[] {
  const rows = db.all<Omit<StartCount, 'isLicensed' | 'needNoSeat'> & { isLicensed: number; needNoSeat: number }>(sql`
    select start_date as startDate, state, employee_type_key as employeeTypeKey, licensed_at is not null as isLicensed,
      reason in ${REASONS_WITHOUT_SEAT} as needNoSeat, count(*) as people
    from people where start_date >= ${from} and state <> 'dismissed'
    group by start_date, state, employee_type_key, licensed_at is not null, needNoSeat`);
  return rows.map((row) => ({ ...row, isLicensed: row.isLicensed === 1, needNoSeat: row.needNoSeat === 1 }));
}

/** How many people of an EmployeeType who start on this day were named by a file after a time. */
export function namedSince(db: Tx, employeeTypeKey: string, startDate: string, since: number): number {
  const row = db.get<{ n: number }>(sql`
    select count(*) as n from people
    where start_date = ${startDate} and employee_type_key = ${employeeTypeKey} and first_seen_at > ${since}`);
  return row.n;
}

/** The people of one EmployeeType and first day who came last of those who need a licence: nobody has a seat for them where some are missing. */
export function lastWithoutLicence(db: Tx, employeeTypeKey: string, startDate: string, limit: number) {
  return db
    .select({ id: people.id, displayName: people.displayName })
    .from(people)
    .where(
      and(
        eq(people.startDate, startDate),
        eq(people.employeeTypeKey, employeeTypeKey),
        isNull(people.licensedAt),
        notInArray(people.reason, [...REASONS_WITHOUT_SEAT]),
        sql`state not in ('dismissed', 'provisioned', 'already_provisioned', 'awaiting_mailbox')`,
      ),
    )
    .orderBy(desc(people.firstSeenAt), desc(people.id))
    .limit(limit)
    .all();
}

/** The people of one EmployeeType waiting for a seat who came last. */
export function lastAwaitingSeat(db: Tx, employeeTypeKey: string, limit: number) {
  return db
    .select({ id: people.id, displayName: people.displayName })
    .from(people)
    .where(
      and(
        inArray(people.state, ['awaiting_seat']),
        eq(people.reason, 'no_seat'),
        eq(people.employeeTypeKey, employeeTypeKey),
      ),
    )
    .orderBy(desc(people.firstSeenAt), desc(people.id))
    .limit(limit)
    .all();
}
