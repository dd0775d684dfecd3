/** What operators do with people: retry, approve, dismiss, reopen. Each is a compare-and-set with its event, in one transaction. */
import { z } from 'zod';
import { moveByOperator, type OperatorMove } from '#db/store/people-moves.ts';
import { type PersonRow, personById } from '#db/store/people-read.ts';
import type { Operator } from '#lib/auth/operator.ts';
import { type ReasonCode, sentence } from '#lib/provisioning/core/reasons.ts';
import { database } from './database.ts';
import { authorise, parseInput, ServiceError } from './errors.ts';
import { lookAtOnce } from './look-at-once.ts';
import { ACTION_TARGET, isPossible, type PersonAction } from './person-actions.ts';

export interface MoveResult {
  /** Ids of the people who were moved. */
  done: number[];
  /** People who were left alone, and why, in words. */
  refused: { id: number; why: string }[];
}

/** People as the operator saw them. */
const seenPeople = z
  .array(z.object({ id: z.number().int().positive(), revision: z.number().int().min(0) }))
  .min(1, 'choose at least one person')
  .max(5000, 'choose at most 5,000 people at once');
const peopleInput = z.object({ people: seenPeople });
const dismissInput = z.object({
  people: seenPeople,
  why: z.string().trim().min(3, 'say why, in a few words').max(500, 'at most 500 characters'),
});

type Details = Pick<OperatorMove, 'kind' | 'reason' | 'message' | 'nextLookAt' | 'approval' | 'closedBy'>;

const VERBS: Record<PersonAction, string> = {
  retry: 'retried',
  approve: 'approved',
  dismiss: 'dismissed',
  reopen: 'reopened',
};

function whyNot(action: PersonAction, person: PersonRow | null, revision: number): string | null {
  if (!person) return 'There is no such person.';
  if (person.revision !== revision)
    return `${person.displayName} has changed meanwhile. Look at it again before you decide.`;
  if (!isPossible(action, person.state)) return `${person.displayName} cannot be ${VERBS[action]} in its state.`;
  return null;
}

/** All in one transaction that nobody else can write into. Throws where not one person could be moved. */
function moveAll(
  operator: Operator,
  action: PersonAction,
  seen: z.infer<typeof seenPeople>,
  details: (now: number) => Details,
): MoveResult {
  const now = Date.now();
  const result: MoveResult = { done: [], refused: [] };
  let found = 0;
  database().transaction(
    (tx) => {
      for (const { id, revision } of new Map(seen.map((person) => [person.id, person])).values()) {
        const person = personById(tx, id);
        if (person) found += 1;
        const why = whyNot(action, person, revision);
        if (why !== null || !person) {
          result.refused.push({ id, why: why ?? 'There is no such person.' });
          continue;
        }
        const move = { personId: id, from: person.state, revision, to: ACTION_TARGET[action], actor: operator };
        if (!moveByOperator(tx, { ...move, ...details(now) }, now))
          throw new Error(`person ${id} could not be moved although nothing else can write now`);
        result.done.push(id);
      }
      if (ACTION_TARGET[action] === 'queued' && result.done.length > 0) lookAtOnce(tx, operator, result.done, now);
    },
    { behavior: 'immediate' },
  );
  const [first] = result.refused;
  if (result.done.length === 0 && first) throw new ServiceError(found === 0 ? 'not_found' : 'conflict', first.why);
  return result;
}

function toQueue(kind: string, reason: ReasonCode, operator: Operator) {
  return (now: number): Details => ({
    kind,
    reason,
    message: sentence(reason, { by: operator.name }),
    nextLookAt: now,
  });
}

/** Looks again at once. `input`: `{ people: [{ id, revision }] }`. Throws `conflict` where nobody could be retried. */
export function retryPeople(operator: Operator | null, input: unknown): MoveResult {
  authorise(operator, 'people:act');
  const { people } = parseInput(peopleInput, input);
  return moveAll(operator, 'retry', people, toQueue('person.retried', 'retried', operator));
}

/** Says yes to people a safety limit held. `input`: `{ people: [{ id, revision }] }`. Throws `conflict` where nobody could be approved. */
export function approvePeople(operator: Operator | null, input: unknown): MoveResult {
  authorise(operator, 'people:act');
  const { people } = parseInput(peopleInput, input);
  const queue = toQueue('person.approved', 'approved', operator);
  return moveAll(operator, 'approve', people, (now) => ({ ...queue(now), approval: { at: now, by: operator.name } }));
}

/** Closes people with a reason. `input`: `{ people: [{ id, revision }], why }`. Throws `conflict` where nobody could be dismissed. */
export function dismissPeople(operator: Operator | null, input: unknown): MoveResult {
  authorise(operator, 'people:act');
  const { people, why } = parseInput(dismissInput, input);
  return moveAll(operator, 'dismiss', people, () => ({
    kind: 'person.dismissed',
    reason: 'dismissed',
    message: sentence('dismissed', { by: operator.name, why }),
    nextLookAt: null,
    closedBy: operator.name,
  }));
}

/** Opens dismissed people again. `input`: `{ people: [{ id, revision }] }`. Throws `conflict` where nobody could be reopened. */
export function reopenPeople(operator: Operator | null, input: unknown): MoveResult {
  authorise(operator, 'people:act');
  const { people } = parseInput(peopleInput, input);
  return moveAll(operator, 'reopen', people, toQueue('person.reopened', 'reopened', operator));
}
