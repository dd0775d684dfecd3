import type { Translation } from '#lib/words/english.ts';

export const mailDe: Translation<'mail'> = {
  lead: 'Die Berichte der Läufe, wie die Empfänger sie bekommen.',
  all: 'Alle',
  noReport: 'Noch kein Bericht.',
  whenWritten:
    'Ein Lauf, der etwas zu berichten hat, schreibt einen, wenn unter Einstellungen Empfänger angegeben sind.',
  toRuns: 'Läufe ansehen',
  noneInStatus: 'Keine E-Mail hat diesen Status.',
  othersHidden: 'E-Mails mit anderem Status sind ausgeblendet.',
  showAll: 'Alle E-Mails anzeigen',
  from: 'Von',
  sent: 'Gesendet',
  notYet: 'noch nicht',
  attempts: 'Versuche',
  nextAttempt: 'Nächster Versuch',
  sentThrough: 'Gesendet über',
  answer: 'Antwort',
  run: 'Zu',
  text: 'Text',
  noLongerKept: 'Der Text ist gelöscht, wie unter Einstellungen, Aufbewahrung festgelegt.',
  attached: 'Angehängt: {name}',
  about: 'Angaben',
};
