/** What an operator can do with people, and in which states. Pure and small enough for the browser: pages use it to label buttons. */
import type { Permission } from '#lib/auth/roles.ts';
import { canMove, isClosed, type PersonState } from '#lib/domain/states.ts';

export const PERSON_ACTIONS = ['retry', 'approve', 'reject', 'dismiss', 'reopen'] as const;
export type PersonAction = (typeof PERSON_ACTIONS)[number];

/** The state that an action leads to. */
export const ACTION_TARGET: Record<PersonAction, PersonState> = {
  retry: 'queued',
  approve: 'queued',
  reject: 'needs_attention',
  dismiss: 'dismissed',
  reopen: 'queued',
};

export const ACTION_PERMISSION: Record<PersonAction, Permission> = {
  retry: 'people:act',
  approve: 'people:approve',
  reject: 'people:approve',
  dismiss: 'people:act',
  reopen: 'people:act',
};

function fits(action: PersonAction, state: PersonState): boolean {
  switch (action) {
    case 'approve':
    case 'reject':
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
