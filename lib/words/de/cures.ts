import type { Translation } from '#lib/words/english.ts';

export const curesDe: Translation<'cures'> = {
  people: '{n, plural, one {# Person} other {# Personen}}',
  approve: 'Entscheiden',
  approveFor: 'Entscheiden<unseen>: {whom}</unseen>',
  waitingList: 'Zur Warteliste',
  waitingListOf: 'Zur Warteliste<unseen>: {whom}</unseen>',
  map: '{type} zuordnen',
  mapAndRelease: '{type} zuordnen<unseen> und {whom} freigeben</unseen>',
};
