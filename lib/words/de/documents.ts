import type { Translation } from '#lib/words/english.ts';

export const documentsDe: Translation<'documents'> = {
  'mail.queued': 'Zu senden',
  'mail.sending': 'Wird gesendet',
  'mail.sent': 'Gesendet',
  'mail.uncertain': 'Vielleicht gesendet',
  'mail.failed': 'Nicht gesendet',
  'file.importing': 'Wird importiert',
  'file.accepted': 'Importiert',
  'file.rejected': 'Abgelehnt',
  fileWithOpenRows: '{n, plural, one {1 Zeile} other {{n, number} Zeilen}} nicht übernommen',
  'verdict.accepted': 'Angenommen',
  'verdict.duplicate': 'Doppelt',
  'verdict.rejected': 'Abgelehnt',
};
