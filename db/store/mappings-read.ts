/** Mappings as pages show them, and the people they are about. */
import { and, asc, count, desc, eq, gte, inArray, isNotNull, isNull, notInArray, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Tx } from '#db/client.ts';
import { events, mappings, people, subscribedSkus } from '#db/schema.ts';
import type { SubscribedSku } from '#lib/provisioning/core/mapping.ts';
import { employeeTypeKey } from '#lib/provisioning/core/person.ts';
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

/** People of one EmployeeType whom we have not licensed, in some states and for some reasons. */
export function unlicensedOfType(
  db: Tx,
  key: string,
  states: readonly PersonState[],
  reasons: readonly string[],
): { id: number; revision: number; state: PersonState }[] {
  return db
    .select({ id: people.id, revision: people.revision, state: people.state })
    .from(people)
    .where(
      and(
        eq(people.employeeTypeKey, key),
        isNull(people.licensedAt),
        inArray(people.state, [...states]),
        inArray(people.reason, [...reasons]),
      ),
    )
    .all();
}

export interface TypeCounts {
  /** People whom we licensed, whatever became of them. */
  licensed: number;
  /** The others, by state; states without anybody are missing. */
  unlicensed: Partial<Record<PersonState, number>>;
}

/** How many people of one EmployeeType there are. */
export function countPeopleOfType(db: Tx, key: string): TypeCounts {
  const rows = db
    .select({ state: people.state, isLicensed: sql<number>`${people.licensedAt} is not null`, n: count() })
    .from(people)
    .where(eq(people.employeeTypeKey, key))
    .groupBy(people.state, sql`${people.licensedAt} is not null`)
    .all();
  const counts: TypeCounts = { licensed: 0, unlicensed: {} };
  for (const { state, isLicensed, n } of rows) {
    if (isLicensed === 1) counts.licensed += n;
    else counts.unlicensed[state] = n;
  }
  return counts;
}

/** How many people of one EmployeeType arrived since a moment. */
export function arrivedSince(db: Tx, key: string, since: number): number {
  const where = and(eq(people.employeeTypeKey, key), gte(people.firstSeenAt, since));
  return db.select({ n: count() }).from(people).where(where).get()?.n ?? 0;
}

const removedSchema = z.object({ employeeType: z.string() });

/** Who took the mapping of an EmployeeType out of force at exactly this moment; null where no event says so. */
export function retirementAt(db: Tx, key: string, at: number): string | null {
  const rows = db
    .select({ actor: events.actor, data: events.data })
    .from(events)
    .where(and(eq(events.kind, 'mapping.retired'), eq(events.at, at)))
    .all();
  const isIt = ({ data }: { data: unknown }) =>
    employeeTypeKey(removedSchema.safeParse(data).data?.employeeType ?? '') === key;
  return rows.find(isIt)?.actor ?? null;
}

/** An event by its id, where it tells of a change of a mapping. */
export function mappingEvent(db: Tx, id: number) {
  return db
    .select()
    .from(events)
    .where(and(eq(events.id, id), inArray(events.kind, ['mapping.published', 'mapping.retired'])))
    .get();
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
