/** Moves that an operator makes: compare-and-set with its event, in the caller's transaction. */
import { and, eq } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { events, people } from '#db/schema.ts';
import type { ReasonCode } from '#lib/domain/reasons.ts';
import { canMove, type PersonState } from '#lib/domain/states.ts';

export interface OperatorMove {
  personId: number;
  /** The state and revision that the operator saw. */
  from: PersonState;
  revision: number;
  to: PersonState;
  reason: ReasonCode;
  message: string;
  actor: { name: string; key: string };
  /** What happened, for the history, for example `person.retried`. */
  kind: string;
  /** Null: only when a human asks again. */
  nextCheckAt: number | null;
  /** For a yes to a held person: the plan that was said yes to (`planKey`; null where none was kept). */
  approval?: { at: number; by: string; plan: string | null };
  closedBy?: string;
}

/** False, and nothing is changed, where the person has moved on since it was seen or the move is not allowed. */
export function moveByOperator(tx: Tx, move: OperatorMove, now: number): boolean {
  if (!canMove(move.from, move.to, 'operator')) return false;
  const { changes } = tx
    .update(people)
    .set({
      state: move.to,
      stateSince: now,
      revision: move.revision + 1,
      reason: move.reason,
      message: move.message,
      nextCheckAt: move.nextCheckAt,
      closedBy: move.closedBy ?? null,
      ...(move.approval
        ? { approvedAt: move.approval.at, approvedBy: move.approval.by, approvedPlan: move.approval.plan }
        : {}),
    })
    .where(and(eq(people.id, move.personId), eq(people.state, move.from), eq(people.revision, move.revision)))
    .run();
  if (changes === 0) return false;
  tx.insert(events)
    .values({
      at: now,
      actor: move.actor.name,
      actorKey: move.actor.key,
      kind: move.kind,
      personId: move.personId,
      fromState: move.from,
      toState: move.to,
      reason: move.reason,
      message: move.message,
    })
    .run();
  return true;
}
