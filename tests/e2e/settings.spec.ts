import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type Browser, type BrowserContextOptions, expect, type Page } from '@playwright/test';
import { type AppProcess, freePort, startApp } from '#tests/support/app/app-process.ts';
import {
  complaintsOf,
  expectAccessible,
  expectAccessibleInBothThemes,
  expectNoSidewaysScroll,
  pageAs,
  type RoleName,
  signIn,
} from '#tests/support/app/browser.ts';
import { test } from '#tests/support/app/browser-test.ts';
import { controlTenant } from '#tests/support/control.ts';
import { temporaryFolder } from '#tests/support/processes.ts';

let app: AppProcess;
let dropFolder: string;
let tenant: ReturnType<typeof controlTenant>;

test.beforeAll(async () => {
  const dataDir = temporaryFolder();
  dropFolder = path.join(dataDir, 'share');
  mkdirSync(dropFolder);
  const tenantPort = await freePort();
  app = await startApp({
    TENANT_MODE: 'demo',
    DEMO_TENANT_PORT: String(tenantPort),
    DATA_DIR: dataDir,
    DROP_FOLDER: dropFolder,
    PORT: String(await freePort()),
  });
  tenant = controlTenant(`http://127.0.0.1:${tenantPort}`);
  // The app listens a moment before its demo tenant does.
  await expect(() => tenant('GET', 'state')).toPass({ timeout: 20_000 });
});

test.afterAll(async () => {
  await app.stop();
});

/** A refused save is a 400 or 409 on purpose. */
const listen = (page: Page) => complaintsOf(page, /status of 4(00|09)/);
const as = (browser: Browser, role: RoleName, options: BrowserContextOptions = {}) =>
  pageAs(browser, app, role, options);

const save = (page: Page) => page.getByRole('button', { name: 'Save' }).click();

test('before the first test the set-up says what to do', async ({ browser }) => {
  const page = await as(browser, 'Admin');
  await page.goto(`${app.url}/setup`);
  await expect(page.getByText('Not tested yet')).toBeVisible();
  await expectAccessible(page);
});

test('a schedule is chosen, seen in words and times of its zone while it is typed, and saved', async ({ browser }) => {
  const page = await as(browser, 'Admin');
  const complaints = listen(page);
  await page.goto(`${app.url}/settings`);
  await page.getByRole('button', { name: 'Every 30 minutes' }).click();
  await expect(page.getByRole('region', { name: /Next cycles/ })).toContainText('Every 30 minutes.');
  await page.getByLabel('As a cron expression').fill('30 6 * * 1-5');
  await page.getByLabel('Time zone').fill('Europe/Berlin');
  const next = page.getByRole('region', { name: 'Next cycles, once saved' });
  await expect(next).toContainText('At 06:30, Monday through Friday.');
  await expect(next).toContainText('Times in Europe/Berlin');
  await expect(next.getByRole('listitem')).toHaveCount(5);
  await expect(next.getByRole('listitem').first()).toContainText(/06:30 in /);
  await page.getByLabel('As a cron expression').fill('now and then');
  await expect(next).toContainText('five fields');
  await save(page);
  await expect(page.getByText(/cannot be read/).first()).toBeVisible();
  await page.getByLabel('As a cron expression').fill('*/20 * * * *');
  // The preview is longer than what was wrong, and moves what stands below.
  await expect(next).toContainText('Every 20 minutes.');
  await page.getByRole('switch', { name: /Maintenance window/ }).check();
  await expect(next).toContainText('Maintenance Sundays from 02:00 to 04:00');
  await save(page);
  await expect(page.getByText('Saved. The next cycle uses it.')).toBeVisible();
  await page.reload();
  await expect(page.getByLabel('As a cron expression')).toHaveValue('*/20 * * * *');
  await expect(page.getByRole('region', { name: 'Next cycles' })).toContainText('Every 20 minutes.');
  expect(complaints).toEqual([]);
});

test('changes in two sections are kept while one looks around, and saved together; each problem stands at its field', async ({
  browser,
}) => {
  const page = await as(browser, 'Admin');
  await page.goto(`${app.url}/settings?section=limits`);
  await page.getByLabel('Safety limit').fill('50');
  await page.getByRole('link', { name: 'Retention' }).click();
  await expect(page).toHaveURL(/section=retention/);
  await page.getByLabel('Keep details for').fill('3');
  await expect(page.getByText('2 changes not saved yet: safety limit, retention.')).toBeVisible();
  await save(page);
  await expect(page.getByText('Must be a whole number from 7 to 3,650')).toBeVisible();
  await page.getByLabel('Keep details for').fill('90');
  await save(page);
  await expect(page.getByText(/^Saved/)).toBeVisible();
  await page.goto(`${app.url}/settings?section=limits`);
  await expect(page.getByLabel('Safety limit')).toHaveValue('50');
});

test('changes that are not saved are asked about before Back, a key or a link leaves them; staying keeps what was typed', async ({
  browser,
}) => {
  const page = await as(browser, 'Admin');
  const complaints = listen(page);
  const asked: string[] = [];
  let answer: 'stay' | 'leave' = 'stay';
  page.on('dialog', async (dialog) => {
    asked.push(dialog.message());
    await (answer === 'stay' ? dialog.dismiss() : dialog.accept());
  });
  await page.goto(`${app.url}/licences`);
  const menu = page.getByRole('navigation', { name: 'Main' });
  const settings = menu.getByRole('link', { name: 'Settings' });
  // Before React has the page, a link loads the next one anew.
  await expect.poll(() => settings.evaluate((link) => Object.keys(link).length)).toBeGreaterThan(0);
  await settings.click();
  await page.getByRole('link', { name: 'Limits and licensing' }).click();
  await expect(page).toHaveURL(/section=limits/);
  await page.getByLabel('Safety limit').fill('77');

  // Between sections the form stays, and nobody is asked.
  await page.goBack();
  await expect(page).toHaveURL(/settings$/);
  await page.goForward();
  await expect(page).toHaveURL(/section=limits/);
  await expect(page.getByLabel('Safety limit')).toHaveValue('77');
  expect(asked).toEqual([]);

  const back = () => page.evaluate(() => history.go(-2));
  // Twice: the second time nothing on the page was touched in between.
  for (const times of [1, 2]) {
    await back();
    await expect.poll(() => asked.length).toBe(times);
    await expect(page).toHaveURL(/section=limits/);
    await expect(page.getByLabel('Safety limit')).toHaveValue('77');
  }
  await page.getByRole('heading', { level: 1 }).click();
  await page.keyboard.press('g');
  await page.keyboard.press('p');
  await expect.poll(() => asked.length).toBe(3);
  await menu.getByRole('link', { name: 'Runs' }).click();
  await expect.poll(() => asked.length).toBe(4);
  await expect(page).toHaveURL(/section=limits/);
  await expect(page.getByLabel('Safety limit')).toHaveValue('77');

  answer = 'leave';
  await back();
  await expect(page).toHaveURL(/licences/);
  await expect(page.getByRole('heading', { level: 1, name: 'Licences' })).toBeVisible();
  expect(new Set(asked)).toEqual(new Set(['Leave this page? Your changes are not saved yet.']));
  expect(asked).toHaveLength(5);
  // Forward comes back to a form without changes.
  await page.goForward({ waitUntil: 'commit' });
  await expect(page).toHaveURL(/settings/);
  expect(asked).toHaveLength(5);
  expect(complaints).toEqual([]);
});

test('what was typed outlives the session: saving says that it has ended, and works after signing in elsewhere', async ({
  browser,
}) => {
  const page = await as(browser, 'Admin');
  await page.goto(`${app.url}/settings?section=retention`);
  const days = page.getByLabel('Keep details for');
  const before = await days.inputValue();
  await days.fill('399');
  const other = await page.context().newPage();
  await other.goto(`${app.url}/sessions`);
  await other.getByRole('button', { name: /^Sign out (everywhere|of all)/ }).click();
  // The page without a form leaves by itself, when the stream of the session ends.
  await other.waitForURL(/sign-in/);
  await save(page);
  await expect(page.getByText(/^Your session has ended/).first()).toBeVisible();
  await signIn(other, app, 'Admin');
  await save(page);
  await expect(page.getByText('Saved. The next cycle uses it.')).toBeVisible();
  await days.fill(before);
  await save(page);
  await expect(page.getByText('Saved. The next cycle uses it.')).toBeVisible();
});

test('two Admins at once: the second is told by whom, sees the other value, and decides', async ({ browser }) => {
  const [first, second] = [await as(browser, 'Admin'), await as(browser, 'Admin')];
  for (const page of [first, second]) await page.goto(`${app.url}/settings?section=waiting`);
  await second.getByLabel('Waiting for an account').fill('3');
  await first.getByLabel('Waiting for an account').fill('14');
  await save(first);
  await expect(first.getByText(/^Saved/)).toBeVisible();
  await save(second);
  await expect(second.getByText(/Demo Admin has changed this since you opened the page.*It is now: 14/)).toBeVisible();
  await expect(second.getByLabel('Waiting for an account')).toHaveValue('3');
  await second.getByRole('button', { name: 'take theirs' }).click();
  await expect(second.getByLabel('Waiting for an account')).toHaveValue('14');
  await second.getByLabel('Waiting for an account').fill('5');
  await save(second);
  await expect(second.getByText(/^Saved/)).toBeVisible();
});

test('a form whose session has ended leads to the sign-in as a dialog does, and keeps what was typed', async ({
  browser,
}) => {
  const page = await as(browser, 'Admin');
  await page.goto(`${app.url}/settings?section=waiting`);
  const days = page.getByLabel('Waiting for an account');
  await days.fill('6');
  await page.context().clearCookies();
  await save(page);
  const messages = page.getByRole('status', { name: 'Messages' });
  await expect(messages).toContainText('What you typed is still here');
  const opened = page.waitForEvent('popup');
  await messages.getByRole('link', { name: 'Sign in again' }).click();
  await signIn(await opened, app, 'Admin');
  await expect(days).toHaveValue('6');
  await save(page);
  await expect(page.getByText(/^Saved/)).toBeVisible();
  await expect(messages.getByRole('link', { name: 'Sign in again' })).toHaveCount(0);
});

test('by keyboard alone: a waiting time is changed and saved', async ({ browser }) => {
  const page = await as(browser, 'Admin');
  await page.goto(`${app.url}/settings?section=waiting`);
  const field = page.getByLabel('Waiting for a mailbox');
  const isThere = () => field.evaluate((element) => element === document.activeElement);
  for (let steps = 0; steps < 60 && !(await isThere()); steps++) await page.keyboard.press('Tab');
  await page.keyboard.press('Control+A');
  await page.keyboard.type('30');
  await page.keyboard.press('Enter');
  await expect(page.getByText(/^Saved/)).toBeVisible();
  await page.reload();
  await expect(field).toHaveValue('30');
});

test('the drop folder is tested: one that is missing is named, with what to do', async ({ browser }) => {
  const page = await as(browser, 'Admin');
  await page.goto(`${app.url}/settings?section=folder`);
  const button = page.getByRole('button', { name: 'Test folder' });
  const result = page.getByRole('region', { name: 'Test of the folder' });
  await button.click();
  await expect(result).toContainText('A file can be moved to');
  rmSync(dropFolder, { recursive: true });
  writeFileSync(dropFolder, 'no folder any more');
  await button.click();
  await expect(result).toContainText('it is not a folder');
  await expect(result).toContainText('What to do:');
  rmSync(dropFolder);
  mkdirSync(dropFolder);
});

test('what a test found is said in German to whoever reads German, in Settings and in the set-up, and mails in the language chosen for them', async ({
  browser,
}) => {
  const page = await as(browser, 'Admin', { locale: 'de-DE' });
  await page.goto(`${app.url}/settings?section=folder`);
  await page.getByRole('button', { name: 'Ordner prüfen' }).click();
  await expect(page.getByText(/^Eine Datei lässt sich nach .+ verschieben\.$/)).toBeVisible();
  await page.goto(`${app.url}/setup?step=licences`);
  await expect(page.getByText(/^Der Mandant hat \d+ Lizenzarten, davon \d+ mit Postfach\.$/)).toBeVisible();
  await expect(page.locator('main [lang=en]')).toHaveCount(0);
  await page.goto(`${app.url}/settings?section=reports`);
  await page.getByLabel('Sprache der E-Mails').selectOption('Deutsch');
  await page.getByRole('button', { name: 'Speichern' }).click();
  await expect(page.getByText(/^Gespeichert/)).toBeVisible();
  await page.getByLabel('Sprache der E-Mails').selectOption('English');
  const saved = page.waitForResponse('**/api/settings');
  await page.getByRole('button', { name: 'Speichern' }).click();
  expect((await saved).ok()).toBe(true);
});

test('a test mail goes the way of reports, once it is known to whom', async ({ browser }) => {
  const page = await as(browser, 'Admin');
  await page.goto(`${app.url}/settings?section=reports`);
  const button = page.getByRole('button', { name: 'Send a test mail' });
  await button.click();
  await expect(page.getByText('Save a sender and at least one recipient first.')).toBeVisible();
  await page.getByLabel('Reports go to').fill('helpdesk@contoso.example\nnobody');
  await save(page);
  await expect(page.getByText('Line 2 must be a mail address')).toBeVisible();
  await page.getByLabel('Reports come from').fill('autoprovision@contoso.example');
  await page.getByLabel('Reports go to').fill('helpdesk@contoso.example');
  await save(page);
  await expect(page.getByText(/^Saved/)).toBeVisible();
  await button.click();
  await page.getByRole('link', { name: 'see what became of it' }).click();
  await page.getByRole('link', { name: 'AutoProvision: test mail' }).click();
  await expect(page.getByText('If you can read it, reports reach you.')).toBeVisible();
});

test('the guided set-up tests every step, and ends in a dry run', async ({ browser }) => {
  const page = await as(browser, 'Admin');
  const complaints = listen(page);
  await page.goto(`${app.url}/settings`);
  await page.getByRole('link', { name: 'Guided set-up' }).click();
  const steps = page.getByRole('navigation', { name: 'Steps', exact: true });
  const granted = ['User.Read.All', 'LicenseAssignment.Read.All', 'MailboxSettings.Read', 'Mail.Send'];
  await tenant('POST', 'behaviour', { permissions: granted });
  await page.getByRole('button', { name: /^Test/ }).click();
  await expect(steps.getByRole('link', { name: /Permissions/ })).toContainText('Failed');
  await page.getByRole('link', { name: 'Permissions →' }).click();
  await expect(page).toHaveURL(/step=permissions/);
  await expect(page.getByText('LicenseAssignment.ReadWrite.All is missing: nobody can be licensed.')).toBeVisible();
  await expect(page.getByText(/API permissions → .*Grant admin consent/).first()).toBeVisible();
  await tenant('POST', 'behaviour', { permissions: [...granted, 'User.ReadWrite.All'] });
  await page.getByRole('button', { name: 'Test again' }).click();
  await expect(page.getByText(/All checks passed \(\d+\)|^\d+ checks: \d+ warnings?\./)).toBeVisible();
  for (const word of ['Drop folder', 'Licences and mappings', 'Schedule and limits', 'Reports', 'Dry run']) {
    await page.getByRole('link', { name: `${word} →` }).click();
    await expect(page.getByRole('heading', { level: 2, name: word })).toBeVisible();
  }
  await page.getByRole('button', { name: 'Start a dry run' }).click();
  await expect(page).toHaveURL(/run=/);
  await expect(page.getByText(/Nothing was written\./)).toBeVisible();
  await page.getByRole('link', { name: 'See the result for each person' }).click();
  await expect(page).toHaveURL(/\/runs\/.+/);
  expect(complaints).toEqual([]);
});

test('an Operator reads everything and changes nothing; a Viewer learns who can', async ({ browser }) => {
  const page = await as(browser, 'Operator');
  await page.goto(`${app.url}/settings?section=limits`);
  await expect(page.getByText(/Changing something needs the role Admin/)).toBeVisible();
  await expect(page.getByLabel('Safety limit')).toBeDisabled();
  await expect(page.getByRole('button', { name: 'Save' })).toHaveAttribute('aria-disabled', 'true');
  await page.goto(`${app.url}/setup`);
  await expect(page.getByText(/It needs the role Admin/)).toBeVisible();
  const viewer = await as(browser, 'Viewer');
  await viewer.goto(`${app.url}/settings`);
  await expect(viewer.getByText(/It needs the role Operator/)).toBeVisible();
});

const PAGES = [
  '/settings',
  ...['folder', 'limits', 'waiting', 'retention', 'reports', 'environment'].map((name) => `/settings?section=${name}`),
  '/setup',
  ...['permissions', 'folder', 'licences', 'schedule', 'reports', 'dry-run'].map((step) => `/setup?step=${step}`),
];

test('no page of the settings and the set-up has a violation of WCAG 2.2 AA, light and dark, or scrolls sideways at 320 px', async ({
  browser,
}) => {
  const page = await as(browser, 'Admin', { viewport: { width: 320, height: 800 } });
  const complaints = listen(page);
  for (const address of PAGES) {
    await page.goto(`${app.url}${address}`);
    await expectAccessibleInBothThemes(page);
    await expectNoSidewaysScroll(page);
  }
  expect(complaints).toEqual([]);
});

test('no violation of WCAG 2.2 AA where a value is wrong, and for who may only read', async ({ browser }) => {
  const page = await as(browser, 'Admin', { viewport: { width: 320, height: 800 } });
  const complaints = listen(page);
  await page.goto(`${app.url}/settings?section=limits`);
  await page.getByLabel('Safety limit').fill('');
  await save(page);
  await expect(page.getByText('Must be a whole number from 0')).toBeVisible();
  await expectAccessibleInBothThemes(page);
  const reader = await as(browser, 'Operator', {});
  await reader.goto(`${app.url}/settings`);
  await expectAccessibleInBothThemes(reader);
  expect(complaints).toEqual([]);
});
