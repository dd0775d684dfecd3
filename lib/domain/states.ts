/** The states of a person and the moves between them. Pure: the database applies a move only through this table. */

export const PERSON_STATES = [
  'queued',
  'awaiting_sync',
  'awaiting_start',
  'awaiting_seat',
  'awaiting_mailbox',
  'held',
  'needs_attention',
  'provisioned',
  'already_provisioned',
  'dismissed',
] as const;

export type PersonState = (typeof PERSON_STATES)[number];

/** States in which nothing is left to do: the mailbox opened, or a named operator closed the person. */
export const CLOSED_STATES = [
  'provisioned',
  'already_provisioned',
  'dismissed',
] as const satisfies readonly PersonState[];

/** States that the next cycles check on their own, without a human. */
export const WAITING_STATES = [
  'queued',
  'awaiting_sync',
  'awaiting_start',
  'awaiting_seat',
  'awaiting_mailbox',
] as const satisfies readonly PersonState[];

/** States in which somebody has to act: decide, mend the cause, or free or buy a seat. Overview, badges, bars, charts and sums all go by it. */
export const HUMAN_STATES = ['needs_attention', 'held', 'awaiting_seat'] as const satisfies readonly PersonState[];

export function needsSomebody(state: PersonState): boolean {
  return (HUMAN_STATES as readonly PersonState[]).includes(state);
}

/** States of which nobody has to do anything: it goes on by itself. */
export const PATIENT_STATES: readonly PersonState[] = WAITING_STATES.filter((state) => !needsSomebody(state));

export function isClosed(state: PersonState): boolean {
  return (CLOSED_STATES as readonly PersonState[]).includes(state);
}

/** Who may cause a move: the cycle, an operator, an operator who undoes a dismissal, or a row that IDM dropped again. */
export type MoveCause = 'cycle' | 'operator' | 'undo' | 'intake';

const ENGINE_RESULTS: readonly PersonState[] = [
  'awaiting_sync',
  'awaiting_start',
  'awaiting_seat',
  'awaiting_mailbox',
  'held',
  'needs_attention',
  'provisioned',
  'already_provisioned',
];

/** A licence was sent and does not show yet, or could not be sent: what the person waited for before is over. */
const ENGINE_RESULTS_OR_QUEUED: readonly PersonState[] = [...ENGINE_RESULTS, 'queued'];

const MOVES: Record<MoveCause, Partial<Record<PersonState, readonly PersonState[]>>> = {
  cycle: {
    queued: ENGINE_RESULTS,
    awaiting_sync: ENGINE_RESULTS_OR_QUEUED,
    awaiting_start: ENGINE_RESULTS_OR_QUEUED,
    awaiting_seat: ENGINE_RESULTS_OR_QUEUED,
    awaiting_mailbox: ENGINE_RESULTS,
    // The cycle also checks these people, at long intervals: the cause may have been corrected in Microsoft 365.
    needs_attention: ENGINE_RESULTS_OR_QUEUED,
    // A later file names somebody who is done, and what was done no longer holds.
    provisioned: ENGINE_RESULTS,
    already_provisioned: ENGINE_RESULTS,
  },
  operator: {
    held: ['queued', 'dismissed', 'needs_attention'],
    needs_attention: ['queued', 'dismissed'],
    queued: ['dismissed'],
    awaiting_sync: ['queued', 'dismissed'],
    awaiting_start: ['queued', 'dismissed'],
    awaiting_seat: ['queued', 'dismissed'],
    awaiting_mailbox: ['queued', 'dismissed'],
    dismissed: ['queued'],
  },
  undo: {
    dismissed: [
      'queued',
      'awaiting_sync',
      'awaiting_start',
      'awaiting_seat',
      'awaiting_mailbox',
      'held',
      'needs_attention',
    ],
  },
  intake: {
    // Rows that disagree hold whoever has no licence yet, until somebody chooses.
    queued: ['held'],
    awaiting_sync: ['held'],
    awaiting_start: ['held'],
    awaiting_seat: ['held'],
    needs_attention: ['queued', 'held'],
    dismissed: ['queued'],
  },
};

/** True where `cause` may move a person from `from` to `to`. Staying in a state is always allowed. */
export function canMove(from: PersonState, to: PersonState, cause: MoveCause): boolean {
  return from === to || (MOVES[cause][from]?.includes(to) ?? false);
}

/** False for whoever only an operator or a file can move. */
export function isForCycles(state: PersonState): boolean {
  return MOVES.cycle[state] !== undefined;
}
