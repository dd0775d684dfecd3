/** Who needs a human or waits, grouped by cause; and how long the steps usually take in this tenant. */
import { and, desc, inArray, isNotNull, sql } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { people } from '#db/schema.ts';
import type { PersonState } from '#lib/provisioning/core/states.ts';

export interface CaseRow {
  state: PersonState;
  reason: string;
  /** Null where the sentences of the group differ from person to person. */
  message: string | null;
  /** Keys and names; null where the EmployeeType says nothing about the cause. */
  employeeTypeKey: string | null;
  employeeType: string | null;
  people: number;
  oldestSince: number;
  nextLookAt: number | null;
}

/**
 * People of some states by state and reason. `byType`: reasons whose cause lies in the EmployeeType and its licence: they are told
 * apart by EmployeeType and sentence. Largest group first.
 */
export function casesOf(db: Tx, states: readonly PersonState[], byType: readonly string[]): CaseRow[] {
  const isByType = sql`${people.reason} in (select value from json_each(${JSON.stringify(byType)}))`;
  const type = sql<string | null>`case when ${isByType} then ${people.employeeTypeKey} end`;
  const message = sql<string | null>`case when ${isByType} then ${people.message} end`;
  return db
    .select({
      state: people.state,
      reason: people.reason,
      message,
      employeeTypeKey: type,
      employeeType: sql<string | null>`case when ${isByType} then min(${people.employeeType}) end`,
      people: sql<number>`count(*)`,
      oldestSince: sql<number>`min(${people.stateSince})`,
      nextLookAt: sql<number | null>`min(${people.nextLookAt})`,
    })
    .from(people)
    .where(inArray(people.state, [...states]))
    .groupBy(people.state, people.reason, type, message)
    .orderBy(desc(sql`count(*)`))
    .all();
}

/** Newest people whose steps are measured. */
const SAMPLE = 300;

/** How long the newest people took from file to account, and from licence to open mailbox; ms. */
export function stepDurations(db: Tx): { synchronisation: number[]; mailbox: number[] } {
  const synchronised = db
    .select({ ms: sql<number>`${people.synchronisedAt} - ${people.firstSeenAt}` })
    .from(people)
    .where(isNotNull(people.synchronisedAt))
    .orderBy(desc(people.id))
    .limit(SAMPLE)
    .all();
  const opened = db
    .select({ ms: sql<number>`${people.mailboxReadyAt} - ${people.licensedAt}` })
    .from(people)
    .where(and(isNotNull(people.licensedAt), isNotNull(people.mailboxReadyAt)))
    .orderBy(desc(people.licensedAt))
    .limit(SAMPLE)
    .all();
  return { synchronisation: synchronised.map(({ ms }) => ms), mailbox: opened.map(({ ms }) => ms) };
}
