/** What only the server says around every page. */
export const frame = {
  skip: 'Skip to content',
  demo: 'This is a demo tenant: nothing here is real.',
  signOut: 'Sign out',
  session: 'Your session',
  sessionUnconfirmed:
    'Microsoft is not responding, so your role could not be confirmed. If this continues, your session ends <when></when>.',
  unstored: 'Nothing can be saved',
  'unstored.full':
    'The server’s disk is full: nothing new is saved and nobody is licensed until space is freed. What you see here is still correct. Ask the server administrator to free some space; work then resumes automatically.',
  'unstored.read_only':
    'The server’s data folder is read-only: nothing new is saved and nobody is licensed until it can be written to again. What you see here is still correct. Tell the server administrator; once it is fixed, work resumes automatically.',
  'unstored.fault':
    'The server cannot write to its data folder: nothing new is saved and nobody is licensed until it can. What you see here is still correct. Tell the server administrator; once it is fixed, work resumes automatically.',
  notFound: 'Page not found',
  nothingHere: 'There is nothing at this address.',
  mistyped: 'Check the address for typos. People are never deleted: look for them under People.',
  toPeople: 'Go to People',
} as const;
