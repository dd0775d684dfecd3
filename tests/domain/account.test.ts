import { describe, expect, test } from 'vitest';
import { type Account, mailboxState, mayHaveMailbox, reportsOf } from '#lib/domain/account.ts';
import { accountOf, heldLicence, KIOSK, PLAN_1, sku } from '#tests/support/builders.ts';

const SKUS = [sku()];
const ADDRESS = { mail: 'ada@contoso.example' };
const LICENSED = { licences: [heldLicence(PLAN_1)] };

describe('which mailboxes are asked', () => {
  const bare = {
    mail: null,
    proxyAddresses: [],
    isSynchronised: true,
    accountEnabled: true,
    exchangeProvisioned: false,
  };
  test.each<[string, Partial<Account>, boolean]>([
    ['a synchronised account without licence and address has none', {}, false],
    ['what Exchange has provisioned may have one, whatever else is not there', { exchangeProvisioned: true }, true],
    ['an address may be that of a shared mailbox', ADDRESS, true],
    ['a primary address alone is one', { proxyAddresses: ['SMTP:ada@contoso.example'] }, true],
    ['an address of another kind is none', { proxyAddresses: ['SIP:ada@contoso.example', 'x500:smtp:ada'] }, false],
    ['a disabled account may be that of a room', { accountEnabled: false }, true],
    ['so may one that was made in the cloud', { isSynchronised: false }, true],
    ['a new licence has no mailbox before there is an address', { ...LICENSED, isSynchronised: false }, false],
    [
      'a licensed account of the cloud with an address has one',
      { ...LICENSED, ...ADDRESS, isSynchronised: false },
      true,
    ],
    ['the address of a licensed synchronised account may be from before', { ...LICENSED, ...ADDRESS }, false],
  ])('%s', (_, change, expected) => {
    expect(mayHaveMailbox(accountOf({ ...bare, ...change }), SKUS)).toBe(expected);
  });
});

test('a licence of another name, or one that the tenant has no more, opens no mailbox', () => {
  const silent = { kind: 'not_probed' } as const;
  const noMailbox = sku({ skuId: KIOSK, skuPartNumber: 'FLOW_FREE', servicePlans: [] });
  const held = accountOf({ licences: [heldLicence(KIOSK)], isSynchronised: false, mail: null });
  expect(mailboxState(held, silent, [sku(), noMailbox])).toBe('none');
  expect(mailboxState(held, silent, [sku()])).toBe('none');
});

describe('what Microsoft reports of an account', () => {
  const error = { category: 'PropertyConflict', property: 'ProxyAddresses', value: 'smtp:ada@contoso.example' };

  test('is told with each verdict, unless the verdict says so already', () => {
    const account = accountOf({ exchangeErrors: ['The name is taken.'], synchronisationErrors: [error] });
    const exchange = ['exchange_reports', { report: 'The name is taken.' }];
    const synchronisation = ['synchronisation_reports', error];
    expect(reportsOf(account, '')).toEqual([exchange, synchronisation]);
    expect(reportsOf(account, 'Exchange Online reports: The name is taken.')).toEqual([synchronisation]);
    expect(reportsOf(account, 'Another account has smtp:ada@contoso.example.')).toEqual([exchange]);
    expect(reportsOf(accountOf(), '')).toEqual([]);
  });

  test('is cut where it is longer than 300 characters, and known again by its beginning', () => {
    const long = 'x'.repeat(301);
    const account = accountOf({ exchangeErrors: [long], synchronisationErrors: [{ ...error, value: long }] });
    const cut = `${'x'.repeat(300)}…`;
    expect(reportsOf(account, '')).toEqual([
      ['exchange_reports', { report: cut }],
      ['synchronisation_reports', { ...error, value: cut }],
    ]);
    expect(reportsOf(accountOf({ exchangeErrors: [long] }), `Exchange Online reports: ${cut}`)).toEqual([]);
    expect(reportsOf(accountOf({ exchangeErrors: [long.slice(1)] }), '')).toEqual([
      ['exchange_reports', { report: long.slice(1) }],
    ]);
  });
});
