/** History: who, whom and when. */
export const historyFilters = {
  person: 'Person',
  nameOrAddress: 'Name or address',
  who: 'Who',
  operators: 'Operators',
  everyone: 'Everyone',
  idm: 'The drop folder',
  unknown: 'Someone who never signed in',
  from: 'From ({zone})',
  to: 'To ({zone})',
} as const;
