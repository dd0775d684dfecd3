import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, dayAt, dayStart, dayText } from '#lib/domain/time/days.ts';
import { licenceDue, type StartRules } from '#lib/domain/time/start-date.ts';

const HOUR = 3_600_000;
const rules = (change: Partial<StartRules> = {}): StartRules => ({
  leadTime: 14,
  timeZone: 'UTC',
  usualMailboxMs: 0,
  waitUntilEnabled: false,
  ...change,
});
const iso = (at: number | undefined) => (at === undefined ? null : new Date(at).toISOString());

test.each([
  ['14 days before, at the beginning of that day', '2026-12-15', 14, {}, '2026-12-01T00:00:00.000Z', '2026-12-01'],
  [
    "in the organisation's zone",
    '2026-12-15',
    14,
    { timeZone: 'Europe/Berlin' },
    '2026-11-30T23:00:00.000Z',
    '2026-12-01',
  ],
  [
    'across a change of clocks',
    '2026-04-05',
    14,
    { timeZone: 'Europe/Berlin' },
    '2026-03-21T23:00:00.000Z',
    '2026-03-22',
  ],
  ['on the day itself where the mailbox takes no time', '2026-12-15', 0, {}, '2026-12-15T00:00:00.000Z', '2026-12-15'],
  [
    'early enough for the mailbox',
    '2026-12-15',
    0,
    { usualMailboxMs: 3 * HOUR },
    '2026-12-14T21:00:00.000Z',
    '2026-12-14',
  ],
  [
    'no earlier for a mailbox that has days',
    '2026-12-15',
    14,
    { usualMailboxMs: 3 * HOUR },
    '2026-12-01T00:00:00.000Z',
    '2026-12-01',
  ],
] as const)('the licence is due %s', (_words, startDate, leadTime, change, at, day) => {
  const due = licenceDue(startDate, leadTime, rules(change));
  expect([iso(due?.at), due?.day]).toEqual([at, day]);
});

test('without a start date, or with "at once", the licence is due now', () => {
  expect(licenceDue(null, 14, rules())).toBeNull();
  expect(licenceDue('2099-01-01', 'at_once', rules())).toBeNull();
});

test('the licence is never due later than the usual time to the mailbox before the day, and never earlier than asked without need', () => {
  const day = fc.date({ min: new Date('2026-01-01'), max: new Date('2030-12-31'), noInvalidDate: true });
  fc.assert(
    fc.property(
      day.map((date) => date.toISOString().slice(0, 10)),
      fc.integer({ min: 0, max: 365 }),
      fc.integer({ min: 0, max: 48 * HOUR }),
      fc.constantFrom('UTC', 'Europe/Berlin', 'America/Los_Angeles', 'Asia/Kathmandu'),
      (startDate, leadTime, usualMailboxMs, timeZone) => {
        const due = licenceDue(startDate, leadTime, rules({ usualMailboxMs, timeZone }));
        const begins = dayStart(startDate, timeZone);
        const asked = dayStart(addDays(startDate, -leadTime), timeZone);
        expect(due?.at).toBeLessThanOrEqual(begins - usualMailboxMs);
        expect([asked, begins - usualMailboxMs]).toContain(due?.at);
        expect(due?.day).toBe(dayAt(due?.at ?? 0, timeZone));
      },
    ),
  );
});

test('days are read as people write them', () => {
  expect(dayText('2026-12-01')).toBe('1 December 2026');
  expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
  expect(addDays('2026-03-01', -1)).toBe('2026-02-28');
});
