/** “Why has this person no mailbox?”, worked out from facts as they may be read; what Microsoft 365 answers is tried in tests/graph/diagnosis. */
import { describe, expect, test } from 'vitest';
import { type Diagnosis, diagnose } from '#lib/domain/diagnosis/diagnose.ts';
import {
  type DiagnosedAccount,
  type Facts,
  factsSchema,
  type ReadingName,
  type ReadingValue,
} from '#lib/domain/diagnosis/facts.ts';
import { type Saying, sayingText } from '#lib/domain/diagnosis/sayings.ts';
import { PLAN_IDS } from '#lib/domain/licences/service-plans.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const AT = Date.UTC(2026, 10, 27, 12);
const upn = 'ada@contoso.example';

const MAILBOX_PLAN = PLAN_IDS.EXCHANGE_S_STANDARD;
const OTHER_PLAN = PLAN_IDS.TEAMS1;

const licence = (change: Partial<DiagnosedAccount['licences'][number]> = {}) => ({
  skuId: 'e1',
  groupId: null,
  error: null,
  disabledPlans: [],
  at: AT - HOUR,
  ...change,
});
const plan = (status: string, at: number | null = AT - HOUR, servicePlanId: string = MAILBOX_PLAN) => ({
  servicePlanId,
  status,
  at,
});

/** Licensed an hour ago, synchronised, and its mailbox does not answer yet. */
const account = (change: Partial<DiagnosedAccount> = {}): DiagnosedAccount => ({
  id: 'a',
  userPrincipalName: upn,
  displayName: 'Ada Able',
  accountEnabled: true,
  isGuest: false,
  isSynchronised: true,
  usageLocation: 'DE',
  addresses: [upn],
  hireAt: null,
  licences: [licence()],
  assignedPlans: [plan('Enabled')],
  exchangePlans: [],
  synchronisationErrors: [],
  exchangeErrors: [],
  ...change,
});
const unlicensed = (change: Partial<DiagnosedAccount> = {}) => account({ licences: [], assignedPlans: [], ...change });
/** Its licence failed, so no plan came of it. */
const failed = (error: string, change: Partial<DiagnosedAccount['licences'][number]> = {}) =>
  account({ licences: [licence({ error, ...change })], assignedPlans: [] });
const overdue = (change: Partial<DiagnosedAccount> = {}) =>
  account({ assignedPlans: [plan('Enabled', AT - 25 * HOUR)], ...change });

const sku = (change: Partial<ReadingValue<'skus'>[number]> = {}) => ({
  skuId: 'e1',
  partNumber: 'EXCHANGESTANDARD',
  name: 'Plan 1',
  isUsable: true,
  free: 5,
  mailboxPlanIds: [MAILBOX_PLAN],
  ...change,
});
const TEAMS = sku({ skuId: 'teams', partNumber: 'TEAMS', name: 'Teams', mailboxPlanIds: [] });
const PHONE = sku({ skuId: 'phone', partNumber: 'PHONE', name: 'Phone', mailboxPlanIds: [] });
const organisation = (change: Partial<ReadingValue<'organisation'>> = {}) => ({
  id: 'o',
  isSynchronised: true,
  lastSyncAt: AT - 20 * MINUTE,
  verifiedDomains: ['contoso.example', 'fabrikam.example'],
  ...change,
});
const record = (change: Partial<NonNullable<ReadingValue<'record'>>> = {}) => ({
  state: 'queued',
  reason: 'queued',
  accountId: null,
  startDate: null,
  licensedAt: null,
  wantedSkus: ['EXCHANGESTANDARD'],
  provisioningRetriedAt: null,
  licencesReprocessedAt: null,
  ...change,
});
const bo = { id: 'b', userPrincipalName: 'bo@contoso.example', displayName: 'Bo Baker' };
const holder = { ...bo, address: upn };
const deletedBo = { ...bo, deletedAt: AT - HOUR };

type Values = { [Name in ReadingName]: ReadingValue<Name> };
type Change = Partial<{ [Name in ReadingName]: ReadingValue<Name> | 'unread' }> & { userPrincipalName?: string };

const BASE: Values = {
  account: account(),
  namesakes: [],
  addressHolders: [],
  deleted: [],
  organisation: organisation(),
  skus: [sku(), TEAMS, PHONE],
  mailbox: { kind: 'silent', code: 'MailboxNotEnabledForRESTAPI' },
  health: { status: 'serviceOperational' },
  record: null,
};

function facts({ userPrincipalName = upn, ...change }: Change = {}): Facts {
  const readings = Object.entries({ ...BASE, ...change }).map(([name, value]) => [
    name,
    value === 'unread'
      ? { kind: 'not_read', why: `${name} refused`, calls: [] }
      : { kind: 'read', name, value, calls: [] },
  ]);
  return { ...Object.fromEntries(readings), userPrincipalName, at: AT } as Facts;
}

/** `certain: no_seat`, or the causes with their strength, the first one first. */
function verdict(diagnosis: Diagnosis): string {
  if (!('causes' in diagnosis)) return diagnosis.kind;
  const causes = diagnosis.causes.map(({ code, strength }) =>
    diagnosis.kind === 'certain' && strength === 'conclusive' ? code : `${code} ${strength}`,
  );
  return `${diagnosis.kind}: ${causes.join(', ')}`;
}

/** The facts that the first cause rests on, and what they say. */
function cited(change: Change): [string, ...Saying][] {
  const diagnosis = diagnose(facts(change));
  const [first] = 'causes' in diagnosis ? diagnosis.causes : [];
  return first?.evidence.map(({ fact, saying }): [string, ...Saying] => [fact, ...saying]) ?? [];
}

type Case = [words: string, change: Change, expected: string];
const tried = (cases: Case[]) =>
  test.each(cases)('%s', (_, change, expected) => expect(verdict(diagnose(facts(change)))).toBe(expected));

const NO_ACCOUNT = { account: null };

describe('no account of the name', () => {
  tried([
    ['synchronisation works: it was never there', NO_ACCOUNT, 'certain: not_synchronised'],
    [
      'nothing is synchronised',
      { ...NO_ACCOUNT, organisation: organisation({ lastSyncAt: null }) },
      'likely: not_synchronised likely',
    ],
    [
      'nobody can tell whether synchronisation works',
      { ...NO_ACCOUNT, organisation: 'unread' },
      'likely: not_synchronised likely',
    ],
    [
      'one of the name is among the deleted, and no file names the person: it may be of an earlier employment',
      { ...NO_ACCOUNT, deleted: [deletedBo] },
      'likely: account_deleted likely, not_synchronised possible',
    ],
    ['the deleted were not read', { ...NO_ACCOUNT, deleted: 'unread' }, 'likely: not_synchronised conclusive'],
    ['it is called otherwise', { ...NO_ACCOUNT, namesakes: [bo] }, 'certain: other_name'],
    [
      'it is called otherwise, while the verified domains were not read',
      { ...NO_ACCOUNT, namesakes: [bo], organisation: 'unread' },
      'likely: other_name conclusive',
    ],
    [
      'its address is at another account',
      { ...NO_ACCOUNT, addressHolders: [holder] },
      'likely: other_name likely, not_synchronised possible',
    ],
    [
      'its address is at another account, whatever names were read',
      { ...NO_ACCOUNT, addressHolders: [holder], namesakes: 'unread' },
      'likely: other_name likely, not_synchronised possible',
    ],
    [
      'names in Active Directory were not read',
      { ...NO_ACCOUNT, namesakes: 'unread' },
      'likely: not_synchronised conclusive',
    ],
    ['addresses were not read', { ...NO_ACCOUNT, addressHolders: 'unread' }, 'likely: not_synchronised conclusive'],
    [
      'a domain of somebody else',
      { ...NO_ACCOUNT, userPrincipalName: 'ada@tailspin.example' },
      'certain: domain_not_verified',
    ],
    [
      'a domain of somebody else, so that the account got another name',
      { ...NO_ACCOUNT, userPrincipalName: 'ada@tailspin.example', namesakes: [bo] },
      'likely: domain_not_verified conclusive, other_name conclusive',
    ],
    [
      'a domain in capitals is the same',
      { ...NO_ACCOUNT, userPrincipalName: 'ada@CONTOSO.example' },
      'certain: not_synchronised',
    ],
    [
      'domains that nobody knows',
      { ...NO_ACCOUNT, organisation: organisation({ verifiedDomains: [] }) },
      'certain: not_synchronised',
    ],
    [
      'synchronisation is three hours late',
      { ...NO_ACCOUNT, organisation: organisation({ lastSyncAt: AT - 3 * HOUR }) },
      'certain: not_synchronised',
    ],
    [
      'synchronisation is later than that',
      { ...NO_ACCOUNT, organisation: organisation({ lastSyncAt: AT - 3 * HOUR - 1 }) },
      'likely: synchronisation_stopped likely, not_synchronised possible',
    ],
    [
      'synchronisation was turned off long ago',
      { ...NO_ACCOUNT, organisation: organisation({ isSynchronised: false, lastSyncAt: AT - 9 * HOUR }) },
      'certain: not_synchronised',
    ],
    ['whether there is one was not read', { account: 'unread' }, 'unknown'],
  ]);
});

describe('an account that is the wrong one, or too early', () => {
  const twin = { namesakes: [bo] };
  tried([
    ['a guest', { account: account({ isGuest: true, licences: [], assignedPlans: [] }) }, 'certain: account_is_guest'],
    ['the name was taken', { account: unlicensed(), ...twin }, 'likely: name_taken conclusive, no_licence conclusive'],
    [
      'a mailbox that answers, of whoever took the name',
      { ...twin, mailbox: { kind: 'answers', code: '' } },
      'certain: name_taken',
    ],
    [
      'whether the name was taken is not known',
      { account: unlicensed(), namesakes: 'unread' },
      'likely: no_licence conclusive',
    ],
    [
      'the start is waited for',
      { account: unlicensed(), record: record({ state: 'awaiting_start', wantedSkus: [] }) },
      'certain: before_start',
    ],
    [
      'something else is waited for',
      { account: unlicensed(), record: record({ state: 'awaiting_seat' }) },
      'certain: no_licence',
    ],
    [
      'a licence that failed waits for no start',
      { account: failed('DependencyViolation'), record: record({ state: 'awaiting_start' }) },
      'certain: licence_conflict',
    ],
    [
      'nobody here knows the person, whose first day is ahead',
      { account: unlicensed({ hireAt: AT + 1 }) },
      'likely: before_start likely, no_licence possible',
    ],
    [
      'our own records were not read, and the first day is ahead',
      { account: unlicensed({ hireAt: AT + 1 }), record: 'unread' },
      'likely: before_start likely, no_licence possible',
    ],
    ['the first day has begun', { account: unlicensed({ hireAt: AT }) }, 'certain: no_licence'],
  ]);
});

describe('no plan with a mailbox works', () => {
  const wanted = { account: unlicensed(), record: record() };
  const full = [TEAMS, sku({ free: 0 })];
  const off = account({ licences: [licence({ disabledPlans: [MAILBOX_PLAN] })], assignedPlans: [] });
  const teams = licence({ skuId: 'teams' });
  tried([
    ['no licence', { account: unlicensed() }, 'certain: no_licence'],
    [
      'no licence, and which ones there are was not read',
      { account: unlicensed(), skus: 'unread' },
      'certain: no_licence',
    ],
    [
      'a plan of something else works',
      { account: unlicensed({ assignedPlans: [plan('Enabled', AT, OTHER_PLAN)] }) },
      'certain: no_licence',
    ],
    ['no licence, whatever is known here', { account: unlicensed(), record: 'unread' }, 'certain: no_licence'],
    [
      'no licence and no usage location',
      { account: unlicensed({ usageLocation: null }) },
      'likely: no_licence conclusive, usage_location possible',
    ],
    [
      'whoever is known here gets a location with the licence',
      { account: unlicensed({ usageLocation: null }), record: record({ wantedSkus: [] }) },
      'certain: no_licence',
    ],
    [
      'no usage location is needed for a licence that is there',
      { account: account({ usageLocation: null, licences: [teams], assignedPlans: [] }) },
      'certain: licence_without_mailbox',
    ],
    ['the mapped licence has no seat', { ...wanted, skus: full }, 'certain: no_seat'],
    ['more people have it than there are seats', { ...wanted, skus: [sku({ free: -1 })] }, 'certain: no_seat'],
    [
      'the mapped licence has a seat, another one has none',
      { ...wanted, skus: [sku({ free: 1 }), { ...TEAMS, free: 0 }] },
      'certain: no_licence',
    ],
    [
      'whether the mapped licence has a seat was not read',
      { ...wanted, skus: 'unread' },
      'likely: no_licence conclusive',
    ],
    [
      'another licence is there, the mapped one has no seat',
      { account: account({ licences: [teams], assignedPlans: [] }), record: record(), skus: full },
      'certain: licence_without_mailbox',
    ],
    [
      'refused for want of a seat, and none is free',
      { account: failed('CountViolation'), skus: full },
      'certain: no_seat',
    ],
    ['refused for want of a seat, and one is free by now', { account: failed('CountViolation') }, 'unknown'],
    [
      'refused for want of a seat of a licence that is not known',
      { account: failed('CountViolation'), skus: [TEAMS] },
      'likely: no_seat likely',
    ],
    [
      'refused for want of a seat, and none was read',
      { account: failed('CountViolation'), skus: 'unread' },
      'likely: no_seat likely',
    ],
    [
      'a group’s licence, refused for want of a seat',
      { account: failed('CountViolation', { groupId: 'g' }), skus: full },
      'certain: no_seat',
    ],
    [
      'a group’s licence, refused for want of a seat, and one is free by now',
      { account: failed('CountViolation', { groupId: 'g' }) },
      'certain: group_licence_failed',
    ],
    [
      'a group’s licence, refused for want of a seat, and none was read',
      { account: failed('CountViolation', { groupId: 'g' }), skus: 'unread' },
      'likely: no_seat likely, group_licence_failed likely',
    ],
    [
      'a group’s licence that failed for another reason',
      { account: failed('Other', { groupId: 'g' }) },
      'certain: group_licence_failed',
    ],
    [
      'the same of a licence that is not known',
      { account: failed('Other', { groupId: 'g' }), skus: [TEAMS] },
      'certain: group_licence_failed',
    ],
    [
      'the same while licences were not read',
      { account: failed('Other', { groupId: 'g' }), skus: 'unread' },
      'likely: group_licence_failed conclusive',
    ],
    ['a licence of nobody’s group failed', { account: failed('Other') }, 'unknown'],
    [
      'a group’s licence without a mailbox works',
      { account: account({ licences: [licence({ skuId: 'teams', groupId: 'g' })], assignedPlans: [] }) },
      'certain: licence_without_mailbox',
    ],
    [
      'the location forbids the licence',
      { account: failed('ProhibitedInUsageLocationViolation', { groupId: 'g' }) },
      'certain: usage_location',
    ],
    [
      'two plans exclude each other',
      { account: failed('MutuallyExclusiveViolation', { groupId: 'g' }) },
      'certain: licence_conflict',
    ],
    [
      'a plan lacks one that it needs',
      { account: failed('DependencyViolation', { groupId: 'g' }) },
      'certain: licence_conflict',
    ],
    [
      'its address is somebody else’s',
      { account: failed('UniquenessViolation', { groupId: 'g' }) },
      'certain: address_conflict',
    ],
    [
      'the subscription is suspended',
      { account: account({ assignedPlans: [plan('Suspended')] }), skus: [sku({ isUsable: false })] },
      'certain: licence_suspended',
    ],
    [
      'the subscription is locked out',
      { account: account({ assignedPlans: [plan('LockedOut')] }) },
      'certain: licence_suspended',
    ],
    [
      'the plan of something else is suspended',
      { account: unlicensed({ assignedPlans: [plan('Suspended', AT, OTHER_PLAN)] }) },
      'certain: no_licence',
    ],
    ['the plan was taken away', { account: unlicensed({ assignedPlans: [plan('Deleted')] }) }, 'certain: no_licence'],
    [
      'the plan was taken away, the licence does not show it yet',
      { account: account({ assignedPlans: [plan('Deleted')] }) },
      'unknown',
    ],
    ['the plan with the mailbox is turned off', { account: off }, 'certain: mailbox_plan_off'],
    ['what is turned off is not known', { account: off, skus: 'unread' }, 'unknown'],
    ['a licence that is not known has something turned off', { account: off, skus: [TEAMS] }, 'unknown'],
    [
      'of a licence that failed it does not matter what is off',
      { account: failed('Other', { disabledPlans: [MAILBOX_PLAN] }) },
      'unknown',
    ],
    [
      'of two licences one has no mailbox, the other one has it turned off',
      { account: { ...off, licences: [teams, ...off.licences] } },
      'likely: mailbox_plan_off conclusive, licence_without_mailbox possible',
    ],
    [
      'two licences, neither with a mailbox',
      { account: account({ licences: [teams, licence({ skuId: 'phone' })], assignedPlans: [] }) },
      'certain: licence_without_mailbox',
    ],
    [
      'one without a mailbox beside one that failed',
      { account: account({ licences: [teams, licence({ error: 'Other' })], assignedPlans: [] }) },
      'certain: licence_without_mailbox',
    ],
    [
      'one without a mailbox beside one that is not known',
      { account: account({ licences: [teams, licence({ skuId: 'new' })], assignedPlans: [] }) },
      'likely: licence_without_mailbox possible',
    ],
    ['one without a mailbox that failed', { account: failed('Other', { skuId: 'teams' }) }, 'unknown'],
  ]);
});

describe('a plan with a mailbox works', () => {
  const provisioned = { exchangePlans: [{ provisioningStatus: 'Success' }] };
  const conflict = (category: string, property: string) => ({
    account: account({ synchronisationErrors: [{ category, property, value: upn, at: null }] }),
  });
  const reported = { exchangeErrors: [{ text: 'Alias in use', at: null }] };
  tried([
    ['since an hour', {}, 'likely: mailbox_opening likely'],
    [
      'the licence came a moment ago, its plans show later',
      { account: account({ assignedPlans: [] }) },
      'likely: mailbox_opening likely',
    ],
    [
      'only plans of something else show yet',
      { account: account({ assignedPlans: [plan('Enabled', AT, OTHER_PLAN)] }) },
      'likely: mailbox_opening likely',
    ],
    [
      'beside one that was taken away',
      { account: account({ assignedPlans: [plan('Deleted'), plan('Enabled')] }) },
      'likely: mailbox_opening likely',
    ],
    [
      'since a day',
      { account: overdue({ assignedPlans: [plan('Enabled', AT - 24 * HOUR)] }) },
      'likely: mailbox_opening likely',
    ],
    [
      'for longer than a day',
      { account: overdue({ assignedPlans: [plan('Enabled', AT - 24 * HOUR - 1)] }) },
      'likely: exchange_not_started likely',
    ],
    [
      'nobody knows since when',
      { account: account({ assignedPlans: [plan('Enabled', null)] }) },
      'likely: mailbox_opening likely',
    ],
    ['the mailbox was not asked', { mailbox: 'unread' }, 'unknown'],
    [
      'the mailbox is on-premises',
      { mailbox: { kind: 'on_premises', code: 'MailboxNotHostedInExchangeOnline' } },
      'certain: mailbox_on_premises',
    ],
    [
      'Exchange Online has worked, and a synchronised address has no mailbox',
      { account: overdue(provisioned) },
      'likely: mailbox_on_premises likely, exchange_not_started possible',
    ],
    ['the same within a day', { account: account(provisioned) }, 'likely: mailbox_opening likely'],
    [
      'the same of an account that is not synchronised',
      { account: overdue({ ...provisioned, isSynchronised: false }) },
      'likely: exchange_not_started likely',
    ],
    [
      'the same without an address',
      { account: overdue({ ...provisioned, addresses: [] }) },
      'likely: exchange_not_started likely',
    ],
    [
      'the same where Exchange Online has not finished',
      { account: overdue({ exchangePlans: [{ provisioningStatus: 'PendingActivation' }] }) },
      'likely: exchange_not_started likely',
    ],
    [
      'Exchange Online has trouble',
      { health: { status: 'serviceDegradation' } },
      'likely: service_incident likely, mailbox_opening possible',
    ],
    [
      'Exchange Online has trouble, but nothing is licensed',
      { account: unlicensed(), health: { status: 'serviceDegradation' } },
      'certain: no_licence',
    ],
    ['its health was not read', { health: 'unread' }, 'likely: mailbox_opening likely'],
    ['Exchange Online reports an error', { account: account(reported) }, 'certain: exchange_error'],
    [
      'Exchange Online reported an error, but nothing is licensed',
      { account: unlicensed(reported) },
      'likely: no_licence conclusive, exchange_error possible',
    ],
    [
      'synchronisation reports its address elsewhere',
      conflict('PropertyConflict', 'ProxyAddresses'),
      'likely: address_conflict conclusive, mailbox_opening likely',
    ],
    [
      'synchronisation reports its mail elsewhere',
      conflict('PropertyConflict', 'mail'),
      'likely: address_conflict conclusive, mailbox_opening likely',
    ],
    [
      'synchronisation reports its name elsewhere',
      conflict('PropertyConflict', 'UserPrincipalName'),
      'likely: address_conflict conclusive, mailbox_opening likely',
    ],
    [
      'synchronisation reports a number elsewhere',
      conflict('PropertyConflict', 'employeeId'),
      'likely: mailbox_opening likely',
    ],
    ['synchronisation reports something else', conflict('DataValidation', 'mail'), 'likely: mailbox_opening likely'],
    [
      'another account has the address',
      { addressHolders: [{ ...holder, id: 'a' }, holder] },
      'likely: address_conflict likely, mailbox_opening likely',
    ],
    ['the address is its own', { addressHolders: [{ ...holder, id: 'a' }] }, 'likely: mailbox_opening likely'],
    [
      'an error alone, while addresses were not read',
      { account: account(reported), addressHolders: 'unread' },
      'likely: exchange_error conclusive',
    ],
    [
      'a deleted account has the address',
      { deleted: [{ ...deletedBo, id: 'a' }, deletedBo] },
      'likely: deleted_holds_address likely, mailbox_opening possible',
    ],
    [
      'a deleted account has the address, but nothing is licensed',
      { account: unlicensed(), deleted: [deletedBo] },
      'likely: no_licence conclusive, deleted_holds_address possible',
    ],
    ['the deleted account is itself', { deleted: [{ ...deletedBo, id: 'a' }] }, 'likely: mailbox_opening likely'],
    [
      'an error alone, while the deleted were not read',
      { account: account(reported), deleted: 'unread' },
      'likely: exchange_error conclusive',
    ],
    [
      'an error alone, while the mailbox was not asked',
      { account: account(reported), mailbox: 'unread' },
      'likely: exchange_error conclusive',
    ],
    [
      'an error alone, while the health was not read',
      { account: account(reported), health: 'unread' },
      'likely: exchange_error conclusive',
    ],
    [
      'two errors, the one to be mended first comes first',
      {
        account: account({
          ...reported,
          synchronisationErrors: conflict('PropertyConflict', 'mail').account.synchronisationErrors,
        }),
      },
      'likely: address_conflict conclusive, exchange_error conclusive',
    ],
    [
      'no licence, and the mailbox was not asked',
      { account: unlicensed(), mailbox: 'unread' },
      'likely: no_licence conclusive',
    ],
  ]);

  test.each([
    'serviceRestored',
    'postIncidentReviewPublished',
    'falsePositive',
    'resolvedExternal',
    'mitigatedExternal',
    'Resolved',
  ])('%s is no trouble any more', (status) =>
    expect(verdict(diagnose(facts({ health: { status } })))).toBe('likely: mailbox_opening likely'),
  );
  test.each([
    'investigating',
    'extendedRecovery',
    'verifyingService',
    'notResolved',
    'serviceRestoredPartly',
    'noFalsePositive',
  ])('%s is trouble', (status) =>
    expect(verdict(diagnose(facts({ health: { status } })))).toBe(
      'likely: service_incident likely, mailbox_opening possible',
    ),
  );
});

describe('two causes fit, of which one only seems to explain the other', () => {
  const again = (at: number) => [{ at, text: 'The alias is taken.' }];
  tried([
    [
      'a newcomer of whom no account was ever seen, and a deleted one of the name: an earlier employment’s, perhaps',
      { ...NO_ACCOUNT, deleted: [deletedBo], record: record({ state: 'awaiting_sync', reason: 'not_synchronised' }) },
      'likely: not_synchronised conclusive, account_deleted possible',
    ],
    [
      'the account that was found for the person, whatever else of the name was deleted',
      {
        ...NO_ACCOUNT,
        deleted: [{ ...deletedBo, id: 'c' }, deletedBo],
        record: record({ state: 'needs_attention', reason: 'account_deleted', accountId: 'B' }),
      },
      'certain: account_deleted',
    ],
    [
      'another account than the one that was found for the person',
      { ...NO_ACCOUNT, deleted: [deletedBo], record: record({ state: 'provisioned', accountId: 'a' }) },
      'likely: not_synchronised conclusive, account_deleted possible',
    ],
    [
      'a human was asked before any account was found',
      {
        ...NO_ACCOUNT,
        deleted: [deletedBo],
        record: record({ state: 'needs_attention', reason: 'employee_type_missing' }),
      },
      'likely: not_synchronised conclusive, account_deleted possible',
    ],
    [
      'Exchange Online reported an error before this licence',
      { account: account({ exchangeErrors: again(AT - 3 * HOUR) }) },
      'likely: mailbox_opening likely, exchange_error possible',
    ],
    ['and after it', { account: account({ exchangeErrors: again(AT - MINUTE) }) }, 'certain: exchange_error'],
    [
      'a human was asked for another reason, and now no seat is free either',
      {
        account: unlicensed(),
        skus: [sku({ free: 0 })],
        record: record({ state: 'needs_attention', reason: 'licence_refused' }),
      },
      'likely: no_seat likely, no_licence possible',
    ],
    [
      'synchronisation reports a conflict, which need not keep the mailbox away, and Exchange Online has not begun for longer than a day',
      {
        account: overdue({
          synchronisationErrors: [{ category: 'PropertyConflict', property: 'ProxyAddresses', value: upn, at: null }],
        }),
      },
      'likely: address_conflict conclusive, exchange_not_started likely',
    ],
    [
      'a group’s licence failed for want of a seat, and more people have it than there are seats',
      { account: failed('CountViolation', { groupId: 'g' }), skus: [sku({ free: -3 })] },
      'certain: no_seat',
    ],
    [
      'a new licence beside plans of one that went',
      { account: account({ assignedPlans: [plan('Deleted', AT - 9 * HOUR)] }) },
      'likely: mailbox_opening likely',
    ],
    [
      'a subscription in its last days',
      { account: account({ assignedPlans: [plan('Warning')] }) },
      'likely: mailbox_opening likely',
    ],
  ]);
});

describe('the subscription has ended', () => {
  const ended = { skus: [sku({ isUsable: false }), TEAMS] };
  const other = licence({ skuId: 'e3' });
  const both = [sku({ isUsable: false }), sku({ skuId: 'e3' })];
  tried([
    [
      'while the plan on the account still shows as Enabled',
      { ...ended, account: overdue() },
      'likely: licence_suspended likely, exchange_not_started possible',
    ],
    [
      'and the account shows no plan any more',
      { ...ended, account: account({ assignedPlans: [plan('Deleted', AT)] }) },
      'likely: licence_suspended likely',
    ],
    [
      'while another one gives a mailbox as well',
      { account: account({ licences: [licence(), other] }), skus: both },
      'likely: mailbox_opening likely',
    ],
    [
      'while the other one has the mailbox turned off',
      { account: account({ licences: [licence(), { ...other, disabledPlans: [MAILBOX_PLAN] }] }), skus: both },
      'likely: mailbox_plan_off conclusive, licence_suspended likely, mailbox_opening possible',
    ],
    [
      'while a group’s licence failed',
      { ...ended, account: account({ licences: [licence(), licence({ skuId: 'x', groupId: 'g', error: 'Other' })] }) },
      'likely: group_licence_failed conclusive, licence_suspended likely, mailbox_opening possible',
    ],
    [
      'and the licence is Disabled',
      { account: failed('Disabled', { groupId: 'g' }) },
      'likely: licence_suspended likely',
    ],
    ['which was not read', { account: account(), skus: 'unread' }, 'likely: mailbox_opening likely'],
  ]);
});

describe('a licence that was refused shows nowhere on the account, but in what a human was asked', () => {
  const about = (reason: string, state = 'needs_attention'): Change => ({
    account: unlicensed(),
    record: record({ state, reason, wantedSkus: [] }),
  });
  tried([
    ...[
      ['usage_location_not_allowed', 'usage_location'],
      ['location_refused', 'usage_location'],
      ['service_plans_conflict', 'licence_conflict'],
      ['service_plan_dependency', 'licence_conflict'],
      ['sku_suspended', 'licence_suspended'],
      ['makes_no_mailbox', 'licence_without_mailbox'],
      ['proxy_address_conflict', 'address_conflict'],
      ['mailbox_maybe_on_premises', 'mailbox_on_premises'],
    ].map(([reason = '', cause = '']): Case => [reason, about(reason), `likely: ${cause} likely, no_licence possible`]),
    ['what no other cause says', about('safety_limit', 'held'), 'certain: no_licence'],
    ['what was asked before', about('location_refused', 'queued'), 'certain: no_licence'],
    [
      'what was asked of somebody who is licensed by now',
      { record: record({ state: 'needs_attention', reason: 'location_refused' }) },
      'likely: mailbox_opening likely',
    ],
    ['our own records were not read', { ...about('location_refused'), record: 'unread' }, 'certain: no_licence'],
  ]);
  test('and is cited', () =>
    expect(cited(about('location_refused'))).toEqual([
      ['state', 'ourReason', { reason: 'location_refused' }],
      ['usageLocation', 'location', { location: 'DE' }],
    ]));
});

describe('a mailbox answers', () => {
  const open = (code = 'user') => ({ mailbox: { kind: 'answers' as const, code } });
  tried([
    ['without any licence', { ...open(), account: unlicensed() }, 'certain: no_licence'],
    [
      'while its subscription is suspended',
      { ...open(), account: account({ assignedPlans: [plan('Suspended')] }) },
      'certain: licence_suspended',
    ],
    ['which is shared', open('shared'), 'certain: mailbox_of_nobody'],
    [
      'which is a room without a licence',
      { ...open('room'), account: unlicensed() },
      'likely: mailbox_of_nobody conclusive, no_licence conclusive',
    ],
    ['linked to an account elsewhere', open('linked'), 'mailbox_open'],
    [
      'while the licence came a moment ago',
      { ...open(), account: account({ assignedPlans: [] }), skus: 'unread' },
      'mailbox_open',
    ],
    [
      'whatever is said of on-premises',
      { ...open(), account: overdue({ exchangePlans: [{ provisioningStatus: 'Success' }] }) },
      'mailbox_open',
    ],
  ]);
  test('and what is missing beside it is cited', () => {
    expect(cited({ ...open(), account: unlicensed() })).toEqual([
      ['licenseAssignmentStates', 'noLicence'],
      ['mailboxSettings', 'answersUnlicensed'],
    ]);
    expect(cited(open('shared'))).toEqual([['mailboxSettings', 'mailboxIs', { purpose: 'shared' }]]);
  });
});

test('a mailbox that answers needs no cause', () => {
  const diagnosis = diagnose(facts({ mailbox: { kind: 'answers', code: '' } }));
  expect(diagnosis).toMatchObject({ kind: 'mailbox_open', unread: [] });
  expect('evidence' in diagnosis && [diagnosis.evidence.fact, ...diagnosis.evidence.saying]).toEqual([
    'mailboxSettings',
    'answers',
  ]);
});

describe('a cause rests on', () => {
  const state = { name: 'Plan 1', groupId: null, error: 'CountViolation' };
  const lastSyncAt = AT - 5.5 * HOUR;
  const silence = ['mailboxSettings', 'silence', { code: 'MailboxNotEnabledForRESTAPI' }];
  test.each<[string, Change, unknown[]]>([
    [
      'what is missing and the last synchronisation',
      NO_ACCOUNT,
      [
        ['userPrincipalName', 'noAccount', { upn }],
        ['onPremisesLastSyncDateTime', 'lastSync', { at: AT - 20 * MINUTE }],
      ],
    ],
    [
      'the last synchronisation, in full hours',
      { ...NO_ACCOUNT, organisation: organisation({ lastSyncAt }) },
      [
        ['onPremisesLastSyncDateTime', 'lastSyncLongAgo', { at: lastSyncAt, hours: 5 }],
        ['userPrincipalName', 'noAccount', { upn }],
      ],
    ],
    [
      'who is among the deleted',
      { ...NO_ACCOUNT, deleted: [deletedBo] },
      [['deletedItems', 'amongDeleted', { name: 'Bo Baker', at: AT - HOUR }]],
    ],
    [
      'who is called so',
      { ...NO_ACCOUNT, namesakes: [bo] },
      [['onPremisesUserPrincipalName', 'hasName', { upn: bo.userPrincipalName }]],
    ],
    [
      'who has the address',
      { ...NO_ACCOUNT, addressHolders: [holder] },
      [
        ['proxyAddresses', 'hasAddress', { name: 'Bo Baker', upn: bo.userPrincipalName, address: upn }],
        ['userPrincipalName', 'noAccount', { upn }],
      ],
    ],
    [
      'the verified domains',
      { ...NO_ACCOUNT, userPrincipalName: 'a@b.example' },
      [
        ['verifiedDomains', 'unverified', { domain: 'b.example', verified: 'contoso.example, fabrikam.example' }],
        ['userPrincipalName', 'noAccount', { upn: 'a@b.example' }],
      ],
    ],
    [
      'both who took the name and whose it was to be',
      { namesakes: [bo] },
      [
        ['onPremisesUserPrincipalName', 'hasSameName', { upn: bo.userPrincipalName }],
        ['userPrincipalName', 'nameBelongsTo', { name: 'Ada Able' }],
      ],
    ],
    [
      'the start date and that nothing is licensed',
      {
        account: unlicensed({ accountEnabled: false }),
        record: record({ state: 'awaiting_start', startDate: '2026-12-01', wantedSkus: [] }),
      },
      [
        ['startDate', 'waitsForStart', { day: '2026-12-01' }],
        ['accountEnabled', 'enabledUnlicensed', { isEnabled: false }],
      ],
    ],
    ['the first day', { account: unlicensed({ hireAt: AT + 1 }) }, [['employeeHireDate', 'hireDate', { at: AT + 1 }]]],
    [
      'the licence that failed and its seats',
      { account: failed('CountViolation'), skus: [sku({ free: 0 })] },
      [
        ['licenseAssignmentStates', 'licenceState', state],
        ['subscribedSkus', 'noSeatFree', { licence: 'Plan 1' }],
      ],
    ],
    [
      'the licence by its id where its name was not read',
      { account: failed('CountViolation'), skus: 'unread' },
      [['licenseAssignmentStates', 'licenceState', { ...state, name: 'e1' }]],
    ],
    [
      'the seats of the mapped licence',
      { account: unlicensed(), record: record(), skus: [sku({ free: 0 })] },
      [
        ['subscribedSkus', 'noSeatFreeOfWanted', { licence: 'Plan 1' }],
        ['licenseAssignmentStates', 'noLicence'],
      ],
    ],
    [
      'the group and the seats that are free',
      { account: failed('Other', { groupId: 'g' }) },
      [
        ['licenseAssignmentStates', 'licenceState', { name: 'Plan 1', groupId: 'g', error: 'Other' }],
        ['subscribedSkus', 'seatsFree', { licence: 'Plan 1', n: 5 }],
      ],
    ],
    [
      'the group alone where licences were not read',
      { account: failed('Other', { groupId: 'g' }), skus: 'unread' },
      [['licenseAssignmentStates', 'licenceState', { name: 'e1', groupId: 'g', error: 'Other' }]],
    ],
    [
      'the location',
      { account: failed('ProhibitedInUsageLocationViolation') },
      [
        ['licenseAssignmentStates', 'licenceState', { ...state, error: 'ProhibitedInUsageLocationViolation' }],
        ['usageLocation', 'location', { location: 'DE' }],
      ],
    ],
    [
      'the subscription that ended',
      {
        account: account({ assignedPlans: [plan('Suspended')] }),
        skus: [TEAMS, sku(), sku({ name: 'Trial', isUsable: false })],
      },
      [
        ['assignedPlans', 'planIs', { status: 'Suspended' }],
        ['subscribedSkus', 'subscriptionOff', { licence: 'Trial' }],
      ],
    ],
    [
      'the plan alone where every subscription with it is usable',
      { account: account({ assignedPlans: [plan('Suspended')] }), skus: [{ ...TEAMS, isUsable: false }, sku()] },
      [['assignedPlans', 'planIs', { status: 'Suspended' }]],
    ],
    [
      'the plan alone where licences were not read',
      { account: account({ assignedPlans: [plan('Suspended')] }), skus: 'unread' },
      [['assignedPlans', 'planIs', { status: 'Suspended' }]],
    ],
    [
      'what is turned off',
      { account: account({ licences: [licence({ disabledPlans: [MAILBOX_PLAN] })], assignedPlans: [] }) },
      [
        ['licenseAssignmentStates', 'planTurnedOff', { licence: 'Plan 1' }],
        ['subscribedSkus', 'includesMailbox', { licence: 'Plan 1' }],
      ],
    ],
    [
      'the licences that work',
      { account: account({ licences: [licence({ skuId: 'teams' }), licence({ skuId: 'phone' })], assignedPlans: [] }) },
      [
        ['licenseAssignmentStates', 'workingLicences', { licences: 'Teams, Phone' }],
        ['subscribedSkus', 'withoutMailbox', { licences: 'Teams, Phone' }],
      ],
    ],
    [
      'what synchronisation reports, and who has it',
      {
        account: account({
          synchronisationErrors: [{ category: 'PropertyConflict', property: 'mail', value: upn, at: null }],
        }),
        addressHolders: [holder],
      },
      [
        [
          'onPremisesProvisioningErrors',
          'synchronisationReports',
          { category: 'PropertyConflict', property: 'mail', value: upn },
        ],
        ['proxyAddresses', 'hasAddress', { name: 'Bo Baker', upn: bo.userPrincipalName, address: upn }],
      ],
    ],
    [
      'who else was deleted',
      { deleted: [deletedBo] },
      [['deletedItems', 'deletedHolds', { name: 'Bo Baker', at: AT - HOUR }]],
    ],
    [
      'the words of Exchange Online',
      { account: account({ exchangeErrors: [{ text: 'Alias in use', at: AT }] }) },
      [['serviceProvisioningErrors', 'exchangeReports', { at: AT, text: 'Alias in use' }]],
    ],
    [
      'what Exchange Online answers',
      { mailbox: { kind: 'on_premises', code: 'Elsewhere' } },
      [['mailboxSettings', 'saysOnPremises', { code: 'Elsewhere' }]],
    ],
    [
      'what Exchange Online has done, its silence and the address',
      { account: overdue({ exchangePlans: [{ provisioningStatus: 'Success' }] }) },
      [['provisionedPlans', 'exchangeWorked'], silence, ['proxyAddresses', 'synchronisedAddress', { address: upn }]],
    ],
    [
      'the health of the service',
      { health: { status: 'investigating' } },
      [['healthOverviews', 'healthIs', { status: 'investigating' }]],
    ],
    [
      'the plan, what Exchange Online has done of it, and its silence',
      {
        account: overdue({ exchangePlans: [{ provisioningStatus: 'PendingInput' }, { provisioningStatus: 'Error' }] }),
      },
      [
        ['assignedPlans', 'planEnabled', { at: AT - 25 * HOUR }],
        ['provisionedPlans', 'exchangeShows', { statuses: 'PendingInput, Error' }],
        silence,
      ],
    ],
    [
      'nothing that Exchange Online has done',
      { account: overdue() },
      [
        ['assignedPlans', 'planEnabled', { at: AT - 25 * HOUR }],
        ['provisionedPlans', 'exchangeShows', { statuses: null }],
        silence,
      ],
    ],
    [
      'the plan and a silence without a code',
      { mailbox: { kind: 'silent', code: '' } },
      [
        ['assignedPlans', 'planEnabled', { at: AT - HOUR }],
        ['mailboxSettings', 'silence', { code: '404' }],
      ],
    ],
  ])('%s', (_, change, expected) => expect(cited(change)).toEqual(expected));
});

describe('what was not read', () => {
  const unread = (change: Change) => diagnose(facts(change)).unread;
  const NAMES = Object.keys(BASE) as ReadingName[];

  test('is told, each with its reason', () => {
    for (const reading of NAMES)
      expect(unread({ [reading]: 'unread' })).toEqual([{ reading, why: `${reading} refused` }]);
    expect(unread(Object.fromEntries(NAMES.map((name) => [name, 'unread']))).map(({ reading }) => reading)).toEqual(
      NAMES,
    );
  });

  test('is not the mailbox of nobody', () => {
    expect(unread({ account: null, mailbox: 'unread' })).toEqual([]);
    expect(unread({ account: 'unread', mailbox: 'unread' })).toHaveLength(2);
    expect(unread({ account: null, deleted: 'unread' })).toHaveLength(1);
  });
});

test('facts come back from the database as they were read', () => {
  const call = { call: 'GET /users', status: 200, code: null, requestId: 'r', clientRequestId: 'c', at: AT };
  const full = facts({
    account: overdue({
      synchronisationErrors: [{ category: 'PropertyConflict', property: 'mail', value: upn, at: AT }],
      exchangeErrors: [{ text: 'Alias in use', at: AT }],
      exchangePlans: [{ provisioningStatus: 'Success' }],
    }),
    namesakes: [bo],
    addressHolders: [holder],
    deleted: [deletedBo],
    record: record(),
    health: 'unread',
  });
  for (const name of ['account', 'health'] as const) full[name].calls.push(call);
  const stored = JSON.parse(JSON.stringify(full));
  expect(factsSchema.parse(stored)).toEqual(full);
  expect(factsSchema.parse(JSON.parse(JSON.stringify(facts())))).toEqual(facts());
  expect(factsSchema.safeParse({ ...stored, skus: stored.namesakes }).success).toBe(false);
});

test('a cause names the requests that gave its facts', () => {
  const read = facts({ account: account({ exchangeErrors: [{ text: 'Alias in use', at: null }] }) });
  const call = { call: 'GET /users', status: 200, code: null, requestId: 'r', clientRequestId: 'c', at: AT };
  read.account.calls.push(call);
  expect(diagnose(read)).toMatchObject({ kind: 'certain', causes: [{ evidence: [{ calls: [call] }] }] });
});

test('a time is told to the minute in UTC, and none that is not known', () => {
  expect(sayingText(['amongDeleted', { name: 'Bo Baker', at: AT }])).toContain('2026-11-27 12:00 UTC');
  expect(sayingText(['amongDeleted', { name: 'Bo Baker', at: null }])).not.toMatch(/UTC|\d/);
});
