/** What stands outside the console: signing in, no role, no such address, a failure. */
export const signIn = {
  title: 'Sign in',
  demo: 'This is a demo tenant: nothing here is real. Choose a role; there is no password.',
  account: 'Use the account you work with in Microsoft 365.',
  withMicrosoft: 'Sign in with Microsoft',
  demoRole: 'Demo {role}',
  mayViewer: 'sees everything, changes nothing',
  mayOperator: 'retries, approves, dismisses, uploads, starts runs',
  mayAdmin: 'also changes the settings',
  signingIn: 'Signing in…',
  failed: 'The sign-in did not work. Please try again.',
  failedAgain: 'The sign-in did not work. Please try again; if it fails again, tell the server administrator.',
  otherOrganisation: 'This account does not belong to the organisation that runs AutoProvision. Choose another one.',
  tooWeak:
    'This sign-in is not strong enough: the organisation asks for a stronger one here, for example with a second factor. Sign in again; if it fails again, tell the server administrator.',
  again: 'Please sign in again.',
  noAccess: 'No access',
  noAccessHere: 'You do not have access to this page',
  needsRole:
    'It needs the role {needed}; you are signed in as {name} with the role {role}. Your Microsoft 365 administrator can give you another role.',
  otherRole:
    'You are signed in as {name} with the role {role}. Your Microsoft 365 administrator can give you another role.',
  noRole: 'You have no role here yet',
  noRoleYet: 'You are signed in as {name}, but nobody has given you a role in AutoProvision.',
  askForRole:
    'Ask your Microsoft 365 administrator for one of the app roles {others} or {last}: Entra admin centre, Enterprise applications, AutoProvision, Users and groups. Then sign in again.',
  notFound: 'Page not found',
  addressIsWrong:
    'Check the address for typos; the page may also have been removed. People are never deleted: look for them under People.',
  toOverview: 'Go to the overview',
} as const;
