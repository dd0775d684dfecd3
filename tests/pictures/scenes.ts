/** What there is to see: every page in every state, by installation. A scene says how to get there; a page nobody named here fails the run. */
import { expect, type Page } from '@playwright/test';
import { SECTIONS } from '#components/setup/settings-sections.ts';

/** `busy`: the sample people after their first runs. `many`: thousands. `empty`: nobody yet. `failing`: share, tenant and mail server are away. */
export const INSTALLATIONS = ['busy', 'many', 'empty', 'failing'] as const;
export type Installation = (typeof INSTALLATIONS)[number];

export interface Scene {
  /** The page as its folder is called: `/people/[id]`. */
  page: string;
  state: string;
  installation: Installation;
  go: (page: Page, url: string) => Promise<unknown>;
  /** Only what the window shows: a question over the page does not scroll with it. */
  isWindow?: boolean;
  /** As it would be printed. */
  isPaper?: boolean;
}

const MIXED_CSV = `CN;UserPrincipalName;EmployeeType;Nutzungsort
Nina Neu;nina.neu@contoso.exmaple;E;DE
Jörg Müller;jörg.müller@contoso.example;E;Germany
Ok One;ok.one@contoso.example;N;
Typ Odd;typ.odd@contoso.example;Employe;
`;

const at = (path: string) => (page: Page, url: string) => page.goto(url + path);

/** Opens the item of a list whose row says `text`; left out: the last of the list. */
const itemOf = (list: string, text?: string | RegExp) => async (page: Page, url: string) => {
  await page.goto(url + list);
  const rows = page.locator('tbody tr');
  const row = text === undefined ? rows.last() : rows.filter({ hasText: text }).first();
  await row.getByRole('link').first().click();
  await page.waitForURL((address) => address.pathname !== new URL(url + list).pathname);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
};

const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first().click();

async function upload(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/upload`);
  const file = { name: 'mixed.csv', mimeType: 'text/csv', buffer: Buffer.from(MIXED_CSV) };
  await page.locator('input[type=file]').setInputFiles(file);
  await page.waitForURL(/\/upload\/./);
  await expect(page.locator('tbody tr').first()).toBeVisible();
}

async function personWith(page: Page, url: string, what: string): Promise<void> {
  await itemOf(`/people?${what}`)(page, url);
}

const POPLAR = (page: Page, url: string) => personWith(page, url, 'q=paula+poplar');

async function more(page: Page, url: string): Promise<void> {
  await POPLAR(page, url);
  await page.locator('main summary', { hasText: 'More' }).click();
}

const scene = (
  installation: Installation,
  page: string,
  state: string,
  go: Scene['go'] = at(page),
  isWindow = false,
): Scene => ({ installation, page, state, go, isWindow });

const BUSY: Scene[] = [
  scene('busy', '/', 'some cases'),
  scene('busy', '/people', 'some'),
  scene('busy', '/people', 'chosen', async (page, url) => {
    await page.goto(`${url}/people?state=needs_attention`);
    for (const box of (await page.locator('tbody').getByRole('checkbox').all()).slice(0, 3)) await box.check();
  }),
  scene('busy', '/people', 'nobody matches', at('/people?q=nobody-is-called-this')),
  scene('busy', '/people/[id]', 'needs attention', POPLAR),
  scene('busy', '/people/[id]', 'needs a mapping', (page, url) => personWith(page, url, 'reason=type_unmapped')),
  scene('busy', '/people/[id]', 'waits for a seat', (page, url) => personWith(page, url, 'state=awaiting_seat')),
  scene('busy', '/people/[id]', 'done', (page, url) => personWith(page, url, 'state=already_provisioned')),
  scene('busy', '/people/[id]', 'technical', async (page, url) => {
    await POPLAR(page, url);
    await page.getByRole('link', { name: 'Technical' }).click();
    await expect(page.getByRole('heading', { name: 'Technical' })).toBeVisible();
  }),
  scene('busy', '/people/[id]', 'more', more, true),
  scene(
    'busy',
    '/people/[id]',
    'correct',
    async (page, url) => {
      await more(page, url);
      await press(page, 'Correct and retry');
      await expect(page.getByRole('dialog')).toBeVisible();
    },
    true,
  ),
  scene(
    'busy',
    '/people/[id]',
    'correct, refused',
    async (page, url) => {
      await more(page, url);
      await press(page, 'Correct and retry');
      await page.getByLabel('UserPrincipalName').fill('not a name');
      await press(page, 'Save and retry');
      await expect(page.getByRole('dialog').getByRole('alert')).toBeVisible();
    },
    true,
  ),
  scene(
    'busy',
    '/people/[id]',
    'dismiss',
    async (page, url) => {
      await more(page, url);
      await press(page, 'Dismiss');
      await expect(page.getByRole('dialog')).toBeVisible();
    },
    true,
  ),
  scene(
    'busy',
    '/',
    'find',
    async (page, url) => {
      await page.goto(url);
      await page.keyboard.press('Control+k');
      await page.keyboard.type('mi');
      await expect(page.getByRole('option', { name: 'Milo Maple' })).toBeVisible();
    },
    true,
  ),
  { ...scene('busy', '/people/[id]', 'on paper', POPLAR), isPaper: true },
  { ...scene('busy', '/', 'on paper'), isPaper: true },
  scene('busy', '/approvals', 'some held'),
  scene('busy', '/files', 'some'),
  scene('busy', '/files/[id]', 'with rejected rows', itemOf('/files', 'headquarters')),
  scene('busy', '/files/[id]', 'accepted', itemOf('/files')),
  scene('busy', '/upload', 'start'),
  scene('busy', '/upload/[id]', 'doubts', upload),
  scene('busy', '/upload/[id]', 'checked', async (page, url) => {
    await upload(page, url);
    await press(page, 'Check against Microsoft 365');
    await expect(page.getByText('Checked against Microsoft 365')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Check again' })).toBeVisible();
  }),
  scene('busy', '/rows', 'some'),
  scene('busy', '/rows/[id]', 'open', itemOf('/rows')),
  scene('busy', '/runs', 'some'),
  scene('busy', '/runs/[id]', 'first', itemOf('/runs')),
  scene('busy', '/mappings', 'some'),
  scene('busy', '/mappings/edit', 'impact', async (page, url) => {
    await page.goto(`${url}/mappings/edit?type=C&like=E&release=1`);
    await press(page, 'Check impact');
    await expect(page.getByRole('region', { name: 'Impact' })).toBeVisible();
  }),
  scene('busy', '/mappings/history', 'some', at('/mappings/history?type=E')),
  scene('busy', '/licences', 'some'),
  scene('busy', '/trends', 'some'),
  scene('busy', '/history', 'some', at('/history?who=everyone')),
  scene('busy', '/history/[id]', 'one', async (page, url) => {
    await page.goto(`${url}/history?who=everyone`);
    await page.locator('main a[href^="/history/"]').first().click();
    await page.waitForURL(/history\/\d/);
  }),
  scene('busy', '/mail', 'some'),
  scene('busy', '/mail/[id]', 'one', itemOf('/mail')),
  ...SECTIONS.map((section) => scene('busy', '/settings', section, at(`/settings?section=${section}`))),
  scene('busy', '/setup', 'tested'),
  scene('busy', '/diagnosis', 'asked', at('/diagnosis?upn=paula.poplar@contoso.example')),
  scene('busy', '/preferences', 'usual'),
  scene('busy', '/sessions', 'own'),
  scene('busy', '/help', 'start'),
  scene('busy', '/help/[guide]', 'reasons', at('/help/reasons')),
  scene('busy', '/help/[guide]', 'helpdesk', at('/help/helpdesk')),
  scene('busy', '/no-access', 'no role'),
  scene('busy', '/nothing', 'not found', at('/people/999999')),
  scene('busy', '/sign-in', 'demo', async (page, url) => {
    await page.context().clearCookies();
    await page.goto(`${url}/sign-in`);
  }),
];

const LISTS = ['/', '/people', '/approvals', '/files', '/rows', '/runs', '/licences', '/trends', '/history'];

const MANY: Scene[] = [
  ...LISTS.map((page) => scene('many', page, 'thousands')),
  scene('many', '/people', 'everybody chosen', async (page, url) => {
    await page.goto(`${url}/people`);
    await page.locator('thead').getByRole('checkbox').check();
    await press(page, /^Select all .* who match/);
  }),
  scene('many', '/files/[id]', 'a thousand rows', itemOf('/files')),
  scene('many', '/runs/[id]', 'a thousand people', itemOf('/runs?trigger=schedule')),
];

const EMPTY_LISTS = [...LISTS, '/upload', '/mappings', '/mappings/edit', '/mappings/history', '/mail', '/setup'];
const FAILING_PAGES = ['/', '/people', '/runs', '/licences', '/mail', '/settings', '/setup'];

export const SCENES: readonly Scene[] = [
  ...BUSY,
  ...MANY,
  ...[...EMPTY_LISTS, '/diagnosis'].map((page) => scene('empty', page, 'nothing yet')),
  ...FAILING_PAGES.map((page) => scene('failing', page, 'failing')),
  scene('failing', '/runs/[id]', 'stopped', itemOf('/runs', 'Stopped')),
  scene('failing', '/people', 'page failed'),
];
