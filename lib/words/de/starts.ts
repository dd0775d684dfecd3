import type { Translation } from '#lib/words/english.ts';

export const startsDe: Translation<'starts'> = {
  figure: '{n, number}',
  waitingNow: 'Warten jetzt',
  fromTo: '{from} bis {to}',
  week: 'Woche',
  start: 'Eintritte',
  ready: 'Bereit',
  needYou: 'Zu klären',
  noSeat: 'Ohne Lizenz',
  unnamed: '{n, number} noch in keiner Datei',
  more: '{n, number} weitere',
  newcomers: '{n, plural, one {# Neuzugang} other {# Neuzugänge}} noch in keiner Datei',
  short: '{n, number} × {licence} kaufen',
  shortBy: 'Bis {day} {n, number} × {licence} kaufen',
  waitNow:
    '{n, plural, one {diese Person wartet jetzt auf eine Lizenz} other {diese # Personen warten jetzt auf eine Lizenz}}: <who></who>.',
  without:
    '{n, plural, one {sonst hat diese Person am ersten Tag kein Postfach} other {sonst haben diese # Personen am ersten Tag kein Postfach}}: <who></who>.',
};
