import type { Translation } from '#lib/words/english.ts';

export const seatsDe: Translation<'seats'> = {
  tooFew: '{n} zu wenig für die, die eingereiht sind.',
  enoughUnused: 'Genug für die, die eingereiht sind; zuletzt nicht verwendet.',
  unused: 'Zuletzt nicht verwendet.',
  lasts:
    'Reicht beim jetzigen Tempo {days, plural, =0 {weniger als einen Tag} one {etwa einen Tag} other {etwa # Tage}}.',
  enoughAndLasts:
    'Genug für die, die eingereiht sind. Reicht beim jetzigen Tempo {days, plural, =0 {weniger als einen Tag} one {etwa einen Tag} other {etwa # Tage}}.',
};
