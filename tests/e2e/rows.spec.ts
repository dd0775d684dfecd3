import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, type Page } from '@playwright/test';
import {
  complaintsOf,
  type DemoApp,
  expectAccessible,
  expectNoSidewaysScroll,
  pageAs,
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

/** Puts a file where the IDM puts its own, and has it imported. */
async function drop(page: Page, name: string, lines: readonly string[]): Promise<void> {
  writeFileSync(path.join(app.dataDir, 'idm', name), `${lines.join('\r\n')}\r\n`);
  await page.goto(app.url);
  await page.getByRole('button', { name: 'Run now' }).click();
}

const HEADER = 'CN,UserPrincipalName,EmployeeType';
const caseOf = (page: Page, words: string) => page.getByRole('listitem').filter({ hasText: words });

test('a row that stayed out is seen on the overview, found by name, corrected, and its mailbox opens', async ({
  browser,
}) => {
  const page = await pageAs(browser, app, 'Operator');
  const complaints = complaintsOf(page);
  await drop(page, 'night.csv', [
    HEADER,
    'Silas Sorrel,silas.sorrel@@contoso.example,E',
    'Alma Alder,alma.alder@contoso.example,E',
  ]);
  await expect(caseOf(page, 'A row of night.csv not imported')).toContainText('Silas Sorrel (line 2)', {
    timeout: 60_000,
  });
  await expectAccessible(page);

  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').fill('silas sor');
  await expect(page.getByRole('option', { name: /Silas Sorrel/ })).toContainText('night.csv, line 2');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Silas Sorrel' })).toBeVisible();
  await expect(page.locator('#menu [aria-current]')).toHaveText('People');
  await expectAccessible(page);

  const address = page.getByLabel('UserPrincipalName');
  await expect(address).toHaveValue('silas.sorrel@@contoso.example');
  await address.fill('silas sorrel@contoso.example');
  await page.getByRole('button', { name: 'Correct and import' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'UserPrincipalName' }).first()).toBeVisible();
  await address.fill('silas.sorrel@contoso.example');
  await page.getByRole('button', { name: 'Correct and import' }).click();
  await page.getByRole('link', { name: 'Silas Sorrel', exact: true }).click();
  await expect(page).toHaveURL(/\/people\/\d+/);
  await expect(page.getByText('Provisioned', { exact: true }).first()).toBeVisible({ timeout: 150_000 });
  await expect(page.getByText('silas.sorrel@@contoso.example').first()).toBeVisible();

  await page.goto(`${app.url}/files`);
  await page.getByRole('link', { name: 'night.csv' }).click();
  await expect(page.getByText(/^2 rows=.*\+ 1 corrected$/)).toBeVisible();
  await page.goto(`${app.url}/history`);
  await expect(page.getByText('Demo Operator corrected line 2 of night.csv').first()).toBeVisible();
  await page.goto(app.url);
  await expect(page.getByText('of night.csv not imported')).toHaveCount(0);
  // The refused correction is a 400 by design.
  expect(complaints.filter((words) => !words.includes('/api/rows/correct'))).toEqual([]);
});

test('alike mistakes are corrected together; what nobody needs is closed with a reason, and can be reopened', async ({
  browser,
}) => {
  const page = await pageAs(browser, app, 'Operator');
  await drop(page, 'alike.csv', [
    HEADER,
    'Jürgen One,jürgen.one@contoso.example,E',
    'Jürgen Two,jürgen.two@contoso.example,E',
    'Jürgen Three,jürgen.three@contoso.example,E',
    'Test,test,E',
  ]);
  await expect(caseOf(page, 'Rows of alike.csv not imported')).toContainText('… and 1 more.', { timeout: 60_000 });
  await caseOf(page, 'Rows of alike.csv not imported').getByText('Rows of alike.csv not imported').click();
  await page.getByRole('link', { name: 'Jürgen One' }).click();
  await page.getByRole('button', { name: 'Correct all 3 rows like this' }).first().click();
  await expect(page.getByRole('link', { name: 'Jürgen One', exact: true })).toHaveAttribute('href', /\/people\/\d+/);
  await page.getByRole('link', { name: 'Next row of this file' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Test' })).toBeVisible();
  await page.getByRole('button', { name: 'Close this row' }).click();
  await page.getByRole('textbox', { name: 'Why' }).fill('a test row of the IDM');
  await page.getByRole('button', { name: 'Close', exact: true }).click();
  await expect(page.getByText('a test row of the IDM')).toBeVisible();
  await page.getByRole('button', { name: 'Reopen' }).click();
  await expect(page.getByRole('button', { name: 'Close this row' })).toBeVisible();

  await page.getByRole('link', { name: 'alike.csv' }).first().click();
  await expect(page.getByText(/^4 rows=.*1 not imported\+ 3 corrected$/)).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Open these rows as an upload' }).click();
  await expect(page).toHaveURL(/\/upload\//);
  await expect(page.getByText('Cannot be imported').first()).toBeVisible();
});

test('a file that could not be read is closed with a reason; a Viewer sees all of it and is told who may', async ({
  browser,
}) => {
  const page = await pageAs(browser, app, 'Operator');
  await drop(page, 'broken.csv', ['Who,Kind', 'somebody,E']);
  await expect(caseOf(page, 'The file broken.csv was refused')).toBeVisible({ timeout: 60_000 });

  const viewer = await pageAs(browser, app, 'Viewer', { viewport: { width: 390, height: 800 } });
  await viewer.goto(`${app.url}/people`);
  await viewer.getByRole('link', { name: /Rows not imported/ }).click();
  await expectNoSidewaysScroll(viewer);
  // Beside a long sentence a name is not squeezed to a few letters.
  const names = viewer.locator('tbody td:first-child > span');
  await expect(names.first()).toBeVisible();
  const widths = await names.evaluateAll((all) => all.map(({ clientWidth }) => clientWidth));
  expect(Math.min(...widths)).toBeGreaterThanOrEqual(128);
  await viewer.getByRole('link', { name: 'broken.csv' }).first().click();
  const button = viewer.getByRole('button', { name: 'Close this file' });
  await expect(button).toBeDisabled();
  await button.hover();
  await expect(
    viewer.getByText('This needs the role Operator; you have Viewer.').filter({ visible: true }),
  ).toBeVisible();
  await expectNoSidewaysScroll(viewer);

  await caseOf(page, 'The file broken.csv was refused').getByRole('link', { name: 'Decide' }).click();
  await page.getByRole('button', { name: 'Close this file' }).click();
  const common = page.getByRole('group', { name: 'Common reasons' });
  await expect(common.getByRole('button')).toHaveText(['Sent again in another file', 'Wrong file']);
  await common.getByRole('button', { name: 'Sent again' }).click();
  await expect(page.getByRole('textbox', { name: 'Why' })).toHaveValue('Sent again in another file');
  await page.getByRole('textbox', { name: 'Why' }).fill('the IDM sent it again as night.csv');
  await page.getByRole('button', { name: 'Close', exact: true }).click();
  await expect(page.getByText('the IDM sent it again as night.csv')).toBeVisible();
});

test('where no row matches, nothing is counted below the sentence that says so', async ({ browser }) => {
  const page = await pageAs(browser, app, 'Viewer');
  await page.goto(`${app.url}/rows?q=nothing-is-called-this`);
  await expect(page.getByText('No rows match.')).toBeVisible();
  await expect(page.getByRole('navigation', { name: 'Pages' })).toHaveCount(0);
});

test('a run that checked nobody offers nobody to run again', async ({ browser }) => {
  const page = await pageAs(browser, app, 'Operator');
  await page.goto(`${app.url}/runs`);
  await page.locator('tbody tr').last().getByRole('link').first().click();
  await expect(page.getByText('Nobody was checked in this run.')).toBeVisible();
  await expect(page.getByRole('region', { name: 'The numbers' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Run again' })).toHaveCount(0);
});
