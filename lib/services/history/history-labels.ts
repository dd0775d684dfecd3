/** Kinds of events: how each is called, and the groups of the history it is chosen by. Pure; pages use it too. */
import type { EarlierEventKind, EventKind } from '#lib/domain/events.ts';
import type { Words } from '#lib/words/english.ts';
import type { Say } from '#lib/words/say.ts';
import { nameInWords } from './history-changes.ts';

export const HISTORY_GROUPS = [
  'people',
  'approvals',
  'files',
  'runs',
  'mappings',
  'settings',
  'sign-ins',
  'access',
] as const;
export type HistoryGroup = (typeof HISTORY_GROUPS)[number];

/** The groups that events of each kind are shown with: at least one, or nobody would find them. */
const GROUPS: Record<EventKind | EarlierEventKind, readonly [HistoryGroup, ...HistoryGroup[]]> = {
  'person.accepted': ['people'],
  'person.changed': ['people'],
  'person.dropped_again': ['people'],
  'person.disputed': ['people'],
  'person.row_chosen': ['people', 'approvals'],
  'person.moved': ['people'],
  'person.asked_again': ['people'],
  'person.retried': ['people'],
  'person.license_now': ['people'],
  'person.license_anyway': ['people', 'approvals'],
  'person.choice_made': ['people', 'approvals'],
  'person.approved': ['people', 'approvals'],
  'person.rejected': ['people', 'approvals'],
  'person.dismissed': ['people'],
  'person.dismissal_undone': ['people'],
  'person.reopened': ['people'],
  'person.edited': ['people'],
  'person.noted': ['people'],
  'person.assigned': ['people'],
  'person.unassigned': ['people'],
  'file.accepted': ['files'],
  'file.rejected': ['files'],
  'row.corrected': ['files', 'people'],
  'row.closed': ['files'],
  'row.reopened': ['files'],
  'draft.created': ['files'],
  'draft.changed': ['files'],
  'draft.imported': ['files'],
  'draft.discarded': ['files'],
  'run.requested': ['runs'],
  'run.cancelled': ['runs'],
  'mapping.published': ['mappings'],
  'mapping.retired': ['mappings'],
  'start.planned': ['people'],
  'start.unplanned': ['people'],
  'settings.changed': ['settings'],
  'diagnosis.requested': ['people'],
  'setup.tested': ['settings'],
  'history.removed': ['settings'],
  'backup.restored': ['settings'],
  'database.put_back': ['settings'],
  'clock.set_back': ['runs', 'settings'],
  'mail.tested': ['settings'],
  'operator.signed_in': ['sign-ins'],
  'operator.denied': ['sign-ins'],
  'operator.signed_out': ['sign-ins'],
  'operator.role_changed': ['sign-ins'],
  'session.ended': ['sign-ins'],
  'action.refused': ['access'],
  'data.exported': ['access'],
};

const isKnown = (kind: string): kind is keyof typeof GROUPS => Object.hasOwn(GROUPS, kind);

/** True where events of this kind are shown with the group; one that is not known is shown only among all. */
export function isInGroup(group: HistoryGroup, kind: string): boolean {
  return isKnown(kind) && GROUPS[kind].includes(group);
}

/** A kind in words; one that is not known is spelt out. */
export function kindText(say: Say<Words['eventKinds']>, kind: string): string {
  return isKnown(kind) ? say(kind) : nameInWords(kind);
}
