import type { Translation } from '#lib/words/english.ts';

export const sessionListDe: Translation<'sessionList'> = {
  everybody: 'Alle, die angemeldet sind',
  yours: 'Ihre Sitzungen',
  who: 'Wer',
  thisOne: '(diese Sitzung)',
  noRole: 'keine Rolle',
  seen: 'Zuletzt aktiv',
  signedIn: 'Angemeldet',
  from: 'Von',
  browserOn: '{browser} unter {system}',
  notKnown: 'nicht bekannt',
  end: 'Beenden',
  endThis: 'Diese Sitzung beenden',
  endOf: 'Diese Sitzung beenden: {name}',
  endAll: 'Alle beenden',
  endAllOf: 'Alle Sitzungen beenden: {name}',
  ended: 'Beendet.',
  signOut: 'Überall abmelden',
  signOutOfAll: 'Von allen {n, number} Sitzungen abmelden',
};
