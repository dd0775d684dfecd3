/** What would be written to an account. */
export const plans = {
  asMapped: 'As the mapping says',
  licence: '{name}{off, plural, =0 {} one { without one service plan} other { without # service plans}}',
  without: 'without {licences}',
  location: 'usage location {location}',
  add: 'Add {licences}',
  replace: 'Add {licences}, remove {removed}',
} as const;
