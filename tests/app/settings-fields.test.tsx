import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { toDraft } from '#app/(console)/settings/settings-draft.ts';
import { Fields } from '#app/(console)/settings/settings-form.tsx';
import { SECTIONS } from '#components/setup/settings-sections.ts';
import { SETTING_KEYS, type Settings } from '#lib/domain/settings.ts';
import { readSettings } from '#lib/services/settings/settings.ts';
import { prepareWords } from '#lib/words/browser-script.ts';
import { openServicesDatabase, operator } from '#tests/support/services-world.ts';

openServicesDatabase();
prepareWords('en');
const detail = readSettings(operator('Admin'));

/** Of each setting another value than the first one. */
const OTHERS: Settings = {
  schedule: '30 2 * * *',
  timeZone: 'Europe/Berlin',
  paused: true,
  maintenance: { days: [6], from: '22:00', to: '23:00' },
  dropFolder: '/srv/other',
  columnOrder: ['CN', 'UserPrincipalName', 'EmployeeType'],
  columnAliases: ['CN = Whole name'],
  newestRowWins: true,
  safetyLimit: 7,
  defaultUsageLocation: 'FR',
  licenseAccountsWithAddress: false,
  leadTime: 'at_once',
  waitUntilEnabled: true,
  syncLimitDays: 3,
  mailboxLimitHours: 5,
  attentionCheckHours: 11,
  retentionDays: 99,
  historyYears: 3,
  backupTime: '04:45',
  backupsKept: 14,
  reportSender: 'sender@contoso.example',
  reportRecipients: ['helpdesk@contoso.example'],
  mailLanguage: 'de',
  reportPace: 'hourly',
  reportTime: '06:15',
  sessionIdleMinutes: 30,
  sessionMaxHours: 8,
};

/** The fields of every section, as the page shows these settings. */
function shown(settings: Settings): string[] {
  const form = { draft: toDraft(settings), set: () => {}, isLocked: false, problemAt: () => undefined };
  return SECTIONS.map((section) => renderToStaticMarkup(<Fields section={section} form={form} detail={detail} />));
}

test.each(SETTING_KEYS)('%s has a field in one section, which shows its value', (name) => {
  const before = shown(detail.settings);
  const after = shown({ ...detail.settings, [name]: OTHERS[name] });
  expect(SECTIONS.filter((_, index) => before[index] !== after[index])).toHaveLength(1);
});
