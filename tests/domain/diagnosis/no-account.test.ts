/** “Why has this person no mailbox?” There is no account of the name, or it is the wrong one, or too early. */
import { describe } from 'vitest';
import {
  AT,
  account,
  bo,
  deletedBo,
  failed,
  HOUR,
  holder,
  NO_ACCOUNT,
  organisation,
  record,
  tried,
  unlicensed,
} from './sample-facts.ts';

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
      'the account is never enabled',
      {
        account: unlicensed({ accountEnabled: false }),
        record: record({ state: 'needs_attention', reason: 'account_disabled', wantedSkus: [] }),
      },
      'certain: account_disabled',
    ],
    [
      'the account has been enabled since',
      { account: unlicensed(), record: record({ state: 'needs_attention', reason: 'account_disabled' }) },
      'certain: no_licence',
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
