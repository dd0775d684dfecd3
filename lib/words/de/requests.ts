import type { Translation } from '#lib/words/english.ts';

export const requestsDe: Translation<'requests'> = {
  noAnswer:
    'Der Server hat nicht geantwortet. Ob sich etwas geändert hat, ist nicht bekannt; bitte versuchen Sie es noch einmal.',
  tooMany:
    'Zu viele Anfragen in kurzer Zeit: Es wurde nichts geändert. Bitte warten Sie eine Minute, und versuchen Sie es noch einmal.',
  tooSlow:
    'Die Anfrage ist nicht rechtzeitig vollständig angekommen: Es wurde nichts geändert. Bitte versuchen Sie es noch einmal.',
  tooLarge: 'Die Anfrage ist zu groß: Es wurde nichts geändert. Bitte teilen Sie sie in mehrere kleinere auf.',
  sessionEnded: 'Ihre Sitzung ist beendet: Es wurde nichts geändert.',
  typedStays:
    'Ihre Sitzung ist beendet. Was Sie eingegeben haben, steht noch hier: in einem anderen Tab <link>wieder anmelden</link>, dann hierher zurückkommen.',
};
