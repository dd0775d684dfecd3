/**
 * The outcomes of one run, person by person: first the changed ones in the order recorded, then the unchanged ones. A run can
 * have a great many: lists come page by page or one by one.
 */
import { and, asc, eq, type SQL, sql } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { runCounts, unchangedOutcomes } from '#db/schema/outcomes.ts';
import type { PersonState } from '#lib/domain/states.ts';

/** How many people a run left in each state. */
export function countOutcomes(db: Tx, runId: string): Partial<Record<PersonState, number>> {
  const rows = db.select().from(runCounts).where(eq(runCounts.runId, runId)).all();
  const counts = rows.map(({ state, outcomes: changed, unchanged }) => [state, changed + unchanged] as const);
  return Object.fromEntries(counts.filter(([, n]) => n > 0));
}

/** One person in a run. */
export interface RecordedOutcome {
  personId: number;
  userPrincipalName: string;
  displayName: string;
  stateBefore: PersonState;
  state: PersonState;
  /** The person's current state. */
  stateNow: PersonState;
  reason: string;
  message: string;
  said: string | null;
  at: number;
}

/** The changed outcomes of a run: how many, and the range of their ids. */
interface ChangedOutcomes {
  runId: string;
  /** Null: all. */
  state: PersonState | null;
  n: number;
  firstId: number;
  lastId: number;
}

function changedOf(db: Tx, runId: string, state: PersonState | null): ChangedOutcomes {
  const rows = db.select().from(runCounts).where(eq(runCounts.runId, runId)).all();
  const wanted = rows.filter((row) => row.outcomes > 0 && (state === null || row.state === state));
  return {
    runId,
    state,
    n: wanted.reduce((sum, row) => sum + row.outcomes, 0),
    firstId: Math.min(...wanted.map(({ firstId }) => firstId ?? 0)),
    lastId: Math.max(...wanted.map(({ lastId }) => lastId ?? 0)),
  };
}

/** The outcomes of a run are nearly contiguous: at most this many times as many rows are scanned. */
const DENSITY_FACTOR = 20;

/** Chooses how to find the outcomes: the index of rare states, the id range, or the people of a short run. */
function accessPath({ runId, state, n, firstId, lastId }: ChangedOutcomes, afterId: number): SQL {
  const from = Math.max(firstId, afterId + 1);
  const ofRun = sql`o.run_id = ${runId} and o.id between ${from} and ${lastId} and ${state === null ? sql`true` : sql`o.state = ${state}`}`;
  if (state !== null && RARE.includes(state))
    return sql`where ${ofRun} and o.state in ('awaiting_seat', 'held', 'needs_attention', 'dismissed')`;
  const isDense = lastId - firstId < DENSITY_FACTOR * (n + 50);
  // By the ids a page of 100,000 outcomes takes 1 ms, the last 10; by run and person, as SQLite would, all are sorted: 8 and 55 ms.
  return isDense ? sql`not indexed where ${ofRun}` : sql`where ${ofRun}`;
}

const RARE: readonly PersonState[] = ['awaiting_seat', 'held', 'needs_attention', 'dismissed'];

function outcomesOf(
  db: Tx,
  changed: ChangedOutcomes,
  afterId: number,
  offset: number,
  limit: number,
): (RecordedOutcome & { id: number })[] {
  if (changed.n === 0) return [];
  return db.all<RecordedOutcome & { id: number }>(sql`
    select s.id, p.id as personId, p.user_principal_name as userPrincipalName, p.display_name as displayName,
      s.state_before as stateBefore, s.state, p.state as stateNow, s.reason, s.message, s.said, s.at
    from (select o.* from outcomes o ${accessPath(changed, afterId)} order by o.id limit ${limit} offset ${offset}) s
      cross join people p on p.id = s.person_id order by s.id`);
}

/** The people of some rows of unchanged outcomes, with the join order fixed: a run can have a hundred thousand. */
function unchangedOutcomesOf(db: Tx, rowIds: readonly number[]): RecordedOutcome[] {
  return db.all(sql`
    select p.id as personId, p.user_principal_name as userPrincipalName, p.display_name as displayName,
      i.state as stateBefore, i.state, p.state as stateNow, i.reason, i.message, i.said, i.at
    from unchanged_outcomes i cross join json_each(i.person_ids) j cross join people p on p.id = j.value
    where i.id in (select value from json_each(${JSON.stringify(rowIds)})) order by i.id, p.id`);
}

/** The rows of unchanged outcomes of a run, with the number of people in each; `state` null: all. */
function unchangedRows(db: Tx, runId: string, state: PersonState | null): { id: number; people: number }[] {
  return db
    .select({ id: unchangedOutcomes.id, people: unchangedOutcomes.people })
    .from(unchangedOutcomes)
    .where(and(eq(unchangedOutcomes.runId, runId), state === null ? undefined : eq(unchangedOutcomes.state, state)))
    .orderBy(asc(unchangedOutcomes.id))
    .all();
}

/** `state` null: all. */
export function pageOfOutcomes(
  db: Tx,
  runId: string,
  state: PersonState | null,
  offset: number,
  limit: number,
): RecordedOutcome[] {
  const changed = changedOf(db, runId, state);
  const page: RecordedOutcome[] = offset < changed.n ? outcomesOf(db, changed, 0, offset, limit) : [];
  if (page.length === limit) return page;
  // Rows of unchanged outcomes before the page are skipped by their number of people, unread.
  let position = changed.n;
  const inPage: number[] = [];
  let firstPosition = 0;
  for (const { id, people: size } of unchangedRows(db, runId, state)) {
    if (position < offset + limit && position + size > offset && inPage.push(id) === 1) firstPosition = position;
    position += size;
  }
  const skipped = Math.max(0, offset - firstPosition);
  return [...page, ...unchangedOutcomesOf(db, inPage).slice(skipped, skipped + limit - page.length)];
}

const SLICE = 500;
/** Rows of unchanged outcomes read at once: each stands for a few hundred people. */
const UNCHANGED_SLICE = 5;

/** All outcomes of a run, read slice by slice: other statements may run in between. */
export function* eachOutcome(db: Tx, runId: string): Generator<RecordedOutcome> {
  for (let last = 0, isMore = true; isMore; ) {
    const slice = outcomesOf(db, changedOf(db, runId, null), last, 0, SLICE);
    yield* slice;
    last = slice.at(-1)?.id ?? last;
    isMore = slice.length === SLICE;
  }
  const rows = unchangedRows(db, runId, null).map(({ id }) => id);
  for (let start = 0; start < rows.length; start += UNCHANGED_SLICE)
    yield* unchangedOutcomesOf(db, rows.slice(start, start + UNCHANGED_SLICE));
}
