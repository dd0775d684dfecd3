/**
 * `npm run pictures [-- --only TEXT] [--beside FOLDER] [--to FOLDER] [--axe] [--language de]`: takes every page in every state in four forms (a desk and a phone, light
 * and dark), and writes a sheet of them. `--only`: scenes whose page, state or installation has the text. `--beside`: an older set, for before and after. `--axe`: tells what axe finds on each (WCAG 2.2 AA).
 * `--language`: shown again in that language after a scene was reached in English; what is open over a page closes by that, so those scenes are left out.
 */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { type Browser, chromium, expect, type Page } from '@playwright/test';
import { PREFERENCES_COOKIE } from '#components/preferences/preferences.ts';
import { buildIfChanged } from '#lib/setup/build.ts';
import { type DemoApp, pageAs, violationsOf } from '#tests/support/app/browser.ts';
import { findOrInstallChromium } from '#tests/support/app/chromium.ts';
import { pages } from '#tests/support/app/routes.ts';
import { breakPeople, startInstallation } from './installations.ts';
import { INSTALLATIONS, type Installation, SCENES, type Scene } from './scenes.ts';
import { FORMS, type Form, pictureName, type Shown, writeSheet } from './sheet.ts';

/** A list of thousands is no longer than this on its picture. */
const TALLEST = 3000;

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    beside: { type: 'string' },
    to: { type: 'string' },
    axe: { type: 'boolean' },
    language: { type: 'string' },
  },
});
const folder = path.resolve(values.to ?? path.join(import.meta.dirname, '..', '.artifacts', 'pictures'));
const older = values.beside === undefined ? null : path.resolve(values.beside);

const titleOf = ({ page, state, installation }: Scene) => `${page} ${state} ${installation}`;
const fileOf = (scene: Scene) => titleOf(scene).replace(/^\/ /, 'overview ').replaceAll(/\W+/g, '-').replace(/^-/, '');

function shownOf(scene: Scene): Shown {
  return { name: fileOf(scene), page: scene.page, state: scene.state, installation: scene.installation };
}

function pagesWithoutScene(): string[] {
  const shown = new Set(SCENES.map(({ page }) => page.replace('[id]', '1').replace('[guide]', 'reasons')));
  return pages().filter((page) => !shown.has(page));
}

/** Scenes find their way by English words: only what they came to is in another language, until the next scene, as a page draws itself again. */
async function showIn(page: Page, app: DemoApp, language: string): Promise<void> {
  await page.context().addCookies([{ name: PREFERENCES_COOKIE, value: language, url: app.url }]);
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('lang', language);
}

async function take(page: Page, app: DemoApp, scene: Scene, form: Form): Promise<void> {
  await page.emulateMedia({ media: scene.isPaper ? 'print' : 'screen' });
  await page.context().clearCookies({ name: PREFERENCES_COOKIE });
  await scene.go(page, app.url);
  if (values.language !== undefined) await showIn(page, app, values.language);
  await page.evaluate(() => document.fonts.ready);
  // Pages that are drawn again in the browser have settled after two frames.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  const clip = { x: 0, y: 0, width: form.width, height: Math.min(TALLEST, Math.max(form.height, height)) };
  await page.screenshot({
    path: path.join(folder, pictureName(fileOf(scene), form)),
    ...(scene.isWindow ? {} : { fullPage: true, clip }),
  });
}

/** Gives the scenes that could not be taken, with why, and what axe found. */
async function takeForm(browser: Browser, app: DemoApp, scenes: readonly Scene[], form: Form): Promise<string[]> {
  const failed: string[] = [];
  const { width, height, colorScheme } = form;
  const page = await pageAs(browser, app, 'Admin', { viewport: { width, height }, colorScheme, locale: 'en-GB' });
  page.setDefaultTimeout(20_000);
  for (const scene of scenes)
    try {
      await take(page, app, scene, form);
      if (values.axe)
        for (const one of await violationsOf(page)) failed.push(`${titleOf(scene)}, ${form.name}: ${one}`);
    } catch (error) {
      failed.push(`${titleOf(scene)}, ${form.name}: ${error instanceof Error ? error.message.split('\n')[0] : error}`);
    }
  await page.context().close();
  return failed;
}

async function takeInstallation(browser: Browser, name: Installation, scenes: readonly Scene[]): Promise<string[]> {
  if (scenes.length === 0) return [];
  const app = await startInstallation(browser, name);
  const [whole, broken] = [
    scenes.filter(({ state }) => state !== 'page failed'),
    scenes.filter(({ state }) => state === 'page failed'),
  ];
  const failed: string[] = [];
  for (const form of FORMS) failed.push(...(await takeForm(browser, app, whole, form)));
  if (broken.length > 0) breakPeople(app);
  for (const form of FORMS) failed.push(...(await takeForm(browser, app, broken, form)));
  await app.stop();
  return failed;
}

const without = pagesWithoutScene();
if (without.length > 0) throw new Error(`Pages without a scene in scenes.ts: ${without.join(', ')}`);
const wanted = SCENES.filter(
  (scene) => titleOf(scene).includes(values.only ?? '') && !(scene.isWindow && values.language !== undefined),
);
mkdirSync(folder, { recursive: true });
process.env.CHROMIUM_PATH = findOrInstallChromium();
buildIfChanged();
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH,
  args: ['--no-sandbox', '--disable-gpu'],
});
const failed: string[] = [];
for (const name of INSTALLATIONS) {
  const scenes = wanted.filter(({ installation }) => installation === name);
  failed.push(...(await takeInstallation(browser, name, scenes)));
}
await browser.close();
writeSheet(folder, wanted.map(shownOf), older);
process.stdout.write(`${wanted.length} scenes in ${FORMS.length} forms are in ${folder}; open index.html.\n`);
for (const line of failed) process.stderr.write(`wrong: ${line}\n`);
process.exitCode = failed.length > 0 ? 1 : 0;
