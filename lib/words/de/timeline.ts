import type { Translation } from '#lib/words/english.ts';

export const timelineDe: Translation<'timeline'> = {
  checkedAgain: 'Erneut geprüft',
  unchanged: 'Alles ist, wie es war.',
  unchangedSoFar:
    'Alles ist, wie es war. Bisher {n, plural, one {hat # Prüfung} other {haben # Prüfungen}} nichts geändert.',
  location: 'Nutzungsstandort',
  licence: 'Lizenz',
  'why.operator': 'festgelegt von {by}',
  'why.row': 'aus der Zeile',
  'why.mapping': 'aus der Zuordnung',
  'why.default': 'der Standard aus den Einstellungen',
  'why.licence': 'Zuordnung des EmployeeType {type}',
  'why.decided': 'Zuordnung des EmployeeType {type}, wie {by} entschieden hat',
  'why.reassigned': 'entfernt und neu zugewiesen, wie {by} entschieden hat',
};
