/** How many there are, and the way to the other pages. */
export const pager = {
  pages: 'Pages',
  attempts: 'Pages of attempts',
  people: '{n, plural, one {# person} other {# people}}',
  peopleAgain: '{n, plural, one {# person run again} other {# people run again}}',
  rows: '{n, plural, one {# row} other {# rows}}',
  files: '{n, plural, one {# file} other {# files}}',
  runs: '{n, plural, one {# run} other {# runs}}',
  mails: '{n, plural, one {# mail} other {# mails}}',
  atLeast: 'At least {count}',
  pageOf: '{count}, page {page, number} of {pages, number}',
  previous: 'Previous',
  next: 'Next',
} as const;
