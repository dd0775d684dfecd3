import { expect, test } from 'vitest';
import {
  type CheckCode,
  type CheckResult,
  checkLines,
  checkResultSchema,
  countResults,
  inSetupOrder,
  SETUP_STEPS,
  stepOf,
  summaryText,
  worstStatus,
} from '#lib/domain/setup-checks.ts';

const result = (code: CheckCode, status: CheckResult['status'], fix: string | null = null): CheckResult => ({
  ...{ code, status, title: 'Check', message: 'Found.', fix, said: null },
});
const ok = result('sign_in', 'ok');
const warning = result('disk', 'warning');
const failed = result('drop_folder', 'failed');
const skipped = result('send_mail', 'skipped');

test.each<[CheckResult[], string, string]>([
  [[ok, skipped], 'All checks passed (1).', 'ok'],
  [[], 'All checks passed (0).', 'ok'],
  [[ok, warning, failed], '3 checks: 1 failed, 1 warning.', 'failed'],
  [[failed, failed, ok], '3 checks: 2 failed.', 'failed'],
  [[warning, ok, skipped], '2 checks: 1 warning.', 'warning'],
  [[warning, warning], '2 checks: 2 warnings.', 'warning'],
])('the summary counts what was tested; what was skipped is neither good nor bad (%#)', (results, summary, worst) => {
  expect([summaryText(results), worstStatus(results)]).toEqual([summary, worst]);
});

test('counted are those that failed, those that warn, and all that were made', () => {
  expect(countResults([ok, warning, warning, failed, skipped])).toEqual({ failed: 1, warnings: 2, made: 4 });
});

test('results stand in the order of the guided set-up, whatever the order in which they came', () => {
  const made = [result('mail_server', 'ok'), failed, warning, skipped, ok];
  const steps = inSetupOrder(made).map(({ code }) => SETUP_STEPS.indexOf(stepOf(code)));
  expect(steps).toEqual([0, 1, 2, 4, 5]);
  expect(inSetupOrder(made).map(({ code }) => code)).toEqual([
    'sign_in',
    'send_mail',
    'drop_folder',
    'disk',
    'mail_server',
  ]);
});

test('on a terminal each result has its status first, and what to do about it on a line of its own', () => {
  const lines = checkLines([ok, result('disk', 'warning', 'Free some space.'), failed, skipped]);
  expect(lines.map((line) => line.trim().split(/:? /)[0])).toEqual(['OK', 'WARNING', '→', 'FAILED', 'SKIPPED']);
  expect(lines[0]).toContain('Check. Found.');
  expect(lines[2]).toContain('Free some space.');
});

test('a stored result is read with all that it says, and refused with a code that nobody knows', () => {
  expect(checkResultSchema.parse(JSON.parse(JSON.stringify(failed)))).toEqual(failed);
  const { said, ...earlier } = warning;
  expect(checkResultSchema.parse(earlier)).toEqual(earlier);
  expect(checkResultSchema.safeParse({ ...ok, code: 'of_tomorrow' }).success).toBe(false);
});
