/** What browser tests share: the built app on the demo tenant with the sample files, roles, and checks that hold for every page. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { type Browser, type BrowserContextOptions, expect, type Locator, type Page } from '@playwright/test';
import axe from 'axe-core';
import { placeSamples } from '#lib/demo/sample-files.ts';
import { temporaryFolder } from '#tests/support/processes.ts';
import { type AppProcess, freePort, startApp } from './app-process.ts';

export type RoleName = 'Viewer' | 'Operator' | 'Admin';

export interface DemoApp extends AppProcess {
  dataDir: string;
}

/** Starts the app on a demo tenant of its own; its first cycle begins at once. */
export async function startDemo(
  env: Record<string, string> = {},
  files: 'samples' | 'no samples' = 'samples',
  root?: string,
): Promise<DemoApp> {
  const dataDir = temporaryFolder();
  mkdirSync(path.join(dataDir, 'idm'));
  if (files === 'samples') placeSamples(path.join(dataDir, 'idm'), Date.now());
  const app = await startApp(
    { TENANT_MODE: 'demo', DATA_DIR: dataDir, PORT: String(await freePort()), SAFETY_LIMIT: '24', ...env },
    root,
  );
  return { ...app, dataDir };
}

/** Collects what a page complains about: script errors, refused resources (the content security policy), failed requests; what is `expected` is left out. */
export function complaintsOf(page: Page, expected = /(?!)/): string[] {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' && !expected.test(message.text()))
      complaints.push(`${message.text()} ${message.location().url}`);
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  return complaints;
}

export async function signIn(page: Page, app: AppProcess, role: RoleName): Promise<void> {
  await page.goto(`${app.url}/sign-in`);
  await page.getByRole('button', { name: new RegExp(role) }).click();
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
}

/** An empty page of a context of its own. Signing in by its requests spares two pages a test; `signIn` goes the way of people. */
export async function pageAs(
  browser: Browser,
  app: AppProcess,
  role: RoleName,
  options: BrowserContextOptions = {},
): Promise<Page> {
  const page = await (await browser.newContext(options)).newPage();
  const { csrfToken } = await (await page.request.get(`${app.url}/api/auth/csrf`)).json();
  await page.request.post(`${app.url}/api/auth/callback/credentials`, {
    headers: { origin: app.url, 'sec-fetch-site': 'same-origin' },
    form: { csrfToken, role, callbackUrl: app.url },
    maxRedirects: 0,
  });
  return page;
}

/** Waits until the first cycle has checked everybody. */
export async function firstCycleDone(page: Page, app: AppProcess): Promise<void> {
  await expect(async () => {
    await page.goto(`${app.url}/people?state=needs_attention`);
    await expect(page.getByRole('row').nth(8)).toBeVisible({ timeout: 1000 });
  }).toPass({ timeout: 100_000 });
}

/** Opens the page of the first person whom the list finds by the name. */
export async function openPerson(page: Page, app: AppProcess, name: string): Promise<void> {
  await page.goto(`${app.url}/people?q=${name}`);
  await page.locator('tbody').getByRole('link').first().click();
  await expect(page).toHaveURL(/\/people\/\d+/);
}

/** Presses a key until what it opens is there: a page hears keys once its scripts run. */
export async function pressUntil(page: Page, key: string, opened: Locator): Promise<void> {
  await expect(async () => {
    await page.keyboard.press(key);
    await expect(opened).toBeVisible({ timeout: 3000 });
  }).toPass({ timeout: 30_000 });
}

/** Whether the browser would ask before the page is left: something typed is not saved. */
export function isGuarded(page: Page): Promise<boolean> {
  return page.evaluate(() => !window.dispatchEvent(new Event('beforeunload', { cancelable: true })));
}

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** The rules that a theme can break: the document is the same in both. */
const OF_COLOURS = ['color-contrast', 'link-in-text-block'];

/** Accessibility violations (WCAG 2.2 AA) of the page as it is now, with the first place of each. `rules`: only of these. */
export async function violationsOf(page: Page, rules?: string[]): Promise<string[]> {
  // While a page is being left for the next one, neither is there yet.
  await expect(page).toHaveTitle(/\S/);
  // Only the page itself is looked at.
  expect(page.frames()).toHaveLength(1);
  // Once a page: for the browser to read axe takes about as long as all its rules.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  const options: axe.RunOptions = {
    runOnly: rules ? { type: 'rule', values: rules } : { type: 'tag', values: WCAG },
    resultTypes: ['violations'],
  };
  return page.evaluate(async (chosen) => {
    const { violations } = await (window as unknown as { axe: typeof axe }).axe.run(document, chosen);
    return violations.map(({ id, nodes }) => `${location.href} ${id}: ${nodes[0]?.html}`);
  }, options);
}

export async function expectAccessible(page: Page): Promise<void> {
  expect(await violationsOf(page)).toEqual([]);
}

/** In light and in dark. Colours must not fade while they are measured, so the page is to reduce motion. */
export async function expectAccessibleInBothThemes(page: Page): Promise<void> {
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  await expectAccessible(page);
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  expect(await violationsOf(page, OF_COLOURS), 'in dark').toEqual([]);
}

/** Fails where the page as a whole scrolls sideways. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow, page.url()).toBeLessThanOrEqual(0);
}
