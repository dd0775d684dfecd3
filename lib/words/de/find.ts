import type { Translation } from '#lib/words/english.ts';

export const findDe: Translation<'find'> = {
  title: 'Suchen',
  key: 'Strg K',
  what: 'Ein Name, ein UserPrincipalName, eine Datei, ein Lauf oder eine Seite',
  hint: 'Name, Adresse, Datei, Lauf, Seite – oder eine Liste einfügen',
  found: 'Gefunden',
  similar: 'ähnlich',
  row: 'in der Zeile',
  place: '{file}, Zeile {line}',
  file: 'Datei, {when}',
  numberedRun: 'Lauf {n}',
  run: 'Lauf, {status}, {when}',
  state: 'Personen in diesem Zustand',
  page: 'Seite',
  unknown: '{upn} · keine Datei hat sie genannt',
  inHelp: 'In der Hilfe nach „{text}“ suchen',
  showList: '{count, plural, one {Diese # Person anzeigen} other {Diese # Personen anzeigen}}',
  list: 'Eingefügte Liste',
  listNotSaved: 'Diese Liste ließ sich nicht speichern. Sie darf höchstens 2.000 Namen haben.',
  noAnswer: 'Der Server hat nicht geantwortet. Tippen Sie weiter, um es noch einmal zu versuchen.',
  onlySimilar: 'Niemand hat genau diesen Namen oder diese Adresse. Diese Personen haben ähnliche.',
  elsewhereInRow:
    'Niemand hat genau diesen Namen oder diese Adresse. Diese Personen haben ähnliche, oder es steht in einer anderen Spalte ihrer Zeile.',
  nothing: 'Keine Treffer.',
  how: 'Pfeil auf und ab wählt, Eingabe öffnet, Esc schließt.',
  allKeys: 'Alle Tasten',
};
