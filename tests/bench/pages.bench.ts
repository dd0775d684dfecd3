/** From a keystroke in the search to the rows on the screen, in Chromium. The baseline of the same run: loading the page anew. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { openDatabase } from '#db/client.ts';
import { saveSettings } from '#db/store/system/settings.ts';
import { readEnv } from '#lib/env.ts';
import { buildIfChanged } from '#lib/setup/build.ts';
import { launchChromium } from '#tests/bench/support/chromium.ts';
import { p95, report } from '#tests/bench/support/report.ts';
import { type AppProcess, freePort, startApp } from '#tests/support/app/app-process.ts';
import { addManyPeople, upnOf } from '#tests/support/many-people.ts';

const PEOPLE = Number(process.env.BENCH_PEOPLE ?? 100_000);
const LOOKS = Number(process.env.BENCH_LOOKS ?? 20);
const KEYSTROKE_TARGET_MS = 200;

process.env.DATA_DIR = mkdtempSync(path.join(tmpdir(), 'bench-pages-'));
const { databaseFile } = readEnv();
const filling = openDatabase(databaseFile);
addManyPeople(filling, PEOPLE);
// Pages are measured, not cycles.
saveSettings(filling, readEnv(), { paused: true }, { name: 'bench', key: 'bench' }, Date.now());
filling.$client.close();

async function openPeople(page: Page, app: AppProcess): Promise<void> {
  await page.goto(`${app.url}/sign-in`);
  await page.getByRole('button', { name: /Viewer/ }).click();
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
  await page.goto(`${app.url}/people`);
}

/** Types one character and gives how long it took, measured in the page itself, until the only row names `expected`; ms. */
async function keystroke(page: Page, key: string, expected: string): Promise<number> {
  const watching = await page.evaluateHandle((name) => {
    const measured = { pressedAt: 0, ms: 0 };
    document.addEventListener('keydown', () => (measured.pressedAt = performance.now()), { once: true, capture: true });
    const look = () => {
      const rows = document.querySelectorAll('tbody tr');
      const isThere = measured.pressedAt > 0 && rows.length === 1 && rows[0]?.textContent?.includes(name);
      if (isThere) measured.ms = performance.now() - measured.pressedAt;
      else requestAnimationFrame(look);
    };
    look();
    return measured;
  }, expected);
  await page.keyboard.press(key);
  await page.waitForFunction((measured) => measured.ms > 0, watching);
  return watching.evaluate((measured) => measured.ms);
}

async function keystrokes(): Promise<void> {
  buildIfChanged();
  const app = await startApp({
    TENANT_MODE: 'demo',
    DATA_DIR: process.env.DATA_DIR ?? '',
    PORT: String(await freePort()),
    LOG_LEVEL: 'silent',
  });
  const browser = await launchChromium();
  const page = await browser.newPage();
  page.setDefaultTimeout(30_000);
  await openPeople(page, app);
  const figures: number[] = [];
  const loads: number[] = [];
  for (let look = 0; look < LOOKS; look += 1) {
    const n = PEOPLE - look * 37 - 11;
    const wanted = upnOf(n);
    const box = page.getByRole('searchbox');
    const start = wanted.slice(0, wanted.indexOf('@') - 1);
    await box.fill(start);
    await page.waitForURL((url) => url.searchParams.get('q') === start);
    await page.waitForFunction(() => document.querySelectorAll('tbody tr').length > 1);
    await box.press('End');
    figures.push(await keystroke(page, wanted.charAt(wanted.indexOf('@') - 1), wanted));
    const startedAt = performance.now();
    await page.reload();
    await page.locator('tbody tr').first().waitFor();
    loads.push(performance.now() - startedAt);
  }
  report({
    what: `keystroke to rows, p95 of ${LOOKS}, ${PEOPLE} people`,
    figure: p95(figures),
    unit: 'ms',
    target: { atMost: KEYSTROKE_TARGET_MS },
    baseline: p95(loads),
    baselineIs: 'the page loaded anew',
  });
  await browser.close();
  await app.stop();
}

await keystrokes();
