/** “Why has this person no mailbox?” No plan with a mailbox works. */
import { describe, expect, test } from 'vitest';
import {
  AT,
  account,
  type Case,
  type Change,
  cited,
  failed,
  licence,
  MAILBOX_PLAN,
  OTHER_PLAN,
  overdue,
  plan,
  record,
  sku,
  TEAMS,
  tried,
  unlicensed,
} from './sample-facts.ts';

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
