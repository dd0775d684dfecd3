/** What every move of people by an operator has in common: who may be moved, the compare-and-set, and the answer. */
import { z } from 'zod';
import type { Tx } from '#db/client.ts';
import { sendersOf } from '#db/store/people/approvals-read.ts';
import { moveByOperator, type OperatorMove } from '#db/store/people/people-moves.ts';
import { type PersonRow, personById } from '#db/store/people/people-read.ts';
import type { Operator } from '#lib/auth/operator.ts';
import { type ReasonCode, sentence } from '#lib/domain/reasons.ts';
import { ServiceError } from '#lib/services/http/errors.ts';
import { checkAtOnce } from './check-now.ts';
import { ACTION_TARGET, isPossible, type PersonAction } from './person-actions.ts';
import { needsAnother, type Sender } from './second-person.ts';

/** People moved in one go, at most. */
export const MOVE_LIMIT = 5000;

export interface MoveResult {
  /** Ids of the people who were moved. */
  done: number[];
  /** People who were left alone, and why, in words. */
  refused: { id: number; why: string }[];
}

/** People as the operator saw them. */
export const seenPeopleSchema = z
  .array(
    z.object({
      id: z.number().int().positive(),
      revision: z.number().int().min(0),
      /** For an approval: what would be written, as the operator saw it. */
      plan: z.string().max(20_000).nullable().optional(),
    }),
  )
  .min(1, 'choose at least one person')
  .max(MOVE_LIMIT, 'choose at most 5,000 people at once');
export type SeenPeople = z.infer<typeof seenPeopleSchema>;

export const whySchema = z.string().trim().min(3, 'say why, in a few words').max(500, 'at most 500 characters');

export type MoveDetails = Pick<OperatorMove, 'kind' | 'reason' | 'message' | 'nextCheckAt' | 'approval' | 'closedBy'>;

const DONE_LABELS: Record<PersonAction, string> = {
  retry: 'retried',
  approve: 'approved',
  reject: 'rejected',
  dismiss: 'dismissed',
  reopen: 'reopened',
};

const NOBODY = 'There is no such person.';

function whyLeft(
  operator: Operator,
  action: PersonAction,
  person: PersonRow,
  seen: SeenPeople[number],
  sender: Sender | undefined,
): string | null {
  const name = person.displayName;
  if (person.revision !== seen.revision) return `${name} has changed meanwhile. Look at it again before you decide.`;
  if (!isPossible(action, person.state)) return `${name} cannot be ${DONE_LABELS[action]} in its state.`;
  if (action !== 'approve') return null;
  if (seen.plan !== undefined && seen.plan !== person.heldPlan)
    return `The plan for ${name} has changed meanwhile. Look at it again before you approve.`;
  if (needsAnother(operator, sender)) return `You brought the file that names ${name}: a second person has to approve.`;
  return null;
}

/** Moves whoever can be moved, in the caller's transaction that nobody else can write into; the others are named with why. */
export function movePeople(
  tx: Tx,
  operator: Operator,
  action: PersonAction,
  seen: SeenPeople,
  details: (person: PersonRow) => MoveDetails,
  now: number,
): MoveResult {
  const result: MoveResult = { done: [], refused: [] };
  const unique = new Map(seen.map((person) => [person.id, person]));
  const senders: Map<number, Sender> = action === 'approve' ? sendersOf(tx, [...unique.keys()]) : new Map();
  for (const one of unique.values()) {
    const { id, revision } = one;
    const person = personById(tx, id);
    const why = person ? whyLeft(operator, action, person, one, senders.get(id)) : NOBODY;
    if (why !== null || !person) {
      result.refused.push({ id, why: why ?? NOBODY });
      continue;
    }
    const move = { personId: id, from: person.state, revision, to: ACTION_TARGET[action], actor: operator };
    if (!moveByOperator(tx, { ...move, ...details(person) }, now))
      throw new Error(`person ${id} could not be moved although nothing else can write now`);
    result.done.push(id);
  }
  if (ACTION_TARGET[action] === 'queued' && result.done.length > 0) checkAtOnce(tx, operator, result.done, now);
  return result;
}

/** The result; throws `conflict` (or `not_found`) with the first refusal where not one person was moved. */
export function someMoved(result: MoveResult): MoveResult {
  const [first] = result.refused;
  if (result.done.length > 0 || !first) return result;
  throw new ServiceError(result.refused.every(({ why }) => why === NOBODY) ? 'not_found' : 'conflict', first.why);
}

/** Back to the queue, to be looked at at once. */
export function toQueue(kind: string, reason: ReasonCode, operator: Operator, now: number): MoveDetails {
  return { kind, reason, message: sentence(reason, { by: operator.name }), nextCheckAt: now };
}

/** A yes to what would be written to `person`. */
export function approval(operator: Operator, person: PersonRow, now: number): MoveDetails {
  return {
    ...toQueue('person.approved', 'approved', operator, now),
    approval: { at: now, by: operator.name, plan: person.heldPlan },
  };
}

/** A no to a held person: only a human brings it back. */
export function rejection(operator: Operator, why: string): MoveDetails {
  return {
    kind: 'person.rejected',
    reason: 'rejected',
    message: sentence('rejected', { by: operator.name, why }),
    nextCheckAt: null,
  };
}
