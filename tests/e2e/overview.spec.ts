/** Overview: its cases, and what is done there. */
import { expect, type Locator } from '@playwright/test';
import { expectAccessible, openPerson, pageAs } from '#tests/support/app/browser.ts';
import { demoOfFile, test } from '#tests/support/app/browser-test.ts';

const app = demoOfFile();

test('on paper no room is kept for the buttons of a case', async ({ browser }) => {
  const page = await pageAs(browser, app, 'Operator', { viewport: { width: 390, height: 844 } });
  await page.goto(app.url);
  await page.emulateMedia({ media: 'print' });
  const cases = page.getByRole('listitem').filter({ has: page.getByRole('group') });
  await expect(cases.first()).toBeVisible();
  const spare = await cases.evaluateAll((all) =>
    all.map((one) => one.clientHeight - (one.querySelector('details')?.clientHeight ?? 0)),
  );
  expect(new Set(spare).size).toBe(1);
});

test('on a phone what a role may not use stands where the other ways on stand', async ({ browser }) => {
  const page = await pageAs(browser, app, 'Operator', { viewport: { width: 390, height: 844 } });
  await page.goto(app.url);
  const left = async (one: Locator) => (await one.boundingBox())?.x;
  const usable = await left(page.getByRole('link', { name: /^Approve or reject/ }));
  expect(usable).toBeGreaterThan(0);
  expect(await left(page.getByRole('button', { name: /^Map C/ }))).toBe(usable);
  expect(await left(page.getByRole('button', { name: 'Set usage location' }))).toBe(usable);
});

test('the numbers on top fill their rows at every width', async ({ browser }) => {
  const page = await pageAs(browser, app, 'Viewer');
  await page.goto(app.url);
  const glance = page.getByRole('list', { name: 'At a glance' });
  await expect(glance).toBeVisible();
  for (const width of [320, 390, 640, 720, 960, 1440]) {
    await page.setViewportSize({ width, height: 800 });
    const unfilled = await glance.evaluate((list) => {
      const edge = list.getBoundingClientRect().right;
      const cells = [...list.children].map((cell) => cell.getBoundingClientRect());
      const rows = new Map(cells.map(({ top, right }) => [top, right]));
      return [...rows.values()].filter((right) => edge - right > 3);
    });
    expect(unfilled, `${width} px`).toEqual([]);
  }
});

test('groups who needs attention by cause, with the number of people each action releases', async ({ browser }) => {
  const page = await pageAs(browser, app, 'Admin');
  await page.goto(app.url);
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
  await page.goto(app.url);
  const glance = page.getByRole('list', { name: 'At a glance' });
  await expect(glance.getByRole('link', { name: /^Need you/ })).toHaveAttribute('href', /awaiting_seat/);
  const waiting = glance.getByRole('link', { name: /^Waiting/ });
  await expect(waiting).toHaveAttribute('href', /awaiting_mailbox/);
  await expect(waiting).not.toHaveAttribute('href', /awaiting_seat/);
});

test('a Viewer sees the same actions, and learns who may use them', async ({ browser }) => {
  const page = await pageAs(browser, app, 'Viewer');
  await page.goto(app.url);
  const button = page.getByRole('button', { name: 'Map C and release 3 people' });
  await expect(button).toBeDisabled();
  // As wide as its words, not as its column.
  expect((await button.boundingBox())?.width).toBeLessThan(100);
  await button.hover();
  await expect(page.getByRole('tooltip')).toHaveText('This needs the role Admin; you have Viewer.');
});

test('an Operator sets the location for everybody it holds up, and they continue at once', async ({ browser }) => {
  const page = await pageAs(browser, app, 'Operator');
  await page.goto(app.url);
  await page.getByRole('button', { name: 'Set usage location' }).click();
  await page.getByRole('dialog').getByLabel('Usage location').fill('DE');
  await expectAccessible(page);
  const answered = page.waitForResponse('**/api/people/matching');
  await page.getByRole('button', { name: 'Set and retry' }).click();
  expect((await answered).status()).toBe(200);
  await openPerson(page, app, 'kelp');
  await expect(page.getByText(/(is|are) assigned and verified|the mailbox answers/i).first()).toBeVisible();
  await page.getByRole('link', { name: 'Changes made' }).click();
  await expect(page.getByRole('row', { name: /usage location/i }).first()).toContainText('DE');
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
