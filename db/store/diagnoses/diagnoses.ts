/** Why somebody has no mailbox: asked for by an operator or when a mailbox is late, read by the engine, kept once for each name. */
import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import { oncePerConnection, type Tx } from '#db/client.ts';
import { diagnoses } from '#db/schema/people.ts';
import { recordEvent } from '#db/store/events/record-event.ts';
import { personById, personByUpn } from '#db/store/people/people-read.ts';
import type { Facts } from '#lib/domain/diagnosis/facts.ts';
import { type Actor, ENGINE } from '#lib/domain/events.ts';
import { upnKey } from '#lib/domain/person.ts';

export type DiagnosisRow = typeof diagnoses.$inferSelect;

/** One asked for again within this time is the same, unless it is done. */
const SAME_FOR_MS = 60_000;

function store(tx: Tx, userPrincipalName: string, requestedBy: string, isUrgent: boolean, now: number): void {
  const asked = {
    userPrincipalName,
    requestedAt: now,
    requestedBy,
    isUrgent,
    finishedAt: null,
    facts: null,
    problem: null,
  };
  tx.insert(diagnoses)
    .values({ upnKey: upnKey(userPrincipalName), ...asked })
    .onConflictDoUpdate({ target: diagnoses.upnKey, set: asked })
    .run();
}

/** An operator asks; one in progress stands in for it. Call it inside a transaction. */
export function requestDiagnosis(tx: Tx, userPrincipalName: string, actor: Actor, now: number): void {
  const last = diagnosisOf(tx, userPrincipalName);
  if (last && last.finishedAt === null && last.isUrgent && now - last.requestedAt < SAME_FOR_MS) return;
  store(tx, userPrincipalName, actor.name, true, now);
  const person = personByUpn(tx, upnKey(userPrincipalName));
  const message = `${actor.name} asked why ${userPrincipalName} has no mailbox.`;
  const data = { userPrincipalName };
  recordEvent(tx, {
    kind: 'diagnosis.requested',
    at: now,
    actor,
    message,
    ...(person ? { personId: person.id } : {}),
    data,
  });
}

/** The mailbox did not open in time: read once, behind whatever operators ask. */
export function requestDiagnosisOfLate(tx: Tx, personId: number, now: number): void {
  const person = personById(tx, personId);
  if (person) store(tx, person.userPrincipalName, ENGINE.name, false, now);
}

const open = oncePerConnection((_, tx) =>
  tx
    .select()
    .from(diagnoses)
    .where(and(isNull(diagnoses.finishedAt), eq(diagnoses.isUrgent, sql.placeholder('urgent'))))
    .orderBy(asc(diagnoses.requestedAt))
    .limit(sql.placeholder('limit'))
    .prepare(),
);

/** The next ones to read, the oldest first. `urgent`: those that operators wait for. */
export function openDiagnoses(db: Tx, urgent: boolean, limit: number): DiagnosisRow[] {
  return open(db).all({ urgent: Number(urgent), limit });
}

/** Keeps what was read, unless it was asked for anew meanwhile. */
export function finishDiagnosis(
  db: Tx,
  { upnKey: key, requestedAt }: DiagnosisRow,
  result: { facts: Facts } | { problem: string },
  now: number,
): void {
  db.update(diagnoses)
    .set({ ...result, finishedAt: now })
    .where(and(eq(diagnoses.upnKey, key), eq(diagnoses.requestedAt, requestedAt)))
    .run();
}

/** The one asked for last; null: never asked for. */
export function diagnosisOf(db: Tx, userPrincipalName: string): DiagnosisRow | null {
  return (
    db
      .select()
      .from(diagnoses)
      .where(eq(diagnoses.upnKey, upnKey(userPrincipalName)))
      .get() ?? null
  );
}

/** Deletes what was read before then; returns how many. */
export function deleteDiagnoses(tx: Tx, before: number, limit: number): number {
  const old = sql`select upn_key from diagnoses where requested_at < ${before} limit ${limit}`;
  return tx.run(sql`delete from diagnoses where upn_key in (${old})`).changes;
}
