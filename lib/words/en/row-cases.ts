/** Rows that stayed out, as a browser draws them: in a table, corrected, closed. */
export const rowCases = {
  caption: 'Rows not imported',
  row: 'Row',
  why: 'Why it was not imported',
  state: 'State',
  line: 'line {line}',
  correctedBy: 'Corrected by {name}: <person></person>',
  close: 'Close',
  closeRows: 'Close {n, plural, one {# row} other {# rows}}',
  closedRows: '{n, plural, one {# row} other {# rows}} closed.',
  question: '{deed}?',
  closeMeans:
    'Nobody is created from what you close. It stays with its file, together with your name and reason, and can be reopened.',
  reopen: 'Reopen',
  notSplit: 'The row cannot be split into the columns of its file. Fill in what belongs to each.',
  fillIn: 'Fill in what was probably meant',
  column: 'Column {n}',
  leaveEmpty: 'Leave it empty',
  use: 'Use {value}',
  correct: 'Correct and import',
  alike: 'Correct all rows like this',
  allAlike: 'Correct all {n, plural, one {# row} other {# rows}} like this',
} as const;
