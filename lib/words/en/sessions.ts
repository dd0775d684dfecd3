/** The page Sessions: what the server says around the list. */
export const sessions = {
  title: 'Sessions',
  seesAll: 'Who is signed in.',
  seesOwn: 'Where you are signed in.',
  limits:
    'A session ends after {idle, plural, one {# minute} other {# minutes}} of inactivity, and after {most, plural, one {# hour} other {# hours}} in any case.',
} as const;
