/** One person’s page: its answer, what is done there, and how that is kept. */
import { expect, type Locator } from '@playwright/test';
import { eq } from 'drizzle-orm';
import { openDatabase } from '#db/client.ts';
import { people } from '#db/schema/people.ts';
import { readEnv } from '#lib/env.ts';
import {
  complaintsOf,
  expectAccessible,
  isGuarded,
  openPerson,
  pageAs,
  pressUntil,
  signIn,
} from '#tests/support/app/browser.ts';
import { demoOfFile, test } from '#tests/support/app/browser-test.ts';

const app = demoOfFile();

test('an operator finds the cause on a person’s page, and for a name that no file named', async ({ browser }) => {
  const page = await pageAs(browser, app, 'Operator');
  await openPerson(page, app, 'poplar');
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

test('an Operator corrects the EmployeeType and sees the result within seconds', async ({ browser }) => {
  const page = await pageAs(browser, app, 'Operator');
  const complaints = complaintsOf(page);
  await openPerson(page, app, 'veilchen');
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
  await openPerson(page, app, 'zinnia');
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
  await openPerson(page, app, 'poplar');
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
  await openPerson(page, app, 'rowan');
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

test('what was typed in a dialog is asked about before Back leaves the page; staying keeps it', async ({ browser }) => {
  const page = await pageAs(browser, app, 'Operator');
  const asked: string[] = [];
  page.on('dialog', async (dialog) => {
    asked.push(dialog.type());
    await dialog.dismiss();
  });
  await openPerson(page, app, 'otto.oak');
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
    await expect.poll(() => isGuarded(page), button).toBe(false);
  }
  await back();
  await expect(page).not.toHaveURL(href);
  expect(asked).toHaveLength(3);
});

test('the answer can be copied for a ticket, and the calls for Microsoft', async ({ browser }) => {
  const page = await pageAs(browser, app, 'Viewer', { permissions: ['clipboard-read', 'clipboard-write'] });
  await openPerson(page, app, 'maple');
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
  await openPerson(page, app, 'milo.maple');
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
  expect((await admin.request.post(`${app.url}/api/people/undo`, { headers, data: { ids: [id] } })).status()).toBe(200);
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
  await page.goto(app.url);
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
