/** What does not work, above the overview. */
export const health = {
  unconfirmed: '{text} {n, plural, one {One person is} other {# people are}} probably licensed, not confirmed yet.',
  lastRun: 'The last run did not finish.',
  scheduler: 'The scheduler is not running: no cycle starts automatically. Restart the server, or check its log.',
  paused: 'The schedule is paused in Settings.',
  uncertainMail: '{n, plural, one {# report mail} other {# report mails}} may not have arrived.',
  failedMail: '{n, plural, one {# report mail} other {# report mails}} could not be sent.',
  backup: 'The last backup failed: {problem}',
  scanner: 'The malware scanner gives no verdict, so files wait: {problem}.',
  logForward: 'The log does not reach {target}: {problem}. {n, plural, one {# line waits} other {# lines wait}}.',
  logForwardLost:
    'The log does not reach {target}: {problem}. {n, plural, one {# line waits} other {# lines wait}}, and there was no room for {lost, number}.',
} as const;
