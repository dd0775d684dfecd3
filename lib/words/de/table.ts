import type { Translation } from '#lib/words/english.ts';

export const tableDe: Translation<'table'> = {
  figure: '{n, number}',
  chosenRows: 'Ausgewählte Zeilen',
  choosePage: 'Alle auf dieser Seite auswählen',
  choose: '{name} auswählen',
};
