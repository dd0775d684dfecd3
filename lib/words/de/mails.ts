import type { Translation } from '#lib/words/english.ts';

export const mailsDe: Translation<'mails'> = {
  caption: 'Berichte per E-Mail',
  subject: 'Betreff',
  status: 'Status',
  to: 'An',
  written: 'Verfasst',
};
