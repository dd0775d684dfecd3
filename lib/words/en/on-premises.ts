/** The question of the set-up whether accounts that have an address are licensed. */
export const onPremises = {
  question: 'Do some newcomers still get a mailbox on-premises?',
  no: 'No: license accounts that already have an address, as hybrid newcomers do',
  yes: 'Yes: accounts that already have an address wait until someone chooses “License anyway”',
  saved: 'Saved.',
} as const;
