/** Settings: what the server says around the form. */
export const settings = {
  title: 'Settings',
  readOnly: 'You can read everything here. Changing something needs the role {role}.',
  lead: 'Changes take effect from the next cycle.',
  guidedSetup: 'Guided set-up',
  sections: 'Sections',
  test: 'Test',
  testOfFolder: 'Test of the folder',
  testNow: 'Test',
  testFolder: 'Test folder',
  testing: 'Testing …',
  savedIsTested: 'The test uses what is saved, not what you have typed.',
  preview: 'Preview',
  sentReports: 'Reports that were sent',
  noNews: 'Nothing happened in the last 24 hours that belongs in a report.',
  line: '<strong>{label}</strong>: {rest}',
  lastDay: 'Covers the last 24 hours; of long lists, the first five.',
} as const;
