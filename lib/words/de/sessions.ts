import type { Translation } from '#lib/words/english.ts';

export const sessionsDe: Translation<'sessions'> = {
  title: 'Sitzungen',
  seesAll: 'Wer angemeldet ist.',
  seesOwn: 'Wo Sie angemeldet sind.',
  limits:
    'Eine Sitzung endet nach {idle, plural, one {# Minute} other {# Minuten}} ohne Aktivität, in jedem Fall aber nach {most, plural, one {# Stunde} other {# Stunden}}.',
};
