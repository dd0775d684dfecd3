import type { Translation } from '#lib/words/english.ts';

export const changesDe: Translation<'changes'> = {
  before: '<unseen>vorher: </unseen>{value}',
  after: '<unseen>nachher: </unseen>{value}',
};
