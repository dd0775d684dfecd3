/** What report mails say, in the language that Settings name. */
export const report = {
  title: 'AutoProvision: {news}',
  // What happened, counted.
  'run.completed': 'run completed ({reason})',
  'run.stopped': 'run stopped ({reason})',
  'run.failed': 'run failed ({reason})',
  'run.interrupted': 'run interrupted ({reason})',
  'run.queued': 'run queued ({reason})',
  'run.running': 'run running ({reason})',
  noReason: 'no reason given',
  provisioned: '{n, number} provisioned',
  alreadyProvisioned: '{n, number} already provisioned',
  licensed: '{n, number} licensed',
  needAttention: '{n, plural, one {# needs attention} other {# need attention}}',
  held: '{n, number} held',
  filesRejected: '{n, plural, one {# file rejected} other {# files rejected}}',
  rowsRejected: '{n, plural, one {# row rejected} other {# rows rejected}}',
  // The paragraph on top.
  asOf: 'Everything new since the last report, as of {time} UTC.',
  alsoNew: 'Also new: {waiting}; that continues automatically.',
  waitForSync: '{n, plural, one {# waits for synchronisation} other {# wait for synchronisation}}',
  waitForStart: '{n, plural, one {# waits for the start date} other {# wait for the start date}}',
  waitForSeat: '{n, plural, one {# waits for a seat} other {# wait for a seat}}',
  // People, rows and files.
  whatToDo: 'What to do: {advice}',
  openPerson: 'Open this person',
  openPeople: 'Open these {n, number} people',
  morePeople: '… and {n, plural, one {# more person who needs you} other {# more people who need you}}',
  rowsLeftOut: 'Rows not imported',
  correctRows: 'Correct each, or close it with a reason.',
  moreRows: '… and {n, plural, one {# more row} other {# more rows}} not imported',
  files: 'Files',
  fileRejected: 'rejected: {problem}',
  unreadable: 'it could not be read',
  fileSoFar:
    '{rows, plural, one {# row} other {# rows}} so far (the next run continues) = {accepted, number} accepted + {duplicates, plural, one {# duplicate} other {# duplicates}} + {rejected, number} rejected',
  fileRows:
    '{rows, plural, one {# row} other {# rows}} = {accepted, number} accepted + {duplicates, plural, one {# duplicate} other {# duplicates}} + {rejected, number} rejected',
  run: 'Run {number}',
  checkpoint: 'Checkpoint of the history',
  // The test mail.
  testTitle: 'AutoProvision: test mail',
  testSummary: '{name} sent this from the settings of AutoProvision. If you can read it, reports reach you.',
  testFooter: 'Settings of AutoProvision',
} as const;
