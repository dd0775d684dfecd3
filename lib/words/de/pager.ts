import type { Translation } from '#lib/words/english.ts';

export const pagerDe: Translation<'pager'> = {
  pages: 'Seiten',
  attempts: 'Seiten der Versuche',
  people: '{n, plural, one {# Person} other {# Personen}}',
  peopleAgain: '{n, plural, one {# erneut geprüfte Person} other {# erneut geprüfte Personen}}',
  rows: '{n, plural, one {# Zeile} other {# Zeilen}}',
  files: '{n, plural, one {# Datei} other {# Dateien}}',
  runs: '{n, plural, one {# Lauf} other {# Läufe}}',
  mails: '{n, plural, one {# E-Mail} other {# E-Mails}}',
  atLeast: 'Mindestens {count}',
  pageOf: '{count}, Seite {page, number} von {pages, number}',
  previous: 'Zurück',
  next: 'Weiter',
};
