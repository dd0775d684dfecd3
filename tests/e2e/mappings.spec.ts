import { expect, type Page } from '@playwright/test';
import {
  complaintsOf,
  expectAccessible,
  expectAccessibleInBothThemes,
  expectNoSidewaysScroll,
  pageAs,
} from '#tests/support/app/browser.ts';
import { demoOfFile, test } from '#tests/support/app/browser-test.ts';

const app = demoOfFile();

async function chooseLicence(page: Page, name: string): Promise<void> {
  const option = page.getByRole('option', { name: new RegExp(name) }).first();
  await page
    .getByLabel('Product')
    .last()
    .selectOption({ label: (await option.textContent()) ?? '' });
}

test('a Viewer reads mappings and licences, and is told who may change them', async ({ browser }) => {
  const page = await pageAs(browser, app, 'Viewer');
  await page.goto(`${app.url}/mappings`);
  // Not to the form, which is not theirs.
  await expect(page.getByRole('link', { name: 'E', exact: true })).toHaveAttribute('href', '/mappings/history?type=E');
  await expect(page.getByRole('row', { name: /^E .*Exchange Online \(Plan 1\) EXCHANGESTANDARD/ })).toBeVisible();
  const create = page.getByRole('button', { name: 'Create a mapping for 3 people' });
  await expect(create).toBeDisabled();
  await create.hover();
  await expect(page.getByRole('tooltip').filter({ visible: true })).toHaveText(
    'This needs the role Admin; you have Viewer.',
  );
  await page.goto(`${app.url}/mappings/edit?type=C`);
  await expect(page).toHaveURL(/no-access/);
});

test('an Operator sees what is bought, reserved and free, who waits, and how long the seats last', async ({
  browser,
}) => {
  const page = await pageAs(browser, app, 'Operator');
  await page.goto(`${app.url}/licences`);
  const kiosk = page.getByRole('region', { name: 'Exchange Online Kiosk' });
  await expect(
    kiosk.getByText(/\d+ too few for the people who need one|Enough for the people who need one/),
  ).toBeVisible();
  await expect(kiosk.getByRole('listitem').first()).toContainText('1.');
  await kiosk.getByRole('link', { name: 'N', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Versions for EmployeeType N' })).toBeVisible();
});

test('an Admin maps an unknown EmployeeType from its case, sees the impact first, and releases the people', async ({
  browser,
}) => {
  const page = await pageAs(browser, app, 'Admin');
  const complaints = complaintsOf(page);
  await page.goto(app.url);
  await page.getByRole('link', { name: 'Map C and release 3 people' }).click();
  await expect(page.getByLabel('EmployeeType')).toHaveValue('C');
  await chooseLicence(page, 'EXCHANGESTANDARD');
  await page.getByRole('button', { name: 'Add another licence' }).click();
  await chooseLicence(page, 'EXCHANGEDESKLESS');
  await page.getByRole('button', { name: 'Check impact' }).click();
  const impact = page.getByRole('region', { name: 'Impact' });
  await expect(impact.getByText(/are mutually exclusive/)).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Remove this licence' }).last().click();
  await expect(impact).toBeHidden();
  await page.getByRole('button', { name: 'Check impact' }).click();
  await expect(impact.getByText('3 waiting people are affected, and nobody who is licensed')).toBeVisible();
  await page.getByRole('button', { name: 'Publish and release 3 people' }).click();
  await expect(page).toHaveURL(/\/people\?type=C/);
  const done = page.getByRole('region', { name: 'What was done' });
  for (const shown of ['first', 'after a reload']) {
    await expect(done, shown).toContainText('Demo Admin published version 1 of the mapping of EmployeeType C');
    await expect(done, shown).toContainText('3 people were released and are checked at once');
    await page.reload();
  }
  await expect(page.getByText(/Mailbox opening|Provisioned/).nth(2)).toBeVisible({ timeout: 20_000 });
  expect(complaints).toEqual([]);
});

test('two Admins at once: the second is told, keeps what was typed, and brings an old version back', async ({
  browser,
}) => {
  const first = await pageAs(browser, app, 'Admin');
  const second = await pageAs(browser, app, 'Admin');
  for (const page of [first, second]) {
    await page.goto(`${app.url}/mappings/edit?type=N`);
    await page.getByLabel('Default usage location').fill(page === first ? 'DE' : 'FR');
    await page.getByRole('button', { name: 'Check impact' }).click();
  }
  await first.getByRole('button', { name: /^Publish/ }).click();
  await expect(first).toHaveURL(/\/mappings\?changed=\d+$/);
  await expect(first.getByRole('region', { name: 'What was done' })).toContainText('published version 2');
  await second.getByRole('button', { name: /^Publish/ }).click();
  const refusal = second.getByRole('alert').filter({ hasText: /Demo Admin published version 2 on .*\(UTC\)/ });
  await expect(refusal).toContainText('usage location US → DE');
  await expect(second.getByLabel('Default usage location')).toHaveValue('FR');
  const asked = second.waitForEvent('dialog').then(async (question) => {
    await question.accept();
    return question.message();
  });
  await second.getByRole('link', { name: 'Compare versions' }).click();
  expect(await asked).toBe('Leave this page? Your changes are not saved yet.');
  const comparison = second.getByRole('region', { name: 'Compare two versions' });
  await expect(comparison.getByText('+ Usage location DE')).toBeVisible();
  await expect(comparison.getByText('− Usage location US')).toBeVisible();
  await second.getByRole('link', { name: 'Restore this version' }).click();
  await expect(second.getByLabel('Default usage location')).toHaveValue('US');
  await second.getByRole('button', { name: 'Check impact' }).click();
  await second.getByRole('button', { name: /^Publish/ }).click();
  await expect(second.getByRole('row', { name: /^N .*US .*Version 3/ })).toBeVisible();
});

test('any two versions are compared, at an address that can be pasted', async ({ browser }) => {
  const page = await pageAs(browser, app, 'Admin');
  for (const location of ['DE', 'FR', 'IT']) {
    await page.goto(`${app.url}/mappings/edit?type=Compared`);
    if (location === 'DE') await chooseLicence(page, 'EXCHANGESTANDARD');
    await page.getByLabel('Default usage location').fill(location);
    await page.getByRole('button', { name: 'Check impact' }).click();
    await page.getByRole('button', { name: /^Publish/ }).click();
    await expect(page).toHaveURL(/changed=/);
  }
  await page.goto(`${app.url}/mappings/history?type=Compared`);
  const comparison = page.getByRole('region', { name: 'Compare two versions' });
  await comparison.getByLabel('From').selectOption('Version 3');
  await comparison.getByLabel('To').selectOption('Version 1');
  await comparison.getByRole('button', { name: 'Compare' }).click();
  await expect(comparison.getByText('+ Usage location DE')).toBeVisible();
  await expect(comparison.getByText('− Usage location IT')).toBeVisible();
  await expect(page).toHaveURL(/type=Compared&a=3&b=1$/);
  await expectAccessible(page);
  await page.goto(`${app.url}/mappings/history?type=Compared&a=2&b=2`);
  await expect(comparison.getByText('Nothing is different from version 2.')).toBeVisible();
});

test('a licence is typed by its part number, letter by letter, and cleared, without losing the field', async ({
  browser,
}) => {
  const page = await pageAs(browser, app, 'Admin');
  await page.goto(`${app.url}/mappings/edit?type=Typed`);
  const partNumber = page.getByLabel('Part number');
  await page.getByLabel('Product').selectOption('Another one, by part number');
  await expect(partNumber).toHaveValue('');
  await page.getByRole('button', { name: 'Check impact' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'type the part number of the licence' })).toBeVisible();
  await partNumber.pressSequentially('ENTERPRISEPACK');
  await expect(page.getByText('This tenant has it: Office 365 E3.')).toBeVisible();
  await partNumber.pressSequentially('2');
  await expect(page.getByText('This tenant does not have it now')).toBeVisible();
  await partNumber.fill('');
  await expect(partNumber).toBeFocused();
  await partNumber.pressSequentially('SPE_E3');
  await page.getByRole('button', { name: 'Check impact' }).click();
  await expect(page.getByRole('region', { name: 'Impact' })).toContainText(
    'Microsoft 365 E3 (SPE_E3) is not in this tenant.',
  );
});

test('service plans are shown by the names people know', async ({ browser }) => {
  const page = await pageAs(browser, app, 'Admin');
  await page.goto(`${app.url}/mappings/edit?type=Plans`);
  await chooseLicence(page, 'ENTERPRISEPACK');
  await expect(page.getByLabel('Exchange Online (Plan 2) (provides the mailbox)')).toBeChecked();
  await expect(page.getByText('EXCHANGE_S_ENTERPRISE', { exact: true })).toBeVisible();
  await expect(page.getByLabel('Microsoft Teams')).toBeChecked();
  await expectAccessible(page);
});

test('a mapping is removed only after its impact was seen, and the button repeats the numbers', async ({ browser }) => {
  const page = await pageAs(browser, app, 'Admin');
  const complaints = complaintsOf(page);
  await page.goto(`${app.url}/mappings/edit?type=N`);
  await page.getByRole('button', { name: 'Remove mapping' }).click();
  const impact = page.getByRole('region', { name: 'Impact of removing it' });
  await expect(impact).toBeFocused();
  await expect(impact.getByRole('heading', { name: 'Nobody loses a licence' })).toBeVisible();
  const remove = impact.getByRole('button', { name: /^Remove: \d+ needs? attention, \d+ waits?, .*\d+ keeps? / });
  const [attention] = /\d+/.exec((await remove.textContent()) ?? '') ?? [];
  await expect(impact.getByRole('listitem').first()).toHaveText(
    `${attention} people without a licence would need attention at the next check, or once the account is there.`,
  );
  await expectAccessible(page);
  await impact.getByRole('button', { name: 'Keep mapping' }).click();
  await expect(impact).toBeHidden();
  await page.getByRole('button', { name: 'Remove mapping' }).click();
  await remove.click();
  await expect(page).toHaveURL(/\/mappings\?changed=\d+$/);
  const done = page.getByRole('region', { name: 'What was done' });
  await expect(done).toContainText('Demo Admin removed the mapping of EmployeeType N.');
  await expect(done).toContainText('Nobody loses anything.');
  await expect(page.getByRole('row', { name: /^N / })).toHaveCount(0);
  expect(complaints).toEqual([]);
});

test('by keyboard alone a mapping is made', async ({ browser }) => {
  const page = await pageAs(browser, app, 'Admin');
  await page.goto(`${app.url}/mappings/edit`);
  await page.getByLabel('EmployeeType').focus();
  await page.keyboard.type('Intern');
  await page.keyboard.press('Tab');
  await expect(page.getByLabel('Product')).toBeFocused();
  await page.keyboard.type('Exchange Online (P');
  await page.getByLabel('Note').focus();
  await page.keyboard.type('Summer interns');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'Impact' })).toBeFocused();
  const publish = page.getByRole('button', { name: 'Publish', exact: true });
  for (
    let presses = 0;
    presses < 10 && !(await publish.evaluate((one) => one === document.activeElement));
    presses += 1
  )
    await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('row', { name: /^Intern .*Exchange Online \(Plan 1\)/ })).toBeVisible();
});

const ADDRESSES = ['/mappings', '/mappings/edit', '/mappings/edit?type=E', '/mappings/history?type=N', '/licences'];

test('mappings and licences are accessible in light and dark and fit 320 px', async ({ browser }) => {
  const page = await pageAs(browser, app, 'Admin', { viewport: { width: 320, height: 720 } });
  for (const address of [...ADDRESSES, '/mappings/history?type=nobody']) {
    await page.goto(`${app.url}${address}`);
    await expectAccessibleInBothThemes(page);
    await expectNoSidewaysScroll(page);
  }
});
