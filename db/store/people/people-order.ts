/**
 * People of some groups in order of arrival or of time in their state, however many there are: each group is ordered in an
 * index, and the groups are merged here.
 */
import type { Statement } from 'better-sqlite3';
import type { Db } from '#db/client.ts';
import type { PeopleGroup } from './people-counts.ts';

export type Direction = 'asc' | 'desc';

export interface IndexOrder {
  by: 'arrival' | 'since';
  direction: Direction;
  /** Only people in their state since before this time, ms; together with `since`. */
  sinceBefore?: number;
}

interface Place {
  at: number;
  id: number;
}

/** Rows of a group read at once: few at first, as most groups are not read any further. */
const FIRST_CHUNK = 64;
const LARGEST_CHUNK = 4096;

/** Prepared once per connection: a page can read chunks of a hundred groups. */
const prepared = new WeakMap<Db, Map<string, Statement<unknown[], Place>>>();

function chunks(db: Db, { by, direction, sinceBefore }: IndexOrder): Statement<unknown[], Place> {
  const at = by === 'arrival' ? 'first_seen_at' : 'state_since';
  const query = `select ${at} as at, id from people
    where state = ? and reason = ? and employee_type_key = ? ${sinceBefore === undefined ? '' : 'and state_since < ?'}
    order by ${at} ${direction}, id ${direction} limit ? offset ?`;
  const known = prepared.get(db) ?? new Map<string, Statement<unknown[], Place>>();
  prepared.set(db, known);
  const statement = known.get(query) ?? db.$client.prepare<unknown[], Place>(query);
  known.set(query, statement);
  return statement;
}

function* placesOf(statement: Statement<unknown[], Place>, group: PeopleGroup, order: IndexOrder): Generator<Place> {
  const { state, reason, employeeTypeKey } = group;
  const which = [state, reason, employeeTypeKey, ...(order.sinceBefore === undefined ? [] : [order.sinceBefore])];
  let offset = 0;
  for (let size = FIRST_CHUNK; ; size = Math.min(LARGEST_CHUNK, size * 4)) {
    const chunk = statement.all(...which, size, offset);
    yield* chunk;
    if (chunk.length < size) return;
    offset += size;
  }
}

/** The ids of the people in these groups, one by one; nothing is read before it is needed. */
export function* idsInOrder(db: Db, groups: readonly PeopleGroup[], order: IndexOrder): Generator<number> {
  const sign = order.direction === 'asc' ? 1 : -1;
  const statement = chunks(db, order);
  const heads = groups.flatMap((group) => {
    const places = placesOf(statement, group, order);
    const first = places.next();
    return first.done ? [] : [{ place: first.value, places }];
  });
  while (heads.length > 0) {
    let first = 0;
    for (let index = 1; index < heads.length; index += 1)
      if (sign * compared(heads[index]?.place, heads[first]?.place) < 0) first = index;
    const head = heads[first];
    if (!head) return;
    yield head.place.id;
    const next = head.places.next();
    if (next.done) heads.splice(first, 1);
    else head.place = next.value;
  }
}

function compared(a: Place | undefined, b: Place | undefined): number {
  return a && b ? a.at - b.at || a.id - b.id : 0;
}
