/** What happened to a person, beside events and reasons: what was written to the account, and checks that found nothing new. */
export const timeline = {
  checkedAgain: 'Checked again',
  unchanged: 'No changes.',
  unchangedSoFar: 'No changes in {n, plural, one {# check} other {# checks}} so far.',
  location: 'usage location',
  licence: 'licence',
  'why.operator': 'set by {by}',
  'why.row': 'from the row',
  'why.mapping': 'from the mapping',
  'why.default': 'the default in Settings',
  'why.licence': 'mapping of EmployeeType {type}',
  'why.decided': 'mapping of EmployeeType {type}, as {by} decided',
  'why.reassigned': 'removed and reassigned, as {by} decided',
} as const;
