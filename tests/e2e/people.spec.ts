/** The people list. */
import { readFileSync } from 'node:fs';
import { expect } from '@playwright/test';
import { openDatabase } from '#db/client.ts';
import { readEnv } from '#lib/env.ts';
import {
  expectAccessible,
  expectAccessibleInBothThemes,
  expectNoSidewaysScroll,
  openPerson,
  pageAs,
  type RoleName,
} from '#tests/support/app/browser.ts';
import { demoOfFile, test } from '#tests/support/app/browser-test.ts';

const app = demoOfFile();

/** How the lines of a page lie on a phone. */
const PHONE = { viewport: { width: 390, height: 844 } };

test('on a phone an address breaks before its @ and nowhere else, and what is chosen stands whole at the front of its line', async ({
  browser,
}) => {
  const page = await pageAs(browser, app, 'Viewer', PHONE);
  await page.goto(`${app.url}/people`);
  const cells = page.locator('tbody td:has(> a)');
  await expect(cells.first()).toBeVisible();
  const brokenIn = (cell: Element) => {
    const texts = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
    const pieces: [text: string, lines: number][] = [];
    for (let text = texts.nextNode(); text; text = texts.nextNode()) {
      const range = document.createRange();
      range.selectNodeContents(text);
      pieces.push([text.textContent ?? '', new Set([...range.getClientRects()].map(({ top }) => top)).size]);
    }
    return pieces.filter(([text, lines]) => !text.includes(' ') && lines > 1).map(([text]) => text);
  };
  const broken = await Promise.all((await cells.all()).map((cell) => cell.evaluate(brokenIn)));
  expect(broken.length).toBeGreaterThan(20);
  expect(broken.flat()).toEqual([]);

  await openPerson(page, app, 'poplar');
  const technical = page.getByRole('link', { name: 'Technical' });
  await technical.click();
  await expect(technical).toHaveAttribute('aria-current', 'true');
  await expect.poll(async () => (await technical.boundingBox())?.x).toBeGreaterThan(0);
});

test('keeps its filters in the address, and its columns for the next visit', async ({ browser }) => {
  const page = await pageAs(browser, app, 'Viewer');
  await page.goto(`${app.url}/people`);
  await page.getByLabel('EmployeeType').selectOption({ label: 'Type C' });
  await expect(page).toHaveURL(/type=c/);
  await expect(page.getByRole('row')).toHaveCount(4);
  await page.getByLabel('File', { exact: true }).selectOption({ label: 'neuzugaenge-werk.csv' });
  await expect(page).toHaveURL(/file=/);
  await expect(page.getByRole('row')).toHaveCount(2);
  await page.getByLabel('File', { exact: true }).selectOption({ label: 'Any file' });
  await expect(page.getByRole('row')).toHaveCount(4);
  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('checkbox', { name: 'Location' }).check();
  await page.getByRole('button', { name: 'Move Location up' }).click();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Done' }).click();
  await page.goto(`${app.url}/people?type=c`);
  const headings = await page.getByRole('columnheader').allInnerTexts();
  expect(headings.map((text) => text.trim()).filter(Boolean)).toEqual([
    'Name',
    'State',
    'Type',
    'Since',
    'Next check',
    'Location',
    'First seen',
  ]);
});

test('chooses over pages, says first with how many an action is possible, and exports what it shows', async ({
  browser,
}) => {
  const page = await pageAs(browser, app, 'Operator');
  await page.goto(`${app.url}/people?sort=name&dir=asc`);
  await page.locator('tbody').getByRole('checkbox').first().check();
  await page.getByRole('link', { name: 'Next', exact: true }).click();
  await expect(page).toHaveURL(/page=2/);
  await page.locator('tbody').getByRole('checkbox').first().check();
  await expect(page.getByText('2 selected')).toBeVisible();
  await page.getByRole('link', { name: 'Previous', exact: true }).click();
  await expect(page.getByText(/page 1 of 2/)).toBeVisible();
  await page.getByRole('checkbox', { name: 'Select all on this page' }).check();
  await page.getByRole('button', { name: /Select all 60 people who match/ }).click();
  await expect(page.getByText('All 60 matching')).toBeVisible();
  await page.getByRole('button', { name: /^Dismiss \d+ of 60$/ }).click();
  const question = page.getByRole('dialog', { name: /^Dismiss \d+ people\?$/ });
  await expect(question).toContainText('Everyone in this list: no filter.');
  await question.getByRole('button', { name: 'Cancel' }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Export 60' }).click();
  const lines = readFileSync(await (await download).path(), 'utf8')
    .trimEnd()
    .split('\r\n');
  expect(lines).toHaveLength(61);
  expect(lines[0]).toBe('\uFEFFCN,UserPrincipalName,State,Reason,Message,EmployeeType,Since,NextLook,FirstSeen');
  expect(lines[1]).toMatch(/^"Alder, Alma",alma\.alder@contoso\.example,/);
});

test('before something is done to ticked people it says in which list they were ticked, and takes a reason that may be left out', async ({
  browser,
}) => {
  const page = await pageAs(browser, app, 'Operator');
  await page.goto(`${app.url}/people?state=awaiting_seat`);
  const boxes = page.locator('tbody').getByRole('checkbox');
  await boxes.nth(0).check();
  await boxes.nth(1).check();
  await page.getByRole('button', { name: 'Retry 2' }).click();
  const question = page.getByRole('dialog', { name: 'Retry 2 people?' });
  await expect(question).toContainText('Ticked in this list: state Waiting for a seat.');
  const why = question.getByRole('textbox', { name: 'Why (optional)' });
  const retry = question.getByRole('button', { name: 'Retry' });
  await expect(retry).toBeEnabled();
  await why.fill('A');
  await expect(retry).toBeDisabled();
  await why.fill('Asked by the shop');
  await retry.click();
  await page.getByRole('link', { name: 'See each of them' }).click();
  await expect(page.getByText('Why: Asked by the shop')).toBeVisible();
});

test('acts on everybody who matches only if their number is still the one on the button', async ({ browser }) => {
  const page = await pageAs(browser, app, 'Operator');
  const answer = await page.request.post(`${app.url}/api/people/matching`, {
    headers: { origin: app.url, 'sec-fetch-site': 'same-origin' },
    data: { action: 'retry', matching: { type: 'c' }, expected: 99 },
  });
  expect(answer.status()).toBe(409);
  expect((await answer.json()).error.message).toBe('There are now 3 people, not 99. Check again before you decide.');
});

test('filtered to nothing, nothing at all, on its way and failed are four different, helpful screens', async ({
  browser,
}) => {
  const page = await pageAs(browser, app, 'Viewer');
  await page.goto(`${app.url}/people?q=nobody-is-called-so`);
  await expect(page.getByText('Nobody matches.')).toBeVisible();
  const diagnosis = page.getByRole('main').getByRole('link', { name: 'Why is there no mailbox?' });
  await expect(diagnosis).toHaveCount(0);
  // A caller whom no file has named, and one whose row stayed out.
  await page.goto(`${app.url}/people?q=p.poplar@contoso.example`);
  await expect(diagnosis).toHaveAttribute('href', '/diagnosis?upn=p.poplar%40contoso.example');
  await page.goto(`${app.url}/people?q=walnut`);
  await page.getByRole('link', { name: 'See the row' }).click();
  await expect(page.locator('tbody')).toContainText('Walt Walnut');
  for (const [path, why, action] of [
    ['/runs?status=failed', 'The filter for status and trigger hides all runs.', 'Show all runs'],
    ['/mail?status=failed', 'Mails with another status are hidden.', 'Show all mails'],
    ['/mail', 'A run that has something to report writes one', 'See the runs'],
  ] as const) {
    await page.goto(app.url + path);
    await expect(page.getByRole('main')).toContainText(why);
    await expect(page.getByRole('link', { name: action })).toBeVisible();
  }
  await page.goto(`${app.url}/people?file=no-such-file`);
  await expect(page.getByLabel('File', { exact: true }).locator('option:checked')).toHaveText(
    'A file that is not in this list',
  );
  await page.goto(`${app.url}/people/999999`);
  await expect(page.getByRole('heading', { name: 'Page not found' })).toBeVisible();
  await expect(page).toHaveTitle('Page not found – AutoProvision');
  await page.goto(`${app.url}/people`);
  await page.route('**/people?*', async (route) => {
    await expect(page.getByText('Loading…')).toBeVisible();
    await route.continue();
  });
  await page.getByLabel('EmployeeType').selectOption({ label: 'Type C' });
  await expect(page.getByRole('row')).toHaveCount(4);
  await page.unrouteAll();
  const db = openDatabase(readEnv({ DATA_DIR: app.dataDir }).databaseFile);
  db.$client.exec('alter table people rename to people_away');
  await page.goto(`${app.url}/people`);
  await expect(page.getByRole('heading', { name: 'This page could not be shown' })).toBeVisible();
  await expectAccessible(page);
  const id = (await page.locator('code').textContent()) ?? '';
  expect(id).not.toBe('');
  expect(app.log()).toContain(id);
  db.$client.exec('alter table people_away rename to people');
  db.$client.close();
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('heading', { name: 'People' })).toBeVisible();
});

// After the others: whom it licenses counts against the safety limit of the day.
test('“License anyway” of several says in which list they were ticked, and its reason is in the history', async ({
  browser,
}) => {
  const page = await pageAs(browser, app, 'Operator');
  // The samples have one person with this reason.
  const db = openDatabase(readEnv({ DATA_DIR: app.dataDir }).databaseFile);
  db.$client.exec("update people set reason = 'mailbox_open_unlicensed' where display_name = 'Iris Ivy'");
  db.$client.close();
  await page.goto(`${app.url}/people?reason=mailbox_open_unlicensed`);
  for (const name of ['Gloria Gorse', 'Iris Ivy']) await page.getByRole('checkbox', { name }).check();
  await page.getByRole('button', { name: 'License 2 anyway' }).click();
  const question = page.getByRole('dialog', { name: 'License 2 people anyway?' });
  await expect(question).toContainText('Ticked in this list: reason “Has a mailbox without a licence”.');
  await question.getByRole('textbox', { name: 'Why (optional)' }).fill('They moved from another forest');
  await expectAccessible(page);
  await question.getByRole('button', { name: 'License anyway' }).click();
  await page.getByRole('link', { name: 'See each of them' }).click();
  await expect(page.getByText('Why: They moved from another forest')).toBeVisible();
});

const ADDRESSES = [
  '/',
  '/people',
  '/people?state=dismissed',
  '/people?q=nobody-is-called-so',
  '/people/1',
  '/people/1?tab=cause',
  '/people/1?tab=changes',
  '/people/1?tab=technical',
  '/people/999999',
];

for (const role of ['Viewer', 'Admin'] as const satisfies RoleName[])
  test(`pages about people are accessible in light and dark and fit 320 px, ${role}`, async ({ browser }) => {
    const page = await pageAs(browser, app, role, { viewport: { width: 320, height: 720 } });
    for (const address of ADDRESSES) {
      await page.goto(`${app.url}${address}`);
      await expectAccessibleInBothThemes(page);
      await expectNoSidewaysScroll(page);
    }
  });
