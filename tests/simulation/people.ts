/** Who may be in a simulated world: the situations of the catalogue of field cases that the demo tenant can play, and how each must end. */
import { planIdOf, type SkuPartNumber, skuIdOf } from '#lib/demo/tenant/skus.ts';
import type { UserSeed } from '#lib/demo/tenant/tenant.ts';
import type { PersonState } from '#lib/domain/states.ts';
import type { Dice } from './platform/chance.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const GROUP = '7f0c2c0e-6c5c-4d5e-8a2f-3b1d9e4a6c01';

type EmployeeType = 'E' | 'N' | 'X';

/** What the account of such a person is like; null: there never is one. `sku`: the licence that the mapping gives. */
type Account = (dice: Dice, sku: SkuPartNumber, lengthMs: number) => Partial<UserSeed> | null;

interface Kind {
  weight: number;
  account: Account;
  /** Where nobody interferes, the person ends in one of these states. */
  ends: readonly PersonState[];
  /** True: by then exactly one licence is ours. False: nothing is ever written to the account. */
  isLicensed: boolean | null;
  type?: EmployeeType;
  /** Days from the beginning to the start date; null: none. */
  startsInDays?: (dice: Dice) => number | null;
}

const held = (sku: SkuPartNumber, change: object = {}) => ({
  licences: [{ skuId: skuIdOf(sku), disabledPlans: [], byGroup: null, error: null, at: 0, ...change }],
  usageLocation: 'US',
});

const HUMAN: readonly PersonState[] = ['needs_attention'];
const DONE: readonly PersonState[] = ['provisioned'];
const OPEN: readonly PersonState[] = ['provisioned', 'already_provisioned'];
const NO_MAILBOX: readonly PersonState[] = ['awaiting_mailbox', 'needs_attention'];

const KINDS = {
  ordinary: { weight: 30, account: () => ({}), ends: DONE, isLicensed: true },
  synchronised_later: {
    weight: 12,
    account: (dice, _, lengthMs) => ({ synchronisesAfterMs: dice.between(0, lengthMs) }),
    ends: DONE,
    isLicensed: true,
  },
  never_synchronised: { weight: 3, account: () => null, ends: ['awaiting_sync', ...HUMAN], isLicensed: false },
  /** Hybrid: the IDM mail-enables accounts before they are synchronised. */
  with_address: {
    weight: 6,
    account: () => ({ mail: 'somebody@contoso.example', proxyAddresses: ['SMTP:somebody@contoso.example'] }),
    ends: DONE,
    isLicensed: true,
  },
  due_during: {
    weight: 7,
    account: () => ({}),
    ends: DONE,
    isLicensed: true,
    startsInDays: () => 15,
  },
  starts_soon: {
    weight: 4,
    account: () => ({}),
    ends: DONE,
    isLicensed: true,
    startsInDays: (dice) => dice.between(-9, 13),
  },
  starts_far_away: {
    weight: 4,
    account: () => ({}),
    ends: ['awaiting_start'],
    isLicensed: false,
    startsInDays: () => 60,
  },
  disabled: { weight: 3, account: () => ({ accountEnabled: false }), ends: DONE, isLicensed: true },
  mailbox_before: {
    weight: 4,
    account: (_, sku) => ({ mailboxIsOpen: true, ...held(sku) }),
    ends: ['already_provisioned'],
    isLicensed: false,
  },
  mailbox_without_licence: { weight: 2, account: () => ({ mailboxIsOpen: true }), ends: HUMAN, isLicensed: false },
  licensed_elsewhere: { weight: 3, account: (_, sku) => held(sku), ends: OPEN, isLicensed: false },
  licensed_by_group: { weight: 3, account: (_, sku) => held(sku, { byGroup: GROUP }), ends: OPEN, isLicensed: false },
  group_licence_failed: {
    weight: 2,
    account: (_, sku) => held(sku, { byGroup: GROUP, error: 'CountViolation' }),
    ends: [...OPEN, 'awaiting_mailbox', ...HUMAN],
    isLicensed: null,
  },
  mailbox_plan_off: {
    weight: 1,
    account: () => held('EXCHANGESTANDARD', { disabledPlans: [planIdOf('EXCHANGE_S_STANDARD')] }),
    ends: HUMAN,
    isLicensed: false,
    type: 'E',
  },
  guest: { weight: 2, account: () => ({ userType: 'Guest' }), ends: HUMAN, isLicensed: false },
  room: { weight: 2, account: () => ({ mailboxIsOpen: true, purpose: 'room' }), ends: HUMAN, isLicensed: false },
  on_premises: { weight: 2, account: () => ({ mailbox: 'on_premises' }), ends: NO_MAILBOX, isLicensed: true },
  /** A mailbox is asked only where the account gives a sign of one, so it may be licensed before Graph says where it is. */
  on_premises_certain: {
    weight: 1,
    account: () => ({ mailbox: 'on_premises_certain' }),
    ends: HUMAN,
    isLicensed: null,
  },
  mailbox_never: { weight: 2, account: () => ({ mailbox: 'never' }), ends: NO_MAILBOX, isLicensed: true },
  mailbox_stuck: { weight: 2, account: () => ({ mailbox: 'stuck' }), ends: [...DONE, ...NO_MAILBOX], isLicensed: true },
  plans_conflict: { weight: 2, account: () => ({ refusal: 'conflict' }), ends: HUMAN, isLicensed: false },
  plan_depends: { weight: 1, account: () => ({ refusal: 'dependency' }), ends: HUMAN, isLicensed: false },
  location_not_allowed: {
    weight: 1,
    account: () => ({ refusal: 'prohibited_location', usageLocation: 'KP' }),
    ends: HUMAN,
    isLicensed: null,
  },
  address_conflict: {
    weight: 1,
    account: () => ({ conflictingAddress: 'SMTP:taken@contoso.example' }),
    ends: HUMAN,
    isLicensed: false,
  },
  other_country: { weight: 3, account: () => ({ usageLocation: 'FR' }), ends: DONE, isLicensed: true },
  type_unmapped: { weight: 3, account: () => ({}), ends: HUMAN, isLicensed: false, type: 'X' },
} as const satisfies Record<string, Kind>;

export type KindName = keyof typeof KINDS;

export interface SimulatedPerson {
  userPrincipalName: string;
  displayName: string;
  kind: KindName;
  type: EmployeeType;
  /** `2030-04-14`; null: the row names none. */
  startDate: string | null;
  /** The account at the beginning; null: there is none. */
  account: UserSeed | null;
}

const kindOf = (name: KindName): Kind => KINDS[name];

/** How somebody of this kind must end. */
export const endOf = (name: KindName): Pick<Kind, 'ends' | 'isLicensed'> => kindOf(name);

const WEIGHTS = Object.fromEntries(Object.entries(KINDS).map(([name, { weight }]) => [name, weight])) as Record<
  KindName,
  number
>;

const day = (at: number) => new Date(at).toISOString().slice(0, 10);

/** `kind` left out: any. */
export function drawPerson(
  dice: Dice,
  number: number,
  beginsAt: number,
  lengthMs: number,
  kind: KindName = dice.weighted(WEIGHTS),
): SimulatedPerson {
  const { account, type: itsType, startsInDays } = kindOf(kind);
  const type = itsType ?? dice.pick(['E', 'E', 'N']);
  const userPrincipalName = `${kind.replaceAll('_', '.')}${number}@contoso.example`;
  const displayName = `Person${String.fromCharCode(97 + (number % 26))} Family${number}`;
  const special = account(dice, type === 'N' ? 'EXCHANGEDESKLESS' : 'EXCHANGESTANDARD', lengthMs);
  const days = startsInDays?.(dice) ?? null;
  const usual = {
    displayName,
    mailboxOpensAfterMs: dice.between(0, 40 * MINUTE),
    usageLocation: dice.pick([null, null, 'US']),
  };
  return {
    userPrincipalName,
    displayName,
    kind,
    type,
    startDate: days === null ? null : day(beginsAt + days * 24 * HOUR),
    account: special === null ? null : { ...usual, ...special, userPrincipalName },
  };
}
