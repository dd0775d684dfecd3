/** A list of people in words. */
export const lists = {
  state: 'state {states}',
  reason: 'reason “{title}”',
  type: 'EmployeeType {types}',
  or: ' or ',
  file: 'named by one file',
  run: 'checked by one run',
  list: 'of a pasted list',
  'age.1h': 'for an hour or longer',
  'age.1d': 'for a day or longer',
  'age.3d': 'for 3 days or longer',
  'age.7d': 'for 7 days or longer',
  'age.30d': 'for 30 days or longer',
  mine: 'assigned to the person who asked',
  q: 'search “{text}”',
  none: 'no filter',
} as const;
