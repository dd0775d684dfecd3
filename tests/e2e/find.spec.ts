/** Find, and the keys. */
import { expect } from '@playwright/test';
import { expectAccessible, isGuarded, pageAs, pressUntil } from '#tests/support/app/browser.ts';
import { demoOfFile, test } from '#tests/support/app/browser-test.ts';

const app = demoOfFile();

test('a setting and a part of Help are found by their names', async ({ browser }) => {
  const page = await pageAs(browser, app, 'Admin');
  await page.goto(app.url);
  const input = page.getByRole('combobox', { name: /^A name/ });
  await pressUntil(page, 'Control+k', input);
  await input.fill('time zone');
  await page.getByRole('option', { name: /^Time zone.*Schedule$/ }).click();
  await expect(page.getByLabel('Time zone')).toBeVisible();
  await pressUntil(page, 'Control+k', input);
  await input.fill('already in use');
  await page.getByRole('option', { name: /^Address already in use.*Reasons and what to do$/ }).click();
  await expect(page).toHaveURL(/\/help\/reasons#proxy_address_conflict$/);
});

test('a pasted list of names becomes a list with an address, and says whom nobody knows', async ({ browser }) => {
  const page = await pageAs(browser, app, 'Viewer');
  await page.goto(app.url);
  await page.getByRole('button', { name: /^Find/ }).click();
  await page
    .getByRole('combobox')
    .fill('Milo Maple <milo.maple@contoso.example>; lara.larch@contoso.example\nghost@contoso.example');
  await expectAccessible(page);
  await page.getByRole('option', { name: /Show these 3 people/ }).click();
  await expect(page).toHaveURL(/list=/);
  await expect(page.getByRole('row')).toHaveCount(3);
  await page.getByText('1 name of the list is not known here').click();
  await expect(page.getByText('ghost@contoso.example')).toBeVisible();
});

test('keys lead to a page, along its rows and to what is done there; a row is a link as a whole; a reader chooses how it looks', async ({
  browser,
}) => {
  const page = await pageAs(browser, app, 'Operator');
  await page.goto(app.url);
  // The page hears keys once its scripts run.
  await expect(async () => {
    await page.keyboard.press('g');
    await page.keyboard.press('p');
    await expect(page).toHaveURL(/\/people$/, { timeout: 1000 });
  }).toPass({ timeout: 20_000 });
  const rows = page.locator('tbody tr');
  await expect(rows.first()).toBeVisible();
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await expect(rows.nth(1).getByRole('link').first()).toBeFocused();
  await page.keyboard.press('k');
  await expect(rows.first().getByRole('link').first()).toBeFocused();

  await page.goto(`${app.url}/people?q=paula`);
  await page.getByRole('button', { name: 'Save this view' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Paulas');
  await expect.poll(() => isGuarded(page)).toBe(true);
  await page.keyboard.press('Enter');
  const mine = page.getByRole('navigation', { name: 'My views' }).getByRole('link', { name: 'Paulas' });
  await expect(mine).toHaveAttribute('aria-current', 'true');
  await expect(page.getByText('Unsaved view')).toBeHidden();
  await expect.poll(() => isGuarded(page)).toBe(false);
  await rows.first().getByRole('cell').nth(2).click();
  await expect(page).toHaveTitle(/Paula Poplar – AutoProvision$/);
  await page.keyboard.press('r');
  await expect(page.getByText(/1 person checked again now/)).toBeVisible();

  await page.getByRole('link', { name: 'Preferences' }).click();
  await page.getByRole('radio', { name: 'Dark' }).check();
  await expect(page.locator('html')).toHaveCSS('color-scheme', 'dark');
  await page.getByRole('radio', { name: 'Dense' }).check();
  await page.getByRole('radio', { name: 'UTC' }).check();
  await page.getByRole('radio', { name: /^Date and time/ }).check();
  await expect(page.locator('html')).toHaveAttribute('data-rows', 'dense');
  await expectAccessible(page);
  await page.goto(`${app.url}/people`);
  await expect(page.locator('html')).toHaveCSS('color-scheme', 'dark');
  await expect(rows.first().getByRole('cell').last()).toHaveText(/^\d+ \w+ 2026, \d\d:\d\d$/);
  const height = await rows.first().evaluate((row) => row.getBoundingClientRect().height);
  expect(height).toBeLessThanOrEqual(41);
});

test('? shows the keys, and single keys can be turned off', async ({ browser }) => {
  const page = await pageAs(browser, app, 'Viewer');
  await page.goto(app.url);
  await pressUntil(page, '?', page.getByRole('dialog', { name: 'Keyboard shortcuts' }));
  await expectAccessible(page);
  await page.getByRole('switch', { name: /Single-key shortcuts/ }).click();
  await page.getByRole('button', { name: 'Done' }).click();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeHidden();
});
