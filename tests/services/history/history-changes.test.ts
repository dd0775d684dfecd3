import { describe, expect, test } from 'vitest';
import { changesOf, nameInWords, valueText } from '#lib/services/history/history-changes.ts';
import { HISTORY_GROUPS, isInGroup, kindText } from '#lib/services/history/history-labels.ts';
import { sayIn } from '#lib/words/dictionary.ts';

const mapping = (skuPartNumber: string, usageLocation: string | null) => ({
  licences: [{ skuPartNumber, disabledPlans: [] }],
  usageLocation,
});

describe('before and after', () => {
  test.each([
    {
      what: 'a setting',
      data: { name: 'safetyLimit', before: 50, after: 7 },
      changes: [['Safety limit', '50', '7']],
    },
    {
      what: 'a setting that was switched on, and one that was emptied',
      data: { name: 'paused', before: false, after: true },
      changes: [['Paused', 'no', 'yes']],
    },
    {
      what: 'a list',
      data: { name: 'reportRecipients', before: [], after: ['a@x.example', 'b@x.example'] },
      changes: [['Report recipients', 'nothing', 'a@x.example, b@x.example']],
    },
    {
      what: 'a setting that is an object',
      data: { name: 'maintenance', before: null, after: { days: [1, 2], from: '22:00', to: '23:00' } },
      changes: [['Maintenance', 'nothing', 'days 1, 2, from 22:00, to 23:00']],
    },
    {
      what: 'a mapping: only what differs',
      data: { before: mapping('EXCHANGESTANDARD', 'US'), after: mapping('EXCHANGEDESKLESS', 'US') },
      changes: [['Licences', 'Exchange Online (Plan 1)', 'Exchange Online Kiosk']],
    },
    {
      what: 'a first mapping',
      data: { before: null, after: mapping('EXCHANGESTANDARD', 'DE') },
      changes: [
        ['Licences', 'nothing', 'Exchange Online (Plan 1)'],
        ['Usage location', 'nothing', 'DE'],
      ],
    },
    {
      what: 'a person changed by a file',
      data: { changes: [{ column: 'EmployeeType', before: 'E', after: 'N' }] },
      changes: [['EmployeeType', 'E', 'N']],
    },
    {
      what: 'a row that stayed out, corrected',
      data: { fileId: 'f', line: 7, changes: [{ column: 'CN', before: 'Ad', after: 'Ada' }] },
      changes: [['CN', 'Ad', 'Ada']],
    },
    {
      what: 'a cell of an upload that was corrected once more',
      data: { draftId: 'd', line: 7, at: 2, before: 'X9', after: 'E' },
      changes: [['Line 7', 'X9', 'E']],
    },
    {
      what: 'cells of an upload that were corrected in the same way',
      data: { draftId: 'd', corrected: [7, 9].map((line) => ({ line, at: 2, to: 'E' })) },
      changes: [
        ['Line 7', 'as in the file', 'E'],
        ['Line 9', 'as in the file', 'E'],
      ],
    },
    {
      what: 'what was written to an account',
      data: { written: [{ what: 'usage_location', from: null, to: 'US', why: 'because' }] },
      changes: [['Usage location', 'nothing', 'US']],
    },
  ])('of $what', ({ data, changes }) => {
    expect(changesOf(data).map(({ what, before, after }) => [what, before, after])).toEqual(changes);
  });

  test.each([null, 'text', 3, [], {}, { fileId: 'f' }, { changes: 'none' }, { changes: [3, null, {}] }])(
    'data of another shape (%j) has none',
    (data) => {
      expect(changesOf(data)).toEqual([]);
    },
  );
});

test('a licence with service plans turned off says so', () => {
  expect(valueText({ skuPartNumber: 'SPE_E3', disabledPlans: ['a', 'b'] })).toBe('Microsoft 365 E3 without a and b');
});

test('names of fields and kinds that nobody knows yet are spelt out', () => {
  expect([nameInWords('syncLimitDays'), nameInWords('UsageLocation')]).toEqual(['Sync limit days', 'UsageLocation']);
  expect(kindText(sayIn('en', 'eventKinds'), 'robot.turned_off')).toBe('Robot turned off');
  expect(HISTORY_GROUPS.some((group) => isInGroup(group, 'robot.turned_off'))).toBe(false);
});
