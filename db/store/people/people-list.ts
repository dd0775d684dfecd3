/**
 * Lists of people with filter, order and page, as fast with a million people as with a hundred. A list of up to `LIST_LIMIT`
 * people is shown whole, in any order; of a longer one, the first `LIST_LIMIT` in an indexed order, otherwise the newest.
 */
import { and, eq, notInArray, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { namesInOrder, people, upnsInOrder } from '#db/schema/people.ts';
import { CLOSED_STATES, type PersonState } from '#lib/domain/states.ts';
import { countByState, type PeopleGroup, peopleGroups, sumByKey, totalPeople } from './people-counts.ts';
import {
  hasGroups,
  isGroupFilter,
  json,
  LIST_LIMIT,
  matchingIds,
  type PeopleFilter,
  takeFirst,
} from './people-matching.ts';
import { type Direction, idsInOrder } from './people-order.ts';
import type { PersonRow } from './people-read.ts';

export const PEOPLE_ORDERS = ['name', 'upn', 'type', 'state', 'since', 'arrival', 'next', 'licensed', 'open'] as const;

export interface PeopleOrder {
  by: (typeof PEOPLE_ORDERS)[number];
  direction: Direction;
}

const ORDER_COLUMNS = {
  name: people.displayName,
  upn: people.upnKey,
  type: people.employeeTypeKey,
  state: people.state,
  since: people.stateSince,
  arrival: people.firstSeenAt,
  next: people.nextCheckAt,
  licensed: people.licensedAt,
  open: people.mailboxReadyAt,
};

/** Orders that an index covers; for `next` and `licensed`, the people who have a value. */
const WHOLE_ORDERS: readonly PeopleOrder['by'][] = ['name', 'upn', 'next', 'licensed'];

/** Everybody has a name and a UserPrincipalName, in an index of its own. */
const KEY_ORDERS = {
  name: { index: namesInOrder, key: namesInOrder.displayName },
  upn: { index: upnsInOrder, key: upnsInOrder.upnKey },
};

/** Those without a value come last. */
function inOrderOf({ by, direction }: PeopleOrder) {
  const column = ORDER_COLUMNS[by];
  const way = direction === 'asc' ? sql`asc` : sql`desc`;
  return sql`order by ${column} is null, ${column} ${way}, id ${way}`;
}

/** A page of these people in an order. */
function sortedPage(db: Db, ids: readonly number[], order: PeopleOrder, offset: number, limit: number) {
  return db
    .all<{ id: number }>(sql`
      select id from people where id in ${json(ids)} ${inOrderOf(order)} limit ${limit} offset ${offset}`)
    .map(({ id }) => id);
}

/** All these people in an order, with their states: to read 5,000 once for their number and again for a page took 30 ms. */
function sortedStates(db: Db, ids: readonly number[], order: PeopleOrder): [id: number, state: PersonState][] {
  return db.values(sql`select id, state from people where id in ${json(ids)} ${inOrderOf(order)}`);
}

/** A page of all people, by an index; those without a value come last. */
function wholePage(db: Db, { by, direction }: PeopleOrder, offset: number, limit: number): number[] {
  const way = direction === 'asc' ? sql`asc` : sql`desc`;
  if (by === 'name' || by === 'upn') {
    const { index, key } = KEY_ORDERS[by];
    // What is ordered by must be selected: SQLite then merges both parts of the index instead of sorting everybody.
    const inOrder = db.all<{ id: number }>(sql`
      select ${key}, person_id as id from ${index} order by ${key} ${way}, person_id ${way} limit ${limit} offset ${offset}`);
    return inOrder.map(({ id }) => id);
  }
  const column = ORDER_COLUMNS[by];
  const page = db.all<{ id: number }>(sql`
    select id from people where ${column} is not null order by ${column} ${way}, id ${way} limit ${limit} offset ${offset}`);
  if (page.length === limit) return page.map(({ id }) => id);
  const { n } = db.get<{ n: number }>(sql`select count(*) as n from people where ${column} is not null`);
  const others = db.all<{ id: number }>(sql`
    select id from people where ${column} is null
    order by id desc limit ${limit - page.length} offset ${Math.max(0, offset - n)}`);
  return [...page, ...others].map(({ id }) => id);
}

/** What lists tell of a person: less than half of what is stored. */
const LISTED = {
  id: people.id,
  userPrincipalName: people.userPrincipalName,
  displayName: people.displayName,
  employeeType: people.employeeType,
  state: people.state,
  stateSince: people.stateSince,
  revision: people.revision,
  reason: people.reason,
  message: people.message,
  said: people.said,
  firstSeenAt: people.firstSeenAt,
  lastCheckAt: people.lastCheckAt,
  nextCheckAt: people.nextCheckAt,
  usageLocation: people.usageLocation,
  startDate: people.startDate,
  licensedAt: people.licensedAt,
  mailboxReadyAt: people.mailboxReadyAt,
  assignedTo: people.assignedTo,
  heldPlan: people.heldPlan,
};

export type ListedPerson = Pick<PersonRow, keyof typeof LISTED>;

function readInOrder(db: Db, ids: readonly number[]): ListedPerson[] {
  const rows = db
    .select(LISTED)
    .from(people)
    .where(sql`${people.id} in ${json(ids)}`)
    .all();
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

export interface PeopleWindow {
  /** People who match; where `isExact` is false there may be more. */
  total: number;
  isExact: boolean;
  /** Of the people counted. */
  byState: Map<PersonState, number>;
  /** How many of them the pages show, and which. */
  listed: number;
  which: 'all' | 'first' | 'newest';
  /** Ids of a page. */
  page(offset: number, limit: number): number[];
}

/** The groups split for an order by state or EmployeeType; any other order has a single part. */
function partsOf(groups: readonly PeopleGroup[], { by, direction }: PeopleOrder): PeopleGroup[][] {
  if (by !== 'state' && by !== 'type') return [[...groups]];
  const keyOf = (group: PeopleGroup) => (by === 'state' ? group.state : group.employeeTypeKey);
  const parts = [...Map.groupBy(groups, keyOf)].sort(([a], [b]) => (a < b ? -1 : 1));
  return (direction === 'asc' ? parts : parts.reverse()).map(([, part]) => part);
}

function* inIndexOrder(db: Db, groups: readonly PeopleGroup[], order: PeopleOrder): Generator<number> {
  const by = order.by === 'since' ? 'since' : 'arrival';
  for (const part of partsOf(groups, order)) yield* idsInOrder(db, part, { by, direction: order.direction });
}

function windowOfGroups(db: Db, filter: PeopleFilter, order: PeopleOrder): PeopleWindow {
  const groups = peopleGroups(db, filter);
  const total = totalPeople(groups);
  const listed = Math.min(total, LIST_LIMIT);
  const counted = { total, isExact: true, byState: sumByKey(groups, ({ state }) => state), listed };
  const which = listed === total ? 'all' : 'first';
  if (['arrival', 'since', 'state', 'type'].includes(order.by))
    return {
      ...counted,
      which,
      page: (offset, limit) => takeFirst(inIndexOrder(db, groups, order), offset + limit).slice(offset),
    };
  if (which === 'first' && !hasGroups(filter) && WHOLE_ORDERS.includes(order.by))
    return { ...counted, which, page: (offset, limit) => wholePage(db, order, offset, limit) };
  const newest = takeFirst(idsInOrder(db, groups, { by: 'arrival', direction: 'desc' }), LIST_LIMIT);
  return {
    ...counted,
    which: which === 'all' ? which : 'newest',
    page: (offset, limit) => sortedPage(db, newest, order, offset, limit),
  };
}

/** The people of a list. `readPeopleOfPage` reads them. */
export function peopleWindow(db: Db, filter: PeopleFilter, order: PeopleOrder): PeopleWindow {
  if (isGroupFilter(filter)) return windowOfGroups(db, filter, order);
  const { ids, isComplete } = matchingIds(db, filter);
  const listed = ids.slice(0, LIST_LIMIT);
  const byState = isComplete ? null : countsOfFile(db, filter);
  const sorted = sortedStates(db, listed, order);
  const counted = byState ?? countByKey(sorted.map(([, state]) => state));
  return {
    total: [...counted.values()].reduce((sum, n) => sum + n, 0),
    isExact: isComplete || byState !== null,
    byState: counted,
    listed: listed.length,
    which: isComplete ? 'all' : 'newest',
    page: (offset, limit) => sorted.slice(offset, offset + limit).map(([id]) => id),
  };
}

function countByKey<Key>(keys: readonly Key[]): Map<Key, number> {
  const counts = new Map<Key, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

/** Where a filter consists of a file and states only, the counters are enough; null for any other filter. */
function countsOfFile(db: Db, filter: PeopleFilter): Map<PersonState, number> | null {
  const { fileId, states, reason, employeeTypes } = filter;
  if (fileId === null || reason !== null || employeeTypes.length > 0 || !isGroupFilter({ ...filter, fileId: null }))
    return null;
  const counts = [...countByState(db, { fileId })];
  return new Map(counts.filter(([state]) => states.length === 0 || states.includes(state)));
}

export function readPeopleOfPage(db: Db, window: PeopleWindow, offset: number, limit: number): ListedPerson[] {
  return readInOrder(db, window.page(offset, limit));
}

/** Id and revision of the people of a list in order of arrival, at most `LIST_LIMIT` and one more. */
export function matchingPeople(db: Db, filter: PeopleFilter): { id: number; revision: number }[] {
  const ids = isGroupFilter(filter)
    ? takeFirst(idsInOrder(db, peopleGroups(db, filter), { by: 'arrival', direction: 'asc' }), LIST_LIMIT + 1)
    : matchingIds(db, filter).ids;
  return db.all<{ id: number; revision: number }>(
    sql`select id, revision from people where id in ${json(ids)} order by first_seen_at, id`,
  );
}

/** How many open people an operator has taken. */
export function countAssigned(db: Db, key: string): number {
  const open = and(eq(people.assignedKey, key), notInArray(people.state, [...CLOSED_STATES]));
  return db.get<{ n: number }>(sql`select count(*) as n from people where ${open}`).n;
}
