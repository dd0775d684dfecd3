import { expect } from '@playwright/test';
import { REASONS } from '#lib/domain/reasons/reasons.ts';
import {
  complaintsOf,
  type DemoApp,
  expectAccessible,
  expectNoSidewaysScroll,
  signIn,
  startDemo,
} from '#tests/support/app/browser.ts';
import { test } from '#tests/support/app/browser-test.ts';

let app: DemoApp;

test.beforeAll(async () => {
  app = await startDemo({}, 'no samples');
});

test.afterAll(async () => {
  await app.stop();
});

test('a page leads to its part of Help, which is accessible and needs no script', async ({ browser }) => {
  const page = await (await browser.newContext({ viewport: { width: 320, height: 720 } })).newPage();
  const complaints = complaintsOf(page);
  await signIn(page, app, 'Viewer');
  await page.goto(`${app.url}/approvals`);
  await page.getByRole('link', { name: 'Help with this page' }).click();
  await expect(page).toHaveURL(`${app.url}/help/helpdesk#approvals`);
  await expect(page.getByRole('heading', { name: 'Approvals', level: 2 })).toBeInViewport();
  await page.goto(`${app.url}/help/helpdesk#rows-that-stayed-out`);
  await expect(page.getByRole('heading', { name: 'Rows not imported', level: 2 })).toBeInViewport();
  for (const guide of ['', '/helpdesk', '/administrators', '/reasons', '?q=seat']) {
    await page.goto(`${app.url}/help${guide}`);
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
  }
  expect(complaints).toEqual([]);

  const bare = await browser.newContext({
    storageState: await page.context().storageState(),
    javaScriptEnabled: false,
  });
  const still = await bare.newPage();
  await still.goto(`${app.url}/help`);
  await still.getByRole('searchbox', { name: 'Search Help' }).fill(REASONS.no_seat.title);
  await still.getByRole('button', { name: 'Search' }).click();
  await still.getByRole('link', { name: REASONS.no_seat.title }).click();
  await expect(still).toHaveURL(`${app.url}/help/reasons#no_seat`);
  await expect(still.getByRole('heading', { name: REASONS.no_seat.title })).toBeInViewport();
});

test('a link leads on without loading everything anew, Back returns, and parts of a page, files and other tabs are left to the browser', async ({
  browser,
}) => {
  const page = await (await browser.newContext()).newPage();
  const complaints = complaintsOf(page);
  await signIn(page, app, 'Viewer');
  let loads = 0;
  page.on('load', () => {
    loads += 1;
  });
  await page.goto(`${app.url}/runs`);
  await page.getByRole('link', { name: 'Help', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Help' })).toBeVisible();
  await page
    .locator('main')
    .getByRole('link', { name: /Guide for the helpdesk|helpdesk/i })
    .first()
    .click();
  await expect(page).toHaveURL(/\/help\/helpdesk/);
  await page.getByRole('navigation', { name: 'On this page' }).getByRole('link', { name: 'Approvals' }).first().click();
  await expect(page.getByRole('heading', { name: 'Approvals', level: 2 })).toBeInViewport();
  await page.goBack();
  await page.goBack();
  await expect(page.getByRole('heading', { level: 1, name: 'Help' })).toBeVisible();
  await page.goBack();
  await expect(page.getByRole('heading', { level: 1, name: 'Runs' })).toBeVisible();
  expect(loads).toBe(1);

  const opened = page.context().waitForEvent('page');
  await page.getByRole('link', { name: 'History' }).click({ modifiers: ['ControlOrMeta'] });
  await expect(await opened).toHaveURL(/\/history/);
  await expect(page).toHaveURL(/\/runs/);
  await page.goto(`${app.url}/history`);
  const download = page.waitForEvent('download');
  await page.locator('main a[download]').first().click();
  expect((await download).suggestedFilename()).toMatch(/\.csv$/);
  expect(complaints).toEqual([]);
});
