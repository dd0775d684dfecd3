/** The history: events by who, what, whom and when, newest first. Made to stay quick with millions of events: every way in has an index. */
import { and, desc, eq, inArray, isNotNull, type SQL, sql } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { events } from '#db/schema/events.ts';
import { intakeFiles } from '#db/schema/files.ts';
import { operators } from '#db/schema/operators.ts';
import { people } from '#db/schema/people.ts';
import { type FoundPeople, searchPeople } from '#db/store/search/people-search.ts';
import type { EarlierEventKind, EventKind } from '#lib/domain/events.ts';
import type { PersonState } from '#lib/domain/states.ts';

/** Whose events. */
export type ActorFilter =
  | { kind: 'everyone' }
  | { kind: 'operators' }
  /** One operator, by its stable key. */
  | { kind: 'operator'; key: string }
  /** `engine` or `idm`. */
  | { kind: 'machine'; name: string };

export interface EventFilter {
  actor: ActorFilter;
  /** Null: every kind. */
  kinds: readonly string[] | null;
  personIds: readonly number[] | null;
  /** From this moment, before that one, ms. */
  from: number | null;
  until: number | null;
}

/** One for every row of every file: there may be millions, of operators and the drop folder mixed. */
export const ROW_KINDS: readonly string[] = ['person.accepted', 'person.changed', 'person.dropped_again'] satisfies (
  | EventKind
  | EarlierEventKind
)[];

/** Events are stored nearly in the order of their times: a large file's are stored when all of it is read. */
const DISORDER_MS = 24 * 3_600_000;

/** Every kind of event there is, by stepping through the index from kind to kind. */
export function eventKinds(db: Tx): string[] {
  const rows = db.all<{ kind: string }>(sql`
    with recursive step(kind) as (
      select min(kind) from events
      union all
      select (select min(e.kind) from events e where e.kind > step.kind) from step where step.kind is not null)
    select kind from step where kind is not null`);
  return rows.map(({ kind }) => kind);
}

/** Between which ids the events of a time lie: what is a day older was stored before them, what is a day younger after. The exact times are compared as well. */
function idBounds(db: Tx, { from, until }: EventFilter): SQL[] {
  const bounds: SQL[] = [];
  if (from !== null) {
    const older = db.get<{ id: number } | undefined>(
      sql`select id from events where at < ${from - DISORDER_MS} order by at desc, id desc limit 1`,
    );
    bounds.push(sql`e.id > ${older?.id ?? 0}`, sql`e.at >= ${from}`);
  }
  if (until !== null) {
    const younger = db.get<{ id: number } | undefined>(
      sql`select id from events where at >= ${until + DISORDER_MS} order by at, id limit 1`,
    );
    bounds.push(sql`e.id < ${younger?.id ?? Number.MAX_SAFE_INTEGER}`, sql`e.at < ${until}`);
  }
  return bounds;
}

function actorCondition(actor: ActorFilter): SQL[] {
  if (actor.kind === 'operators') return [sql`e.actor_key is not null`];
  if (actor.kind === 'operator') return [sql`e.actor_key = ${actor.key}`];
  if (actor.kind === 'machine') return [sql`e.actor_key is null`, sql`e.actor = ${actor.name}`];
  return [];
}

const all = (conditions: readonly SQL[]) => sql.join([sql`true`, ...conditions], sql` and `);

function newestIds(conditions: readonly SQL[], limit: number, way = sql``): SQL {
  return sql`select id from (select e.id from events e ${way} where ${all(conditions)} order by e.id desc limit ${limit})`;
}

/** The newest ids, one part for each way into the table. */
function idParts(db: Tx, filter: EventFilter, common: readonly SQL[], limit: number): SQL[] {
  const { actor, kinds, personIds } = filter;
  const isOperator = actor.kind === 'operator' || actor.kind === 'operators';
  if (personIds !== null) {
    const conditions = [sql`e.person_id in (select value from json_each(${JSON.stringify(personIds)}))`, ...common];
    if (kinds) conditions.push(sql`e.kind in (select value from json_each(${JSON.stringify(kinds)}))`);
    return [newestIds(conditions, limit)];
  }
  if (kinds === null && actor.kind === 'everyone') return [newestIds(common, limit)];
  return (kinds ?? eventKinds(db)).map((kind) => {
    // Of a million rows hardly one is an operator's: 340 ms for a page, and 610 by the kind, which SQLite would go by.
    const way = isOperator && ROW_KINDS.includes(kind) ? sql`indexed by events_operator` : undefined;
    return newestIds([sql`e.kind = ${kind}`, ...common], limit, way);
  });
}

export type EventRow = typeof events.$inferSelect;

/** The newest events that fit, older than event `before` (null: the newest of all). */
export function newestEvents(db: Tx, filter: EventFilter, before: number | null, limit: number): EventRow[] {
  const common = [...actorCondition(filter.actor), ...idBounds(db, filter)];
  if (before !== null) common.push(sql`e.id < ${before}`);
  const parts = idParts(db, filter, common, limit);
  if (parts.length === 0) return [];
  const found = db.all<{ id: number }>(
    sql`select id from (${sql.join(parts, sql` union all `)}) order by id desc limit ${limit}`,
  );
  return eventsById(
    db,
    found.map(({ id }) => id),
  );
}

function eventsById(db: Tx, ids: number[]): EventRow[] {
  return db.select().from(events).where(inArray(events.id, ids)).orderBy(desc(events.id)).all();
}

export function eventById(db: Tx, id: number): EventRow | undefined {
  return db.select().from(events).where(eq(events.id, id)).get();
}

export function newestEventId(db: Tx): number {
  return db.get<{ id: number }>(sql`select coalesce(max(id), 0) id from events`).id;
}

/** The events of the same kind and moment about people, newest first, at most `limit`. */
export function eventsAt(db: Tx, { at, kind }: Pick<EventRow, 'at' | 'kind'>, limit: number): EventRow[] {
  // The unary plus: there are millions of some kinds, and few events of a moment.
  const fits = and(eq(events.at, at), sql`+${events.kind} = ${kind}`, isNotNull(events.personId));
  return db.select().from(events).where(fits).orderBy(desc(events.id)).limit(limit).all();
}

/** The newest people whose name or UserPrincipalName contains the text, at most `limit`. */
export function peopleNamed(db: Tx, text: string, limit: number): FoundPeople {
  return searchPeople(db, text, undefined, limit);
}

/** Names of the people that events are about. */
export function namesOfPeople(db: Tx, ids: readonly number[]) {
  const { id, displayName, userPrincipalName } = people;
  const rows = db
    .select({ id, displayName, userPrincipalName })
    .from(people)
    .where(inArray(id, [...ids]))
    .all();
  return new Map(rows.map((row) => [row.id, row]));
}

/** These people as they are now, in this order. */
export function peopleWithState(db: Tx, ids: readonly number[]) {
  const { id, displayName, userPrincipalName, state } = people;
  const rows = db
    .select({ id, displayName, userPrincipalName, state })
    .from(people)
    .where(inArray(id, [...ids]))
    .all();
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((one) => byId.get(one) ?? []);
}

/** How many of these people are in each state now. */
export function countStates(db: Tx, ids: readonly number[]): Map<PersonState, number> {
  const rows = db.all<{ state: PersonState; n: number }>(sql`
    select state, count(*) n from people
    where id in (select value from json_each(${JSON.stringify(ids)})) group by state`);
  return new Map(rows.map(({ state, n }) => [state, n]));
}

/** Names of the files that events are about. */
export function namesOfFiles(db: Tx, ids: readonly string[]): Map<string, string> {
  const { id, name } = intakeFiles;
  const rows = db
    .select({ id, name })
    .from(intakeFiles)
    .where(inArray(id, [...ids]))
    .all();
  return new Map(rows.map((row) => [row.id, row.name]));
}

/** Operators who ever signed in, by name. */
export function knownOperators(db: Tx): { key: string; name: string }[] {
  const { tenantId, objectId, name } = operators;
  const key = sql<string>`${tenantId} || '/' || ${objectId}`;
  return db.select({ key, name }).from(operators).orderBy(name).all();
}
