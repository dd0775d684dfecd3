import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, type Page } from '@playwright/test';
import { type AppProcess, freePort, startApp } from '#tests/support/app/app-process.ts';
import {
  complaintsOf,
  expectAccessible,
  expectNoSidewaysScroll,
  isGuarded,
  pageAs,
  type RoleName,
} from '#tests/support/app/browser.ts';
import { test } from '#tests/support/app/browser-test.ts';
import { temporaryFolder } from '#tests/support/processes.ts';

let app: AppProcess;

test.beforeAll(async () => {
  // Nobody comes in but by upload.
  app = await startApp({ TENANT_MODE: 'demo', DATA_DIR: temporaryFolder(), PORT: String(await freePort()) });
});

test.afterAll(async () => {
  await app.stop();
});

const HEADER = 'CN,UserPrincipalName,EmployeeType,Department';
const csv = (...rows: string[]) => `${[HEADER, ...rows].join('\r\n')}\r\n`;

async function bring(page: Page, name: string, text: string): Promise<void> {
  await page.goto(`${app.url}/upload`);
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Choose a file' }).click();
  await (await chooser).setFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
}

const MESSY = csv(
  'Jürgen,jürgen.one@contoso.example,E,IT',
  'Bob,bob.two@contoso.exmaple,E,IT',
  'Bo,bo.three@contoso.exmaple,E,IT',
  'Doe, Jane,jane.four@contoso.example,E,IT',
  'Eve,eve.five@contoso.example,C,IT',
  'Eve,EVE.five@contoso.example,C,IT',
  'Finn,finn.six@contoso.example,E,IT',
  'Gus,gus.seven@contoso.example,E,IT',
);

test('a clean file takes three clicks: choose it, see it checked, import it; then it can be downloaded with results', async ({
  browser,
}) => {
  const page = await pageAs(browser, app, 'Operator');
  const complaints = complaintsOf(page);
  const clean = csv(
    'Ben Birch,ben.birch@contoso.example,E,People',
    '"Alder, Alma",alma.alder@contoso.example,E,Finance',
    'Milo Maple,milo.maple@contoso.example,E,IT',
    'Bruno Beech,bruno.beech@contoso.example,E,Legal',
  );
  await bring(page, 'clean.csv', clean);
  await expect(
    page.getByText(
      /^2 get Exchange Online \(Plan 1\), 1 is not synchronised yet, 1 cannot; \d+ seats left afterwards\.$/,
    ),
  ).toBeVisible();
  await expect(page.getByRole('row', { name: /Milo Maple/ })).toContainText('The account is a guest');
  await page.getByRole('button', { name: 'Import 4 people: 2 get Exchange Online (Plan 1) …' }).click();
  await expect(page).toHaveURL(/\/files\//);
  await expect(page.getByText('2 get Exchange Online (Plan 1): 2 as expected.')).toBeVisible({ timeout: 30_000 });
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Download with results' }).click();
  const file = await download;
  expect(file.suggestedFilename()).toBe('clean-results.csv');
  const [header, first, second] = readFileSync(await file.path(), 'utf8').split('\r\n');
  expect(header).toBe(`\uFEFF${HEADER},State,Reason,Message,LicensedAt,MailboxReadyAt`);
  expect(first).toMatch(/^Ben Birch,ben\.birch@contoso\.example,E,People,(awaiting_mailbox|provisioned),/);
  expect(second).toMatch(/^"Alder, Alma",alma\.alder@contoso\.example,E,Finance,/);

  await bring(page, 'clean.csv', clean);
  await expect(page.getByText('Exactly this file was imported before')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Check against Microsoft 365' })).toBeVisible();
  expect(complaints).toEqual([]);
});

test('bad cells are corrected in place: by a suggestion, all alike, by hand, and the original comes back', async ({
  browser,
}) => {
  const page = await pageAs(browser, app, 'Admin');
  const complaints = complaintsOf(page);
  await bring(page, 'messy.csv', MESSY);
  await expect(page.getByText('5 new')).toBeVisible();
  await page.getByRole('link', { name: 'With problems 2' }).click();
  await expect(page).toHaveURL(/show=problems/);
  await page.getByRole('button', { name: 'juergen.one@contoso.example – use this in line 2' }).click();
  await page.getByRole('button', { name: /"Doe, Jane",jane.*in line 5/ }).click();
  await expect(page.getByText('No such rows in this file.')).toBeVisible();
  await page.getByRole('link', { name: 'All rows 8' }).click();
  await page.getByRole('button', { name: 'Fix all 2 like this' }).first().click();
  await expect(page.getByText('was bo.three@contoso.exmaple, corrected by Demo Admin.')).toBeVisible();
  await page.getByRole('button', { name: 'Restore the original UserPrincipalName in line 4' }).click();
  await expect(page.getByRole('button', { name: /^bo\.three@contoso\.exmaple: correct/ })).toBeVisible();
  await page.getByRole('button', { name: 'Finn: correct CN in line 8' }).click();
  await page.getByRole('textbox', { name: 'Correct CN in line 8' }).fill('Finn Six');
  await page.keyboard.press('Enter');
  await expect(page.getByText('was Finn, corrected by Demo Admin.')).toBeVisible();
  await expect(page.getByText(/7 new/)).toBeVisible();
  expect(complaints).toEqual([]);
});

test('by keyboard alone: rows are typed, a cell corrected, the file checked and imported', async ({ browser }) => {
  const page = await pageAs(browser, app, 'Operator');
  await page.goto(`${app.url}/files`);
  await page.getByRole('button', { name: 'Upload a file' }).focus();
  await page.keyboard.press('Enter');
  await page.getByText('Paste or type rows here instead').focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await page.keyboard.insertText(
    `${HEADER}\nKit Keys,kit.keys@@contoso.example,E,IT\nAmy,amy.keys@contoso.example,E,IT\n`,
  );
  await expect.poll(() => isGuarded(page)).toBe(true);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/upload\/.+/);
  const bad = page.getByRole('button', { name: /^kit\.keys@@contoso\.example: correct/ });
  await bad.focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await expect(bad).toBeFocused();
  await page.keyboard.press('ArrowLeft');
  await expect(page.getByRole('button', { name: 'Kit Keys: correct CN in line 2' })).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await page.keyboard.insertText('kit.keys@contoso.example');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: /^kit\.keys@contoso\.example: correct/ })).toBeFocused();
  const importBytes = page.getByRole('button', { name: /^Import 2 people: 2 are not synchronised yet/ });
  await importBytes.focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/files\//);
  await expect(page.getByText('corrected by Demo Operator')).toBeVisible();
});

test('pasted rows of a spreadsheet and a dropped file are uploaded the same way; the page asks about unknown columns', async ({
  browser,
}) => {
  const page = await pageAs(browser, app, 'Operator');
  const hand = (kind: 'paste' | 'drop', text: string) =>
    page.evaluate(
      ([how, content]) => {
        const data = new DataTransfer();
        if (how === 'paste') {
          data.setData('text/plain', content);
          // Excel hands over a picture of the cells as well.
          data.items.add(new File(['cells'], 'image.png', { type: 'image/png' }));
        } else data.items.add(new File([content], 'dropped.csv'));
        const event =
          how === 'paste'
            ? new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })
            : new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true });
        document.body.dispatchEvent(event);
      },
      [kind, text] as const,
    );
  /** Once more where the page was not alive yet. */
  const bringBy = async (kind: 'paste' | 'drop', text: string, name: string) => {
    await page.goto(`${app.url}/upload`);
    await expect(async () => {
      await hand(kind, text);
      await expect(page.getByRole('heading', { name })).toBeVisible({ timeout: 3_000 });
    }).toPass({ timeout: 20_000 });
  };
  await bringBy('drop', csv('Dora,dora.drop@contoso.example,E,IT'), 'dropped.csv');
  await bringBy('paste', 'Who\tAddress\tKind\nPia,pia\tpia.paste@contoso.example\tE\n', 'pasted rows.csv');
  await expect(page.getByText('Choose which column holds what')).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('combobox', { name: 'UserPrincipalName' }).selectOption('Address');
  await page.getByRole('combobox', { name: 'CN' }).selectOption('Who');
  await page.getByRole('combobox', { name: 'EmployeeType' }).selectOption('Kind');
  await expect(page.getByRole('button', { name: /^Import 1 person/ })).toBeVisible();
  await page.getByRole('button', { name: 'Discard …' }).click();
  await page.getByRole('button', { name: 'Discard it' }).click();
  await expect(page).toHaveURL(/\/upload$/);
});

test('what the file leaves open is settled on the page: a column, an EmployeeType for all like it, a mapping', async ({
  browser,
}) => {
  const page = await pageAs(browser, app, 'Admin');
  const rows = ['X9', 'X9', 'X9', 'Y7'].map((type, n) => `Xu ${n},xu.${n}@contoso.example,${type},DE`);
  await bring(page, 'types.csv', ['CN,UserPrincipalName,EmployeeType,Nutzungsort', ...rows].join('\r\n'));
  await page.getByRole('button', { name: 'Use it as usage location: Nutzungsort' }).click();
  await expect(page.getByText('Nutzungsort = UsageLocation')).toBeVisible();
  await page.getByRole('button', { name: 'X9: correct EmployeeType in line 2' }).click();
  await page.getByRole('combobox', { name: 'Correct EmployeeType in line 2' }).selectOption('N');
  await page.getByRole('button', { name: 'Apply to 2 like this where EmployeeType is X9' }).click();
  await expect(page.getByRole('button', { name: 'N: correct EmployeeType in line 4' })).toBeVisible();
  await page.getByRole('button', { name: 'Map Y7' }).click();
  const dialog = page.getByRole('dialog', { name: 'Map EmployeeType Y7' });
  await dialog.getByRole('combobox', { name: 'Product' }).selectOption('EXCHANGESTANDARD');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Check impact' }).click();
  await dialog.getByRole('button', { name: 'Publish' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText('is not mapped')).toBeHidden();
  await expect(page).toHaveURL(/\/upload\/.+/);
});

test('files are dropped on any page: each is uploaded, one that is refused says why, and a Viewer is told who may', async ({
  browser,
}) => {
  const drag = (page: Page, kind: 'dragover' | 'drop', files: Record<string, string>) =>
    page.evaluate(
      ([type, contents]) => {
        const data = new DataTransfer();
        for (const [name, text] of Object.entries(contents)) data.items.add(new File([text], name));
        const event = new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true });
        document.body.dispatchEvent(event);
        return event.defaultPrevented;
      },
      [kind, files] as const,
    );
  const one = csv('Dana,dana.drop@contoso.example,E,IT');
  const files = { 'one.csv': one, 'two.csv': csv('Dino,dino.drop@contoso.example,E,IT'), 'empty.csv': '' };
  /** Once more where the page was not alive yet. */
  const dragOver = (page: Page, words: string) =>
    expect(async () => {
      expect(await drag(page, 'dragover', files)).toBe(true);
      await expect(page.getByRole('paragraph').filter({ hasText: words })).toBeVisible({ timeout: 1_000 });
    }).toPass({ timeout: 20_000 });

  const page = await pageAs(browser, app, 'Operator');
  await page.goto(`${app.url}/people`);
  await dragOver(page, 'Nothing is imported until you confirm.');
  await expectAccessible(page);
  await drag(page, 'drop', files);
  const uploads = page.getByRole('region', { name: 'Uploads' });
  await expect(uploads).toContainText('empty.csv was not uploaded: The file is empty.');
  await expect(uploads.getByRole('link', { name: 'two.csv' })).toBeVisible();
  await uploads.getByRole('link', { name: 'one.csv' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'one.csv' })).toBeVisible();
  await expect(uploads.getByRole('link', { name: 'two.csv' })).toBeVisible();
  await uploads.getByRole('button', { name: 'Close' }).click();
  await expect(uploads).toBeHidden();

  const viewer = await pageAs(browser, app, 'Viewer');
  await viewer.goto(`${app.url}/runs`);
  await dragOver(viewer, 'This needs the role Operator; you have Viewer.');
});

test('of two editors the second is told, and sees what the first did', async ({ browser }) => {
  const first = await pageAs(browser, app, 'Operator');
  await bring(first, 'shared.csv', csv('Sam,sam..ö@contoso.example,E,IT', 'Sue,sue@@contoso.example,E,IT'));
  const second = await pageAs(browser, app, 'Admin');
  // What is new arrives by itself; without it the second works on what it saw.
  await second.route(/api\/(live|pulse)/, (route) => route.abort());
  await second.goto(first.url());
  await expect(second.getByRole('button', { name: /^Sam: correct/ })).toBeVisible();
  await first.getByRole('button', { name: /use this in line 3/ }).click();
  await expect(first.getByText('corrected by Demo Operator')).toBeVisible();
  await second.getByRole('button', { name: 'Sam: correct CN in line 2' }).click();
  await second.getByRole('textbox', { name: /Correct CN/ }).fill('Samuel');
  await second.keyboard.press('Enter');
  await expect(second.getByText('This upload was changed in the meantime')).toBeVisible();
  await expect(second.getByText('corrected by Demo Operator')).toBeVisible();
  await expect(second.getByRole('button', { name: 'Sam: correct CN in line 2' })).toBeVisible();
});

test('of 10,000 rows few are in the page, and a correction at their end shows in place', async ({ browser }) => {
  const page = await pageAs(browser, app, 'Operator');
  const rows = Array.from(
    { length: 10_000 },
    (_, at) => `P ${at},p${at}@contoso.example,${at === 9_999 ? '' : 'E'},IT`,
  );
  await bring(page, 'many.csv', csv(...rows));
  await expect(page.getByText('10,000 rows')).toBeVisible();
  expect(await page.getByRole('row').count()).toBeLessThan(80);
  // The page grows while its rows are measured, so that its end has to be gone to again.
  await expect(async () => {
    await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight));
    await expect(page.getByText('EmployeeType is empty')).toBeVisible({ timeout: 1000 });
  }).toPass({ timeout: 30_000 });
  await page.getByRole('button', { name: 'empty: correct EmployeeType in line 10001' }).click();
  const answer = page.waitForResponse(/correct$/);
  await page.getByRole('combobox', { name: 'Correct EmployeeType in line 10001' }).selectOption('E');
  await expect(page.getByText('was empty, corrected by')).toBeVisible();
  expect((await (await answer).body()).byteLength).toBeLessThan(20_000);
  expect(await page.getByRole('row').count()).toBeLessThan(80);
});

test('a Viewer sees the way to an upload and is told who may', async ({ browser }) => {
  const page = await pageAs(browser, app, 'Viewer');
  await page.goto(`${app.url}/files`);
  const button = page.getByRole('button', { name: 'Upload a file' });
  await expect(button).toBeDisabled();
  await button.hover();
  await expect(page.getByText('This needs the role Operator; you have Viewer.')).toBeVisible();
  await page.goto(`${app.url}/upload`);
  await expect(page).toHaveURL(/no-access/);
});

test('a file of 12 MB arrives whole, row by row counted, and its page shows it coming in', async ({ browser }) => {
  const ROWS = 120_000;
  const own = await startApp({ TENANT_MODE: 'demo', DATA_DIR: temporaryFolder(), PORT: String(await freePort()) });
  try {
    const page = await pageAs(browser, own, 'Operator');
    // The same slip in one row keeps the page from asking for a check by itself.
    const row = (n: number) => `"Doe, ${'x'.repeat(40)} ${n}",doe.${n}@contoso.example,E,A long department\r\n`;
    const text = `${HEADER}\r\n${Array.from({ length: ROWS }, (_, n) => row(n)).join('')}Nobody,nobody@,E,IT\r\n`;
    expect(text.length).toBeGreaterThan(10.5 * 1024 * 1024);
    await page.goto(`${own.url}/upload`);
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Choose a file' }).click();
    // From the disk, as a browser reads it: handed over as bytes it would travel through the test's own pipe first.
    const file = path.join(temporaryFolder(), 'long.csv');
    writeFileSync(file, text);
    await (await chooser).setFiles(file);
    await expect(page.getByText('120,001 rows')).toBeVisible({ timeout: 300_000 });
    await page.getByRole('button', { name: 'Import 120,000 people without a check' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'long.csv' })).toBeVisible();
    await expect(page.getByRole('progressbar', { name: 'Rows imported' })).toBeVisible();
    await expect(page.getByRole('link', { name: 'Download with results' })).toBeVisible({ timeout: 300_000 });
    await expect(page.getByText('120,001 rows').first()).toBeVisible();
  } finally {
    await own.stop();
  }
});

for (const [colorScheme, role] of [
  ['light', 'Operator'],
  ['dark', 'Admin'],
] as ['light' | 'dark', RoleName][])
  test(`no accessibility violation and no sideways scroll at 320 px, ${colorScheme}`, async ({ browser }) => {
    const page = await pageAs(browser, app, role, { colorScheme });
    const complaints = complaintsOf(page);
    await page.goto(`${app.url}/upload`);
    await expectAccessible(page);
    await bring(page, 'broken.csv', 'CN,UPN,Type\n"Ada,ada@contoso.example,E\n');
    await expect(page.getByText('Line 2, character 1:')).toBeVisible();
    await expectAccessible(page);
    await bring(page, 'messy.csv', `${MESSY}${colorScheme},x@contoso.example,E,IT\r\n`);
    await expect(page.getByRole('button', { name: /use this in line 2/ })).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Check against Microsoft 365' }).click();
    await expect(page.getByRole('button', { name: /^Import \d people: / })).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('button', { name: /^Gus: correct/ }).click();
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Discard …' }).click();
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await page.setViewportSize({ width: 320, height: 700 });
    await expectNoSidewaysScroll(page);
    await page.getByRole('button', { name: /^Import \d people: / }).click();
    await expect(page.getByRole('link', { name: 'Download with results' })).toBeVisible();
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
    await page.goto(`${app.url}/upload`);
    await expectNoSidewaysScroll(page);
    expect(complaints).toEqual([]);
  });
