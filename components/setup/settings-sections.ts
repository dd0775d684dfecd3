/** The sections of Settings; each has its own address; what they are called is in the area `navigation`. */

import type { Settings } from '#lib/domain/settings.ts';

export const SECTIONS = [
  'schedule',
  'folder',
  'limits',
  'waiting',
  'retention',
  'reports',
  'sessions',
  'environment',
] as const;
export type Section = (typeof SECTIONS)[number];

/** Where each setting is. */
export const SECTION_OF: Readonly<Record<keyof Settings, Section>> = {
  schedule: 'schedule',
  timeZone: 'schedule',
  paused: 'schedule',
  maintenance: 'schedule',
  dropFolder: 'folder',
  columnOrder: 'folder',
  columnAliases: 'folder',
  newestRowWins: 'folder',
  safetyLimit: 'limits',
  defaultUsageLocation: 'limits',
  licenseAccountsWithAddress: 'limits',
  leadTime: 'limits',
  waitUntilEnabled: 'limits',
  syncLimitDays: 'waiting',
  mailboxLimitHours: 'waiting',
  attentionCheckHours: 'waiting',
  retentionDays: 'retention',
  historyYears: 'retention',
  backupTime: 'retention',
  backupsKept: 'retention',
  reportSender: 'reports',
  reportRecipients: 'reports',
  mailLanguage: 'reports',
  reportPace: 'reports',
  reportTime: 'reports',
  sessionIdleMinutes: 'sessions',
  sessionMaxHours: 'sessions',
};

export function sectionHref(section: Section): string {
  return section === 'schedule' ? '/settings' : `/settings?section=${section}`;
}
