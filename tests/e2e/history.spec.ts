import { readFile } from 'node:fs/promises';
import { expect, type Locator, type Page } from '@playwright/test';
import {
  complaintsOf,
  type DemoApp,
  expectAccessible,
  expectAccessibleInBothThemes,
  expectNoSidewaysScroll,
  pageAs,
  startDemo,
} from '#tests/support/app/browser.ts';
import { test } from '#tests/support/app/browser-test.ts';

// The history is of what the tests before it did.
test.describe.configure({ mode: 'serial' });

let app: DemoApp;

/** As a page of the app would. */
const ours = () => ({ origin: app.url, 'sec-fetch-site': 'same-origin' });

async function heldByNow(page: Page): Promise<number> {
  await page.goto(`${app.url}/approvals`);
  const lead = await page.getByText(/people are held/).innerText({ timeout: 3000 });
  return Number(lead.split(' ')[0]);
}

test.beforeAll(async ({ browser }) => {
  app = await startDemo({ SAFETY_LIMIT: '8' });
  const page = await pageAs(browser, app, 'Admin');
  await expect(async () => expect(await heldByNow(page)).toBe(27)).toPass({ timeout: 150_000 });
  // From here on only what an operator does changes anything.
  await page.request.post(`${app.url}/api/settings`, { headers: ours(), data: { paused: true } });
  await page.context().close();
});

test.afterAll(async () => {
  await app.stop();
});

/** Presses Tab until `target` has the focus. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(async () => {
    await page.keyboard.press('Tab');
    await expect(target).toBeFocused({ timeout: 50 });
  }).toPass({ intervals: [0], timeout: 10_000 });
}

const approveAll = (page: Page) => page.getByRole('button', { name: /^Approve / }).first();

test.describe('approvals', () => {
  test('a Viewer sees what was held, why and for whom, and is told who can decide', async ({ browser }) => {
    const page = await pageAs(browser, app, 'Viewer');
    const complaints = complaintsOf(page);
    await page.goto(`${app.url}/approvals`);
    const group = page.getByRole('region', { name: 'Over the safety limit: 27 people' });
    await expect(group).toContainText('More than 8 people would be licensed within 24 hours, so approval is needed.');
    await expect(group).toContainText('12 × Exchange Online Kiosk, usage location US');
    await expect(group).toContainText('Exchange Online Kiosk: 12 seats needed, 12 free');
    await expect(group.getByRole('link', { name: 'stores.csv' })).toBeVisible();
    await expect(group.locator('tbody tr')).toHaveCount(27);
    await expect(page.getByRole('checkbox')).toHaveCount(0);
    await expect(approveAll(page)).toBeDisabled();
    await approveAll(page).hover();
    await expect(page.getByRole('tooltip').filter({ visible: true })).toContainText('This needs the role Operator');
    expect(complaints).toEqual([]);
  });

  for (const colorScheme of ['light', 'dark'] as const)
    test(`the page and its dialogs have no accessibility violation, ${colorScheme}`, async ({ browser }) => {
      const page = await pageAs(browser, app, 'Operator', { colorScheme });
      await page.goto(`${app.url}/approvals`);
      await page.locator('tbody').getByRole('checkbox').first().check();
      await expectAccessible(page);
      await expect(page.getByRole('button', { name: /^Approve/ })).toHaveText(['Approve']);
      await page.locator('tbody').getByRole('checkbox').first().uncheck();
      await approveAll(page).click();
      await expectAccessible(page);
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Reject all 27' }).click();
      await expectAccessible(page);
    });

  test('no sideways scroll on a narrow phone', async ({ browser }) => {
    const page = await pageAs(browser, app, 'Operator', { viewport: { width: 320, height: 700 } });
    await page.goto(`${app.url}/approvals`);
    await expectNoSidewaysScroll(page);
  });

  test('an Operator rejects some, with a reason, and approves the others; who was slower learns that they changed', async ({
    browser,
  }) => {
    const slower = await pageAs(browser, app, 'Admin');
    await slower.goto(`${app.url}/approvals`);
    await approveAll(slower).click();

    const page = await pageAs(browser, app, 'Operator');
    await page.goto(`${app.url}/approvals`);
    await page.getByRole('checkbox', { name: 'Select Moritz Mohn' }).check();
    await page.getByRole('checkbox', { name: 'Select Nele Nelke' }).check();
    await page.getByRole('button', { name: 'Reject 2' }).click();
    const dialog = page.getByRole('dialog', { name: 'Reject 2 people?' });
    await expect(dialog.getByRole('button', { name: 'Reject' })).toBeDisabled();
    await dialog.getByRole('textbox', { name: 'Why' }).fill('They start next year');
    await dialog.getByRole('button', { name: 'Reject' }).click();
    await expect(page.getByText('2 people rejected: they need attention now.')).toBeVisible();
    await slower.getByRole('dialog').getByRole('button', { name: 'Approve all 27' }).click();
    await expect(slower.getByText('it now has 25 people, you saw 27')).toBeVisible();
    await page.goto(`${app.url}/people?q=mohn`);
    await page.locator('tbody').getByRole('link').first().click();
    await expect(page.getByText('Demo Operator rejected this: They start next year').first()).toBeVisible();

    // An upload names one of those who are held: now this Operator has submitted the newest file.
    const csv = 'CN,UserPrincipalName,EmployeeType\nAva Acacia,ava.acacia@contoso.example,N\n';
    const headers = { ...ours(), 'content-type': 'text/csv' };
    await page.request.post(`${app.url}/api/files?name=mine.csv`, { headers, data: csv });
    await page.goto(`${app.url}/approvals`);
    await expect(page.getByText('You submitted, changed or mapped 1 of them')).toBeVisible();
    await page.getByRole('button', { name: 'Approve 24 of 25' }).click();
    const yes = page.getByRole('dialog', { name: 'Approve 24 of 25?' });
    await expect(yes).toContainText('1 person whom you submitted, changed or mapped stays held for a second person.');
    await yes.getByRole('textbox', { name: 'Why (optional)' }).fill('Agreed with the shops');
    await yes.getByRole('button', { name: 'Approve 24 of 25' }).click();
    await expect(page.getByRole('link', { name: 'See each of them' })).toHaveAttribute('href', /^\/history\/\d+$/);
    await expect(page.getByText(/24 people approved.* 1 skipped: You submitted the file of/)).toBeVisible();
    await expect(page.getByRole('button', { name: 'Approve 1 person' })).toBeDisabled();
    await expect(async () => {
      await page.goto(`${app.url}/people?q=lotus`);
      await expect(page.getByText(/Mailbox opening|Provisioned/).first()).toBeVisible({ timeout: 1000 });
    }).toPass({ timeout: 30_000 });
  });

  test('the second person releases the rest by keyboard alone, and then nobody waits', async ({ browser }) => {
    const page = await pageAs(browser, app, 'Admin');
    const complaints = complaintsOf(page);
    await page.goto(`${app.url}/approvals`);
    await tabTo(page, page.getByRole('button', { name: 'Approve 1 person' }));
    await page.keyboard.press('Enter');
    const yes = page.getByRole('dialog', { name: 'Approve 1 person?' });
    await tabTo(page, yes.getByRole('button', { name: 'Approve 1 person' }));
    await page.keyboard.press('Enter');
    await expect(page.getByText('1 person approved: they get their licence now.')).toBeVisible();
    await expect(page.getByText('Nobody is waiting for approval.')).toBeVisible();
    await expectAccessible(page);
    expect(complaints).toEqual([]);
  });
});

test.describe('history', () => {
  const entries = (page: Page) => page.getByRole('list', { name: 'What happened' }).locator('> li');

  test('a Viewer reads who decided what and why, and goes on to the person', async ({ browser }) => {
    const page = await pageAs(browser, app, 'Viewer');
    const complaints = complaintsOf(page);
    await page.goto(`${app.url}/history`);
    await page.getByRole('navigation', { name: 'What' }).getByRole('link', { name: 'Approvals' }).click();
    await expect(page).toHaveURL(/what=approvals/);
    await expect(entries(page)).toHaveCount(3);
    await expect(entries(page).nth(0)).toContainText('Demo Admin');
    await expect(entries(page).nth(1)).toContainText('Approved: 24 people');
    await expect(entries(page).nth(1)).toContainText('Why: Agreed with the shops');
    await expect(entries(page).nth(2)).toContainText('Demo Operator rejected this: They start next year');
    await entries(page).nth(2).getByRole('link', { name: 'Moritz Mohn' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Moritz Mohn');
    expect(complaints).toEqual([]);
  });

  test('a setting shows before and after, and the filters live in the address', async ({ browser }) => {
    const page = await pageAs(browser, app, 'Admin');
    await page.request.post(`${app.url}/api/settings`, {
      headers: ours(),
      data: { safetyLimit: 30, timeZone: 'America/New_York' },
    });
    await page.goto(`${app.url}/history`);
    await page.getByLabel('Who').selectOption({ label: 'Demo Admin' });
    await expect(page).toHaveURL(/who=demo%2Fadmin/);
    const changed = entries(page).filter({ hasText: 'Safety limit' });
    await expect(changed.getByRole('deletion')).toHaveText('before: 8');
    await expect(changed.getByRole('insertion')).toHaveText('after: 30');
    await expect(entries(page).filter({ hasText: 'Demo Operator' })).toHaveCount(0);
    await page.getByLabel('Who').selectOption('everyone');
    await page.getByRole('searchbox', { name: 'Person' }).fill('ava.acacia');
    await expect(page.getByText('1 person matches “ava.acacia”.')).toBeVisible();
    await expect(entries(page).filter({ hasText: 'AutoProvision' }).first()).toBeVisible();
    await page.getByLabel('From (America/New_York)').fill('2999-01-01');
    await expect(page.getByText('Nothing matches.')).toBeVisible();
    await expectAccessible(page);
    await page.reload();
    await expect(page.getByText('1 person matches “ava.acacia”.')).toBeVisible();
    await expect(page.getByText('Nothing matches.')).toBeVisible();
  });

  test('the export holds what is shown, as a file for a spreadsheet', async ({ browser }) => {
    const page = await pageAs(browser, app, 'Viewer');
    await page.goto(`${app.url}/history?what=approvals`);
    const saved = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Export as CSV' }).click();
    const download = await saved;
    expect(download.suggestedFilename()).toBe('history.csv');
    const lines = (await readFile(await download.path(), 'utf8')).trimEnd().split('\r\n');
    expect(lines[0]).toMatch(/^\uFEFFId,Time,Who/);
    expect(lines).toHaveLength(1 + 2 + 24 + 1);
    expect(lines.at(-1)).toContain('They start next year');
  });

  test('search by keyboard alone', async ({ browser }) => {
    const page = await pageAs(browser, app, 'Viewer');
    await page.goto(`${app.url}/history`);
    await tabTo(page, page.getByRole('searchbox', { name: 'Person' }));
    await page.keyboard.type('nelke');
    await expect(page.getByText('1 person matches “nelke”.')).toBeVisible();
    await tabTo(page, entries(page).getByRole('link', { name: 'Nele Nelke' }).first());
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Nele Nelke');
  });

  test('no accessibility violation in light and dark, and no sideways scroll', async ({ browser }) => {
    const page = await pageAs(browser, app, 'Viewer', { viewport: { width: 320, height: 700 } });
    for (const address of ['/history', '/history?who=everyone', '/history?what=settings']) {
      await page.goto(`${app.url}${address}`);
      await expect(entries(page).first()).toBeVisible();
      await expectAccessibleInBothThemes(page);
      await expectNoSidewaysScroll(page);
    }
  });
});
