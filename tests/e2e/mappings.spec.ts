import { expect, type Page, test } from '@playwright/test';
import {
  complaintsOf,
  type DemoApp,
  expectAccessible,
  expectNoSidewaysScroll,
  firstCycleDone,
  pageAs,
  startDemo,
} from '#tests/support/browser.ts';

let app: DemoApp;

test.beforeAll(async ({ browser }) => {
  app = await startDemo();
  await firstCycleDone(await pageAs(browser, app, 'Viewer'), app);
});

test.afterAll(async () => {
  await app.stop();
});

async function chooseLicence(page: Page, name: string): Promise<void> {
  const option = page.getByRole('option', { name: new RegExp(name) }).first();
  await page
    .getByLabel('Product')
    .last()
    .selectOption({ label: (await option.textContent()) ?? '' });
}

test('a Viewer reads mappings and licences, and is told who may change them', async ({ browser }) => {
  const page = await pageAs(browser, app, 'Viewer');
  await page.goto(`${app.url}/mappings`);
  await expect(page.getByRole('row', { name: /^E .*Exchange Online \(Plan 1\) EXCHANGESTANDARD/ })).toBeVisible();
  const create = page.getByRole('button', { name: 'Create a mapping for 3 people' });
  await expect(create).toBeDisabled();
  await create.hover();
  await expect(page.getByRole('tooltip').filter({ visible: true })).toHaveText(
    'Needs the role Admin; you are signed in as Viewer.',
  );
  await page.goto(`${app.url}/mappings/edit?type=C`);
  await expect(page).toHaveURL(/no-access/);
});

test('an Operator sees what is bought, reserved and free, who waits, and how long the seats last', async ({
  browser,
}) => {
  const page = await pageAs(browser, app, 'Operator');
  await page.goto(`${app.url}/licences`);
  const kiosk = page.getByRole('region', { name: 'Exchange Online Kiosk' });
  await expect(kiosk.getByText(/Short by \d+ for what is queued|Enough for what is queued/)).toBeVisible();
  await expect(kiosk.getByRole('listitem').first()).toContainText('1.');
  await kiosk.getByRole('link', { name: 'N', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Versions for EmployeeType N' })).toBeVisible();
});

test('an Admin maps an unknown EmployeeType from its case, sees the impact first, and releases the people', async ({
  browser,
}) => {
  const page = await pageAs(browser, app, 'Admin');
  const complaints = complaintsOf(page);
  await page.getByRole('link', { name: 'Map C and release 3 people' }).click();
  await expect(page.getByLabel('EmployeeType')).toHaveValue('C');
  await chooseLicence(page, 'EXCHANGESTANDARD');
  await page.getByRole('button', { name: 'Add another licence' }).click();
  await chooseLicence(page, 'EXCHANGEDESKLESS');
  await page.getByRole('button', { name: 'Check the impact' }).click();
  const impact = page.getByRole('region', { name: 'Impact' });
  await expect(impact.getByText(/exclude each other/)).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Leave this licence out' }).last().click();
  await expect(impact).toBeHidden();
  await page.getByRole('button', { name: 'Check the impact' }).click();
  await expect(impact.getByText('3 waiting people change, 0 licensed people are touched')).toBeVisible();
  await page.getByRole('button', { name: 'Publish and release 3 people' }).click();
  await expect(page).toHaveURL(/\/people\?type=C/);
  await expect(page.getByText(/Mailbox opening|Provisioned/).nth(2)).toBeVisible({ timeout: 20_000 });
  expect(complaints).toEqual([]);
});

test('two Admins at once: the second is told, keeps what was typed, and brings an old version back', async ({
  browser,
}) => {
  const first = await pageAs(browser, app, 'Admin');
  const second = await pageAs(browser, app, 'Admin');
  for (const page of [first, second]) {
    await page.goto(`${app.url}/mappings/edit?type=N`);
    await page.getByLabel('Default usage location').fill(page === first ? 'DE' : 'FR');
    await page.getByRole('button', { name: 'Check the impact' }).click();
  }
  await first.getByRole('button', { name: /^Publish/ }).click();
  await expect(first).toHaveURL(/\/mappings$/);
  await second.getByRole('button', { name: /^Publish/ }).click();
  await expect(second.getByRole('alert').filter({ hasText: 'Demo Admin published version 2 meanwhile' })).toBeVisible();
  await expect(second.getByLabel('Default usage location')).toHaveValue('FR');
  await second.getByRole('link', { name: 'Compare the versions' }).click();
  await expect(second.getByText('+ Usage location DE')).toBeVisible();
  await expect(second.getByText('− Usage location US')).toBeVisible();
  await second.getByRole('link', { name: 'Bring this version back' }).click();
  await expect(second.getByLabel('Default usage location')).toHaveValue('US');
  await second.getByRole('button', { name: 'Check the impact' }).click();
  await second.getByRole('button', { name: /^Publish/ }).click();
  await expect(second.getByRole('row', { name: /^N .*US .*Version 3/ })).toBeVisible();
});

test('by keyboard alone a mapping is made', async ({ browser }) => {
  const page = await pageAs(browser, app, 'Admin');
  await page.goto(`${app.url}/mappings/edit`);
  await page.getByLabel('EmployeeType').focus();
  await page.keyboard.type('Intern');
  await page.keyboard.press('Tab');
  await expect(page.getByLabel('Product')).toBeFocused();
  await page.keyboard.type('Exchange Online (P');
  await page.getByLabel('Note').focus();
  await page.keyboard.type('Summer interns');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'Impact' })).toBeFocused();
  const publish = page.getByRole('button', { name: 'Publish', exact: true });
  for (
    let presses = 0;
    presses < 10 && !(await publish.evaluate((one) => one === document.activeElement));
    presses += 1
  )
    await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('row', { name: /^Intern .*Exchange Online \(Plan 1\)/ })).toBeVisible();
});

const ADDRESSES = ['/mappings', '/mappings/edit', '/mappings/edit?type=E', '/mappings/history?type=N', '/licences'];

for (const colorScheme of ['light', 'dark'] as const)
  test(`mappings and licences are accessible and fit 320 px, ${colorScheme}`, async ({ browser }) => {
    const page = await pageAs(browser, app, 'Admin', { colorScheme, viewport: { width: 320, height: 720 } });
    for (const address of [...ADDRESSES, '/mappings/history?type=nobody']) {
      await page.goto(`${app.url}${address}`);
      await expectAccessible(page);
      await expectNoSidewaysScroll(page);
    }
  });
