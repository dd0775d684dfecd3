/** What only the server says around every page. */
export const frame = {
  skip: 'Skip to content',
  demo: 'This is a demo tenant: nothing here is real.',
  signOut: 'Sign out',
  session: 'Your session',
  sessionUnconfirmed:
    'Microsoft does not answer, so your role could not be confirmed. Unless it can be by then, your session ends <when></when>.',
  unstored: 'Nothing can be stored',
  'unstored.full':
    'The disk of the server is full: nothing new is stored and nobody is licensed until there is room again. What is shown here is still true. Whoever runs the server has to make room; it then goes on by itself.',
  'unstored.read_only':
    'The data folder of the server can only be read: nothing new is stored and nobody is licensed until it can be written to again. What is shown here is still true. Tell whoever runs the server; it then goes on by itself.',
  'unstored.fault':
    'The server cannot write to its data folder: nothing new is stored and nobody is licensed until it can. What is shown here is still true. Tell whoever runs the server; it then goes on by itself.',
  notFound: 'Page not found',
  mistyped: 'The address may be mistyped. Nobody is ever deleted: look for them under People.',
  toPeople: 'Go to People',
} as const;
