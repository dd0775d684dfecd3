import { expect, test } from 'vitest';
import {
  carriedOver,
  changedNames,
  changeOf,
  problemsOf,
  toDraft,
  toSettings,
  valueText,
  withTheirs,
} from '#app/(console)/settings/settings-draft.ts';
import { firstSettings } from '#lib/domain/settings.ts';
import { readEnv } from '#lib/env.ts';
import { sayIn } from '#lib/words/dictionary.ts';

const say = sayIn('en', 'settingsForm');
const saved = { ...firstSettings(readEnv({})), reportRecipients: ['a@b.example', 'c@d.example'] };
const draft = toDraft(saved);
const numbers = (change: Partial<typeof draft.numbers>) => ({ ...draft, numbers: { ...draft.numbers, ...change } });

test('an untouched form changes nothing', () => {
  expect(toSettings(draft)).toEqual(saved);
  expect(changedNames(saved, draft)).toEqual([]);
});

test('what is sent is what was changed, with the value it started from', () => {
  const change = { ...numbers({ safetyLimit: '7' }), reportRecipients: ' a@b.example;\nx@y.example ' };
  expect(changeOf(saved, change)).toEqual({
    safetyLimit: 7,
    reportRecipients: ['a@b.example', 'x@y.example'],
    before: { safetyLimit: saved.safetyLimit, reportRecipients: saved.reportRecipients },
  });
});

test('an emptied number is no number, not 0, and stays empty in its box', () => {
  const emptied = numbers({ safetyLimit: '' });
  expect(toSettings(emptied).safetyLimit).toBeNaN();
  expect(carriedOver(saved, emptied, { ...saved, paused: true }).numbers.safetyLimit).toBe('');
});

test('a maintenance window that is turned on and off again is no change', () => {
  const on = { ...draft, maintenance: { ...draft.maintenance, isOn: true, days: [6, 5] } };
  expect(toSettings(on).maintenance).toMatchObject({ days: [5, 6] });
  expect(changedNames(saved, { ...on, maintenance: { ...on.maintenance, isOn: false } })).toEqual([]);
});

test('newer settings come in under what was changed; theirs can be taken one by one', () => {
  const mine = numbers({ safetyLimit: '7', syncLimitDays: '3' });
  const newer = { ...saved, syncLimitDays: 14, paused: true };
  const carried = carriedOver(saved, mine, newer);
  expect(toSettings(carried)).toEqual({ ...newer, safetyLimit: 7, syncLimitDays: 3 });
  expect(toSettings(withTheirs(newer, carried, 'syncLimitDays'))).toEqual({ ...newer, safetyLimit: 7 });
});

test('each problem is shown at its field, a line of a list by its number', () => {
  const told = problemsOf(
    say,
    'retentionDays: must be a whole number\nreportRecipients.1: must be a mail address\nmaintenance.days: choose at least one day',
  );
  expect(Object.fromEntries(told)).toEqual({
    retentionDays: 'Must be a whole number',
    reportRecipients: 'Line 2 must be a mail address',
    maintenance: 'Choose at least one day',
  });
  expect(problemsOf(say, 'The server did not answer.').get('')).toBe('The server did not answer.');
});

test.each([
  [null, 'none'],
  [true, 'on'],
  [[], 'none'],
  [['a@b.example', 'c@d.example'], 'a@b.example, c@d.example'],
  ['', 'empty'],
  [14, '14'],
  [{ days: [0, 6], from: '02:00', to: '04:00' }, 'Sun, Sat, 02:00 to 04:00'],
])('the value %j reads "%s"', (value, text) => {
  expect(valueText(say, value)).toBe(text);
});
