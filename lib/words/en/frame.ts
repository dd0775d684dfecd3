/** What only the server says around every page. */
export const frame = {
  skip: 'Skip to content',
  demo: 'This is a demo tenant: nothing here is real.',
  signOut: 'Sign out',
  session: 'Your session',
  sessionUnconfirmed:
    'Microsoft does not answer, so your role could not be confirmed. Unless it can be by then, your session ends <when></when>.',
  notFound: 'Page not found',
  mistyped: 'The address may be mistyped. Nobody is ever deleted: look for them under People.',
  toPeople: 'Go to People',
} as const;
