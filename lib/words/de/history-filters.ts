import type { Translation } from '#lib/words/english.ts';

export const historyFiltersDe: Translation<'historyFilters'> = {
  person: 'Person',
  nameOrAddress: 'Name oder Adresse',
  who: 'Wer',
  operators: 'Helpdesk und Administration',
  everyone: 'Alle und alles',
  idm: 'Der Eingangsordner',
  unknown: 'Wer sich nie angemeldet hat',
  from: 'Von ({zone})',
  to: 'Bis ({zone})',
};
