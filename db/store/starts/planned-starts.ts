/** Newcomers who are planned and in no file yet. */
import { asc, eq, gte } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { plannedStarts } from '#db/schema/people.ts';
import { recordEvent } from '#db/store/events/record-event.ts';
import type { Actor } from '#lib/domain/events.ts';
import { employeeTypeKey } from '#lib/domain/person.ts';

export type PlannedStart = typeof plannedStarts.$inferSelect;

/** Those that start on this day (`2026-11-02`) or later, the earliest first. */
export function plannedFrom(db: Tx, from: string): PlannedStart[] {
  return db
    .select()
    .from(plannedStarts)
    .where(gte(plannedStarts.startDate, from))
    .orderBy(asc(plannedStarts.startDate), asc(plannedStarts.id))
    .all();
}

const factsOf = ({ employeeType, startDate, people }: Pick<PlannedStart, 'employeeType' | 'startDate' | 'people'>) => ({
  employeeType,
  startDate,
  people,
});

/** Adds planned newcomers, with an event; returns their id. Call it inside a transaction. */
export function addPlannedStart(
  tx: Tx,
  planned: Pick<PlannedStart, 'employeeType' | 'startDate' | 'people'>,
  actor: Actor,
  now: number,
): number {
  const { employeeType, startDate, people } = planned;
  const row = { ...planned, employeeTypeKey: employeeTypeKey(employeeType), createdAt: now, createdBy: actor.name };
  const { id } = tx.insert(plannedStarts).values(row).returning({ id: plannedStarts.id }).get();
  const message = `${actor.name} planned ${people} of EmployeeType ${employeeType} for ${startDate}.`;
  recordEvent(tx, { kind: 'start.planned', at: now, actor, message, data: { before: null, after: factsOf(planned) } });
  return id;
}

/** Removes planned newcomers, with an event; false where there are none with this id. Call it inside a transaction. */
export function removePlannedStart(tx: Tx, id: number, actor: Actor, now: number): boolean {
  const planned = tx.delete(plannedStarts).where(eq(plannedStarts.id, id)).returning().get();
  if (!planned) return false;
  const message = `${actor.name} no longer plans ${planned.people} of EmployeeType ${planned.employeeType} for ${planned.startDate}.`;
  recordEvent(tx, {
    kind: 'start.unplanned',
    at: now,
    actor,
    message,
    data: { before: factsOf(planned), after: null },
  });
  return true;
}
