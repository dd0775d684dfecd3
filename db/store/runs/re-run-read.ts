/** Who can be run again after a run or a file, with which mapping, and the previous attempts. */
import { and, asc, count, desc, eq, inArray, isNotNull, notInArray, type SQL, sql } from 'drizzle-orm';
import { union } from 'drizzle-orm/sqlite-core';
import type { Tx } from '#db/client.ts';
import { fileRows, intakeFiles, intakeRows } from '#db/schema/files.ts';
import { mappings } from '#db/schema/mappings.ts';
import { runOutcomes } from '#db/schema/outcomes.ts';
import { people } from '#db/schema/people.ts';
import { runPeople, runs } from '#db/schema/runs.ts';
import { CLOSED_STATES, type PersonState } from '#lib/domain/states.ts';
import type { RunRow } from './runs-read.ts';

/** The run or file whose people are run again. */
export type Scope = { runId: string } | { fileId: string };

/** People a run processed or was started for; people a file names. */
function peopleOf(db: Tx, scope: Scope) {
  if ('fileId' in scope)
    return db
      .select({ id: intakeRows.personId })
      .from(intakeRows)
      .where(and(eq(intakeRows.fileId, scope.fileId), isNotNull(intakeRows.personId)));
  return union(
    db.select({ id: runOutcomes.personId }).from(runOutcomes).where(eq(runOutcomes.runId, scope.runId)),
    db.select({ id: runPeople.personId }).from(runPeople).where(eq(runPeople.runId, scope.runId)),
  );
}

/** Closed people have nothing left to do and held people wait for approval: neither are run again. */
function canReRun(db: Tx, scope: Scope): SQL | undefined {
  return and(inArray(people.id, peopleOf(db, scope)), notInArray(people.state, [...CLOSED_STATES, 'held']));
}

/** How many people can be run again, by what decides about them. */
export function countOpenPeople(db: Tx, scope: Scope) {
  return db
    .select({
      state: people.state,
      employeeTypeKey: people.employeeTypeKey,
      mappingId: people.mappingId,
      n: count(),
    })
    .from(people)
    .where(canReRun(db, scope))
    .groupBy(people.state, people.employeeTypeKey, people.mappingId)
    .all();
}

export interface OpenPerson {
  id: number;
  employeeTypeKey: string;
  mappingId: number | null;
}

/** The people who can be run again, at most `limit` of them; `state`, `ids`: only these. */
export function openPeople(
  db: Tx,
  scope: Scope,
  { state, ids, limit }: { state?: PersonState; ids?: readonly number[]; limit: number },
): OpenPerson[] {
  return db
    .select({ id: people.id, employeeTypeKey: people.employeeTypeKey, mappingId: people.mappingId })
    .from(people)
    .where(
      and(
        canReRun(db, scope),
        state === undefined ? undefined : eq(people.state, state),
        ids === undefined ? undefined : inArray(people.id, [...ids]),
      ),
    )
    .orderBy(asc(people.id))
    .limit(limit)
    .all();
}

export interface MappingSpan {
  id: number;
  employeeTypeKey: string;
  createdAt: number;
  retiredAt: number | null;
}

/** Every mapping version with the time it was in force. */
export function mappingSpans(db: Tx): MappingSpan[] {
  return db
    .select({
      id: mappings.id,
      employeeTypeKey: mappings.employeeTypeKey,
      createdAt: mappings.createdAt,
      retiredAt: mappings.retiredAt,
    })
    .from(mappings)
    .all();
}

/** The root of a chain of re-runs: the run itself where it is not a re-run. */
function rootOf(db: Tx, runId: string): string {
  const row = db.get<{ id: string } | undefined>(
    sql`with recursive up(id, of) as (
          select id, rerun_of_run_id from runs where id = ${runId}
          union select r.id, r.rerun_of_run_id from runs r join up on r.id = up.of)
        select id from up where of is null limit 1`,
  );
  return row?.id ?? runId;
}

/**
 * Every attempt for the people of a run or a file, oldest first: the run itself and its re-runs; for a file, its re-runs. Dry
 * runs do not count.
 */
export function attemptsOf(db: Tx, scope: Scope): RunRow[] {
  const first =
    'runId' in scope
      ? sql`select id from runs where id = ${rootOf(db, scope.runId)}`
      : sql`select id from runs where rerun_of_file_id = ${scope.fileId}`;
  const family = sql`(with recursive family(id) as (${first}
      union select r.id from runs r join family f on r.rerun_of_run_id = f.id) select id from family)`;
  return db
    .select()
    .from(runs)
    .where(and(sql`${runs.id} in ${family}`, eq(runs.dryRun, false)))
    .orderBy(asc(runs.requestedAt), asc(runs.id))
    .all();
}

/** Whom attempts are compared for: everybody these re-runs were started for, or everybody a file names. */
export type Compared = { runIds: readonly string[] } | { fileId: string };

function isCompared(db: Tx, who: Compared): SQL {
  if ('fileId' in who)
    return inArray(
      people.id,
      db
        .select({ id: fileRows.personId })
        .from(fileRows)
        .where(and(eq(fileRows.fileId, who.fileId), isNotNull(fileRows.personId))),
    );
  return inArray(
    people.id,
    db
      .select({ id: runPeople.personId })
      .from(runPeople)
      .where(inArray(runPeople.runId, [...who.runIds])),
  );
}

export function countCompared(db: Tx, who: Compared): number {
  return db.select({ n: count() }).from(people).where(isCompared(db, who)).get()?.n ?? 0;
}

/** Whether one of these attempts left a person in another state than the one they are in now. */
function hasChanged(attemptIds: readonly string[]): SQL {
  const attempts = sql.join(
    attemptIds.map((id) => sql`${id}`),
    sql`, `,
  );
  return sql`exists (select 1 from run_outcomes o where o.run_id in (${attempts}) and o.person_id = ${people.id} and o.state <> ${people.state})`;
}

/** For how many of them an attempt ended otherwise than where they are now. */
export function countChangedPeople(db: Tx, who: Compared, attemptIds: readonly string[]): number {
  const isChanged = and(isCompared(db, who), hasChanged(attemptIds));
  return db.select({ n: count() }).from(people).where(isChanged).get()?.n ?? 0;
}

export interface ComparedPerson {
  id: number;
  userPrincipalName: string;
  displayName: string;
  stateNow: PersonState;
}

export const COMPARED_PERSON = {
  id: people.id,
  userPrincipalName: people.userPrincipalName,
  displayName: people.displayName,
  stateNow: people.state,
};

/** Whoever changed since one of the attempts first, then in order of arrival. */
export function pageOfCompared(
  db: Tx,
  who: Compared,
  attemptIds: readonly string[],
  { offset, limit }: { offset: number; limit: number },
): ComparedPerson[] {
  return db
    .select(COMPARED_PERSON)
    .from(people)
    .where(isCompared(db, who))
    .orderBy(desc(hasChanged(attemptIds)), asc(people.id))
    .limit(limit)
    .offset(offset)
    .all();
}

/** The run that imported a file; null: an upload has none, or retention has deleted it. */
export function runOfFile(db: Tx, fileId: string): RunRow | null {
  const importedBy = db.select({ id: intakeFiles.runId }).from(intakeFiles).where(eq(intakeFiles.id, fileId));
  return db.select().from(runs).where(inArray(runs.id, importedBy)).get() ?? null;
}

/** The state in which each of these runs left each of these people. */
export function statesAfter(db: Tx, runIds: readonly string[], personIds: readonly number[]) {
  return db
    .select({ runId: runOutcomes.runId, personId: runOutcomes.personId, state: runOutcomes.state })
    .from(runOutcomes)
    .where(and(inArray(runOutcomes.runId, [...runIds]), inArray(runOutcomes.personId, [...personIds])))
    .all();
}

/** How many people a run was started for. */
export function countChosen(db: Tx, runId: string): number {
  return db.select({ n: count() }).from(runPeople).where(eq(runPeople.runId, runId)).get()?.n ?? 0;
}
