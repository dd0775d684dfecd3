/** What the history calls things: kinds of events and the groups they are chosen by. Pure; pages use it too. */
import { nameInWords } from './history-changes.ts';

export const HISTORY_GROUPS = ['people', 'approvals', 'files', 'runs', 'mappings', 'settings', 'sign-ins'] as const;
export type HistoryGroup = (typeof HISTORY_GROUPS)[number];

const PREFIXES: Record<HistoryGroup, readonly string[]> = {
  people: ['person.', 'list.'],
  approvals: ['person.approved', 'person.rejected'],
  files: ['file.', 'draft.'],
  runs: ['run.'],
  mappings: ['mapping.'],
  settings: ['settings.', 'setup.'],
  'sign-ins': ['operator.'],
};

/** True where events of this kind are shown with the group. */
export function isInGroup(group: HistoryGroup, kind: string): boolean {
  return PREFIXES[group].some((prefix) => kind.startsWith(prefix));
}

const KIND_LABELS: Record<string, string> = {
  'person.accepted': 'Taken in',
  'person.changed': 'Changed by a file',
  'person.dropped_again': 'Dropped again',
  'person.moved': 'Moved on',
  'person.retried': 'Retried',
  'person.approved': 'Approved',
  'person.rejected': 'Rejected',
  'person.dismissed': 'Dismissed',
  'person.dismissal_undone': 'Dismissal undone',
  'person.reopened': 'Reopened',
  'person.edited': 'Edited',
  'person.noted': 'Note',
  'person.assigned': 'On it',
  'person.unassigned': 'Let go',
  'file.accepted': 'File taken in',
  'file.rejected': 'File refused',
  'draft.created': 'Upload started',
  'draft.changed': 'Upload mended',
  'draft.imported': 'Upload taken in',
  'draft.discarded': 'Upload discarded',
  'run.requested': 'Run asked for',
  'run.cancelled': 'Run cancelled',
  'mapping.published': 'Mapping published',
  'mapping.retired': 'Mapping retired',
  'settings.changed': 'Setting changed',
  'setup.tested': 'Set-up tested',
  'operator.signed_in': 'Signed in',
};

/** A kind in words; one that is not known is spelt out. */
export function kindText(kind: string): string {
  return KIND_LABELS[kind] ?? nameInWords(kind);
}
