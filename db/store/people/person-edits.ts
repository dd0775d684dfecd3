/** What operators change about a person beside its state: values of the row, notes, who is on it. Each with its event, in the caller's transaction. */
import { and, desc, eq, isNull, lt } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { events } from '#db/schema/events.ts';
import { people } from '#db/schema/people.ts';
import { recordEvent } from '#db/store/events/record-event.ts';
import { isSameId } from '#lib/domain/account.ts';
import type { Actor, BulkFacts, EventKind, RecordChange } from '#lib/domain/events.ts';
import { employeeTypeKey, upnKey } from '#lib/domain/person.ts';
import { readReason } from '#lib/domain/reasons/reasons.ts';
import { type Note, readSaid, saidWithEvent, type Told, tell, withNotes } from '#lib/domain/reasons/said.ts';
import type { PersonState } from '#lib/domain/states.ts';
import { readLeft } from './left-accounts.ts';
import { personByUpn } from './people-read.ts';
import { movePerson, type Transition } from './transition.ts';

export interface PersonValues {
  userPrincipalName: string;
  employeeType: string;
  usageLocation: string | null;
}

/**
 * Gives a person other values and queues it anew; what was approved or pinned for the old values counts no longer, and
 * under another name the account is looked for anew. One with a licence of ours is remembered: it may turn out to be the same. False, and
 * nothing is changed, where the person has moved on since `revision` or may not be queued from its state.
 */
export function editPerson(
  tx: Tx,
  person: typeof people.$inferSelect,
  values: PersonValues,
  changes: readonly RecordChange[],
  actor: Actor,
  now: number,
): boolean {
  const told = changes.map(({ column, before, after }) => `${column} from ${before || 'empty'} to ${after || 'empty'}`);
  const message = `${actor.name} changed ${told.join(', ')} and asked to try again.`;
  const event = { kind: 'person.edited', actor, message, reason: null, data: { changes } } as const;
  return movePerson(tx, editOf(person, values, tell('retried', { by: actor.name }), actor, now), event);
}

/** Why, and what was decided for how many people. */
interface LocationDecision {
  why: string | null;
  bulk: BulkFacts | null;
}

/** Gives a person another usage location, as `editPerson` does; the event tells of no value before, which is another one for each of many people. */
export function locatePerson(
  tx: Tx,
  person: typeof people.$inferSelect,
  location: string,
  { why, bulk }: LocationDecision,
  actor: Actor,
  now: number,
): boolean {
  const { userPrincipalName, employeeType, usageLocation: before } = person;
  const notes: Note[] = why === null ? [] : [['why', { why }]];
  const told = withNotes(tell('retried', { by: actor.name }), notes);
  const message = `${actor.name} set the usage location to ${location} and asked to try again.`;
  const event = {
    ...({ kind: 'person.edited', actor, reason: null } as const),
    message: why === null ? message : `${message} Why: ${why}`,
    data: {
      changes: [{ column: 'UsageLocation', before, after: location }],
      location,
      ...(why === null ? {} : { why }),
      ...(bulk ? { bulk } : {}),
    },
  };
  const values = { userPrincipalName, employeeType, usageLocation: location };
  return movePerson(tx, editOf(person, values, told, actor, now), event);
}

function editOf(
  person: typeof people.$inferSelect,
  values: PersonValues,
  told: Told,
  actor: Actor,
  now: number,
): Transition {
  const isOtherType = employeeTypeKey(values.employeeType) !== person.employeeTypeKey;
  const isOtherName = upnKey(values.userPrincipalName) !== person.upnKey;
  const isOtherLocation = values.usageLocation !== person.usageLocation;
  return {
    ...({ cause: 'operator', person, to: 'queued', reason: 'retried', nextCheckAt: now, at: now } as const),
    ...told,
    values: {
      ...values,
      upnKey: upnKey(values.userPrincipalName),
      employeeTypeKey: employeeTypeKey(values.employeeType),
      ...(isOtherLocation ? { locationSetBy: values.usageLocation === null ? null : actor.name } : {}),
      // Of whoever is licensed the mapping says for which EmployeeType.
      ...(isOtherType && person.licensedAt === null ? { mappingId: null } : {}),
      // The account that was found under a wrong name is somebody else's: it would be followed by its id, and licensed.
      ...(isOtherName ? { accountId: null, synchronisedAt: null, ...leftOf(person) } : {}),
      choice: null,
      choiceBy: null,
      approvedAt: null,
      approvedBy: null,
      approvedPlan: null,
    },
  };
}

/** What is to be remembered of an account that we licensed under a name that is wrong. */
function leftOf({ accountId, licensedAt, givenLicences, leftAccount }: typeof people.$inferSelect): {
  leftAccount?: string;
} {
  if (accountId === null || licensedAt === null) return {};
  const before = readLeft(leftAccount).filter(({ id }) => !isSameId(id, accountId));
  return { leftAccount: JSON.stringify([...before, { id: accountId, licences: givenLicences ?? [], licensedAt }]) };
}

/** Where nobody has been found under a name that was cut: the person has the whole name. False where it has been, or somebody else has that name. */
export function renamePerson(tx: Tx, id: number, userPrincipalName: string): boolean {
  const key = upnKey(userPrincipalName);
  if (personByUpn(tx, key)) return false;
  const untouched = and(eq(people.id, id), isNull(people.accountId), isNull(people.licensedAt));
  return tx.update(people).set({ userPrincipalName, upnKey: key }).where(untouched).run().changes === 1;
}

/** Keeps a note with a person; it changes nothing else. */
export function addNote(tx: Tx, personId: number, note: string, actor: Actor, now: number): void {
  recordEvent(tx, { kind: 'person.noted', at: now, actor, personId, message: note });
}

/** Says who is on a person; null: nobody any more. */
export function assignPerson(tx: Tx, personId: number, to: Actor | null, actor: Actor, now: number): void {
  tx.update(people)
    .set({ assignedTo: to?.name ?? null, assignedKey: to?.key ?? null, assignedAt: to ? now : null })
    .where(eq(people.id, personId))
    .run();
  const message = to ? `${to.name} is on it.` : `${actor.name} is no longer on it.`;
  recordEvent(tx, { kind: to ? 'person.assigned' : 'person.unassigned', at: now, actor, personId, message });
}

/** What an event said of the person, where it told the person’s sentence. */
function saidOf({ reason, message, data }: typeof events.$inferSelect) {
  return readSaid(saidWithEvent(data), { reason: reason ?? '', message });
}

const DISMISSED = 'person.dismissed' satisfies EventKind;

/**
 * Takes back a dismissal: the person is again where it was, with the reason it had. Null where the newest event of the person is not
 * a dismissal by this operator since `since`; else the state it is in again.
 */
export function undoDismissal(tx: Tx, personId: number, actor: Actor, since: number, now: number): PersonState | null {
  const person = tx.select().from(people).where(eq(people.id, personId)).get();
  const newest = tx.select().from(events).where(eq(events.personId, personId)).orderBy(desc(events.id)).limit(1).get();
  const isOwn = newest?.kind === DISMISSED && newest.actorKey === actor.key && newest.at >= since;
  if (!person || !isOwn || newest.fromState === null) return null;
  const to = newest.fromState;
  const cause = tx
    .select()
    .from(events)
    .where(and(eq(events.personId, personId), lt(events.id, newest.id), eq(events.toState, to)))
    .orderBy(desc(events.id))
    .limit(1)
    .get();
  const reason = readReason(cause?.reason);
  const transition = {
    ...({ cause: 'undo', person, to, at: now, since: cause?.at ?? now } as const),
    nextCheckAt: to === 'held' ? null : now,
    reason: reason ?? 'queued',
    ...(cause ? { message: cause.message, said: saidOf(cause) ?? undefined } : tell('queued')),
    values: { closedBy: null },
  };
  const message = `${actor.name} took the dismissal back.`;
  const told = { kind: 'person.dismissal_undone', actor, message, reason } as const;
  return movePerson(tx, transition, told) ? to : null;
}
