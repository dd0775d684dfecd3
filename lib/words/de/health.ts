import type { Translation } from '#lib/words/english.ts';

export const healthDe: Translation<'health'> = {
  unconfirmed:
    '{text} {n, plural, one {Eine Person ist} other {# Personen sind}} wahrscheinlich lizenziert, aber noch nicht bestätigt.',
  lastRun: 'Der letzte Lauf wurde nicht fertig.',
  scheduler:
    'Der Zeitplaner läuft nicht: Kein Zyklus beginnt von selbst. Starten Sie den Server neu, oder sehen Sie in sein Protokoll.',
  paused: 'Der Zeitplan ist in den Einstellungen pausiert.',
  uncertainMail:
    '{n, plural, one {# Berichts-E-Mail ist} other {# Berichts-E-Mails sind}} vielleicht nicht angekommen.',
  failedMail: '{n, plural, one {# Berichts-E-Mail ließ} other {# Berichts-E-Mails ließen}} sich nicht senden.',
  backup: 'Die letzte Sicherung ist fehlgeschlagen: {problem}',
  scanner: 'Der Malwarescanner liefert kein Ergebnis, deshalb warten Dateien: {problem}.',
  logForward:
    'Das Protokoll erreicht {target} nicht: {problem}. {n, plural, one {# Zeile wartet} other {# Zeilen warten}}.',
  logForwardLost:
    'Das Protokoll erreicht {target} nicht: {problem}. {n, plural, one {# Zeile wartet} other {# Zeilen warten}}, und für {lost, number} war kein Platz.',
};
