/** Which words a browser gets with which pages. Each part is a script of its own that is loaded once and kept. */

import type { Area } from './english.ts';

export const PARTS = {
  everywhere: [
    'actions',
    'controls',
    'find',
    'keys',
    'navigation',
    'pager',
    'requests',
    'runs',
    'states',
    'table',
    'time',
    'uploadDesk',
  ],
  people: ['approvalGroups', 'historyFilters', 'peopleList', 'personCase'],
  files: ['changes', 'documents', 'files', 'mails', 'mapping', 'rowCases', 'upload'],
  settings: [
    'changes',
    'mapping',
    'onPremises',
    'plannedStarts',
    'preferences',
    'sessionList',
    'settingNames',
    'settingsForm',
  ],
  signIn: ['signIn'],
} as const satisfies Record<string, readonly Area[]>;

export type Part = keyof typeof PARTS;

/** By the first step of the address; the pages that are not here do with what is everywhere. */
const PART_OF: Readonly<Record<string, Part>> = {
  approvals: 'people',
  files: 'files',
  history: 'people',
  licences: 'settings',
  mail: 'files',
  mappings: 'settings',
  people: 'people',
  preferences: 'settings',
  rows: 'files',
  sessions: 'settings',
  settings: 'settings',
  setup: 'settings',
  'sign-in': 'signIn',
  upload: 'files',
};

/** What the page at this address needs, the most general first. */
export function partsOf(path: string): readonly Part[] {
  const [, first = ''] = path.split('/');
  const own = PART_OF[first];
  return own ? ['everywhere', own] : ['everywhere'];
}
