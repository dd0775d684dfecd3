/** The guide to reasons, which is written from the reasons themselves. */
export const reasonsGuide = {
  title: 'Reasons and what to do',
  intro:
    'Every person has a reason for their state. Here is each reason, with its cause, the fix and who can make it. The same reason is on the person’s page, in lists, exports and report mails.',
  state: 'State:',
  unchanged: 'as before; the person is checked again',
  whatToDo: 'What to do:',
  nothing: 'Nothing.',
  whoCan: 'Who can fix it:',
  code: 'Code in exports and logs:',
  'title.helpdesk': 'The helpdesk can fix it',
  'title.admin': 'An Admin of AutoProvision can fix it',
  'title.tenant_admin': 'A Microsoft 365 administrator can fix it',
  'title.directory_admin': 'The Active Directory team can fix it',
  'title.exchange_admin': 'The Exchange team can fix it',
  'title.nobody': 'Nothing to fix',
  'who.helpdesk': 'The helpdesk, here in AutoProvision.',
  'who.admin': 'An Admin of AutoProvision, under Mappings.',
  'who.tenant_admin': 'A Microsoft 365 administrator.',
  'who.directory_admin': 'The team that runs Active Directory, or the identity-management system that feeds it.',
  'who.exchange_admin': 'The Exchange team.',
  'who.nobody': 'Nobody: it continues automatically, or nothing is left to do.',
  stopped: 'Why a whole run stopped',
  stoppedIntro:
    'A run that cannot finish says why. Nobody is lost: the next run checks everyone this one did not reach.',
} as const;
