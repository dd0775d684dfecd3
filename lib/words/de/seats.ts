import type { Translation } from '#lib/words/english.ts';

export const seatsDe: Translation<'seats'> = {
  tooFew: '{n} zu wenig für alle, die eine brauchen.',
  tooFewLater: '{n} zu wenig, mitgezählt, wer später beginnt, geplant oder noch zu klären ist.',
  enoughUnused: 'Genug für alle, die eine brauchen; zuletzt wurde keine vergeben.',
  unused: 'Zuletzt wurde keine vergeben.',
  lasts:
    'Reicht beim jetzigen Tempo {days, plural, =0 {weniger als einen Tag} one {etwa einen Tag} other {etwa # Tage}}.',
  enoughAndLasts:
    'Genug für alle, die eine brauchen. Reicht beim jetzigen Tempo {days, plural, =0 {weniger als einen Tag} one {etwa einen Tag} other {etwa # Tage}}.',
};
