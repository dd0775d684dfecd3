import type { Translation } from '#lib/words/english.ts';

export const settingsDe: Translation<'settings'> = {
  title: 'Einstellungen',
  readOnly: 'Sie können hier alles lesen. Etwas zu ändern setzt die Rolle {role} voraus.',
  lead: 'Änderungen gelten ab dem nächsten Zyklus.',
  guidedSetup: 'Geführte Einrichtung',
  sections: 'Abschnitte',
  test: 'Prüfung',
  testOfFolder: 'Prüfung des Ordners',
  testNow: 'Prüfen',
  testFolder: 'Ordner prüfen',
  testing: 'Wird geprüft …',
  savedIsTested: 'Geprüft wird, was gespeichert ist, nicht, was gerade eingegeben ist.',
  preview: 'Vorschau',
  sentReports: 'Gesendete Berichte',
  noNews: 'In den letzten 24 Stunden ist nichts geschehen, was in einen Bericht gehört.',
  line: '<strong>{label}</strong>: {rest}',
  lastDay: 'Über die letzten 24 Stunden; von langen Listen die ersten fünf Einträge.',
};
