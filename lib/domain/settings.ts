/** The settings: what each is called, what it may be, and its first value. */
import { z } from 'zod';
import { leadTimeSchema } from '#lib/domain/time/start-date.ts';

const country = z.string().regex(/^[A-Z]{2}$/, 'two capital letters, for example US');

/** When reports are sent: as soon as there is news, or gathered. */
export const REPORT_PACES = ['at_once', 'hourly', 'daily'] as const;

/** Mails have no reader with a preference. */
export const MAIL_LANGUAGES = ['en', 'de'] as const;
export type MailLanguage = (typeof MAIL_LANGUAGES)[number];

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'hours and minutes, for example 22:30');

/** When no cycle starts automatically, in the schedule's time zone. `to` before `from`: it lasts over midnight. */
export const maintenanceSchema = z.object({
  /** Days on which it starts: 0 is Sunday. */
  days: z.array(z.number().int().min(0).max(6)).min(1, 'choose at least one day'),
  from: timeOfDay,
  to: timeOfDay,
});
export type Maintenance = z.infer<typeof maintenanceSchema>;

export const settingsSchema = z.object({
  /** Cron expression of five fields, read in `timeZone`. */
  schedule: z.string().min(1),
  timeZone: z.string().min(1),
  /** While true no cycle starts automatically. */
  paused: z.boolean(),
  maintenance: maintenanceSchema.nullable(),
  /** The IDM's share. */
  dropFolder: z.string().min(1),
  /** The names of the columns, in order, for files without a header; empty: such files are refused. */
  columnOrder: z.array(z.string()),
  /** What the organisation calls known columns: `UserPrincipalName = Email`. */
  columnAliases: z.array(z.string()),
  /** Where two rows disagree about somebody without a licence, the newer one counts; else the person is held until somebody chooses. */
  newestRowWins: z.boolean(),
  /** People licensed in any 24 hours without approval; 0: no limit. */
  safetyLimit: z.number().int().min(0).max(1_000_000),
  defaultUsageLocation: country,
  /**
   * License synchronised accounts that have an address but no mailbox in Exchange Online: in hybrid organisations that is every
   * newcomer. False where some newcomers still get a mailbox on-premises.
   */
  licenseAccountsWithAddress: z.boolean(),
  /** How long before the start date somebody is licensed. */
  leadTime: leadTimeSchema,
  /** Disabled accounts wait until they are enabled. */
  waitUntilEnabled: z.boolean(),
  /** Days without an account before a person needs attention. */
  syncLimitDays: z.number().int().min(1).max(90),
  /** Hours a licensed mailbox may take before the person needs attention. */
  mailboxLimitHours: z.number().int().min(1).max(240),
  /** How often people who need attention are checked again. */
  attentionCheckHours: z.number().int().min(1).max(168),
  /** How long checks that changed nothing, dry runs and mails are kept. */
  retentionDays: z.number().int().min(7).max(3650),
  /** How long the history is kept; 0: for ever. Of what is removed a sealed summary stays. */
  historyYears: z.number().int().min(0).max(100),
  /** When a backup is made each day, in the schedule's time zone; empty: none is made. */
  backupTime: z.union([z.literal(''), timeOfDay]),
  /** So many of the daily backups are kept. */
  backupsKept: z.number().int().min(1).max(365),
  reportSender: z.string(),
  reportRecipients: z.array(z.string()),
  mailLanguage: z.enum(MAIL_LANGUAGES),
  reportPace: z.enum(REPORT_PACES),
  /** When the daily report is due, in the schedule's time zone; it goes with the next run that ends. */
  reportTime: timeOfDay,
  /** A session in which nothing is done for so long ends. */
  sessionIdleMinutes: z.number().int().min(5).max(720),
  /** After so long an operator signs in again in any case. */
  sessionMaxHours: z.number().int().min(1).max(24),
});

export type Settings = z.infer<typeof settingsSchema>;

/** The names of settings in sentences. */
export const SETTING_NAMES: Record<keyof Settings, string> = {
  schedule: 'schedule',
  timeZone: 'time zone',
  paused: 'pause of the schedule',
  maintenance: 'maintenance window',
  dropFolder: 'drop folder',
  columnOrder: 'column order of files without a header',
  columnAliases: 'names of columns',
  newestRowWins: 'rule for rows that disagree',
  safetyLimit: 'safety limit',
  defaultUsageLocation: 'default usage location',
  licenseAccountsWithAddress: 'licensing of accounts that have an address',
  leadTime: 'time between licence and start date',
  waitUntilEnabled: 'waiting until the account is enabled',
  syncLimitDays: 'waiting time for an account',
  mailboxLimitHours: 'waiting time for a mailbox',
  attentionCheckHours: 'pause between checks of people who need attention',
  retentionDays: 'retention',
  historyYears: 'retention of the history',
  backupTime: 'time of the daily backup',
  backupsKept: 'number of backups that are kept',
  reportSender: 'sender of reports',
  reportRecipients: 'recipients of reports',
  mailLanguage: 'language of mails',
  reportPace: 'pace of reports',
  reportTime: 'time of the daily report',
  sessionIdleMinutes: 'idle limit of sessions',
  sessionMaxHours: 'longest session',
};

export const SETTING_KEYS = settingsSchema.keyof().options;

/** What the environment says about settings. */
export interface SettingsEnvironment {
  tenantMode: 'demo' | 'entra';
  dropFolder: string;
  safetyLimit: number;
  mail: { sender: string | null; recipients: string[] };
}

/** The settings of an installation in which nobody has saved any. */
export function firstSettings(env: SettingsEnvironment): Settings {
  const isDemo = env.tenantMode === 'demo';
  return {
    schedule: isDemo ? '* * * * *' : '*/15 * * * *',
    timeZone: 'UTC',
    paused: false,
    maintenance: null,
    dropFolder: env.dropFolder,
    columnOrder: [],
    columnAliases: [],
    newestRowWins: false,
    safetyLimit: env.safetyLimit,
    defaultUsageLocation: 'US',
    licenseAccountsWithAddress: true,
    leadTime: 14,
    waitUntilEnabled: false,
    syncLimitDays: 7,
    mailboxLimitHours: 24,
    attentionCheckHours: 6,
    retentionDays: 400,
    historyYears: 0,
    backupTime: '02:30',
    backupsKept: 7,
    reportSender: env.mail.sender ?? '',
    reportRecipients: env.mail.recipients,
    mailLanguage: 'en',
    reportPace: 'at_once',
    reportTime: '07:00',
    sessionIdleMinutes: 60,
    sessionMaxHours: 10,
  };
}
