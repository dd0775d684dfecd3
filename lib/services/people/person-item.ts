/** A person as lists show it. Pure. */
import type { ListedPerson } from '#db/store/people/people-list.ts';
import { describeReason } from '#lib/domain/reasons/reasons.ts';
import type { PersonState } from '#lib/domain/states.ts';
import { type PersonAction, possibleActions } from '#lib/services/people/actions/person-actions.ts';
import type { Language } from '#lib/words/languages.ts';
import { replacementText } from './plan-text.ts';

export interface PersonItem {
  id: number;
  userPrincipalName: string;
  displayName: string;
  employeeType: string;
  state: PersonState;
  stateSince: number;
  /** Sent back with an action: it is refused where somebody or the engine was faster. */
  revision: number;
  reason: string;
  reasonTitle: string;
  /** The whole sentence. */
  message: string;
  /** What it is made from; null: its reason says it all, or it is not known. */
  said: string | null;
  firstSeenAt: number;
  lastCheckAt: number | null;
  /** From when the engine checks again; on pages when that check starts. Null: only when a human asks, or the schedule is paused. */
  nextCheckAt: number | null;
  usageLocation: string | null;
  startDate: string | null;
  licensedAt: number | null;
  mailboxReadyAt: number | null;
  /** Who is on it. */
  assignedTo: string | null;
  /** What would be written once an operator agrees (`planKey`); left out: nothing. Sent back with the answer. */
  plan?: string;
  /** Which licences would be added and removed, where an operator is asked that. */
  replacement?: string;
  /** What can be done with this person now; who may not is told who can. */
  actions: PersonAction[];
}

export function toItem(row: ListedPerson, language: Language): PersonItem {
  const actions = possibleActions(row.state, row.reason, row.heldPlan);
  const replacement = actions.includes('replace') ? replacementText(row.heldPlan, language) : null;
  return {
    id: row.id,
    userPrincipalName: row.userPrincipalName,
    displayName: row.displayName,
    employeeType: row.employeeType,
    state: row.state,
    stateSince: row.stateSince,
    revision: row.revision,
    reason: row.reason,
    reasonTitle: describeReason(row.reason).title,
    message: row.message,
    said: row.said,
    firstSeenAt: row.firstSeenAt,
    lastCheckAt: row.lastCheckAt,
    nextCheckAt: row.nextCheckAt,
    usageLocation: row.usageLocation,
    startDate: row.startDate,
    licensedAt: row.licensedAt,
    mailboxReadyAt: row.mailboxReadyAt,
    assignedTo: row.assignedTo,
    actions,
    ...(row.heldPlan === null ? {} : { plan: row.heldPlan }),
    ...(replacement === null ? {} : { replacement }),
  };
}
