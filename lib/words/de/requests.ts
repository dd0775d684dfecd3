import type { Translation } from '#lib/words/english.ts';

export const requestsDe: Translation<'requests'> = {
  noAnswer:
    'Der Server hat nicht geantwortet. Ob sich etwas geändert hat, ist nicht bekannt; bitte versuchen Sie es noch einmal.',
  signInAgain: 'Wieder anmelden',
  sessionEnded:
    'Ihre Sitzung ist beendet. Melden Sie sich in einem anderen Tab wieder an, und kommen Sie zurück: Was Sie eingegeben haben, steht noch hier.',
};
