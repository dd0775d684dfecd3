/** What operators change about a person beside its state: values of the row, notes, who is on it. Each with its event, in the caller's transaction. */
import { and, desc, eq, lt, sql } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { events, people } from '#db/schema.ts';
import { employeeTypeKey, upnKey } from '#lib/domain/person.ts';
import { sentence } from '#lib/domain/reasons.ts';
import { canMove, type PersonState } from '#lib/domain/states.ts';

export interface Actor {
  name: string;
  key: string;
}

export interface PersonValues {
  userPrincipalName: string;
  employeeType: string;
  usageLocation: string | null;
}

export interface ValueChange {
  column: string;
  before: string | null;
  after: string | null;
}

/**
 * Gives a person other values and queues it anew; what was approved or pinned for the old values counts no longer. False, and
 * nothing is changed, where the person has moved on since `revision` or may not be queued from its state.
 */
export function editPerson(
  tx: Tx,
  person: typeof people.$inferSelect,
  values: PersonValues,
  changes: readonly ValueChange[],
  actor: Actor,
  now: number,
): boolean {
  if (!canMove(person.state, 'queued', 'operator')) return false;
  const told = changes.map(({ column, before, after }) => `${column} from ${before ?? 'empty'} to ${after ?? 'empty'}`);
  const isOtherType = employeeTypeKey(values.employeeType) !== person.employeeTypeKey;
  const isOtherLocation = values.usageLocation !== person.usageLocation;
  const { changes: rows } = tx
    .update(people)
    .set({
      ...values,
      upnKey: upnKey(values.userPrincipalName),
      employeeTypeKey: employeeTypeKey(values.employeeType),
      ...(isOtherLocation ? { locationSetBy: values.usageLocation === null ? null : actor.name } : {}),
      ...(isOtherType ? { mappingId: null, approvedAt: null, approvedBy: null, approvedPlan: null } : {}),
      state: 'queued',
      stateSince: now,
      reason: 'retried',
      message: sentence('retried', { by: actor.name }),
      nextCheckAt: now,
      revision: person.revision + 1,
    })
    .where(and(eq(people.id, person.id), eq(people.state, person.state), eq(people.revision, person.revision)))
    .run();
  if (rows === 0) return false;
  record(tx, person.id, actor, now, {
    kind: 'person.edited',
    message: `${actor.name} changed ${told.join(', ')} and asked to try again.`,
    from: person.state,
    to: 'queued',
    data: { changes },
  });
  return true;
}

/** Keeps a note with a person; it changes nothing else. */
export function addNote(tx: Tx, personId: number, note: string, actor: Actor, now: number): void {
  record(tx, personId, actor, now, { kind: 'person.noted', message: note });
}

/** Says who is on a person; null: nobody any more. */
export function assignPerson(tx: Tx, personId: number, to: Actor | null, actor: Actor, now: number): void {
  tx.update(people)
    .set({ assignedTo: to?.name ?? null, assignedKey: to?.key ?? null, assignedAt: to ? now : null })
    .where(eq(people.id, personId))
    .run();
  const message = to ? `${to.name} is on it.` : `${actor.name} let go of it.`;
  record(tx, personId, actor, now, { kind: to ? 'person.assigned' : 'person.unassigned', message });
}

/**
 * Takes back a dismissal: the person is again where it was, with the reason it had. Null where the newest event of the person is not
 * a dismissal by this operator since `since`; else the state it is in again.
 */
export function undoDismissal(tx: Tx, personId: number, actor: Actor, since: number, now: number): PersonState | null {
  const newest = tx.select().from(events).where(eq(events.personId, personId)).orderBy(desc(events.id)).limit(1).get();
  const isOwn = newest?.kind === 'person.dismissed' && newest.actorKey === actor.key && newest.at >= since;
  if (!isOwn || newest.fromState === null || !canMove('dismissed', newest.fromState, 'undo')) return null;
  const cause = tx
    .select()
    .from(events)
    .where(and(eq(events.personId, personId), lt(events.id, newest.id), eq(events.toState, newest.fromState)))
    .orderBy(desc(events.id))
    .limit(1)
    .get();
  const { changes } = tx
    .update(people)
    .set({
      state: newest.fromState,
      stateSince: cause?.at ?? now,
      reason: cause?.reason ?? 'queued',
      message: cause?.message ?? sentence('queued'),
      nextCheckAt: newest.fromState === 'held' ? null : now,
      closedBy: null,
      revision: sql`${people.revision} + 1`,
    })
    .where(and(eq(people.id, personId), eq(people.state, 'dismissed')))
    .run();
  if (changes === 0) return null;
  record(tx, personId, actor, now, {
    kind: 'person.dismissal_undone',
    message: `${actor.name} took the dismissal back.`,
    from: 'dismissed',
    to: newest.fromState,
    reason: cause?.reason ?? null,
  });
  return newest.fromState;
}

interface PersonEvent {
  kind: string;
  message: string;
  from?: PersonState;
  to?: PersonState;
  reason?: string | null;
  data?: unknown;
}

function record(tx: Tx, personId: number, actor: Actor, at: number, what: PersonEvent): void {
  tx.insert(events)
    .values({
      at,
      actor: actor.name,
      actorKey: actor.key,
      kind: what.kind,
      personId,
      fromState: what.from ?? null,
      toState: what.to ?? null,
      reason: what.reason ?? null,
      message: what.message,
      data: what.data ?? null,
    })
    .run();
}
