/** The installations that the pictures are taken of, each the built app on a demo tenant of its own. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { type Browser, expect, type Page } from '@playwright/test';
import { openDatabase } from '#db/client.ts';
import { saveSettings } from '#db/store/system/settings.ts';
import { placeSamples } from '#lib/demo/sample-files.ts';
import { readEnv } from '#lib/env.ts';
import { freePort, startApp } from '#tests/support/app/app-process.ts';
import { type DemoApp, firstCycleDone, pageAs, startDemo } from '#tests/support/app/browser.ts';
import { controlTenant } from '#tests/support/control.ts';
import { addManyPeople } from '#tests/support/many-people.ts';
import { temporaryFolder } from '#tests/support/processes.ts';
import type { Installation } from './scenes.ts';

const PEOPLE = 20_000;
const REPORTS = { REPORT_FROM: 'autoprovision@contoso.example', REPORT_TO: 'helpdesk@contoso.example' };

async function runOnce(page: Page, app: DemoApp): Promise<void> {
  const before = await newestRun(page, app);
  await page.goto(app.url);
  await page
    .getByRole('button', { name: /run now/i })
    .first()
    .click();
  await expect(async () => expect(await newestRun(page, app)).not.toBe(before)).toPass({ timeout: 60_000 });
  await noRunIsActive(page, app);
}

async function newestRun(page: Page, app: DemoApp): Promise<string | null> {
  await page.goto(`${app.url}/runs`);
  const first = page.locator('tbody').getByRole('link').first();
  return (await first.count()) === 0 ? null : first.getAttribute('href');
}

async function noRunIsActive(page: Page, app: DemoApp): Promise<void> {
  await expect(async () => {
    await page.goto(`${app.url}/runs`);
    await expect(page.locator('tbody tr').first()).toContainText(/Completed|Failed|Stopped/, { timeout: 500 });
  }).toPass({ timeout: 100_000 });
}

async function testSetup(page: Page, app: DemoApp): Promise<void> {
  await page.goto(`${app.url}/setup`);
  await page.getByRole('button', { name: 'Test everything' }).click();
  await expect(page.getByRole('button', { name: 'Test again' })).toBeEnabled({ timeout: 60_000 });
}

async function asAdmin(browser: Browser, app: DemoApp, work: (page: Page) => Promise<unknown>): Promise<DemoApp> {
  const page = await pageAs(browser, app, 'Admin');
  await work(page);
  await page.context().close();
  return app;
}

async function startBusy(browser: Browser): Promise<DemoApp> {
  const app = await startDemo(REPORTS);
  return asAdmin(browser, app, async (page) => {
    await firstCycleDone(page, app);
    placeSamples(path.join(app.dataDir, 'idm'), Date.now(), 'field');
    await noRunIsActive(page, app);
    await runOnce(page, app);
    await testSetup(page, app);
  });
}

/** Nothing runs there: the people stay as they were made. */
async function startMany(): Promise<DemoApp> {
  const dataDir = temporaryFolder();
  mkdirSync(path.join(dataDir, 'idm'));
  const env = readEnv({ DATA_DIR: dataDir });
  const db = openDatabase(env.databaseFile);
  addManyPeople(db, PEOPLE);
  saveSettings(db, env, { paused: true }, { name: 'Demo Admin', key: 'demo/admin' }, Date.now());
  db.$client.close();
  const app = await startApp({ TENANT_MODE: 'demo', DATA_DIR: dataDir, PORT: String(await freePort()) });
  return { ...app, dataDir };
}

async function startFailing(browser: Browser): Promise<DemoApp> {
  const port = String(await freePort());
  const app = await startDemo({
    ...REPORTS,
    DEMO_TENANT_PORT: port,
    REPORT_TRANSPORT: 'smtp',
    SMTP_HOST: '127.0.0.1',
    SMTP_PORT: String(await freePort()),
    SMTP_SECURITY: 'none',
  });
  return asAdmin(browser, app, async (page) => {
    await firstCycleDone(page, app);
    await noRunIsActive(page, app);
    await controlTenant(`http://127.0.0.1:${port}`)('POST', 'faults', { kind: 'forbidden' });
    await runOnce(page, app);
    await testSetup(page, app);
  });
}

export function startInstallation(browser: Browser, name: Installation): Promise<DemoApp> {
  if (name === 'busy') return startBusy(browser);
  if (name === 'many') return startMany();
  if (name === 'failing') return startFailing(browser);
  return startDemo({}, 'no samples');
}

/** Takes the table of people away, so that their page cannot be shown. */
export function breakPeople(app: DemoApp): void {
  const db = openDatabase(readEnv({ DATA_DIR: app.dataDir }).databaseFile);
  db.$client.exec('alter table people rename to people_away');
  db.$client.close();
}
