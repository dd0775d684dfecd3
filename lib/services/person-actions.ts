/** What an operator can do with people, and in which states. Pure and small enough for the browser: pages use it to label buttons. */
import { canMove, isClosed, type PersonState } from '#lib/provisioning/core/states.ts';

export const PERSON_ACTIONS = ['retry', 'approve', 'dismiss', 'reopen'] as const;
export type PersonAction = (typeof PERSON_ACTIONS)[number];

/** The state that an action leads to. */
export const ACTION_TARGET: Record<PersonAction, PersonState> = {
  retry: 'queued',
  approve: 'queued',
  dismiss: 'dismissed',
  reopen: 'queued',
};

function fits(action: PersonAction, state: PersonState): boolean {
  switch (action) {
    case 'approve':
      return state === 'held';
    case 'reopen':
      return state === 'dismissed';
    case 'retry':
      return state !== 'held' && state !== 'queued' && !isClosed(state);
    case 'dismiss':
      return !isClosed(state);
  }
}

/** True where the action makes sense in the state and the table of moves allows it. */
export function isPossible(action: PersonAction, state: PersonState): boolean {
  return fits(action, state) && canMove(state, ACTION_TARGET[action], 'operator');
}

export function possibleActions(state: PersonState): PersonAction[] {
  return PERSON_ACTIONS.filter((action) => isPossible(action, state));
}
