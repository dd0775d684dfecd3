import { cpSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { type Browser, expect, type Page, test } from '@playwright/test';
import { type AppProcess, freePort, startApp } from '#tests/support/app-process.ts';
import { temporaryFolder } from '#tests/support/processes.ts';

const SAMPLES = path.join(import.meta.dirname, '..', '..', 'lib', 'demo', 'samples');

let app: AppProcess;

test.beforeAll(async () => {
  const dataDir = temporaryFolder();
  mkdirSync(path.join(dataDir, 'idm'));
  cpSync(SAMPLES, path.join(dataDir, 'idm'), { recursive: true });
  app = await startApp({ TENANT_MODE: 'demo', DATA_DIR: dataDir, PORT: String(await freePort()), SAFETY_LIMIT: '24' });
});

test.afterAll(async () => {
  await app.stop();
});

/** Fails a test whose page complains: script errors, refused resources (the content security policy), failed requests. */
function listen(page: Page): string[] {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  return complaints;
}

async function signIn(page: Page, role: 'Viewer' | 'Operator' | 'Admin'): Promise<void> {
  await page.goto(`${app.url}/sign-in`);
  await page.getByRole('button', { name: new RegExp(role) }).click();
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
}

async function as(browser: Browser, role: 'Viewer' | 'Operator' | 'Admin'): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  await signIn(page, role);
  return page;
}

test('the sample people reach their states by themselves, and the overview says who needs a human', async ({
  page,
}) => {
  const complaints = listen(page);
  await signIn(page, 'Viewer');
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
  await signIn(page, 'Viewer');
  await page.goto(`${app.url}/people`);
  await page.getByRole('searchbox').fill('maple');
  await page.getByRole('searchbox').press('Enter');
  await expect(page).toHaveURL(/q=maple/);
  await expect(page.getByRole('row')).toHaveCount(2);
  await page.reload();
  await expect(page.getByRole('row')).toHaveCount(2);
});

test('a person says in one sentence where it stands, and shows what was asked and answered', async ({ page }) => {
  await signIn(page, 'Viewer');
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
    await expect(page.getByText(/is assigned and verified|the mailbox answers/i).first()).toBeVisible({
      timeout: 1000,
    });
  }).toPass({ timeout: 60_000 });
});

test('a CSV uploaded in the browser goes the same way as one from the drop folder', async ({ browser }) => {
  const page = await as(browser, 'Operator');
  await page.goto(`${app.url}/files`);
  await page.getByRole('button', { name: 'Upload a CSV' }).click();
  await page.locator('input[type=file]').setInputFiles({
    name: 'upload.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('CN,UserPrincipalName,EmployeeType\nNew One,new.one@contoso.example,E\nBad,not a upn,E\n'),
  });
  await page.getByRole('button', { name: 'Take in 1 person without a check' }).click();
  await expect(page.getByRole('heading', { name: 'upload.csv' })).toBeVisible();
  await page.goto(`${app.url}/people?q=new.one`);
  await expect(page.getByRole('row').nth(1)).toContainText('new.one@contoso.example');
});

test('a run shows counts that add up to what it says, and its log names the people', async ({ page }) => {
  await signIn(page, 'Viewer');
  await page.goto(`${app.url}/people?q=maple`);
  await page.locator('tbody').getByRole('link').first().click();
  await page.getByRole('link', { name: 'run', exact: true }).first().click();
  await expect(page).toHaveURL(/\/runs\/.+/);
  const sum = await page
    .getByText(/people looked at/)
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
  await signIn(page, 'Viewer');
  await page.goto(app.url);
  await expect(page.getByRole('button', { name: /run now/i, disabled: false })).toHaveCount(0);
  await page.goto(`${app.url}/people?state=held`);
  await expect(page.getByRole('button', { name: /approve|retry|dismiss/i, disabled: false })).toHaveCount(0);
});

const PAGES = [
  '/',
  '/people',
  '/people?state=dismissed',
  '/people?q=nobody-is-called-so',
  '/people/1',
  '/runs',
  '/files',
  '/mail',
  '/settings',
];

for (const colorScheme of ['light', 'dark'] as const)
  test(`no page has an accessibility violation (WCAG 2.2 AA), ${colorScheme}`, async ({ browser }) => {
    const context = await browser.newContext({ colorScheme });
    const page = await context.newPage();
    const complaints = listen(page);
    await page.goto(`${app.url}/sign-in`);
    const check = async () => {
      const { violations } = await new AxeBuilder({ page })
        .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
        .analyze();
      expect(violations.map(({ id, nodes }) => `${page.url()} ${id}: ${nodes[0]?.html}`)).toEqual([]);
    };
    await check();
    await signIn(page, 'Admin');
    for (const address of PAGES) {
      await page.goto(`${app.url}${address}`);
      await check();
    }
    expect(complaints).toEqual([]);
    await context.close();
  });

test('no page scrolls sideways on a phone', async ({ browser }) => {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
  const page = await context.newPage();
  await signIn(page, 'Admin');
  for (const address of PAGES) {
    await page.goto(`${app.url}${address}`);
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow, address).toBeLessThanOrEqual(0);
  }
  await context.close();
});

test('everything can be reached by keyboard: the skip link comes first and leads to the content', async ({ page }) => {
  await signIn(page, 'Viewer');
  await page.goto(`${app.url}/people`);
  await page.keyboard.press('Tab');
  const first = page.locator(':focus');
  await expect(first).toHaveText(/skip/i);
  await first.press('Enter');
  await expect(page).toHaveURL(/#/);
});
