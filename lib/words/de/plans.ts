import type { Translation } from '#lib/words/english.ts';

export const plansDe: Translation<'plans'> = {
  asMapped: 'Wie die Zuordnung sagt',
  licence: '{name}{off, plural, =0 {} one { ohne einen Dienstplan} other { ohne # Dienstpläne}}',
  without: 'ohne {licences}',
  location: 'Nutzungsstandort {location}',
  add: '{licences} zuweisen',
  replace: '{licences} zuweisen, {removed} entfernen',
};
