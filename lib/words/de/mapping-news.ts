import type { Translation } from '#lib/words/english.ts';

export const mappingNewsDe: Translation<'mappingNews'> = {
  others:
    'Vom nächsten Zyklus an gilt sie für alle anderen mit diesem EmployeeType; wer schon lizenziert ist, behält alles.',
  released:
    '{n, plural, one {# Person wurde freigegeben und wird} other {# Personen wurden freigegeben und werden}} sofort geprüft: Eine Lizenz gibt es, wenn das Konto da und eine Lizenz frei ist.',
  attention: '{n, plural, one {# Person hat} other {# Personen haben}} vom nächsten Zyklus an Handlungsbedarf.',
  waiting:
    '{n, plural, one {# Person wartet weiter auf ein Konto und hat} other {# Personen warten weiter auf ein Konto und haben}} Handlungsbedarf, sobald es da ist.',
  held: '{n, plural, one {# Person bleibt} other {# Personen bleiben}} angehalten.',
  licensed: '{n, plural, one {# Person behält} other {# Personen behalten}} die Lizenz.',
  nothingLost: 'Niemand verliert etwas. Mit einer neuen Zuordnung geht es weiter.',
};
