/** How long the free seats of a licence last, and what is written to people. */
export const seats = {
  tooFew: '{n} too few for the people who need one.',
  tooFewLater: '{n} too few, counting people who start later, are planned, or need someone first.',
  enoughUnused: 'Enough for the people who need one; no recent use.',
  unused: 'No recent use.',
  lasts: 'Lasts {days, plural, =0 {less than a day} one {about a day} other {about # days}} at the recent pace.',
  enoughAndLasts:
    'Enough for the people who need one. Lasts {days, plural, =0 {less than a day} one {about a day} other {about # days}} at the recent pace.',
} as const;
