/** Values before and after. */
export const changes = {
  before: '<unseen>before: </unseen>{value}',
  after: '<unseen>after: </unseen>{value}',
} as const;
