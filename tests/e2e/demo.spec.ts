import { gzipSync } from 'node:zlib';
import { type Browser, expect, type Page, type Response } from '@playwright/test';
import {
  complaintsOf,
  type DemoApp,
  expectAccessible,
  expectAccessibleInBothThemes,
  expectNoSidewaysScroll,
  pageAs,
  type RoleName,
  signIn,
  startDemo,
} from '#tests/support/app/browser.ts';
import { test } from '#tests/support/app/browser-test.ts';
import { pages } from '#tests/support/app/routes.ts';

let app: DemoApp;

test.beforeAll(async () => {
  app = await startDemo();
});

test.afterAll(async () => {
  await app.stop();
});

const as = (browser: Browser, role: RoleName) => pageAs(browser, app, role);

test('the sample people reach their states by themselves, and the overview says who needs attention', async ({
  page,
}) => {
  const complaints = complaintsOf(page);
  await signIn(page, app, 'Viewer');
  await expect(page.getByText(/demo tenant/i).first()).toBeVisible();
  await expect(async () => {
    await page.goto(`${app.url}/people`);
    await expect(page.getByRole('row').nth(20)).toBeVisible({ timeout: 1000 });
  }).toPass({ timeout: 100_000 });
  for (const state of ['awaiting_sync', 'awaiting_seat', 'needs_attention', 'already_provisioned', 'held']) {
    await expect(async () => {
      await page.goto(`${app.url}/people?state=${state}`);
      await expect(page.getByRole('row').nth(1)).toContainText('@contoso.example', { timeout: 1000 });
    }).toPass({ timeout: 60_000 });
  }
  await page.goto(app.url);
  await expect(page.getByText(/EmployeeType C has no mapping/).first()).toBeVisible();
  expect(complaints).toEqual([]);
});

test('search and filter live in the address', async ({ page }) => {
  await signIn(page, app, 'Viewer');
  await page.goto(`${app.url}/people`);
  await page.getByRole('searchbox').fill('maple');
  await page.getByRole('searchbox').press('Enter');
  await expect(page).toHaveURL(/q=maple/);
  await expect(page.getByRole('row')).toHaveCount(2);
  await page.reload();
  await expect(page.getByRole('row')).toHaveCount(2);
});

test('a person says in one sentence where it stands, and shows what was asked and answered', async ({ page }) => {
  await signIn(page, app, 'Viewer');
  await page.goto(`${app.url}/people?q=maple`);
  await page.getByRole('link', { name: /maple/i }).first().click();
  await expect(page.getByText(/is a guest of this tenant/).first()).toBeVisible();
  await expect(page.getByText(/newcomers-headquarters\.csv/).first()).toBeVisible();
});

test('an Operator approves who was held, and the next cycle licenses them', async ({ browser }) => {
  const page = await as(browser, 'Operator');
  await page.goto(`${app.url}/people?state=held`);
  await page.locator('tbody').getByRole('link').first().click();
  await expect(page).toHaveURL(/\/people\/\d+/);
  const address = page.url();
  await page
    .getByRole('button', { name: /approve/i })
    .first()
    .click();
  await expect(page.getByText(/approved the licence/i).first()).toBeVisible();
  await page.goto(app.url);
  await page
    .getByRole('button', { name: /run now/i })
    .first()
    .click();
  await expect(async () => {
    await page.goto(address);
    await expect(page.getByText(/(is|are) assigned and verified|the mailbox answers/i).first()).toBeVisible({
      timeout: 1000,
    });
  }).toPass({ timeout: 60_000 });
});

test('a CSV uploaded in the browser goes the same way as one from the drop folder', async ({ browser }) => {
  const page = await as(browser, 'Operator');
  await page.goto(`${app.url}/files`);
  await page.getByRole('button', { name: 'Upload a file' }).click();
  await page.locator('input[type=file]').setInputFiles({
    name: 'upload.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('CN,UserPrincipalName,EmployeeType\nNew One,new.one@contoso.example,E\nBad,not a upn,E\n'),
  });
  await page.getByRole('button', { name: 'Import 1 person without a check' }).click();
  await expect(page.getByRole('link', { name: 'Download with results' })).toBeVisible();
  await page.goto(`${app.url}/people?q=new.one`);
  await expect(page.getByRole('row').nth(1)).toContainText('new.one@contoso.example');
});

test('a run shows counts that add up to what it says, and its log names the people', async ({ page }) => {
  await signIn(page, app, 'Viewer');
  await page.goto(`${app.url}/people?q=maple`);
  await page.locator('tbody').getByRole('link').first().click();
  await page
    .getByRole('link', { name: /^Run \d+$/ })
    .first()
    .click();
  await expect(page).toHaveURL(/\/runs\/.+/);
  const sum = await page
    .getByText(/people checked/)
    .locator('..')
    .first()
    .innerText();
  const [total, ...parts] = [...sum.matchAll(/[\d,]+/g)].map(([digits]) => Number(digits.replaceAll(',', '')));
  expect(parts.length).toBeGreaterThan(2);
  expect(parts.reduce((left, right) => left + right, 0)).toBe(total);
  const log = await page.request.get(`${app.url}/api${new URL(page.url()).pathname}/log`);
  expect(await log.text()).toMatch(/^ERROR: .*is a guest.* \[milo\.maple@contoso\.example\]$/m);
});

test('the report mail was sent and can be read in the app', async ({ browser }) => {
  const page = await as(browser, 'Admin');
  await page.request.post(`${app.url}/api/settings`, {
    headers: { origin: app.url, 'sec-fetch-site': 'same-origin' },
    data: { reportSender: 'autoprovision@contoso.example', reportRecipients: ['helpdesk@contoso.example'] },
  });
  await page.goto(app.url);
  await page
    .getByRole('button', { name: /run now/i })
    .first()
    .click();
  await expect(async () => {
    await page.goto(`${app.url}/mail`);
    await page.locator('tbody').getByRole('link').first().click({ timeout: 1000 });
    await expect(page.getByRole('heading', { level: 1 })).toContainText('AutoProvision:', { timeout: 1000 });
  }).toPass({ timeout: 60_000 });
  await expect(page.getByText('helpdesk@contoso.example').first()).toBeVisible();
});

test('a Viewer is offered nothing that changes anything', async ({ page }) => {
  await signIn(page, app, 'Viewer');
  await page.goto(app.url);
  await expect(page.getByRole('button', { name: /run now/i, disabled: false })).toHaveCount(0);
  await page.goto(`${app.url}/people?state=held`);
  await expect(page.getByRole('button', { name: /approve|retry|dismiss/i, disabled: false })).toHaveCount(0);
});

/** Every page there is, those of one item with an item that is there. */
async function everyAddress(page: Page): Promise<string[]> {
  const firstOf = async (list: string) => {
    await page.goto(`${app.url}${list}`);
    return page.locator('tbody').getByRole('link').first().getAttribute('href');
  };
  const items = [await firstOf('/runs'), await firstOf('/files'), await firstOf('/mail')];
  const lists = pages().filter((address) => !/\/1$/.test(address));
  return [...lists, '/people/1', '/people/999999', ...items.filter((href) => href !== null)];
}

test('no page has an accessibility violation (WCAG 2.2 AA), light and dark, or scrolls sideways at 320 px', async ({
  browser,
}) => {
  const context = await browser.newContext({ viewport: { width: 320, height: 720 } });
  const page = await context.newPage();
  // Somebody who does not exist is a 404 on purpose.
  const complaints = complaintsOf(page, /status of 404/);
  await page.goto(`${app.url}/sign-in`);
  await expectAccessibleInBothThemes(page);
  await signIn(page, app, 'Admin');
  const addresses = await everyAddress(page);
  expect(addresses.length).toBeGreaterThan(18);
  for (const address of addresses) {
    await page.goto(`${app.url}${address}`);
    await expectAccessibleInBothThemes(page);
    await expectNoSidewaysScroll(page);
  }
  expect(complaints).toEqual([]);
  await context.close();
});

test('in German no page that is used all day has an accessibility violation (WCAG 2.2 AA), light and dark', async ({
  browser,
}) => {
  const viewport = { width: 1440, height: 900 };
  const page = await pageAs(browser, app, 'Admin', { viewport, locale: 'de-DE' });
  for (const address of ['/', '/people', '/people/1', '/files', '/runs', '/mappings/edit', '/licences', '/trends']) {
    await page.goto(`${app.url}${address}`);
    await expect(page.locator('html')).toHaveAttribute('lang', 'de');
    await expectAccessibleInBothThemes(page);
  }
  await page.context().close();
});

test('an installation that nobody has used yet is calm, accessible, and says what comes next', async ({ browser }) => {
  const empty = await startDemo({}, 'no samples');
  const page = await pageAs(browser, empty, 'Admin', { viewport: { width: 320, height: 720 } });
  await page.goto(empty.url);
  await expect(page.getByRole('listitem').filter({ hasText: 'Import the first file' })).toContainText('/idm');
  for (const address of pages().filter((one) => !/\/1$/.test(one))) {
    await page.goto(`${empty.url}${address}`);
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
  }
  await empty.stop();
});

test('the first load of every page is under 300 kB of script, gzip', async ({ browser }) => {
  const page = await as(browser, 'Admin');
  const sizes = new Map<string, number>();
  for (const address of await everyAddress(page)) {
    const scripts: Promise<Buffer>[] = [];
    const collect = (response: Response) => {
      if (response.request().resourceType() === 'script') scripts.push(response.body());
    };
    const fresh = await (await browser.newContext({ storageState: await page.context().storageState() })).newPage();
    fresh.on('response', collect);
    await fresh.goto(`${app.url}${address}`, { waitUntil: 'load' });
    const bodies = await Promise.all(scripts);
    sizes.set(
      address,
      bodies.reduce((sum, body) => sum + gzipSync(body).length, 0),
    );
    await fresh.context().close();
  }
  expect([...sizes].filter(([, bytes]) => bytes === 0 || bytes > 300_000)).toEqual([]);
});

test('a first visit to fifty people is light: about half the elements and half the HTML of what it once took', async ({
  browser,
}) => {
  const page = await as(browser, 'Admin');
  const answer = await page.goto(`${app.url}/people`);
  await expect(page.locator('tbody').getByRole('row')).toHaveCount(50);
  // Once 1,404 elements and 216 kB; since then the menu has grown by an entry and a link, and each address can break before its @. The states of people make a few more or less.
  expect(await page.evaluate(() => document.querySelectorAll('*').length)).toBeLessThanOrEqual(750);
  expect((await answer?.body())?.length).toBeLessThanOrEqual(108_000);
});

test('everything can be reached by keyboard: the skip link comes first and leads to the content', async ({ page }) => {
  await signIn(page, app, 'Viewer');
  await page.goto(`${app.url}/people`);
  await page.keyboard.press('Tab');
  const first = page.locator(':focus');
  await expect(first).toHaveText(/skip/i);
  await first.press('Enter');
  await expect(page).toHaveURL(/#/);
});
