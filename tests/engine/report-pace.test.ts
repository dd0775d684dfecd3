import { expect, test } from 'vitest';
import { reportIsDue } from '#lib/engine/report-pace.ts';

const at = (time: string) => Date.parse(`2026-11-02T${time}Z`);
const settings = { reportTime: '07:00', timeZone: 'Europe/Berlin' };

test.each([
  { reportPace: 'at_once', sent: [], now: '10:00', isDue: true },
  { reportPace: 'at_once', sent: ['10:00', '10:05'], now: '10:06', isDue: true },
  { reportPace: 'at_once', sent: ['10:00', '10:05', '10:06'], now: '10:29', isDue: false },
  { reportPace: 'at_once', sent: ['10:00', '10:05', '10:06'], now: '10:31', isDue: true },
  { reportPace: 'hourly', sent: [], now: '10:00', isDue: true },
  { reportPace: 'hourly', sent: ['10:00'], now: '10:59', isDue: false },
  { reportPace: 'hourly', sent: ['10:00'], now: '11:00', isDue: true },
  { reportPace: 'daily', sent: ['05:00'], now: '05:59', isDue: false },
  { reportPace: 'daily', sent: ['05:00'], now: '06:00', isDue: true },
  { reportPace: 'daily', sent: ['06:01'], now: '23:00', isDue: false },
] as const)('$reportPace, sent $sent: at $now due: $isDue', ({ reportPace, sent, now, isDue }) => {
  expect(
    reportIsDue(
      { ...settings, reportPace },
      sent.map((time) => at(`${time}:00`)),
      at(`${now}:00`),
    ),
  ).toBe(isDue);
});
