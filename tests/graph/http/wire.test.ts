/** What Graph leaves out, doubles or garbles in one record. */
import { expect, test } from 'vitest';
import { batchAnswerSchema, mailboxSettingsSchema, readUserPage, subscribedSkusSchema } from '#lib/graph/http/wire.ts';

const SKU = 'aaaaaaaa-0000-4000-8000-000000000001';
const user = (id: string, more: object = {}) => ({ id, userPrincipalName: `${id}@contoso.example`, ...more });
const state = (more: object) => ({
  skuId: SKU,
  disabledPlans: [],
  assignedByGroup: null,
  state: 'Active',
  error: null,
  ...more,
});
const licencesOf = (...licenseAssignmentStates: object[]) =>
  readUserPage({ value: [user('ada', { licenseAssignmentStates })] })?.accounts[0]?.licences;

test('an account that a page names twice is one account', () => {
  expect(readUserPage({ value: [user('ada'), user('ada'), user('bo')] })?.accounts.map(({ id }) => id)).toEqual([
    'ada',
    'bo',
  ]);
});

test('a licence that works and whose change failed (ActiveWithError) works; one in error without a code does not', () => {
  expect(licencesOf(state({ state: 'ActiveWithError', error: 'Other' }))).toMatchObject([{ error: null }]);
  expect(licencesOf(state({ state: 'Error', error: null }))).toMatchObject([{ error: 'Other' }]);
  expect(licencesOf(state({ state: 'Error', error: 'CountViolation' }))).toMatchObject([{ error: 'CountViolation' }]);
});

test('a plan is off only where each working assignment of the licence turns it off', () => {
  const group = { assignedByGroup: 'a group' };
  const off = { disabledPlans: ['exchange', 'teams'] };
  expect(licencesOf(state({ ...group, ...off }), state({}))).toMatchObject([{ source: 'both', disabledPlans: [] }]);
  expect(licencesOf(state({}), state({ ...group, ...off }))).toMatchObject([{ disabledPlans: [] }]);
  expect(licencesOf(state(off), state({ ...group, disabledPlans: ['exchange'] }))).toMatchObject([
    { disabledPlans: ['exchange'] },
  ]);
  expect(licencesOf(state(off), state({ ...group, state: 'Error', error: 'CountViolation' }))).toMatchObject([
    { error: null, disabledPlans: ['exchange', 'teams'] },
  ]);
});

test('one licence of the tenant that cannot be read does not hide the others; none that can is no answer', () => {
  const good = { skuId: SKU, skuPartNumber: 'EXCHANGESTANDARD' };
  const odd = { skuId: SKU, skuPartNumber: null };
  expect(subscribedSkusSchema.safeParse({ value: [odd, good] }).data?.value).toHaveLength(1);
  expect(subscribedSkusSchema.safeParse({ value: [odd] }).success).toBe(false);
  expect(subscribedSkusSchema.safeParse({ value: [] }).data?.value).toEqual([]);
});

test('ids of licences and plans are the same in capitals', () => {
  const capital = SKU.toUpperCase();
  const [licence] = licencesOf(state({ skuId: capital, disabledPlans: [capital] })) ?? [];
  expect(licence).toMatchObject({ skuId: SKU, disabledPlans: [SKU] });
  const licences = [{ skuId: capital, disabledPlans: [capital] }];
  const plans = [{ servicePlanId: capital, capabilityStatus: 'Enabled' }];
  const page = readUserPage({ value: [user('ada', { assignedLicenses: licences, assignedPlans: plans })] });
  expect(page?.accounts[0]).toMatchObject({
    licences: [{ skuId: SKU, disabledPlans: [SKU] }],
    enabledPlanIds: [SKU],
  });
  const [sku] = subscribedSkusSchema.parse({ value: [{ skuId: capital, skuPartNumber: 'EXCHANGESTANDARD' }] }).value;
  expect(sku?.skuId).toBe(SKU);
});

test('settings of a mailbox say what they are, or are none', () => {
  expect(mailboxSettingsSchema.safeParse({}).success).toBe(false);
  expect(mailboxSettingsSchema.safeParse({ userPurpose: null }).success).toBe(false);
  expect(mailboxSettingsSchema.safeParse({ '@odata.context': 'c', value: [] }).success).toBe(false);
  expect(mailboxSettingsSchema.safeParse({ '@odata.context': 'c', userPurpose: null }).success).toBe(true);
  expect(mailboxSettingsSchema.safeParse({ userPurpose: 'user' }).success).toBe(true);
});

test('numbers and truth that come as text are read; other text is not', () => {
  const units = { consumedUnits: '14', prepaidUnits: { enabled: '25', warning: '0' } };
  const [sku] = subscribedSkusSchema.parse({
    value: [{ skuId: SKU, skuPartNumber: 'EXCHANGESTANDARD', ...units }],
  }).value;
  expect(sku).toMatchObject({ consumedUnits: 14, prepaidUnits: { enabled: 25, warning: 0 } });
  const odd = { skuId: SKU, skuPartNumber: 'EXCHANGESTANDARD', consumedUnits: 'many' };
  expect(subscribedSkusSchema.safeParse({ value: [odd] }).success).toBe(false);
  const told = (accountEnabled: unknown, onPremisesSyncEnabled: unknown) =>
    readUserPage({ value: [user('ada', { accountEnabled, onPremisesSyncEnabled })] })?.accounts[0];
  expect(told('false', 'true')).toMatchObject({ accountEnabled: false, isSynchronised: true });
  expect(told('perhaps', null)).toBeUndefined();
  const { responses } = batchAnswerSchema.parse({
    responses: [
      { id: 1, status: '204' },
      { id: 2, status: '' },
    ],
  });
  expect(responses).toMatchObject([{ id: '1', status: 204 }]);
});

test('an account that a page names in capitals as well is one account', () => {
  expect(readUserPage({ value: [user('ada'), user('ADA')] })?.accounts).toHaveLength(1);
});

test('a service that says nothing of provisioned plans leaves only the mailbox to be asked', () => {
  const [silent, none] = readUserPage({ value: [user('ada'), user('bo', { provisionedPlans: [] })] })?.accounts ?? [];
  expect(silent?.exchangeProvisioned).toBe(true);
  expect(none?.exchangeProvisioned).toBe(false);
});
