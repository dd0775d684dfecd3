/** “Why has this person no mailbox?” Two causes fit, of which one only seems to explain the other. */
import { describe } from 'vitest';
import {
  AT,
  account,
  deletedBo,
  failed,
  HOUR,
  MINUTE,
  NO_ACCOUNT,
  overdue,
  plan,
  record,
  sku,
  tried,
  unlicensed,
  upn,
} from './sample-facts.ts';

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
