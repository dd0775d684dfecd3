/** What an operator can do with people, and in which states. Pure and small enough for the browser: pages use it to label buttons. */
import type { Permission } from '#lib/auth/roles.ts';
import { PERSON_CHOICES, type PersonChoice } from '#lib/domain/person.ts';
import type { ReasonCode } from '#lib/domain/reasons/reason-facts.ts';
import { canMove, isClosed, type PersonState } from '#lib/domain/states.ts';

export const PERSON_ACTIONS = [
  'license_now',
  'license_anyway',
  ...PERSON_CHOICES,
  'retry',
  'approve',
  'reject',
  'dismiss',
  'reopen',
] as const;
export type PersonAction = (typeof PERSON_ACTIONS)[number];

/** The reasons to which each answer belongs. Those with a plan are possible only where it is known what would be written. */
const ANSWERS: Record<PersonChoice, { to: readonly ReasonCode[]; needsPlan: boolean }> = {
  replace: { to: ['licence_differs', 'other_licence'], needsPlan: true },
  keep: { to: ['licence_differs', 'other_licence'], needsPlan: false },
  assign_directly: { to: ['group_licence_failed'], needsPlan: false },
  reprocess: { to: ['group_licence_failed'], needsPlan: false },
  reassign: { to: ['mailbox_late'], needsPlan: true },
};

export const isChoice = (action: string): action is PersonChoice => Object.hasOwn(ANSWERS, action);

/** The state that an action leads to. */
export const ACTION_TARGET: Record<PersonAction, PersonState> = {
  license_now: 'queued',
  license_anyway: 'queued',
  replace: 'queued',
  keep: 'queued',
  assign_directly: 'queued',
  reprocess: 'queued',
  reassign: 'queued',
  retry: 'queued',
  approve: 'queued',
  reject: 'needs_attention',
  dismiss: 'dismissed',
  reopen: 'queued',
};

export const ACTION_PERMISSION: Record<PersonAction, Permission> = {
  license_now: 'people:act',
  license_anyway: 'people:act',
  replace: 'people:act',
  keep: 'people:act',
  assign_directly: 'people:act',
  reprocess: 'people:act',
  reassign: 'people:act',
  retry: 'people:act',
  approve: 'people:approve',
  reject: 'people:approve',
  dismiss: 'people:act',
  reopen: 'people:act',
};

/** Of rows that disagree somebody chooses one: there is no plan to approve or reject. */
const DISPUTED_REASON = 'rows_disagree' satisfies ReasonCode;
/** The reason about which a mapping can remember the answer. */
export const ADDRESS_REASON = 'mailbox_maybe_on_premises' satisfies ReasonCode;
/** Whose account is not enabled need not wait for it. */
const DISABLED_REASON = 'account_disabled' satisfies ReasonCode;
/** The reasons for which "License anyway" is an answer. */
const ANYWAY_REASONS: readonly string[] = [
  ADDRESS_REASON,
  'mailbox_open_unlicensed',
  'name_belongs_to_another',
] satisfies ReasonCode[];

function answers(choice: PersonChoice, state: PersonState, reason: string | null, plan: string | null): boolean {
  const { to, needsPlan } = ANSWERS[choice];
  return state === 'needs_attention' && to.some((one) => one === reason) && (!needsPlan || plan !== null);
}

function fits(action: PersonAction, state: PersonState, reason: string | null, plan: string | null): boolean {
  if (isChoice(action)) return answers(action, state, reason, plan);
  switch (action) {
    case 'license_now':
      return state === 'awaiting_start' || (state === 'needs_attention' && reason === DISABLED_REASON);
    case 'license_anyway':
      return state === 'needs_attention' && ANYWAY_REASONS.includes(reason ?? '');
    case 'approve':
    case 'reject':
      return state === 'held' && reason !== DISPUTED_REASON;
    case 'reopen':
      return state === 'dismissed';
    case 'retry':
      return state !== 'held' && state !== 'queued' && !isClosed(state);
    case 'dismiss':
      return !isClosed(state);
  }
}

/** True while a row has to be chosen before anything else is done. */
export function isDisputed({ state, reason }: { state: PersonState; reason: string }): boolean {
  return state === 'held' && reason === DISPUTED_REASON;
}

/**
 * True where the action makes sense in the state, with the reason (null: some) and with what would be written (null: not known, or
 * various), and the table of moves allows it.
 */
export function isPossible(
  action: PersonAction,
  state: PersonState,
  reason: string | null,
  plan: string | null = null,
): boolean {
  return fits(action, state, reason, plan) && canMove(state, ACTION_TARGET[action], 'operator');
}

export function possibleActions(state: PersonState, reason: string, plan: string | null): PersonAction[] {
  return PERSON_ACTIONS.filter((action) => isPossible(action, state, reason, plan));
}
