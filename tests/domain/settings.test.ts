import { describe, expect, test } from 'vitest';
import {
  firstSettings,
  SETTING_KEYS,
  SETTING_NAMES,
  type Settings,
  type SettingsEnvironment,
  settingsSchema,
} from '#lib/domain/settings.ts';

const environment: SettingsEnvironment = {
  tenantMode: 'entra',
  dropFolder: '/srv/idm',
  safetyLimit: 50,
  mail: { sender: 'it@contoso.example', recipients: ['help@contoso.example'] },
};
const first = (change: Partial<SettingsEnvironment> = {}) => firstSettings({ ...environment, ...change });

describe('an installation in which nobody has saved any settings', () => {
  test('has some that could be saved, and those of the environment', () => {
    expect(settingsSchema.parse(first())).toEqual(first());
    expect(first()).toMatchObject({
      dropFolder: '/srv/idm',
      safetyLimit: 50,
      reportSender: 'it@contoso.example',
      reportRecipients: ['help@contoso.example'],
    });
    expect(first({ mail: { sender: null, recipients: [] } }).reportSender).toBe('');
  });

  test('runs by itself, in the demo every minute', () => {
    expect(first()).toMatchObject({ paused: false, maintenance: null, schedule: '*/15 * * * *' });
    expect(first({ tenantMode: 'demo' })).toMatchObject({ paused: false, schedule: '* * * * *' });
  });

  test('reads no file without a header, asks where rows disagree, and licenses in time, address or not', () => {
    expect(first()).toMatchObject({
      columnOrder: [],
      columnAliases: [],
      newestRowWins: false,
      licenseAccountsWithAddress: true,
      waitUntilEnabled: false,
    });
  });
});

test('every setting has a name for sentences', () => {
  expect(Object.keys(SETTING_NAMES)).toEqual(SETTING_KEYS);
});

describe('a setting is taken only as far as it can be kept', () => {
  const window = (change: object) => ({ days: [0, 6], from: '22:00', to: '04:30', ...change });
  const wholeNumbers = (least: number, most: number) => ({
    taken: [least, most, least + 1],
    refused: [least - 1, most + 1, least + 0.5, String(least), null],
  });
  const times = {
    taken: ['00:00', '09:59', '19:30', '23:59'],
    refused: ['24:00', '7:00', '07:60', '07:0', '107:00', '07:000', 'x7:00', '0x:00', '07:x0', '07:0x', '2x:00', ''],
  };
  const limits: { [Name in keyof Settings]?: { taken: unknown[]; refused: unknown[] } } = {
    schedule: { taken: ['0 7 * * *'], refused: ['', null] },
    timeZone: { taken: ['Europe/Berlin'], refused: ['', null] },
    dropFolder: { taken: ['/srv/idm'], refused: ['', null] },
    defaultUsageLocation: { taken: ['DE'], refused: ['de', 'D', 'DEU', 'D1', '', 'aDE', 'DEa'] },
    safetyLimit: wholeNumbers(0, 1_000_000),
    syncLimitDays: wholeNumbers(1, 90),
    mailboxLimitHours: wholeNumbers(1, 240),
    attentionCheckHours: wholeNumbers(1, 168),
    retentionDays: wholeNumbers(7, 3650),
    historyYears: wholeNumbers(0, 100),
    backupsKept: wholeNumbers(1, 365),
    sessionIdleMinutes: wholeNumbers(5, 720),
    sessionMaxHours: wholeNumbers(1, 24),
    leadTime: { taken: ['at_once', 0, 14, 365], refused: [-1, 366, 1.5, 'soon', null] },
    reportTime: times,
    backupTime: { taken: [...times.taken, ''], refused: times.refused.filter((time) => time !== '') },
    reportPace: { taken: ['at_once', 'hourly', 'daily'], refused: ['never'] },
    mailLanguage: { taken: ['en', 'de'], refused: ['fr'] },
    maintenance: {
      taken: [null, window({}), window({ days: [3] })],
      refused: [
        window({ days: [] }),
        window({ days: [7] }),
        window({ days: [-1] }),
        window({ days: [0.5] }),
        window({ from: '24:00' }),
        window({ to: undefined }),
        {},
      ],
    },
  };
  test.each(Object.entries(limits))('%s', (name, { taken, refused }) => {
    const verdicts = (values: unknown[]) =>
      values.filter((value) => settingsSchema.safeParse({ ...first(), [name]: value }).success);
    expect(verdicts(taken)).toEqual(taken);
    expect(verdicts(refused)).toEqual([]);
  });

  test('whoever writes a country, a time or no day wrongly is told what it has to be', () => {
    const told = (change: object) => settingsSchema.safeParse({ ...first(), ...change }).error?.message;
    expect(told({ defaultUsageLocation: 'de' })).toMatch(/capital letters/);
    expect(told({ reportTime: '7' })).toMatch(/hours and minutes/);
    expect(told({ maintenance: window({ days: [] }) })).toMatch(/at least one day/);
  });
});
