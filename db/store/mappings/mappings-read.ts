/** Mappings as pages show them, and the people they apply to. */
import { and, asc, desc, eq, inArray, isNull, sql } from 'drizzle-orm';
import { z } from 'zod';
import { oncePerConnection, type Tx } from '#db/client.ts';
import { events } from '#db/schema/events.ts';
import { mappings, subscribedSkus } from '#db/schema/mappings.ts';
import { people } from '#db/schema/people.ts';
import { peopleGroups, typesOf } from '#db/store/people/people-counts.ts';
import type { EventKind } from '#lib/domain/events.ts';
import type { SubscribedSku } from '#lib/domain/licences/mapping.ts';
import { employeeTypeKey } from '#lib/domain/person.ts';
import type { ReasonCode } from '#lib/domain/reasons/reason-facts.ts';
import type { PersonState } from '#lib/domain/states.ts';

export type MappingRow = typeof mappings.$inferSelect;

export function mappingRowsInForce(db: Tx): MappingRow[] {
  return db.select().from(mappings).where(isNull(mappings.retiredAt)).orderBy(asc(mappings.employeeTypeKey)).all();
}

/** Those in force that apply to nobody: an earlier version kept their EmployeeType apart from one that it is the same as now. */
export const isOverlooked = ({ employeeType, employeeTypeKey: key }: MappingRow): boolean =>
  key !== employeeTypeKey(employeeType);

/** Every version of one EmployeeType, the newest first. */
export function mappingVersions(db: Tx, key: string): MappingRow[] {
  return db.select().from(mappings).where(eq(mappings.employeeTypeKey, key)).orderBy(desc(mappings.version)).all();
}

const servicePlansSchema = z.array(z.object({ servicePlanId: z.string(), servicePlanName: z.string() })).catch([]);

const skus = oncePerConnection((_, tx) =>
  tx.select().from(subscribedSkus).orderBy(asc(subscribedSkus.skuPartNumber)).prepare(),
);

/** The tenant's licences as the last run read them. */
export function knownSkus(db: Tx): (SubscribedSku & { seenAt: number; makesMailbox: boolean })[] {
  return skus(db)
    .all()
    .map((row) => ({ ...row, servicePlans: servicePlansSchema.parse(row.servicePlans) }));
}

/** How many people of each EmployeeType are in some states, the most frequent first. */
export function countTypes(
  db: Tx,
  states: readonly PersonState[],
): { key: string; employeeType: string; people: number }[] {
  return typesOf(db, peopleGroups(db, { states }));
}

/** Open people whose EmployeeType has no mapping in force. */
export function unmappedTypes(db: Tx, open: readonly PersonState[]) {
  const mapped = new Set(mappingRowsInForce(db).map(({ employeeTypeKey: key }) => key));
  return typesOf(
    db,
    peopleGroups(db, { states: open }).filter(({ employeeTypeKey: key }) => !mapped.has(key)),
  );
}

/** People of one EmployeeType whom we have not licensed, in these states and with these reasons. */
export function unlicensedOfType(
  db: Tx,
  key: string,
  states: readonly PersonState[],
  reasons: readonly ReasonCode[],
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

/** How many people of one EmployeeType have arrived since a time. */
export function arrivedSince(db: Tx, key: string, since: number): number {
  const row = db.get<{ n: number | null }>(sql`
    select sum((select count(*) from people p where p.state = g.state and p.reason = g.reason
      and p.employee_type_key = ${key} and p.first_seen_at >= ${since})) as n
    from (select distinct state, reason from people_counts where people > 0 and employee_type_key = ${key}) g`);
  return row.n ?? 0;
}

const PUBLISHED = 'mapping.published' satisfies EventKind;
const RETIRED = 'mapping.retired' satisfies EventKind;

const removedSchema = z.object({ employeeType: z.string() });

/** Who retired the mapping of an EmployeeType at exactly this time; null where no event says so. */
export function retirementAt(db: Tx, key: string, at: number): string | null {
  const rows = db
    .select({ actor: events.actor, data: events.data })
    .from(events)
    .where(and(eq(events.kind, RETIRED), eq(events.at, at)))
    .all();
  const isForType = ({ data }: { data: unknown }) =>
    employeeTypeKey(removedSchema.safeParse(data).data?.employeeType ?? '') === key;
  return rows.find(isForType)?.actor ?? null;
}

/** An event by its id, where it is about a change of a mapping. */
export function mappingEvent(db: Tx, id: number) {
  return db
    .select()
    .from(events)
    .where(and(eq(events.id, id), inArray(events.kind, [PUBLISHED, RETIRED])))
    .get();
}

/** More assignments would not make the recent pace any more precise. */
const ASSIGNED_LIMIT = 20_000;

/** Licences we assigned since a time, by mapping version. Of very many only the newest: `since` is then the time of the first of them. */
export function assignedSince(
  db: Tx,
  since: number,
): { since: number; given: { mappingId: number; people: number }[] } {
  const newest = sql`(select licensed_at, mapping_id from people where licensed_at >= ${since} order by licensed_at desc limit ${ASSIGNED_LIMIT})`;
  const rows = db.all<{ mappingId: number | null; people: number; first: number }>(
    sql`select mapping_id as mappingId, count(*) as people, min(licensed_at) as first from ${newest} group by mapping_id`,
  );
  const isCut = rows.reduce((sum, { people: n }) => sum + n, 0) >= ASSIGNED_LIMIT;
  return {
    since: isCut ? Math.min(...rows.map(({ first }) => first)) : since,
    given: rows.flatMap(({ mappingId, people: n }) => (mappingId === null ? [] : [{ mappingId, people: n }])),
  };
}
