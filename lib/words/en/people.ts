/** The page People: what the server says around the list. */
export const people = {
  state: 'State',
  all: 'All',
  rowsOut: 'Rows not imported',
  nobodyYet: 'No people yet.',
  rowsCanBeCorrected:
    '<rows>{n, plural, one {# row was} other {# rows were}} not imported</rows> and can be corrected.',
  drop: 'Drop a CSV into the drop folder, or upload one.',
  toFiles: 'Go to Files',
  only: 'Only people {scopes}. <all>Show everyone</all>',
  'scope.file': 'named in one file',
  'scope.run': 'checked by one run',
  'scope.list': 'on a pasted list',
  and: ' and ',
  unknownNames: '{n, plural, one {# name of the list is not} other {# names of the list are not}} known here',
  whyUnknown:
    'No file has listed them yet, or they are spelt differently there. Open one to see why there is no mailbox.',
  firstShown: 'The pages show the first {n, number} of them. Search or filter to see the others.',
  newestShown: 'The pages show the newest {n, number} of them. Search or filter to see the others.',
  newestSorted: 'The pages show the newest {n, number} of them, sorted. Search or filter to see the others.',
  export: 'Export {n, number}',
  exportAll: 'Export all',
  nobodyMatches: 'Nobody matches.',
  noMatch:
    '{n, plural, one {The only person here does not match} other {None of the # people here match}} this search and these filters.',
  everybody: 'Show everyone',
  lookAmongRows: 'Search the rows not imported',
  whatWasDone: 'What was done',
  ofType: 'People of EmployeeType {type}',
  versions: 'Versions of the mapping',
} as const;
