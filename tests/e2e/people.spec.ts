import { readFileSync } from 'node:fs';
import { expect, type Locator, type Page } from '@playwright/test';
import { eq } from 'drizzle-orm';
import { openDatabase } from '#db/client.ts';
import { people } from '#db/schema.ts';
import { readEnv } from '#lib/env.ts';
import {
  complaintsOf,
  type DemoApp,
  expectAccessible,
  expectAccessibleInBothThemes,
  expectNoSidewaysScroll,
  firstCycleDone,
  isGuarded,
  pageAs,
  pressUntil,
  type RoleName,
  signIn,
  startDemo,
} from '#tests/support/app/browser.ts';
import { test } from '#tests/support/app/browser-test.ts';

let app: DemoApp;

test.beforeAll(async ({ browser }) => {
  app = await startDemo();
  const page = await pageAs(browser, app, 'Viewer');
  await firstCycleDone(page, app);
  await page.context().close();
});

test.afterAll(async () => {
  await app.stop();
});

async function openPerson(page: Page, name: string): Promise<void> {
  await page.goto(`${app.url}/people?q=${name}`);
  await page.locator('tbody').getByRole('link').first().click();
  await expect(page).toHaveURL(/\/people\/\d+/);
}

test('an operator finds the cause on a person’s page, and for a name that no file named', async ({ browser }) => {
  const page = await pageAs(browser, app, 'Operator');
  await openPerson(page, 'poplar');
  await page.getByRole('button', { name: 'Find the cause' }).click();
  const cause = page.getByRole('region', { name: 'The likeliest cause' });
  await expect(cause).toContainText('onPremisesProvisioningErrors');
  await expect(cause.getByRole('link', { name: 'The account in Entra' })).toHaveAttribute(
    'href',
    /userId\/[0-9a-f-]{36}$/,
  );
  await pressUntil(page, 'Control+k', page.getByRole('combobox'));
  await page.keyboard.type('nobody.known@contoso.example');
  await page.getByRole('option', { name: 'Why is there no mailbox?' }).click();
  await page.getByRole('button', { name: 'Find the cause' }).click();
  await expect(cause).toContainText('The account does not exist in Microsoft 365');
});

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

  await openPerson(page, 'poplar');
  const technical = page.getByRole('link', { name: 'Technical' });
  await technical.click();
  await expect(technical).toHaveAttribute('aria-current', 'true');
  await expect.poll(async () => (await technical.boundingBox())?.x).toBeGreaterThan(0);
});

test('on paper no room is kept for the buttons of a case', async ({ browser }) => {
  const page = await pageAs(browser, app, 'Operator', PHONE);
  await page.emulateMedia({ media: 'print' });
  const cases = page.getByRole('listitem').filter({ has: page.getByRole('group') });
  await expect(cases.first()).toBeVisible();
  const spare = await cases.evaluateAll((all) =>
    all.map((one) => one.clientHeight - (one.querySelector('details')?.clientHeight ?? 0)),
  );
  expect(new Set(spare).size).toBe(1);
});

test.describe('home', () => {
  test('groups who needs attention by cause, with the number of people each action releases', async ({ browser }) => {
    const page = await pageAs(browser, app, 'Admin');
    const unmapped = page.getByRole('listitem').filter({ hasText: 'EmployeeType C has no mapping' });
    await expect(unmapped.getByRole('link', { name: 'Map C and release 3 people' })).toHaveAttribute(
      'href',
      '/mappings/edit?type=C&release=1',
    );
    await expect(page.getByRole('link', { name: 'Approve or reject 11 people' })).toBeVisible();
    const noSeat = page.getByRole('listitem').filter({ hasText: 'Exchange Online Kiosk has no seat left' });
    await expect(noSeat.getByRole('link', { name: 'See the waiting list of 4 people' })).toBeVisible();
    const guest = page.getByRole('link', { name: 'Cause and fix of Milo Maple' });
    await expect(guest).toHaveAttribute('href', /^\/people\/\d+\?tab=cause$/);
  });

  test('the number of who waits leads to the same people: who waits for a seat needs somebody, and is counted there', async ({
    browser,
  }) => {
    const page = await pageAs(browser, app, 'Viewer');
    const glance = page.getByRole('list', { name: 'At a glance' });
    await expect(glance.getByRole('link', { name: /^Need you/ })).toHaveAttribute('href', /awaiting_seat/);
    const waiting = glance.getByRole('link', { name: /^Waiting/ });
    await expect(waiting).toHaveAttribute('href', /awaiting_mailbox/);
    await expect(waiting).not.toHaveAttribute('href', /awaiting_seat/);
  });

  test('a Viewer sees the same actions, and learns who may use them', async ({ browser }) => {
    const page = await pageAs(browser, app, 'Viewer');
    const button = page.getByRole('button', { name: 'Map C and release 3 people' });
    await expect(button).toBeDisabled();
    // As wide as its words, not as its column.
    expect((await button.boundingBox())?.width).toBeLessThan(100);
    await button.hover();
    await expect(page.getByRole('tooltip')).toHaveText('Needs the role Admin; you are signed in as Viewer.');
  });

  test('an Operator sets the location for everybody it holds up, and they continue at once', async ({ browser }) => {
    const page = await pageAs(browser, app, 'Operator');
    await page.getByRole('button', { name: 'Set usage location' }).click();
    await page.getByRole('dialog').getByLabel('Usage location').fill('DE');
    await expectAccessible(page);
    const answered = page.waitForResponse('**/api/people/matching');
    await page.getByRole('button', { name: 'Set and retry' }).click();
    expect((await answered).status()).toBe(200);
    await openPerson(page, 'kelp');
    await expect(page.getByText(/(is|are) assigned and verified|the mailbox answers/i).first()).toBeVisible();
    await page.getByRole('link', { name: 'Changes made' }).click();
    await expect(page.getByRole('row', { name: /usage location/i }).first()).toContainText('DE');
  });
});

test.describe('the people list', () => {
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
});

test.describe('one person', () => {
  test('an Operator corrects the EmployeeType and sees the result within seconds', async ({ browser }) => {
    const page = await pageAs(browser, app, 'Operator');
    const complaints = complaintsOf(page);
    await openPerson(page, 'veilchen');
    await expect(page.getByRole('heading', { level: 2, name: /EmployeeType C has no mapping/ })).toBeVisible();
    await page.getByText('More', { exact: true }).click();
    await page.getByRole('button', { name: 'Correct and retry' }).click();
    await page.getByLabel('EmployeeType').fill('E');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Save and retry' }).click();
    await expect(page.getByText(/(is|are) assigned and verified|the mailbox answers/i).first()).toBeVisible();
    await expect(page.getByText(/changed EmployeeType from C to E/).first()).toBeVisible();
    expect(complaints).toEqual([]);
  });

  test('a wrong UserPrincipalName, or one that somebody else has, is refused in words and nothing is lost', async ({
    browser,
  }) => {
    const page = await pageAs(browser, app, 'Operator');
    await openPerson(page, 'zinnia');
    await page.getByText('More', { exact: true }).click();
    await page.getByRole('button', { name: 'Correct and retry' }).click();
    await page.getByLabel('UserPrincipalName').fill('not a name');
    await page.getByRole('button', { name: 'Save and retry' }).click();
    await expect(page.getByRole('alert').filter({ hasText: /^It has no @$/ })).toBeVisible();
    await expect(page.getByLabel('UserPrincipalName')).toHaveAttribute('aria-invalid', 'true');
    await page.getByLabel('UserPrincipalName').fill('milo.maple@contoso.example');
    await page.getByRole('button', { name: 'Save and retry' }).click();
    await expect(page.getByRole('alert').filter({ hasText: 'Milo Maple already has this name' })).toBeVisible();
    await expect(page.getByLabel('UserPrincipalName')).toHaveValue('milo.maple@contoso.example');
  });

  test('notes, “I’m on it”, dismissal with undo and reopening are kept with names', async ({ browser }) => {
    const page = await pageAs(browser, app, 'Operator');
    await openPerson(page, 'poplar');
    await page.getByText('More', { exact: true }).click();
    await page.getByRole('button', { name: 'I’m on it' }).click();
    await expect(page.getByText(/^State changed .*You are on it\.$/)).toBeVisible();
    await page.getByText('More', { exact: true }).click();
    await page.getByRole('button', { name: 'Add a note' }).click();
    await page.getByRole('textbox').fill('The other account is renamed on Monday.');
    await page.getByRole('button', { name: 'Save note' }).click();
    await expect(page.getByText('The other account is renamed on Monday.')).toBeVisible();
    const more = page.locator('summary', { hasText: 'More' });
    await expect(more).toBeFocused();
    await page.getByText('More', { exact: true }).click();
    await page.getByRole('button', { name: 'Dismiss', exact: true }).click();
    const question = page.getByRole('dialog', { name: 'Dismiss Paula Poplar?' });
    await question.getByRole('button', { name: 'Left or never started' }).click();
    await expect(question.getByLabel('Why')).toHaveValue('Left or never started');
    await question.getByRole('button', { name: 'Dismiss' }).click();
    await expect(page.getByRole('heading', { level: 2, name: /closed this: Left or never started/ })).toBeVisible();
    // The menu has done its part, and whoever works by keyboard stands before it.
    await expect(page.getByRole('button', { name: 'Add a note' })).toBeHidden();
    await expect(more).toBeFocused();
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(page.getByRole('heading', { level: 2, name: /is already used by another account/ })).toBeVisible();
    await page.goto(`${app.url}/people?mine=1`);
    await expect(page.getByRole('link', { name: 'Paula Poplar' })).toBeVisible();
  });

  test('a dialog whose session has ended leads to the sign-in, and keeps what was typed', async ({ browser }) => {
    const [page, other] = [await pageAs(browser, app, 'Operator'), await pageAs(browser, app, 'Operator')];
    await openPerson(page, 'rowan');
    await page.getByText('More', { exact: true }).click();
    await page.getByRole('button', { name: 'Add a note' }).click();
    const dialog = page.getByRole('dialog', { name: 'A note about Rosa Rowan' });
    await dialog.getByRole('textbox').fill('Asked the licence team.');
    await page.context().clearCookies();
    // The stream still tells that something is new: to read the page anew would be to leave it.
    const refused = page.waitForResponse((response) => response.status() === 401);
    await other.request.post(`${app.url}/api/people/note`, {
      headers: { origin: app.url, 'sec-fetch-site': 'same-origin' },
      data: { id: Number(new URL(page.url()).pathname.split('/').at(-1)), note: 'Told by somebody else.' },
    });
    await refused;
    const signInAgain = async () => {
      const opened = page.waitForEvent('popup');
      await page.getByRole('dialog').getByRole('link', { name: 'Sign in again' }).click();
      await signIn(await opened, app, 'Operator');
    };
    await dialog.getByRole('button', { name: 'Save note' }).click();
    await expect(dialog.getByRole('alert')).toContainText('nothing was changed');
    await signInAgain();
    await expect(dialog.getByRole('textbox')).toHaveValue('Asked the licence team.');
    await dialog.getByRole('button', { name: 'Save note' }).click();
    await expect(dialog).toBeHidden();
    await expect(page.getByText('Asked the licence team.')).toBeVisible();

    await page.getByText('More', { exact: true }).click();
    await page.getByRole('button', { name: 'Dismiss', exact: true }).click();
    const question = page.getByRole('dialog', { name: 'Dismiss Rosa Rowan?' });
    await question.getByLabel('Why').fill('Starts in spring.');
    await page.context().clearCookies();
    await question.getByRole('button', { name: 'Dismiss' }).click();
    await signInAgain();
    await expect(question.getByLabel('Why')).toHaveValue('Starts in spring.');
  });

  test('what was typed in a dialog is asked about before Back leaves the page; staying keeps it', async ({
    browser,
  }) => {
    const page = await pageAs(browser, app, 'Operator');
    const asked: string[] = [];
    page.on('dialog', async (dialog) => {
      asked.push(dialog.type());
      await dialog.dismiss();
    });
    await openPerson(page, 'otto.oak');
    const { href } = await page.evaluate(() => location);
    const back = () => page.evaluate(() => history.back());
    for (const [button, field] of [
      ['Correct and retry', 'EmployeeType'],
      ['Add a note', 'Note'],
      ['Dismiss', 'Why'],
    ] as const) {
      await page.getByText('More', { exact: true }).click();
      await page.getByRole('button', { name: button, exact: true }).click();
      const typed = page.getByRole('dialog').getByLabel(field);
      await typed.fill('half a wo');
      const before = asked.length;
      await back();
      await expect.poll(() => asked.length, button).toBe(before + 1);
      await expect(page, button).toHaveURL(href);
      await expect(typed, button).toHaveValue('half a wo');
      await page.keyboard.press('Escape');
    }
    await back();
    await expect(page).not.toHaveURL(href);
    expect(asked).toHaveLength(3);
  });

  test('the answer can be copied for a ticket, and the calls for Microsoft', async ({ browser }) => {
    const page = await pageAs(browser, app, 'Viewer', { permissions: ['clipboard-read', 'clipboard-write'] });
    await openPerson(page, 'maple');
    await page.getByRole('button', { name: 'Copy for ticket' }).click();
    const ticket = await page.evaluate(() => navigator.clipboard.readText());
    expect(ticket).toContain('Milo Maple <milo.maple@contoso.example>');
    expect(ticket).toContain('Needs attention: The account is a guest');
    expect(ticket).toContain(page.url());
    await page.getByRole('link', { name: 'Technical' }).click();
    await expect(page.getByText(/request-id [0-9a-f-]{36}/).first()).toBeVisible();
  });

  test('what is being typed stays while somebody else changes the person, and is saved only after the change was seen', async ({
    browser,
  }) => {
    const page = await pageAs(browser, app, 'Operator');
    const complaints = complaintsOf(page, /409/);
    await openPerson(page, 'milo.maple');
    const id = Number(new URL(page.url()).pathname.split('/').at(-1));
    const db = openDatabase(readEnv({ DATA_DIR: app.dataDir }).databaseFile);
    const [seen] = db.select().from(people).where(eq(people.id, id)).all();
    db.$client.close();
    await page.getByText('More', { exact: true }).click();
    await page.getByRole('button', { name: 'Add a note' }).click();
    await page.getByRole('textbox', { name: 'Note' }).fill('half a no');
    await page.keyboard.press('Escape');
    await page.getByText('More', { exact: true }).click();
    await page.getByRole('button', { name: 'Correct and retry' }).click();
    const type = page.getByLabel('EmployeeType');
    await type.fill('N');

    const admin = await pageAs(browser, app, 'Admin');
    const headers = { origin: app.url, 'sec-fetch-site': 'same-origin' };
    const seenByAdmin = [{ id, revision: seen?.revision }];
    const dismissal = { headers, data: { people: seenByAdmin, why: 'A guest stays one' } };
    expect((await admin.request.post(`${app.url}/api/people/dismiss`, dismissal)).status()).toBe(200);
    const dialog = page.getByRole('dialog');
    const meanwhile = dialog.getByRole('status');
    await expect(meanwhile).toContainText(
      'Milo Maple has changed in the meantime: Demo Admin closed this: A guest stays one',
    );
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Save and retry' }).click();
    await expect(dialog.getByRole('alert')).toContainText('Milo Maple has changed in the meantime.');
    expect((await admin.request.post(`${app.url}/api/people/undo`, { headers, data: { ids: [id] } })).status()).toBe(
      200,
    );
    await expect(meanwhile).toContainText('The account is a guest');
    await expect(type).toHaveValue('N');
    await dialog.getByRole('button', { name: 'Continue from there' }).click();
    await expect(meanwhile).toBeHidden();
    await dialog.getByRole('button', { name: 'Save and retry' }).click();
    await expect(dialog).toBeHidden();
    await expect(page.getByText('EmployeeType corrected. It is checked again now.')).toBeVisible();
    await expect(page.getByText(/Demo Operator changed EmployeeType from E to N/).first()).toBeVisible();
    await page.getByText('More', { exact: true }).click();
    await page.getByRole('button', { name: 'Add a note' }).click();
    await expect(page.getByRole('textbox', { name: 'Note' })).toHaveValue('half a no');
    expect(complaints).toEqual([]);
  });

  test('by keyboard alone somebody is found, retried, and the result read', async ({ browser }) => {
    const page = await pageAs(browser, app, 'Operator');
    await pressUntil(page, 'Control+k', page.getByRole('combobox'));
    await expect(page.getByRole('combobox')).toBeFocused();
    // Enter comes before the answer: it opens who is meant by the whole word, not who was found for its beginning.
    await page.keyboard.type('paula');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { level: 1, name: 'Paula Poplar' })).toBeVisible();
    const pressAt = async (wanted: Locator) => {
      const isThere = () => wanted.evaluate((one) => one === document.activeElement);
      for (let presses = 0; presses < 60 && !(await isThere()); presses += 1) await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
    };
    await pressAt(page.locator('summary', { hasText: 'More' }));
    await pressAt(page.getByRole('button', { name: 'Retry now' }));
    await expect(page.getByText(/1 person checked again now/)).toBeVisible();
    await expect(page.getByRole('heading', { level: 2, name: /is already used by another account/ })).toBeVisible();
  });
});

test.describe('finding', () => {
  test('a setting and a part of Help are found by their names', async ({ browser }) => {
    const page = await pageAs(browser, app, 'Admin');
    const input = page.getByRole('combobox', { name: /^A name/ });
    await pressUntil(page, 'Control+k', input);
    await input.fill('time zone');
    await page.getByRole('option', { name: /^Time zone.*Schedule$/ }).click();
    await expect(page.getByLabel('Time zone')).toBeVisible();
    await pressUntil(page, 'Control+k', input);
    await input.fill('already in use');
    await page.getByRole('option', { name: /^Address already in use.*Reasons and what to do$/ }).click();
    await expect(page).toHaveURL(/\/help\/reasons#proxy_address_conflict$/);
  });

  test('a pasted list of names becomes a list with an address, and says whom nobody knows', async ({ browser }) => {
    const page = await pageAs(browser, app, 'Viewer');
    await page.getByRole('button', { name: /^Find/ }).click();
    await page
      .getByRole('combobox')
      .fill('Milo Maple <milo.maple@contoso.example>; lara.larch@contoso.example\nghost@contoso.example');
    await expectAccessible(page);
    await page.getByRole('option', { name: /Show these 3 people/ }).click();
    await expect(page).toHaveURL(/list=/);
    await expect(page.getByRole('row')).toHaveCount(3);
    await page.getByText('1 name of the list is not known here').click();
    await expect(page.getByText('ghost@contoso.example')).toBeVisible();
  });

  test('keys lead to a page, along its rows and to what is done there; a row is a link as a whole; a reader chooses how it looks', async ({
    browser,
  }) => {
    const page = await pageAs(browser, app, 'Operator');
    // The page hears keys once its scripts run.
    await expect(async () => {
      await page.keyboard.press('g');
      await page.keyboard.press('p');
      await expect(page).toHaveURL(/\/people$/, { timeout: 1000 });
    }).toPass({ timeout: 20_000 });
    const rows = page.locator('tbody tr');
    await expect(rows.first()).toBeVisible();
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await expect(rows.nth(1).getByRole('link').first()).toBeFocused();
    await page.keyboard.press('k');
    await expect(rows.first().getByRole('link').first()).toBeFocused();

    await page.goto(`${app.url}/people?q=paula`);
    await page.getByRole('button', { name: 'Save this view' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('Paulas');
    await expect.poll(() => isGuarded(page)).toBe(true);
    await page.keyboard.press('Enter');
    const mine = page.getByRole('navigation', { name: 'My views' }).getByRole('link', { name: 'Paulas' });
    await expect(mine).toHaveAttribute('aria-current', 'true');
    await expect(page.getByText('Unsaved view')).toBeHidden();
    await expect.poll(() => isGuarded(page)).toBe(false);
    await rows.first().getByRole('cell').nth(2).click();
    await expect(page).toHaveTitle(/Paula Poplar – AutoProvision$/);
    await page.keyboard.press('r');
    await expect(page.getByText(/1 person checked again now/)).toBeVisible();

    await page.getByRole('link', { name: 'Preferences' }).click();
    await page.getByRole('radio', { name: 'Dark' }).check();
    await expect(page.locator('html')).toHaveCSS('color-scheme', 'dark');
    await page.getByRole('radio', { name: 'Dense' }).check();
    await page.getByRole('radio', { name: 'UTC' }).check();
    await page.getByRole('radio', { name: /^Date and time/ }).check();
    await expect(page.locator('html')).toHaveAttribute('data-rows', 'dense');
    await expectAccessible(page);
    await page.goto(`${app.url}/people`);
    await expect(page.locator('html')).toHaveCSS('color-scheme', 'dark');
    await expect(rows.first().getByRole('cell').last()).toHaveText(/^\d+ \w+ 2026, \d\d:\d\d$/);
    const height = await rows.first().evaluate((row) => row.getBoundingClientRect().height);
    expect(height).toBeLessThanOrEqual(41);
  });

  test('? shows the keys, and single keys can be turned off', async ({ browser }) => {
    const page = await pageAs(browser, app, 'Viewer');
    await pressUntil(page, '?', page.getByRole('dialog', { name: 'Keyboard shortcuts' }));
    await expectAccessible(page);
    await page.getByRole('switch', { name: /Single-key shortcuts/ }).click();
    await page.getByRole('button', { name: 'Done' }).click();
    await page.keyboard.press('?');
    await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeHidden();
  });
});

test('what was done stays until it is read, with its undo, also where its case has gone and on the next page', async ({
  browser,
}) => {
  const page = await pageAs(browser, app, 'Operator');
  await page.goto(app.url);
  const line = page
    .getByRole('region', { name: 'Needs you' })
    .getByRole('listitem')
    .filter({ hasText: 'Peter Pappel' });
  await line.locator('summary').click();
  await line.getByRole('button', { name: 'Dismiss' }).click();
  const question = page.getByRole('dialog', { name: 'Dismiss Peter Pappel?' });
  await question.getByRole('button', { name: 'Needs no mailbox' }).click();
  await question.getByRole('button', { name: 'Dismiss' }).click();
  const messages = page.getByRole('status', { name: 'Messages' });
  await expect(messages).toContainText('1 person dismissed.');
  const undo = messages.getByRole('button', { name: 'Undo' });
  await undo.focus();
  await expect(line).toHaveCount(0);
  await expectAccessible(page);
  await undo.click();
  await expect(messages).toContainText('Dismissal undone.');
  await page.getByRole('navigation').getByRole('link', { name: 'Files' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Files' })).toBeVisible();
  await expect(messages).toContainText('Dismissal undone.');
  await expect(undo).toHaveCount(0);
  await messages.getByRole('button', { name: 'Close this message' }).click();
  await expect(page.getByText('Dismissal undone.')).toHaveCount(0);
});

test('what is mended in Microsoft 365 comes with the account there, commands to copy, and Microsoft’s article', async ({
  browser,
}) => {
  const page = await pageAs(browser, app, 'Viewer');
  await page.goto(`${app.url}/people?reason=location_refused`);
  await page.locator('tbody').getByRole('link').first().click();
  await page.getByRole('link', { name: 'Cause and fix' }).click();
  const steps = page.getByRole('region', { name: 'Cause and fix' }).getByRole('list').first().getByRole('listitem');
  await expect(steps).toHaveText([/^Set the usage location where/, /^Wait/]);
  const playbook = page.getByRole('region', { name: 'For the Microsoft 365 administrator' });
  await expect(playbook.getByRole('link', { name: 'The account in Entra' })).toHaveAttribute(
    'href',
    /\/userId\/[\w-]+$/,
  );
  await expect(playbook.getByRole('link', { name: 'The mailbox in Exchange' })).toBeVisible();
  await expect(playbook.getByText(/^\$upn = '.+@.+'\s+Connect-MgGraph/)).toBeVisible();
  await expect(playbook.getByRole('button', { name: 'Copy commands' })).toBeVisible();
  await expect(playbook.getByRole('link', { name: /PowerShell/ })).toHaveAttribute(
    'href',
    /^https:\/\/learn\.microsoft\.com\//,
  );
});

test('a case of several people without one cure says what is done with them', async ({ browser }) => {
  const page = await pageAs(browser, app, 'Operator');
  const csv = 'CN,UserPrincipalName,EmployeeType\nNo Type,no.type@contoso.example,\nOf None,of.none@contoso.example,\n';
  const headers = { origin: app.url, 'sec-fetch-site': 'same-origin', 'content-type': 'text/csv' };
  await page.request.post(`${app.url}/api/files?name=no-types.csv`, { headers, data: csv });
  const cure = page.getByRole('listitem').filter({ hasText: 'EmployeeType is empty' }).getByRole('link').last();
  await expect(async () => {
    await page.goto(app.url);
    await expect(cure).toHaveText(/^Correct [23] people$/, { timeout: 1000 });
    // The cycle of every minute checks them.
  }).toPass({ timeout: 180_000 });
  const n = Number((await cure.innerText()).split(' ')[1]);
  await cure.click();
  await expect(page.locator('tbody tr')).toHaveCount(n);
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
