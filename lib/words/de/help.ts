import type { Translation } from '#lib/words/english.ts';

export const helpDe: Translation<'help'> = {
  search: 'Suchen',
  searchHelp: 'In der Hilfe suchen',
  hint: 'Etwa: keine Lizenz frei',
  found: 'Gefunden zu „{text}“',
  nothing: 'Nichts gefunden.',
  fewer: 'Versuchen Sie es mit weniger Wörtern, oder <all>sehen Sie alle Anleitungen an</all>.',
  read: '„{title}“ lesen',
  onlyEnglish: 'Diese Anleitung gibt es bisher nur auf Englisch.',
  onThisPage: 'Auf dieser Seite',
};
