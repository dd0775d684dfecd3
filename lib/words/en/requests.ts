/** What a browser says where the server gives no answer of its own. */
export const requests = {
  noAnswer: 'The server did not answer. Nothing is known to have changed; please try again.',
  tooMany: 'Too many requests in a short time: nothing was changed. Please wait a minute and try again.',
  tooSlow: 'The request did not arrive completely in time: nothing was changed. Please try again.',
  tooLarge: 'The request is too large: nothing was changed. Please do it in smaller parts.',
  sessionEnded: 'Your session has ended: nothing was changed.',
  typedStays:
    'Your session has ended. What you typed is still here: <link>sign in again</link> in another tab, and come back.',
} as const;
