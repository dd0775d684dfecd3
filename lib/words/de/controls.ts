import type { Translation } from '#lib/words/english.ts';

export const controlsDe: Translation<'controls'> = {
  copied: 'Kopiert',
  messages: 'Meldungen',
  closeMessage: 'Diese Meldung schließen',
  notAllowed: 'Der Browser hat es nicht zugelassen',
  anyCountry: 'Ein Code oder ein Name, zum Beispiel DE oder Deutschland.',
  country: '{name} ({code}).',
  daysBefore: 'Tage vor dem Eintritt',
  atOnce: 'Sofort, auch wenn der Eintritt noch fern ist',
};
