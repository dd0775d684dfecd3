/** What operators do with people: retry, approve, reject, dismiss, reopen. Each is a compare-and-set with its event, in one transaction. */
import { z } from 'zod';
import type { PersonRow } from '#db/store/people/people-read.ts';
import type { Operator } from '#lib/auth/operator.ts';
import { sentence } from '#lib/domain/reasons.ts';
import { database } from '#lib/services/http/database.ts';
import { authorise, parseInput } from '#lib/services/http/errors.ts';
import {
  approval,
  type MoveDetails,
  type MoveResult,
  movePeople,
  rejection,
  type SeenPeople,
  seenPeopleSchema,
  someMoved,
  toQueue,
  whySchema,
} from './move-people.ts';
import { ACTION_PERMISSION, type PersonAction } from './person-actions.ts';

const peopleInput = z.object({ people: seenPeopleSchema });
const whyInput = z.object({ people: seenPeopleSchema, why: whySchema });

/** All in one transaction that nobody else can write into. Throws where not one person could be moved. */
function moveAll(
  operator: Operator,
  action: PersonAction,
  people: SeenPeople,
  details: (now: number, person: PersonRow) => MoveDetails,
): MoveResult {
  const now = Date.now();
  const move = (person: PersonRow) => details(now, person);
  const result = database().transaction((tx) => movePeople(tx, operator, action, people, move, now), {
    behavior: 'immediate',
  });
  return someMoved(result);
}

/** Looks again at once. `input`: `{ people: [{ id, revision }] }`. Throws `conflict` where nobody could be retried. */
export function retryPeople(operator: Operator | null, input: unknown): MoveResult {
  authorise(operator, ACTION_PERMISSION.retry);
  const { people } = parseInput(peopleInput, input);
  return moveAll(operator, 'retry', people, (now) => toQueue('person.retried', 'retried', operator, now));
}

/**
 * Says yes to people a safety limit held: to what would be written to each, and to nothing else. Who brought the file is refused
 * where the role needs a second person. `input`: `{ people: [{ id, revision, plan? }] }`, `plan` as it was seen. Throws `conflict`
 * where nobody could be approved.
 */
export function approvePeople(operator: Operator | null, input: unknown): MoveResult {
  authorise(operator, ACTION_PERMISSION.approve);
  const { people } = parseInput(peopleInput, input);
  return moveAll(operator, 'approve', people, (now, person) => approval(operator, person, now));
}

/** Says no to held people, with a reason: they need attention. `input`: `{ people: [{ id, revision }], why }`. Throws `conflict` where nobody could be rejected. */
export function rejectPeople(operator: Operator | null, input: unknown): MoveResult {
  authorise(operator, ACTION_PERMISSION.reject);
  const { people, why } = parseInput(whyInput, input);
  return moveAll(operator, 'reject', people, () => rejection(operator, why));
}

/** Closes people with a reason. `input`: `{ people: [{ id, revision }], why }`. Throws `conflict` where nobody could be dismissed. */
export function dismissPeople(operator: Operator | null, input: unknown): MoveResult {
  authorise(operator, ACTION_PERMISSION.dismiss);
  const { people, why } = parseInput(whyInput, input);
  return moveAll(operator, 'dismiss', people, () => ({
    kind: 'person.dismissed',
    reason: 'dismissed',
    message: sentence('dismissed', { by: operator.name, why }),
    nextCheckAt: null,
    closedBy: operator.name,
  }));
}

/** Opens dismissed people again. `input`: `{ people: [{ id, revision }] }`. Throws `conflict` where nobody could be reopened. */
export function reopenPeople(operator: Operator | null, input: unknown): MoveResult {
  authorise(operator, ACTION_PERMISSION.reopen);
  const { people } = parseInput(peopleInput, input);
  return moveAll(operator, 'reopen', people, (now) => toQueue('person.reopened', 'reopened', operator, now));
}
