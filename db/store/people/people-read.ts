/** Everything about one person. */
import { and, asc, count, desc, eq, gte, inArray, isNull, min, sql } from 'drizzle-orm';
import type { Db, Tx } from '#db/client.ts';
import {
  events,
  intakeFiles,
  intakeRows,
  mappings,
  outcomes,
  people,
  removedDecisions,
  upnsInOrder,
} from '#db/schema.ts';
import type { EventKind } from '#lib/domain/events.ts';

export type PersonRow = typeof people.$inferSelect;

export function personById(db: Tx, id: number): PersonRow | null {
  return db.select().from(people).where(eq(people.id, id)).get() ?? null;
}

const idByUpn = (key: string) =>
  sql`(select ${upnsInOrder.personId} from ${upnsInOrder} where ${upnsInOrder.upnKey} = ${key})`;

/** `key`: the UserPrincipalName as `upnKey` gives it. */
export function personByUpn(db: Tx, key: string): PersonRow | null {
  return (
    db
      .select()
      .from(people)
      .where(eq(people.id, idByUpn(key)))
      .get() ?? null
  );
}

/** The rows that named a person, oldest first. */
export function rowsOfPerson(db: Tx, personId: number) {
  return db
    .select({
      fileId: intakeRows.fileId,
      fileName: intakeFiles.name,
      receivedAt: intakeFiles.receivedAt,
      receivedFrom: intakeFiles.receivedFrom,
      receivedFromKey: intakeFiles.receivedFromKey,
      runId: intakeFiles.runId,
      line: intakeRows.line,
      raw: intakeRows.raw,
      verdict: intakeRows.verdict,
      extras: intakeRows.extras,
      reading: intakeFiles.reading,
      changes: intakeRows.changes,
      problems: intakeRows.problems,
    })
    .from(intakeRows)
    .innerJoin(intakeFiles, eq(intakeFiles.id, intakeRows.fileId))
    .where(eq(intakeRows.personId, personId))
    .orderBy(asc(intakeRows.id))
    .all();
}

/** The newest events and outcomes of a person, newest first, and the number of outcomes. */
export function historyOfPerson(db: Tx, personId: number, limit: number) {
  return {
    events: db.select().from(events).where(eq(events.personId, personId)).orderBy(desc(events.id)).limit(limit).all(),
    outcomes: db
      .select()
      .from(outcomes)
      .where(eq(outcomes.personId, personId))
      .orderBy(desc(outcomes.id))
      .limit(limit)
      .all(),
    outcomesInAll: db.select({ n: count() }).from(outcomes).where(eq(outcomes.personId, personId)).get()?.n ?? 0,
  };
}

/** The mapping version a person is pinned to, otherwise the one in force for the EmployeeType. */
export function mappingRowOf(db: Db, person: Pick<PersonRow, 'mappingId' | 'employeeTypeKey'>) {
  const which =
    person.mappingId === null
      ? and(eq(mappings.employeeTypeKey, person.employeeTypeKey), isNull(mappings.retiredAt))
      : eq(mappings.id, person.mappingId);
  return db.select().from(mappings).where(which).get() ?? null;
}

const DECISIONS = ['person.row_chosen', 'person.edited'] satisfies EventKind[];

/** Whether this row had come, letter for letter, before an operator decided what is right about the person. */
export function wasDecidedAgainst(db: Tx, personId: number, raw: string): boolean {
  const came = db
    .select({ at: min(intakeFiles.receivedAt) })
    .from(intakeRows)
    .innerJoin(intakeFiles, eq(intakeFiles.id, intakeRows.fileId))
    .where(and(eq(intakeRows.personId, personId), eq(intakeRows.raw, raw)))
    .get();
  if (came?.at == null) return false;
  const decided = and(eq(events.personId, personId), inArray(events.kind, DECISIONS), gte(events.at, came.at));
  if (db.select({ id: events.id }).from(events).where(decided).limit(1).get()) return true;
  const removed = and(eq(removedDecisions.personId, personId), gte(removedDecisions.at, came.at));
  return db.select({ id: removedDecisions.eventId }).from(removedDecisions).where(removed).limit(1).get() !== undefined;
}
