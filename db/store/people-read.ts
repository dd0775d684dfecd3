/** People as pages show them: lists with filter, search, order and page; and everything about one person. */
import { and, asc, count, desc, eq, inArray, isNull, lt, notInArray, or, type SQL, sql } from 'drizzle-orm';
import type { Db, Tx } from '#db/client.ts';
import { events, intakeFiles, intakeRows, mappings, outcomes, people, runLooks } from '#db/schema.ts';
import { CLOSED_STATES, type PersonState } from '#lib/provisioning/core/states.ts';

export const PEOPLE_ORDERS = ['name', 'upn', 'type', 'state', 'since', 'arrival', 'next', 'licensed', 'open'] as const;

/** What a list of people is narrowed to; null and empty: everybody. */
export interface PeopleFilter {
  states: readonly PersonState[];
  reason: string | null;
  /** Keys. */
  employeeTypes: readonly string[];
  fileId: string | null;
  runId: string | null;
  /** In their state since before this moment, ms. */
  sinceBefore: number | null;
  /** Keys of UserPrincipalNames: a pasted list. */
  upnKeys: readonly string[] | null;
  /** The stable key of the operator who is on it. */
  assignedKey: string | null;
  /** Looked for in name and UserPrincipalName. */
  search: string | null;
  /** Only these people. */
  ids: readonly number[] | null;
}

const EVERYBODY: PeopleFilter = {
  states: [],
  reason: null,
  employeeTypes: [],
  fileId: null,
  runId: null,
  sinceBefore: null,
  upnKeys: null,
  assignedKey: null,
  search: null,
  ids: null,
};

export interface PeopleOrder {
  by: (typeof PEOPLE_ORDERS)[number];
  direction: 'asc' | 'desc';
}

const ORDER_COLUMNS = {
  name: people.displayName,
  upn: people.upnKey,
  type: people.employeeTypeKey,
  state: people.state,
  since: people.stateSince,
  arrival: people.firstSeenAt,
  next: people.nextLookAt,
  licensed: people.licensedAt,
  open: people.mailboxReadyAt,
};

/** A search text as a LIKE pattern in which nothing is a wildcard. */
export function containing(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`;
}

/** True for a name that contains the text. SQLite folds the case of ASCII letters alone, so "özil" is tried as "ÖZIL" and "Özil" too. */
function nameContains(text: string): SQL | undefined {
  if (/^[\x20-\x7e]*$/.test(text)) return sql`${people.displayName} like ${containing(text)} escape '\\'`;
  const lower = text.toLowerCase();
  const spellings = [lower, text.toUpperCase(), lower.replace(/(?<!\p{L})\p{L}/gu, (letter) => letter.toUpperCase())];
  return or(...spellings.map((spelling) => sql`${people.displayName} like ${containing(spelling)} escape '\\'`));
}

/** True for people whose name or UserPrincipalName contains the text. */
export function nameOrUpnContains(text: string): SQL | undefined {
  return or(sql`${people.upnKey} like ${containing(text.toLowerCase())} escape '\\'`, nameContains(text));
}

function matching(db: Tx, filter: PeopleFilter): SQL | undefined {
  const {
    states,
    reason,
    employeeTypes: types,
    fileId,
    runId,
    sinceBefore,
    upnKeys,
    assignedKey,
    search,
    ids,
  } = filter;
  // The few people of a file or a run are found first, not everybody asked in turn.
  const ofFile = (id: string) =>
    inArray(people.id, db.select({ id: sql`person_id` }).from(intakeRows).where(eq(intakeRows.fileId, id)));
  const ofRun = (id: string) =>
    inArray(people.id, db.select({ id: runLooks.personId }).from(runLooks).where(eq(runLooks.runId, id)));
  return and(
    states.length > 0 ? inArray(people.state, [...states]) : undefined,
    reason === null ? undefined : eq(people.reason, reason),
    types.length > 0 ? inArray(people.employeeTypeKey, [...types]) : undefined,
    fileId === null ? undefined : ofFile(fileId),
    runId === null ? undefined : ofRun(runId),
    sinceBefore === null ? undefined : lt(people.stateSince, sinceBefore),
    upnKeys === null ? undefined : sql`${people.upnKey} in (select value from json_each(${JSON.stringify(upnKeys)}))`,
    assignedKey === null ? undefined : eq(people.assignedKey, assignedKey),
    search === null ? undefined : nameOrUpnContains(search),
    ids === null ? undefined : sql`${people.id} in (select value from json_each(${JSON.stringify(ids)}))`,
  );
}

export type PersonRow = typeof people.$inferSelect;

export function pageOfPeople(
  db: Tx,
  filter: PeopleFilter,
  order: PeopleOrder,
  offset: number,
  limit: number,
): PersonRow[] {
  const direction = order.direction === 'asc' ? asc : desc;
  return db
    .select()
    .from(people)
    .where(matching(db, filter))
    .orderBy(direction(ORDER_COLUMNS[order.by]), direction(people.id))
    .limit(limit)
    .offset(offset)
    .all();
}

/** How many people are in each state, optionally only those a file or a run is about. */
export function countByState(db: Tx, scope: { fileId?: string; runId?: string } = {}): Map<PersonState, number> {
  const rows = db
    .select({ state: people.state, n: count() })
    .from(people)
    .where(matching(db, { ...EVERYBODY, fileId: scope.fileId ?? null, runId: scope.runId ?? null }))
    .groupBy(people.state)
    .all();
  return new Map(rows.map(({ state, n }) => [state, n]));
}

/** A search that finds no more people than this reads everybody once; what it found is then counted and sorted by id. */
const FEW = 2000;

/** The filter, and where it names few people: just these. A search otherwise reads everybody for the count and again for the page. */
export function narrowed(db: Tx, filter: PeopleFilter): PeopleFilter {
  if (filter.search === null) return filter;
  const found = db
    .select({ id: people.id })
    .from(people)
    .where(matching(db, filter))
    .limit(FEW + 1)
    .all();
  return found.length > FEW ? filter : { ...EVERYBODY, ids: found.map(({ id }) => id) };
}

/** How many people of the filter are in each state. */
export function countMatching(db: Tx, filter: PeopleFilter): Map<PersonState, number> {
  const rows = db
    .select({ state: people.state, n: count() })
    .from(people)
    .where(matching(db, filter))
    .groupBy(people.state)
    .all();
  return new Map(rows.map(({ state, n }) => [state, n]));
}

/** How many open people an operator is on. */
export function countAssigned(db: Tx, key: string): number {
  const open = and(eq(people.assignedKey, key), notInArray(people.state, [...CLOSED_STATES]));
  return db.select({ n: count() }).from(people).where(open).get()?.n ?? 0;
}

/** Id and revision of the people of the filter, in order of arrival. */
export function matchingPeople(db: Tx, filter: PeopleFilter, limit: number): { id: number; revision: number }[] {
  return db
    .select({ id: people.id, revision: people.revision })
    .from(people)
    .where(matching(db, filter))
    .orderBy(asc(people.firstSeenAt), asc(people.id))
    .limit(limit)
    .all();
}

/** The different values of an indexed column, jumping from one to the next instead of reading everybody. */
function differentValues(db: Tx, column: typeof people.reason | typeof people.employeeTypeKey): string[] {
  const rows = db.all<{ value: string }>(sql`
    with recursive different(value) as (
      select min(${column}) from ${people}
      union all
      select (select min(${column}) from ${people} where ${column} > different.value) from different where different.value is not null
    )
    select value from different where value is not null`);
  return rows.map(({ value }) => value);
}

/** EmployeeTypes among the people, as somebody who has it writes it. */
export function employeeTypes(db: Tx): { key: string; name: string }[] {
  return differentValues(db, people.employeeTypeKey).map((key) => {
    const one = db
      .select({ name: people.employeeType })
      .from(people)
      .where(eq(people.employeeTypeKey, key))
      .limit(1)
      .get();
    return { key, name: one?.name ?? key };
  });
}

/** Reasons among the people. */
export function reasonsPresent(db: Tx): string[] {
  return differentValues(db, people.reason);
}

export function personById(db: Tx, id: number): PersonRow | null {
  return db.select().from(people).where(eq(people.id, id)).get() ?? null;
}

/** The rows that named a person, the first one first. */
export function rowsOfPerson(db: Tx, personId: number) {
  return db
    .select({
      fileId: intakeRows.fileId,
      fileName: intakeFiles.name,
      receivedAt: intakeFiles.receivedAt,
      receivedFrom: intakeFiles.receivedFrom,
      runId: intakeFiles.runId,
      line: intakeRows.line,
      raw: intakeRows.raw,
      verdict: intakeRows.verdict,
      extras: intakeRows.extras,
      changes: intakeRows.changes,
    })
    .from(intakeRows)
    .innerJoin(intakeFiles, eq(intakeFiles.id, intakeRows.fileId))
    .where(eq(intakeRows.personId, personId))
    .orderBy(asc(intakeRows.id))
    .all();
}

/** The newest events and outcomes of a person, newest first, and how many outcomes there are. */
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

/** The mapping version a person is pinned to, else the one in force for its EmployeeType. */
export function mappingRowOf(db: Db, person: Pick<PersonRow, 'mappingId' | 'employeeTypeKey'>) {
  const which =
    person.mappingId === null
      ? and(eq(mappings.employeeTypeKey, person.employeeTypeKey), isNull(mappings.retiredAt))
      : eq(mappings.id, person.mappingId);
  return db.select().from(mappings).where(which).get() ?? null;
}
