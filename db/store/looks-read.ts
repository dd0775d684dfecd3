/**
 * What one run found out and did, person by person: first those for whom something changed, in the order recorded, then those whom it
 * found as before. A run can have looked at very many people: lists come in pages or one by one.
 */
import { and, asc, count, eq, gt, type SQL, sql } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { idleLooks, outcomes, people } from '#db/schema.ts';
import type { PersonState } from '#lib/provisioning/core/states.ts';

/** How many people a run left in each state. */
export function countLooks(db: Tx, runId: string): Partial<Record<PersonState, number>> {
  const rows = db.all<{ state: PersonState; n: number }>(sql`
    select state, sum(n) as n from (
      select state, count(*) as n from outcomes where run_id = ${runId} group by state
      union all
      select state, sum(people) from idle_looks where run_id = ${runId} group by state)
    group by state`);
  return Object.fromEntries(rows.map(({ state, n }) => [state, n]));
}

/** One person in a run. */
export interface Look {
  personId: number;
  userPrincipalName: string;
  displayName: string;
  stateBefore: PersonState;
  state: PersonState;
  /** Where the person stands by now. */
  stateNow: PersonState;
  reason: string;
  message: string;
  at: number;
}

function outcomesOf(db: Tx, where: SQL | undefined, offset: number, limit: number): (Look & { id: number })[] {
  return db
    .select({
      id: outcomes.id,
      personId: people.id,
      userPrincipalName: people.userPrincipalName,
      displayName: people.displayName,
      stateBefore: outcomes.stateBefore,
      state: outcomes.state,
      stateNow: people.state,
      reason: outcomes.reason,
      message: outcomes.message,
      at: outcomes.at,
    })
    .from(outcomes)
    .innerJoin(people, eq(people.id, outcomes.personId))
    .where(where)
    .orderBy(asc(outcomes.id))
    .limit(limit)
    .offset(offset)
    .all();
}

/** The people of some rows of idle looks. Written out for the database: a run can have a hundred thousand. */
function idleLooksOf(db: Tx, rowIds: readonly number[]): Look[] {
  return db.all(sql`
    select p.id as personId, p.user_principal_name as userPrincipalName, p.display_name as displayName,
      i.state as stateBefore, i.state, p.state as stateNow, i.reason, i.message, i.at
    from idle_looks i cross join json_each(i.person_ids) j cross join people p on p.id = j.value
    where i.id in (select value from json_each(${JSON.stringify(rowIds)})) order by i.id, p.id`);
}

/** Rows of idle looks of a run with how many people each stands for; `state` null: all. */
function idleRows(db: Tx, runId: string, state: PersonState | null): { id: number; people: number }[] {
  return db
    .select({ id: idleLooks.id, people: idleLooks.people })
    .from(idleLooks)
    .where(and(eq(idleLooks.runId, runId), state === null ? undefined : eq(idleLooks.state, state)))
    .orderBy(asc(idleLooks.id))
    .all();
}

/** `state` null: all. */
export function pageOfLooks(db: Tx, runId: string, state: PersonState | null, offset: number, limit: number): Look[] {
  const ofRun = and(eq(outcomes.runId, runId), state === null ? undefined : eq(outcomes.state, state));
  const page: Look[] = outcomesOf(db, ofRun, offset, limit);
  if (page.length === limit) return page;
  // Rows of idle looks before the page are passed over by their number of people, unread.
  let place = db.select({ n: count() }).from(outcomes).where(ofRun).get()?.n ?? 0;
  const inPage: number[] = [];
  let firstPlace = 0;
  for (const { id, people: size } of idleRows(db, runId, state)) {
    if (place < offset + limit && place + size > offset && inPage.push(id) === 1) firstPlace = place;
    place += size;
  }
  const skipped = Math.max(0, offset - firstPlace);
  return [...page, ...idleLooksOf(db, inPage).slice(skipped, skipped + limit - page.length)];
}

const SLICE = 500;
/** Rows of idle looks read at once: each stands for some hundred people. */
const IDLE_SLICE = 5;

/** Every look of a run, read slice by slice: other statements may come between. */
export function* eachLook(db: Tx, runId: string): Generator<Look> {
  for (let last = 0, isMore = true; isMore; ) {
    const slice = outcomesOf(db, and(eq(outcomes.runId, runId), gt(outcomes.id, last)), 0, SLICE);
    yield* slice;
    last = slice.at(-1)?.id ?? last;
    isMore = slice.length === SLICE;
  }
  const rows = idleRows(db, runId, null).map(({ id }) => id);
  for (let start = 0; start < rows.length; start += IDLE_SLICE)
    yield* idleLooksOf(db, rows.slice(start, start + IDLE_SLICE));
}
