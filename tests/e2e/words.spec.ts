import { expect, type Page } from '@playwright/test';
import { SECTIONS } from '#components/setup/settings-sections.ts';
import { SETUP_STEPS } from '#lib/domain/setup-checks.ts';
import { complaintsOf, pageAs, startDemo } from '#tests/support/app/browser.ts';
import { test } from '#tests/support/app/browser-test.ts';
import { pages } from '#tests/support/app/routes.ts';

/** Names and addresses, which every language leaves as they are. */
const NAMES =
  /AutoProvision|Demo Admin|Admin|admin@demo\.example|English|Deutsch|Pséüdö|(?:Microsoft|Office) 365 \w+|Exchange Online|Kiosk|Plan 1|Microsoft Graph|Microsoft Power Automate Free|Mozilla.*|Chrome|Linux|UserPrincipalName|EmployeeType|UsageLocation|StartDate|\b(?:CN|CSV|US|UTC)\b|[A-Z_\d]{6,}/g;

/** The pages that an empty installation has. Guides of Help are files of their own; a schedule is put into words by a library, which does not know the language for tests. */
const PAGES = [
  ...['/people', '/approvals', '/rows', '/files', '/upload'],
  ...['/runs', '/mappings', '/mappings/edit?type=X9', '/mappings/history?type=E', '/licences', '/trends', '/history'],
  ...['/mail', '/sessions', '/diagnosis'],
  ...SECTIONS.filter((section) => section !== 'schedule').map((section) => `/settings?section=${section}`),
  ...SETUP_STEPS.filter((step) => step !== 'schedule').map((step) => `/setup?step=${step}`),
];

/** What the page says with plain letters, beside the path of the drop folder, though the language has none: it is not in the dictionary. Names of files and keys are in `code` and `kbd`. */
async function plainTexts(page: Page, folder: string): Promise<string[]> {
  const texts = await page.evaluate(() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found: string[] = [];
    while (walker.nextNode()) {
      const { parentElement, textContent } = walker.currentNode;
      if (!parentElement?.closest('script, style, code')) found.push(textContent?.trim() ?? '');
    }
    for (const element of document.querySelectorAll('[aria-label], [title], [placeholder]'))
      for (const name of ['aria-label', 'title', 'placeholder']) found.push(element.getAttribute(name) ?? '');
    return found;
  });
  return [...new Set(texts)].filter((text) => /[a-z]{2}/i.test(text.replaceAll(folder, '').replaceAll(NAMES, '')));
}

/** What does not fit: hidden beyond the edge of its box, or beyond that of the page. */
async function cutTexts(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [document.documentElement, ...document.querySelectorAll('body *:not(.unseen)')]
      .filter((element) => {
        const { overflowX } = getComputedStyle(element);
        const isCut = element === document.documentElement || overflowX === 'hidden' || overflowX === 'clip';
        return isCut && element.clientWidth > 0 && element.scrollWidth > element.clientWidth + 1;
      })
      .map((element) => `${element.tagName} ${element.className}: ${element.textContent?.slice(0, 60)}`),
  );
}

test('every text of every page comes from the dictionary, and none is cut at 390 pixels where it is two fifths longer', async ({
  browser,
}) => {
  const app = await startDemo({ UNFINISHED_LANGUAGES: 'on' }, 'no samples');
  const viewport = { width: 390, height: 844 };
  const page = await pageAs(browser, app, 'Admin', { viewport });
  await page.goto(`${app.url}/preferences`);
  const complaints = complaintsOf(page, /404/);
  await page.getByRole('radio', { name: 'Pséüdö' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en-x-pseudo');
  const expectWords = async (on: Page, address: string) => {
    await on.goto(app.url + address);
    await expect(on.locator('h1')).toBeVisible();
    expect(await plainTexts(on, `${app.dataDir}/idm`), address).toEqual([]);
    expect(await cutTexts(on), address).toEqual([]);
  };
  // The browser alone draws what does not exist.
  for (const address of ['/', '/nothing-is-here', '/people/999999']) await expectWords(page, address);
  // Without scripts the others are there twice as fast, and say the same.
  const storageState = await page.context().storageState();
  const paper = await (await browser.newContext({ viewport, storageState, javaScriptEnabled: false })).newPage();
  for (const address of PAGES) await expectWords(paper, address);
  await expectWords(page, '/preferences');
  await expect(async () => {
    await page.keyboard.press('?');
    await expect(page.locator('dialog[open]')).toBeVisible({ timeout: 500 });
  }).toPass();
  expect(await plainTexts(page, `${app.dataDir}/idm`), 'keys').toEqual([]);
  await page.keyboard.press('Escape');
  await expect(page.locator('dialog[open]')).toBeHidden();
  await expect(async () => {
    await page.keyboard.press('/');
    await expect(page.locator('dialog[open] textarea')).toBeFocused({ timeout: 500 });
  }).toPass();
  expect(await plainTexts(page, `${app.dataDir}/idm`), 'finder').toEqual([]);
  expect(complaints).toEqual([]);
  const german = await pageAs(browser, app, 'Viewer', { locale: 'de-DE' });
  await german.goto(app.url);
  await expect(german.getByRole('heading', { level: 1 })).toHaveText('Übersicht');
  await app.stop();
});

/** What two words of a sentence look like, in names of people and products not. */
const SENTENCE = /\p{L}{3,} \p{Ll}{3,}/u;

/** What the page says or reads out, but for code, rows as they came, and what is marked as English. */
async function textsOf(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const seen = [...document.querySelectorAll('body *:not(script, style, code, pre, [lang="en"], [lang="en"] *)')];
    const said = seen.flatMap((element) => [
      ...[...element.childNodes].filter(({ nodeType }) => nodeType === Node.TEXT_NODE).map((node) => node.textContent),
      ...['aria-label', 'title', 'placeholder', 'alt'].map((name) => element.getAttribute(name)),
    ]);
    // A page of one item is called as the item is.
    const heading = document.querySelector('h1')?.textContent ?? '';
    const title = document.title.includes(heading) ? '' : document.title;
    return [title, ...said].map((text) => text?.trim() ?? '');
  });
}

/** The first of each kind, as its list links it. */
async function firstOf(page: Page, list: string): Promise<string> {
  await page.goto(list);
  const kind = new URL(list).pathname;
  const item = page.locator(`main a[href^="${kind}/"]`).first();
  await expect(item).toBeVisible({ timeout: 100_000 });
  return (await item.getAttribute('href')) ?? '';
}

test('in German no sentence of any page with people, files and runs is the English one, and nothing is cut at 390 pixels', async ({
  browser,
}) => {
  const mail = { REPORT_FROM: 'reports@contoso.example', REPORT_TO: 'helpdesk@contoso.example' };
  const app = await startDemo({ SAFETY_LIMIT: '8', ...mail });
  const viewport = { width: 390, height: 844 };
  const english = await pageAs(browser, app, 'Admin', { viewport, locale: 'en-GB' });
  const german = await pageAs(browser, app, 'Admin', { viewport, locale: 'de-DE' });
  await english.goto(`${app.url}/upload`);
  const rows = 'CN,UserPrincipalName,EmployeeType\nAda Able,ada able@contoso.example,X9\n';
  const upload = { name: 'newcomers.csv', mimeType: 'text/csv', buffer: Buffer.from(rows) };
  await english.locator('input[type=file]').first().setInputFiles(upload);
  await english.waitForURL(/\/upload\/\w+/);
  const items = [new URL(english.url()).pathname];
  for (const list of ['/runs', '/people?state=held', '/people?state=needs_attention', '/files', '/rows', '/mail'])
    items.push(await firstOf(english, app.url + list));
  const [, , , person] = items;
  const tabs = ['cause', 'changes', 'technical'].map((tab) => `${person}?tab=${tab}`);
  const lists = PAGES.filter((address) => !address.startsWith('/setup'));
  const addresses = ['/', ...lists, ...items, ...tabs, '/setup', '/preferences', '/help', '/help/reasons'];
  const seen = addresses.map((address) => address.replace(/\?.*/, '').replace(/^(\/(?!help|mappings)\w+)\/.*/, '$1/1'));
  // Only what was done to many people has a page in the history.
  expect(pages().filter((page) => !seen.includes(page))).toEqual(['/history/1']);
  for (const address of addresses) {
    for (const page of [english, german]) await page.goto(app.url + address);
    await expect(german.locator('html')).toHaveAttribute('lang', 'de');
    const said = new Set(await textsOf(english));
    const same = (await textsOf(german)).filter((text) => said.has(text) && SENTENCE.test(text.replaceAll(NAMES, '')));
    expect(same, address).toEqual([]);
    expect(await cutTexts(german), address).toEqual([]);
  }
  await app.stop();
});

test('whoever asks too often is told so in German', async ({ browser }) => {
  const app = await startDemo({}, 'no samples');
  const page = await pageAs(browser, app, 'Operator', { locale: 'de-DE' });
  await page.goto(`${app.url}/upload`);
  const statuses = await page.evaluate(async () => {
    const asked = Array.from({ length: 40 }, () => fetch('/api/drafts', { method: 'POST', body: 'x' }));
    return (await Promise.all(asked)).map(({ status }) => status);
  });
  expect(statuses).toContain(429);
  const file = {
    name: 'newcomers.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('CN,UserPrincipalName,EmployeeType\n'),
  };
  await page.locator('input[type=file]').first().setInputFiles(file);
  await expect(page.getByText('Zu viele Anfragen in kurzer Zeit: Es wurde nichts geändert.')).toBeVisible();
  await app.stop();
});

test('a page whose words arrive one after the other is drawn once all are there', async ({ browser }) => {
  const app = await startDemo({}, 'no samples');
  const page = await (await browser.newContext()).newPage();
  const complaints = complaintsOf(page);
  const held = new Map<string, () => void>();
  const released = (part: string) => new Promise<void>((resolve) => held.set(part, resolve));
  for (const part of ['everywhere', 'signIn']) {
    const whenReleased = released(part);
    await page.route(`**/words/en.${part}.*`, async (route) => {
      await whenReleased;
      await route.continue();
    });
  }
  await page.goto(`${app.url}/sign-in`, { waitUntil: 'commit' });
  // The scripts of the page have come before its words, and ask for these themselves.
  await page.waitForFunction(() => document.querySelectorAll('script[src*="/words/"]').length > 2);
  held.get('everywhere')?.();
  await page.waitForFunction(() => globalThis.autoprovisionWords?.en?.requests !== undefined);
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
  held.get('signIn')?.();
  await page.getByRole('button', { name: /Operator/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible();
  expect(complaints).toEqual([]);
  await app.stop();
});
