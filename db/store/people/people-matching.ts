/** Who matches a filter: starts from the most selective part of it, never from all people. */
import { and, eq, inArray, lt, type SQL, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { people } from '#db/schema/people.ts';
import { nameOrUpnContains, searchPeople } from '#db/store/search/people-search.ts';
import type { PersonState } from '#lib/domain/states.ts';
import { countByState, type PeopleGroup, peopleGroups, totalPeople } from './people-counts.ts';
import { idsInOrder } from './people-order.ts';
import type { PersonRow } from './people-read.ts';

/** A longer list shows this many people, and says so. */
export const LIST_LIMIT = 5000;
/** Where no index covers a filter, this many people are checked: about 30 ms. */
const SCAN_LIMIT = 20_000;

/** The filter of a list of people; null and empty: everybody. */
export interface PeopleFilter {
  states: readonly PersonState[];
  reason: string | null;
  /** Keys. */
  employeeTypes: readonly string[];
  fileId: string | null;
  runId: string | null;
  /** In their state since before this time, ms. */
  sinceBefore: number | null;
  /** Keys of UserPrincipalNames: a pasted list. */
  upnKeys: readonly string[] | null;
  /** The stable key of the operator who took the case. */
  assignedKey: string | null;
  /** Searched in name and UserPrincipalName. */
  search: string | null;
}

export const json = (values: readonly unknown[]) => sql`(select value from json_each(${JSON.stringify(values)}))`;

/** Whom the rows of a file name that repeat earlier ones. */
const repeatedIn = (fileId: string) =>
  sql`select r.person_id as id from unchanged_rows u, json_each(u.repeats) j, intake_rows r where u.file_id = ${fileId} and r.id = j.value ->> 1`;

/** The conditions of a filter. */
function conditions(filter: PeopleFilter): SQL | undefined {
  const { states, reason, employeeTypes, fileId, runId, sinceBefore, upnKeys, assignedKey, search } = filter;
  const unchanged = sql`select j.value from unchanged_outcomes i, json_each(i.person_ids) j where i.run_id = ${runId}`;
  return and(
    states.length > 0 ? inArray(people.state, [...states]) : undefined,
    reason === null ? undefined : eq(people.reason, reason),
    employeeTypes.length > 0 ? sql`${people.employeeTypeKey} in ${json(employeeTypes)}` : undefined,
    fileId === null
      ? undefined
      : sql`(exists (select 1 from intake_rows r where r.person_id = ${people.id} and r.file_id = ${fileId}) or ${people.id} in (${repeatedIn(fileId)}))`,
    runId === null
      ? undefined
      : sql`(exists (select 1 from outcomes o where o.run_id = ${runId} and o.person_id = ${people.id}) or ${people.id} in (${unchanged}))`,
    sinceBefore === null ? undefined : lt(people.stateSince, sinceBefore),
    upnKeys === null ? undefined : sql`${people.upnKey} in ${json(upnKeys)}`,
    assignedKey === null ? undefined : eq(people.assignedKey, assignedKey),
    search === null ? undefined : nameOrUpnContains(search),
  );
}

/** The people who match a filter. */
export interface Matching {
  /** At most `LIST_LIMIT` and one more, the newest first. */
  ids: number[];
  /** False: there are, or may be, more. */
  isComplete: boolean;
}

function newestOf(ids: readonly number[], isComplete = true): Matching {
  const different = [...new Set(ids)].sort((a, b) => b - a);
  return { ids: different.slice(0, LIST_LIMIT + 1), isComplete: isComplete && different.length <= LIST_LIMIT };
}

/** Of the people in `source`, a query of ids, those who match the rest of the filter. */
function matchingOf(db: Db, source: SQL, rest: PeopleFilter): Matching {
  const all = db.all<{ id: number }>(sql`select id from (${source}) limit ${SCAN_LIMIT + 1}`).map(({ id }) => id);
  const where = conditions(rest);
  const scanned = all.slice(0, SCAN_LIMIT);
  // Joined in this order, whatever the planner makes of the rest of the filter.
  const fitting =
    where &&
    db.all<{ id: number }>(sql`
      select people.id from json_each(${JSON.stringify(scanned)}) s cross join people on people.id = s.value where ${where}`);
  return newestOf(fitting?.map(({ id }) => id) ?? scanned, all.length <= SCAN_LIMIT);
}

export const hasGroups = ({ states, reason, employeeTypes }: PeopleFilter) =>
  states.length > 0 || reason !== null || employeeTypes.length > 0;

/** True where the filter consists of state, reason and EmployeeType only: counters and indexes cover it. */
export function isGroupFilter({ fileId, runId, sinceBefore, upnKeys, assignedKey, search }: PeopleFilter): boolean {
  return [fileId, runId, sinceBefore, upnKeys, assignedKey, search].every((value) => value === null);
}

const ALL_GROUPS = { states: [], reason: null, employeeTypes: [] } as const;

function idsOfGroups(groups: readonly PeopleGroup[]): SQL {
  const keys = groups.map(({ state, reason, employeeTypeKey }) => [state, reason, employeeTypeKey]);
  return sql`select p.id from json_each(${JSON.stringify(keys)}) g cross join people p
    on p.state = g.value ->> 0 and p.reason = g.value ->> 1 and p.employee_type_key = g.value ->> 2`;
}

/** The first few; no more are read. */
export function takeFirst(ids: Iterable<number>, howMany: number): number[] {
  const few: number[] = [];
  for (const id of ids) if (few.push(id) >= howMany) break;
  return few;
}

export function matchingIds(db: Db, filter: PeopleFilter): Matching {
  const { upnKeys, assignedKey, fileId, runId, sinceBefore, search } = filter;
  const groups = peopleGroups(db, filter);
  if (groups.length === 0) return { ids: [], isComplete: true };
  if (hasGroups(filter) && totalPeople(groups) <= LIST_LIMIT)
    return matchingOf(db, idsOfGroups(groups), { ...filter, ...ALL_GROUPS });
  if (upnKeys !== null)
    return matchingOf(db, sql`select person_id as id from upns_in_order where upn_key in ${json(upnKeys)}`, {
      ...filter,
      upnKeys: null,
    });
  if (assignedKey !== null) {
    const assigned = sql`select id from people where assigned_key = ${assignedKey} order by id desc`;
    return matchingOf(db, assigned, { ...filter, assignedKey: null });
  }
  if (fileId !== null && (search === null || peopleOfFile(db, fileId) <= SCAN_LIMIT)) {
    const named = sql`select person_id as id from intake_rows where file_id = ${fileId} and person_id is not null order by line desc`;
    return matchingOf(db, sql`select id from (${named}) union all ${repeatedIn(fileId)}`, { ...filter, fileId: null });
  }
  if (runId !== null && search === null)
    return matchingOf(db, sql`select person_id as id from run_outcomes where run_id = ${runId}`, {
      ...filter,
      runId: null,
    });
  if (search !== null) {
    const found = searchPeople(db, search, conditions({ ...filter, search: null }), LIST_LIMIT + 1);
    return newestOf(found.ids, found.isComplete);
  }
  const order = { by: 'since', direction: 'desc', sinceBefore: sinceBefore ?? Number.MAX_SAFE_INTEGER } as const;
  return newestOf(takeFirst(idsInOrder(db, groups, order), LIST_LIMIT + 1));
}

function peopleOfFile(db: Db, fileId: string): number {
  const repeated = sql`select coalesce(sum(rows), 0) as n from unchanged_rows where file_id = ${fileId}`;
  return [...countByState(db, { fileId }).values()].reduce((sum, n) => sum + n, db.get<{ n: number }>(repeated).n);
}

/** All matching people in the order of their ids, in slices so that nobody waits long. Reads all people. */
export function* eachMatching(db: Db, filter: PeopleFilter): Generator<PersonRow[]> {
  const { newest } = db.get<{ newest: number }>(sql`select coalesce(max(id), 0) as newest from people`);
  for (let from = 0; from < newest; from += LIST_LIMIT) {
    // By id: with a filter by state SQLite would read everybody in that state for each slice, 300 ms instead of 20 for three.
    const fitting = db.all<{ id: number }>(sql`
      select id from people not indexed
      where id > ${from} and id <= ${from + LIST_LIMIT} and ${conditions(filter) ?? sql`true`}`);
    const ids = json(fitting.map(({ id }) => id));
    yield db.select().from(people).where(sql`${people.id} in ${ids}`).orderBy(people.id).all();
  }
}
