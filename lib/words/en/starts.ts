/** Who starts when, and whether there are seats. */
export const starts = {
  figure: '{n, number}',
  waitingNow: 'Waiting now',
  fromTo: '{from} to {to}',
  week: 'Week',
  start: 'Starts',
  ready: 'Ready',
  needYou: 'Need you',
  noSeat: 'No seat',
  unnamed: '{n, number} in no file yet',
  more: '{n, number} more',
  newcomers: '{n, plural, one {# newcomer} other {# newcomers}} in no file yet',
  short: 'Buy {n, number} × {licence}',
  shortBy: 'Buy {n, number} × {licence} by {day}',
  waitNow:
    '{n, plural, one {this person waits for a seat now} other {these # people wait for a seat now}}: <who></who>.',
  without:
    '{n, plural, one {without it this person has no mailbox on the first day} other {without them these # people have no mailbox on the first day}}: <who></who>.',
} as const;
