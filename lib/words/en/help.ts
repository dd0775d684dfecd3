/** The pages of Help, around its guides. */
export const help = {
  search: 'Search',
  searchHelp: 'Search Help',
  hint: 'For example: no free seat',
  found: 'Found for “{text}”',
  nothing: 'Nothing was found.',
  fewer: 'Try fewer words, or <all>see all guides</all>.',
  read: 'Read “{title}”',
  onlyEnglish: 'This guide is in English.',
  onThisPage: 'On this page',
} as const;
