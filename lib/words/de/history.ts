import type { Translation } from '#lib/words/english.ts';

export const historyDe: Translation<'history'> = {
  lead: 'Wer wann was getan hat, mit Vorher und Nachher. Zeiten und Tage stehen in der Zeitzone {zone}.',
  what: 'Was',
  everything: 'Alles',
  'group.sign-ins': 'Anmeldungen',
  'group.access': 'Exporte und Ablehnungen',
  export: 'Als CSV exportieren',
  evidence: 'Nachweispaket',
  found: '{n, plural, one {# Person passt} other {# Personen passen}} zu „{text}“.',
  foundMany:
    'Viele Personen passen zu „{text}“: Dies sind die Ereignisse der ersten {n, number}. Eine längere Eingabe findet weniger.',
  rowsLeftOut: 'Die Zeilen von Dateien sind hier weggelassen. <show>Anzeigen</show>',
  nothingMatches: 'Keine Treffer.',
  noEvent: 'Kein Ereignis passt zu dieser Suche und diesen Filtern.',
  nobodyYet: 'Noch hat niemand etwas getan.',
  whatAppears: 'Was der Helpdesk tut, erscheint hier: wer, wann und warum.',
  showAll: 'Alles von allen anzeigen',
  removed:
    'Nach den Regeln der Aufbewahrung ist gelöscht, was davor festgehalten war: {n, plural, one {# Ereignis} other {# Ereignisse}}, das letzte vom <when></when>. Eine versiegelte Zusammenfassung davon bleibt.',
  newest: 'Neueste',
  older: 'Ältere',
  oldest: 'Dies sind die ältesten.',
  happened: 'Was geschehen ist',
  deed: '{title}: {n, plural, one {# Person} other {# Personen}}',
  more: 'und {n, number} weitere',
  askedChosen: 'Angefordert für {n, plural, one {# Person} other {# Personen}}, einzeln ausgewählt.',
  askedList: 'Angefordert für {n, plural, one {# Person} other {# Personen}}: {list}.',
  done: '{n, number} erledigt.',
  doneSome: '{n, number} erledigt, {left, number} unverändert.',
  listNow: 'Die Liste, wie sie jetzt ist',
  peopleNow: '{n, plural, one {Person, jetzt} other {Personen, jetzt}}',
};
