/** What a browser says where the server gives no answer of its own. */
export const requests = {
  noAnswer: 'The server did not answer. Nothing is known to have changed; please try again.',
  tooMany: 'Too many requests in a short time: nothing was changed. Please wait a minute and try again.',
  tooSlow: 'The request did not arrive completely in time: nothing was changed. Please try again.',
  signInAgain: 'Sign in again',
  sessionEnded: 'Your session has ended. Sign in again in another tab and come back: what you typed is still here.',
} as const;
