/** Newcomers whom no file has named yet. */
export const plannedStarts = {
  title: 'Planned, in no file yet',
  item: '{n, plural, one {# newcomer} other {# newcomers}} of type {type} on {day}',
  by: 'by {name}',
  byAndNamed: 'by {name}; {n, plural, one {# of them is} other {# of them are}} in a file now',
  remove: 'Remove',
  removeItem: 'Remove {n, plural, one {# newcomer} other {# newcomers}} of type {type} on {day}',
  planned: 'Planned.',
  removed: 'Removed.',
  newcomers: 'Newcomers',
  employeeType: 'EmployeeType',
  firstDay: 'First day',
  plan: 'Plan',
  nothing: 'Nothing is planned.',
} as const;
