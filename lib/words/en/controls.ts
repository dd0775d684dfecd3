/** Fields and buttons that several pages have. */
export const controls = {
  copied: 'Copied',
  messages: 'Messages',
  closeMessage: 'Close this message',
  notAllowed: 'The browser did not allow it',
  anyCountry: 'A code or a name, for example DE or Germany.',
  country: '{name} ({code}).',
  daysBefore: 'Days before the start date',
  atOnce: 'At once, however far away the start date is',
} as const;
