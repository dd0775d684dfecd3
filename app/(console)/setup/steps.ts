/** The steps of the guided set-up in words; each has its own address. */
import type { SetupStep } from '#lib/services/settings/setup.ts';

export interface StepLabels {
  step: SetupStep;
  label: string;
  /** What the step is about, and what it takes. */
  lead: string;
  /** Where its settings are changed. */
  places: { href: string; label: string }[];
}

export const STEPS: readonly StepLabels[] = [
  {
    step: 'connect',
    label: 'Connect to Microsoft 365',
    lead: 'AutoProvision signs in to Microsoft Graph as an app of its own, without a person. The environment of the server says which app, and with which secret or certificate: AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET or AZURE_CLIENT_CERTIFICATE_PATH, or a managed identity.',
    places: [{ href: '/settings?section=environment', label: 'What the environment says' }],
  },
  {
    step: 'permissions',
    label: 'Permissions',
    lead: 'The app needs application permissions of Microsoft Graph, and an administrator must consent to them. The least set is User.ReadWrite.All, LicenseAssignment.Read.All, MailboxSettings.Read, and Mail.Send where reports go through Graph.',
    places: [],
  },
  {
    step: 'folder',
    label: 'Drop folder',
    lead: 'IDM drops its CSV files on a share. AutoProvision reads them there and moves them to Processed or Rejected, so it must be able to read, create, rename and delete.',
    places: [{ href: '/settings?section=folder', label: 'Change the drop folder' }],
  },
  {
    step: 'licences',
    label: 'Licences and mappings',
    lead: 'A mapping says which licence an EmployeeType gets. Each one is compared with the licences that the tenant has bought and the seats that are free.',
    places: [
      { href: '/mappings', label: 'Change mappings' },
      { href: '/licences', label: 'See licences and seats' },
    ],
  },
  {
    step: 'schedule',
    label: 'Schedule and limits',
    lead: 'When cycles run by themselves, and how many people one may license without approval.',
    places: [
      { href: '/settings', label: 'Change the schedule' },
      { href: '/settings?section=limits', label: 'Change the limits' },
    ],
  },
  {
    step: 'reports',
    label: 'Reports',
    lead: 'After a run that has something to report, a mail goes to the recipients.',
    places: [{ href: '/settings?section=reports', label: 'Change sender and recipients' }],
  },
  {
    step: 'dry-run',
    label: 'Dry run',
    lead: 'A dry run checks everybody with the same code as a cycle and says what it would do. It changes nothing, neither in Microsoft 365 nor in anybody’s state.',
    places: [],
  },
];

export function stepHref(step: SetupStep): string {
  return step === 'connect' ? '/setup' : `/setup?step=${step}`;
}
