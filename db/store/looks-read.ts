/**
 * What one run found out and did, person by person: first those for whom something changed, in the order recorded, then those whom it
 * found as before. A run can have looked at very many people: lists come in pages or one by one.
 */
import { and, asc, count, eq, gt, inArray, type SQL, sql } from 'drizzle-orm';
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
const LOOK = {
  personId: people.id,
  userPrincipalName: people.userPrincipalName,
  displayName: people.displayName,
  stateNow: people.state,
};

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

const OF_OUTCOME = {
  ...LOOK,
  stateBefore: outcomes.stateBefore,
  state: outcomes.state,
  reason: outcomes.reason,
  message: outcomes.message,
  at: outcomes.at,
};

function outcomesOf(db: Tx, where: SQL | undefined, offset: number, limit: number): (Look & { id: number })[] {
  return db
    .select({ id: outcomes.id, ...OF_OUTCOME })
    .from(outcomes)
    .innerJoin(people, eq(people.id, outcomes.personId))
    .where(where)
    .orderBy(asc(outcomes.id))
    .limit(limit)
    .offset(offset)
    .all();
}

type IdleRow = typeof idleLooks.$inferSelect;

/** The people of an idle look from `start` on, by id. */
function peopleOfIdle(db: Tx, { personIds, at, state, reason, message }: IdleRow, start: number, end: number): Look[] {
  const ids = sql`(select value from json_each(${personIds}) limit ${end - start} offset ${start})`;
  return db
    .select(LOOK)
    .from(people)
    .where(inArray(people.id, ids))
    .orderBy(asc(people.id))
    .all()
    .map((person) => ({ ...person, stateBefore: state, state, reason, message, at }));
}

/** `state` null: all. */
export function pageOfLooks(db: Tx, runId: string, state: PersonState | null, offset: number, limit: number): Look[] {
  const inState = (table: typeof outcomes | typeof idleLooks) =>
    and(eq(table.runId, runId), state === null ? undefined : eq(table.state, state));
  const changed = db.select({ n: count() }).from(outcomes).where(inState(outcomes)).get()?.n ?? 0;
  const page: Look[] = offset < changed ? outcomesOf(db, inState(outcomes), offset, limit) : [];
  let skip = Math.max(0, offset - changed);
  // Rows of idle looks are passed over by their number of people, unread.
  const rows = db
    .select({ id: idleLooks.id, people: idleLooks.people })
    .from(idleLooks)
    .where(inState(idleLooks))
    .orderBy(asc(idleLooks.id));
  for (const { id, people: size } of page.length < limit ? rows.all() : []) {
    const row = skip < size ? db.select().from(idleLooks).where(eq(idleLooks.id, id)).get() : undefined;
    if (row) page.push(...peopleOfIdle(db, row, skip, Math.min(size, skip + limit - page.length)));
    if (page.length >= limit) break;
    skip = Math.max(0, skip - size);
  }
  return page;
}

const SLICE = 500;

/** Every look of a run, read slice by slice: other statements may come between. */
export function* eachLook(db: Tx, runId: string): Generator<Look> {
  for (let last = 0, isMore = true; isMore; ) {
    const slice = outcomesOf(db, and(eq(outcomes.runId, runId), gt(outcomes.id, last)), 0, SLICE);
    yield* slice;
    last = slice.at(-1)?.id ?? last;
    isMore = slice.length === SLICE;
  }
  const rows = (after: number) =>
    db
      .select()
      .from(idleLooks)
      .where(and(eq(idleLooks.runId, runId), gt(idleLooks.id, after)))
      .orderBy(asc(idleLooks.id))
      .limit(1)
      .get();
  for (let row = rows(0); row; row = rows(row.id)) yield* peopleOfIdle(db, row, 0, row.people);
}
