/** The table of report mails. */
export const mails = {
  caption: 'Report mails',
  subject: 'Subject',
  status: 'Status',
  to: 'To',
  written: 'Written',
} as const;
