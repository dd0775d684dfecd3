import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type Browser, type BrowserContextOptions, expect, type Page } from '@playwright/test';
import { openDatabase } from '#db/client.ts';
import { readEnv } from '#lib/env.ts';
import { type AppProcess, freePort, startApp } from '#tests/support/app/app-process.ts';
import {
  complaintsOf,
  expectAccessibleInBothThemes,
  expectNoSidewaysScroll,
  pageAs,
  type RoleName,
} from '#tests/support/app/browser.ts';
import { test } from '#tests/support/app/browser-test.ts';
import { startTenantProcess, type TenantProcess, temporaryFolder } from '#tests/support/processes.ts';
import { crowd, csvOf, seedOf, upn } from '#tests/support/seeds.ts';
import { addRun } from '#tests/support/services-world.ts';

const FAILING = 6;
const users = crowd(12).map((user, index) => ({
  ...user,
  userType: index < FAILING ? ('Guest' as const) : ('Member' as const),
}));
/** Nobody in the directory is called like these: they wait for synchronisation. */
const late = [{ userPrincipalName: upn('late1') }, { userPrincipalName: upn('late2') }];

let tenant: TenantProcess;
let app: AppProcess;
let dropFolder: string;
let dataDir: string;

/** Nobody but an operator starts a run that licenses: a cycle on schedule would go on with what an operator has cancelled. */
const RARELY = '0 0 29 2 *';

test.beforeAll(async ({ browser }) => {
  tenant = await startTenantProcess(seedOf({ users }));
  dataDir = temporaryFolder();
  dropFolder = path.join(dataDir, 'idm');
  mkdirSync(dropFolder);
  const csv = `${csvOf([...users, ...late])}Twice,${upn('person12')},E\nBad,not a upn,E\n`;
  writeFileSync(path.join(dropFolder, 'newcomers.csv'), csv);
  const port = String(await freePort());
  app = await startApp({ TENANT_MODE: 'demo', ...tenant.env, DATA_DIR: dataDir, PORT: port, SAFETY_LIMIT: '0' });
  const page = await pageAs(browser, app, 'Admin');
  const saved = await page.request.post(`${app.url}/api/settings`, { headers: ours(), data: { schedule: RARELY } });
  expect(saved.ok()).toBe(true);
  await page.context().close();
});

test.afterAll(async () => {
  await app.stop();
  await tenant.stop();
});

const ours = () => ({ origin: app.url, 'sec-fetch-site': 'same-origin' });
const as = (browser: Browser, role: RoleName, options: BrowserContextOptions = {}) =>
  pageAs(browser, app, role, options);

async function openFile(page: Page, name = 'newcomers.csv'): Promise<void> {
  await expect(async () => {
    await page.goto(`${app.url}/files`);
    await page.getByRole('link', { name }).first().click({ timeout: 1000 });
    await expect(page.getByRole('heading', { level: 1, name })).toBeVisible({ timeout: 1000 });
  }).toPass({ timeout: 30_000 });
}

/** The run that took the file in. */
async function openFirstRun(page: Page): Promise<void> {
  await openFile(page);
  await page
    .getByRole('link', { name: /^Run \d+$/ })
    .first()
    .click();
  await expect(page.getByText('Completed').first()).toBeVisible();
}

/** Total and sum of the parts of what reads "16 rows = 6 provisioned + …". */
async function sumOf(page: Page, word: RegExp): Promise<[number, number]> {
  const text = await page.getByText(word).locator('..').first().innerText();
  const [total = '', parts = ''] = text.split('=');
  const numbers = [...parts.matchAll(/[\d,]+/g)].map(([digits]) => Number(digits.replaceAll(',', '')));
  return [Number.parseInt(total, 10), numbers.reduce((sum, n) => sum + n, 0)];
}

/** Everybody's column of the attempts. */
const attempts = (page: Page) => page.getByRole('table', { name: 'Attempts side by side' });

test('a run and its file account for every row, for a Viewer', async ({ browser }) => {
  const page = await as(browser, 'Viewer');
  const complaints = complaintsOf(page);
  await openFirstRun(page);
  await expect(page.getByText('16 rows in 1 file, now').locator('..')).toContainText(
    /6 provisioned.*2 waiting.*6 needing attention.*1 duplicate.*1 not imported/s,
  );
  expect(await sumOf(page, /rows in 1 file/)).toEqual([16, 16]);
  expect(await sumOf(page, /people checked/)).toEqual([14, 14]);
  await openFile(page);
  expect(await sumOf(page, /^16 rows$/)).toEqual([16, 16]);
  expect(complaints).toEqual([]);
});

test('a Viewer sees what can be done with runs, cannot do it, and is told who can', async ({ browser }) => {
  const page = await as(browser, 'Viewer');
  await openFirstRun(page);
  const again = page.getByRole('button', { name: 'Run again: failed only (6)' });
  await expect(again).toBeDisabled();
  await again.focus();
  await expect(page.getByText(/This needs the role Operator/).first()).toBeVisible();
  await page.goto(`${app.url}/runs`);
  await expect(page.getByRole('button', { name: 'Dry run' })).toBeDisabled();
});

test('an Operator runs those who failed again and sees the attempts side by side', async ({ browser }) => {
  const page = await as(browser, 'Operator');
  const complaints = complaintsOf(page);
  await tenant.control(
    'POST',
    'users',
    users.slice(0, 2).map((user) => ({ ...user, userType: 'Member' as const })),
  );
  await openFirstRun(page);
  const first = page.url();
  await page.getByRole('button', { name: 'Run again: failed only (6)' }).click();
  await expect(page.getByRole('heading', { level: 1, name: /^Re-run \d+$/ })).toBeVisible();
  await expect(page.getByText('Completed').first()).toBeVisible();
  await expect(page.getByText('6 people checked', { exact: true })).toBeVisible();
  await expect(page.getByText('Demo Operator: re-run, 6 people, failed only')).toBeVisible();
  await expect(attempts(page).getByRole('columnheader')).toHaveText([
    'Person',
    /^First run/,
    /^Re-run 1 \(this one\)/,
    'Now',
  ]);
  const corrected = attempts(page).getByRole('row', { name: /person1@/ });
  await expect(corrected.getByRole('cell')).toContainText(['person1', 'Needs attention', 'Provisioned', 'Provisioned']);
  await page
    .getByRole('link', { name: /^Run \d+$/ })
    .first()
    .click();
  await expect(page).toHaveURL(first);
  await expect(page.getByRole('button', { name: 'Run again: failed only (4)' })).toBeVisible();
  expect(complaints).toEqual([]);
});

test('where the number has changed since it was read, nothing starts and the new number is said', async ({
  browser,
}) => {
  const page = await as(browser, 'Operator');
  for (const address of ['**/api/live', '**/api/live-updates']) await page.route(address, (route) => route.abort());
  await openFirstRun(page);
  await expect(page.getByRole('button', { name: 'Run again: failed only (4)' })).toBeVisible();
  const other = await as(browser, 'Admin');
  await tenant.control('POST', 'users', { ...users[2], userType: 'Member' as const });
  await other.goto(page.url());
  await other.getByRole('button', { name: 'Run again: failed only (4)' }).click();
  await expect(other.getByText('4 people checked', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Run again: failed only (4)' }).click();
  await expect(
    page.getByText('There are now 3 people, not 4. Nothing was started; check again before you decide.'),
  ).toBeVisible();
  await expect(page.getByRole('button', { name: 'Run again: failed only (3)' })).toBeVisible();
});

test('chosen people of a run, by keyboard alone', async ({ browser }) => {
  const page = await as(browser, 'Operator');
  await openFirstRun(page);
  const press = async (name: RegExp, role: 'checkbox' | 'button' | 'link', key: string) => {
    const target = page.getByRole(role, { name }).first();
    for (let step = 0; step < 120; step++) {
      if (await target.evaluate((element) => element === document.activeElement)) break;
      await page.keyboard.press('Tab');
    }
    await expect(target).toBeFocused();
    await page.keyboard.press(key);
  };
  await press(/^Needs attention/, 'link', 'Enter');
  await expect(page).toHaveURL(/state=needs_attention/);
  await press(/^Select person1$/, 'checkbox', 'Space');
  await press(/^Select person4$/, 'checkbox', 'Space');
  // The bar stands above the table: back to it.
  const run = page.getByRole('button', { name: 'Run 1 of 2 again' });
  for (let step = 0; step < 20; step++) {
    if (await run.evaluate((element) => element === document.activeElement)) break;
    await page.keyboard.press('Shift+Tab');
  }
  await page.keyboard.press('Enter');
  await expect(page.getByText('Demo Operator: re-run, 1 person chosen')).toBeVisible();
  await expect(page.getByText('1 person checked', { exact: true })).toBeVisible();
});

test('a file is run again with the mapping of that time', async ({ browser }) => {
  const page = await as(browser, 'Admin');
  await openFile(page);
  await page.getByRole('radio', { name: /mapping at that time/ }).check();
  await page.getByRole('button', { name: 'All 5 who are neither done nor held' }).click();
  await expect(page.getByText('5 people checked', { exact: true })).toBeVisible();
  await expect(page.getByRole('link', { name: 'newcomers.csv' })).toBeVisible();
  await openFile(page);
  await expect(attempts(page).getByRole('columnheader')).toHaveText(['Person', /^First run/, /^Re-run 1/, 'Now']);
  await expect(attempts(page).getByRole('row')).toHaveCount(15);
});

test('a dry run says what would happen to whom, and changes nothing', async ({ browser }) => {
  const page = await as(browser, 'Operator');
  writeFileSync(path.join(dropFolder, 'more.csv'), csvOf([{ userPrincipalName: upn('late3') }]));
  await page.goto(`${app.url}/runs`);
  await page.getByRole('button', { name: 'Dry run' }).click();
  await page.getByRole('link', { name: 'Watch it' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Dry run' })).toBeVisible();
  await expect(page.getByText('Completed').first()).toBeVisible();
  await expect(page.getByText('A dry run changes nothing')).toBeVisible();
});

const SLOW = 60;

const SLOWLY = {
  latencyMs: { read: 0, write: 2000, batch: 0 },
  refuseParallelLicenceWrites: true,
  parallelLicenceWrites: 1,
};
/** A batch of twenty in 6 s; a run hears within half a second that it is cancelled. */
const SOONER = { latencyMs: { ...SLOWLY.latencyMs, write: 300 } };
const AT_ONCE = { latencyMs: { read: 0, write: 0, batch: 0 }, refuseParallelLicenceWrites: false };

/** A run of two minutes or more, also for a slow browser: people who are new, and a tenant that licenses one after the other. */
async function startSlowRun(page: Page, name: string): Promise<void> {
  const many = crowd(SLOW).map((user, index) => ({ ...user, userPrincipalName: upn(`${name}${index + 1}`) }));
  await tenant.control('POST', 'users', many);
  await tenant.control('POST', 'behaviour', SLOWLY);
  writeFileSync(path.join(dropFolder, `${name}.csv`), csvOf(many));
  await page.goto(`${app.url}/runs`);
  await page.getByRole('button', { name: 'Run now' }).click();
  await page.getByRole('link', { name: 'Watch it' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Run' })).toBeVisible();
}

/** Confirms, and waits until the run has ended: a batch of twenty that is under way when the run is cancelled is answered sooner, the people after it are not. */
async function cancelTheRun(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Cancel the run' }).click();
  await expect(page.getByText('Demo Operator cancelled').first()).toBeVisible();
  await tenant.control('POST', 'behaviour', SOONER);
  await expect(page.getByText('Cancelled by an operator')).toBeVisible();
}

async function startDryRun(page: Page): Promise<void> {
  const started = await page.request.post(`${app.url}/api/runs`, {
    headers: ours(),
    data: { dryRun: true },
  });
  expect(started.ok()).toBe(true);
}

test('where the stream is blocked the page asks instead', async ({ browser }) => {
  const page = await as(browser, 'Operator');
  await page.route('**/api/live', (route) => route.abort());
  await startSlowRun(page, 'blocked');
  await expect(page.getByText(/of \d+ people done/)).toBeVisible();
  await tenant.control('POST', 'behaviour', AT_ONCE);
  await expect(page.getByText('Completed').first()).toBeVisible({ timeout: 40_000 });
});

test('after sleep the page shows at once what happened meanwhile', async ({ browser }) => {
  const page = await as(browser, 'Operator');
  await page.goto(`${app.url}/runs`);
  const rows = await page.getByRole('row').count();
  for (const address of ['**/api/live', '**/api/live-updates']) await page.route(address, (route) => route.abort());
  await page.evaluate(() => window.dispatchEvent(new Event('online')));
  await startDryRun(page);
  await expect(page.getByRole('row')).toHaveCount(rows);
  await page.unrouteAll();
  await page.evaluate(() => window.dispatchEvent(new Event('online')));
  await expect(page.getByRole('row')).toHaveCount(rows + 1);
});

test('progress is live, also in the title of the tab, and a cancelled run begins no new write', async ({ browser }) => {
  const page = await as(browser, 'Operator');
  const complaints = complaintsOf(page);
  await startSlowRun(page, 'live');
  await expect(page).toHaveTitle(/^\d+ % · Run/);
  // Who waits for a mailbox from a test before is checked in this run as well.
  await expect(page.getByText(/of \d+ people done/)).toBeVisible();
  await page.getByRole('button', { name: 'Cancel this run' }).click();
  await expect(page.getByRole('dialog')).toContainText('No new changes are started');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await page.getByRole('button', { name: 'Cancel this run' }).click();
  await cancelTheRun(page);
  // What was sent is still answered and read back.
  await tenant.control('POST', 'behaviour', AT_ONCE);
  await expect(page).toHaveTitle(/^Run/, { timeout: 60_000 });
  const { ledger } = (await tenant.control('GET', 'ledger')) as {
    ledger: { kind: string; userPrincipalName: string }[];
  };
  const written = ledger.filter(({ kind, userPrincipalName }) => kind === 'licence' && /^live/.test(userPrincipalName));
  expect(written.length).toBeLessThan(SLOW);
  expect(complaints).toEqual([]);
});

test('runs are found by status and by what started them', async ({ browser }) => {
  const page = await as(browser, 'Viewer');
  await page.goto(`${app.url}/runs`);
  await page.getByRole('link', { name: 'Stopped' }).click();
  await expect(page).toHaveURL(/status=stopped/);
  await page.getByRole('link', { name: 'Operator', exact: true }).click();
  await expect(page).toHaveURL(/status=stopped&trigger=operator/);
  await expect(page.getByRole('row')).toHaveCount(2);
  await page.getByRole('link', { name: 'Interrupted' }).click();
  await expect(page.getByText('No run matches.')).toBeVisible();
});

test('a run without results says whether nobody was due, it ended too early, or they are deleted', async ({
  browser,
}) => {
  const page = await as(browser, 'Viewer');
  const db = openDatabase(readEnv({ DATA_DIR: dataDir }).databaseFile);
  const long = { requestedAt: 1000, startedAt: 1000, finishedAt: 2000 };
  addRun(db, 'run-of-nobody', long);
  addRun(db, 'run-too-early', {
    ...long,
    status: 'stopped',
    cancelRequestedAt: 1500,
    cancelRequestedBy: 'Demo Operator',
  });
  addRun(db, 'run-deleted', { ...long, peopleDone: 7 });
  db.$client.close();
  for (const [id, status, why] of [
    ['run-of-nobody', 'Completed', 'Nobody was new, and nobody’s next check had come.'],
    ['run-too-early', 'Cancelled', 'It ended before anybody was checked.'],
    ['run-deleted', 'Completed', 'The results of this run are deleted, as set under Settings, Retention.'],
  ] as const) {
    await page.goto(`${app.url}/runs/${id}`);
    await expect(page.getByRole('main')).toContainText(why);
    await expect(page.getByText(status, { exact: true })).toBeVisible();
  }
});

test('the arrow keys lead through the last cycles on the overview, and each leads to its run', async ({ browser }) => {
  const page = await as(browser, 'Viewer');
  const complaints = complaintsOf(page);
  await page.goto(app.url);
  const cycles = page.getByRole('list', { name: /^The last \d+ cycles/ }).getByRole('link');
  await expect(cycles.first()).toBeVisible();
  const last = (await cycles.count()) - 1;
  expect(last).toBeGreaterThan(0);
  await cycles.nth(last).focus();
  await page.keyboard.press('ArrowLeft');
  await expect(cycles.nth(last - 1)).toBeFocused();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowLeft');
  await expect(cycles.first()).toBeFocused();
  await page.keyboard.press('End');
  await expect(cycles.nth(last)).toBeFocused();
  await expect(cycles.nth(last)).toHaveAccessibleName(/^Run \d+, .+: .+/);
  await expect(cycles.and(page.locator('[tabindex="0"]'))).toHaveCount(1);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: /^Run \d+$/ })).toBeVisible();
  expect(complaints).toEqual([]);
});

test('no accessibility violation in light and dark, and no sideways scroll at 320 px', async ({ browser }) => {
  const page = await as(browser, 'Operator', { viewport: { width: 320, height: 700 } });
  const complaints = complaintsOf(page);
  const check = async () => {
    await expectAccessibleInBothThemes(page);
    await expectNoSidewaysScroll(page);
  };
  await openFile(page);
  await check();
  await openFirstRun(page);
  await check();
  await page.getByRole('checkbox', { name: 'Select all on this page' }).check();
  await check();
  for (const address of ['/runs', '/runs?status=interrupted', '/runs/nothing']) {
    await page.goto(`${app.url}${address}`);
    await check();
  }
  await startDryRun(page);
  await page.goto(`${app.url}/runs?trigger=operator`);
  await page.getByRole('row').filter({ hasText: 'dry run' }).getByRole('link').first().click();
  await expect(page.getByRole('heading', { level: 1, name: 'Dry run' })).toBeVisible();
  await check();
  await startSlowRun(page, 'accessible');
  await page.getByRole('button', { name: 'Cancel this run' }).click();
  await check();
  await cancelTheRun(page);
  await tenant.control('POST', 'behaviour', AT_ONCE);
  expect(complaints.filter((text) => !text.includes('404'))).toEqual([]);
});

test('on a phone the results of runs are not cut, in German either', async ({ browser }) => {
  const db = openDatabase(readEnv({ DATA_DIR: dataDir }).databaseFile);
  const now = Date.now();
  const counts = { awaiting_sync: 9, needs_attention: 5, awaiting_mailbox: 3 };
  const times = { requestedAt: now, startedAt: now, finishedAt: now + 1 };
  addRun(db, 'many-runs-later', {
    ...times,
    number: 21_000,
    dryRun: true,
    trigger: 'operator',
    peopleDone: 17,
    counts,
  });
  db.$client.close();
  const page = await as(browser, 'Viewer', { viewport: { width: 390, height: 844 }, locale: 'de-DE' });
  await page.goto(`${app.url}/runs?trigger=operator`);
  await expect(page.getByRole('row', { name: /^Probelauf 21/ }).first()).toContainText('Synchronisierung');
  const spare = await page.getByRole('table').evaluate((table) => {
    const frame = table.parentElement;
    return frame === null ? -1 : frame.clientWidth - table.scrollWidth;
  });
  expect(spare).toBeGreaterThanOrEqual(0);
});

test('an open stream does not keep the server from stopping', async ({ browser }) => {
  const page = await as(browser, 'Viewer');
  await page.goto(app.url);
  const streams = await page.evaluate(async () => {
    const open = await Promise.all([1, 2, 3].map(() => fetch('/api/live')));
    return open.map((answer) => answer.headers.get('content-type'));
  });
  expect(streams).toEqual(Array(3).fill('text/event-stream; charset=utf-8'));
  expect(await app.stop()).toBe(0);
});
