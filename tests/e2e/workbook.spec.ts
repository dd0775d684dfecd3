/** Excel workbooks, from the drop folder and the upload page to the mailbox; rows that disagree; and what is not read at all. */
import { mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from '@playwright/test';
import { HEADER, number, workbook } from '#tests/intake/xlsx/build.ts';
import { type AppProcess, freePort, startApp } from '#tests/support/app/app-process.ts';
import { complaintsOf, expectAccessible, expectNoSidewaysScroll, pageAs } from '#tests/support/app/browser.ts';
import { test } from '#tests/support/app/browser-test.ts';
import { startTenantProcess, type TenantProcess, temporaryFolder } from '#tests/support/processes.ts';
import { crowd, seedOf } from '#tests/support/seeds.ts';

const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const users = crowd(6);
const upnOf = (index: number) => users[index]?.userPrincipalName ?? '';

let tenant: TenantProcess;
let app: AppProcess;
let dropFolder: string;

test.beforeAll(async () => {
  tenant = await startTenantProcess(seedOf({ users }));
  const dataDir = temporaryFolder();
  dropFolder = path.join(dataDir, 'idm');
  mkdirSync(dropFolder);
  const port = String(await freePort());
  app = await startApp({ TENANT_MODE: 'demo', ...tenant.env, DATA_DIR: dataDir, PORT: port, FILE_SETTLE_MS: '0' });
});

test.afterAll(async () => {
  await app.stop();
  await tenant.stop();
});

test('a workbook dropped into the folder: its people are found by name and get their mailbox, and it is kept as it came', async ({
  browser,
}) => {
  const page = await pageAs(browser, app, 'Operator');
  const complaints = complaintsOf(page);
  const bytes = workbook({
    sheets: [
      { name: 'Read me', rows: [['Newcomers of March']] },
      {
        name: 'People',
        rows: [
          [...HEADER, 'StartDate'],
          ['Xenia Sheet', upnOf(0), 'E', number(46_083, 1)],
          ['Yann Sheet', upnOf(1), 'E', number(46_083, 1)],
        ],
      },
    ],
    formats: [14],
  });
  writeFileSync(path.join(dropFolder, 'march.xlsx'), bytes);
  await page.goto(`${app.url}/runs`);
  await page.getByRole('button', { name: 'Run now' }).click();
  await expect(async () => {
    await page.goto(`${app.url}/people?q=Xenia`);
    await expect(page.getByRole('link', { name: 'Xenia Sheet' })).toBeVisible({ timeout: 3000 });
  }).toPass({ timeout: 100_000 });
  await page.getByRole('link', { name: 'Xenia Sheet' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Xenia Sheet' })).toBeVisible();
  await expect(page.getByText('2 Mar 2026', { exact: true })).toBeVisible();
  await expect(page.getByText('Provisioned', { exact: true }).first()).toBeVisible({ timeout: 150_000 });
  await page.getByRole('link', { name: 'march.xlsx' }).first().click();
  await expect(page.getByText('Excel workbook')).toBeVisible();
  await expect(page.getByText('The sheet "People" was read.')).toBeVisible();
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Download original' }).click();
  const original = await download;
  expect(original.suggestedFilename()).toBe('march.xlsx');
  expect(readFileSync(await original.path()).equals(bytes)).toBe(true);
  const [moved = ''] = readdirSync(path.join(dropFolder, 'Processed')).filter((name) => name.endsWith('.xlsx'));
  expect(readFileSync(path.join(dropFolder, 'Processed', moved)).equals(bytes)).toBe(true);
  expect(complaints).toEqual([]);
});

test('a workbook uploaded in the browser: a cell is corrected, the people are imported, the template can be had', async ({
  browser,
}) => {
  const page = await pageAs(browser, app, 'Operator');
  const complaints = complaintsOf(page);
  await page.goto(`${app.url}/upload`);
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Excel template' }).click();
  expect((await download).suggestedFilename()).toBe('newcomers.xlsx');
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  const rows = [HEADER, ['Zoë Sheet', upnOf(2).replace('@', '@@'), 'E'], ['Ulf Sheet', upnOf(3), 'E']];
  const buffer = Buffer.from(workbook({ sheets: [{ name: 'People', rows }] }));
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Choose a file' }).click();
  await (await chooser).setFiles({ name: 'april.xlsx', mimeType: TYPE, buffer });
  await expect(page.getByRole('heading', { level: 1, name: 'april.xlsx' })).toBeVisible();
  await page.getByRole('button', { name: /@@.*: correct UserPrincipalName in line 2/ }).click();
  await page.getByRole('textbox', { name: 'Correct UserPrincipalName in line 2' }).fill(upnOf(2));
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: /^Import 2 people/ }).click();
  await expect(page).toHaveURL(/\/files\//);
  await expect(page.getByText('Zoë Sheet').first()).toBeVisible();
  expect(complaints).toEqual([]);
});

test('two rows that disagree: the person is held, and is licensed by the row that an Operator chooses', async ({
  browser,
}) => {
  const page = await pageAs(browser, app, 'Operator');
  const complaints = complaintsOf(page);
  const row = (type: string) => `Vera Twice,${upnOf(4)},${type}\n`;
  writeFileSync(path.join(dropFolder, 'twice.csv'), `${HEADER}\n${row('E')}${row('N')}`);
  await page.goto(`${app.url}/runs`);
  await page.getByRole('button', { name: 'Run now' }).click();
  await expect(async () => {
    await page.goto(`${app.url}/people?q=Vera`);
    await page.getByRole('link', { name: 'Vera Twice' }).click({ timeout: 3000 });
    await expect(page.getByRole('heading', { name: 'Rows that disagree' })).toBeVisible({ timeout: 3000 });
  }).toPass({ timeout: 60_000 });
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await page.getByRole('button', { name: 'Choose this row: line 3 of twice.csv' }).click();
  await expect(page.getByRole('heading', { name: 'Rows that disagree' })).toBeHidden();
  await expect(page.getByText('Demo Operator chose twice.csv, line 3.').first()).toBeVisible();
  expect(complaints).toEqual([]);
});

test('what is not read is named on Overview once it has lain there for an hour', async ({ browser }) => {
  const page = await pageAs(browser, app, 'Viewer');
  const file = path.join(dropFolder, 'people.csv.txt');
  writeFileSync(file, `${HEADER}\n`);
  const hourAgo = Date.now() / 1000 - 3700;
  utimesSync(file, hourAgo, hourAgo);
  const operator = await pageAs(browser, app, 'Operator');
  await operator.goto(`${app.url}/runs`);
  await operator.getByRole('button', { name: 'Run now' }).click();
  await expect(async () => {
    await page.goto(app.url);
    await expect(page.getByText('"people.csv.txt" (rename it to .csv if it holds people)')).toBeVisible({
      timeout: 1000,
    });
  }).toPass({ timeout: 60_000 });
});
