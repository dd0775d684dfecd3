/** `npm run tour`: takes the pictures in `public/tour` anew, from a demo tenant that has been at work for a few minutes. */
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { chromium, expect, type Page } from '@playwright/test';
import { buildIfChanged } from '#lib/setup/build.ts';
import { firstCycleDone, pageAs, startDemo } from '#tests/support/app/browser.ts';
import { findOrInstallChromium } from '#tests/support/app/chromium.ts';

const FOLDER = path.join(import.meta.dirname, '..', 'public', 'tour');

const MIXED_CSV = `CN,UserPrincipalName,EmployeeType,UsageLocation
Nina Neu,nina.neu@contoso.exmaple,E,DE
Jörg Müller,jörg.müller@contoso.example,E,Germany
Ok One,ok.one@contoso.example,N,
Typ Odd,typ.odd@contoso.example,Employe,
Milo Maple,milo.maple@contoso.example,E,DE
`;

async function firstIn(page: Page, list: string): Promise<void> {
  await page.goto(list);
  await page.locator('tbody').getByRole('link').last().click();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
}

/** Each picture's name, and how to get there. */
const STOPS: Record<string, (page: Page, url: string) => Promise<unknown>> = {
  overview: (page, url) => page.goto(url),
  people: (page, url) => page.goto(`${url}/people?state=needs_attention`),
  person: (page, url) => firstIn(page, `${url}/people?reason=type_unmapped`),
  'person-technical': async (page) => {
    await page.getByRole('link', { name: 'Technical' }).click();
    await expect(page.getByRole('heading', { name: 'Technical' })).toBeVisible();
  },
  find: async (page, url) => {
    await page.goto(`${url}/people`);
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: /^A name/ }).fill('mi');
    await expect(page.getByRole('option', { name: 'Milo Maple' })).toBeVisible();
  },
  approvals: (page, url) => page.goto(`${url}/approvals`),
  files: (page, url) => page.goto(`${url}/files`),
  file: (page, url) => firstIn(page, `${url}/files`),
  upload: async (page, url) => {
    await page.goto(`${url}/upload`);
    const file = { name: 'mixed.csv', mimeType: 'text/csv', buffer: Buffer.from(MIXED_CSV) };
    await page.locator('input[type=file]').setInputFiles(file);
    await page.getByRole('button', { name: 'Check against Microsoft 365' }).click();
    await expect(page.getByRole('button', { name: 'Check again' })).toBeVisible();
  },
  runs: (page, url) => page.goto(`${url}/runs`),
  run: async (page, url) => {
    await page.goto(`${url}/people?reason=account_is_guest`);
    await page.locator('tbody').getByRole('link').first().click();
    await page
      .getByRole('link', { name: /^Run \d+$/ })
      .first()
      .click();
    await expect(page.getByText(/people? checked/).first()).toBeVisible();
  },
  mappings: (page, url) => page.goto(`${url}/mappings`),
  'mapping-editor': async (page, url) => {
    await page.goto(`${url}/mappings/edit?type=C&like=E&release=1`);
    await page.getByRole('button', { name: 'Check impact' }).click();
    await expect(page.getByRole('region', { name: 'Impact' })).toBeVisible();
  },
  licences: (page, url) => page.goto(`${url}/licences`),
  history: (page, url) => page.goto(`${url}/history?who=everyone`),
  mail: (page, url) => page.goto(`${url}/mail`),
  settings: (page, url) => page.goto(`${url}/settings`),
  setup: (page, url) => page.goto(`${url}/setup`),
};

rmSync(FOLDER, { recursive: true, force: true });
mkdirSync(FOLDER, { recursive: true });
process.env.CHROMIUM_PATH = findOrInstallChromium();
buildIfChanged();
const app = await startDemo({ REPORT_FROM: 'autoprovision@contoso.example', REPORT_TO: 'helpdesk@contoso.example' });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH,
  args: ['--no-sandbox', '--disable-gpu'],
});
try {
  const page = await pageAs(browser, app, 'Admin', { viewport: { width: 1440, height: 900 } });
  await firstCycleDone(page, app);
  for (const [name, go] of Object.entries(STOPS)) {
    await go(page, app.url);
    await page.waitForLoadState('networkidle').catch(() => undefined);
    await page.screenshot({ path: path.join(FOLDER, `${name}.png`) });
  }
  const phone = await pageAs(browser, app, 'Operator', { viewport: { width: 390, height: 844 }, colorScheme: 'dark' });
  await phone.goto(app.url);
  await phone.screenshot({ path: path.join(FOLDER, 'phone.png') });
} finally {
  await browser.close();
  await app.stop();
}
process.stdout.write(`${Object.keys(STOPS).length + 1} pictures are in public/tour.\n`);
