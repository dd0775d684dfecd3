/** Mappings as pages show them, and the people they are about. */
import { and, asc, count, desc, eq, gte, inArray, isNotNull, isNull, notInArray, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Tx } from '#db/client.ts';
import { mappings, people, subscribedSkus } from '#db/schema.ts';
import type { SubscribedSku } from '#lib/provisioning/core/mapping.ts';
import type { PersonState } from '#lib/provisioning/core/states.ts';

export type MappingRow = typeof mappings.$inferSelect;

export function mappingRowsInForce(db: Tx): MappingRow[] {
  return db.select().from(mappings).where(isNull(mappings.retiredAt)).orderBy(asc(mappings.employeeTypeKey)).all();
}

/** Every version of one EmployeeType, the newest first. */
export function mappingVersions(db: Tx, key: string): MappingRow[] {
  return db.select().from(mappings).where(eq(mappings.employeeTypeKey, key)).orderBy(desc(mappings.version)).all();
}

const servicePlansSchema = z.array(z.object({ servicePlanId: z.string(), servicePlanName: z.string() })).catch([]);

/** The tenant's licences as the last run saw them. */
export function knownSkus(db: Tx): (SubscribedSku & { seenAt: number })[] {
  return db
    .select()
    .from(subscribedSkus)
    .orderBy(asc(subscribedSkus.skuPartNumber))
    .all()
    .map((row) => ({ ...row, servicePlans: servicePlansSchema.parse(row.servicePlans) }));
}

/** How many people of each EmployeeType are in some states. */
export function countTypes(
  db: Tx,
  states: readonly PersonState[],
): { key: string; employeeType: string; people: number }[] {
  return db
    .select({
      key: people.employeeTypeKey,
      employeeType: sql<string>`min(${people.employeeType})`,
      people: count(),
    })
    .from(people)
    .where(inArray(people.state, [...states]))
    .groupBy(people.employeeTypeKey)
    .orderBy(desc(count()))
    .all();
}

/** Open people whose EmployeeType has no mapping in force. */
export function unmappedTypes(db: Tx, closed: readonly PersonState[]) {
  const mapped = db.select({ key: mappings.employeeTypeKey }).from(mappings).where(isNull(mappings.retiredAt));
  return db
    .select({ key: people.employeeTypeKey, employeeType: sql<string>`min(${people.employeeType})`, people: count() })
    .from(people)
    .where(and(notInArray(people.state, [...closed]), notInArray(people.employeeTypeKey, mapped)))
    .groupBy(people.employeeTypeKey)
    .orderBy(desc(count()))
    .all();
}

/** People of one EmployeeType in some states, optionally only for some reasons. */
export function peopleOfType(
  db: Tx,
  key: string,
  states: readonly PersonState[],
  reasons: readonly string[] | null = null,
): { id: number; revision: number; state: PersonState }[] {
  return db
    .select({ id: people.id, revision: people.revision, state: people.state })
    .from(people)
    .where(
      and(
        eq(people.employeeTypeKey, key),
        inArray(people.state, [...states]),
        reasons === null ? undefined : inArray(people.reason, [...reasons]),
      ),
    )
    .all();
}

/** How many people of one EmployeeType have a licence from us, and how many arrived since a moment. */
export function typeHistory(db: Tx, key: string, since: number): { licensed: number; arrived: number } {
  const number = (where: ReturnType<typeof and>) => db.select({ n: count() }).from(people).where(where).get()?.n ?? 0;
  return {
    licensed: number(and(eq(people.employeeTypeKey, key), isNotNull(people.licensedAt))),
    arrived: number(and(eq(people.employeeTypeKey, key), gte(people.firstSeenAt, since))),
  };
}

/** Licences we gave since a moment, by the mapping version they were given with. */
export function givenSince(db: Tx, since: number): { mappingId: number; people: number }[] {
  return db
    .select({ mappingId: people.mappingId, people: count() })
    .from(people)
    .where(and(isNotNull(people.licensedAt), gte(people.licensedAt, since)))
    .groupBy(people.mappingId)
    .all()
    .flatMap(({ mappingId, people: given }) => (mappingId === null ? [] : [{ mappingId, people: given }]));
}
