/** Everything about one person. */
import { and, asc, count, desc, eq, inArray, isNull, lte, max, or, type SQL, sql } from 'drizzle-orm';
import type { Db, Tx } from '#db/client.ts';
import { events, removedDecisions } from '#db/schema/events.ts';
import { intakeFiles, intakeRows } from '#db/schema/files.ts';
import { mappings } from '#db/schema/mappings.ts';
import { outcomes } from '#db/schema/outcomes.ts';
import { people, upnsInOrder } from '#db/schema/people.ts';
import type { EventKind } from '#lib/domain/events.ts';
import { upnKey } from '#lib/domain/person.ts';

export type PersonRow = typeof people.$inferSelect;

export function personById(db: Tx, id: number): PersonRow | null {
  return db.select().from(people).where(eq(people.id, id)).get() ?? null;
}

const idByUpn = (key: string) =>
  sql`(select ${upnsInOrder.personId} from ${upnsInOrder} where ${upnsInOrder.upnKey} = ${key})`;

/** `key`: the UserPrincipalName as `upnKey` gives it. */
export function personByUpn(db: Tx, key: string): PersonRow | null {
  return (
    db
      .select()
      .from(people)
      .where(eq(people.id, idByUpn(key)))
      .get() ?? null
  );
}

/** The rows that named a person, oldest first. */
export function rowsOfPerson(db: Tx, personId: number) {
  return db
    .select({
      fileId: intakeRows.fileId,
      fileName: intakeFiles.name,
      receivedAt: intakeFiles.receivedAt,
      receivedFrom: intakeFiles.receivedFrom,
      receivedFromKey: intakeFiles.receivedFromKey,
      runId: intakeFiles.runId,
      line: intakeRows.line,
      raw: intakeRows.raw,
      verdict: intakeRows.verdict,
      extras: intakeRows.extras,
      reading: intakeFiles.reading,
      changes: intakeRows.changes,
      problems: intakeRows.problems,
    })
    .from(intakeRows)
    .innerJoin(intakeFiles, eq(intakeFiles.id, intakeRows.fileId))
    .where(eq(intakeRows.personId, personId))
    .orderBy(asc(intakeRows.id))
    .all();
}

/** The newest events and outcomes of a person, newest first, and the number of outcomes. */
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

/** The mapping version a person is pinned to, otherwise the one in force for the EmployeeType. */
export function mappingRowOf(db: Db, person: Pick<PersonRow, 'mappingId' | 'employeeTypeKey'>) {
  const which =
    person.mappingId === null
      ? and(eq(mappings.employeeTypeKey, person.employeeTypeKey), isNull(mappings.retiredAt))
      : eq(mappings.id, person.mappingId);
  return db.select().from(mappings).where(which).get() ?? null;
}

const CHOSEN = 'person.row_chosen' satisfies EventKind;
const EDITED = 'person.edited' satisfies EventKind;
const CHANGED = 'person.changed' satisfies EventKind;

/** A list with a time in each row brings other rows every night: so many of them are compared. */
const ROWS_COMPARED = 30;

/** A row of the person that had come before an operator decided what is right. */
interface DecidedRow {
  fileId: string;
  line: number;
  raw: string;
}

/**
 * When an operator last decided about the person, 0: never. `column`: about this one, where no row has changed it since; null: about
 * anything.
 */
function decidedAt(db: Tx, personId: number, column: string | null): number {
  const { kind, at } = events;
  const ofColumn = sql`exists (select 1 from json_each(${events.data}, '$.changes') change where change.value ->> 'column' = ${column})`;
  const isDecision = inArray(kind, [CHOSEN, EDITED]);
  const counts = column === null ? isDecision : or(eq(kind, CHOSEN), and(inArray(kind, [EDITED, CHANGED]), ofColumn));
  const newest = db
    .select({ kind, at })
    .from(events)
    .where(and(eq(events.personId, personId), counts))
    .orderBy(desc(events.id))
    .limit(1)
    .get();
  if (newest?.kind === CHANGED) return 0;
  const removed = db
    .select({ at: max(removedDecisions.at) })
    .from(removedDecisions)
    .where(
      and(eq(removedDecisions.personId, personId), column === null ? undefined : eq(removedDecisions.kind, CHOSEN)),
    )
    .get();
  return Math.max(newest?.at ?? 0, removed?.at ?? 0);
}

/** Those of them that say this letter for letter, or else the newest ones, which may say the same in other words. `column` as above. */
export function rowsDecidedAgainst(db: Tx, personId: number, raw: string, column: string | null): DecidedRow[] {
  const at = decidedAt(db, personId, column);
  const rows = (...more: SQL[]) =>
    db
      .select({ fileId: intakeRows.fileId, line: intakeRows.line, raw: intakeRows.raw })
      .from(intakeRows)
      .innerJoin(intakeFiles, eq(intakeFiles.id, intakeRows.fileId))
      .where(and(eq(intakeRows.personId, personId), lte(intakeFiles.receivedAt, at), ...more))
      .orderBy(desc(intakeRows.id))
      .limit(ROWS_COMPARED)
      .all();
  const same = rows(eq(intakeRows.raw, raw));
  return same.length > 0 ? same : rows();
}

/** As many corrections are looked through: those that are older are no longer asked for by a list. */
const EDITS_BACK = 20_000;

/** A name that a row gives to a person, and that an operator has corrected. */
export interface CorrectedName {
  personId: number;
  /** Who corrected it. */
  by: string;
}

/** The UserPrincipalNames that operators have corrected, each as `upnKey` gives it, by the newest correction. */
export function correctedNames(db: Tx): Map<string, CorrectedName> {
  const found = db.all<CorrectedName & { before: string }>(sql`
    select e.person_id as personId, e.actor as "by", change.value ->> 'before' as before
    from (select id, person_id, actor, data from events where kind = ${EDITED} order by id desc limit ${EDITS_BACK}) e,
      json_each(e.data, '$.changes') change
    where change.value ->> 'column' = 'UserPrincipalName' order by e.id`);
  return new Map(found.map(({ before, ...corrected }) => [upnKey(before), corrected]));
}
