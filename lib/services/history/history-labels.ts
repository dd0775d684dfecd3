/** What the history calls things: kinds of events and the groups they are chosen by. Pure; pages use it too. */
import type { EarlierEventKind, EventKind } from '#lib/domain/events.ts';
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

interface KindLabels {
  label: string;
  /** The groups that events of the kind are shown with: at least one, or nobody would find them. */
  groups: readonly [HistoryGroup, ...HistoryGroup[]];
}

const KINDS: Record<EventKind | EarlierEventKind, KindLabels> = {
  'person.accepted': { label: 'Imported', groups: ['people'] },
  'person.changed': { label: 'Changed by a file', groups: ['people'] },
  'person.dropped_again': { label: 'Dropped again', groups: ['people'] },
  'person.disputed': { label: 'Held: rows disagree', groups: ['people'] },
  'person.row_chosen': { label: 'Row chosen', groups: ['people', 'approvals'] },
  'person.moved': { label: 'State changed', groups: ['people'] },
  'person.asked_again': { label: 'Microsoft 365 asked again', groups: ['people'] },
  'person.retried': { label: 'Retried', groups: ['people'] },
  'person.license_now': { label: 'License now', groups: ['people'] },
  'person.license_anyway': { label: 'License anyway', groups: ['people', 'approvals'] },
  'person.choice_made': { label: 'Licence decided', groups: ['people', 'approvals'] },
  'person.approved': { label: 'Approved', groups: ['people', 'approvals'] },
  'person.rejected': { label: 'Rejected', groups: ['people', 'approvals'] },
  'person.dismissed': { label: 'Dismissed', groups: ['people'] },
  'person.dismissal_undone': { label: 'Dismissal undone', groups: ['people'] },
  'person.reopened': { label: 'Reopened', groups: ['people'] },
  'person.edited': { label: 'Edited', groups: ['people'] },
  'person.noted': { label: 'Note', groups: ['people'] },
  'person.assigned': { label: 'Assigned', groups: ['people'] },
  'person.unassigned': { label: 'Unassigned', groups: ['people'] },
  'file.accepted': { label: 'File imported', groups: ['files'] },
  'file.rejected': { label: 'File rejected', groups: ['files'] },
  'row.corrected': { label: 'Row corrected', groups: ['files', 'people'] },
  'row.closed': { label: 'Row closed', groups: ['files'] },
  'row.reopened': { label: 'Row reopened', groups: ['files'] },
  'draft.created': { label: 'Upload started', groups: ['files'] },
  'draft.changed': { label: 'Upload corrected', groups: ['files'] },
  'draft.imported': { label: 'Upload imported', groups: ['files'] },
  'draft.discarded': { label: 'Upload discarded', groups: ['files'] },
  'run.requested': { label: 'Run requested', groups: ['runs'] },
  'run.cancelled': { label: 'Run cancelled', groups: ['runs'] },
  'mapping.published': { label: 'Mapping published', groups: ['mappings'] },
  'mapping.retired': { label: 'Mapping retired', groups: ['mappings'] },
  'start.planned': { label: 'Newcomers planned', groups: ['people'] },
  'start.unplanned': { label: 'Planned newcomers removed', groups: ['people'] },
  'settings.changed': { label: 'Setting changed', groups: ['settings'] },
  'diagnosis.requested': { label: 'Cause asked for', groups: ['people'] },
  'setup.tested': { label: 'Set-up tested', groups: ['settings'] },
  'history.removed': { label: 'Old history removed', groups: ['settings'] },
  'backup.restored': { label: 'Backup restored', groups: ['settings'] },
  'clock.set_back': { label: 'Clock set back', groups: ['runs', 'settings'] },
  'mail.tested': { label: 'Test mail sent', groups: ['settings'] },
  'operator.signed_in': { label: 'Signed in', groups: ['sign-ins'] },
  'operator.denied': { label: 'Sign-in denied', groups: ['sign-ins'] },
  'operator.signed_out': { label: 'Signed out', groups: ['sign-ins'] },
  'operator.role_changed': { label: 'Role changed', groups: ['sign-ins'] },
  'session.ended': { label: 'Session ended', groups: ['sign-ins'] },
  'action.refused': { label: 'Action refused', groups: ['access'] },
  'data.exported': { label: 'Data exported', groups: ['access'] },
};

const KNOWN = new Map<string, KindLabels>(Object.entries(KINDS));

/** True where events of this kind are shown with the group; one that is not known is shown only among all. */
export function isInGroup(group: HistoryGroup, kind: string): boolean {
  return KNOWN.get(kind)?.groups.includes(group) ?? false;
}

/** A kind in words; one that is not known is spelt out. */
export function kindText(kind: string): string {
  return KNOWN.get(kind)?.label ?? nameInWords(kind);
}
