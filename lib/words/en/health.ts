/** What does not work, above the overview. */
export const health = {
  unconfirmed: '{text} {n, plural, one {One person is} other {# people are}} probably licensed, not confirmed yet.',
  lastRun: 'The last run did not finish.',
  scheduler: 'The scheduler is not running: no cycle starts automatically. Restart the server, or check its log.',
  paused: 'The schedule is paused in Settings.',
  uncertainMail: '{n, plural, one {# report mail} other {# report mails}} may not have arrived.',
  failedMail: '{n, plural, one {# report mail} other {# report mails}} could not be sent.',
  backup: 'The last backup failed: {problem}',
  scanner: 'The malware scanner returns no result, so files are waiting: {problem}.',
  logForward: 'The log is not reaching {target}: {problem}. {n, plural, one {# line is} other {# lines are}} waiting.',
  logForwardLost:
    'The log is not reaching {target}: {problem}. {n, plural, one {# line is} other {# lines are}} waiting, and there was no room for {lost, number}.',
} as const;
