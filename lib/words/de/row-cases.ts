import type { Translation } from '#lib/words/english.ts';

export const rowCasesDe: Translation<'rowCases'> = {
  caption: 'Nicht übernommene Zeilen',
  row: 'Zeile',
  why: 'Warum nicht übernommen',
  state: 'Zustand',
  line: 'Zeile {line}',
  correctedBy: 'Korrigiert von {name}: <person></person>',
  close: 'Schließen',
  closeRows: '{n, plural, one {# Zeile} other {# Zeilen}} schließen',
  closedRows: '{n, plural, one {# Zeile} other {# Zeilen}} geschlossen.',
  question: '{deed}?',
  closeMeans:
    'Was geschlossen ist, wird nicht übernommen. Es bleibt bei seiner Datei, mit Ihrem Namen und Ihrer Begründung, und lässt sich wieder öffnen.',
  'often.again': 'Kam in einer anderen Datei noch einmal',
  reopen: 'Wieder öffnen',
  notSplit: 'Die Zeile lässt sich nicht auf die Spalten ihrer Datei aufteilen. Tragen Sie ein, was wohin gehört.',
  fillIn: 'Eintragen, was wohl gemeint war',
  column: 'Spalte {n}',
  leaveEmpty: 'Leer lassen',
  use: '{value} übernehmen',
  correct: 'Korrigieren und importieren',
  alike: 'Alle Zeilen dieser Art korrigieren',
  allAlike: '{n, plural, one {Die # Zeile} other {Alle # Zeilen}} dieser Art korrigieren',
};
