/** Which part of Help each page of the console links to. */

export const HELP_TOPICS = {
  overview: '/help/helpdesk#the-overview',
  people: '/help/helpdesk#find-a-person',
  person: '/help/helpdesk#read-the-answer',
  diagnosis: '/help/helpdesk#why-is-there-no-mailbox',
  approvals: '/help/helpdesk#approvals',
  files: '/help/helpdesk#files',
  rows: '/help/helpdesk#rows-not-imported',
  upload: '/help/helpdesk#upload-a-file',
  runs: '/help/helpdesk#runs',
  mappings: '/help/administrators#mappings',
  licences: '/help/helpdesk#licences-and-the-waiting-list',
  trends: '/help/helpdesk#trends',
  history: '/help/helpdesk#history',
  mail: '/help/helpdesk#mail',
  settings: '/help/administrators#settings',
  setup: '/help/administrators#guided-set-up',
  preferences: '/help/helpdesk#keyboard-and-display',
  sessions: '/help/helpdesk#sessions',
  trouble: '/help/helpdesk#when-something-looks-wrong',
} as const;

export type HelpTopic = keyof typeof HELP_TOPICS;

/** The paragraph about a reason code. */
export function reasonHelp(code: string): string {
  return `/help/reasons#${code}`;
}
