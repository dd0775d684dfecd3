/** People who start later: they wait, the seats they will need are foreseen, and somebody may license them now. */
import { expect } from '@playwright/test';
import { complaintsOf, type DemoApp, expectAccessible, pageAs, startDemo } from '#tests/support/app/browser.ts';
import { test } from '#tests/support/app/browser-test.ts';

let app: DemoApp;

test.beforeAll(async () => {
  app = await startDemo();
});
test.afterAll(async () => {
  await app.stop();
});

test('who starts in months waits in blue until an Operator says “License now”, and is licensed at once', async ({
  browser,
}) => {
  const page = await pageAs(browser, app, 'Operator');
  const complaints = complaintsOf(page);
  await expect(async () => {
    await page.goto(`${app.url}/people?state=awaiting_start`);
    await expect(page.getByRole('link', { name: 'Vera Vetch' })).toBeVisible({ timeout: 1000 });
  }).toPass({ timeout: 100_000 });
  await expectAccessible(page);
  await page.getByRole('link', { name: 'Vera Vetch' }).click();
  await expect(
    page.getByRole('heading', { level: 2, name: /^The first day at work is .* 20\d\d\. The licence is/ }),
  ).toBeVisible();
  await page.getByRole('button', { name: 'License now' }).click();
  await expect(page.getByText(/1 person licensed now/)).toBeVisible();
  await expect(
    page.getByRole('heading', { level: 2, name: /(is|are) assigned and verified|Licensed by AutoProvision/ }),
  ).toBeVisible({
    timeout: 60_000,
  });
  await expect(page.getByText('Demo Operator asked to license now.').first()).toBeVisible();
  expect(complaints).toEqual([]);
});

test('a Viewer reads who waits for the start, and may not license', async ({ browser }) => {
  const page = await pageAs(browser, app, 'Viewer');
  await page.goto(`${app.url}/people?state=awaiting_start`);
  await page.getByRole('link', { name: 'Willow Wisteria' }).click();
  await expect(page.getByRole('button', { name: 'License now' })).toBeDisabled();
});

test('the guided set-up asks about mailboxes on-premises and saves the answer', async ({ browser }) => {
  const page = await pageAs(browser, app, 'Admin');
  await page.goto(`${app.url}/setup?step=licences`);
  const question = page.getByRole('group', { name: 'Do some newcomers still get a mailbox on-premises?' });
  await expect(question.getByRole('radio', { name: /^No/ })).toBeChecked();
  await question.getByRole('radio', { name: /^Yes/ }).check();
  await expect(page.getByText('Saved.')).toBeVisible();
  await expectAccessible(page);
  await page.goto(`${app.url}/settings?section=limits`);
  await expect(page.getByRole('switch', { name: /^Some newcomers still get a mailbox on-premises/ })).toBeChecked();
});

test('“License anyway” decides about an account with an address, and an Admin may have it remembered', async ({
  browser,
}) => {
  const page = await pageAs(browser, app, 'Admin');
  // The answer of the set-up counts from the next cycle on.
  await expect(async () => {
    await page.goto(`${app.url}/people?reason=mailbox_maybe_on_premises`);
    await expect(page.getByRole('link', { name: 'Willow Wisteria' })).toBeVisible({ timeout: 1000 });
  }).toPass({ timeout: 100_000 });
  await page.getByRole('link', { name: 'Willow Wisteria' }).click();
  await page.getByRole('button', { name: 'License anyway' }).click();
  const dialog = page.getByRole('dialog', { name: 'License Willow Wisteria anyway?' });
  await dialog.getByRole('checkbox', { name: /^Remember this in the mapping/ }).check();
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'License anyway' }).click();
  await expect(page.getByRole('heading', { level: 2, name: /^The first day at work is/ })).toBeVisible({
    timeout: 30_000,
  });
  await page.goto(`${app.url}/mappings/history?type=E`);
  await expect(page.getByText(/License anyway, remembered for everyone/).first()).toBeVisible();
  const german = await pageAs(browser, app, 'Viewer', { locale: 'de-DE' });
  await german.goto(`${app.url}/mappings/history?type=E`);
  await expect(german.getByText(/„Trotzdem lizenzieren“, für alle mit diesem EmployeeType gemerkt/)).toBeVisible();
});

test('planned newcomers show which seats will be short, by when to buy them, and can be removed again', async ({
  browser,
}) => {
  const page = await pageAs(browser, app, 'Operator');
  const complaints = complaintsOf(page);
  await page.goto(`${app.url}/licences`);
  const panel = page.getByRole('region', { name: 'Upcoming starts and seats' });
  await expect(panel.getByRole('table')).toBeVisible();
  const day = new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10);
  await panel.getByLabel('Newcomers').fill('500');
  await panel.getByLabel('EmployeeType').selectOption('E');
  await panel.getByLabel('First day').fill(day);
  await panel.getByRole('button', { name: 'Plan', exact: true }).click();
  await expect(panel.getByText('Planned.')).toBeVisible();
  await expect(panel.getByText(/^Buy \d+ × Exchange Online \(Plan 1\) by \w{3} \d+ \w{3}$/).first()).toBeVisible();
  await expect(panel.getByText(/have no mailbox on the first day/).first()).toBeVisible();
  await expect(panel.getByRole('row', { name: /500 in no file yet/ })).toBeVisible();
  await expectAccessible(page);
  await page.goto(app.url);
  const summary = page.getByRole('region', { name: 'Upcoming starts and seats' });
  await expect(summary.getByText(/Exchange Online \(Plan 1\) by/).first()).toBeVisible();
  await page.goto(`${app.url}/licences`);
  await panel.getByRole('button', { name: /^Remove 500 newcomers of type E/ }).click();
  await expect(panel.getByText('Removed.')).toBeVisible();
  await expect(panel.getByText(/in no file yet/).filter({ hasText: '500' })).toHaveCount(0);
  await page.goto(`${app.url}/history`);
  await expect(page.getByText(/Demo Operator planned 500 of EmployeeType E for/).first()).toBeVisible();
  expect(complaints).toEqual([]);
});
