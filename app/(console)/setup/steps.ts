/** The steps of the guided set-up in words; each has its own address. */
import type { SetupStep } from '#lib/services/settings/setup.ts';

export interface StepWords {
  step: SetupStep;
  word: string;
  /** What the step is about, and what it takes. */
  lead: string;
  /** Where its settings are changed. */
  places: { href: string; word: string }[];
}

export const STEPS: readonly StepWords[] = [
  {
    step: 'connect',
    word: 'Connect to Microsoft 365',
    lead: 'AutoProvision signs in to Microsoft Graph as an app of its own, without a person. Which app and with which secret or certificate is said by the environment of the server: AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET or AZURE_CLIENT_CERTIFICATE_PATH, or a managed identity.',
    places: [{ href: '/settings?section=environment', word: 'What the environment says' }],
  },
  {
    step: 'permissions',
    word: 'Permissions',
    lead: 'The app needs application permissions of Microsoft Graph, and an administrator must consent to them. The least set is User.ReadWrite.All, LicenseAssignment.Read.All, MailboxSettings.Read, and Mail.Send where reports go through Graph.',
    places: [],
  },
  {
    step: 'folder',
    word: 'Drop folder',
    lead: 'IDM drops its CSV files on a share. AutoProvision reads them there and moves them to Processed or Rejected, so it must be able to read, create, rename and delete.',
    places: [{ href: '/settings?section=folder', word: 'Change the drop folder' }],
  },
  {
    step: 'licences',
    word: 'Licences and mappings',
    lead: 'A mapping says which licence an EmployeeType gets. Each one is held against the licences that the tenant has bought and the seats that are free.',
    places: [
      { href: '/mappings', word: 'Change mappings' },
      { href: '/licences', word: 'See licences and seats' },
    ],
  },
  {
    step: 'schedule',
    word: 'Schedule and limits',
    lead: 'When cycles run by themselves, and how many people one may license before a human has said yes.',
    places: [
      { href: '/settings', word: 'Change the schedule' },
      { href: '/settings?section=limits', word: 'Change the limits' },
    ],
  },
  {
    step: 'reports',
    word: 'Reports',
    lead: 'After a run that has something to say, a mail goes to those who should know.',
    places: [{ href: '/settings?section=reports', word: 'Change sender and recipients' }],
  },
  {
    step: 'dry-run',
    word: 'Dry run',
    lead: 'A dry run looks at everybody through the same code as a cycle and says what it would do. It writes nothing, to Microsoft 365 or to anybody’s state.',
    places: [],
  },
];

export function stepHref(step: SetupStep): string {
  return step === 'connect' ? '/setup' : `/setup?step=${step}`;
}
