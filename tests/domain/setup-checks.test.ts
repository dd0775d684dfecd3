import { expect, test } from 'vitest';
import { type CheckCode, type CheckResult, summaryText, worstStatus } from '#lib/domain/setup-checks.ts';

const result = (code: CheckCode, status: CheckResult['status']): CheckResult => ({
  ...{ code, status, title: 'Check', message: 'Found.', fix: null, said: null },
});

test('the summary counts what was tested; what was skipped is neither good nor bad', () => {
  const ok = result('sign_in', 'ok');
  const warning = result('disk', 'warning');
  const failed = result('drop_folder', 'failed');
  const skipped = result('send_mail', 'skipped');
  expect([summaryText([ok, skipped]), worstStatus([ok, skipped])]).toEqual(['All checks passed (1).', 'ok']);
  expect([summaryText([ok, warning, failed]), worstStatus([ok, warning, failed])]).toEqual([
    '3 checks: 1 failed, 1 warning.',
    'failed',
  ]);
});
