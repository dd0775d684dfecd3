import type { Translation } from '#lib/words/english.ts';

export const previewsDe: Translation<'previews'> = {
  licensed: '{n, plural, one {# bekommt {licences}} other {# bekommen {licences}}}',
  mailbox: '{n, plural, one {# hat schon ein Postfach} other {# haben schon ein Postfach}}',
  opening: '{n, plural, one {# hat eine Lizenz, Postfach entsteht} other {# haben eine Lizenz, Postfach entsteht}}',
  sync: '{n, plural, one {# ist noch nicht synchronisiert} other {# sind noch nicht synchronisiert}}',
  start: '{n, plural, one {# wartet auf den Eintritt} other {# warten auf den Eintritt}}',
  seat: '{n, plural, one {# wartet auf eine Lizenz} other {# warten auf eine Lizenz}}',
  held: '{n, plural, one {# wartet auf Genehmigung} other {# warten auf Genehmigung}}',
  unknown: '{n, number} nicht prüfbar',
  cannot: '{n, number} nicht möglich',
  gets: 'bekommt {licences}.',
  nobody: 'Es gibt niemanden zu prüfen.',
  sentence: '{groups}.',
  sentenceWithSeats: '{groups}; {seats}.',
  seatsLeft: '{n, plural, one {danach bleibt # Lizenz} other {danach bleiben # Lizenzen}}',
  seatsLeftOf: '{licence}: {left}',
  unfinished:
    'Die Prüfung wurde nicht fertig: {why}. Es wurde nichts geändert. Prüfen Sie noch einmal, oder importieren Sie die Datei ohne Prüfung.',
  endedEarly: 'sie endete vorzeitig',
};
