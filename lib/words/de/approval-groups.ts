import type { Translation } from '#lib/words/english.ts';

export const approvalGroupsDe: Translation<'approvalGroups'> = {
  caption: 'Angehaltene Personen',
  groupOf: '{title}: {n, plural, one {# Person} other {# Personen}}',
  showPeople: 'Personen anzeigen',
  figure: '{n, number}',
  why: 'Grund',
  eachSays: 'Siehe die einzelnen Personen.',
  whatToDo: 'Was zu tun ist',
  heldSince: 'Angehalten',
  sinceAndBy: '<when></when>, von <run></run>',
  from: 'Aus',
  noFile: 'Keine Datei nennt sie.',
  wouldGet: 'Vorgesehen',
  plan: '<strong>{n, number} ×</strong> {plan}',
  onePlan: 'Vorgesehen',
  more: 'und {n, number} weitere',
  seats: 'Lizenzen',
  seatsOf: '{licence}: {needed, plural, one {# Lizenz} other {# Lizenzen}} nötig, {free, number} frei',
  neededByAll: '({n, number} nötig für alle Angehaltenen)',
  shortBy: '{n, plural, one {Es fehlt #} other {Es fehlen #}}',
  whoMay: 'Wer genehmigen darf',
  whoMayRoles:
    'Alle mit der Rolle {roles}, aber nicht für Personen, die sie selbst eingereicht, geändert oder zugeordnet haben.',
  'own.all': 'Sie haben diese Personen selbst eingereicht, geändert oder zugeordnet: Genehmigen muss jemand anderes.',
  'own.some':
    'Sie haben {n, number} dieser Personen selbst eingereicht, geändert oder zugeordnet: Genehmigen muss jemand anderes.',
  'own.one': 'Sie haben diese Person selbst eingereicht, geändert oder zugeordnet: Genehmigen muss jemand anderes.',
  'approve.all': '{n, plural, one {# Person} =2 {Beide} other {Alle #}} genehmigen',
  'approve.first': 'Die ersten {n, number} von {all, number} genehmigen',
  'approve.part': '{n, number} von {all, number} genehmigen',
  'reject.all': '{n, plural, one {# Person} =2 {Beide} other {Alle #}} ablehnen',
  'reject.first': 'Die ersten {n, number} von {all, number} ablehnen',
  assignedNow:
    'Die Lizenzen werden jetzt zugewiesen. Wer inzwischen etwas anderes bekäme als hier gezeigt, wird wieder angehalten.',
  ownStay:
    '{n, plural, one {# Person, die Sie selbst eingereicht, geändert oder zugeordnet haben, bleibt} other {# Personen, die Sie selbst eingereicht, geändert oder zugeordnet haben, bleiben}} angehalten, bis jemand anderes genehmigt.',
  willWait:
    'Von {licence} {free, plural, one {ist # Lizenz} other {sind # Lizenzen}} frei: {n, plural, one {# Person wartet} other {# Personen warten}} dann auf eine.',
};
