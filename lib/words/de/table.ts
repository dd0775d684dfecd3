import type { Translation } from '#lib/words/english.ts';

export const tableDe: Translation<'table'> = {
  chosenRows: 'Ausgewählte Zeilen',
  choosePage: 'Alle auf dieser Seite auswählen',
  choose: '{name} auswählen',
};
