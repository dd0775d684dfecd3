/** States of mails, files and the rows in them. */
export const documents = {
  'mail.queued': 'To be sent',
  'mail.sending': 'Sending',
  'mail.sent': 'Sent',
  'mail.uncertain': 'Perhaps sent',
  'mail.failed': 'Not sent',
  'file.importing': 'Importing',
  'file.accepted': 'Imported',
  'file.rejected': 'Rejected',
  fileWithOpenRows: '{n, plural, one {1 row} other {{n, number} rows}} not imported',
  'verdict.accepted': 'Accepted',
  'verdict.duplicate': 'Duplicate',
  'verdict.rejected': 'Rejected',
} as const;
