import type { Translation } from '#lib/words/english.ts';

export const peopleDe: Translation<'people'> = {
  state: 'Zustand',
  all: 'Alle',
  rowsOut: 'Nicht übernommene Zeilen',
  nobodyYet: 'Noch keine Personen.',
  rowsCanBeCorrected:
    '<rows>{n, plural, one {# Zeile wurde} other {# Zeilen wurden}} nicht übernommen</rows>; das lässt sich korrigieren.',
  drop: 'Legen Sie eine CSV-Datei in den Eingangsordner, oder laden Sie eine hoch.',
  toFiles: 'Zu den Dateien',
  only: 'Nur Personen, {scopes}. <all>Alle anzeigen</all>',
  'scope.file': 'die eine bestimmte Datei nennt',
  'scope.run': 'die ein bestimmter Lauf geprüft hat',
  'scope.list': 'die in einer eingefügten Liste stehen',
  and: ' und ',
  unknownNames: '{n, plural, one {# Name der Liste ist} other {# Namen der Liste sind}} hier nicht bekannt',
  whyUnknown:
    'Noch hat keine Datei sie genannt, oder sie sind dort anders geschrieben. Öffnen Sie einen Namen, um zu sehen, warum es kein Postfach gibt.',
  firstShown: 'Die Seiten zeigen die ersten {n, number} davon. Suchen oder filtern Sie, um die übrigen zu sehen.',
  newestShown: 'Die Seiten zeigen die neuesten {n, number} davon. Suchen oder filtern Sie, um die übrigen zu sehen.',
  newestSorted:
    'Die Seiten zeigen die neuesten {n, number} davon, sortiert. Suchen oder filtern Sie, um die übrigen zu sehen.',
  export: '{n, number} exportieren',
  exportAll: 'Alle exportieren',
  nobodyMatches: 'Keine Treffer.',
  noMatch:
    '{n, plural, one {Die einzige Person passt nicht} other {Keine der # Personen passt}} zu {by, select, search {dieser Suche} filters {diesen Filtern} other {dieser Suche und diesen Filtern}}.',
  perhaps: 'Vielleicht gemeint:',
  'match.similar': 'ähnlich',
  'match.row': 'in der Zeile',
  everybody: 'Alle anzeigen',
  inRowsOut: 'Das steht in einer Zeile, die nicht übernommen wurde. <rows>Zeile ansehen</rows>',
  whatWasDone: 'Was gemacht wurde',
  ofType: 'Personen mit dem EmployeeType {type}',
  versions: 'Versionen der Zuordnung',
};
